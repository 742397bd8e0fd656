// Many searches in one call: the same as one after the other, for any number of threads; statuses, deadline, cancel.
#include "burin/batch.h"

#include <atomic>
#include <chrono>
#include <thread>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class BatchTest : public ::testing::Test {
 public:
  void SetUp() override {
    Builder builder;
    for (int i = 0; i < 3000; ++i) {
      std::string text = "A" + std::to_string(10000 + i * 7);
      if (i % 50 == 0) text[2] = '?';
      builder.AddRow(std::to_string(i + 1), "s", text);
    }
    builder.Write(path());
    index_ = std::make_unique<Index>(path());
    for (int i = 0; i < 120; ++i) {
      readings_.emplace_back(i % 3 == 0 ? "A1" + std::to_string(i) + "?*" : "B1[37]" + std::to_string(i % 10) + "9");
    }
    for (const Reading& reading : readings_) pointers_.push_back(reading.get());
  }
  std::string path() const { return folder_ / "x.burin"; }

  // Everything that a result says, as text.
  static std::string Show(const burin_result* result) {
    size_t count = 0;
    const burin_match* matches = burin_result_matches(result, &count);
    std::string out(reinterpret_cast<const char*>(matches), count * sizeof(burin_match));
    return out + "/" + std::to_string(burin_result_complete(result)) + "/" +
           std::to_string(burin_result_certificate(result)) + "/" + std::to_string(burin_result_work(result));
  }
  std::vector<std::string> Run(const burin_search_options& options, uint32_t threads) {
    std::vector<burin_result*> results(pointers_.size());
    std::vector<burin_status> statuses(pointers_.size(), 99);
    EXPECT_EQ(burin_search_batch(index_->get(), pointers_.data(), pointers_.size(), &options, threads, results.data(),
                                 statuses.data(), nullptr),
              BURIN_OK);
    std::vector<std::string> shown;
    for (size_t i = 0; i < results.size(); ++i) {
      EXPECT_EQ(statuses[i], BURIN_OK);
      shown.push_back(Show(results[i]));
      burin_result_destroy(results[i]);
    }
    return shown;
  }

  Folder folder_;
  std::unique_ptr<Index> index_;
  std::vector<Reading> readings_;
  std::vector<const burin_reading*> pointers_;
};

burin_search_options Within(int32_t edits) {
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.costs = BURIN_COSTS_OSA;
  options.within = edits;
  return options;
}

TEST_F(BatchTest, IsALoopForAnyNumberOfThreads) {
  burin_search_options channel = BURIN_SEARCH_OPTIONS_INIT;
  burin_search_options budget = Within(2);
  budget.max_work = 60;
  for (const burin_search_options& options : {Within(1), channel, budget}) {
    std::vector<std::string> expected;
    Searcher searcher(*index_);
    burin_searcher* raw = nullptr;
    ASSERT_EQ(burin_searcher_create(index_->get(), &raw, nullptr), BURIN_OK);
    for (const burin_reading* reading : pointers_) {
      burin_result* result = nullptr;
      ASSERT_EQ(burin_search(raw, reading, &options, &result, nullptr), BURIN_OK);
      expected.push_back(Show(result));
      burin_result_destroy(result);
    }
    burin_searcher_destroy(raw);
    for (const uint32_t threads : {0u, 1u, 3u, 8u}) EXPECT_EQ(Run(options, threads), expected) << threads;
  }
}

TEST_F(BatchTest, ReadingsWithoutResultSayWhy) {
  pointers_.resize(5);
  pointers_[1] = nullptr;
  pointers_[3] = nullptr;
  std::vector<burin_result*> results(5);
  std::vector<burin_status> statuses(5, 99);
  const burin_search_options options = Within(1);
  for (const uint32_t threads : {1u, 3u}) {
    EXPECT_EQ(Failure(BURIN_INVALID_ARGUMENT, burin_search_batch, index_->get(), pointers_.data(), size_t{5}, &options,
                      threads, results.data(), statuses.data()),
              "reading 1: it is NULL");
    EXPECT_EQ(statuses, (std::vector<burin_status>{0, 1, 0, 1, 0}));
    for (size_t i = 0; i < 5; ++i) {
      EXPECT_EQ(results[i] == nullptr, i % 2 == 1);
      burin_result_destroy(results[i]);
    }
  }
}

