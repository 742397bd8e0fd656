// What is said of the different serials of a set, beside how they look (counts.h): how often they repeat, and how
// probable they are together. Sets that share no serial add up.
//
// Probabilities are added as integers, in units of 2^-62: so their sum does not depend on their order.
#ifndef BURIN_SRC_POPULATION_REGISTERED_SERIALS_H_
#define BURIN_SRC_POPULATION_REGISTERED_SERIALS_H_

#include <algorithm>
#include <cstdint>

#include "src/base/bytes.h"

namespace burin::internal {

struct RegisteredSerials {
  static constexpr double kUnit = static_cast<double>(uint64_t{1} << 62);

  uint64_t singles = 0;     // Serials of one record.
  uint64_t most_alike = 1;  // Records of one serial, at most.
  uint64_t foreign = 0;     // Different symbols outside the base.
  uint64_t units = 0;       // Of q, of all together.
  double highest = 0;       // q of one.

  static uint64_t UnitsOf(double q) { return static_cast<uint64_t>(q * kUnit); }
  double probability() const { return static_cast<double>(units) / kUnit; }
  void AddProbability(double q) {
    units += UnitsOf(q);
    highest = std::max(highest, q);
  }

  void Encode(ByteWriter* out) const;
  // False: not what Encode writes, or of another model than this library's.
  static bool Decode(ByteReader* in, RegisteredSerials* out);
  // Whether what was encoded is of another model: nothing is wrong with it, and nothing can be said of it.
  static bool IsOfAnotherModel(ByteReader in);
  bool operator==(const RegisteredSerials&) const = default;
};

}  // namespace burin::internal

#endif
