#include "src/evidence/likelihood/evidence.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "src/base/after_stop.h"
#include "src/base/exp_log.h"
#include "src/base/patience.h"
#include "src/evidence/likelihood/absent_marks.h"
#include "src/evidence/likelihood/population_sum.h"
#include "src/evidence/likelihood/unseen_bound.h"
#include "src/evidence/likelihood/unseen_mass.h"
#include "src/evidence/likelihood/weigher.h"
#include "src/index/view/filter.h"
#include "src/population/serial_probability.h"
#include "src/search/costs/mark_scorer.h"

namespace burin::internal {
namespace {

// Rounds: a first one that holds what is likely, then wider ones.
constexpr Cost kFirstLevel = 11 * kCostsPerNat;
constexpr Cost kNextLevel = 7 * kCostsPerNat / 2;
constexpr Cost kWidestStep = 2 * kNextLevel;  // Of the second round; each may then be twice as wide.
// A round that finds more is given up: so many records are as likely as the best that weighing them says nothing. It is
// a number of records, not of steps, so that it does not depend on how they lie in segments.
constexpr uint64_t kMostRecords = uint64_t{1} << 17;
// What two ways to the same sum may differ by from rounding: n numbers are summed within n 2^-53, kMostRecords of them
// within 1.5e-11.
constexpr double kSlack = 4e-11;
constexpr double kMostLog10 = 400;
// A ratio this close below min_log10_lr is that: where nothing tells records apart, rounding must not exclude any.
constexpr double kTie = 1e-9;
// A bound for what was not seen may be beyond all numbers: ratios of sums with it must not be.
constexpr double kMostUnseen = 1e280;
constexpr double kMostNats = 600;  // Exp of more is no number.
constexpr size_t kFew = 10;        // Records: as many as are listed if nobody says how many.
// Of a record that is counted, listed or looked up among the population: in steps of the patience.
constexpr uint64_t kStepsOfItem = 16, kStepsOfSerial = 512;
// Of a move: likelihoods are sums.
constexpr uint64_t kStepsOfMove = 8;
// Items of a partial record, as a rule.
constexpr uint32_t kMostItems = 10;
// Records of the sum that are looked up after the patience is over.
constexpr uint64_t kSumAfterStop = 512;

class Run {
 public:
  Run(const Index& index, const WeighRequest& request, Evidence* out)
      : index_(index),
        request_(request),
        search_(request.search),
        patience_(request.search.deadline, request.search.cancelled),
        weigher_(index, search_, *request.channel),
        bound_(search_.reading->lattice(), search_.reading->costs(), *request.channel, Longest(), &patience_),
        mass_(search_.reading->lattice(), search_.reading->costs(), *request.channel, *request.population, bound_,
              AddCosts(search_.max_cost, 1)),
        out_(*out) {
    out_ = {};
    if (search_.believed != nullptr) highest_ratio_ = search_.believed->highest_ratio();
    out_.prior = request.prior;
    out_.population = request.population->records();
    if (search_.by == By::kWeapon) weapons_ = index.FindAttribute("weapon");
  }

  SearchResult Go() {
    if (patience_.Ask()) return Nothing();
    PopulationSum population(search_.reading->costs(), *request_.channel, weigher_.likelihood(), &patience_);
    out_.of_population = population.Of(request_.population->model, search_.min_length, search_.max_length);
    if (patience_.over()) return Nothing();
    SearchLevels();
    CountNotExcluded();
    List();
    if (cut_short_) {
      result_.complete = false;
      if (exact_ < items_.size()) result_.certificate = std::min(result_.certificate, items_[exact_].hit.cost);
    }
    return std::move(result_);
  }

 private:
  struct Item {
    Hit hit;  // At the cost of the mark alone.
    double of_mark = 0;
    double likelihood = 0;  // With what is believed of the record.
  };

