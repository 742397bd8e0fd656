// How a row is read. The text waits in one buffer. A row without quotes, which is nearly every row, ends at the next
// line break, found by memchr, and is split in place; its fields are views. A row with quotes is scanned character by
// character and only fields with doubled quotes are copied. When the buffer ends inside a row the rest is moved to its
// front and more is read. A quote that is never closed would swallow the file: past kMaxField the row is given up and
// reading goes on at the line behind the one on which the row began.
#include "src/table/table_reader.h"

#include <algorithm>
#include <cstring>
#include <deque>

#include <utf8proc.h>

#include "src/table/byte_source.h"
#include "src/table/memory_table.h"

namespace burin::internal {
namespace {

constexpr size_t kMaxField = size_t{1} << 20;
constexpr size_t kShownText = 60;

bool IsAscii(std::string_view text) {
  size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    uint64_t word;
    std::memcpy(&word, text.data() + i, 8);
    if (word & 0x8080808080808080u) return false;
  }
  for (; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return false;
  }
  return true;
}

bool IsUtf8(std::string_view text) {
  if (IsAscii(text)) return true;
  const auto* at = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t code_point;
    const utf8proc_ssize_t n = utf8proc_iterate(at, left, &code_point);
    if (n <= 0) return false;
    at += n;
    left -= n;
  }
  return true;
}

