#include "src/query/exhaustive.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>

#include "src/channel/compile/likelihood.h"
#include "src/evidence/likelihood/weigher.h"
#include "src/mark/fold/symbol.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/structural/changed_scorer.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr uint64_t kReportEvery = 4096;

// The place of a record in the order of results: cost, mark, id.
using Place = std::tuple<Cost, size_t, std::u32string, uint64_t>;

Place PlaceOf(Cost cost, const std::u32string& items, uint64_t id) { return {cost, items.size(), items, id}; }

std::string Shown(std::u32string_view items) {
  std::string text;
  for (const Symbol s : items) {
    if (s == kUnreadable || s == kGap) {
      text += s == kGap ? '*' : '?';
    } else {
      AppendUtf8(s, &text);
    }
  }
  return text;
}

class Prover {
 public:
  Prover(const Index& index, const Claim& claim)
      : index_(index),
        request_(*claim.request),
        found_(*claim.found),
        weapons_(index.FindAttribute("weapon")),
        scorer_(request_.costs()) {
    if (request_.reading != nullptr) {
      changed_.emplace(request_.reading, kNever - 1);
      if (claim.summed) {
        likelihood_.emplace(request_.reading->lattice(), request_.reading->costs(), *request_.reading->channel());
      }
    }
    for (const Hit& hit : found_.hits) Expect(hit);
  }

  Result<Proof> Run(const std::function<bool(uint64_t, uint64_t)>& progress) {
    progress_ = &progress;
    std::u32string items;
    for (const auto& group : index_.groups()) {
      if (!RunGroup(*group)) return Finish();
    }
    for (uint64_t i = 0; i < index_.partial_count(); ++i) {
      index_.partial_items(i, &items);
      if (!Check(index_.partial_record(i), items, true, {CostOf(items, true), Likely(items)})) return Finish();
    }
    for (const auto& [record, cost] : listed_) {
      if (seen_.count(record) == 0) Contradict(record, "is listed and was not met");
    }
    return Finish();
  }

 private:
  std::u32string ItemsOf(const Hit& hit) const {
    std::u32string items;
    if (hit.partial) {
      index_.partial_items(hit.mark, &items);
      return items;
    }
    const auto groups = index_.groups();
    const auto behind = std::upper_bound(groups.begin(), groups.end(), hit.mark,
                                         [](uint64_t rank, const auto& group) { return rank < group->first_rank(); });
    const KeyGroup& group = **(behind - 1);
    uint16_t codes[kMaxMarkSymbols];
    group.Read(hit.mark - group.first_rank(), hit.mark - group.first_rank() + 1, codes);
    KeySymbols(group, codes, &items);
    return items;
  }
  void Expect(const Hit& hit) {
    const std::u32string items = ItemsOf(hit);
    const Place place =
        PlaceOf(Rank(hit.cost, WithBelieved(Likely(items), hit.record)), items, index_.record_id(hit.record));
    listed_[hit.record] = hit.cost;
    last_ = std::max(last_, place);
    if (request_.by == By::kSerial && !hit.partial) serials_[items] = place;
    if (request_.by == By::kWeapon && !Weapon(hit.record).empty()) listed_weapons_[Weapon(hit.record)] = place;
  }
  // Empty: it names none.
  std::string_view Weapon(uint64_t record) const {
    const uint32_t code = weapons_ == nullptr ? 0 : weapons_->code(record);
    return code == 0 ? std::string_view() : weapons_->text(code);
  }

  bool RunGroup(const KeyGroup& group) {
    std::vector<uint16_t> codes(KeyGroup::kMaxRead * group.length());
    std::u32string serial;
    for (uint64_t first = 0; first < group.size(); first += KeyGroup::kMaxRead) {
      const uint64_t last = std::min(group.size(), first + KeyGroup::kMaxRead);
      group.Read(first, last, codes.data());
      for (uint64_t key = first; key < last; ++key) {
        KeySymbols(group, &codes[(key - first) * group.length()], &serial);
        const Score score = {CostOf(serial, false), Likely(serial)};
        const uint64_t rank = group.first_rank() + key;
        for (uint64_t i = 0; i < index_.postings_size(rank); ++i) {
          if (!Check(index_.posting(rank, i), serial, false, score)) return false;
        }
      }
    }
    return true;
  }
  Cost CostOf(const std::u32string& items, bool partial) {
    if (request_.rescorer != nullptr) return request_.rescorer->Of(items, partial);
    const Cost plain = scorer_.Score(items, request_.min_length, request_.max_length);
    if (partial || !changed_) return plain;  // Nothing happens to such a mark as a whole.
    return std::min(plain, changed_->Of(items, request_.min_length, request_.max_length));
  }

