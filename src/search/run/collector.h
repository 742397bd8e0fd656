// Hits as they come in: all of them, or the best N, one a record, serial or weapon, in the one order of results.
#ifndef BURIN_SRC_SEARCH_RUN_COLLECTOR_H_
#define BURIN_SRC_SEARCH_RUN_COLLECTOR_H_

#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "src/base/patience.h"
#include "src/search/run/search_request.h"

namespace burin::internal {

// What partial records say, kept for as long as they are compared.
class PartialItems {
 public:
  static constexpr uint32_t kNone = UINT32_MAX;
  // kNone: there is no more room.
  uint32_t Add(std::u32string_view items);
  std::u32string_view At(uint32_t begin, uint32_t length) const { return {all_.data() + begin, length}; }
  void Clear() { all_.clear(); }
  // Room for the items of so many records, as a rule. It is given as it is written to; moving to a larger one asks
  // nobody.
  void Reserve(size_t records) { all_.reserve(records * 10); }

 private:
  std::vector<char32_t> all_;
};

// Cost, then place of the mark (length, then index/keys/serial_order.h), then record. A partial record stands before
// the serial at whose place its items would be inserted; partial records of one such place by their items.
class HitOrder {
 public:
  // Borrows both.
  HitOrder(const Index& index, PartialItems* items) : index_(&index), items_(items) {}
  struct Placed {
    Hit hit;
    uint32_t length = 0;
    uint32_t items = PartialItems::kNone;  // Of a partial record; kNone: they are read anew.
    Uint128 place = 0;
  };
  bool operator()(const Placed& a, const Placed& b) const;
  Placed PlacePartial(uint64_t partial, Cost cost) const;

 private:
  int CompareItems(const Placed& a, const Placed& b) const;
  const Index* index_;
  PartialItems* items_;
};

class Collector {
 public:
  // Borrows all.
  Collector(const Index& index, const SearchRequest& request, Patience* patience);
  Collector(const Collector&) = delete;
  Collector& operator=(const Collector&) = delete;

  // Forgets all hits; from now on costs above `max_cost` are not wanted.
  void Restart(Cost max_cost);
  Cost cut() const { return cut_; }
  bool full() const { return request_.top > 0 && hits_.size() >= request_.top; }
  // Matches so far. Maintained with `max_hits` and `count_only`.
  uint64_t count() const { return request_.top > 0 ? hits_.size() : count_; }
  bool gave_up() const { return request_.give_up_above > 0 && (too_many_ || all_.size() > request_.give_up_above); }
  void GiveUp() { too_many_ = true; }
  bool over() const { return gave_up() || (request_.max_hits > 0 && count() > request_.max_hits); }

  // Records of the serial of this rank that pass.
  uint64_t Passing(uint64_t rank) const;
  // A serial: its group's number in the index, its key's number in the group.
  void AddSerial(size_t group, uint64_t key, Cost cost);
  void AddPartial(uint64_t partial, Cost cost);
  // Adds to *out, in order, what is here and costs `from` or more; *out holds what costs less, and no more than the
  // best N come together. With top == 0 and by weapon, weapons are told apart here. Forgets all hits with top == 0.
  // Answers a cost below which nothing is left out; kNever unless the patience is over.
  Cost Take(Cost from, std::vector<Hit>* out);

 private:
  using Placed = HitOrder::Placed;
  bool Passes(uint64_t record) const { return request_.filter == nullptr || request_.filter->Passes(record); }
  // Whether one more mark may be compared with all readings.
  bool MayRescore();
  // What the record costs beside its mark, added.
  Cost Joint(Cost cost, uint64_t record) const;
  void Add(const Placed& placed);
  // False: it is counted and need not be kept.
  bool Count(const Placed& placed);
  void AddRanked(const Placed& placed);
  uint64_t Weapon(uint32_t record) const;
  bool SortAll(Cost from);
  template <typename Hits>
  Cost HandOver(const Hits& hits, Cost from, std::vector<Hit>* out);

  const SearchRequest& request_;
  const Index& index_;
  Patience& patience_;
  PartialItems items_;
  HitOrder order_;
  const AttributeColumn* weapons_ = nullptr;
  Cost cut_ = 0;
  bool too_many_ = false;
  uint64_t rescored_after_stop_ = 0;           // In moves.
  std::vector<Placed> all_;                    // top == 0.
  uint64_t count_ = 0;                         // top == 0: the same, weapons told apart.
  std::unordered_set<uint64_t> weapons_seen_;  // Of these.
  std::set<Placed, HitOrder> hits_;            // top > 0.
  std::unordered_map<uint64_t, Placed> best_;  // top > 0 and by weapon: the hit of each weapon in hits_.
};

}  // namespace burin::internal

#endif
