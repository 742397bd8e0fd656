// Several marks of one weapon: whole searches beside a twin that scores every weapon by the definition of
// docs/joint.md. BURIN_TEST_CASES is the number of searches, 10,000 if it is not given.
#include "src/search/segments/weapon_search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "src/channel/compile/compile.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/mark/pattern/pattern.h"
#include "tests/reference/cases.h"
#include "tests/reference/random_reading.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_dp.h"
#include "tests/reference/twin_joint.h"

namespace burin::internal::reference {
namespace {

// A mark that is asked for.
struct Asked {
  Lattice lattice;
  std::string condition;    // Which component.
  std::vector<Cost> costs;  // By record.
  Cost limit = 0, unrecorded = 0, other_part = 0;
  bool Has(const JointRecord& r) const {
    const std::string component = r.Of("component");
    if (condition == "component=|frame|receiver") {
      return component.empty() || component == "frame" || component == "receiver";
    }
    return condition == "component=" + component;
  }
};

struct TwinWeapon {
  Cost cost = 0;
  size_t length = 0;
  std::u32string items;
  uint32_t record = 0;
  std::vector<Cost> paid;
  bool operator<(const TwinWeapon& o) const {
    return std::tie(cost, length, items, record) < std::tie(o.cost, o.length, o.items, o.record);
  }
};

class WeaponTwin {
 public:
  WeaponTwin(const std::vector<JointRecord>& records, const std::vector<Asked>& asked,
             std::function<bool(const JointRecord&)> counts, const Beliefs* beliefs)
      : records_(records), asked_(asked), counts_(std::move(counts)), beliefs_(beliefs) {}

  // All weapons that are hits, in order.
  std::vector<TwinWeapon> All() const {
    std::map<std::string, std::vector<uint32_t>> weapons;
    for (uint32_t i = 0; i < records_.size(); ++i) {
      if (!counts_(records_[i])) continue;
      const std::string name = records_[i].Of("weapon");
      weapons[name.empty() ? "#" + std::to_string(i) : name].push_back(i);
    }
    std::vector<TwinWeapon> hits;
    for (const auto& [name, records] : weapons) {
      if (const auto weapon = Score(records)) hits.push_back(*weapon);
    }
    std::sort(hits.begin(), hits.end());
    return hits;
  }

 private:
  std::optional<TwinWeapon> Score(const std::vector<uint32_t>& of) const {
    TwinWeapon weapon;
    bool within = false, stands = false;
    for (const Asked& asked : asked_) {
      // (cost, length, items, record) of the cheapest.
      std::optional<TwinWeapon> best;
      for (const uint32_t i : of) {
        if (records_[i].missing || !asked.Has(records_[i])) continue;
        const TwinWeapon one{asked.costs[i], records_[i].items.size(), records_[i].items, i, {}};
        if (!best || one < *best) best = one;
        within = within || asked.costs[i] <= asked.limit;
      }
      weapon.paid.push_back(best ? std::min(best->cost, asked.other_part) : asked.unrecorded);
      weapon.cost += weapon.paid.back();
      if (best && !stands) {
        stands = true;
        weapon.length = best->length;
        weapon.items = best->items;
        weapon.record = best->record;
      }
    }
    if (!within) return std::nullopt;
    for (size_t b = 0; beliefs_ != nullptr && b < beliefs_->count(); ++b) {
      std::optional<Cost> said, unsaid;
      for (const uint32_t i : of) {
        std::optional<Cost>& least = beliefs_->Says(b, i) ? said : unsaid;
        const Cost cost = beliefs_->CostOf(b, i);
        least = least ? std::min(*least, cost) : cost;
      }
      weapon.cost += said ? *said : *unsaid;
    }
    return weapon;
  }

  const std::vector<JointRecord>& records_;
  const std::vector<Asked>& asked_;
  std::function<bool(const JointRecord&)> counts_;
  const Beliefs* beliefs_;
};

class Case {
 public:
  explicit Case(uint64_t seed) : choices_(seed) { Make(); }
  bool usable() const { return usable_; }
  uint64_t hits = 0, stopped = 0;

  void Search() {
    Filter filter;
    const bool filtered = choices_.OneIn(3);
    if (filtered) {
      ASSERT_TRUE(filter.Add(*index_, "calibre=9x19|").ok());
    }
    const auto counts = [&](const JointRecord& r) {
      return !r.deleted && (!filtered || r.Of("calibre") == "9x19" || r.Of("calibre").empty());
    };
    std::shared_ptr<const Beliefs> beliefs;
    if (choices_.OneIn(2)) {
      const std::vector<Belief> stated = {{"maker", "Zastava", 0.9}, {"year", "1990", 0}};
      beliefs = *Beliefs::Make(*index_, stated, Synonyms::Embedded(), filter);
    }
    WeaponRequest request;
    std::vector<Filter> filters(asked_.size(), filter);
    for (size_t m = 0; m < asked_.size(); ++m) {
      Asked& asked = asked_[m];
      ASSERT_TRUE(filters[m].Add(*index_, asked.condition).ok());
      asked.limit = AddCosts(priced_[m].costs().best, 64 * choices_.Below(25) + choices_.Below(64));
      asked.unrecorded = choices_.Below(64 * 12);
      asked.other_part = asked.unrecorded + choices_.Below(64 * 8);
      AskedMark mark;
      mark.reading = &priced_[m];
      mark.filter = &filters[m];
      mark.max_cost = asked.limit;
      mark.unrecorded = asked.unrecorded;
      mark.other_part = asked.other_part;
      request.marks.push_back(mark);
    }
    request.filter = filtered ? &filter : nullptr;
    request.believed = beliefs.get();
    request.weapons = weapons_.get();
    request.top = choices_.OneIn(3) ? 0 : 1 + choices_.Below(4);
    if (choices_.OneIn(5)) request.max_work = 1 + choices_.Below(200);
    if (choices_.OneIn(8)) request.max_hits = 1 + choices_.Below(3);
    const std::vector<TwinWeapon> all = WeaponTwin(records_, asked_, counts, beliefs.get()).All();
    Compare(request, all, SearchWeapons(*index_, request));
  }

