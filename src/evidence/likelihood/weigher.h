// The likelihood of hits one by one, each mark once, and bounds for those that are not weighed.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_WEIGHER_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_WEIGHER_H_

#include <cstdint>
#include <string>
#include <unordered_map>

#include "src/channel/compile/likelihood.h"
#include "src/index/view/index.h"
#include "src/search/run/placed_mark.h"
#include "src/search/segments/search.h"

namespace burin::internal {

// -ln likelihood in 1/64 nat, to the nearest.
Cost SummedCost(double likelihood);

class Weigher {
 public:
  // The request's reading, channel and lengths. Borrowed.
  Weigher(const Index& index, const SearchRequest& request, const Channel& channel);

  // P(reading | the hit's mark); of a partial record, over the lengths that the request allows.
  double Of(const Hit& hit);
  // Where the hit's mark stands among all marks, with the summed cost in place of the best alignment's.
  PlacedMark Place(const Hit& hit, double likelihood) const;
  // Of a serial's hit, in symbols.
  uint32_t LengthOf(const Hit& hit) const;
  // Its serial, or its items.
  std::u32string ItemsOf(const Hit& hit) const;
  Likelihood& likelihood() { return likelihood_; }

 private:
  const Index& index_;
  const SearchRequest& request_;
  Likelihood likelihood_;
  std::unordered_map<uint64_t, double> known_;  // By mark, partial or not.
};

}  // namespace burin::internal

#endif
