// q(s) of one serial after another: what PopulationModel::Of says, but for rounding. Products of a prefix are kept for
// the next serial: in sorted order that is a few multiplications each. They are made from left to right, so a serial
// always has the same value, whatever came before it.
#ifndef BURIN_SRC_POPULATION_SERIAL_PROBABILITY_H_
#define BURIN_SRC_POPULATION_SERIAL_PROBABILITY_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "src/population/model.h"

namespace burin::internal {

class SerialProbability {
 public:
  // Borrowed.
  explicit SerialProbability(const PopulationModel& model) : model_(model) {}

  // 0: no record has this length. REQUIRES: 1 .. kMaxMarkSymbols symbols.
  double Of(std::u32string_view serial);
  // The same from numbers of symbols, each below kPopulationSymbols.
  double Of(std::span<const uint8_t> symbols);

 private:
  // Of the first symbols of a serial: the product in a format of its own and in a pooled one.
  struct Prefix {
    double own = 1, pooled = 1;
    FormatCode format = 0;
  };
  const PopulationModel::OfLength* OfLength(size_t length) const;
  Prefix Longer(const Prefix& prefix, uint32_t position, size_t before, size_t symbol) const;

  const PopulationModel& model_;
  const PopulationModel::OfLength* of_ = nullptr;
  size_t length_ = 0;  // Of the last serial.
  std::array<uint8_t, kMaxMarkSymbols> last_ = {};
  std::array<Prefix, kMaxMarkSymbols + 1> prefixes_;
};

}  // namespace burin::internal

#endif
