// Exact lookup through the C API: serials to marks, marks to records.
#include <algorithm>
#include <string>
#include <vector>

#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"
#include "src/index/lookup.h"
#include "src/mark/fold.h"

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

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

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

}  // extern "C"
