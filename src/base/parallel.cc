#include "src/base/parallel.h"

#include <algorithm>
#include <atomic>
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

}  // namespace burin::internal
