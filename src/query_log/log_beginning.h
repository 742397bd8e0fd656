// How a query log begins: its first line, which says what the log does not protect, and a link to each chain that an
// earlier version left in the directory. docs/query-log.md, "The format".
#ifndef BURIN_SRC_QUERY_LOG_LOG_BEGINNING_H_
#define BURIN_SRC_QUERY_LOG_LOG_BEGINNING_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/query_log/log_head.h"
#include "src/text/strict_json.h"

namespace burin::internal {

// What a chain of an earlier version was when the log went on behind it.
struct LogLink {
  std::string chain;   // Its name.
  uint64_t bytes = 0;  // Of the whole file.
  uint64_t lines = 0;  // Whole ones.
  std::string sha256;  // Of the last whole line; "": there is none.
  std::string rest;    // The hash of what follows the last line feed; "": nothing does.
  bool operator==(const LogLink&) const = default;
};
Result<LogLink> LinkOf(const std::string& name, std::string_view bytes);
LogLink LinkIn(const Json& line);

// The names of a directory's chains of an earlier version, sorted. kIo.
Result<std::vector<std::string>> OldChains(Disk& disk, const std::string& directory);

// All lines of a log that begins, each with its line feed. `gap`: what became of the chain before, if there was one.
// kIo: an old chain cannot be read.
Result<std::string> BeginLog(Disk& disk, const std::string& directory, std::string_view time, const LogGap& gap);

}  // namespace burin::internal

#endif
