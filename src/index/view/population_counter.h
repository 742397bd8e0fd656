// Counts the population of an index, or of the records that pass a filter. Counting can be given up at any place, and
// goes on from there when it is asked for again: whoever searches a large registry with short deadlines comes to its
// population in the end.
//
// Each part (a segment, or the whole index) is counted; of segments without deletions the counts are known. Then two
// passes over the serials say what there is of the registered ones: one over all of them, and one that looks up each
// serial of every part but the largest in the others, since a serial that several parts have is one. Ten
// million records in three segments take 1.3 s.
#ifndef BURIN_SRC_INDEX_VIEW_POPULATION_COUNTER_H_
#define BURIN_SRC_INDEX_VIEW_POPULATION_COUNTER_H_

#include <memory>

#include "src/base/patience.h"
#include "src/index/view/record_population.h"

namespace burin::internal {

// One thread at a time.
class PopulationCounter {
 public:
  // Borrows both. nullptr: all records that are not deleted count.
  PopulationCounter(const Index& index, const Filter* filter);
  ~PopulationCounter();
  PopulationCounter(const PopulationCounter&) = delete;
  PopulationCounter& operator=(const PopulationCounter&) = delete;

  // nullptr: the patience is over; the next call goes on. REQUIRES: it has not answered yet.
  std::shared_ptr<const RecordPopulation> Run(Patience* patience);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace burin::internal

#endif
