// The readings that the engine is asked beside the damaged ones of the workload: gaps and lattices, made from serials
// of a set, and how many serials they must find, counted without the library.
#ifndef BURIN_BENCH_ENGINE_QUESTION_H_
#define BURIN_BENCH_ENGINE_QUESTION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/engine/set.h"

namespace burin::bench {

enum class Gap : uint8_t { kLeading, kTrailing, kMiddle };
// "*ABCD", "ABCD*" or "AB*CD": four characters of a serial that is drawn for each reading.
std::vector<std::string> GapReadings(const Set& set, Gap gap, size_t count);
// Serials found by all of them. O(serials + readings). REQUIRES: serials have four symbols at least.
uint64_t CountGaps(const Set& set, Gap gap, const std::vector<std::string>& readings);

// A reading as a row of parts, each one of several texts.
using Parts = std::vector<std::vector<std::string>>;
struct LatticeReading {
  std::string pattern;
  Parts parts;
};
// Of a serial drawn for each reading: one symbol as a set of those that look like it, one that may or may not be there,
// one that may be two others.
std::vector<LatticeReading> LatticeReadings(const Set& set, size_t count);
// A plain reading: each character is a part.
Parts PlainParts(const std::string& text);

// Serials of the set within one edit of the reading, swaps of neighbours among edits. Asks set.ranks for every text
// that there is: some 600 a reading of 8 symbols.
uint64_t CountWithinOne(const Set& set, const Parts& parts);
// Partial records of the set within one edit of a plain reading, each tried.
uint64_t CountPartialsWithinOne(const Set& set, const std::string& text);

}  // namespace burin::bench

#endif
