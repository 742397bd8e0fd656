#include "src/c_api/search/search_terms.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <utility>

#include "src/c_api/common/channel_handle.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/search/joint_facts.h"
#include "src/channel/compile/likelihood.h"

namespace burin::internal {
namespace {

constexpr uint32_t kDefaultMaxCost = 18 * BURIN_COSTS_PER_NAT;
constexpr uint64_t kDefaultTop = 10;
constexpr double kMostLog10Lr = 400;
// Longer deadlines are none.
constexpr uint64_t kLongestDeadline = uint64_t{1000} * 3600 * 24 * 365;

static_assert(BURIN_COSTS_PER_NAT == kCostsPerNat);
static_assert(BURIN_BY_RECORD == static_cast<int>(By::kRecord));
static_assert(BURIN_BY_SERIAL == static_cast<int>(By::kSerial));
static_assert(BURIN_BY_WEAPON == static_cast<int>(By::kWeapon));

constexpr const char* kCosts[] = {"channel", "osa", "levenshtein", "hamming"};
constexpr const char* kBy[] = {"record", "serial", "weapon"};

std::vector<std::string> Texts(const char* const* list, size_t count) { return {list, list + count}; }

std::shared_ptr<const SearchAsked> AskedOf(const burin_search_options& options) {
  auto asked = std::make_shared<SearchAsked>();
  ReceiptOptions& known = asked->options;
  known.costs = kCosts[options.costs];
  known.within = options.within;
  known.max_cost = options.max_cost;
  known.top = options.top;
  known.by = kBy[options.by];
  known.where = Texts(options.where, options.where_count);
  known.classes = Texts(options.classes, options.class_count);
  known.components = Texts(options.components, options.component_count);
  if (options.date != nullptr) known.date = options.date;
  known.max_work = options.max_work;
  known.max_hits = options.max_hits;
  known.max_memory = options.max_memory;
  known.evidence = options.evidence != 0;
  known.prior_present = options.prior_present;
  known.min_log10_lr = options.min_log10_lr;
  asked->own_channel = options.own_channel != nullptr;
  asked->deadline = options.deadline_ms != 0;
  return asked;
}

Status CheckList(const char* const* list, size_t count, const char* name) {
  if (list == nullptr && count != 0) return IsNull(name);
  for (size_t i = 0; i < count; ++i) {
    if (list[i] == nullptr) return Invalid(std::string(name) + ": entry " + std::to_string(i) + " is NULL");
  }
  return Status();
}

Status CheckUnit(const burin_search_options& options) {
  if (options.channel != nullptr || options.own_channel != nullptr)
    return Invalid("a channel and unit costs exclude each other");
  if (options.max_cost != 0) return Invalid("max_cost belongs to a channel; with unit costs there is `within`");
  if (options.within < BURIN_WITHIN_ANY) return OutOfRange("within is 0 or more edits, or BURIN_WITHIN_ANY");
  if (options.within == BURIN_WITHIN_ANY && options.top == 0) {
    return Invalid("the records within any number of edits are all records: `top` is needed");
  }
  return Status();
}

Status CheckEvidence(const burin_search_options& options) {
  if (options.evidence > 1) return OutOfRange("evidence is 0 or 1");
  if (options.evidence == 0) return Status();
  if (options.costs != BURIN_COSTS_CHANNEL) return Invalid("evidence needs a channel: edits have no probability");
  const double prior = options.prior_present, least = options.min_log10_lr;
  if (prior != 0 && !(prior > 0 && prior < 1)) return OutOfRange("prior_present is above 0 and below 1");
  if (!(least >= -kMostLog10Lr && least <= kMostLog10Lr)) return OutOfRange("min_log10_lr is -400 .. 400");
  return Status();
}

Status NoLikelihood() {
  return OutOfRange(
      "the reading has no likelihood: what may be added to it is so likely that it never ends; search for it without "
      "evidence");
}

Status CheckOptions(const burin_search_options& options) {
  if (options.costs > BURIN_COSTS_HAMMING) return OutOfRange("there are no costs " + std::to_string(options.costs));
  if (options.by > BURIN_BY_WEAPON) return OutOfRange("there is no by " + std::to_string(options.by));
  if (options.costs != BURIN_COSTS_CHANNEL) {
    if (Status status = CheckUnit(options); !status.ok()) return status;
  } else if (options.within != 0) {
    return Invalid("within belongs to unit costs; with a channel there is max_cost");
  }
  if (Status status = CheckEvidence(options); !status.ok()) return status;
  if (Status status = CheckList(options.where, options.where_count, "where"); !status.ok()) return status;
  if (Status status = CheckList(options.classes, options.class_count, "classes"); !status.ok()) return status;
  return CheckList(options.components, options.component_count, "components");
}

// One condition for several values: `name=a|b`, bars within values escaped.
Status AddOneOf(const Index& index, std::string_view name, const char* const* values, size_t count, Filter* filter) {
  if (count == 0) return Status();
  std::string condition(name);
  for (size_t i = 0; i < count; ++i) {
    condition += i == 0 ? '=' : '|';
    for (const char* c = values[i]; *c != 0; ++c) {
      if (*c == '|') condition += '\\';
      condition += *c;
    }
  }
  return filter->Add(index, condition);
}

Status BuildFilter(const Index& index, const burin_search_options& options, Filter* filter) {
  for (size_t i = 0; i < options.where_count; ++i) {
    if (Status status = filter->Add(index, options.where[i]); !status.ok()) return status;
  }
  Status status = AddOneOf(index, "mark_class", options.classes, options.class_count, filter);
  if (!status.ok()) return status;
  status = AddOneOf(index, "component", options.components, options.component_count, filter);
  if (!status.ok()) return status;
  if (options.visible != nullptr) filter->ShowOnly(index, {options.visible, options.visible_words});
  return options.date == nullptr ? Status() : filter->AddAsOf(index, options.date);
}

}  // namespace

Status SearchTerms::Read(std::shared_ptr<const Index> index, const burin_search_options* options, bool any_top,
                         Known* known) {
  constexpr size_t kFirstSize = offsetof(burin_search_options, max_hits);
  if (Status status = ReadOptions(options, kFirstSize, &options_); !status.ok()) return status;
  if (any_top) options_.top = std::numeric_limits<uint64_t>::max();
  if (Status status = CheckOptions(options_); !status.ok()) return status;
  if (needs_case_ && (options_.case_number == nullptr || *options_.case_number == 0)) {
    return Status(StatusCode::kState, "this registry answers no search that does not say for which case it is");
  }
  if (options_.deadline_ms > 0 && options_.deadline_ms < kLongestDeadline) {
    deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.deadline_ms);
  }
  if (options_.cancel != nullptr) {
    cancelled_ = [cancel = options_.cancel, user = options_.cancel_user] { return cancel(user) != 0; };
  }
  if (options_.costs == BURIN_COSTS_CHANNEL) {
    if (Status status = ReadChannel(); !status.ok()) return status;
  }
  if (options_.visible == nullptr && options_.visible_words != 0) return IsNull("visible");
  if (options_.visible == nullptr) asked_ = AskedOf(options_);  // Else a receipt could not repeat it.
  index_ = std::move(index);
  if (Status status = BuildFilter(*index_, options_, &filter_); !status.ok()) return status;
  if (weighs()) ReadPopulation(known == nullptr ? nullptr : &known->population);
  if (options_.joint != nullptr) {
    if (Status status = ReadJoint(known); !status.ok()) return status;
  }
  if (!any_top) ReadMemory();
  return Status();
}

