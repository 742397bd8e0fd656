// What the writers and the reader of a query log agree on (query_log.h, audit.h): names, and the lines of a file.
// docs/query-log.md is the specification.
#ifndef BURIN_SRC_QUERY_LOG_LOG_CHAIN_H_
#define BURIN_SRC_QUERY_LOG_LOG_CHAIN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/text/strict_json.h"

namespace burin::internal {

// Of a whole line.
inline constexpr size_t kMaxLogLine = size_t{1} << 20;

// One chain for a directory, and its head beside it. Nobody may write to either who has not locked the head.
inline constexpr std::string_view kLogFormat = "burin query log 2";
inline constexpr std::string_view kChainFile = "chain.ndjson", kHeadFile = "chain.head";
// What a chain is called until it is whole.
inline constexpr std::string_view kNewChainFile = "chain.new";

// Before: a chain for each process, which is read and no longer written.
inline constexpr std::string_view kOldFormat = "burin query log 1";
inline bool IsOldChainName(std::string_view name) {
  constexpr std::string_view kPrefix = "chain-", kSuffix = ".ndjson";
  return name.size() > kPrefix.size() + kSuffix.size() && name.starts_with(kPrefix) && name.ends_with(kSuffix);
}

// The bytes of a chain: whole lines, and what follows the last line feed.
struct ChainText {
  explicit ChainText(std::string_view bytes);
  std::string_view whole;  // Each line with its line feed.
  std::string_view rest;
  std::string_view last;  // The last whole line, without its line feed.
  uint64_t lines = 0;
};

// A line that a log wrote whole: an object in canonical form with this number, and this hash of the line before.
bool IsLogLine(std::string_view text, uint64_t line, std::string_view previous);

// Members of an object that came from somebody else: 0, "" where there is no such.
uint64_t NumberIn(const Json& object, std::string_view member);
std::string TextIn(const Json& object, std::string_view member);

}  // namespace burin::internal

#endif
