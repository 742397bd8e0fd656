// An array of integers on pages as large as the system gives, so that reading it in order runs at the speed of memory.
#ifndef BURIN_BENCH_ENGINE_PAGE_BUFFER_H_
#define BURIN_BENCH_ENGINE_PAGE_BUFFER_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>

namespace burin::bench {

class PageBuffer {
 public:
  PageBuffer() = default;
  // Zeros, every page touched.
  explicit PageBuffer(size_t count) : size_(count) {
    constexpr size_t kPage = size_t{2} << 20;
    const size_t bytes = (count * sizeof(uint64_t) + kPage - 1) / kPage * kPage;
    words_.reset(static_cast<uint64_t*>(std::aligned_alloc(kPage, bytes)));
    if (words_ == nullptr) std::abort();
    madvise(words_.get(), bytes, MADV_HUGEPAGE);  // A wish: without it figures are lower, not wrong.
    for (size_t i = 0; i < bytes / sizeof(uint64_t); ++i) words_[i] = 0;
  }
  uint64_t* data() { return words_.get(); }
  const uint64_t* data() const { return words_.get(); }
  size_t size() const { return size_; }
  std::span<const uint64_t> span() const { return {words_.get(), size_}; }
  uint64_t& operator[](size_t i) { return words_[i]; }
  uint64_t operator[](size_t i) const { return words_[i]; }

 private:
  struct Free {
    void operator()(uint64_t* words) const { std::free(words); }
  };
  std::unique_ptr<uint64_t[], Free> words_;
  size_t size_ = 0;
};

}  // namespace burin::bench

#endif