 private:
  void Make() {
    const std::u32string alphabet = RandomAlphabet(&choices_);
    for (uint32_t m = 1 + choices_.Below(3); m > 0; --m) {
      Result<Pattern> pattern = ParsePattern(RandomPattern(alphabet, 1 + choices_.Below(4), &choices_));
      if (!pattern.ok()) pattern = ParsePattern("A1");
      Asked asked;
      asked.lattice = pattern->lattice;
      asked.condition = asked_.empty()       ? "component=|frame|receiver"
                        : asked_.size() == 1 ? "component=barrel"
                                             : "component=slide";
      if (!CompileChannel(asked.lattice, PlainTyped()).ok()) return;
      asked_.push_back(std::move(asked));
    }
    for (const Asked& asked : asked_) priced_.push_back(*PricedReading::Make(asked.lattice, PlainTyped()));
    for (uint32_t i = 1 + choices_.Below(30); i > 0; --i) {
      JointRecord record;
      const Lattice& near = choices_.Of(asked_).lattice;
      record.items = Edited(RandomReadString(near, alphabet, &choices_), choices_.Below(3), alphabet, &choices_);
      if (record.items.empty()) record.items = alphabet.substr(0, 1);
      record.partial = choices_.OneIn(8);
      if (record.partial) record.items[choices_.Below(static_cast<uint32_t>(record.items.size()))] = kUnreadable;
      record.missing = choices_.OneIn(20);
      for (const std::string& name : JointAttributes()) {
        const std::string value = RandomValue(name, &choices_);
        if (!value.empty()) record.attributes[name] = value;
      }
      records_.push_back(std::move(record));
    }
    if (choices_.OneIn(2)) {
      for (JointRecord& record : records_) record.deleted = choices_.OneIn(5);
      index_ = SegmentsOf(records_, &choices_);
    } else {
      bytes_ = IndexOf(records_);
      index_ = *Index::OpenBuffer(bytes_, "case");
    }
    weapons_ = std::make_unique<WeaponRecords>(*index_);
    for (Asked& asked : asked_) {
      const ChannelTwin prices(asked.lattice, PlainTyped());
      TwinDp dp(asked.lattice, prices);
      for (const JointRecord& r : records_) {
        asked.costs.push_back(r.missing ? kNever : dp.Of(r.items, 0, kMaxMarkSymbols));
      }
    }
    usable_ = true;
  }

  void Compare(const WeaponRequest& request, const std::vector<TwinWeapon>& all, const WeaponResult& found) {
    hits += found.hits.size();
    stopped += !found.complete;
    if (request.max_work == 0 && request.max_hits == 0) {
      ASSERT_TRUE(found.complete);
    }
    const size_t wanted = request.top == 0 ? all.size() : std::min<size_t>(all.size(), request.top);
    if (found.complete) {
      ASSERT_EQ(found.hits.size(), wanted);
    }
    for (size_t i = 0; i < wanted; ++i) {
      if (!found.complete && all[i].cost >= found.certificate) break;
      ASSERT_LT(i, found.hits.size());
      ASSERT_EQ(found.hits[i].hit.cost, all[i].cost) << "hit " << i;
      ASSERT_EQ(found.hits[i].hit.record, all[i].record) << "hit " << i;
      for (size_t m = 0; m < asked_.size(); ++m) {
        ASSERT_EQ(found.hits[i].marks[m].cost, all[i].paid[m]);
      }
    }
    for (const WeaponHit& hit : found.hits) {
      const bool there = std::any_of(all.begin(), all.end(), [&](const TwinWeapon& w) {
        return w.record == hit.hit.record && w.cost == hit.hit.cost;
      });
      ASSERT_TRUE(there) << "record " << hit.hit.record << " cost " << hit.hit.cost;
    }
    if (request.max_hits != 0 && !found.complete) {
      ASSERT_LE(found.hits.size(), request.max_hits);
    }
  }

  Choices choices_;
  bool usable_ = false;
  std::vector<Asked> asked_;
  std::vector<PricedReading> priced_;
  std::vector<JointRecord> records_;
  std::vector<std::byte> bytes_;
  std::shared_ptr<const Index> index_;
  std::unique_ptr<WeaponRecords> weapons_;
};

TEST(WeaponSearch, EqualsAScanOfAllWeapons) {
  uint64_t searches = 0, hits = 0, stopped = 0;
  for (uint64_t seed = 1; searches < TestCases(); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Case one(seed);
    if (!one.usable()) continue;
    for (int i = 0; i < 5; ++i, ++searches) {
      one.Search();
      if (::testing::Test::HasFatalFailure()) return;
    }
    hits += one.hits;
    stopped += one.stopped;
  }
  if (searches < 500) return;  // Too few to say how many are usual.
  EXPECT_GT(hits, searches / 2);
  EXPECT_GT(stopped, searches / 50);
}

}  // namespace
}  // namespace burin::internal::reference
