#include "src/codec/bit_vector.h"

#include <algorithm>
#include <bit>

namespace burin::internal {
namespace {

constexpr uint64_t kNoteWords = 8;
constexpr size_t kHeaderBytes = 16;

uint64_t Ones(uint64_t word) { return static_cast<uint64_t>(std::popcount(word)); }

// Where the k-th one of a word is. REQUIRES: k < Ones(word).
uint64_t SelectInWord(uint64_t word, uint64_t k) {
  for (; k > 0; --k) word &= word - 1;
  return static_cast<uint64_t>(std::countr_zero(word));
}

}  // namespace

void BitVectorWriter::Finish(ByteWriter* out) const {
  uint64_t ones = 0;
  std::vector<uint64_t> notes;
  for (size_t i = 0; i < words_.size(); ++i) {
    if (i % kNoteWords == 0) notes.push_back(ones);
    ones += Ones(words_[i]);
  }
  out->U64(bits_);
  out->U64(ones);
  for (const uint64_t note : notes) out->U64(note);
  for (const uint64_t word : words_) out->U64(word);
}

Status BitVector::Open(ByteSpan bytes, BitVector* out) {
  *out = BitVector();
  if (bytes.size() < kHeaderBytes) return Status(StatusCode::kCorrupt, "bit vector cut short", 0);
  const uint64_t bits = LoadU64(bytes, 0);
  const uint64_t word_bytes = DivideUp(bits, 64) * 8;
  const uint64_t note_bytes = DivideUp(bits, 64 * kNoteWords) * 8;
  if (note_bytes + word_bytes > bytes.size() - kHeaderBytes) {
    return Status(StatusCode::kCorrupt, "bit vector cut short", 0);
  }
  if (LoadU64(bytes, 8) > bits) return Status(StatusCode::kCorrupt, "bit vector with more ones than bits", 8);
  out->bits_ = bits;
  out->ones_ = LoadU64(bytes, 8);
  out->notes_ = bytes.subspan(kHeaderBytes, note_bytes);
  out->words_ = bytes.subspan(kHeaderBytes + note_bytes, word_bytes);
  out->encoded_bytes_ = kHeaderBytes + note_bytes + word_bytes;
  return {};
}

uint64_t BitVector::Rank(uint64_t i) const {
  i = std::min(i, bits_);
  const uint64_t block = i / (64 * kNoteWords);
  uint64_t rank = Note(block);
  if (i == bits_ && i % (64 * kNoteWords) == 0) return ones_;
  for (uint64_t word = block * kNoteWords; word < i / 64; ++word) rank += Ones(Word(word));
  return i % 64 == 0 ? rank : rank + Ones(Word(i / 64) & LowMask(static_cast<uint32_t>(i % 64)));
}

uint64_t BitVector::Select(uint64_t k) const {
  if (k >= ones_) return bits_;
  // The last note that is not above k.
  uint64_t low = 0;
  uint64_t high = notes_.size() / 8;
  while (high - low > 1) {
    const uint64_t middle = low + (high - low) / 2;
    if (Note(middle) <= k) {
      low = middle;
    } else {
      high = middle;
    }
  }
  uint64_t left = k - std::min(k, Note(low));
  const uint64_t end = std::min<uint64_t>((low + 1) * kNoteWords, words_.size() / 8);
  for (uint64_t i = low * kNoteWords; i < end; ++i) {
    const uint64_t word = Word(i);
    const uint64_t ones = Ones(word);
    if (left < ones) return std::min(bits_, i * 64 + SelectInWord(word, left));
    left -= ones;
  }
  return bits_;
}

uint64_t BitVector::Next(uint64_t i) const {
  if (i >= bits_) return bits_;
  uint64_t word = Word(i / 64) & ~LowMask(static_cast<uint32_t>(i % 64));
  for (uint64_t w = i / 64;;) {
    if (word != 0) return std::min(bits_, w * 64 + static_cast<uint64_t>(std::countr_zero(word)));
    if (++w >= words_.size() / 8) return bits_;
    word = Word(w);
  }
}

Status BitVector::Verify() const {
  uint64_t ones = 0;
  for (uint64_t i = 0; i < words_.size() / 8; ++i) {
    if (i % kNoteWords == 0 && Note(i / kNoteWords) != ones) {
      return Status(StatusCode::kCorrupt, "a count of a bit vector is wrong", i * 64);
    }
    ones += Ones(Word(i));
  }
  if (ones != ones_) return Status(StatusCode::kCorrupt, "the count of a bit vector is wrong", bits_);
  if (bits_ % 64 != 0 && Word(bits_ / 64) >> (bits_ % 64) != 0) {
    return Status(StatusCode::kCorrupt, "unused bits of a bit vector are not zero", bits_);
  }
  return {};
}

}  // namespace burin::internal
