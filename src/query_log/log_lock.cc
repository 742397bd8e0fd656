#include "src/query_log/log_lock.h"

#include <algorithm>
#include <cerrno>
#include <thread>

namespace burin::internal {

Status LockLog(Disk& disk, int file, const std::string& path, const LogWait& wait) {
  using Clock = std::chrono::steady_clock;
  constexpr std::chrono::microseconds kFirst{100}, kMost{5'000};
  const Clock::time_point end = Clock::now() + wait.most;
  for (auto pause = kFirst;; pause = std::min(2 * pause, kMost)) {
    const int code = disk.Lock(file);
    if (code >= 0) return {};
    if (code != -EWOULDBLOCK) return LogFailure(path, "lock", code);
    if (wait.cancelled && wait.cancelled()) return Status(StatusCode::kCancelled, path + ": cancelled");
    if (Clock::now() >= end) {
      return Status(StatusCode::kIo,
                    path + ": another process has had it locked for " + std::to_string(wait.most.count()) + " ms");
    }
    std::this_thread::sleep_for(pause);
  }
}

Status LogFailure(const std::string& path, const char* what, int64_t code) {
  return Status(StatusCode::kIo, path + ": cannot " + what + ": " + ErrnoText(static_cast<int>(-code)));
}

}  // namespace burin::internal
