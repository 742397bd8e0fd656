#include "src/query/column_rule.h"

#include <algorithm>

namespace burin::internal {
namespace {

constexpr uint64_t kOneIn = 20;
constexpr uint64_t kMostRows = 65536;
constexpr uint64_t kMostBytes = uint64_t{1} << 24;
// How many times as many digitless texts as the places would give by chance are still chance: places depend on each
// other.
constexpr double kSlack = 8;

bool HasAsciiDigit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// One word: letters of a serial stand together, or are kept apart by punctuation.
bool IsOneWord(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text.find_first_of(" \t\n") == text.npos;
}

}  // namespace

void ColumnCounts::Add(const std::vector<RecordedMark>& marks) {
  const bool any = std::any_of(marks.begin(), marks.end(), [](const RecordedMark& mark) {
    return mark.missing == Missing::kNone || mark.missing == Missing::kTooLong;
  });
  if (!any) return;
  ++texts_;
  if (marks.size() != 1 || marks[0].partial || marks[0].missing != Missing::kNone) return;
  const std::u32string& serial = marks[0].symbols;
  const size_t size = std::min(serial.size(), kMaxMarkSymbols);
  if (IsDigitless(marks[0])) {
    ++digitless_;
    ++digitless_of_[size];
    return;
  }
  ++serials_[size];
  for (size_t i = 0; i < size; ++i) letters_[size][i] += serial[i] > U'9';
}

bool ColumnCounts::IsNoSerial(const RecordedMark& mark, std::string_view text) const {
  if (digitless_ * kOneIn >= texts_) return false;
  const size_t size = std::min(mark.symbols.size(), kMaxMarkSymbols);
  if (!IsOneWord(text) || serials_[size] == 0) return true;
  double expected = static_cast<double>(serials_[size]);
  for (size_t i = 0; i < size; ++i) {
    expected *= static_cast<double>(letters_[size][i]) / static_cast<double>(serials_[size]);
  }
  return expected * kSlack < static_cast<double>(digitless_of_[size]);
}

LookAheadTable::Row LookAheadTable::Keep(RowState state) const {
  Row row;
  row.state = state;
  row.row = table_->row();
  row.line = table_->line();
  if (state == RowState::kBad) {
    row.bad_column = table_->bad_column();
    row.bad_reason = table_->bad_reason();
    row.bad_text = table_->bad_text();
  }
  for (const std::string_view field : state == RowState::kBad ? table_->bad_fields() : table_->fields()) {
    row.bytes += field;
    row.ends.push_back(row.bytes.size());
  }
  return row;
}

void LookAheadTable::LookAhead(RowState state) {
  looked_ = true;
  uint64_t bytes = 0;
  for (;;) {
    ahead_.push_back(Keep(state));
    const Row& last = ahead_.back();
    bytes += sizeof(Row) + last.bytes.size() + last.ends.size() * sizeof(size_t);
    if (state == RowState::kRow) read_(table_->fields()[column_]);
    if (ahead_.size() >= kMostRows || bytes >= kMostBytes) return;
    end_ = table_->Next();
    if (!end_.ok() || *end_ == RowState::kEnd) return;
    state = *end_;
  }
}

Result<RowState> LookAheadTable::Next() {
  row_.reset();
  if (ahead_.empty()) {
    if (looked_ && (!end_.ok() || *end_ == RowState::kEnd)) return end_;
    Result<RowState> next = table_->Next();
    if (looked_ || !next.ok() || *next != RowState::kRow) return next;
    const std::string_view text = table_->fields()[column_];
    if (text.empty() || HasAsciiDigit(text)) return next;
    LookAhead(*next);
  }
  row_ = std::make_unique<Row>(std::move(ahead_.front()));
  ahead_.pop_front();
  views_.clear();
  size_t begin = 0;
  for (const size_t end : row_->ends) {
    views_.push_back(std::string_view(row_->bytes).substr(begin, end - begin));
    begin = end;
  }
  return row_->state;
}

}  // namespace burin::internal
