#include "src/base/parallel.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace burin::internal {

void Parallel(size_t count, unsigned threads, const std::function<void(unsigned worker, size_t item)>& job) {
  std::atomic<size_t> next{0};
  const auto work = [&](unsigned worker) {
    for (size_t i = next.fetch_add(1, std::memory_order_relaxed); i < count;
         i = next.fetch_add(1, std::memory_order_relaxed)) {
      job(worker, i);
    }
  };
  const auto others = static_cast<unsigned>(std::min<size_t>(threads, count));
  std::vector<std::thread> started;
  started.reserve(others);
  for (unsigned worker = 1; worker < others; ++worker) {
    try {
      started.emplace_back(work, worker);
    } catch (const std::system_error&) {
      break;  // The threads there are do the rest.
    }
  }
  work(0);
  for (std::thread& thread : started) thread.join();
}

void ParallelOrThrow(size_t count, unsigned threads, const std::function<void(unsigned worker, size_t item)>& job) {
  std::mutex failing;
  std::exception_ptr failure;
  std::atomic<bool> failed{false};
  Parallel(count, threads, [&](unsigned worker, size_t item) {
    if (failed.load(std::memory_order_relaxed)) return;
    try {
      job(worker, item);
    } catch (...) {
      const std::lock_guard<std::mutex> lock(failing);
      if (failure == nullptr) failure = std::current_exception();
      failed.store(true, std::memory_order_relaxed);
    }
  });
  if (failure != nullptr) std::rethrow_exception(failure);
}

}  // namespace burin::internal
