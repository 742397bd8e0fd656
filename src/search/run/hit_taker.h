// Serials and partial records that walks counting edits found, put into the one order of results and turned into their
// records, without the collector: as many as are wanted, or as the patience of whoever waits allows.
#ifndef BURIN_SRC_SEARCH_RUN_HIT_TAKER_H_
#define BURIN_SRC_SEARCH_RUN_HIT_TAKER_H_

#include <vector>

#include "src/base/patience.h"
#include "src/search/edits/unit_walk.h"
#include "src/search/partials/partial_walk.h"
#include "src/search/run/collector.h"
#include "src/search/run/search_request.h"

namespace burin::internal {

class HitTaker {
 public:
  // Borrows all.
  HitTaker(const Index& index, const SearchRequest& request, Patience* patience);

  // Adds to *out what passes, in order, until it holds as many as are wanted. `hits` ascending, each once; both are
  // left in no order. Answers a cost below which all were taken; kNever: all that are wanted.
  Cost Take(std::vector<UnitHit>* hits, const std::vector<ScoredPartial>& partials, std::vector<Hit>* out);

 private:
  using Placed = HitOrder::Placed;

  // False: the patience is over, and only some are placed.
  bool PlacePartials(const std::vector<ScoredPartial>& partials);
  void KeepBest();
  bool StandsBefore(const Placed& partial, const UnitHit& hit) const;
  uint64_t RankOf(const UnitHit& hit) const;
  // False: no more are wanted.
  bool TakeRecord(const Hit& hit);
  bool TakeSerial(const UnitHit& hit);
  // Of so many records. True: the patience is over, and what is done after that, too.
  bool Stopped(uint64_t records = 1);
  bool full() const { return request_.top != 0 && out_->size() >= request_.top; }

  const Index& index_;
  const SearchRequest& request_;
  Patience& patience_;
  PartialItems items_;
  HitOrder order_;
  std::vector<Placed> placed_;
  std::vector<Hit>* out_ = nullptr;
  uint64_t left_after_stop_ = 0;
  bool stopped_ = false;
};

}  // namespace burin::internal

#endif
