// One file of a query log read from its first byte on, every line against the one before (audit.h reads a whole log).
#ifndef BURIN_SRC_QUERY_LOG_CHAIN_READER_H_
#define BURIN_SRC_QUERY_LOG_CHAIN_READER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/status.h"
#include "src/query_log/log_beginning.h"
#include "src/query_log/log_head.h"

namespace burin::internal {

// A line of a log, without its end.
struct AuditedLine {
  std::string_view text;
  std::string time;
  uint32_t chain = 0;
  uint64_t line = 0;
};

// Where a chain is after so many of its lines.
struct ChainPlace {
  uint64_t lines = 0, bytes = 0;
  std::string sha256;
};

class ChainReader {
 public:
  // All outlive this. `format`: which kind of chain it is. `number`: of the chain, for its lines.
  ChainReader(std::string_view bytes, std::string_view format, const std::string& path, const std::string& name,
              uint32_t number)
      : rest_(bytes), format_(format), path_(path), name_(name), number_(number) {}

  // `heads`: the hashes that lines must have, by their count from 1. `wanted`: hashes that any line may have, which are
  // taken out where one does. kCorrupt: "PATH: line N: ...".
  Status Run(const std::map<uint64_t, std::string>& heads, std::set<std::string>* wanted,
             std::vector<AuditedLine>* lines);

  // After Run.
  const ChainPlace& end() const { return end_; }             // Behind the last whole line.
  const ChainPlace& before_last() const { return before_; }  // In front of it.
  std::string_view rest() const { return rest_; }            // What follows it.
  uint64_t unfinished() const { return unfinished_; }        // So many of the last whole lines are none ...
  const std::string& unfinished_after() const { return unfinished_after_; }  // ... behind one with this hash.
  uint64_t vouched() const { return vouched_; }                 // So many lines a head of the caller covers.
  const std::vector<LogLink>& links() const { return links_; }  // To chains of an earlier version.
  // What lines say of what is before them; the line from 0.
  const std::vector<std::pair<uint64_t, LogGap>>& gaps() const { return gaps_; }
  const Status& Unfinished() const { return unfinished_error_; }
  const std::string& path() const { return path_; }
  // `line`: from 1.
  Status Corrupt(uint64_t line, const std::string& what) const;

 private:
  Status ReadLine(std::string_view text, std::vector<AuditedLine>* lines);
  Status ReadFirst(const Json& line);
  Status ReadGap(const Json& line);

  std::string_view rest_;
  const std::string_view format_;
  const std::string& path_;
  const std::string& name_;
  const uint32_t number_;
  ChainPlace end_, before_;
  uint64_t link_count_ = 0, unfinished_ = 0, vouched_ = 0;
  std::string unfinished_after_;
  Status unfinished_error_;  // What the first of those is if nobody says that its writer was stopped.
  std::vector<LogLink> links_;
  std::vector<std::pair<uint64_t, LogGap>> gaps_;
};

}  // namespace burin::internal

#endif