  SearchResult Nothing() {
    out_ = NoEvidence(request_.prior);
    SearchResult none;
    none.complete = false;
    none.not_searched = NotSearched(index_, search_.filter);
    return none;
  }

  uint32_t Longest() const {
    if (request_.population->partials > 0) return kMaxMarkSymbols;
    const auto& lengths = request_.population->model.lengths();
    const uint32_t longest = lengths.empty() ? 0 : lengths.back().length;
    // Marks longer than the reading weigh the less the longer they are.
    return std::min<uint32_t>(std::max(longest, search_.reading->costs().slots + 6), kMaxMarkSymbols);
  }

  // --- Searching.

  void SearchLevels() {
    const Cost last = std::min(search_.max_cost, kNever - 1);
    Cost cut = FirstCut(last), known = 0, width = kWidestStep;
    for (;;) {
      const Level level = SearchWithin(cut, known > 0 && cut > NextStep(known, last));
      if (level == Level::kStopped) return;
      if (level == Level::kTooWide) {
        cut = NextStep(known, last);
        continue;
      }
      certificate_ = result_.certificate = cut + 1;
      Settle();
      if (over_) return;
      if (cut >= last || (summed_ && TopIsCertain())) return;
      known = cut;
      cut = NextCut(cut, std::min(AddCosts(cut, width), last));
      width *= 2;
    }
  }
  Cost NextStep(Cost cut, Cost last) const { return std::min(AddCosts(cut, kNextLevel), last); }

  // The levels up to the one that fixes the sum do not depend on how many records are asked for.

  // All at once, if so few can be met by chance that nothing less will do. Of unrelated records no more than
  // N P(reading | population) / L are expected to explain the reading as well as L.
  Cost FirstCut(Cost last) const {
    const Cost best = search_.reading->costs().best, first = std::min(AddCosts(best, kFirstLevel), last);
    const double nats = static_cast<double>(last) / kCostsPerNat;
    if (first >= last || nats > kMostNats) return first;
    return Population() * out_.of_population * Exp(nats) < kFew ? last : first;
  }
  // The first step up to `most` at which what is unseen then may not matter; that, if few were met, or all are wanted.
  Cost NextCut(Cost cut, Cost most) {
    Cost next = NextStep(cut, most);
    if (summed_) return search_.top == 0 || items_.size() < search_.top ? most : next;
    if (items_.size() < kFew) return most;
    while (next < most && Unseen(next + 1) > kUnseenShare * out_.seen) next = NextStep(next, most);
    return next;
  }

  enum class Level {
    kSeen,
    kStopped,  // What there is then is in place.
    kTooWide,  // Nothing was changed.
  };
  // `may_narrow`: where there are too many records, a narrower level may do.
  Level SearchWithin(Cost cut, bool may_narrow) {
    SearchRequest level = search_;
    level.top = 0;
    level.by = By::kRecord;
    level.believed = nullptr;
    level.max_cost = cut;
    level.max_hits = 0;
    level.count_only = false;
    level.on_level = nullptr;
    const uint64_t left = search_.max_work == 0 ? UINT64_MAX : search_.max_work - std::min(search_.max_work, spent_);
    level.max_work = search_.max_work == 0 ? 0 : std::max<uint64_t>(left, 1);
    level.give_up_above = MostKept();
    SearchResult found = Search(index_, level);
    spent_ += found.work;
    result_.work = spent_;
    result_.not_searched = found.not_searched;
    if (found.complete) {
      Keep(found.hits);
      return Level::kSeen;
    }
    if (found.gave_up && may_narrow) return Level::kTooWide;
    if (found.gave_up) {
      SearchWithoutWeighing(left - std::min(left, found.work));
      return Level::kStopped;
    }
    result_.complete = false;
    result_.certificate = certificate_;
    Merge(found.hits);
    Settle();
    return Level::kStopped;
  }

