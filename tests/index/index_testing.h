// Helpers of the index tests and of the open fuzzer: marks and rows by hand, a small index that has some of everything,
// and a reader that touches all that an index offers.
#ifndef BURIN_TESTS_INDEX_INDEX_TESTING_H_
#define BURIN_TESTS_INDEX_INDEX_TESTING_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/checksum.h"
#include "src/index/file/container.h"
#include "src/index/view/index.h"
#include "src/index/write/index_builder.h"

namespace burin::internal {

inline RecordedMark SerialMark(std::u32string symbols) {
  RecordedMark mark;
  mark.symbols = std::move(symbols);
  return mark;
}
inline RecordedMark SerialMark(std::string_view ascii) {
  return SerialMark(std::u32string(ascii.begin(), ascii.end()));
}

// `?` is an unreadable character, `*` a gap.
inline RecordedMark PartialMark(std::string_view items) {
  RecordedMark mark = SerialMark(items);
  mark.partial = true;
  for (Symbol& symbol : mark.symbols) symbol = symbol == U'?' ? kUnreadable : symbol == U'*' ? kGap : symbol;
  return mark;
}
inline RecordedMark MissingMark(Missing missing) {
  RecordedMark mark;
  mark.missing = missing;
  return mark;
}

// A builder that ends the program on an unexpected error.
class TestBuilder {
 public:
  IndexBuilder& operator*() { return *builder_; }
  IndexBuilder* operator->() { return builder_.get(); }
  void Attribute(std::string_view name, AttributeType type) {
    if (!builder_->AddAttribute(name, type).ok()) std::abort();
  }
  Status Add(std::string_view key, std::string_view text, const std::vector<RecordedMark>& marks,
             const std::vector<std::string_view>& attributes = {}, std::string_view source = "") {
    int attribute = -1;
    return builder_->Add({key, source, text, marks, attributes}, &attribute);
  }
  // Keys are numbers from 1.
  void Serial(std::string_view ascii) {
    if (!Add(std::to_string(builder_->records() + 1), ascii, {SerialMark(ascii)}).ok()) std::abort();
  }
  std::vector<std::byte> Bytes() {
    std::vector<std::byte> bytes;
    if (!builder_->Write(&bytes).ok()) std::abort();
    return bytes;
  }

