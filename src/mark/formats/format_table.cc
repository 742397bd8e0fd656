// The file of maker formats, read.
#include "src/mark/formats/format_table.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kColumns = 7;
constexpr std::array<std::string_view, kColumns> kNames = {"maker", "model",  "pattern", "seen",
                                                           "years", "source", "note"};

std::string_view Take(std::string_view* rest, char separator) {
  const size_t end = std::min(rest->find(separator), rest->size());
  const std::string_view piece = rest->substr(0, end);
  rest->remove_prefix(std::min(end + 1, rest->size()));
  return piece;
}

std::optional<uint64_t> Number(std::string_view text) {
  uint64_t number = 0;
  const std::from_chars_result read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return number;
}

std::string OrNothing(std::string_view text) { return text == "-" ? std::string() : std::string(text); }

// One line; `fields` are its columns.
class Row {
 public:
  Row(const std::string& name, uint64_t line, std::string_view text) : name_(name), line_(line), text_(text) {}

  Status Parse(MakerFormat* format) {
    if (Status status = Split(); !status.ok()) return status;
    format->line = line_;
    format->model = OrNothing(fields_[1]);
    format->source = fields_[5];
    format->note = OrNothing(fields_[6]);
    if (Status status = Maker(format); !status.ok()) return status;
    if (Status status = Pattern(format); !status.ok()) return status;
    if (Status status = Seen(format); !status.ok()) return status;
    if (Status status = Years(format); !status.ok()) return status;
    if (format->source == "-") return Error(5, "expected where the format is known from");
    return Status();
  }

 private:
  Status Error(size_t column, std::string_view what) const { return FormatError(name_, line_, kNames[column], what); }

  // Every column has something in it; the note may be missing.
  Status Split() {
    constexpr std::string_view kWanted =
        "expected 7 columns with tabs between them: maker, model, pattern, seen, years, "
        "source, note";
    if (!IsValidUtf8(text_)) return FormatError(name_, line_, "", "expected valid UTF-8");
    size_t count = 0;
    for (std::string_view rest = text_; !rest.empty(); ++count) {
      if (count == kColumns) return FormatError(name_, line_, "", kWanted);
      fields_[count] = Take(&rest, '\t');
    }
    if (count < kColumns - 1) return FormatError(name_, line_, "", kWanted);
    if (fields_[6].empty()) fields_[6] = "-";
    for (size_t i = 0; i < kColumns; ++i) {
      if (fields_[i].empty()) return Error(i, "expected a value, or '-' for none");
      for (const char c : fields_[i]) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return Error(i, "expected no control characters");
      }
    }
    return Status();
  }

  Status Maker(MakerFormat* format) {
    std::string_view rest = fields_[0];
    format->maker = OrNothing(rest);
    if (format->maker.empty()) return Status();
    if (rest.back() == '|') return Error(0, "expected a spelling behind '|'");
    format->maker = Take(&rest, '|');
    if (FoldValue(format->maker).empty()) return Error(0, "expected the name of a maker");
    while (!rest.empty()) {
      format->spellings.emplace_back(Take(&rest, '|'));
      if (FoldValue(format->spellings.back()).empty()) return Error(0, "expected a spelling behind '|'");
    }
    return Status();
  }

  Status Pattern(MakerFormat* format) {
    Result<FormatPattern> pattern = ParseFormatPattern(fields_[2]);
    if (!pattern.ok()) return Error(2, pattern.status().message());
    format->pattern = fields_[2];
    format->parsed = *std::move(pattern);
    format->words = WordsOfFormat(format->parsed);
    return Status();
  }

  Status Seen(MakerFormat* format) {
    if (fields_[3] == "-") return Status();
    format->seen = Number(fields_[3]);
    if (!format->seen || *format->seen > kMaxSeen) {
      return Error(3, "expected a number of weapons, at most " + std::to_string(kMaxSeen) + ", or '-'");
    }
    return Status();
  }

  Status Years(MakerFormat* format) {
    constexpr std::string_view kWanted = "expected years such as 1985, 1985-1990, 1985- or -1990, or '-'";
    if (fields_[4] == "-") return Status();
    std::string_view rest = fields_[4];
    const bool range = rest.find('-') != std::string_view::npos;
    const std::string_view first = Take(&rest, '-');
    if (!Year(first, &format->first_year)) return Error(4, kWanted);
    if (!range) {
      format->last_year = format->first_year;
      return Status();
    }
    if (!Year(rest, &format->last_year)) return Error(4, kWanted);
    if (format->first_year && format->last_year && *format->first_year > *format->last_year) return Error(4, kWanted);
    return Status();
  }

  // Nothing is a year that is not known.
  static bool Year(std::string_view text, std::optional<uint32_t>* year) {
    if (text.empty()) return true;
    const std::optional<uint64_t> number = Number(text);
    if (!number || *number < 1000 || *number > 9999) return false;
    *year = static_cast<uint32_t>(*number);
    return true;
  }

  const std::string& name_;
  uint64_t line_;
  std::string_view text_;
  std::array<std::string_view, kColumns> fields_;
};

}  // namespace

Status FormatError(const std::string& name, uint64_t line, std::string_view column, std::string_view what) {
  std::string message = name + ", line " + std::to_string(line);
  if (!column.empty()) message += ", column " + std::string(column);
  return Status(StatusCode::kBadInput, message + ": " + std::string(what));
}

Result<std::vector<MakerFormat>> ParseFormatTable(std::string_view text, const std::string& name) {
  if (text.size() > kMaxFormatBytes) {
    return Status(StatusCode::kBadInput, name + ": expected at most " + std::to_string(kMaxFormatBytes >> 20) + " MiB");
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::vector<MakerFormat> rows;
  for (uint64_t number = 1; !text.empty(); ++number) {
    std::string_view line = Take(&text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.empty() || line[0] == '#') continue;
    if (rows.size() == kMaxFormats) {
      return FormatError(name, number, "", "expected at most " + std::to_string(kMaxFormats) + " formats");
    }
    MakerFormat format;
    if (Status status = Row(name, number, line).Parse(&format); !status.ok()) return status;
    rows.push_back(std::move(format));
  }
  return rows;
}

}  // namespace burin::internal