void SearchTerms::ReadMemory() {
  if (options_.max_memory == 0) return;
  const uint64_t bytes = weighs() || !marks_.empty() ? BURIN_BYTES_PER_WEIGHED_MATCH : BURIN_BYTES_PER_MATCH;
  const uint64_t fit = std::max<uint64_t>(options_.max_memory / bytes, 1);
  // More matches than records are none: such a search need not go by levels.
  if (fit < index_->info().records) most_kept_ = fit;
}

// The best N of more than fit are, if there are fewer, all, and else more than fit.
void SearchTerms::BoundHits(SearchRequest* request) const {
  if (most_kept_ == 0 || (request->top != 0 && request->top <= most_kept_)) return;
  request->top = 0;
  request->max_hits = request->max_hits == 0 ? most_kept_ : std::min(request->max_hits, most_kept_);
}

Status SearchTerms::ReadJoint(Known* known) {
  if (options_.costs != BURIN_COSTS_CHANNEL) {
    return Invalid("further evidence is weighed by probability: it needs a channel, and edits are counted here");
  }
  const std::shared_ptr<const SearchAsked> asked = std::exchange(asked_, nullptr);
  burin_joint_options joint = BURIN_JOINT_OPTIONS_INIT;
  if (Status status = ReadJointOptions(options_, &joint); !status.ok()) return status;
  if (weighs() && joint.also_count + joint.mark_count > 0) {
    return Invalid("likelihood ratios are of one reading of one mark: evidence is 0 with further readings or marks");
  }
  Patience patience(deadline_, cancelled_);
  Result<std::shared_ptr<const Beliefs>> beliefs =
      ReadBeliefs(*index_, options_, joint, filter_, known == nullptr ? nullptr : &known->beliefs, &patience);
  if (!beliefs.ok()) return beliefs.status();
  beliefs_ = *std::move(beliefs);
  if (joint.also == nullptr && joint.also_count != 0) return IsNull("also");
  for (size_t i = 0; i < joint.also_count; ++i) {
    if (joint.also[i] == nullptr) return Invalid("also: reading " + std::to_string(i) + " is NULL");
    also_.push_back(Of(joint.also[i]->content));
  }
  if (joint.mark_count == 0) {
    if (joint.component != nullptr) return Invalid("component belongs to several marks; there is one");
    if (patience.over()) GiveUp();
    return RememberJoint(asked.get(), joint);
  }
  Result<std::vector<MarkTerm>> marks =
      ReadMarks(*index_, options_, joint, filter_, known == nullptr ? nullptr : &known->weapons, &weapons_, &patience);
  if (!marks.ok()) return marks.status();
  marks_ = *std::move(marks);
  if (patience.over()) GiveUp();
  return RememberJoint(asked.get(), joint);
}

