// The symbols of keys as a population knows them: numbers below kPopulationSymbols, all that lie outside the base the
// same one.
#ifndef BURIN_SRC_POPULATION_POPULATION_SYMBOLS_H_
#define BURIN_SRC_POPULATION_POPULATION_SYMBOLS_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/population/counts.h"

namespace burin::internal {

// One thread at a time.
class PopulationSymbols {
 public:
  // Of keys of `length` symbols; alphabet(p) is what codes at position p stand for, a span of symbols.
  template <typename Alphabet>
  PopulationSymbols(uint32_t length, const Alphabet& alphabet) : by_code_(length) {
    for (uint32_t p = 0; p < length; ++p) {
      for (const Symbol symbol : alphabet(p)) by_code_[p].push_back(static_cast<uint8_t>(BaseIndex(symbol)));
      has_foreign_ = has_foreign_ || std::count(by_code_[p].begin(), by_code_[p].end(), kBaseSymbols) > 0;
    }
  }

  // Valid until the next call. A code beyond its alphabet, which only a damaged file has, is taken for the last one.
  std::span<const uint8_t> Of(const uint16_t* codes) {
    for (size_t p = 0; p < by_code_.size(); ++p) {
      symbols_[p] = by_code_[p][std::min<size_t>(codes[p], by_code_[p].size() - 1)];
    }
    return {symbols_.data(), by_code_.size()};
  }
  bool has_foreign() const { return has_foreign_; }

 private:
  std::vector<std::vector<uint8_t>> by_code_;  // By position.
  bool has_foreign_ = false;
  std::array<uint8_t, kMaxMarkSymbols> symbols_ = {};
};

}  // namespace burin::internal

#endif
