// The head of a query log, in a file beside the chain: where the chain ends, by its own hash, and what is being written
// behind it. docs/query-log.md, "The head".
//
// A writer says the hash of a line before it writes the line, and says that it is written afterwards. So whoever finds
// the two files after a writer was killed, at whatever point, can tell what it left from what somebody else did.
#ifndef BURIN_SRC_QUERY_LOG_LOG_HEAD_H_
#define BURIN_SRC_QUERY_LOG_LOG_HEAD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "src/query_log/log_chain.h"
#include "src/text/strict_json.h"

namespace burin::internal {

// What is wrong with the lines before one; that one says so.
struct LogGap {
  struct Lost {
    uint64_t lines = 0;
    std::string sha256;
  };
  // So many lines before are none: their writers were stopped. They carry no hash of the line before them: this does.
  uint64_t unfinished = 0;
  std::string after;
  std::optional<Lost> lost;       // A head named so many lines; the chain did not have them.
  std::optional<uint64_t> found;  // Lines behind so many were in no head: nobody can say who wrote them.
  // One more, behind a line with this hash.
  void AddUnfinished(const std::string& previous) {
    if (unfinished++ == 0) after = previous;
  }
  bool empty() const { return unfinished == 0 && !lost && !found; }
};
Json JsonOf(const LogGap& gap);
// Nothing: no such value.
std::optional<LogGap> GapOf(const Json& json);

// A chain up to a line feed.
struct LogState {
  uint64_t bytes = 0;
  uint64_t lines = 0;
  std::string sha256;  // Of the last line without its line feed; "": there is none.
  LogGap gap;          // What the next line must say.
};

struct LogHead {
  LogState state;
  std::string next;  // The hash of the line that is being written; "": none is.
};

// All of the file, always: within what a disk writes whole or not at all.
inline constexpr size_t kLogHeadBytes = 512;
std::string WriteLogHead(const LogHead& head);
// Nothing: no such text, to the byte.
std::optional<LogHead> ReadLogHead(std::string_view text);

// Where a chain ends, whatever was done to it and its head.
struct SettledChain {
  LogState state;
  std::string_view rest;  // Bytes behind it: a line that nobody finished.
};
// `head`: nothing where there is none, or none that can be read. kInternal: no SHA-256.
Result<SettledChain> SettleChain(std::string_view bytes, const std::optional<LogHead>& head);

}  // namespace burin::internal

#endif