// There was no time for what costs depend on: no search goes further than its first step.
void SearchTerms::GiveUp() {
  cancelled_ = [] { return true; };
}

// For receipts, if one can repeat it.
Status SearchTerms::RememberJoint(const SearchAsked* asked, const burin_joint_options& joint) {
  if (asked == nullptr) return Status();
  Result<std::optional<ReceiptJoint>> facts = JointFacts(joint, index_->info().folding_version);
  if (!facts.ok()) return facts.status();
  if (!*facts) return Status();
  auto with_joint = std::make_shared<SearchAsked>(*asked);
  with_joint->options.joint = *std::move(*facts);
  asked_ = std::move(with_joint);
  return Status();
}

Status SearchTerms::CheckOneReading(std::string_view call) const {
  if (marks_.empty() && also_.empty()) return Status();
  return Invalid(std::string(marks_.empty() ? "several readings" : "several marks") +
                 " are searched for by burin_search, not by " + std::string(call));
}

Cost SearchTerms::Above() const {
  return options_.max_cost == 0 ? kDefaultMaxCost : std::min(options_.max_cost, kNever - 1);
}

Result<std::shared_ptr<ReadTogether>> SearchTerms::PriceTogether(
    const std::shared_ptr<const ReadingContent>& reading) const {
  auto together = std::make_shared<ReadTogether>();
  together->readings.push_back(reading);
  together->readings.insert(together->readings.end(), also_.begin(), also_.end());
  for (const auto& content : together->readings) {
    Result<PricedReading> priced = Price(*content);
    if (!priced.ok()) return priced.status();
    together->priced.push_back(*std::move(priced));
  }
  std::vector<SeveralReadings::One> ones;
  for (size_t i = 0; i < together->readings.size(); ++i) {
    const ReadingContent& content = *together->readings[i];
    ones.push_back({&together->priced[i], content.min_length, content.max_length});
  }
  Cost above = Above();
  for (const MarkTerm& mark : marks_) above = std::max(above, mark.other_part);
  Result<std::unique_ptr<SeveralReadings>> costs = SeveralReadings::Make(ones, above);
  if (!costs.ok()) return costs.status();
  together->costs = *std::move(costs);
  return together;
}

WeaponRequest SearchTerms::RequestWeapons(const ReadingContent& reading, std::vector<PricedReading>* priced,
                                          ReadTogether* together) const {
  WeaponRequest request;
  for (size_t m = 0; m < marks_.size(); ++m) {
    const MarkTerm& term = marks_[m];
    const ReadingContent& content = term.reading == nullptr ? reading : *term.reading;
    AskedMark mark;
    mark.reading = &(*priced)[m];
    mark.filter = &term.filter;
    mark.min_length = content.min_length;
    mark.max_length = content.max_length;
    Cost best = mark.reading->costs().best;
    if (term.number == 0 && together != nullptr) {
      mark.rescorer = together->costs.get();
      best = together->costs->best();
    }
    mark.max_cost = std::min(AddCosts(best, Above()), kNever - 1);
    mark.unrecorded = term.unrecorded;
    mark.other_part = term.other_part;
    request.marks.push_back(mark);
  }
  if (!filter_.empty()) request.filter = &filter_;
  request.believed = beliefs_.get();
  request.weapons = weapons_.get();
  request.top = Top();
  request.max_work = options_.max_work;
  request.max_hits = options_.max_hits;
  request.most_kept = most_kept_;
  request.deadline = deadline_;
  request.cancelled = cancelled_;
  return request;
}

// Of a search under a channel.
uint64_t SearchTerms::Top() const {
  const uint64_t top = options_.top == 0 ? kDefaultTop : options_.top;
  return top == std::numeric_limits<uint64_t>::max() ? 0 : top;
}