  // 0: any number.
  uint64_t MostKept() const {
    const uint64_t most = search_.top > 0 ? kMostRecords : 0;
    return most == 0 || request_.most_kept == 0 ? std::max(most, request_.most_kept)
                                                : std::min(most, request_.most_kept);
  }

  // The best N by the cost of their best alignment.
  void SearchWithoutWeighing(uint64_t left) {
    SearchRequest plain = search_;
    plain.max_work = search_.max_work == 0 ? 0 : std::max<uint64_t>(left, 1);
    SearchResult found = Search(index_, plain);
    spent_ += found.work;
    result_.work = spent_;
    result_.complete = found.complete;
    result_.certificate = std::max(certificate_, found.certificate);
    Cost of_marks = found.certificate;
    if (search_.believed != nullptr) {
      of_marks -= std::min(of_marks, search_.believed->highest());
      for (Hit& hit : found.hits) hit.cost -= search_.believed->Of(hit.record);
    }
    certificate_ = std::max(certificate_, of_marks);
    Merge(found.hits);
    Settle();
    gave_up_ = true;
  }

  void Keep(const std::vector<Hit>& hits) {
    left_.reset();
    // What was weighed before comes first again: it costs less than what was not.
    items_.resize(hits.size());
    for (size_t i = 0; i < hits.size(); ++i) {
      items_[i].hit = hits[i];
      if (i >= exact_) items_[i].likelihood = 0;
    }
    over_ = search_.max_hits > 0 && hits.size() > search_.max_hits;
    if (!over_) return;
    result_.complete = false;
  }
  // Adds hits of a search that did not end to those of the last one that did, which cost less.
  void Merge(const std::vector<Hit>& hits) {
    left_.reset();
    std::vector<uint32_t> known;
    for (const Item& item : items_) known.push_back(item.hit.record);
    std::sort(known.begin(), known.end());
    for (const Hit& hit : hits) {
      if (!std::binary_search(known.begin(), known.end(), hit.record)) items_.push_back({hit});
    }
    std::stable_sort(items_.begin() + static_cast<ptrdiff_t>(known.size()), items_.end(),
                     [](const Item& a, const Item& b) { return a.hit.cost < b.hit.cost; });
  }

  // --- Weighing.

  // No record whose mark costs as much by every alignment has a likelihood above this.
  double Most(Cost cost) {
    const auto [at, is_new] = most_.try_emplace(cost, 0.0);
    if (is_new) at->second = bound_.OfAny(cost) * highest_ratio_;
    return at->second;
  }
  // Shifted as the costs of beliefs are: the best record pays nothing for them.
  Cost Summed(double likelihood) const { return SummedCost(likelihood / highest_ratio_); }

  // False: the patience is over, and not all are weighed.
  bool WeighTo(size_t end) {
    for (; exact_ < end; ++exact_) {
      Item& item = items_[exact_];
      if (!MayWeigh(item.hit)) return false;
      item.likelihood = item.of_mark = weigher_.Of(item.hit);
      if (search_.believed != nullptr) item.likelihood *= search_.believed->RatioOf(item.hit.record);
    }
    return true;
  }
  // Some more are weighed after the patience is over.
  bool MayWeigh(const Hit& hit) {
    // A gap may stand for any number of symbols, from each item on.
    const uint32_t symbols = hit.partial ? kMostItems * kMaxMarkSymbols : weigher_.LengthOf(hit);
    const uint64_t moves = MovesOf(search_.reading->costs(), symbols);
    if (!patience_.Took(kStepsOfMove * moves)) return true;
    cut_short_ = cut_short_ || moves > moves_after_stop_;
    moves_after_stop_ -= std::min(moves_after_stop_, moves);
    return !cut_short_;
  }
  // Weighs items up to the end of the next level of cost. False: the patience is over.
  bool WeighMore() {
    const Cost cost = items_[exact_].hit.cost;
    size_t end = exact_;
    while (end < items_.size() && items_[end].hit.cost == cost) ++end;
    return WeighTo(end);
  }

