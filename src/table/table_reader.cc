// How a row is read. The text waits in one buffer, from which fields are cut as views: an unquoted field ends at the
// next separator or line end, looked for eight bytes at a time; a quoted one at the next quote that is not doubled.
// Only fields with doubled quotes are changed, in place, once their row is known to be sound. If the buffer ends inside
// a row, the row is moved to its front, more is read and the row is begun again; from 64 KiB on the buffer is doubled
// before that, so the work stays linear.
//
// What is bad, and where reading goes on. A row of the wrong number of fields, with a NUL byte or with text that the
// encoding does not allow is bad as it stands, and reading goes on behind it. A row is given up where its structure is
// lost: a quote that is not closed before the end or within 1 MiB, text behind a closing quote, a field of more than
// 1 MiB, a row of more than 16 MiB, or many more fields than there are columns. The likely cause is a quote that nobody
// closed, so reading goes on at the line behind the *first* line of that row: the lines that the quote swallowed are
// read as rows of their own. A quote inside an unquoted field stands for itself. None of this depends on where a chunk
// of the input ends.
//
// Plain lines. Programs that write TSV rarely quote: there a quote at the front of a cell may be the cell's own. So a
// row of TSV that is lost as above, or whose quoted cell leads over line ends to other cells although each of its lines
// has all fields, is read as a plain line: nothing goes over its end, and a quote opens only where another one closes
// the cell. Elsewhere this is done where the lost cell is in a column that nobody uses, and if the fields then fit.
//
// Columns that nobody uses (Use) make no row bad: their text is not looked at, their fields may be longer than 1 MiB,
// and may be missing at the end of a row that goes on behind the last one used. Columns without a name may be missing
// at the end, and fields beyond the last column may be there, if they are empty.
//
// Cost: one pass, some 20 ns a field and no allocation a row; 1 MiB of buffer, 80 MiB at worst.
#include "src/table/table_reader.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <utility>

#include "src/table/byte_source.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kMaxField = size_t{1} << 20;
constexpr size_t kMaxRow = size_t{1} << 24;
constexpr size_t kMaxLine = size_t{1} << 26;  // Of what was given up.
constexpr size_t kMaxColumns = size_t{1} << 16;
constexpr size_t kSpareFields = 64;  // So many fields too many are still counted.
constexpr size_t kDoubledFrom = size_t{1} << 16;
constexpr size_t kShownBytes = 200;  // Of the text at fault.
constexpr std::string_view kSeparators = ",;\t";
constexpr char kList = '\n';  // In the place of a separator.

constexpr uint64_t kOnes = 0x0101010101010101u;
constexpr uint64_t kHighBits = 0x8080808080808080u;

// The high bit of the lowest zero byte is set and none below it.
constexpr uint64_t ZeroBytes(uint64_t word) { return (word - kOnes) & ~word & kHighBits; }

uint64_t LoadWord(const char* at) {
  uint64_t word;
  std::memcpy(&word, at, sizeof word);
  return word;
}

// The first separator or line end in [at, end), or end.
const char* FindBreak(const char* at, const char* end, char separator) {
  if constexpr (std::endian::native == std::endian::little) {
    const uint64_t separators = kOnes * static_cast<unsigned char>(separator);
    for (; end - at >= 8; at += 8) {
      const uint64_t word = LoadWord(at);
      const uint64_t found =
          ZeroBytes(word ^ separators) | ZeroBytes(word ^ (kOnes * '\n')) | ZeroBytes(word ^ (kOnes * '\r'));
      if (found != 0) return at + (std::countr_zero(found) >> 3);
    }
  }
  while (at < end && *at != separator && *at != '\n' && *at != '\r') ++at;
  return at;
}

// All of it is ASCII, without a NUL.
bool IsClean(std::string_view text) {
  const char* at = text.data();
  const char* const end = at + text.size();
  uint64_t bad = 0;
  for (; end - at >= 8; at += 8) bad |= LoadWord(at) | ZeroBytes(LoadWord(at));
  if ((bad & kHighBits) != 0) return false;
  return std::all_of(at, end, [](char c) { return static_cast<unsigned char>(c - 1) < 0x7F; });
}

