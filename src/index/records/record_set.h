// A set of an index's records, as bits: those that are deleted, or hidden from somebody. A record costs a bit, whether
// it is in the set or not; an empty set costs nothing.
#ifndef BURIN_SRC_INDEX_RECORDS_RECORD_SET_H_
#define BURIN_SRC_INDEX_RECORDS_RECORD_SET_H_

#include <bit>
#include <cstdint>
#include <vector>

namespace burin::internal {

class RecordSet {
 public:
  RecordSet() = default;
  explicit RecordSet(uint64_t records) : records_(records) {}

  uint64_t records() const { return records_; }  // That may be in the set: numbers below this.
  uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  bool Has(uint64_t record) const {
    return size_ != 0 && record < records_ && (words_[record / 64] >> (record % 64) & 1) != 0;
  }
  // False: it was there. REQUIRES: record < records().
  bool Add(uint64_t record) {
    if (words_.empty()) words_.resize((records_ + 63) / 64);
    uint64_t& word = words_[record / 64];
    const uint64_t bit = uint64_t{1} << (record % 64);
    if ((word & bit) != 0) return false;
    word |= bit;
    ++size_;
    return true;
  }
  // In ascending order.
  template <typename Use>
  void ForEach(const Use& use) const {
    for (size_t w = 0; w < words_.size(); ++w) {
      for (uint64_t word = words_[w]; word != 0; word &= word - 1) use(w * 64 + std::countr_zero(word));
    }
  }

 private:
  uint64_t records_ = 0, size_ = 0;
  std::vector<uint64_t> words_;
};

}  // namespace burin::internal

#endif
