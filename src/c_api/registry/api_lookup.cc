// Exact lookup through the C API: serials to marks, marks to records.
#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/mark_text.h"
#include "src/index/view/find_texts.h"
#include "src/index/view/lookup.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

struct burin_text_records {
  struct Record {
    uint64_t id;
    std::string serial;
  };
  std::vector<std::vector<Record>> by_text;
};

namespace burin::internal {
namespace {

static_assert(BURIN_NO_MARK == kNoRank);

// The symbols of a serial, at most one more than a mark can have: such a text is no mark. False: not UTF-8.
bool Decode(std::string_view text, char32_t* symbols, size_t* count) {
  *count = 0;
  for (size_t at = 0; at < text.size();) {
    char32_t symbol = 0;
    if (!DecodeUtf8(text, &at, &symbol)) return false;
    if (*count <= kMaxMarkSymbols) symbols[(*count)++] = symbol;
  }
  return true;
}

// Serials [first, first + count) at most kLookupBatch of them.
Status LookupSome(const Index& index, const burin_view* serials, size_t first, size_t count, uint64_t* marks) {
  char32_t symbols[kLookupBatch][kMaxMarkSymbols + 1];
  std::u32string_view decoded[kLookupBatch];
  for (size_t i = 0; i < count; ++i) {
    const burin_view& serial = serials[first + i];
    size_t size = 0;
    if (BadText(serial.data, serial.size)) return IsNull(("serial " + std::to_string(first + i)).c_str());
    if (!Decode(Text(serial.data, serial.size), symbols[i], &size)) {
      return Invalid("serial " + std::to_string(first + i) + " is not valid UTF-8");
    }
    decoded[i] = {symbols[i], size};
  }
  Lookup(index, {decoded, count}, {marks + first, count});
  return Status();
}

const burin_text_records::Record* RecordAt(const burin_text_records* records, size_t i, size_t j) {
  if (records == nullptr || i >= records->by_text.size() || j >= records->by_text[i].size()) return nullptr;
  return &records->by_text[i][j];
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_index_fold(const burin_index* index, const char* text, size_t size, char* buffer, size_t capacity,
                              size_t* needed, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (needed == nullptr) return IsNull("needed");
    *needed = 0;
    if (index == nullptr) return IsNull("index");
    if (BadText(text, size)) return IsNull("text");
    std::u32string serial;
    if (!FoldSerial(Text(text, size), &serial, index->index->info().folding_version)) {
      return Invalid("the text is not valid UTF-8");
    }
    return WriteText(ToUtf8(serial), buffer, capacity, needed);
  });
}

burin_status burin_index_lookup(const burin_index* index, const burin_view* serials, size_t count, uint64_t* marks,
                                burin_error** error) {
  const burin_status code = Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (serials == nullptr && count != 0) return IsNull("serials");
    if (marks == nullptr && count != 0) return IsNull("marks");
    for (size_t first = 0; first < count; first += kLookupBatch) {
      const Status status = LookupSome(*index->index, serials, first, std::min(kLookupBatch, count - first), marks);
      if (!status.ok()) return status;
    }
    return Status();
  });
  if (code != BURIN_OK && marks != nullptr) std::fill_n(marks, count, BURIN_NO_MARK);
  return code;
}

burin_status burin_index_mark_records(const burin_index* index, uint64_t mark, uint64_t* record_ids, size_t capacity,
                                      size_t* needed, burin_error** error) {
  if (needed != nullptr) *needed = 0;
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (needed == nullptr) return IsNull("needed");
    const Index& known = *index->index;
    if (mark >= known.info().serials) return OutOfRange("there is no mark " + std::to_string(mark));
    const std::vector<uint64_t> ids = IdsOf(known, mark);
    *needed = ids.size();
    if (capacity == 0) return Status();
    if (record_ids == nullptr) return IsNull("record_ids");
    if (capacity < *needed) {
      return OutOfRange("the buffer holds " + std::to_string(capacity) + " record ids, " + std::to_string(*needed) +
                        " are needed");
    }
    std::copy(ids.begin(), ids.end(), record_ids);
    return Status();
  });
}

burin_status burin_index_find_texts(const burin_index* index, const burin_view* texts, size_t count,
                                    burin_text_records** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    if (texts == nullptr && count != 0) return IsNull("texts");
    std::vector<std::string_view> views;
    for (size_t i = 0; i < count; ++i) {
      if (BadText(texts[i].data, texts[i].size)) return IsNull(("text " + std::to_string(i)).c_str());
      views.push_back(Text(texts[i].data, texts[i].size));
    }
    auto records = std::make_unique<burin_text_records>();
    for (const std::vector<TextFound>& found : FindTexts(*index->index, views)) {
      auto& own = records->by_text.emplace_back();
      for (const TextFound& text : found) {
        AppendItems(text.items, &own.emplace_back(burin_text_records::Record{text.record_id, {}}).serial);
      }
    }
    *out = records.release();
    return Status();
  });
}

void burin_text_records_destroy(burin_text_records* records) { delete records; }

size_t burin_text_records_count(const burin_text_records* records, size_t i) {
  return records != nullptr && i < records->by_text.size() ? records->by_text[i].size() : 0;
}

uint64_t burin_text_records_id(const burin_text_records* records, size_t i, size_t j) {
  const auto* at = RecordAt(records, i, j);
  return at == nullptr ? 0 : at->id;
}

const char* burin_text_records_serial(const burin_text_records* records, size_t i, size_t j, size_t* size) {
  const auto* at = RecordAt(records, i, j);
  return at == nullptr ? NoAnswer(size) : Answer(at->serial, size);
}

}  // extern "C"