// LF, CR LF and CR each end one line.
uint64_t CountLineEnds(std::string_view text) {
  uint64_t count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    count += text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
  }
  return count;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kWhite = " \t\r\n\v\f";
  const size_t first = text.find_first_not_of(kWhite);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kWhite) - first + 1);
}

// Without blanks and no-break spaces at its ends.
std::string_view WithoutBlanks(std::string_view text) {
  constexpr std::string_view kNoBreak = "\xC2\xA0";
  for (;;) {
    text = Trimmed(text);
    const size_t before = text.size();
    if (text.starts_with(kNoBreak)) text.remove_prefix(kNoBreak.size());
    if (text.ends_with(kNoBreak)) text.remove_suffix(kNoBreak.size());
    if (text.size() == before) return text;
  }
}

// The beginning of a text as valid UTF-8 on one line.
std::string Shortened(std::string_view text) {
  std::string_view shown = text.substr(0, kShownBytes);
  if (shown.size() < text.size()) {
    // Not in the middle of a character.
    for (int i = 0; i < 3 && !shown.empty() && (text[shown.size()] & 0xC0) == 0x80; ++i) shown.remove_suffix(1);
  }
  std::string out;
  AppendAsUtf8(shown, &out);
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  if (shown.size() < text.size()) out += "...";
  return out;
}

