// Running queries: a window of answers that threads fill in any order and one thread writes in theirs.
#include "tools/match/match_run.h"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "tools/io/failure.h"
#include "tools/io/progress.h"

namespace burin::tool {
namespace {

// Answers that may wait for an earlier one, for each thread.
constexpr size_t kWindow = 64;
// Measured hits that are kept before they are written.
constexpr size_t kHeldHits = size_t{1} << 20;
constexpr size_t kHeldQueries = 4096;

struct Answer {
  std::string text;
  std::string refusal;
  bool hit = false;
  bool incomplete = false;
  bool at_bound = false;
  std::string id;
  std::optional<Result> result;  // Where somebody is to be told of it.
};

// The reading of a query, or an answer that says why there is none.
std::optional<Reading> Read(const AnswerContext& context, const Query& query, Answer* answer) {
  std::string error = query.error;
  if (error.empty()) {
    try {
      return Reading(query.pattern, context.plan->reading);
    } catch (const Exception& exception) {
      if (CodeOf(exception.code()) != kUsage) throw;
      error = exception.what();
    }
  }
  AppendRefusal(context, query, error, &answer->text);
  answer->refusal = query.where + ": " + error;
  return std::nullopt;
}

// In bytes; 0: not bounded.
uint64_t MostMemory(const AnswerContext& context) {
  const Search& search = context.plan->search;
  if (search.max_memory != 0 || search.max_hits != 0) return search.max_memory;
  return kMostMemory;
}

// Where that bounds what is found: the hits that it holds. Else 0, and receipts need not know of it.
uint64_t HitsInMemory(const AnswerContext& context) {
  const bool many_marks = context.plan->joint != nullptr && context.plan->joint->has_marks();
  const Search& search = context.plan->search;
  const uint64_t bytes = search.evidence || many_marks ? BURIN_BYTES_PER_WEIGHED_MATCH : BURIN_BYTES_PER_MATCH;
  const uint64_t memory = MostMemory(context), most = std::max<uint64_t>(memory / bytes, 1);
  if (memory == 0 || context.plan->count || context.info.records <= most) return 0;
  const bool all = search.top == std::numeric_limits<uint64_t>::max() || (context.plan->unit && search.top == 0);
  return all || many_marks || search.top > most ? most : 0;
}

Search SearchOf(const AnswerContext& context) {
  Search search = context.plan->search;
  if (HitsInMemory(context) != 0) search.max_memory = MostMemory(context);
  search.cancel = [] { return Interrupted() != 0; };
  return search;
}

// What a call of the library answers; failures are the tool's, and so is an interrupt.
template <typename Call>
auto Asked(Call call) {
  try {
    auto answer = call();
    CheckInterrupt();
    return answer;
  } catch (const Exception& exception) {
    throw FailureOf(exception, CodeOf(exception.code()) == kCorrupt ? "" : "match");
  }
}

Result Find(Searcher* searcher, const Reading& reading, const Search& search) {
  return Asked([&] { return searcher->Find(reading, search); });
}

// Hits as they are asked for with --count.
void Count(const AnswerContext& context, const Query& query, const Reading& reading, const Search& search,
           Searcher* searcher, Answer* answer) {
  if (context.plan->estimate) {
    const burin_estimate estimate = Asked([&] { return searcher->Estimate(reading, search); });
    answer->hit = true;  // There was none to be found.
    return AppendEstimate(context, query, reading, estimate, &answer->text);
  }
  const burin_count count = Asked([&] { return searcher->Count(reading, search); });
  answer->hit = count.matches > 0;
  answer->incomplete = count.complete == 0;
  AppendCount(context, query, reading, count, &answer->text);
}

void Describe(const AnswerContext& context, const Query& query, const Reading& reading, Result* result,
              const std::optional<Timing>& timing, Answer* answer) {
  answer->hit = !result->matches().empty();
  answer->incomplete = !result->complete();
  const Search& search = context.plan->search;
  const uint64_t bound = search.max_memory == 0 && search.max_hits == 0 ? BoundOnHits(context) : 0;
  answer->at_bound = answer->incomplete && bound != 0 && result->matches().size() >= bound;
  AppendAnswer(context, query, reading, result, timing, &answer->text);
}

Answer AnswerOne(const AnswerContext& context, const Query& query, const Search& search, Searcher* searcher) {
  Answer answer;
  const auto reading = Read(context, query, &answer);
  if (!reading) return answer;
  if (context.plan->estimate || context.plan->count) {
    Count(context, query, *reading, search, searcher, &answer);
  } else {
    Result result = Find(searcher, *reading, search);
    Describe(context, query, *reading, &result, std::nullopt, &answer);
    if (context.on_result) {
      answer.id = query.id;
      answer.result.emplace(std::move(result));
    }
  }
  return answer;
}

// Counts an answer and writes it.
class Writer {
 public:
  Writer(const AnswerContext& context, size_t queries, bool progress, Output* output)
      : on_result_(context.on_result), queries_(queries), output_(output), progress_(progress) {
    output_->Write(AnswerHeader(context));
  }
  void Write(Answer answer) {
    if (answer.result) on_result_(answer.id, *answer.result);
    output_->Write(answer.text);
    tally_.with_hits += answer.hit ? 1 : 0;
    tally_.incomplete += answer.incomplete ? 1 : 0;
    tally_.at_bound += answer.at_bound ? 1 : 0;
    if (!answer.refusal.empty() && tally_.refused++ == 0) tally_.first_refusal = answer.refusal;
    ++written_;
    progress_.Report("match", written_, queries_, "answer", written_);
  }
  // What was answered before an interrupt or a failure is whole and is written; its own failure would hide the first.
  void Rescue() {
    try {
      output_->Flush();
    } catch (const Failure&) {
    }
  }
  MatchTally Finish() {
    output_->Flush();
    return std::move(tally_);
  }
  MatchTally* tally() { return &tally_; }

