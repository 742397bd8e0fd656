#include "src/population/counts.h"

#include <algorithm>

#include "src/base/sha256.h"

namespace burin::internal {
namespace {

constexpr size_t kTable = kPopulationSymbols * kPopulationSymbols;

Status Corrupt(const char* what) { return Status(StatusCode::kCorrupt, std::string("population: ") + what); }

void AddFormat(FormatCode format, uint64_t records, PopulationCounts::OfLength* of) {
  if (of->many_formats) return;
  of->formats[format] += records;
  if (of->formats.size() <= PopulationCounts::kMostFormats) return;
  of->many_formats = true;
  of->formats.clear();
}

// Numbers that are mostly zero: how many zeros, then a number, and so on to the end.
void EncodeTable(const uint64_t* table, ByteWriter* out) {
  for (size_t i = 0; i < kTable; ++i) {
    size_t zeros = 0;
    for (; i < kTable && table[i] == 0; ++i) ++zeros;
    out->Varint(zeros);
    if (i < kTable) out->Varint(table[i]);
  }
}

// The sum of the numbers, or false.
bool DecodeTable(ByteReader* in, uint64_t most, uint64_t* table, uint64_t* sum) {
  *sum = 0;
  for (size_t i = 0; i < kTable; ++i) {
    const uint64_t zeros = in->Varint();
    if (!in->ok() || zeros > kTable - i) return false;
    i += zeros;
    if (i == kTable) return true;
    table[i] = in->Varint();
    if (!in->ok() || table[i] == 0 || table[i] > most - *sum) return false;
    *sum += table[i];
  }
  return true;
}

void EncodeFormats(const PopulationCounts::OfLength& of, uint32_t length, ByteWriter* out) {
  out->Varint(of.many_formats ? 0 : of.formats.size());
  for (const auto& [format, records] : of.formats) {
    for (uint32_t p = 0; p < length; p += 4) out->U8(static_cast<uint8_t>(static_cast<uint32_t>(format >> (2 * p))));
    out->Varint(records);
  }
}

bool DecodeFormats(ByteReader* in, uint32_t length, PopulationCounts::OfLength* of) {
  const uint64_t count = in->Varint();
  if (!in->ok() || count > PopulationCounts::kMostFormats) return false;
  of->many_formats = count == 0;
  uint64_t left = of->records;
  for (uint64_t i = 0; i < count; ++i) {
    FormatCode format = 0;
    for (uint32_t p = 0; p < length; p += 4) format |= FormatCode{in->U8()} << (2 * p);
    const uint64_t records = in->Varint();
    if (!in->ok() || records == 0 || records > left) return false;
    for (uint32_t p = 0; p < 64; ++p) {
      const uint32_t kind = static_cast<uint32_t>(format >> (2 * p)) & 3;
      if (kind > (p < length ? 2u : 0u)) return false;
    }
    if (!of->formats.empty() && of->formats.rbegin()->first >= format) return false;
    of->formats.emplace_hint(of->formats.end(), format, records);
    left -= records;
  }
  return count == 0 || left == 0;
}

}  // namespace

void PopulationCounts::Add(std::u32string_view serial, uint64_t records) {
  if (records == 0) return;
  OfLength& of = lengths_[serial.size()];
  if (of.pairs.empty()) of.pairs.resize(serial.size() * kTable);
  FormatCode format = 0;
  size_t before = 0;
  for (size_t p = 0; p < serial.size(); ++p) {
    const size_t symbol = BaseIndex(serial[p]);
    format |= FormatCode{static_cast<uint8_t>(FormatKindOf(symbol))} << (2 * p);
    of.pairs[(p * kPopulationSymbols + before) * kPopulationSymbols + symbol] += records;
    before = symbol;
  }
  AddFormat(format, records, &of);
  of.records += records;
  records_ += records;
}

void PopulationCounts::Add(const PopulationCounts& other) {
  for (size_t length = 1; length < lengths_.size(); ++length) {
    const OfLength& from = other.lengths_[length];
    if (from.records == 0) continue;
    OfLength& of = lengths_[length];
    of.pairs.resize(length * kTable);
    for (size_t i = 0; i < from.pairs.size(); ++i) of.pairs[i] += from.pairs[i];
    if (from.many_formats) {
      of.many_formats = true;
      of.formats.clear();
    }
    for (const auto& [format, records] : from.formats) AddFormat(format, records, &of);
    of.records += from.records;
  }
  records_ += other.records_;
}

void PopulationCounts::Add(const LengthCounter& counter) {
  if (counter.records_ == 0) return;
  OfLength& of = lengths_[counter.length_];
  of.pairs.resize(counter.pairs_.size());
  for (size_t i = 0; i < counter.pairs_.size(); ++i) of.pairs[i] += counter.pairs_[i];
  if (counter.many_formats_) {
    of.many_formats = true;
    of.formats.clear();
  }
  for (const auto& [halves, records] : counter.formats_) {
    AddFormat(FormatCode{halves.second} << 64 | halves.first, records, &of);
  }
  of.records += counter.records_;
  records_ += counter.records_;
}

LengthCounter::LengthCounter(uint32_t length) : length_(length), pairs_(length * kTable) {}

void LengthCounter::Add(const uint8_t* symbols, uint64_t records) {
  uint64_t halves[2] = {0, 0};
  uint64_t* table = pairs_.data();
  size_t before = 0;
  for (uint32_t p = 0; p < length_; ++p, table += kTable) {
    const size_t symbol = symbols[p];
    halves[p / 32] |= static_cast<uint64_t>(FormatKindOf(symbol)) << (2 * (p % 32));
    table[before * kPopulationSymbols + symbol] += records;
    before = symbol;
  }
  records_ += records;
  if (many_formats_) return;
  formats_[{halves[0], halves[1]}] += records;
  if (formats_.size() <= PopulationCounts::kMostFormats) return;
  many_formats_ = true;
  formats_.clear();
}

void PopulationCounts::Encode(ByteWriter* out) const {
  uint64_t lengths = 0;
  for (const OfLength& of : lengths_) lengths += of.records > 0 ? 1 : 0;
  out->Varint(lengths);
  for (uint32_t length = 1; length < lengths_.size(); ++length) {
    const OfLength& of = lengths_[length];
    if (of.records == 0) continue;
    out->Varint(length);
    out->Varint(of.records);
    EncodeFormats(of, length, out);
    for (uint32_t p = 0; p < length; ++p) EncodeTable(&of.pairs[p * kTable], out);
  }
}

Status PopulationCounts::Decode(ByteReader* bytes, PopulationCounts* out) {
  *out = {};
  ByteReader& in = *bytes;
  const uint64_t lengths = in.Varint();
  uint64_t before = 0;
  for (uint64_t i = 0; i < lengths; ++i) {
    const uint64_t length = in.Varint(), records = in.Varint();
    if (!in.ok() || length <= before || length > kMaxMarkSymbols) return Corrupt("lengths are not ascending");
    if (records == 0 || records > UINT32_MAX) return Corrupt("a length without records, or with too many");
    OfLength& of = out->lengths_[length];
    of.records = records;
    if (!DecodeFormats(&in, static_cast<uint32_t>(length), &of)) return Corrupt("formats");
    of.pairs.resize(length * kTable);
    for (uint64_t p = 0; p < length; ++p) {
      uint64_t sum = 0;
      if (!DecodeTable(&in, records, &of.pairs[p * kTable], &sum) || sum != records) return Corrupt("symbols");
    }
    out->records_ += records;
    before = length;
  }
  if (!in.ok() || !in.AtEnd()) return Corrupt("its end");
  return Status();
}

Result<std::string> PopulationCounts::Hash() const {
  ByteWriter bytes;
  Encode(&bytes);
  return Sha256Hex(AsText(bytes.bytes()));
}

}  // namespace burin::internal