 private:
  std::unique_ptr<IndexBuilder> builder_ = IndexBuilder::Create();
};

// `rows` rows: serials of several lengths and scripts, repeated ones, packed in 64 and 128 bits and long, partial and
// missing marks, several marks in a cell, two sources, attributes of each type.
inline std::vector<std::byte> SampleIndex(int rows) {
  TestBuilder builder;
  builder.Attribute("maker", AttributeType::kCategory);
  builder.Attribute("year", AttributeType::kInteger);
  builder.Attribute("date", AttributeType::kDate);
  const std::vector<std::string_view> makers = {"FN Herstal", "Colt", "", "colt", "Česká zbrojovka"};
  const std::vector<std::string_view> dates = {"1990", "1991-05", "", "1992-02-29", "1980..1985"};
  uint32_t state = 7;
  for (int i = 0; i < rows; ++i) {
    state = state * 1664525U + 1013904223U;
    const std::string number = std::to_string(1000 + state % 60);
    const std::string key = "K-" + std::to_string(i);
    const std::string year = i % 3 == 0 ? "" : std::to_string(1950 + i % 40);
    const std::vector<std::string_view> values = {makers[state % 5], year, dates[(state >> 8) % 5]};
    std::vector<RecordedMark> marks;
    switch (i % 10) {
      case 0:
        marks = {SerialMark(U"Ж" + std::u32string(number.begin(), number.end()))};
        break;
      case 1:
        marks = {PartialMark("??" + number + "*")};
        break;
      case 2:
        marks = {MissingMark(static_cast<Missing>(1 + state % 6))};
        break;
      case 3:
        marks = {SerialMark("FLB" + number), SerialMark("MDY" + number)};
        marks[0].component = "barrel";
        break;
      case 4:
        marks = {SerialMark("Q7XK2VLM9ZRT4BWJ" + number)};
        break;
      case 5:
        marks = {SerialMark("ABCDEFGHIJKLMNOPQRSTUVWXYZ" + number)};
        break;
      default:
        marks = {SerialMark("A" + number)};
        break;
    }
    if (!builder.Add(key, i % 10 > 5 ? "A" + number : "no. " + number, marks, values, i % 2 == 0 ? "" : "north").ok()) {
      std::abort();
    }
  }
  return builder.Bytes();
}

// Puts the checksums of sections and of the header right, as far as the table makes sense.
inline void RepairChecksums(std::vector<std::byte>* bytes) {
  const auto put = [&](uint64_t offset, uint64_t value) {
    for (size_t i = 0; i < 8; ++i) (*bytes)[offset + i] = static_cast<std::byte>(value >> (8 * i));
  };
  if (bytes->size() < kHeaderBytes) return;
  const uint64_t count = LoadU32(*bytes, 24);
  if (count > (bytes->size() - kHeaderBytes) / kTableEntryBytes) return;
  for (uint64_t entry = kHeaderBytes; entry < kHeaderBytes + count * kTableEntryBytes; entry += kTableEntryBytes) {
    put(entry + 32, Checksum(ClampedSubspan(*bytes, LoadU64(*bytes, entry + 8), LoadU64(*bytes, entry + 16))));
  }
  const ByteSpan all(*bytes);
  put(56, Checksum(all.first(56), all.subspan(kHeaderBytes, count * kTableEntryBytes)));
}

inline void Must(bool holds) {
  if (!holds) std::abort();
}

inline uint64_t TouchGroups(const Index& index) {
  uint64_t sum = 0;
  std::u32string serial;
  for (const auto& group : index.groups()) {
    std::vector<uint16_t> codes(KeyGroup::kMaxRead * group->length());
    for (uint64_t first = 0; first < group->size(); first += KeyGroup::kMaxRead) {
      const uint64_t last = std::min(group->size(), first + KeyGroup::kMaxRead);
      group->Read(first, last, codes.data());
      for (uint64_t i = 0; i < last - first; ++i) {
        const uint16_t* row = codes.data() + i * group->length();
        for (uint32_t p = 0; p < group->length(); ++p) Must(row[p] < group->alphabet(p).size());
        KeySymbols(*group, row, &serial);
        sum += serial.front();
        for (uint32_t depth = 0; depth <= group->length(); depth += 3) {
          const uint64_t bound = group->LowerBound(first / 2, group->size(), row, depth);
          Must(bound >= first / 2 && bound <= group->size());
        }
      }
    }
    for (uint64_t rank = group->first_rank(); rank < group->first_rank() + group->size(); ++rank) {
      const uint64_t size = index.postings_size(rank);
      Must(size >= 1 && size <= index.record_count());
      for (uint64_t i = 0; i < size; ++i) {
        Must(index.posting(rank, i) < index.record_count());
        sum += index.posting(rank, i);
      }
    }
  }
  return sum;
}

inline uint64_t TouchRecords(const Index& index) {
  uint64_t sum = 0;
  std::u32string items;
  std::string text;
  for (uint64_t i = 0; i < index.partial_count(); ++i) {
    Must(index.partial_record(i) < index.record_count());
    index.partial_items(i, &items);
    for (const Symbol item : items) Must(item <= kGap);
    sum += items.size();
  }
  for (uint64_t i = 0; i < index.missing_count(); ++i) {
    Must(index.missing_record(i) < index.record_count());
    Must(static_cast<size_t>(index.missing_kind(i)) < kMissingKinds);
  }
  for (uint64_t record = 0; record < index.record_count(); ++record) {
    text.clear();
    index.AppendKey(record, &text);
    Must(text.size() <= 64);
    index.AppendText(record, &text);
    for (const char c : text) sum += static_cast<unsigned char>(c);
  }
  return sum;
}

inline uint64_t TouchAttributes(const Index& index) {
  uint64_t sum = 0;
  for (const auto& column : index.attributes()) {
    Must(index.FindAttribute(column->name()) != nullptr || index.attributes().size() > 1);
    for (uint64_t record = 0; record < index.record_count(); ++record) {
      const uint32_t code = column->code(record);
      Must(code <= column->value_count());
      for (const char c : column->text(code)) sum += static_cast<unsigned char>(c);
      if (code != 0 && column->type() == AttributeType::kInteger) sum += static_cast<uint64_t>(column->integer(code));
      if (code != 0 && column->type() == AttributeType::kDate) sum += static_cast<uint64_t>(column->period(code).last);
    }
  }
  return sum;
}

// Reads all there is; ends the program where an answer is out of its range. The sum keeps the reads from being left
// out.
inline uint64_t TouchIndex(const Index& index) {
  return TouchGroups(index) + TouchRecords(index) + TouchAttributes(index) + index.info().sections.size();
}

}  // namespace burin::internal

#endif