 private:
  const std::function<void(const std::string& id, Result& result)>& on_result_;
  size_t queries_;
  size_t written_ = 0;
  Output* output_;
  Progress progress_;
  MatchTally tally_;
};

class Workers {
 public:
  Workers(const Index& index, const AnswerContext& context, const std::vector<Query>& queries, unsigned threads)
      : index_(index), context_(context), queries_(queries), slots_(threads * kWindow) {
    for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { Work(); });
  }
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  ~Workers() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stop_ = true;
    }
    changed_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  // The answer to the next query in order.
  Answer Next() {
    std::unique_lock<std::mutex> lock(mutex_);
    std::optional<Answer>& slot = slots_[written_ % slots_.size()];
    changed_.wait(lock, [&] { return slot.has_value() || failure_ != nullptr; });
    if (!slot.has_value()) std::rethrow_exception(failure_);
    Answer answer = *std::move(slot);
    slot.reset();
    ++written_;
    lock.unlock();
    changed_.notify_all();
    return answer;
  }

 private:
  // The number of a query to answer; none are left: the number of all.
  size_t Take() {
    std::unique_lock<std::mutex> lock(mutex_);
    changed_.wait(lock, [&] {
      return stop_ || failure_ != nullptr || taken_ >= queries_.size() || taken_ < written_ + slots_.size();
    });
    if (stop_ || failure_ != nullptr || taken_ >= queries_.size()) return queries_.size();
    return taken_++;
  }

  void Work() {
    try {
      Searcher searcher(index_);
      const Search search = SearchOf(context_);
      for (size_t i = Take(); i < queries_.size(); i = Take()) {
        Answer answer = AnswerOne(context_, queries_[i], search, &searcher);
        const std::lock_guard<std::mutex> lock(mutex_);
        slots_[i % slots_.size()] = std::move(answer);
        changed_.notify_all();
      }
    } catch (...) {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (failure_ == nullptr) failure_ = std::current_exception();
      changed_.notify_all();
    }
  }