std::string Counted(size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

class Reader : public TableReader {
 public:
  Reader(std::unique_ptr<ByteSource> source, std::string path, const TableOptions& options)
      : source_(std::move(source)), path_(std::move(path)), separator_(options.separator), loose_(options.loose) {}

  const std::vector<std::string>& columns() const override { return columns_; }
  const std::vector<std::string_view>& fields() const override { return fields_; }
  uint64_t row() const override { return row_; }
  uint64_t line() const override { return line_; }
  const std::string& bad_column() const override { return bad_column_; }
  const std::string& bad_reason() const override { return bad_reason_; }
  const std::string& bad_text() const override { return bad_text_; }
  const std::vector<std::string_view>& bad_fields() const override { return bad_fields_; }
  const std::string& path() const override { return path_; }
  uint64_t bytes_read() const override { return source_->bytes_read(); }
  uint64_t bytes_total() const override { return source_->bytes_total(); }
  void Use(const std::vector<size_t>& columns) override {
    used_.assign(columns_.size(), false);
    behind_used_ = 0;
    for (const size_t column : columns) {
      used_[column] = true;
      behind_used_ = std::max(behind_used_, column + 1);
    }
  }

  // Reads the first row: the names of the columns, or how many there are.
  Status Start(bool header) {
    if (Status status = SkipByteOrderMark(); !status.ok()) return status;
    if ((separator_ == kList || loose_) && !header) {  // One that is empty is a list too.
      columns_.emplace_back("1");
      return {};
    }
    if (Status status = TakeSeparatorLine(); !status.ok()) return status;
    if (separator_ == 0) {
      if (Status status = DetectSeparator(); !status.ok()) return status;
    }
    Result<Outcome> first = ReadRow();
    while (first.ok() && *first == Outcome::kRow && row_text_.empty()) first = ReadRow();
    if (!first.ok()) return first.status();
    if (*first == Outcome::kEnd) {
      return BadInput(header ? "is empty; expected a header line with the names of the columns"
                             : "is empty; expected at least one row");
    }
    if (*first == Outcome::kGivenUp) {
      return BadInput("line " + std::to_string(line_) + ": " + bad_reason_ + "; expected " +
                      (header ? "a header line" : "a first row"));
    }
    if (header) return NameColumns();
    for (size_t i = 1; i <= fields_.size(); ++i) columns_.push_back(std::to_string(i));
    behind_named_ = columns_.size();
    first_row_waits_ = true;
    return {};
  }

  Result<RowState> Next() override {
    bad_column_.clear();
    bad_reason_.clear();
    bad_text_.clear();
    bad_fields_.clear();
    Outcome outcome = Outcome::kRow;
    if (!std::exchange(first_row_waits_, false)) {
      do {
        Result<Outcome> read = ReadRow();
        if (!read.ok()) return read.status();
        outcome = *read;
      } while (outcome == Outcome::kRow && IsBlank());
    }
    if (outcome == Outcome::kEnd) {
      fields_.clear();
      return RowState::kEnd;
    }
    ++row_;
    const bool sound = outcome == Outcome::kRow && CheckRow();
    if (sound || (outcome == Outcome::kRow && fields_.size() == columns_.size())) {
      UnescapeFields();
      if (!sound) bad_fields_ = fields_;
    }
    if (sound) return RowState::kRow;
    fields_.clear();
    return RowState::kBad;
  }

 private:
  enum class Outcome { kRow, kGivenUp, kMore, kEnd };  // kMore: the buffer ends inside the row.

  // A line that is no row.
  bool IsBlank() const {
    if (loose_ && row_text_.starts_with('#')) return true;
    if (separator_ == kList || loose_) return WithoutBlanks(row_text_).empty();
    return row_text_.empty() && columns_.size() > 1;
  }

  Status BadInput(const std::string& what) const { return Status(StatusCode::kBadInput, path_ + ": " + what); }

  // Reads more behind what is not consumed yet, until that is `wanted` bytes long or the input ends.
  Status Fill(size_t wanted) {
    text_.erase(0, at_);
    at_ = 0;
    clean_ = clean_ || IsClean(text_);
    while (text_.size() < wanted && !at_end_) {
      const size_t before = text_.size();
      if (Status status = source_->Read(&text_); !status.ok()) {
        at_end_ = true;
        text_.clear();
        return status;
      }
      at_end_ = text_.size() == before;
      clean_ = clean_ && IsClean(std::string_view(text_).substr(before));
    }
    return {};
  }

  // A short rest asks for what is there already, so that a pipe is not waited for; a long one is doubled.
  Status FillMore() {
    const size_t left = text_.size() - at_;
    return Fill(left >= kDoubledFrom ? 2 * left : left + 1);
  }

  Status SkipByteOrderMark() {
    if (Status status = Fill(1); !status.ok()) return status;
    if (static_cast<unsigned char>(text_.empty() ? 0 : text_[0]) < 0xEF) return {};
    if (Status status = Fill(3); !status.ok()) return status;
    if (text_.starts_with("\xEF\xBB\xBF")) {
      at_ = 3;
    } else if (source_->encoding() == "utf-8" && (text_.starts_with("\xFF\xFE") || text_.starts_with("\xFE\xFF"))) {
      return BadInput("begins with a byte order mark of utf-16; expected utf-8");
    }
    return {};
  }

  // The character so many behind at_; false: the input ends before it.
  Result<bool> Peek(size_t i, char* c) {
    while (at_ + i >= text_.size()) {
      if (at_end_) return false;
      if (Status status = FillMore(); !status.ok()) return status;
    }
    *c = text_[at_ + i];
    return true;
  }

  // A first line `sep=;`, with quotes or without: what spreadsheets understand, and some programs write, is no row.
  Status TakeSeparatorLine() {
    constexpr std::string_view kWord = "sep=";
    std::string line;
    size_t word = 0;  // Of kWord, so many have been met.
    for (char c = 0; line.size() < 32; line += c) {
      const Result<bool> more = Peek(line.size(), &c);
      if (!more.ok()) return more.status();
      if (!*more || c == '\n' || c == '\r') break;
      if (word == kWord.size() || (c == '"' && line.empty())) continue;
      if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != kWord[word++]) return {};
    }
    std::string_view separator = line;
    if (separator.size() > 2 && separator.front() == '"' && separator.back() == '"') {
      separator = separator.substr(1, separator.size() - 2);
    }
    if (separator.size() <= kWord.size() || separator.front() == '"') return {};
    separator.remove_prefix(kWord.size());
    // A spreadsheet that saves such a table again may add separators at the end.
    const char first = separator.front();
    const bool known = kSeparators.find(first) != std::string_view::npos;
    if (separator.find_first_not_of(first) != std::string_view::npos || (!known && separator.size() > 1)) return {};
    if (separator_ == 0 && !known) {
      return BadInput("line 1: '" + Shortened(line) + "': expected ',', ';' or a tab as separator");
    }
    if (separator_ == 0) separator_ = first;
    return SkipLine();
  }

  // Counts in the first line that is not blank. A quote opens only where a field begins, whatever separates them.
  Status DetectSeparator() {
    size_t counts[kSeparators.size()] = {};
    size_t unquoted[kSeparators.size()] = {};  // In the first line, as if no quote opened anything.
    bool begun = false;
    bool quoted = false;
    bool field_begins = true;
    bool first_line = true;
    for (size_t i = 0; i < kMaxRow; ++i) {  // Relative to at_, which Fill may move.
      if (at_ + i >= text_.size()) {
        if (Status status = FillMore(); !status.ok()) return status;
        if (at_ + i >= text_.size()) break;
      }
      const char c = text_[at_ + i];
      const bool line_end = c == '\n' || c == '\r';
      if (!quoted && line_end && !begun) continue;
      if (!quoted && line_end) break;
      first_line = first_line && !line_end;
      begun = true;
      // A doubled quote closes and opens again.
      if (c == '"' && (quoted || field_begins || text_[at_ + i - 1] == '"')) quoted = !quoted;
      const size_t separator = kSeparators.find(c);
      const bool separates = separator != std::string_view::npos;
      if (separates && first_line) ++unquoted[separator];
      field_begins = separates && !quoted;
      if (field_begins) ++counts[separator];
    }
    const size_t* const counted = quoted ? unquoted : counts;
    separator_ = kSeparators[static_cast<size_t>(std::max_element(counted, counted + kSeparators.size()) - counted)];
    return {};
  }

  // Names that are no text are shown as far as they are, and two columns may have one name: that matters to whoever
  // asks for them.
  Status NameColumns() {
    const auto nul = [](std::string_view field) { return field.find('\0') != std::string_view::npos; };
    if (std::all_of(fields_.begin(), fields_.end(), nul)) {
      return BadInput("line " + std::to_string(line_) + ": NUL bytes in the names of all columns; expected text in " +
                      source_->encoding() + ", and this may be utf-16");
    }
    UnescapeFields();
    for (size_t i = 0; i < fields_.size(); ++i) {
      std::string name;
      AppendAsUtf8(Trimmed(fields_[i]), &name);
      std::replace(name.begin(), name.end(), '\0', ' ');
      if (!name.empty()) behind_named_ = i + 1;
      columns_.push_back(std::move(name));
    }
    fields_.clear();
    return {};
  }

  // The next row into fields_ and row_text_, or why there is none. Never kMore.
  Result<Outcome> ReadRow() {
    for (;;) {
      if (at_ < text_.size()) {
        const Outcome outcome = ScanRow();
        if (outcome == Outcome::kGivenUp) {
          if (Status status = ShowFirstLine(); !status.ok()) return status;
          if (Status status = SkipLine(); !status.ok()) return status;
        }
        if (outcome != Outcome::kMore) return outcome;
      } else if (at_end_) {
        return Outcome::kEnd;
      }
      if (Status status = FillMore(); !status.ok()) return status;
    }
  }

  // What Scan has come to.
  struct Scanned {
    size_t bytes = 0;  // Of the row, without its line end.
    uint64_t lines = 1;
    bool leads_on = false;    // A quoted field goes over a line end, and then over a separator.
    bool lost_quote = false;  // Given up for a quote.
  };

  Outcome ScanRow() {
    Scanned row;
    Outcome outcome = Scan(false, &row);
    if (outcome != Outcome::kMore && MayBePlain(outcome, row)) {
      std::string reason = std::move(bad_reason_);
      bad_reason_.clear();
      Scanned plain;
      const Outcome second = Scan(true, &plain);
      if (second == Outcome::kMore) return second;
      const bool lost = outcome == Outcome::kGivenUp;
      const bool any_count = lost && separator_ == '\t';
      if (second == Outcome::kRow && (any_count || fields_.size() == columns_.size())) {
        row = plain;
        outcome = second;
      } else if (lost) {
        return GiveUp(std::move(reason));
      } else {
        outcome = Scan(false, &row);
      }
    }
    if (outcome != Outcome::kRow) return outcome;
    const char* const begin = text_.data() + at_;
    const char* const end = text_.data() + text_.size();
    const char* at = begin + row.bytes;
    row_text_ = std::string_view(begin, row.bytes);
    if (at < end && *at == '\r' && at + 1 < end && at[1] == '\n') ++at;
    if (at < end) ++at;
    line_ = next_line_;
    next_line_ += row.lines;
    at_ += static_cast<size_t>(at - begin);
    return Outcome::kRow;
  }

  // Whether a row may have to be read as a plain line.
  bool MayBePlain(Outcome outcome, const Scanned& row) const {
    if (outcome == Outcome::kGivenUp) return row.lost_quote && (separator_ == '\t' || !Matters(fields_.size()));
    if (separator_ != '\t' || row.lines == 1 || columns_.empty()) return false;
    const bool fits = fields_.size() == columns_.size();
    return (!fits || row.leads_on) && LinesAreRows(std::string_view(text_).substr(at_, row.bytes), fits);
  }

  // Whether each of these lines that is not blank, or the first, has a field for each column, whatever is quoted.
  bool LinesAreRows(std::string_view lines, bool all) const {
    do {
      const size_t end = std::min(lines.find_first_of("\r\n"), lines.size());
      const auto separators = static_cast<size_t>(std::count(lines.begin(), lines.begin() + end, separator_));
      if (end > 0 && separators + 1 != columns_.size()) return false;
      lines.remove_prefix(std::min(end + 1, lines.size()));
    } while (all && !lines.empty());
    return true;
  }

  // Cuts the row at at_ into fields_ and doubled_. `plain`: as a plain line.
  Outcome Scan(bool plain, Scanned* row) {
    const char* const begin = text_.data() + at_;
    const char* const end = text_.data() + text_.size();
    const char* at = begin;
    const size_t most = columns_.empty() || loose_ ? kMaxColumns : columns_.size() + kSpareFields;
    *row = Scanned();
    fields_.clear();
    doubled_.clear();
    const bool comment = loose_ && *begin == '#';
    for (;; ++at) {
      if (separator_ == kList) at = SkipBlanks(at, end);
      if (separator_ == kList && at == end && !at_end_) return Outcome::kMore;
      const bool quoted = at < end && *at == '"' && !comment;
      const Outcome outcome = !quoted ? ScanUnquoted(&at, end)
                              : plain ? ScanInLine(&at, end)
                                      : ScanQuoted(&at, end, row);
      if (outcome != Outcome::kRow) return outcome;
      if (static_cast<size_t>(at - begin) > kMaxRow) return GiveUp("the row is longer than 16 MiB");
      if (at == end || *at != separator_ || separator_ == kList) break;
      if (fields_.size() == most) {
        return GiveUp("more than " + Counted(most, "field") + Expected());
      }
    }
    if (at + 1 == end && *at == '\r' && !at_end_) return Outcome::kMore;
    row->bytes = static_cast<size_t>(at - begin);
    return Outcome::kRow;
  }

  static const char* SkipBlanks(const char* at, const char* end) {
    while (at < end && (*at == ' ' || *at == '\t')) ++at;
    return at;
  }

  // Whether the text of this column is used by anybody.
  bool Matters(size_t column) const { return column >= used_.size() || used_[column]; }
  size_t MostBytes() const { return Matters(fields_.size()) ? kMaxField : kMaxRow; }  // Of the next field.
  std::string MostText() const { return Matters(fields_.size()) ? "1 MiB" : "16 MiB"; }

  // A field from *at on; *at is then at what ends it.
  Outcome ScanUnquoted(const char** at, const char* end) {
    const char* const stop = FindBreak(*at, end, separator_);
    const auto length = static_cast<size_t>(stop - *at);
    if (length > MostBytes()) return GiveUp("a field is longer than " + MostText());
    if (stop == end && !at_end_) return Outcome::kMore;
    fields_.emplace_back(*at, length);
    if (separator_ == kList) fields_[0] = WithoutBlanks(fields_[0]);
    *at = stop;
    return Outcome::kRow;
  }

  Outcome ScanQuoted(const char** at, const char* end, Scanned* row) {
    const char* const begin = *at + 1;
    const char* from = begin;
    bool doubled = false;
    for (;;) {
      const auto* quote = static_cast<const char*>(std::memchr(from, '"', static_cast<size_t>(end - from)));
      const size_t length = static_cast<size_t>((quote == nullptr ? end : quote) - begin);
      if (length > MostBytes()) return LoseQuote(Unclosed(row->lines) + " within " + MostText(), row);
      if (quote == nullptr) return at_end_ ? LoseQuote(Unclosed(row->lines), row) : Outcome::kMore;
      *at = quote + 1;
      if (*at == end && !at_end_) return Outcome::kMore;
      if (*at == end || **at != '"') {
        if (separator_ == kList) *at = SkipBlanks(*at, end);
        if (separator_ == kList && *at == end && !at_end_) return Outcome::kMore;
        if (*at < end && **at != separator_ && **at != '\n' && **at != '\r') {
          return LoseQuote("text after a closing quote; expected a separator or the end of the line", row);
        }
        fields_.emplace_back(begin, length);
        break;
      }
      doubled = true;
      from = *at + 1;
    }
    if (doubled) doubled_.push_back(fields_.size() - 1);
    const uint64_t line_ends = CountLineEnds(fields_.back());
    row->lines += line_ends;
    row->leads_on = row->leads_on || (line_ends > 0 && fields_.back().find(separator_) != std::string_view::npos);
    return Outcome::kRow;
  }

  // Of a plain line: a field that begins with a quote.
  Outcome ScanInLine(const char** at, const char* end) {
    const char* const begin = *at + 1;
    bool doubled = false;
    for (const char* c = begin;; ++c) {
      if (static_cast<size_t>(c - begin) > MostBytes()) break;
      if (c == end && !at_end_) return Outcome::kMore;
      if (c == end || *c == '\n' || *c == '\r') break;
      if (*c != '"') continue;
      if (c + 1 == end && !at_end_) return Outcome::kMore;
      if (c + 1 < end && c[1] == '"') {
        doubled = true;
        ++c;
        continue;
      }
      if (c + 1 < end && c[1] != separator_ && c[1] != '\n' && c[1] != '\r') break;
      if (doubled) doubled_.push_back(fields_.size());
      fields_.emplace_back(begin, static_cast<size_t>(c - begin));
      *at = c + 1;
      return Outcome::kRow;
    }
    return ScanUnquoted(at, end);
  }

  Outcome LoseQuote(std::string reason, Scanned* row) {
    row->lost_quote = true;
    return GiveUp(std::move(reason));
  }

  std::string Unclosed(uint64_t lines) const {
    return "quote opened on line " + std::to_string(next_line_ + lines - 1) + " is not closed";
  }

  std::string Expected() const {
    return columns_.empty() ? std::string() : ", expected " + std::to_string(columns_.size());
  }

  Outcome GiveUp(std::string reason) {
    bad_reason_ = std::move(reason);
    return Outcome::kGivenUp;
  }

  size_t FirstLineLength() const {
    const char* const begin = text_.data() + at_;
    return static_cast<size_t>(FindBreak(begin, text_.data() + text_.size(), '\n') - begin);
  }

  // The line at at_ as the text at fault, as much of it as is shown.
  Status ShowFirstLine() {
    size_t length = FirstLineLength();
    while (length <= kShownBytes && at_ + length == text_.size() && !at_end_) {
      if (Status status = FillMore(); !status.ok()) return status;
      length = FirstLineLength();
    }
    bad_text_ = Shortened(std::string_view(text_).substr(at_, length));
    return {};
  }

  // Drops the line at at_, however long it is.
  Status SkipLine() {
    line_ = next_line_++;
    for (size_t dropped = 0;;) {
      const size_t length = FirstLineLength();
      at_ += length;
      dropped += length;
      if (dropped > kMaxLine) return EndlessLine();
      const bool may_go_on = at_ == text_.size() || (text_[at_] == '\r' && at_ + 1 == text_.size());
      if (!may_go_on || at_end_) break;
      if (Status status = FillMore(); !status.ok()) return status;
    }
    if (std::string_view(text_).substr(at_).starts_with("\r\n")) ++at_;
    if (at_ < text_.size()) ++at_;
    return {};
  }

  // No text has such lines: a device, or something that is no table.
  Status EndlessLine() {
    at_end_ = true;
    text_.clear();
    at_ = 0;
    return BadInput("line " + std::to_string(line_) + ": has no end within 64 MiB; expected a table");
  }

  // What is wrong with a field's text; empty: nothing.
  std::string FaultOf(std::string_view text) const {
    if (text.find('\0') != std::string_view::npos) return "a NUL byte; expected text";
    const size_t valid = ValidUtf8Prefix(text);
    if (valid == text.size()) return {};
    if (source_->encoding() != "utf-8") return "text that is not valid " + source_->encoding();
    constexpr char kHex[] = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(text[valid]);
    return std::string("text that is not valid utf-8: byte 0x") + kHex[byte >> 4] + kHex[byte & 15];
  }

  // Whether there is a field for each column, once those are added or taken away that say nothing.
  bool FitFields() {
    const size_t count = columns_.size();
    while (fields_.size() > count && fields_.back().empty()) fields_.pop_back();
    const bool enough = fields_.size() >= behind_named_ || (!used_.empty() && fields_.size() > behind_used_);
    if (fields_.size() < count && enough) fields_.resize(count);
    return fields_.size() == count;
  }

  // A sound row? A wrong text is told before a wrong number of fields, of which it may be the cause.
  bool CheckRow() {
    const size_t found = fields_.size();
    const bool right_count = loose_ || FitFields();
    if (!clean_ && !IsClean(row_text_)) {
      for (size_t i = 0; i < fields_.size(); ++i) {
        if (right_count && !Matters(i)) continue;
        bad_reason_ = FaultOf(fields_[i]);
        if (bad_reason_.empty()) continue;
        if (right_count && !loose_) bad_column_ = columns_[i];
        bad_text_ = Shortened(fields_[i]);
        return false;
      }
    }
    if (right_count) return true;
    bad_reason_ = Counted(found, "field") + Expected();
    bad_text_ = Shortened(row_text_);
    return false;
  }

  // In place: the row is never scanned again.
  void UnescapeFields() {
    for (size_t i : doubled_) {
      char* const begin = text_.data() + (fields_[i].data() - text_.data());
      char* to = begin;
      for (const char *from = begin, *end = begin + fields_[i].size(); from < end; ++from) {
        *to++ = *from;
        if (*from == '"') ++from;
      }
      fields_[i] = std::string_view(begin, static_cast<size_t>(to - begin));
    }
    doubled_.clear();
  }

  std::unique_ptr<ByteSource> source_;
  const std::string path_;
  char separator_;
  const bool loose_;
  std::string text_;  // Read but not consumed: from at_ on.
  size_t at_ = 0;
  bool clean_ = true;    // text_ is ASCII without NUL. False says nothing.
  bool at_end_ = false;  // Nothing will come behind text_.
  bool first_row_waits_ = false;
  std::vector<std::string> columns_;
  size_t behind_named_ = 0;  // Columns from here on have no name.
  std::vector<bool> used_;   // By column; empty: all are.
  size_t behind_used_ = 0;   // Columns from here on are not used.
  std::vector<std::string_view> fields_, bad_fields_;
  std::vector<size_t> doubled_;  // Which fields hold doubled quotes.
  std::string_view row_text_;
  uint64_t row_ = 0;
  uint64_t line_ = 0;
  uint64_t next_line_ = 1;
  std::string bad_column_;
  std::string bad_reason_;
  std::string bad_text_;
};

Result<std::unique_ptr<TableReader>> StartReader(Result<std::unique_ptr<ByteSource>> source, const std::string& path,
                                                 const TableOptions& options) {
  if (!source.ok()) return source.status();
  const std::string shown = path == "-" ? "standard input" : path;
  if (options.separator != 0 && options.separator != kList &&
      kSeparators.find(options.separator) == std::string_view::npos) {
    return Status(StatusCode::kInvalidArgument, shown + ": unknown separator; expected ',', ';', a tab or a line end");
  }
  auto reader = std::make_unique<Reader>(*std::move(source), shown, options);
  if (Status status = reader->Start(options.header); !status.ok()) return status;
  return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace

Result<std::unique_ptr<TableReader>> TableReader::Open(const std::string& path, const TableOptions& options) {
  return StartReader(ByteSource::OpenFile(path, options.encoding, options.cancelled), path, options);
}

Result<std::unique_ptr<TableReader>> OpenMemoryTable(std::string_view bytes, const std::string& name,
                                                     const TableOptions& options, size_t chunk) {
  return StartReader(ByteSource::OpenMemory(bytes, name, options.encoding, chunk), name, options);
}

}  // namespace burin::internal
