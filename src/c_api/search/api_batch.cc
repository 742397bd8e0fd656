// Many searches in one call: readings are shared out among threads in chunks, which are searched interleaved, and each
// result goes to its own place.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "burin/batch.h"
#include "src/base/parallel.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"

namespace burin::internal {
namespace {

// So many readings are searched interleaved. More of them crowd each other out of the processor's caches: on ten
// million random serials 8 take 10 to 15 % off a search within one edit, and 32 no more than that.
constexpr size_t kChunk = 8;

class Batch {
 public:
  Batch(const SearchTerms& terms, unsigned threads, std::span<const burin_reading* const> readings,
        burin_result** results, burin_status* statuses)
      : terms_(terms),
        readings_(readings),
        results_(results),
        statuses_(statuses),
        scratches_(std::max(threads, 1u) * kChunk) {}

  size_t chunks() const { return (readings_.size() + kChunk - 1) / kChunk; }
  void Search(unsigned worker, size_t chunk) noexcept {
    const size_t first = chunk * kChunk, last = std::min(first + kChunk, readings_.size());
    StatusCode code = StatusCode::kOk;
    try {
      Find(worker, first, last);
    } catch (const std::bad_alloc&) {
      code = StatusCode::kNoMemory;
    } catch (...) {
      code = StatusCode::kInternal;
    }
    for (size_t i = first; i < last && code != StatusCode::kOk; ++i) {
      if (results_[i] == nullptr) Keep(i, code, {});
    }
  }
  // Of the first reading without a result.
  Status Outcome() const {
    if (code_ == StatusCode::kOk) return Status();
    const std::string words = message_.empty() ? burin_status_name(static_cast<burin_status>(code_)) : message_;
    return Status(code_, "reading " + std::to_string(failed_) + ": " + words);
  }

 private:
  void Find(unsigned worker, size_t first, size_t last) {
    std::vector<size_t> numbers;  // Of readings that can be searched for.
    std::vector<PricedReading> priced;
    Patience patience = terms_.PatienceOf(terms_.cancelled() ? Cancel() : nullptr);
    for (size_t i = first; i < last; ++i) {
      if (readings_[i] == nullptr) {
        Keep(i, StatusCode::kInvalidArgument, "it is NULL");
        continue;
      }
      if (patience.Ask()) {  // To compile a reading takes longer than a question.
        KeepUnsearched(i);
        continue;
      }
      Result<PricedReading> made = terms_.Price(*terms_.Of(readings_[i]->content));
      if (!made.ok()) {
        Keep(i, made.status().code(), made.status().message());
        continue;
      }
      numbers.push_back(i);
      priced.push_back(*std::move(made));
    }
    std::vector<SearchRequest> requests;
    for (size_t j = 0; j < numbers.size(); ++j) {
      requests.push_back(terms_.Request(*terms_.Of(readings_[numbers[j]]->content), &priced[j]));
      if (terms_.cancelled()) requests.back().cancelled = Cancel();
    }
    std::vector<SearchResult> found(numbers.size());
    std::vector<std::optional<Evidence>> evidence(numbers.size());
    std::vector<bool> refused(numbers.size());
    if (terms_.weighs()) {
      for (size_t j = 0; j < numbers.size(); ++j) {
        Result<SearchResult> weighed = terms_.Find(requests[j], &evidence[j]);
        if (weighed.ok()) {
          found[j] = *std::move(weighed);
        } else {
          Keep(numbers[j], weighed.status().code(), weighed.status().message());
          refused[j] = true;
        }
      }
    } else {
      SearchBatch(*terms_.index(), requests, std::span(scratches_).subspan(worker * kChunk, numbers.size()), found);
    }
    for (size_t j = 0; j < numbers.size(); ++j) {
      if (refused[j]) continue;
      const size_t i = numbers[j];
      results_[i] =
          new burin_result(terms_.index(), terms_.channel(), terms_.Of(readings_[i]->content), std::move(priced[j]),
                           found[j], Patience(requests[j].deadline, requests[j].cancelled));
      Complete(i, evidence[j]);
    }
  }

  void KeepUnsearched(size_t i) {
    std::optional<PricedReading> priced;
    std::optional<Evidence> evidence;
    const auto& content = terms_.Of(readings_[i]->content);
    const SearchResult none = terms_.Unsearched(*content, &priced, &evidence);
    results_[i] = new burin_result(terms_.index(), terms_.channel(), content, *std::move(priced), none);
    Complete(i, evidence);
  }
  void Complete(size_t i, const std::optional<Evidence>& evidence) {
    if (evidence) results_[i]->AddEvidence(*evidence, terms_.population_hash());
    results_[i]->asked = terms_.asked();
    results_[i]->beliefs = terms_.beliefs();
    Keep(i, StatusCode::kOk, {});
  }

  // The caller's cancel function, asked by one thread at a time; once it said yes, that holds for all.
  std::function<bool()> Cancel() {
    return [this] {
      if (stopped_.load(std::memory_order_relaxed)) return true;
      const std::lock_guard<std::mutex> lock(asking_);
      if (!stopped_.load(std::memory_order_relaxed) && terms_.cancelled()()) stopped_.store(true);
      return stopped_.load(std::memory_order_relaxed);
    };
  }

  // The message is taken over without an allocation, so that this cannot fail.
  void Keep(size_t i, StatusCode code, std::string message) noexcept {
    if (statuses_ != nullptr) statuses_[i] = static_cast<burin_status>(code);
    if (code == StatusCode::kOk) return;
    const std::lock_guard<std::mutex> lock(failing_);
    if (code_ != StatusCode::kOk && failed_ < i) return;
    code_ = code;
    failed_ = i;
    message_ = std::move(message);
  }

  const SearchTerms& terms_;
  std::span<const burin_reading* const> readings_;
  burin_result** results_;
  burin_status* statuses_;
  std::vector<SearchScratch> scratches_;  // kChunk a worker.
  std::mutex asking_, failing_;
  std::atomic<bool> stopped_{false};
  StatusCode code_ = StatusCode::kOk;
  size_t failed_ = 0;
  std::string message_;
};

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_search_batch(const burin_index* index, const burin_reading* const* readings, size_t count,
                                const burin_search_options* options, uint32_t threads, burin_result** results,
                                burin_status* statuses, burin_error** error) {
  if (results != nullptr) std::fill_n(results, count, nullptr);
  bool searched = false;
  const burin_status code = Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (readings == nullptr && count != 0) return IsNull("readings");
    if (results == nullptr && count != 0) return IsNull("results");
    if (Status status = CheckThreads(threads); !status.ok()) return status;
    SearchTerms terms;
    terms.NeedCase(NeedsCase(*index));
    if (Status status = terms.Read(index->index, options); !status.ok()) return status;
    if (Status status = terms.CheckOneReading("burin_search_batch"); !status.ok()) return status;
    Batch batch(terms, threads, {readings, count}, results, statuses);
    searched = true;
    Parallel(batch.chunks(), threads, [&batch](unsigned worker, size_t chunk) { batch.Search(worker, chunk); });
    return batch.Outcome();
  });
  if (!searched && statuses != nullptr) std::fill_n(statuses, count, code);
  return code;
}

}  // extern "C"
