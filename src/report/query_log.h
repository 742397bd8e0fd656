// The query log: who asked what, why and for which case, and which records were the answer, so that nobody can change
// or drop a line later without its being noticed. docs/query-log.md is its specification.
//
// A log is a directory of chains, one for each process that writes: no process waits for another. A chain is a file of
// lines of canonical JSON, each of which carries the SHA-256 of the line before. A line is one write at the end of the
// file, and on disk before the call comes back; a process that dies while writing leaves a last line without its end,
// which is told from a changed one. audit.h reads logs.
//
// Costs the answer's record ids in text and, unless told otherwise, one sync of the file a query.
#ifndef BURIN_SRC_REPORT_QUERY_LOG_H_
#define BURIN_SRC_REPORT_QUERY_LOG_H_

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/report/receipt_content.h"

namespace burin::internal {

// Of each text that a caller gives; of the whole of a line.
inline constexpr size_t kMaxLogText = 4096;
inline constexpr size_t kMaxLogLine = size_t{1} << 20;
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
  // Begins a chain in the directory, which is made if it is not there (its parent must be). `time`: as the caller
  // writes times, RFC 3339 in UTC. kIo: it cannot be made. kInvalidArgument: `time` is no such.
  static Result<std::unique_ptr<QueryLog>> Open(Disk& disk, const std::string& directory, std::string_view time,
                                                bool sync);
  ~QueryLog();
  QueryLog(const QueryLog&) = delete;
  QueryLog& operator=(const QueryLog&) = delete;

  // kInvalidArgument: a text is too long or no UTF-8; nothing was written. kIo: it could not be written; so does every
  // later call, for what is in the file then nobody knows.
  Status Add(const LoggedQuery& query);
  const std::string& path() const { return path_; }

 private:
  QueryLog(Disk& disk, std::string path, int file, bool sync)
      : disk_(disk), path_(std::move(path)), file_(file), sync_(sync) {}
  Status Append(std::string line);

  Disk& disk_;
  const std::string path_;
  const int file_;
  const bool sync_;
  std::mutex mutex_;
  std::string previous_;  // The hash of the last line.
  uint64_t lines_ = 0;
  Status broken_;
};

}  // namespace burin::internal

#endif
