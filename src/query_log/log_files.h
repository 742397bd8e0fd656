// The two files of a query log as one process writes to them: the chain, and its head, whose lock is that of the log.
// How a line gets there, in this order, so that a process or a machine that stops at any point leaves what the next
// one can go on with:
//
//   the head says the hash of the line; [it is synced]; the line is written; [it is synced]; the head names the line.
#ifndef BURIN_SRC_QUERY_LOG_LOG_FILES_H_
#define BURIN_SRC_QUERY_LOG_LOG_FILES_H_

#include <memory>
#include <string>
#include <string_view>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/query_log/log_head.h"
#include "src/query_log/log_lock.h"

namespace burin::internal {

class LogFiles {
 public:
  // Opens the log, or begins it; the directory is made if it is not there (its parent must be). `durable`: what is
  // made is on disk when this comes back. kIo, kCancelled (of LockLog).
  static Result<std::unique_ptr<LogFiles>> Open(Disk& disk, const std::string& directory, std::string_view time,
                                                bool durable, const LogWait& wait);
  ~LogFiles();
  LogFiles(const LogFiles&) = delete;
  LogFiles& operator=(const LogFiles&) = delete;

  Status Lock(const LogWait& wait) { return LockLog(disk_, head_, head_path_, wait); }
  void Unlock() { disk_.Unlock(head_); }

  // The rest REQUIRES the lock, but for Sync.
  // Where the chain ends. A line that nobody finished is finished, as what it is.
  Result<LogState> Settle();
  // `line` without its line feed, with what `state` says; `sync`: on disk when this comes back, all before it too.
  Status Append(const LogState& state, std::string line, bool sync);
  // All lines so far are on disk.
  Status Sync();
  const std::string& path() const { return chain_path_; }

 private:
  LogFiles(Disk& disk, const std::string& directory, bool durable);
  Status OpenFiles(const std::string& directory, std::string_view time, const LogWait& wait);
  Status Begin(const std::string& directory, std::string_view time);
  Status WriteHead(const LogState& state, const std::string& next, bool sync);
  Status WriteChain(std::string_view text, bool sync);
  Result<uint64_t> SizeOf(int file, const std::string& path);
  Result<std::optional<LogHead>> ReadHead();

  Disk& disk_;
  const bool durable_;
  const std::string chain_path_, head_path_;
  int chain_ = -1, head_ = -1;
};

}  // namespace burin::internal

#endif