std::string Shortened(std::string_view text) {
  std::string out(text.substr(0, kShownText));
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < 0x20) c = ' ';
  }
  while (!out.empty() && !IsUtf8(out) && text.size() > kShownText) {
    if (static_cast<unsigned char>(out.back()) < 0x80) break;
    out.pop_back();
  }
  for (char& c : out) {
    if (!IsUtf8(out) && static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return text.size() > kShownText ? out + "..." : out;
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

class Reader : public TableReader {
 public:
  Reader(std::unique_ptr<ByteSource> source, std::string path, char separator)
      : source_(std::move(source)), path_(std::move(path)), separator_(separator) {}

  Status ReadHeader(bool header) {
    Result<bool> more = Fill();
    if (!more.ok()) return more.status();
    while (text_.size() < 3 && !at_end_) {
      if (more = Fill(); !more.ok()) return more.status();
    }
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    if (separator_ == 0) {
      if (Status s = DetectSeparator(); !s.ok()) return s;
    }
    Result<Parsed> parsed = ParseRow();
    while (parsed.ok() && *parsed == Parsed::kRow && header && fields_.size() == 1 && fields_[0].empty())
      parsed = ParseRow();
    if (!parsed.ok()) return parsed.status();
    if (*parsed == Parsed::kEnd) {
      return Status(StatusCode::kBadInput, path_ + ": empty; expected " + (header ? "a header line" : "rows"));
    }
    if (*parsed == Parsed::kBad) return Status(StatusCode::kBadInput, path_ + ": header: " + bad_reason_);
    if (!header) {
      for (size_t i = 0; i < fields_.size(); ++i) columns_.push_back(std::to_string(i + 1));
      at_ = row_begin_;  // Nothing was read since.
      next_line_ = line_;
      return Status();
    }
    return NameColumns();
  }

  const std::vector<std::string>& columns() const override { return columns_; }
  const std::vector<std::string_view>& fields() const override { return fields_; }
  uint64_t row() const override { return row_; }
  uint64_t line() const override { return line_; }
  const std::string& bad_column() const override { return bad_column_; }
  const std::string& bad_reason() const override { return bad_reason_; }
  const std::string& bad_text() const override { return bad_text_; }
  const std::string& path() const override { return path_; }
  uint64_t bytes_read() const override { return source_->bytes_read(); }
  uint64_t bytes_total() const override { return source_->bytes_total(); }

  Result<RowState> Next() override {
    for (;;) {
      bad_column_.clear();
      bad_reason_.clear();
      bad_text_.clear();
      Result<Parsed> parsed = ParseRow();
      if (!parsed.ok()) return parsed.status();
      if (*parsed == Parsed::kEnd) return RowState::kEnd;
      const bool blank = *parsed == Parsed::kRow && fields_.size() == 1 && row_text_.empty();
      if (blank && columns_.size() > 1) continue;
      ++row_;
      if (*parsed == Parsed::kBad) return RowState::kBad;
      return CheckRow() ? RowState::kRow : RowState::kBad;
    }
  }

 private:
  enum class Parsed { kRow, kBad, kEnd };

  // Moves what is left to the front and reads more. False at the end of the input.
  Result<bool> Fill() {
    if (at_end_) return false;
    text_.erase(0, at_);
    at_ = 0;
    const size_t before = text_.size();
    if (Status s = source_->Read(&text_); !s.ok()) {
      at_end_ = true;
      text_.clear();
      return s;
    }
    at_end_ = text_.size() == before;
    return !at_end_;
  }

  Status DetectSeparator() {
    size_t counts[3] = {0, 0, 0};
    constexpr char kSeparators[3] = {',', ';', '\t'};
    bool quoted = false;
    for (size_t i = at_;; ++i) {
      while (i >= text_.size() && text_.size() - at_ < kMaxField) {
        const size_t offset = i - at_;
        Result<bool> more = Fill();
        if (!more.ok()) return more.status();
        i = at_ + offset;
        if (!*more) break;
      }
      if (i >= text_.size()) break;
      const char c = text_[i];
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '\n' || c == '\r')) break;
      for (int s = 0; s < 3 && !quoted; ++s) counts[s] += c == kSeparators[s];
    }
    separator_ = kSeparators[std::max_element(counts, counts + 3) - counts];
    return Status();
  }

  Status NameColumns() {
    for (size_t i = 0; i < fields_.size(); ++i) {
      const std::string name(Trimmed(fields_[i]));
      if (!IsUtf8(name)) {
        return Status(StatusCode::kBadInput,
                      path_ + ": header: column " + std::to_string(i + 1) + " is not valid " + source_->encoding());
      }
      if (!name.empty() && std::find(columns_.begin(), columns_.end(), name) != columns_.end()) {
        return Status(StatusCode::kBadInput, path_ + ": header: two columns are named '" + name + "'");
      }
      columns_.push_back(name);
    }
    return Status();
  }

  // One row from the buffer into fields_, quick way or careful way.
  Result<Parsed> ParseRow() {
    for (;;) {
      fields_.clear();
      if (skipping_ && at_ < text_.size()) SkipLine();
      if (at_ < text_.size()) {
        bool whole = false;
        const Parsed parsed = TryRow(&whole);
        if (whole) return parsed;
        if (text_.size() - at_ > kMaxField * std::max<size_t>(columns_.size(), 1)) return GiveUp();
      } else if (at_end_) {
        return Parsed::kEnd;
      }
      Result<bool> more = Fill();
      if (!more.ok()) return more.status();
    }
  }

  Parsed TryRow(bool* whole) {
    const char* begin = text_.data() + at_;
    const size_t left = text_.size() - at_;
    const auto* newline = static_cast<const char*>(std::memchr(begin, '\n', left));
    const size_t until = newline != nullptr ? static_cast<size_t>(newline - begin) : left;
    const bool plain =
        std::memchr(begin, '"', until) == nullptr && std::memchr(begin, '\r', until > 0 ? until - 1 : 0) == nullptr;
    if (plain) {
      if (newline == nullptr && !at_end_) return Parsed::kEnd;
      *whole = true;
      size_t length = until;
      if (length > 0 && begin[length - 1] == '\r') --length;
      SplitPlain({begin, length});
      Behind(until + (newline != nullptr ? 1 : 0), 1);
      return Parsed::kRow;
    }
    return TryQuoted(whole);
  }

  void SplitPlain(std::string_view row) {
    row_text_ = row;
    const char* at = row.data();
    const char* end = at + row.size();
    for (;;) {
      const auto* next = static_cast<const char*>(std::memchr(at, separator_, static_cast<size_t>(end - at)));
      if (next == nullptr) break;
      fields_.emplace_back(at, static_cast<size_t>(next - at));
      at = next + 1;
    }
    fields_.emplace_back(at, static_cast<size_t>(end - at));
  }

  void Behind(size_t bytes, uint64_t lines) {
    line_ = next_line_;
    next_line_ += lines;
    row_begin_ = at_;
    at_ += bytes;
  }

  Parsed TryQuoted(bool* whole) {
    size_t i = at_;
    uint64_t breaks = 0;
    bool misplaced = false;
    unquoted_.clear();
    for (;;) {
      bool more_fields = false;
      if (!TryField(&i, &breaks, &misplaced, &more_fields)) {
        if (!at_end_) return Parsed::kEnd;
        *whole = true;
        return GiveUp();
      }
      if (!more_fields) break;
    }
    // i stands at the line break or at the end.
    row_text_ = std::string_view(text_).substr(at_, i - at_);
    if (i < text_.size() && text_[i] == '\r') {
      if (i + 1 >= text_.size() && !at_end_) return Parsed::kEnd;
      if (i + 1 < text_.size() && text_[i + 1] == '\n') ++i;
    } else if (i >= text_.size() && !at_end_) {
      return Parsed::kEnd;
    }
    *whole = true;
    Behind(std::min(i + 1, text_.size()) - at_, breaks + 1);
    if (!misplaced) return Parsed::kRow;
    Bad("", "text behind a closing quote; expected a separator or the end of the line", row_text_);
    return Parsed::kBad;
  }

  // A field from *i on; afterwards *i is behind its separator (*more) or at what ends the row. False if the text ends
  // within a quoted field.
  bool TryField(size_t* i, uint64_t* breaks, bool* misplaced, bool* more) {
    const auto ends_field = [&](char c) { return c == separator_ || c == '\n' || c == '\r'; };
    size_t begin = *i, end = begin;
    if (begin < text_.size() && text_[begin] == '"') {
      begin = ++*i;
      bool doubled = false;
      for (;; ++*i) {
        if (*i >= text_.size()) return false;
        const char c = text_[*i];
        *breaks += c == '\n' || (c == '\r' && (*i + 1 >= text_.size() || text_[*i + 1] != '\n'));
        if (c != '"') continue;
        if (*i + 1 >= text_.size() || text_[*i + 1] != '"') break;
        doubled = true;
        ++*i;
      }
      end = (*i)++;
      if (*i < text_.size() && !ends_field(text_[*i])) *misplaced = true;
      while (*i < text_.size() && !ends_field(text_[*i])) ++*i;
      AddField(begin, end, doubled);
    } else {
      while (*i < text_.size() && !ends_field(text_[*i])) ++*i;
      AddField(begin, *i, false);
    }
    *more = *i < text_.size() && text_[*i] == separator_;
    if (*more) ++*i;
    return true;
  }

  void AddField(size_t begin, size_t end, bool doubled) {
    const std::string_view raw = std::string_view(text_).substr(begin, end - begin);
    if (!doubled) {
      fields_.push_back(raw);
      return;
    }
    std::string& copy = unquoted_.emplace_back();
    for (size_t i = 0; i < raw.size(); ++i) {
      copy.push_back(raw[i]);
      if (raw[i] == '"') ++i;
    }
    fields_.push_back(copy);
  }

  // The row is unusable as a whole: a quote is not closed, or there is no end to it. Its first line is skipped.
  Parsed GiveUp() {
    const size_t end = text_.find('\n', at_);
    const size_t until = end == std::string::npos ? text_.size() : end + 1;
    const std::string text(text_, at_, std::min<size_t>(until - at_, 200));
    Behind(until - at_, 1);
    skipping_ = end == std::string::npos;
    const bool quoted = text.find('"') != std::string::npos;
    Bad("",
        quoted ? "a quote opened on line " + std::to_string(line_) + " is not closed"
               : std::string("the row is too long"),
        text);
    return Parsed::kBad;
  }

  // What is left of a line that was given up before its end had come in.
  void SkipLine() {
    const size_t end = text_.find('\n', at_);
    skipping_ = end == std::string::npos;
    at_ = skipping_ ? text_.size() : end + 1;
  }

  void Bad(std::string column, std::string reason, std::string_view text) {
    bad_column_ = std::move(column);
    bad_reason_ = std::move(reason);
    bad_text_ = Shortened(text);
    fields_.clear();
  }

  bool CheckRow() {
    if (fields_.size() != columns_.size()) {
      const size_t count = fields_.size();
      Bad("",
          std::to_string(count) + (count == 1 ? " field" : " fields") + "; expected " + std::to_string(columns_.size()),
          row_text_);
      return false;
    }
    if (IsAscii(row_text_) && std::memchr(row_text_.data(), 0, row_text_.size()) == nullptr) return CheckSizes();
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (fields_[i].find('\0') != std::string_view::npos) {
        Bad(columns_[i], "holds a NUL byte", fields_[i]);
        return false;
      }
      if (!IsUtf8(fields_[i])) {
        Bad(columns_[i], "is not valid " + source_->encoding(), fields_[i]);
        return false;
      }
    }
    return CheckSizes();
  }
  bool CheckSizes() {
    if (row_text_.size() <= kMaxField) return true;
    for (size_t i = 0; i < fields_.size(); ++i) {
      if (fields_[i].size() > kMaxField) {
        Bad(columns_[i], "is longer than 1 MiB", fields_[i]);
        return false;
      }
    }
    return true;
  }

  std::unique_ptr<ByteSource> source_;
  std::string path_;
  char separator_;
  std::string text_;
  size_t at_ = 0;
  size_t row_begin_ = 0;
  bool at_end_ = false;
  bool skipping_ = false;
  std::vector<std::string> columns_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> unquoted_;
  std::string_view row_text_;
  uint64_t row_ = 0, line_ = 0, next_line_ = 1;
  std::string bad_column_, bad_reason_, bad_text_;
};

Result<std::unique_ptr<TableReader>> Start(Result<std::unique_ptr<ByteSource>> source, const std::string& path,
                                           const TableOptions& options) {
  if (!source.ok()) return source.status();
  if (std::string_view(",;\t").find(options.separator) == std::string_view::npos && options.separator != 0) {
    return Status(StatusCode::kInvalidArgument, "unknown separator; expected ',', ';' or a tab");
  }
  auto reader = std::make_unique<Reader>(*std::move(source), path == "-" ? "standard input" : path, options.separator);
  if (Status s = reader->ReadHeader(options.header); !s.ok()) return s;
  return std::unique_ptr<TableReader>(std::move(reader));
}

}  // namespace

Result<std::unique_ptr<TableReader>> TableReader::Open(const std::string& path, const TableOptions& options) {
  return Start(ByteSource::OpenFile(path, options.encoding), path, options);
}

Result<std::unique_ptr<TableReader>> OpenMemoryTable(std::string_view bytes, const std::string& name,
                                                     const TableOptions& options, size_t chunk) {
  return Start(ByteSource::OpenMemory(bytes, options.encoding, chunk), name, options);
}

}  // namespace burin::internal
