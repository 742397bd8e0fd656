// Fetching memory ahead of its use.
#ifndef BURIN_SRC_BASE_PREFETCH_H_
#define BURIN_SRC_BASE_PREFETCH_H_

namespace burin::internal {

// Asks for the cache line of `at`, which need not be valid memory. The empty statement has a purpose: g++ takes a
// function that does nothing but prefetch for one without effects, and drops calls to it.
inline void Prefetch(const void* at) {
  __builtin_prefetch(at);
  __asm__ volatile("" : : "r"(at));
}

}  // namespace burin::internal

#endif
