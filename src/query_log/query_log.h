// The query log: who asked what, why and for which case, and which records were the answer, so that nobody can change
// or drop a line later without its being noticed. docs/query-log.md is its specification.
//
// A log is a directory with one chain of lines of canonical JSON, each of which carries the SHA-256 of the line before,
// and the chain's head beside it. Any number of processes write to it: each line is written under the log's lock. A
// process that dies at any point leaves what the next one goes on with, and what is wrong is said in the next line.
// log_files.h says how a line is written, audit.h reads logs.
//
// Costs the answer's record ids in text, nine system calls and a hash a query, and two syncs of a file where it syncs.
#ifndef BURIN_SRC_QUERY_LOG_QUERY_LOG_H_
#define BURIN_SRC_QUERY_LOG_QUERY_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/query_log/log_files.h"
#include "src/receipt/receipt_content.h"

namespace burin::internal {

// Of each text that a caller gives.
inline constexpr size_t kMaxLogText = 4096;
// Record ids beyond are counted and not listed.
inline constexpr size_t kMaxLoggedRecords = 10'000;

struct LoggedQuery {
  std::string time, actor, purpose, case_number;
  std::string asked;    // As the user typed it, with its options.
  std::string reading;  // The pattern, or what a lattice is in words.
  std::optional<ReceiptOptions> options;
  std::string channel;      // The hash; "": unit costs.
  std::string index;        // Its path, as the caller calls it.
  uint64_t generation = 0;  // Of a registry.
  bool complete = false;
  uint64_t matches = 0;
  std::vector<uint64_t> records;  // At most kMaxLoggedRecords.
};

// Any number of threads may add.
class QueryLog {
 public:
  // When lines are on disk. kEvery: before Add comes back. kGroups: so is a line if the last sync of this object is 50
  // ms ago or more; others are with the next line that is, with Sync, or at the end. kUnsynced: when the system gets to
  // it.
  enum class Syncs : uint8_t { kEvery, kGroups, kUnsynced };
  static constexpr int64_t kGroupMs = 50;
  struct Options {
    Syncs syncs = Syncs::kEvery;
    LogWait wait;
    std::function<int64_t()> now_ms;  // A clock that never goes back; empty: the system's.
  };

  // Opens the log in a directory, or begins it: the directory is made if it is not there (its parent must be). `time`:
  // as the caller writes times, RFC 3339 in UTC. kIo: it cannot be made or written. kInvalidArgument: `time` is no
  // such. kCancelled: of options.wait.
  static Result<std::unique_ptr<QueryLog>> Open(Disk& disk, const std::string& directory, std::string_view time,
                                                Options options);
  ~QueryLog();  // Syncs what waits for it.
  QueryLog(const QueryLog&) = delete;
  QueryLog& operator=(const QueryLog&) = delete;

  // kInvalidArgument: a text is too long or no UTF-8. kCancelled, and kIo that says that it cannot be locked: of
  // LockLog. After these nothing was written, and it may be tried again. Any other kIo: it could not be written; so
  // does every later call on this object.
  Status Add(const LoggedQuery& query);
  // What was added is on disk, unless kUnsynced. Costs nothing where nothing waits. kIo: as of Add.
  Status Sync();
  const std::string& path() const { return files_->path(); }  // Of the chain.

 private:
  QueryLog(std::unique_ptr<LogFiles> files, Options options) : files_(std::move(files)), options_(std::move(options)) {}
  Status AddLocked(Json line);
  bool SyncIsDue() const;

  const std::unique_ptr<LogFiles> files_;
  const Options options_;
  std::mutex mutex_;
  bool waiting_ = false;              // Lines were added since the last sync.
  std::optional<int64_t> synced_ms_;  // When that was.
  Status broken_;
};

}  // namespace burin::internal

#endif