void SearchTerms::ReadPopulation(KnownPopulation* known) {
  Patience patience(deadline_, cancelled_);
  if (filter_.empty()) {
    population_ = index_->population(&patience);
    return;
  }
  if (known == nullptr) {
    population_ = CountPopulation(*index_, &filter_, &patience);
    return;
  }
  const std::string conditions = ConditionsKey(options_);
  if (known->conditions != conditions) *known = {conditions, nullptr, nullptr, nullptr};
  if (known->population == nullptr && options_.visible != nullptr) {
    // What the caller shows is the caller's, and may be gone before the next search.
    known->population = CountPopulation(*index_, &filter_, &patience);
  } else if (known->population == nullptr) {
    // Taken out, so that it is gone if memory runs out half way through something.
    std::shared_ptr<PopulationCounter> counter = std::exchange(known->counter, nullptr);
    if (counter == nullptr) {
      known->filter = std::make_shared<const Filter>(filter_);
      counter = std::make_shared<PopulationCounter>(*index_, known->filter.get());
    }
    known->population = counter->Run(&patience);
    if (known->population == nullptr) known->counter = std::move(counter);
  }
  population_ = known->population;
}

Result<SearchResult> SearchTerms::Find(const SearchRequest& request, std::optional<Evidence>* evidence) const {
  if (!weighs()) return Search(*index_, request);
  const double prior = options_.prior_present == 0 ? kDefaultPrior : options_.prior_present;
  if (population_ == nullptr) {
    *evidence = NoEvidence(prior);
    SearchResult none;
    none.complete = false;
    none.not_searched = NotSearched(*index_, request.filter);
    return none;
  }
  const WeighRequest weigh = {
      request, &channel_->channel, &channel_->validated_by, population_, prior, options_.min_log10_lr, most_kept_};
  SearchResult found = SearchAndWeigh(*index_, weigh, &evidence->emplace());
  if (!std::isfinite((*evidence)->seen + (*evidence)->of_population)) return NoLikelihood();
  return found;
}

Status SearchTerms::ReadChannel() {
  if (options_.own_channel != nullptr) {
    if (options_.channel != nullptr) return Invalid("channel and own_channel exclude each other");
    channel_ = options_.own_channel->file;
    return Status();
  }
  Result<std::shared_ptr<const ChannelFile>> shipped =
      ShareShippedChannel(options_.channel == nullptr ? "typed" : options_.channel);
  if (!shipped.ok()) return shipped.status();
  channel_ = *std::move(shipped);
  return Status();
}

Metric SearchTerms::MetricOf() const {
  switch (options_.costs) {
    case BURIN_COSTS_LEVENSHTEIN:
      return Metric::kLevenshtein;
    case BURIN_COSTS_HAMMING:
      return Metric::kHamming;
    default:
      return Metric::kOsa;
  }
}

SearchResult SearchTerms::Unsearched(const ReadingContent& reading, std::optional<PricedReading>* priced,
                                     std::optional<Evidence>* evidence) const {
  const bool unit = options_.costs != BURIN_COSTS_CHANNEL;
  priced->emplace(PricedReading::Unsearched(reading.lattice, unit ? nullptr : &channel_->channel, MetricOf()));
  if (weighs()) *evidence = NoEvidence(options_.prior_present == 0 ? kDefaultPrior : options_.prior_present);
  SearchResult none;
  none.complete = false;
  none.not_searched = NotSearched(*index_, filter_.empty() ? nullptr : &filter_);
  return none;
}

Result<PricedReading> SearchTerms::Price(const ReadingContent& reading) const {
  if (options_.costs != BURIN_COSTS_CHANNEL) return PricedReading::Make(reading.lattice, MetricOf());
  Result<PricedReading> priced = PricedReading::Make(reading.lattice, channel_->channel);
  if (priced.ok() && weighs() && !HasLikelihood(priced->costs())) return NoLikelihood();
  return priced;
}

void SearchTerms::SetCosts(PricedReading* priced, SearchRequest* request) const {
  request->reading = priced;
  if (options_.costs == BURIN_COSTS_CHANNEL) {
    request->max_cost = std::min(AddCosts(priced->costs().best, Above()), kNever - 1);
    request->top = Top();
  } else {
    const Cost most = priced->MostEdits();
    request->max_cost = options_.within < 0 ? most : std::min(static_cast<Cost>(options_.within), most);
    request->top = options_.top;
  }
  if (request->top == std::numeric_limits<uint64_t>::max()) request->top = 0;
}

SearchRequest SearchTerms::Request(const ReadingContent& reading, PricedReading* priced) const {
  SearchRequest request;
  SetCosts(priced, &request);
  if (!filter_.empty()) request.filter = &filter_;
  request.believed = beliefs_.get();
  request.by = static_cast<By>(options_.by);
  request.min_length = reading.min_length;
  request.max_length = reading.max_length;
  request.max_work = options_.max_work;
  request.max_hits = options_.max_hits;
  BoundHits(&request);
  request.deadline = deadline_;
  request.cancelled = cancelled_;
  return request;
}

}  // namespace burin::internal
