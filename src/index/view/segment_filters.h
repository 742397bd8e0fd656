// What passes in each segment of an index: a filter's part there, and what is not deleted.
#ifndef BURIN_SRC_INDEX_VIEW_SEGMENT_FILTERS_H_
#define BURIN_SRC_INDEX_VIEW_SEGMENT_FILTERS_H_

#include <cstddef>
#include <vector>

#include "src/index/view/filter.h"
#include "src/index/view/index.h"

namespace burin::internal {

class SegmentFilters {
 public:
  // Borrows both. nullptr: whatever is not deleted passes.
  SegmentFilters(const Index& index, const Filter* filter) {
    const auto segments = index.segments();
    for (size_t i = 0; i < segments.size(); ++i) {
      Filter& own = filters_.emplace_back();
      if (filter != nullptr) own = filter->ForSegment(i, segments[i].first_record);
      if (segments[i].deleted != nullptr) own.Hide(segments[i].deleted.get());
    }
  }
  // nullptr: every record of the segment passes. REQUIRES: this stays where it is.
  const Filter* of(size_t segment) const { return filters_[segment].empty() ? nullptr : &filters_[segment]; }

 private:
  std::vector<Filter> filters_;
};

}  // namespace burin::internal

#endif