  const Index& index_;
  const AnswerContext& context_;
  const std::vector<Query>& queries_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::optional<Answer>> slots_;
  size_t taken_ = 0;
  size_t written_ = 0;
  bool stop_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

// A query that was measured and not yet written.
struct Measured {
  const Query* query;
  Answer answer;
  std::optional<Reading> reading;
  std::optional<Result> result;
  Timing timing = {};
};

void RunUnmeasured(const Index& index, const AnswerContext& context, const std::vector<Query>& queries) {
  Searcher searcher(index);
  const Search search = SearchOf(context);
  for (const Query& query : queries) {
    Answer ignored;
    if (const auto reading = Read(context, query, &ignored)) Find(&searcher, *reading, search);
  }
}

void Measure(const Search& search, Searcher* searcher, Measured* measured) {
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Result result = Find(searcher, *measured->reading, search);
  const auto ns = std::chrono::duration_cast<std::chrono::nanoseconds>(Clock::now() - begin).count();
  measured->timing = {static_cast<uint64_t>(ns), result.work()};
  measured->result.emplace(std::move(result));
}

void WriteMeasured(const AnswerContext& context, std::vector<Measured>* held, Writer* writer) {
  for (Measured& one : *held) {
    if (one.result) {
      Describe(context, *one.query, *one.reading, &*one.result, one.timing, &one.answer);
      writer->tally()->ns.push_back(one.timing.ns);
    }
    writer->Write(std::move(one.answer));
    one = Measured();
  }
  held->clear();
}

void RunMeasured(const Index& index, const AnswerContext& context, const std::vector<Query>& queries, Writer* writer) {
  RunUnmeasured(index, context, queries);
  Searcher searcher(index);
  const Search search = SearchOf(context);
  std::vector<Measured> held;
  size_t hits = 0;
  for (const Query& query : queries) {
    Measured one = {&query, {}, std::nullopt, std::nullopt, {}};
    one.reading = Read(context, query, &one.answer);
    if (one.reading) {
      Measure(search, &searcher, &one);
      hits += one.result->matches().size();
    }
    held.push_back(std::move(one));
    if (hits >= kHeldHits || held.size() >= kHeldQueries) {
      WriteMeasured(context, &held, writer);
      hits = 0;
    }
  }
  WriteMeasured(context, &held, writer);
}

void RunAll(const Index& index, const AnswerContext& context, const std::vector<Query>& queries, unsigned threads,
            Writer* writer) {
  if (context.timing) return RunMeasured(index, context, queries, writer);
  if (threads > 1 && queries.size() > 1) {
    Workers workers(index, context, queries, static_cast<unsigned>(std::min<size_t>(threads, queries.size())));
    for (size_t i = 0; i < queries.size(); ++i) writer->Write(workers.Next());
    return;
  }
  Searcher searcher(index);
  const Search search = SearchOf(context);
  for (const Query& query : queries) writer->Write(AnswerOne(context, query, search, &searcher));
}

}  // namespace

uint64_t BoundOnHits(const AnswerContext& context) {
  const uint64_t hits = context.plan->search.max_hits, in_memory = HitsInMemory(context);
  return hits == 0 || in_memory == 0 ? std::max(hits, in_memory) : std::min(hits, in_memory);
}

namespace {

// Runs; what was answered before a failure is written.
template <typename Run>
MatchTally Rescued(Writer* writer, Run run) {
  try {
    run();
  } catch (const Failure& failure) {
    if (failure.code() != kUsage) writer->Rescue();
    throw;
  }
  return writer->Finish();
}

}  // namespace

MatchTally RunQueries(const Index& index, const AnswerContext& context, const std::vector<Query>& queries,
                      unsigned threads, bool progress, Output* output) {
  Writer writer(context, queries.size(), progress, output);
  return Rescued(&writer, [&] { RunAll(index, context, queries, threads, &writer); });
}

MatchTally RunAsTheyCome(const Index& index, const AnswerContext& context, QueryReader* queries, Output* output) {
  Writer writer(context, 0, false, output);
  return Rescued(&writer, [&] {
    Searcher searcher(index);
    const Search search = SearchOf(context);
    output->Flush();
    for (Query query; queries->Next(&query);) {
      writer.Write(AnswerOne(context, query, search, &searcher));
      output->Flush();
    }
  });
}

}  // namespace burin::tool
