#include "bench/engine/lookups.h"
#include "src/index/view/lookup.h"

#include <algorithm>

#include "bench/draw.h"
#include "bench/engine/clock.h"
#include "bench/engine/packed_serial.h"
#include "src/index/keys/key_group.h"

namespace burin::bench {
namespace {

constexpr size_t kLookups = 1'000'000, kBatch = 1024, kAhead = 16;

uint64_t Changed(uint64_t key, Draw* draw) {
  std::string serial = PackedText(key);
  serial[draw->Below(serial.size())] = kPackedAlphabet[draw->Below(kPackedAlphabet.size())];
  return PackSerial(serial);
}

std::vector<uint64_t> DrawSerials(const Set& set, bool present) {
  Draw draw(present ? 4300 : 4301);
  std::vector<uint64_t> serials;
  serials.reserve(kLookups);
  while (serials.size() < kLookups) {
    uint64_t key = set.keys[draw.Below(set.keys.size())];
    if (!present) key = Changed(key, &draw);
    if (present || !set.ranks.contains(key)) serials.push_back(key);
  }
  return serials;
}

// The serials as symbols, back to back.
struct Symbols {
  std::u32string text;
  std::vector<std::u32string_view> serials;
};

Symbols Unpack(const std::vector<uint64_t>& packed) {
  Symbols symbols;
  for (const uint64_t key : packed) {
    for (const char c : PackedText(key)) symbols.text.push_back(static_cast<char32_t>(c));
  }
  size_t at = 0;
  for (const uint64_t key : packed) {
    const size_t length = PackedLength(key);
    symbols.serials.push_back(std::u32string_view(symbols.text).substr(at, length));
    at += length;
  }
  return symbols;
}

uint64_t RankIn(const RankTable& table, uint64_t key) {
  const auto found = table.find(key);
  return found == table.end() ? burin::internal::kNoRank : found->second;
}

// Nanoseconds a look-up; the first pass warms up.
template <typename Work>
double Each(Work work) {
  work();
  return NanosecondsOf(work) / static_cast<double>(kLookups);
}

void FindBatched(const burin::internal::Index& index, const Symbols& symbols, std::vector<uint64_t>* ranks) {
  const std::span<const std::u32string_view> serials = symbols.serials;
  for (size_t i = 0; i < serials.size(); i += kBatch) {
    const size_t count = std::min(kBatch, serials.size() - i);
    Lookup(index, serials.subspan(i, count), std::span(*ranks).subspan(i, count));
  }
}

void AskTable(const RankTable& table, const std::vector<uint64_t>& keys, std::vector<uint64_t>* ranks) {
  for (size_t i = 0; i < keys.size(); ++i) (*ranks)[i] = RankIn(table, keys[i]);
}

void AskTableAhead(const RankTable& table, const std::vector<uint64_t>& keys, std::vector<uint64_t>* ranks) {
  for (size_t i = 0; i < keys.size(); ++i) {
    if (i + kAhead < keys.size()) table.prefetch(keys[i + kAhead]);
    (*ranks)[i] = RankIn(table, keys[i]);
  }
}

// Whether each rank is that of a serial with the symbols asked for; of absent ones, whether there is none. (Ranks
// themselves are the index's own: serials of one length may stand in several groups.)
bool Judge(const burin::internal::Index& index, const Symbols& symbols, bool present,
           const std::vector<uint64_t>& ranks) {
  const auto groups = index.groups();
  std::vector<uint16_t> codes;
  std::u32string found;
  for (size_t i = 0; i < ranks.size(); ++i) {
    if (!present || ranks[i] == burin::internal::kNoRank) {
      if (present || ranks[i] != burin::internal::kNoRank) return false;
      continue;
    }
    const auto behind = std::upper_bound(groups.begin(), groups.end(), ranks[i],
                                         [](uint64_t rank, const auto& g) { return rank < g->first_rank(); });
    const burin::internal::KeyGroup& group = **std::prev(behind);
    const uint64_t key = ranks[i] - group.first_rank();
    codes.resize(group.length());
    group.Read(key, key + 1, codes.data());
    KeySymbols(group, codes.data(), &found);
    if (found != symbols.serials[i]) return false;
  }
  return true;
}

LookupResult Measure(const Set& set, const burin::internal::Index& index, bool present) {
  const std::vector<uint64_t> keys = DrawSerials(set, present);
  const Symbols symbols = Unpack(keys);
  std::vector<uint64_t> table(kLookups), ranks(kLookups);
  LookupResult result;
  result.serials = present ? "present" : "absent";
  result.table_single_ns = Each([&] { AskTable(set.ranks, keys, &table); });
  result.table_batched_ns = Each([&] { AskTableAhead(set.ranks, keys, &ranks); });
  result.right = ranks == table;
  result.single_ns = Each([&] {
    for (size_t i = 0; i < kLookups; ++i) {
      Lookup(index, std::span(symbols.serials).subspan(i, 1), std::span(ranks).subspan(i, 1));
    }
  });
  result.right = result.right && Judge(index, symbols, present, ranks);
  result.batched_ns = Each([&] { FindBatched(index, symbols, &ranks); });
  result.right = result.right && Judge(index, symbols, present, ranks);
  return result;
}

}  // namespace

std::vector<LookupResult> MeasureLookups(const Set& set, const burin::internal::Index& index) {
  return {Measure(set, index, true), Measure(set, index, false)};
}

}  // namespace burin::bench