TEST_F(BatchTest, WrongOptionsSearchNothing) {
  std::vector<burin_result*> results(pointers_.size(), reinterpret_cast<burin_result*>(1));
  std::vector<burin_status> statuses(pointers_.size(), 99);
  burin_search_options options = Within(1);
  options.by = 7;
  EXPECT_EQ(burin_search_batch(index_->get(), pointers_.data(), pointers_.size(), &options, 1, results.data(),
                               statuses.data(), nullptr),
            BURIN_OUT_OF_RANGE);
  EXPECT_EQ(results, std::vector<burin_result*>(pointers_.size()));
  EXPECT_EQ(statuses, std::vector<burin_status>(pointers_.size(), BURIN_OUT_OF_RANGE));
  EXPECT_EQ(burin_search_batch(index_->get(), pointers_.data(), 1, nullptr, BURIN_MAX_THREADS + 1, results.data(),
                               nullptr, nullptr),
            BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_search_batch(nullptr, pointers_.data(), 1, nullptr, 1, results.data(), nullptr, nullptr),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_batch(index_->get(), nullptr, 1, nullptr, 1, results.data(), nullptr, nullptr),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_batch(index_->get(), pointers_.data(), 1, nullptr, 1, nullptr, nullptr, nullptr),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_search_batch(index_->get(), nullptr, 0, nullptr, 4, nullptr, nullptr, nullptr), BURIN_OK);
}

TEST_F(BatchTest, CancelEndsAllAndIsAskedByOneThreadAtATime) {
  struct Asked {
    std::atomic<int> inside{0};
    int questions = 0;
    bool overlap = false;
  } asked;
  burin_search_options options = Within(2);
  options.cancel = [](void* user) -> int32_t {
    Asked& a = *static_cast<Asked*>(user);
    if (++a.inside > 1) a.overlap = true;
    const int32_t stop = ++a.questions > 20 ? 1 : 0;
    std::this_thread::yield();
    --a.inside;
    return stop;
  };
  options.cancel_user = &asked;
  std::vector<burin_result*> results(pointers_.size());
  ASSERT_EQ(burin_search_batch(index_->get(), pointers_.data(), pointers_.size(), &options, 4, results.data(), nullptr,
                               nullptr),
            BURIN_OK);
  EXPECT_FALSE(asked.overlap);
  EXPECT_EQ(asked.questions, 21);
  EXPECT_EQ(burin_result_complete(results.back()), 0);
  EXPECT_EQ(burin_result_certificate(results.back()), 0u);
  for (burin_result* result : results) burin_result_destroy(result);
}

TEST_F(BatchTest, DeadlineIsForAllTogether) {
  burin_search_options options = Within(2);
  options.deadline_ms = 1;
  options.cancel = [](void*) -> int32_t {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    return 0;
  };
  std::vector<burin_result*> results(pointers_.size());
  ASSERT_EQ(burin_search_batch(index_->get(), pointers_.data(), pointers_.size(), &options, 2, results.data(), nullptr,
                               nullptr),
            BURIN_OK);
  for (burin_result* result : results) {
    EXPECT_EQ(burin_result_complete(result), 0);
    burin_result_destroy(result);
  }
}

TEST_F(BatchTest, WrapperOwnsResults) {
  const std::vector<Result> results = FindAll(*index_, readings_, {.costs = BURIN_COSTS_OSA, .within = 1}, 2);
  ASSERT_EQ(results.size(), readings_.size());
  EXPECT_GT(results[0].matches().size(), 0u);
  EXPECT_TRUE(FindAll(*index_, {}).empty());
  EXPECT_THROW(FindAll(*index_, readings_, {.where = {"shelf=1"}}), Exception);
}

}  // namespace
}  // namespace burin::testing
