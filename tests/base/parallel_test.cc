// Every item once, whatever the number of threads.
#include "src/base/parallel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <thread>
#include <vector>

namespace burin::internal {
namespace {

TEST(Parallel, DoesEveryItemOnce) {
  for (const size_t count : {size_t{0}, size_t{1}, size_t{2}, size_t{1000}}) {
    for (const unsigned threads : {0u, 1u, 2u, 5u}) {
      std::vector<std::atomic<int>> done(count);
      std::atomic<bool> strange_worker{false};
      Parallel(count, threads, [&](unsigned worker, size_t i) {
        if (worker >= std::max(threads, 1u)) strange_worker = true;
        ++done[i];
      });
      for (size_t i = 0; i < count; ++i) ASSERT_EQ(done[i], 1) << count << " items, " << threads << " threads";
      EXPECT_FALSE(strange_worker);
    }
  }
}

TEST(Parallel, OneThreadIsTheCallingOneInOrder) {
  const std::thread::id here = std::this_thread::get_id();
  std::vector<size_t> order;
  Parallel(5, 1, [&](unsigned, size_t i) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    order.push_back(i);
  });
  EXPECT_EQ(order, (std::vector<size_t>{0, 1, 2, 3, 4}));
}

TEST(Parallel, WhatAJobThrowsIsThrownOnce) {
  for (const unsigned threads : {1u, 2u, 5u}) {
    std::atomic<int> done{0};
    const auto job = [&](unsigned, size_t i) {
      if (i % 10 == 3) throw std::bad_alloc();
      ++done;
    };
    EXPECT_THROW(ParallelOrThrow(1000, threads, job), std::bad_alloc) << threads;
    EXPECT_LE(done, 900);
    done = 0;
    EXPECT_NO_THROW(ParallelOrThrow(3, threads, job));
    EXPECT_EQ(done, 3);
  }
}

}  // namespace
}  // namespace burin::internal
