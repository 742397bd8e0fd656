// The population that evidence compares with: what the serials of the records that count look like.
#ifndef BURIN_SRC_INDEX_VIEW_RECORD_POPULATION_H_
#define BURIN_SRC_INDEX_VIEW_RECORD_POPULATION_H_

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "src/base/patience.h"
#include "src/population/counts.h"
#include "src/population/model.h"
#include "src/population/registered_serials.h"

namespace burin::internal {

class Filter;
class Index;

struct RecordPopulation {
  explicit RecordPopulation(PopulationCounts of) : counts(std::move(of)), model(counts) {}

  PopulationCounts counts;
  PopulationModel model;
  uint64_t partials = 0;  // Partial records that count.
  std::string hash;       // Of the counts.
  // Bounds for what a search has not seen. Under a filter none of them knows of records that do not pass: a hidden
  // record changes no number.
  std::array<bool, kBaseSymbols> occurs = {};
  RegisteredSerials serials;
  // By length: how many records have so many letters behind their first digit. A length that is not there: not known.
  std::map<uint32_t, std::vector<uint64_t>> letters_behind;

  // Records that count and have a mark that can be searched.
  uint64_t records() const { return counts.records() + partials; }
};

// What follows from the counts.
std::shared_ptr<RecordPopulation> PopulationOf(PopulationCounts counts, uint64_t partials);
// Counts every record that passes: two passes over the whole index, some 50 ns a record, conditions included. Without a
// filter, Index::population() keeps the answer. It is the same however the records lie in segments. nullptr: the
// patience is over.
std::shared_ptr<const RecordPopulation> CountPopulation(const Index& index, const Filter* filter,
                                                        Patience* patience = nullptr);
// Of all records, from what is known of them.
std::shared_ptr<const RecordPopulation> MakePopulation(const Index& index, PopulationCounts counts,
                                                       const RegisteredSerials& serials);

}  // namespace burin::internal

#endif
