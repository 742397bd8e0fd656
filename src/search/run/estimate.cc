#include "src/search/run/estimate.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

#include "src/search/costs/alignment_sum.h"
#include "src/search/costs/cost_walk.h"
#include "src/search/costs/mark_scorer.h"
#include "src/search/edits/unit_pattern.h"
#include "src/search/edits/unit_planner.h"
#include "src/search/partials/partial_walk.h"
#include "src/search/partials/unit_partials.h"
#include "src/search/run/single_search.h"

namespace burin::internal {
namespace {

// Records that conditions are tried on, and partial records that are scored.
constexpr uint64_t kSampledRecords = 128;
constexpr uint64_t kSampledPartials = 16;
// Elementary moves of all sums: some milliseconds. Only hostile readings need more.
constexpr uint64_t kMostMoves = uint64_t{1} << 23;

bool IsPacked(const KeyGroup& group) { return group.packed64() != nullptr || group.packed128() != nullptr; }

// The keys that begin with the symbols that the reading leaves no choice about.
struct Prefix {
  uint32_t depth = 0;
  uint64_t first = 0, last = 0;
  std::vector<uint16_t> codes;
};

class Estimator {
 public:
  // `lattice`: of the request's reading, or of a change of the mark.
  Estimator(const Index& index, const SearchRequest& request, const CostLattice& lattice)
      : index_(index),
        request_(request),
        lattice_(lattice),
        ahead_(lattice_),
        max_cost_(std::min(request.max_cost, kNever - 1)),
        sum_(lattice_, ahead_, max_cost_) {
    if (max_cost_ <= kMostEdits) pattern_ = MakeUnitPattern(lattice_);
  }

  Estimate Run(bool with_partials) {
    const auto groups = index_.groups();
    for (uint32_t g = 0; g < groups.size(); ++g) {
      const uint32_t length = groups[g]->length();
      if (length < request_.min_length || length > max_length() || ahead_.at(0, length) > max_cost_) continue;
      AddGroup(g, *groups[g]);
    }
    const uint64_t partials = index_.partial_count(), serials = std::max<uint64_t>(index_.info().serials, 1);
    const uint64_t with_serial = index_.record_count() - index_.missing_count() - partials;
    const bool by_serial = request_.by == By::kSerial;
    const double each = by_serial ? 1 : static_cast<double>(with_serial) / static_cast<double>(serials);
    const uint64_t surplus = by_serial || at_most_ == 0 ? 0 : with_serial - std::min(serials, with_serial);
    estimate_.matches += expected_ * each;
    estimate_.at_most += std::min(at_most_ + surplus, by_serial ? serials : with_serial);
    if (with_partials) AddPartials();
    if (request_.filter != nullptr) estimate_.matches *= PassingShare();
    estimate_.matches = std::min(estimate_.matches, static_cast<double>(estimate_.at_most));
    return estimate_;
  }

 private:
  uint32_t max_length() const { return std::min<uint32_t>(request_.max_length, kMaxMarkSymbols); }

  // False: so many more moves are too many.
  bool Spend(uint64_t moves) {
    moves_ += moves;
    return moves_ <= kMostMoves;
  }

  // Whether some key of the group that goes on with this class can be within the cost, as far as rows tell: as in the
  // walk.
  bool CanGoOn(uint32_t remaining, uint16_t symbol_class, const Cost* row, const Cost* next) const {
    const Cost* ahead = ahead_.row(remaining);
    for (uint32_t i = 0; i < lattice_.slots; ++i) {
      if (next[i] + ahead[i] <= max_cost_) return true;
    }
    if (remaining == 0) return false;
    const Cost* after = ahead_.row(remaining - 1);
    for (const auto& s : lattice_.swaps) {
      const Cost sum = AddCosts(AddCosts(row[s.from], lattice_.costs[s.second_row + symbol_class]), s.first_lowest);
      if (sum + after[s.to] <= max_cost_) return true;
    }
    return false;
  }