  double Likely(const std::u32string& items) {
    if (!likelihood_) return 0;
    const auto length = static_cast<uint32_t>(items.size());
    const bool partial = items.find_first_of(std::u32string{kUnreadable, kGap}) != std::u32string::npos;
    if (!partial && (length < request_.min_length || length > request_.max_length)) return 0;
    return likelihood_->Of(items, request_.min_length, request_.max_length);
  }
  // With what is believed of the record.
  Cost JointOf(Cost cost, uint64_t record) const {
    const bool plain = request_.believed == nullptr || cost >= kNever;
    return plain ? cost : AddCosts(cost, request_.believed->Of(record));
  }
  double WithBelieved(double likelihood, uint64_t record) const {
    const bool plain = request_.believed == nullptr || !likelihood_;
    return plain ? likelihood : likelihood * request_.believed->RatioOf(record);
  }
  // What results are ordered by.
  Cost Rank(Cost cost, double likelihood) const {
    if (!likelihood_) return cost;
    const double shift = request_.believed == nullptr ? 1 : request_.believed->highest_ratio();
    return SummedCost(likelihood / shift);
  }
  struct Score {
    Cost cost;
    double likelihood;
  };

  // False: it is over.
  bool Check(uint64_t record, const std::u32string& items, bool partial, const Score& score) {
    const Cost cost = JointOf(score.cost, record);
    const double likelihood = WithBelieved(score.likelihood, record);
    if (!index_.segments().empty() && index_.IsDeleted(record)) return true;
    if (++done_ % kReportEvery == 0 && *progress_ && (*progress_)(done_, index_.record_count())) {
      cancelled_ = true;
      return false;
    }
    const bool passes = request_.filter == nullptr || request_.filter->Passes(record);
    proof_.scored += passes ? 1 : 0;
    if (passes) proof_.likelihood += likelihood;
    const auto listed = listed_.find(record);
    if (listed != listed_.end()) {
      seen_.insert(record);
      if (passes && listed->second == cost) return true;
      Contradict(record, passes
                             ? "costs " + std::to_string(cost) + " and is listed with " + std::to_string(listed->second)
                             : "is listed and does not pass the conditions");
      return false;
    }
    const bool within = passes && score.cost <= request_.max_cost;
    if (!within || !Missing(record, items, partial, {cost, likelihood})) return true;
    Contradict(record, "(" + Shown(items) + ") costs " + std::to_string(cost) + " and is not listed");
    return false;
  }
  // Whether a record that is not listed should be.
  bool Missing(uint64_t record, const std::u32string& items, bool partial, const Score& score) const {
    const Place place = PlaceOf(Rank(score.cost, score.likelihood), items, index_.record_id(record));
    if (Represented(items, partial, record, place)) return false;
    const bool full = request_.top > 0 && found_.hits.size() >= request_.top;
    if (!found_.complete) return score.cost < found_.certificate && (!full || place < last_);
    return !full || place < last_;
  }
  // Whether a record listed before it stands for it.
  bool Represented(const std::u32string& items, bool partial, uint64_t record, const Place& place) const {
    if (request_.by == By::kSerial && !partial) {
      const auto serial = serials_.find(items);
      return serial != serials_.end() && serial->second < place;
    }
    if (request_.by != By::kWeapon || Weapon(record).empty()) return false;
    const auto weapon = listed_weapons_.find(Weapon(record));
    return weapon != listed_weapons_.end() && weapon->second < place;
  }

  void Contradict(uint64_t record, const std::string& what) {
    if (proof_.contradiction.empty())
      proof_.contradiction = "record " + std::to_string(index_.record_id(record)) + " " + what;
  }
  Result<Proof> Finish() {
    if (cancelled_) return Status(StatusCode::kCancelled, "cancelled");
    return proof_;
  }

  const Index& index_;
  const SearchRequest& request_;
  const SearchResult& found_;
  const AttributeColumn* weapons_;
  MarkScorer scorer_;
  std::optional<ChangedScorer> changed_;
  std::optional<Likelihood> likelihood_;
  std::map<uint64_t, Cost> listed_;  // By record.
  std::map<std::u32string, Place> serials_;
  std::map<std::string_view, Place> listed_weapons_;
  std::set<uint64_t> seen_;
  Place last_ = {0, 0, U"", 0};
  const std::function<bool(uint64_t, uint64_t)>* progress_ = nullptr;
  uint64_t done_ = 0;
  bool cancelled_ = false;
  Proof proof_;
};

}  // namespace

Result<Proof> ProveByScoringAll(const Index& index, const Claim& claim,
                                const std::function<bool(uint64_t done, uint64_t total)>& progress) {
  return Prover(index, claim).Run(progress);
}

}  // namespace burin::internal
