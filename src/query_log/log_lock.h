// The lock of a query log: that of its head's file, which ends with the process that has it. Nobody has it for longer
// than one line takes, or one sync.
#ifndef BURIN_SRC_QUERY_LOG_LOG_LOCK_H_
#define BURIN_SRC_QUERY_LOG_LOG_LOCK_H_

#include <chrono>
#include <functional>
#include <string>

#include "src/base/disk.h"
#include "src/base/status.h"

namespace burin::internal {

struct LogWait {
  std::chrono::milliseconds most{10'000};
  std::function<bool()> cancelled;  // Asked every few milliseconds while waiting, or empty.
};

// Waits until this process has the lock of an open file. kCancelled. kIo: another had it all the time, or the file
// system has no locks. `path`: for errors.
Status LockLog(Disk& disk, int file, const std::string& path, const LogWait& wait);

// "PATH: cannot WHAT: No space left on device", of -errno.
Status LogFailure(const std::string& path, const char* what, int64_t code);

}  // namespace burin::internal

#endif
