// The likelihood of hits one by one, each mark once, and bounds for those that are not weighed.
#ifndef BURIN_SRC_EVIDENCE_WEIGHER_H_
#define BURIN_SRC_EVIDENCE_WEIGHER_H_

#include <cstdint>
#include <unordered_map>

#include "src/channel/likelihood.h"
#include "src/index/index.h"
#include "src/search/collector.h"
#include "src/search/search.h"

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
  HitOrder::Placed Place(const Hit& hit, double likelihood) const;
  // Of a serial's hit, in symbols.
  uint32_t LengthOf(const Hit& hit) const { return index_.groups()[GroupOf(hit.mark)]->length(); }
  Likelihood& likelihood() { return likelihood_; }

 private:
  size_t GroupOf(uint64_t rank) const;

  const Index& index_;
  const SearchRequest& request_;
  Likelihood likelihood_;
  HitOrder order_;
  std::unordered_map<uint64_t, double> known_;  // By mark, partial or not.
};

}  // namespace burin::internal

#endif
