// A walk over all marks of an index: serials in order, then partial records, then records without a mark. Keys are read
// in runs of KeyGroup::kMaxRead.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/mark_text.h"
#include "src/index/keys/key_group.h"

namespace burin::internal {
namespace {

static_assert(sizeof(burin_mark) == 32);

class Cursor {
 public:
  explicit Cursor(std::shared_ptr<const Index> index)
      : index_(std::move(index)), source_(index_->FindAttribute("source")) {}

  bool Next(burin_mark* mark) {
    mark_ = {};
    text_read_ = key_read_ = source_read_ = false;
    at_mark_ = NextSerial() || NextPartial() || NextMissing();
    if (at_mark_) mark_.record_id = index_->record_id(record_);
    *mark = mark_;
    return at_mark_;
  }
  const burin_mark& mark() const { return mark_; }
  uint64_t record() const { return record_; }
  // Of a serial or a partial record.
  const std::u32string& symbols() const { return symbols_; }

  bool at_mark() const { return at_mark_; }
  const std::string& serial() const { return serial_; }
  const std::string& text() {
    if (!text_read_) {
      text_value_.clear();
      if (!index_->AppendText(record(), &text_value_)) text_value_ = serial_;
      text_read_ = true;
    }
    return text_value_;
  }
  const std::string& key() {
    if (!key_read_) {
      key_value_.clear();
      index_->AppendKey(record(), &key_value_);
      key_read_ = true;
    }
    return key_value_;
  }
  const std::string& source() {
    if (!source_read_) {
      source_value_ = ValueOf(source_, record());
      source_read_ = true;
    }
    return source_value_;
  }

 private:
  bool NextSerial() {
    if (rank_started_ && ++posting_ >= index_->postings_size(rank_)) {
      rank_started_ = false;
      ++rank_;
    }
    if (rank_ >= index_->info().serials) return false;
    if (!rank_started_) {
      rank_started_ = true;
      posting_ = 0;
      ReadSerial();
    }
    mark_.kind = BURIN_MARK_SERIAL;
    mark_.number = rank_;
    record_ = index_->posting(rank_, posting_);
    return true;
  }

  void ReadSerial() {
    if (group_ == nullptr || rank_ >= run_end_) {
      group_ = &GroupOf(*index_, rank_);
      const uint64_t first = rank_ - group_->first_rank();
      const uint64_t last = std::min(first + KeyGroup::kMaxRead, group_->size());
      codes_.resize(KeyGroup::kMaxRead * group_->length());
      group_->Read(first, last, codes_.data());
      run_begin_ = rank_;
      run_end_ = rank_ + (last - first);
    }
    KeySymbols(*group_, &codes_[(rank_ - run_begin_) * group_->length()], &symbols_);
    serial_.clear();
    AppendItems(symbols_, &serial_);
  }

  bool NextPartial() {
    if (partial_ >= index_->partial_count()) return false;
    index_->partial_items(partial_, &symbols_);
    serial_.clear();
    AppendItems(symbols_, &serial_);
    mark_.kind = BURIN_MARK_PARTIAL;
    mark_.number = partial_;
    record_ = index_->partial_record(partial_++);
    return true;
  }

  bool NextMissing() {
    serial_.clear();
    if (missing_ >= index_->missing_count()) return false;
    mark_.kind = BURIN_MARK_MISSING;
    mark_.missing = static_cast<uint32_t>(index_->missing_kind(missing_));
    mark_.number = missing_;
    record_ = index_->missing_record(missing_++);
    return true;
  }

  std::shared_ptr<const Index> index_;
  const AttributeColumn* source_;
  uint64_t rank_ = 0, posting_ = 0, partial_ = 0, missing_ = 0;
  bool rank_started_ = false;
  const KeyGroup* group_ = nullptr;
  uint64_t run_begin_ = 0, run_end_ = 0;
  std::vector<uint16_t> codes_;
  std::u32string symbols_;

  bool at_mark_ = false;
  burin_mark mark_ = {};
  uint64_t record_ = 0;
  bool text_read_ = false, key_read_ = false, source_read_ = false;
  std::string serial_, text_value_, key_value_, source_value_;
};

// Of one index, or of all segments of one: their cursors, merged. Deleted records are passed over.
class MarkCursor {
 public:
  explicit MarkCursor(const std::shared_ptr<const Index>& index) : segments_(index->segments()), keeps_alive_(index) {
    if (segments_.empty()) cursors_.emplace_back(index);
    for (const IndexSegment& segment : segments_) cursors_.emplace_back(segment.index);
    for (size_t i = 0; i < segments_.size(); ++i) Advance(i);
  }

