// Many searches in one call: readings are shared out among threads, each result goes to its own place.
#include <algorithm>
#include <atomic>
#include <mutex>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "burin/batch.h"
#include "src/base/parallel.h"
#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"
#include "src/c_api/result_handle.h"
#include "src/c_api/search_terms.h"

namespace burin::internal {
namespace {

class Batch {
 public:
  Batch(const SearchTerms& terms, unsigned threads, const burin_reading* const* readings, burin_result** results,
        burin_status* statuses)
      : terms_(terms), readings_(readings), results_(results), statuses_(statuses), scratches_(std::max(threads, 1u)) {}

  void Search(unsigned worker, size_t i) noexcept {
    Status status;
    try {
      status = Find(worker, i);
    } catch (const std::bad_alloc&) {
      return Keep(i, StatusCode::kNoMemory, {});
    } catch (...) {
      return Keep(i, StatusCode::kInternal, {});
    }
    Keep(i, status.code(), status.message());
  }
  // Of the first reading without a result.
  Status Outcome() const {
    if (code_ == StatusCode::kOk) return Status();
    const std::string words = message_.empty() ? burin_status_name(static_cast<burin_status>(code_)) : message_;
    return Status(code_, "reading " + std::to_string(failed_) + ": " + words);
  }

 private:
  Status Find(unsigned worker, size_t i) {
    const burin_reading* reading = readings_[i];
    if (reading == nullptr) return Invalid("it is NULL");
    return RunSearch(terms_, reading->content, Cancel(), &scratches_[worker], &results_[i]);
  }

  // The caller's cancel function, asked by one thread at a time; once it said yes, that holds for all.
  std::function<bool()> Cancel() {
    if (!terms_.cancelled()) return nullptr;
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
  const burin_reading* const* readings_;
  burin_result** results_;
  burin_status* statuses_;
  std::vector<SearchScratch> scratches_;  // One a worker.
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
    if (Status status = terms.Read(index->index, options); !status.ok()) return status;
    Batch batch(terms, threads, readings, results, statuses);
    searched = true;
    Parallel(count, threads, [&batch](unsigned worker, size_t i) { batch.Search(worker, i); });
    return batch.Outcome();
  });
  if (!searched && statuses != nullptr) std::fill_n(statuses, count, code);
  return code;
}

}  // extern "C"