  // Once what is seen outweighs the rest, which records are in the sum is fixed.
  void Settle() {
    if (summed_) return;
    std::vector<double> behind(items_.size() + 1);
    for (size_t i = items_.size(); i-- > 0;) behind[i] = behind[i + 1] + Most(items_[i].hit.cost);
    double sum = 0;
    size_t end = 0;
    bool more = true;
    while (more && end < items_.size() && behind[end] > kNegligible * sum) {
      if (end >= exact_) more = WeighMore();
      for (; end < exact_; ++end) {
        sum += items_[end].likelihood;
        if (end + 1 < exact_ && items_[end + 1].hit.cost != items_[end].hit.cost) {
          ++end;
          break;
        }
      }
    }
    in_sum_ = end;
    out_.seen = sum;
    out_.unseen = behind[end] + Unseen(certificate_);
    out_.complete = !gave_up_ && out_.unseen <= kUnseenShare * sum;
    summed_ = out_.complete;
  }

  // Of records that were not found, all together, if all that cost less were.
  double Unseen(Cost certificate) {
    if (!left_) CountLeft(&left_.emplace());
    return mass_.Of(*left_, certificate) * highest_ratio_;
  }
  void CountLeft(RecordsLeft* out) const {
    RecordsLeft& left = *out;
    for (const auto& of : request_.population->model.lengths()) {
      if (of.length < search_.min_length || of.length > search_.max_length) continue;
      left.of_length[of.length] = request_.population->counts.of_length(of.length)->records;
    }
    left.partials = request_.population->partials;
    for (const Item& item : items_) {
      uint64_t& of = item.hit.partial ? left.partials : left.of_length[weigher_.LengthOf(item.hit)];
      if (of > 0) --of;
    }
  }

  // --- The best N.

  // What is one match: a record, serial or weapon. Several segments may have a serial, or the name of a weapon, each
  // under its own number.
  uint64_t GroupOf(const Hit& hit) {
    if (search_.by == By::kSerial) {
      if (hit.partial || index_.segments().empty()) return hit.mark << 1 | (hit.partial ? 1 : 0);
      return serials_.try_emplace(weigher_.ItemsOf(hit), hit.mark << 1).first->second;
    }
    if (search_.by == By::kRecord || weapons_ == nullptr) return hit.record;
    const uint32_t code = weapons_->code(hit.record);
    if (code == 0) return (uint64_t{1} << 32) + hit.record;
    return index_.segments().empty() ? code : weapon_names_.try_emplace(weapons_->text(code), code).first->second;
  }

  // The summed cost of the N-th best of what was weighed; kNever if there are fewer.
  Cost NthCost() {
    if (exact_ < search_.top) return kNever;
    std::vector<double> all;
    if (search_.by == By::kRecord) {
      for (size_t i = 0; i < exact_; ++i) all.push_back(items_[i].likelihood);
    } else {
      std::unordered_map<uint64_t, double> best;
      for (size_t i = 0; i < exact_; ++i) {
        double& likelihood = best[GroupOf(items_[i].hit)];
        likelihood = std::max(likelihood, items_[i].likelihood);
      }
      for (const auto& [group, likelihood] : best) all.push_back(likelihood);
      if (all.size() < search_.top) return kNever;
    }
    const auto nth = all.begin() + static_cast<ptrdiff_t>(search_.top) - 1;
    std::nth_element(all.begin(), nth, all.end(), std::greater<>());
    return Summed(*nth);
  }

  // Weighs whatever found record may be among the best; true if no other record can be.
  bool TopIsCertain() {
    if (search_.top == 0) {
      WeighTo(items_.size());
      return false;
    }
    Cost nth = NthCost();
    while (exact_ < items_.size() && Summed(Most(items_[exact_].hit.cost)) <= nth) {
      if (!WeighMore()) return false;
      if (patience_.Took(kStepsOfItem * exact_)) return false;
      nth = NthCost();
    }
    return nth < kNever && Summed(Most(certificate_)) > nth;
  }

