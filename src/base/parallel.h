// One job after another, shared out among threads that a caller asked for. Threads live for one call only: nothing runs
// in the background. Starting one costs some ten microseconds, taking an item some ten nanoseconds.
#ifndef BURIN_SRC_BASE_PARALLEL_H_
#define BURIN_SRC_BASE_PARALLEL_H_

#include <cstddef>
#include <functional>

namespace burin::internal {

// Calls job(worker, item) once for every item in 0 .. count-1, on `threads` threads at most, the calling one among
// them; 0 is 1, and with 1 the calling thread does it all, in order. Workers are numbered from 0, so that each can have
// scratch memory of its own. Where the system gives fewer threads, fewer do it. Returns when every item is done.
// REQUIRES: `job` does not throw.
void Parallel(size_t count, unsigned threads, const std::function<void(unsigned worker, size_t item)>& job);

// The same for a job that may throw, as anything that allocates does: what the first of them threw is thrown again by
// this call, on the calling thread, once all threads have ended. Items that were not begun by then are left out.
void ParallelOrThrow(size_t count, unsigned threads, const std::function<void(unsigned worker, size_t item)>& job);

}  // namespace burin::internal

#endif
