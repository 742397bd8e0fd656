// What the serials of a set look like, as integer counts: how many records have each length, each format (digit, letter
// or other by position), and at each position each symbol behind each other one.
//
// Counts are of records, so sets add up and take away exactly: those of several files, or without what was deleted, are
// the counts of what is left, in any order. What is made of them is in model.h. A format that is one of very many of
// its length is not worth keeping: with more than kMostFormats of a length none of them is counted, for good.
//
// A length of n symbols takes n tables of 37 x 37 numbers; adding a serial, n additions and a look-up.
#ifndef BURIN_SRC_POPULATION_COUNTS_H_
#define BURIN_SRC_POPULATION_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

// Symbols of a population: the base, and one for all that lie outside it.
inline constexpr size_t kPopulationSymbols = kBaseSymbols + 1;

// What a symbol of the population is in a format.
enum class FormatKind : uint8_t { kDigit = 0, kLetter = 1, kOther = 2 };
constexpr FormatKind FormatKindOf(size_t symbol) {
  if (symbol < 10) return FormatKind::kDigit;
  return symbol < kBaseSymbols ? FormatKind::kLetter : FormatKind::kOther;
}

// The kinds of up to 64 positions, two bits each, the first lowest.
using FormatCode = Uint128;
constexpr FormatKind KindAt(FormatCode format, uint32_t position) {
  return static_cast<FormatKind>(static_cast<uint32_t>(format >> (2 * position)) & 3);
}

class LengthCounter;

class PopulationCounts {
 public:
  static constexpr size_t kMostFormats = 65536;

  struct OfLength {
    uint64_t records = 0;
    bool many_formats = false;
    std::map<FormatCode, uint64_t> formats;
    // [(position * kPopulationSymbols + before) * kPopulationSymbols + symbol]; at position 0, `before` is 0.
    std::vector<uint64_t> pairs;
    bool operator==(const OfLength&) const = default;
  };

  // `records` records of a serial. REQUIRES: 1 .. kMaxMarkSymbols symbols.
  void Add(std::u32string_view serial, uint64_t records);
  void Add(const PopulationCounts& other);
  void Add(const LengthCounter& counter);

  uint64_t records() const { return records_; }
  // nullptr: there is none of this length. REQUIRES: length <= kMaxMarkSymbols.
  const OfLength* of_length(uint32_t length) const {
    return lengths_[length].records == 0 ? nullptr : &lengths_[length];
  }

  void Encode(ByteWriter* out) const;
  // kCorrupt: what is left of `in` is not what Encode writes.
  static Status Decode(ByteReader* in, PopulationCounts* out);
  // SHA-256 of what Encode writes: 64 hexadecimal digits.
  Result<std::string> Hash() const;
  bool operator==(const PopulationCounts&) const = default;

 private:
  uint64_t records_ = 0;
  std::array<OfLength, kMaxMarkSymbols + 1> lengths_;
};

// Counts many serials of one length.
class LengthCounter {
 public:
  // REQUIRES: 1 .. kMaxMarkSymbols.
  explicit LengthCounter(uint32_t length);

  // `records` records of a serial. REQUIRES: `length` symbols, each below kPopulationSymbols; records > 0.
  void Add(const uint8_t* symbols, uint64_t records);

 private:
  friend class PopulationCounts;
  uint32_t length_;
  uint64_t records_ = 0;
  bool many_formats_ = false;
  absl::flat_hash_map<std::pair<uint64_t, uint64_t>, uint64_t> formats_;  // By the code's halves, the low one first.
  std::vector<uint64_t> pairs_;
};

}  // namespace burin::internal

#endif