  // --- Answers.

  double Population() const { return static_cast<double>(out_.population); }
  double LeastLog10Lr() const { return request_.min_log10_lr - kTie; }
  // What a likelihood must be at least for a ratio of at least min_log10_lr, for a record of the sum.
  double Threshold() const {
    const double ratio = Exp(LeastLog10Lr() * 2.302585092994046);
    const bool others = out_.population > 1;
    const double share = others ? (1 - kPopulationShare) / (Population() - 1) : 0;
    const double of_population = (others ? kPopulationShare : 1) * out_.of_population;
    return ratio * (share * out_.seen + of_population) / (1 + ratio * share);
  }
  void CountNotExcluded() {
    const double least = Threshold();
    if (!gave_up_) {
      while (exact_ < items_.size() && Most(items_[exact_].hit.cost) >= least && WeighMore()) {
      }
    }
    for (size_t i = 0; i < exact_; ++i) out_.not_excluded += items_[i].likelihood >= least ? 1 : 0;
    const bool all_seen = items_.size() >= out_.population;
    const bool all_weighed = gave_up_ || exact_ == items_.size() || Most(items_[exact_].hit.cost) < least;
    out_.more_not_excluded = (!all_seen && Most(certificate_) >= least) || !all_weighed;
  }

  // Of likelihoods in the sum, all but one.
  std::vector<double> SumsOfOthers() const {
    std::vector<double> behind(in_sum_ + 1), out(in_sum_);
    for (size_t i = in_sum_; i-- > 0;) behind[i] = behind[i + 1] + items_[i].likelihood;
    double before = 0;
    for (size_t i = 0; i < in_sum_; ++i) {
      out[i] = before + behind[i + 1];
      before += items_[i].likelihood;
    }
    return out;
  }

  double Log10Lr(double likelihood, double others) const {
    const bool any = out_.population > 1;
    const double mean = any ? (1 - kPopulationShare) * others / (Population() - 1) : 0;
    const double against = mean + (any ? kPopulationShare : 1) * out_.of_population;
    return std::clamp(Log10(likelihood) - Log10(against), -kMostLog10, kMostLog10);
  }

  struct Candidate {
    PlacedMark placed;
    Hit hit;
    double likelihood = 0, of_group = 0, others = 0;
  };

  void List() {
    (void)TopIsCertain();
    const double registered = SeenRegistered();
    const std::vector<double> others = SumsOfOthers();
    const double least = LeastListed();
    std::vector<Candidate> candidates;
    AfterStop after(&patience_);
    for (size_t i = 0; i < exact_; ++i) {
      const Item& item = items_[i];
      // Gaps are longer to the search than to the likelihood (likelihood.h).
      if (!(item.likelihood > 0) || item.likelihood < least) continue;
      if (!after.Goes()) {
        cut_short_ = true;
        break;
      }
      Hit hit = item.hit;
      if (search_.believed != nullptr) hit.cost = AddCosts(hit.cost, search_.believed->Of(hit.record));
      candidates.push_back({weigher_.Place(hit, item.likelihood / highest_ratio_), hit, item.likelihood,
                            item.likelihood, i < in_sum_ ? others[i] : out_.seen});
    }
    std::sort(candidates.begin(), candidates.end(),
              [](const Candidate& a, const Candidate& b) { return ComesBefore(a.placed, b.placed); });
    if (search_.by != By::kRecord) Group(&candidates);
    Weights(candidates, registered);
    uint64_t count = candidates.size();
    if (search_.top > 0) count = std::min(count, search_.top);
    if (over_) count = std::min(count, search_.max_hits);
    candidates.resize(count);
    for (const Candidate& c : candidates) {
      result_.hits.push_back(c.hit);
      out_.weights.push_back(WeightOf(c));
    }
    result_.count = count;
  }

