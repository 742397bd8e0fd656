// String lists: see string_list.h. A string lies as its length (7 bits a byte, lowest first, the high bit says that
// more follow) and its bytes, never across two blocks.
#include "src/codec/string_list.h"

#include <cstring>

namespace burin::internal {
namespace {

// Room for the longest string and its length. Blocks are allocated untouched, so that a short list costs little.
constexpr unsigned kBlockBits = 21;
constexpr size_t kBlockBytes = size_t{1} << kBlockBits;
constexpr size_t kMaxLengthBytes = 3;
static_assert(StringList::kMaxBytes + kMaxLengthBytes <= kBlockBytes);

}  // namespace

void StringList::Append(std::string_view text) {
  if (blocks_.empty() || kBlockBytes - used_ < kMaxLengthBytes + text.size()) {
    blocks_.push_back(AllocateChunk(arena_, kBlockBytes));
    used_ = 0;
  }
  places_.Append(((blocks_.size() - 1) << kBlockBits) | used_);
  char* const block = reinterpret_cast<char*>(blocks_.back().get());
  size_t length = text.size();
  for (; length >= 0x80; length >>= 7) block[used_++] = static_cast<char>((length & 0x7F) | 0x80);
  block[used_++] = static_cast<char>(length);
  if (!text.empty()) std::memcpy(block + used_, text.data(), text.size());
  used_ += text.size();
  text_bytes_ += text.size();
}

std::string_view StringList::at(uint64_t i) const {
  const uint64_t place = places_.at(i);
  const char* text = reinterpret_cast<const char*>(blocks_[place >> kBlockBits].get()) + (place & (kBlockBytes - 1));
  size_t length = 0;
  for (unsigned shift = 0;; shift += 7) {
    const auto byte = static_cast<unsigned char>(*text++);
    length |= size_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return {text, length};
  }
}

size_t StringList::memory_bytes() const {
  return places_.memory_bytes() + blocks_.size() * kBlockBytes + blocks_.capacity() * sizeof(blocks_[0]);
}

}  // namespace burin::internal
