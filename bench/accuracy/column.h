// Real data in: a serial column of a CSV file as a registry, and pairs of a wrong number and its correction.
#ifndef BURIN_BENCH_ACCURACY_COLUMN_H_
#define BURIN_BENCH_ACCURACY_COLUMN_H_

#include <string>
#include <vector>

#include "bench/accuracy/registry.h"

namespace burin::accuracy {

// Reads and folds as Burin does. Throws burin::Exception, or std::runtime_error for an unknown column.
Registry ReadColumn(const std::string& path, const std::string& column);

struct Pair {
  std::string wrong, right;  // Folded, of 0-9A-Z.
};
// Pairs by the rule for reliable ones: the source is a history of corrections (its name ends in _HISTORY), the folded
// texts are one or two edits (osa) apart, and the collection does not call them unrelated. Columns as in
// data/correction_pairs.csv; the later value is the right one. Throws like ReadColumn.
std::vector<Pair> ReadPairs(const std::string& path);

// Adds the right numbers of pairs where they are not in the registry; answers the record of each.
std::vector<uint32_t> AddRight(const std::vector<Pair>& pairs, Registry* registry);

}  // namespace burin::accuracy

#endif
