// A time runs from the parsed reading to the sorted hits: compiling the costs and searching. One pass goes before that
// is not timed; it is the pass in which answers are judged.
#include "bench/engine/measure.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <span>

#include "bench/engine/clock.h"
#include "bench/engine/question.h"
#include "src/channel/file/shipped.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"

namespace burin::bench {
namespace {

constexpr size_t kBatch = 8;          // As burin_search_batch interleaves.
constexpr size_t kBatchedPasses = 3;  // The median of them counts.

using namespace burin::internal;

constexpr Cost kTypedWidth = 18 * kCostsPerNat;  // Costs above the best, as the tool asks for by default.

struct Questions {
  std::vector<Lattice> lattices;
  std::shared_ptr<const RecordPopulation> population;  // Of the index, if answers are weighed.
  std::optional<uint64_t> expected;
  std::string judge = "none";
};

void Parse(const std::string& pattern, Questions* questions) {
  Result<Pattern> parsed = ParsePattern(pattern);
  if (!parsed.ok()) {
    std::fprintf(stderr, "%s: %s\n", pattern.c_str(), parsed.status().message().c_str());
    std::abort();
  }
  questions->lattices.push_back(std::move(parsed->lattice));
}

Questions AskDamaged(const Task& task, const Set& set, Damage damage, size_t count) {
  Questions questions;
  uint64_t counted = 0;
  for (size_t i = 0; i < count; ++i) {
    const std::string& text = set.Damaged(damage)[i];
    Parse(text, &questions);
    if (task.within != 1 || task.metric != Metric::kOsa) continue;
    counted += CountWithinOne(set, PlainParts(text)) + CountPartialsWithinOne(set, text);
  }
  if (count == kReadings) questions.expected = KnownTotal(task, set.name);
  if (questions.expected) {
    questions.judge = "table";
  } else if (counted > 0) {
    questions.expected = counted;
    questions.judge = "counted";
  }
  return questions;
}

Questions AskGaps(const Set& set, Gap gap, size_t count) {
  Questions questions;
  const std::vector<std::string> readings = GapReadings(set, gap, count);
  for (const std::string& reading : readings) Parse(reading, &questions);
  questions.expected = CountGaps(set, gap, readings);
  questions.judge = "counted";
  return questions;
}

Questions AskLattices(const Set& set, size_t count) {
  Questions questions;
  uint64_t counted = 0;
  for (const LatticeReading& reading : LatticeReadings(set, count)) {
    Parse(reading.pattern, &questions);
    counted += CountWithinOne(set, reading.parts);
  }
  questions.expected = counted;
  questions.judge = "counted";
  return questions;
}

Questions AskAny(const Task& task, const Set& set, size_t count) {
  switch (task.asked) {
    case Asked::kOneEdit:
      return AskDamaged(task, set, Damage::kOneEdit, count);
    case Asked::kTwoEdits:
      return AskDamaged(task, set, Damage::kTwoEdits, count);
    case Asked::kTwoUnreadable:
      return AskDamaged(task, set, Damage::kTwoUnreadable, count);
    case Asked::kThreeUnreadableOneSubstituted:
      return AskDamaged(task, set, Damage::kThreeUnreadableOneSubstituted, count);
    case Asked::kLeadingGap:
      return AskGaps(set, Gap::kLeading, count);
    case Asked::kTrailingGap:
      return AskGaps(set, Gap::kTrailing, count);
    case Asked::kMiddleGap:
      return AskGaps(set, Gap::kMiddle, count);
    case Asked::kLattice:
      break;
  }
  return AskLattices(set, count);
}

Questions Ask(const Task& task, const Set& set, size_t count) {
  Questions questions = AskAny(task, set, count);
  const bool counts_partials = task.asked == Asked::kOneEdit && task.within == 1;
  if (set.partials.empty() || counts_partials) return questions;
  // What else was counted are serials alone.
  questions.expected.reset();
  questions.judge = "none";
  return questions;
}

bool UnderChannel(const Task& task) { return task.within == kTyped || task.within == kWeighed; }

PricedReading Price(const Task& task, const Lattice& reading) {
  return *(UnderChannel(task) ? PricedReading::Make(reading, TypedChannel())
                              : PricedReading::Make(reading, task.metric));
}
// Borrows the reading.
SearchRequest Request(const Task& task, PricedReading* priced, uint64_t top) {
  SearchRequest request;
  request.reading = priced;
  request.max_cost = UnderChannel(task) ? AddCosts(priced->costs().best, kTypedWidth) : task.within;
  request.top = top;
  return request;
}

// `scratch`: as a searcher keeps it between its searches. `weighed`, unless null, is counted up if the evidence is
// complete.
SearchResult Answer(const Task& task, const Questions& questions, size_t i, const Index& index, uint64_t top,
                    SearchScratch* scratch, uint64_t* weighed = nullptr) {
  PricedReading priced = Price(task, questions.lattices[i]);
  SearchRequest request = Request(task, &priced, top);
  request.scratch = scratch;
  if (task.within != kWeighed) return Search(index, request);
  WeighRequest weigh;
  weigh.search = request;
  weigh.channel = &TypedChannel();
  weigh.population = questions.population;
  Evidence evidence;
  SearchResult result = SearchAndWeigh(index, weigh, &evidence);
  if (weighed != nullptr && evidence.complete) ++*weighed;
  return result;
}

bool SameFront(const SearchResult& front, const SearchResult& all) {
  return std::equal(front.hits.begin(), front.hits.end(), all.hits.begin(),
                    all.hits.begin() + static_cast<std::ptrdiff_t>(std::min(front.hits.size(), all.hits.size())),
                    [](const Hit& a, const Hit& b) { return a.cost == b.cost && a.record == b.record; });
}

// The pass that warms up. The best N are compared with the front of all hits.
void Judge(const Task& task, const Index& index, Questions* questions, SearchScratch* scratch, TaskResult* result) {
  const bool with_all = task.top > 0 && !UnderChannel(task);
  uint64_t fronts = 0, weighed = 0;
  for (size_t i = 0; i < questions->lattices.size(); ++i) {
    const SearchResult answer = Answer(task, *questions, i, index, task.top, scratch, &weighed);
    result->right = result->right && answer.complete;
    result->hits += answer.hits.size();
    result->work += static_cast<double>(answer.work) / static_cast<double>(questions->lattices.size());
    if (!with_all) continue;
    const SearchResult all = Answer(task, *questions, i, index, 0, scratch);
    result->right = result->right && SameFront(answer, all);
    fronts += std::min<uint64_t>(task.top, all.hits.size());
  }
  if (with_all) {
    questions->expected = fronts;
    questions->judge = "all";
  }
  if (task.within == kWeighed) questions->judge = std::to_string(weighed) + " complete";
  result->expected = questions->expected;
  result->judge = questions->judge;
  if (result->expected && *result->expected != result->hits) result->right = false;
}

struct Times {
  std::vector<double> ns;
  std::vector<double> results;