  // Goes on as long as there is one symbol to go on with; an empty interval if there is none.
  Prefix FixedPrefix(const KeyGroup& group) {
    Prefix prefix = {0, 0, group.size(), std::vector<uint16_t>(group.length() + 1)};
    std::vector<Cost> before(lattice_.slots, kNever), row(lattice_.slots), next(lattice_.slots), kept(lattice_.slots);
    lattice_.Start(row.data());
    uint16_t last_class = 0;
    while (prefix.depth < group.length() && prefix.first < prefix.last) {
      const auto alphabet = group.alphabet(prefix.depth);
      int64_t only = -1;
      uint16_t only_class = 0;
      for (size_t c = 0; c < alphabet.size(); ++c) {
        const uint16_t symbol_class = lattice_.ClassOf(alphabet[c]);
        if (!Spend(lattice_.steps.size() + lattice_.slots)) return prefix;
        lattice_.Advance(prefix.depth > 0 ? before.data() : nullptr, last_class, row.data(), symbol_class, next.data());
        if (!CanGoOn(group.length() - prefix.depth - 1, symbol_class, row.data(), next.data())) continue;
        if (only >= 0) return prefix;
        only = static_cast<int64_t>(c);
        only_class = symbol_class;
        kept = next;
      }
      if (only < 0) {
        prefix.last = prefix.first;
        return prefix;
      }
      Narrow(group, static_cast<size_t>(only), &prefix);
      before = row;
      row = kept;
      last_class = only_class;
    }
    return prefix;
  }

  static void Narrow(const KeyGroup& group, size_t code, Prefix* prefix) {
    uint16_t* codes = prefix->codes.data();
    const uint32_t depth = prefix->depth++;
    codes[depth] = static_cast<uint16_t>(code);
    const uint64_t first = group.LowerBound(prefix->first, prefix->last, codes, depth + 1);
    if (code + 1 < group.alphabet(depth).size()) {
      codes[depth] = static_cast<uint16_t>(code + 1);
      prefix->last = group.LowerBound(first, prefix->last, codes, depth + 1);
      codes[depth] = static_cast<uint16_t>(code);
    }
    prefix->first = first;
  }

  void AddGroup(uint32_t number, const KeyGroup& group) {
    const Prefix prefix = FixedPrefix(group);
    estimate_.work += IsPacked(group) ? PlannedWork(number, group, prefix) : prefix.depth + 1;
    const uint64_t keys = prefix.last - prefix.first;
    if (keys == 0) return;
    if (prefix.depth == group.length()) {  // Known to match: exactly one serial, unless the file is corrupt.
      const uint64_t rank = group.first_rank() + prefix.first;
      const uint64_t records = request_.by == By::kSerial ? 1 : index_.postings_size(rank);
      estimate_.matches += static_cast<double>(records);
      estimate_.at_most += records;
      return;
    }
    at_most_ += keys;
    expected_ += static_cast<double>(keys) * Share(group, prefix);
  }

  // Of packed keys.
  double PlannedWork(uint32_t number, const KeyGroup& group, const Prefix& prefix) {
    if (pattern_ && FitsUnitWalk(*pattern_, group)) {
      const uint64_t keys = prefix.last - prefix.first;
      return planner_.ExpectedWork(*pattern_, max_cost_, number, group, prefix.depth, keys);
    }
    if (lattice_.slots > kMostPlannedSlots) {
      return static_cast<double>(group.size());
    }
    if (!cost_walk_) cost_walk_.emplace(lattice_, LongestPacked());
    return cost_walk_->ExpectedWork(group, max_cost_);
  }
  uint32_t LongestPacked() const {
    uint32_t longest = 0;
    for (const auto& group : index_.groups()) {
      if (IsPacked(*group)) longest = std::max(longest, group->length());
    }
    return longest;
  }