  bool Next(burin_mark* mark) {
    if (segments_.empty()) return cursors_[0].Next(mark);
    if (at_ != kNowhere) Advance(at_);
    at_ = kNowhere;
    for (size_t i = 0; i < cursors_.size(); ++i) {
      if (cursors_[i].at_mark() && (at_ == kNowhere || Before(cursors_[i], cursors_[at_]))) at_ = i;
    }
    *mark = {};
    if (at_ == kNowhere) return false;
    *mark = cursors_[at_].mark();
    Number(mark);
    return true;
  }

  bool at_mark() const { return segments_.empty() ? cursors_[0].at_mark() : at_ != kNowhere; }
  Cursor& at() { return cursors_[segments_.empty() ? 0 : at_]; }

 private:
  static constexpr size_t kNowhere = ~size_t{0};

  void Advance(size_t i) {
    burin_mark ignored;
    while (cursors_[i].Next(&ignored) && segments_[i].IsDeleted(cursors_[i].record())) {
    }
  }
  static bool Before(const Cursor& a, const Cursor& b) {
    if (a.mark().kind != b.mark().kind) return a.mark().kind < b.mark().kind;
    if (a.mark().kind == BURIN_MARK_SERIAL) {
      if (a.symbols().size() != b.symbols().size()) return a.symbols().size() < b.symbols().size();
      if (const int order = a.symbols().compare(b.symbols()); order != 0) return order < 0;
    }
    return a.mark().record_id < b.mark().record_id;
  }
  // Its number in the whole: among the serials, or of its kind.
  void Number(burin_mark* mark) {
    const bool serial = mark->kind == BURIN_MARK_SERIAL;
    const bool same = mark->kind == last_kind_ && serial && cursors_[at_].symbols() == last_serial_;
    if (mark->kind != last_kind_) next_number_ = 0;
    if (!same) ++next_number_;
    mark->number = next_number_ - 1;
    last_kind_ = mark->kind;
    if (serial) last_serial_ = cursors_[at_].symbols();
  }

  std::span<const IndexSegment> segments_;
  std::shared_ptr<const Index> keeps_alive_;
  std::vector<Cursor> cursors_;
  size_t at_ = kNowhere;
  uint32_t last_kind_ = ~uint32_t{0};
  uint64_t next_number_ = 0;
  std::u32string last_serial_;
};

}  // namespace
}  // namespace burin::internal

struct burin_cursor {
  burin::internal::MarkCursor cursor;
};

using namespace burin::internal;  // NOLINT: definitions of C functions only.

namespace {

template <typename Read>
const char* AtMark(burin_cursor* cursor, size_t* size, Read read) {
  if (cursor == nullptr || !cursor->cursor.at_mark()) return NoAnswer(size);
  const char* text = GuardValue<const char*>(nullptr, [&] { return Answer(read(cursor->cursor.at()), size); });
  return text == nullptr ? NoAnswer(size) : text;
}

}  // namespace

extern "C" {

burin_status burin_cursor_create(const burin_index* index, burin_cursor** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    *out = new burin_cursor{MarkCursor(index->index)};
    return Status();
  });
}

void burin_cursor_destroy(burin_cursor* cursor) { delete cursor; }

burin_status burin_cursor_next(burin_cursor* cursor, burin_mark* mark, int32_t* more, burin_error** error) {
  if (more != nullptr) *more = 0;
  return Guard(error, [&]() -> Status {
    if (cursor == nullptr) return IsNull("cursor");
    if (more == nullptr) return IsNull("more");
    burin_mark next;
    *more = cursor->cursor.Next(&next) ? 1 : 0;
    if (mark != nullptr) *mark = next;
    return Status();
  });
}

const char* burin_cursor_serial(burin_cursor* cursor, size_t* size) {
  return AtMark(cursor, size, [](Cursor& c) -> const std::string& { return c.serial(); });
}
const char* burin_cursor_text(burin_cursor* cursor, size_t* size) {
  return AtMark(cursor, size, [](Cursor& c) -> const std::string& { return c.text(); });
}
const char* burin_cursor_key(burin_cursor* cursor, size_t* size) {
  return AtMark(cursor, size, [](Cursor& c) -> const std::string& { return c.key(); });
}
const char* burin_cursor_source(burin_cursor* cursor, size_t* size) {
  return AtMark(cursor, size, [](Cursor& c) -> const std::string& { return c.source(); });
}

}  // extern "C"
