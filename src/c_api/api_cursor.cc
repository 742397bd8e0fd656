// A walk over all marks of an index: serials in order, then partial records, then records without a mark. Keys are read
// in runs of KeyGroup::kMaxRead.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"
#include "src/c_api/mark_text.h"
#include "src/mark/fold.h"

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
    if (at_mark_) ++mark_.record_id;  // From a number to an id.
    *mark = mark_;
    return at_mark_;
  }

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
  uint64_t record() const { return mark_.record_id - 1; }

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
    mark_.record_id = index_->posting(rank_, posting_);
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
    mark_.record_id = index_->partial_record(partial_++);
    return true;
  }

  bool NextMissing() {
    serial_.clear();
    if (missing_ >= index_->missing_count()) return false;
    mark_.kind = BURIN_MARK_MISSING;
    mark_.missing = static_cast<uint32_t>(index_->missing_kind(missing_));
    mark_.number = missing_;
    mark_.record_id = index_->missing_record(missing_++);
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
  bool text_read_ = false, key_read_ = false, source_read_ = false;
  std::string serial_, text_value_, key_value_, source_value_;
};

}  // namespace
}  // namespace burin::internal

struct burin_cursor {
  burin::internal::Cursor cursor;
};

using namespace burin::internal;  // NOLINT: definitions of C functions only.

namespace {

template <typename Read>
const char* AtMark(burin_cursor* cursor, size_t* size, Read read) {
  if (cursor == nullptr || !cursor->cursor.at_mark()) return NoAnswer(size);
  const char* text = GuardValue<const char*>(nullptr, [&] { return Answer(read(cursor->cursor), size); });
  return text == nullptr ? NoAnswer(size) : text;
}

}  // namespace

extern "C" {

burin_status burin_cursor_create(const burin_index* index, burin_cursor** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    *out = new burin_cursor{Cursor(index->index)};
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