  // The share of the keys of the interval that is within the cost. Where keys are not packed, adds the work of finding
  // them: every prefix that is still alive, and, where few keys share a prefix, these keys.
  double Share(const KeyGroup& group, const Prefix& prefix) {
    const double keys = static_cast<double>(prefix.last - prefix.first);
    double prefixes = 1;
    bool scanned = IsPacked(group);
    if (!Spend(sum_.moves() * group.length())) {
      if (!scanned) estimate_.work += keys;
      return 1;
    }
    sum_.Start(group.length());
    for (uint32_t p = 0; p < group.length(); ++p) {
      const auto alphabet = group.alphabet(p);
      if (p < prefix.depth) {
        sum_.Advance(alphabet.subspan(prefix.codes[p], 1));
        continue;
      }
      if (!scanned) {
        const double nodes = prefixes * std::min(1.0, sum_.alive());
        const double size = keys / prefixes;
        scanned = size <= static_cast<double>(KeyGroup::kMaxRead);
        estimate_.work += scanned ? nodes * std::max(size, 1.0) : nodes;
        prefixes = std::min(keys, prefixes * static_cast<double>(alphabet.size()));
      }
      sum_.Advance(alphabet);
    }
    return std::min(1.0, sum_.Matches());
  }

  void AddPartials() {
    const uint64_t partials = index_.partial_count(), sampled = std::min(partials, kSampledPartials);
    if (partials == 0) return;
    MarkScorer scorer(lattice_);
    std::u32string items;
    uint64_t within = 0;
    for (uint64_t i = 0; i < sampled; ++i) {
      index_.partial_items(i * partials / sampled, &items);
      if (scorer.Score(items, request_.min_length, max_length()) <= max_cost_) ++within;
    }
    estimate_.matches += static_cast<double>(within) / static_cast<double>(sampled) * static_cast<double>(partials);
    estimate_.at_most += sampled == partials ? within : partials;
    const bool counted = pattern_ && FitsUnitPartials(index_, *pattern_, max_cost_);
    estimate_.work += counted ? ExpectedPartialWork(index_, *pattern_, max_cost_) : static_cast<double>(partials);
  }

  // Of the records. Where the sample does not hold all of them, none in it is not taken for none at all.
  double PassingShare() const {
    const uint64_t records = index_.record_count(), sampled = std::min(records, kSampledRecords);
    if (sampled == 0) return 0;
    uint64_t passing = 0;
    for (uint64_t i = 0; i < sampled; ++i) passing += request_.filter->Passes(i * records / sampled) ? 1 : 0;
    if (sampled == records) return static_cast<double>(passing) / static_cast<double>(sampled);
    return (static_cast<double>(passing) + 0.5) / (static_cast<double>(sampled) + 1);
  }

  const Index& index_;
  const SearchRequest& request_;
  const CostLattice& lattice_;
  LookAhead ahead_;
  Cost max_cost_;
  AlignmentSum sum_;
  std::optional<UnitPattern> pattern_;
  UnitPlanner planner_;
  std::optional<CostWalk> cost_walk_;
  Estimate estimate_;
  double expected_ = 0;   // Serials.
  uint64_t at_most_ = 0;  // Serials.
  uint64_t moves_ = 0;
};

// The work of a search for all matches if that is at most kProbedWork, or else what was expected, but no less.
double ProbedWork(const Index& index, const SearchRequest& request, double expected) {
  SearchRequest probe = request;
  probe.count_only = true;
  probe.max_hits = 0;
  probe.on_level = nullptr;
  probe.deadline.reset();
  probe.cancelled = nullptr;
  probe.max_work = kProbedWork;
  const SearchResult result = SearchSingle(index, probe);
  return result.complete ? static_cast<double>(result.work) : std::max(expected, static_cast<double>(kProbedWork));
}

}  // namespace

// Marks as they are, and those to which something happened: what matches in both ways counts twice.
Estimate EstimateSingle(const Index& index, const SearchRequest& request) {
  Estimate sum = Estimator(index, request, request.costs()).Run(true);
  const std::span<const ChangedLattice> all_changed =
      request.reading != nullptr ? request.reading->changed(request.max_cost) : std::span<const ChangedLattice>();
  for (const ChangedLattice& changed : all_changed) {
    const Estimate more = Estimator(index, request, *changed.Costs()).Run(false);
    sum.matches += more.matches;
    sum.at_most += more.at_most;
    sum.work += more.work;
  }
  sum.at_most = std::min(sum.at_most, index.record_count() - index.missing_count());
  sum.matches = std::min(sum.matches, static_cast<double>(sum.at_most));
  if (request.costs().slots <= kMostPlannedSlots) sum.work = ProbedWork(index, request, sum.work);
  return sum;
}

}  // namespace burin::internal