  // Records below this are not listed; 0: all that are weighed may be.
  double LeastListed() {
    const bool some = patience_.over() && search_.by == By::kRecord && exact_ > kOrderedAfterStop;
    if (!some) return 0;
    std::vector<double> all;
    for (size_t i = 0; i < exact_; ++i) all.push_back(items_[i].likelihood);
    const auto last = all.begin() + static_cast<ptrdiff_t>(kOrderedAfterStop) / 2;
    std::nth_element(all.begin(), last, all.end(), std::greater<>());
    cut_short_ = cut_short_ || search_.top == 0 || search_.top > kOrderedAfterStop / 2;
    return *last;
  }

  // One candidate a serial or weapon, the first, with the likelihoods of all.
  void Group(std::vector<Candidate>* candidates) {
    std::unordered_map<uint64_t, size_t> place;
    size_t kept = 0;
    for (size_t i = 0; i < candidates->size(); ++i) {
      const auto [at, is_new] = place.try_emplace(GroupOf((*candidates)[i].hit), kept);
      if (is_new) {
        if (kept != i) (*candidates)[kept] = std::move((*candidates)[i]);
        ++kept;
      } else {
        (*candidates)[at->second].of_group += (*candidates)[i].likelihood;
      }
    }
    candidates->resize(kept);
  }

  // What is said of all together.
  void Weights(const std::vector<Candidate>& candidates, double registered) {
    const RecordPopulation& population = *request_.population;
    unseen_ = out_.unseen < kMostUnseen ? out_.unseen : kMostUnseen;
    of_one_ = Population() > 0 ? request_.prior / Population() : 0;
    absent_ = AbsentMarks(population, 1 - request_.prior);
    // A registered serial that was not seen has its part of the unregistered ones' sum taken away too.
    // The two may be almost the same: bounds allow for what rounding then takes of their difference.
    const double of_all = out_.of_population;
    const double outside = absent_.OfNew(of_all, registered);
    const double outside_high = absent_.OfNew(of_all * (1 + kSlack), registered);
    const double outside_low = absent_.OfNew(of_all * (1 - kSlack), registered + population.serials.highest * unseen_);
    const double seen = of_one_ + absent_.of_likelihoods();
    least_ = seen * out_.seen + outside;
    most_all_ = seen * (out_.seen + unseen_) + outside_high;
    least_all_ = seen * out_.seen + outside_low;
    const auto absent_share = [&](double of_new, double sum) {
      const double absent = of_new + absent_.of_likelihoods() * sum, all = of_new + seen * sum;
      return all > 0 ? absent / all : 1;
    };
    out_.not_in_registry = absent_share(outside, out_.seen);
    out_.not_in_registry_high = std::min(1.0, absent_share(outside_high, out_.seen) * (1 + kSlack));
    const bool any = outside_high + out_.seen > 0;  // Else nothing is known to explain the reading.
    out_.not_in_registry_low = any ? absent_share(outside_low, out_.seen + unseen_) * (1 - kSlack) : 0;
    if (candidates.empty()) return;
    const double best = candidates[0].likelihood;
    out_.chance_hits = best > 0 ? Population() * out_.of_population / best : 0;
    out_.ambiguous = candidates.size() > 1 && candidates[1].likelihood * 10 >= best;
  }

  // The sum of q(s) L(s) over the serials in the sum, each once. Their records' attributes play no part: it is taken
  // from a sum over marks. If the patience ends, the sum ends there: what is behind counts as if it had not been seen.
  double SeenRegistered() {
    SerialProbability probability(request_.population->model);
    std::unordered_set<uint64_t> ranks;
    std::set<std::u32string> serials;
    double sum = 0;
    AfterStop after(&patience_, kSumAfterStop);
    for (size_t i = 0; i < in_sum_; ++i) {
      if (patience_.Took(kStepsOfSerial) && !after.Goes()) {
        EndSum(i);
        break;
      }
      const Item& item = items_[i];
      if (item.hit.partial || !ranks.insert(item.hit.mark).second) continue;
      const std::u32string serial = weigher_.ItemsOf(item.hit);
      if (!index_.segments().empty() && !serials.insert(serial).second) continue;
      sum += probability.Of(serial) * item.of_mark;
    }
    return sum;
  }

