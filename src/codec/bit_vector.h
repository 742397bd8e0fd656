// A bit vector that answers rank and select. Before every 512 bits the number of ones so far is noted, which costs 64
// / 512 bits a bit. Rank is one lookup and up to 8 popcounts, Select a binary search over the notes and one block of
// words.
//
//   u64 bits, u64 ones, notes: u64 for each started 512 bits, words: u64 for each started 64 bits, unused bits zero
//
// Open is O(1); reads are bounded whatever the notes say, Verify compares them with the bits.
#ifndef BURIN_SRC_CODEC_BIT_VECTOR_H_
#define BURIN_SRC_CODEC_BIT_VECTOR_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "src/base/bits.h"
#include "src/base/bytes.h"
#include "src/base/status.h"

namespace burin::internal {

class BitVectorWriter {
 public:
  void Add(bool bit) {
    if (bits_ % 64 == 0) words_.push_back(0);
    if (bit) words_.back() |= uint64_t{1} << (bits_ % 64);
    ++bits_;
  }
  uint64_t size() const { return bits_; }
  void Finish(ByteWriter* out) const;

 private:
  uint64_t bits_ = 0;
  std::vector<uint64_t> words_;
};

class BitVector {
 public:
  BitVector() = default;
  static Status Open(ByteSpan bytes, BitVector* out);

  uint64_t size() const { return bits_; }
  uint64_t ones() const { return ones_; }
  uint64_t encoded_bytes() const { return encoded_bytes_; }
  bool Get(uint64_t i) const { return i < bits_ && (Word(i / 64) >> (i % 64) & 1) != 0; }
  // Ones in [0, i). REQUIRES: i <= size().
  uint64_t Rank(uint64_t i) const;
  // Where the k-th one (from 0) is; size() if there are not so many.
  uint64_t Select(uint64_t k) const;
  // The first one at or after i; size() if there is none.
  uint64_t Next(uint64_t i) const;
  Status Verify() const;

 private:
  uint64_t Word(uint64_t i) const { return LoadU64(words_, i * 8); }
  uint64_t Note(uint64_t i) const { return LoadU64(notes_, i * 8); }

  uint64_t bits_ = 0;
  uint64_t ones_ = 0;
  uint64_t encoded_bytes_ = 0;
  ByteSpan notes_;
  ByteSpan words_;
};

}  // namespace burin::internal

#endif
