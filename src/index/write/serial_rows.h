// All serials of one length while an index is built: a row of one byte a symbol for those of base symbols only, rows of
// code points for the others; and for each its record number. 10 million serials of 8 symbols take 120 MB. Which
// symbols occur at which position is noted on the way.
#ifndef BURIN_SRC_INDEX_WRITE_SERIAL_ROWS_H_
#define BURIN_SRC_INDEX_WRITE_SERIAL_ROWS_H_

#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "src/base/spill_arena.h"
#include "src/base/status.h"
#include "src/index/keys/stored_keys.h"
#include "src/index/records/row_chunks.h"
#include "src/mark/fold/symbol.h"

namespace burin::internal {

class SerialRows {
 public:
  // `arena`: where rows are kept; borrowed. nullptr: on the heap.
  explicit SerialRows(uint32_t length, SpillArena* arena = nullptr);

  // REQUIRES: `serial` has this length; `record` is above all before it.
  void Add(std::u32string_view serial, uint32_t record);
  uint32_t length() const { return length_; }
  uint64_t size() const { return base_.size() + wide_.size(); }

  // Rows 0 .. size()-1: those of base symbols come first; either kind by ascending record.
  uint32_t record(uint64_t row) const {
    return row < base_.size() ? *base_records_.at(row) : *wide_records_.at(row - base_.size());
  }
  uint64_t base_rows() const { return base_.size(); }
  const uint8_t* base_row(uint64_t row) const { return base_.at(row); }
  const Symbol* wide_row(uint64_t row) const { return wide_.at(row - base_.size()); }
  // The alphabets of the rows; size is not set. kInvalidArgument: over kMaxAlphabet symbols at one position.
  Result<GroupShape> Shape() const;
  // The same of some rows. REQUIRES: Shape() is OK.
  GroupShape ShapeOf(const std::vector<uint32_t>& rows) const;
  // Adds the symbols outside the base that occur.
  void AddForeign(absl::flat_hash_set<Symbol>* out) const {
    for (const auto& seen : other_seen_) out->insert(seen.begin(), seen.end());
  }
  void Clear();

 private:
  uint32_t length_;
  RowChunks<uint8_t> base_;
  RowChunks<uint32_t> base_records_;
  RowChunks<Symbol> wide_;
  RowChunks<uint32_t> wide_records_;
  std::vector<uint64_t> base_seen_;                      // A bit for each base symbol, one word a position.
  std::vector<absl::flat_hash_set<Symbol>> other_seen_;  // One a position; empty as long as there are no wide rows.
};

}  // namespace burin::internal

#endif