  void EndSum(size_t end) {
    cut_short_ = true;
    double ahead = 0, behind = 0;
    for (size_t i = 0; i < in_sum_; ++i) (i < end ? ahead : behind) += items_[i].likelihood;
    in_sum_ = end;
    out_.seen = ahead;
    out_.unseen += behind;
    out_.complete = out_.complete && out_.unseen <= kUnseenShare * ahead;
  }

  Weight WeightOf(const Candidate& c) const {
    Weight w;
    w.log10_likelihood = std::max(Log10(c.likelihood), -kMostLog10);
    w.log10_lr = Log10Lr(c.likelihood, c.others);
    w.not_excluded = w.log10_lr >= LeastLog10Lr();
    if (request_.validated_by != nullptr && request_.validated_by->has_value()) {
      const Validation& limits = **request_.validated_by;
      const double capped = std::clamp(w.log10_lr, limits.log10_lr_low, limits.log10_lr_high);
      w.capped = capped != w.log10_lr;
      w.log10_lr = capped;
    }
    if (!(least_ > 0)) return w;
    w.posterior = std::min(1.0, of_one_ * c.of_group / least_);
    w.posterior_low = of_one_ * c.of_group / most_all_ * (1 - kSlack);
    // Of a weapon, what was not seen may be further marks of it.
    const double unseen = search_.by == By::kWeapon ? unseen_ : 0;
    const double all = least_all_ + (of_one_ + absent_.of_likelihoods()) * unseen;
    const double high = all > 0 ? of_one_ * (c.of_group + unseen) / all : 1;
    w.posterior_high = std::min(1.0, high * (1 + kSlack));
    return w;
  }

  const Index& index_;
  const WeighRequest& request_;
  const SearchRequest& search_;
  Patience patience_;
  uint64_t moves_after_stop_ = kMovesAfterStop / kStepsOfMove;
  bool cut_short_ = false;  // By the end of the patience, beside the search.
  Weigher weigher_;
  UnseenBound bound_;
  UnseenMass mass_;
  Evidence& out_;
  const AttributeColumn* weapons_ = nullptr;
  std::map<std::u32string, uint64_t> serials_;         // Numbers of matches, by what they are.
  std::map<std::string_view, uint64_t> weapon_names_;  // The same.
  SearchResult result_;
  uint64_t spent_ = 0;
  Cost certificate_ = 0;
  bool over_ = false, gave_up_ = false;
  std::vector<Item> items_;  // Ascending by cost; the first exact_ of them are weighed, the first in_sum_ are the sum.
  size_t exact_ = 0, in_sum_ = 0;
  std::optional<RecordsLeft> left_;  // Without items_, once they were counted.
  bool summed_ = false;
  std::unordered_map<Cost, double> most_;
  double highest_ratio_ = 1;  // Of what is believed; 1 or more.
  AbsentMarks absent_;
  // What all weighs with the prior: seen; with what was not seen; seen, with the least that absent marks weigh.
  double of_one_ = 0, least_ = 0, most_all_ = 0, least_all_ = 0;
  double unseen_ = 0;
};

}  // namespace

Evidence NoEvidence(double prior) {
  Evidence out;
  out.more_not_excluded = true;
  out.prior = prior;
  out.not_in_registry = 1 - prior;
  out.not_in_registry_high = 1;
  out.unseen = kMostUnseen;
  return out;
}

SearchResult SearchAndWeigh(const Index& index, const WeighRequest& request, Evidence* evidence) {
  return Run(index, request, evidence).Go();
}

}  // namespace burin::internal
