// The file of maker formats: one format a line, columns separated by tabs, `#` at the start of a line for comments.
#ifndef BURIN_SRC_MARK_FORMATS_FORMAT_TABLE_H_
#define BURIN_SRC_MARK_FORMATS_FORMAT_TABLE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/status.h"
#include "src/mark/formats/format_pattern.h"

namespace burin::internal {

// Texts are empty where the file has "-".
struct MakerFormat {
  std::string maker;
  std::vector<std::string> spellings;  // Other names of the maker.
  std::string model;
  std::string pattern;
  std::string words;             // The pattern in words.
  std::optional<uint64_t> seen;  // Weapons seen with it.
  std::optional<uint32_t> first_year;
  std::optional<uint32_t> last_year;
  std::string source;  // Never empty.
  std::string note;
  FormatPattern parsed;
  uint64_t line = 0;  // Of the file, from 1.
};

inline constexpr size_t kMaxFormatBytes = size_t{4} << 20;
inline constexpr size_t kMaxFormats = 10000;
inline constexpr uint64_t kMaxSeen = 1'000'000'000'000;

// "NAME, line 7, column pattern: expected ...".
Status FormatError(const std::string& name, uint64_t line, std::string_view column, std::string_view what);

// Errors are kBadInput, as above. A byte order mark and CRLF are tolerated.
Result<std::vector<MakerFormat>> ParseFormatTable(std::string_view text, const std::string& name);

}  // namespace burin::internal

#endif