  std::vector<double> Less(double ns_a_result) const {
    std::vector<double> less(ns.size());
    for (size_t i = 0; i < ns.size(); ++i) less[i] = ns[i] - ns_a_result * results[i];
    return less;
  }
};

// One timed pass; answers how long it took as a whole.
double Pass(const Task& task, const Index& index, const Questions& questions, SearchScratch* scratch, Times* times) {
  return NanosecondsOf([&] {
    for (size_t i = 0; i < questions.lattices.size(); ++i) {
      SearchResult answer;
      times->ns.push_back(NanosecondsOf([&] { answer = Answer(task, questions, i, index, task.top, scratch); }));
      times->results.push_back(static_cast<double>(answer.hits.size()));
    }
  });
}

// The same readings in batches, interleaved; answers how long it took, and adds up the matches.
double BatchedPass(const Task& task, const Index& index, const Questions& questions,
                   std::vector<SearchScratch>* scratches, uint64_t* hits) {
  return NanosecondsOf([&] {
    for (size_t first = 0; first < questions.lattices.size(); first += kBatch) {
      const size_t size = std::min(kBatch, questions.lattices.size() - first);
      std::vector<PricedReading> priced;
      std::vector<SearchRequest> requests;
      for (size_t i = 0; i < size; ++i) priced.push_back(Price(task, questions.lattices[first + i]));
      for (PricedReading& reading : priced) requests.push_back(Request(task, &reading, task.top));
      std::vector<SearchResult> results(size);
      if (task.within == kWeighed) {  // There is no batch of these.
        for (size_t i = 0; i < size; ++i) {
          results[i] = Answer(task, questions, first + i, index, task.top, &scratches->front());
        }
      } else {
        SearchBatch(index, requests, std::span(*scratches).first(size), results);
      }
      for (const SearchResult& result : results) *hits += result.hits.size();
    }
  });
}

}  // namespace

TaskResult RunTask(const Task& task, const Set& set, const Index& index, const TaskOptions& options) {
  TaskResult result;
  result.task = &task;
  Questions questions = Ask(task, set, std::min(options.readings, kReadings));
  if (task.within == kWeighed) questions.population = CountPopulation(index, nullptr);
  SearchScratch scratch;
  Judge(task, index, &questions, &scratch, &result);
  Times times;
  times.ns.reserve(questions.lattices.size() * options.rounds);
  times.results.reserve(times.ns.capacity());
  double whole = 0;
  for (size_t round = 0; round < options.rounds; ++round) whole += Pass(task, index, questions, &scratch, &times);
  std::vector<SearchScratch> scratches(kBatch);
  std::vector<double> batched;
  for (size_t pass = 0; pass < kBatchedPasses; ++pass) {
    uint64_t hits = 0;
    batched.push_back(BatchedPass(task, index, questions, &scratches, &hits));
    result.right = result.right && hits == result.hits;
  }
  result.batched_mean_ns = Quantile(batched, 0.5) / static_cast<double>(questions.lattices.size());
  const double sum = std::accumulate(times.ns.begin(), times.ns.end(), 0.0);
  const double hits = std::accumulate(times.results.begin(), times.results.end(), 0.0);
  result.right = result.right && hits == static_cast<double>(result.hits * options.rounds);
  result.asked = times.ns.size();
  result.median_ns = Quantile(times.ns, 0.5);
  result.p99_ns = Quantile(times.ns, 0.99);
  result.mean_ns = sum / static_cast<double>(result.asked);
  result.median_less_output_ns = Quantile(times.Less(kOutputNs), 0.5);
  result.p99_less_output_ns = Quantile(times.Less(kTailOutputNs), 0.99);
  result.covered = sum / whole;
  return result;
}

}  // namespace burin::bench
