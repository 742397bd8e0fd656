// What DeleteUnseen may take for gone: not what was named and could not be put, not more than the limit, and nothing
// where a key is not known. By hand, and at random against a set of keys.
#include "src/registry/change/vanished_rows.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>

#include "tests/reference/cases.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr VanishLimit kAny = {0, 1, true};

class VanishedRows : public ::testing::Test {
 protected:
  // A registry with so many rows of each of two sources.
  void Fill(int rows) {
    writer_ = OpenWriter(disk_, directory_);
    for (int i = 0; i < rows; ++i) {
      for (const char* source : {"north", "south"}) Put(source, i);
    }
    ASSERT_TRUE(writer_->Commit(std::nullopt).ok());
  }
  void Put(const std::string& source, int key, const std::string& text = "AB1") {
    ASSERT_TRUE(PutRow(writer_.get(), {source, std::to_string(key), text, {}}).ok());
  }
  std::string Delete(const VanishLimit& limit = {}) {
    counts_ = VanishCounts();
    return writer_->DeleteUnseen("north", limit, &counts_).message();
  }
  size_t RecordsAfterCommit() {
    EXPECT_TRUE(writer_->Commit(std::nullopt).ok());
    return RecordsOf(*OpenSnapshot(disk_, directory_)).size();
  }

  SimDisk disk_;
  std::string directory_ = "registry";
  std::unique_ptr<RegistryWriter> writer_;
  VanishCounts counts_;
};

TEST_F(VanishedRows, RejectedRowsAreThere) {
  Fill(5);
  Put("north", 0);
  Put("north", 1, "changed");
  Put("north", 1, "changed again");
  writer_->NotePresent("north", "2");
  writer_->NotePresent(" north ", "3");
  writer_->NotePresent("north", "1");
  writer_->NotePresent("south", "4");
  EXPECT_EQ(Delete(kAny), "");
  EXPECT_EQ(counts_.rows, 5u);
  EXPECT_EQ(counts_.unseen, 1u);
  EXPECT_EQ(counts_.deleted, 1u);
  EXPECT_EQ(RecordsAfterCommit(), 9u);
}

TEST_F(VanishedRows, NothingGoesWhereAKeyIsNotKnown) {
  Fill(5);
  for (int i = 0; i < 4; ++i) Put("north", i);
  writer_->NotePresent("south", std::nullopt);
  EXPECT_EQ(Delete(), "");
  EXPECT_EQ(counts_.deleted, 1u);
  writer_->Abort();
  struct Unknown {
    std::optional<std::string_view> source, key;
  };
  const std::string long_key(65, 'k');
  for (const Unknown& unknown : {Unknown{"north", std::nullopt},
                                 {std::nullopt, "1"},
                                 {std::nullopt, std::nullopt},
                                 {"north", ""},
                                 {"north", long_key},
                                 {"north", "\xFF"}}) {
    for (int i = 0; i < 4; ++i) Put("north", i);
    writer_->NotePresent(unknown.source, unknown.key);
    EXPECT_EQ(Delete(), "");
    EXPECT_EQ(counts_.unread, 1u);
    EXPECT_EQ(counts_.unseen, 1u);
    EXPECT_EQ(counts_.deleted, 0u);
    writer_->Abort();
  }
  EXPECT_EQ(RecordsAfterCommit(), 10u);
}

TEST_F(VanishedRows, Limits) {
  Fill(10);
  for (int i = 0; i < 7; ++i) Put("north", i);
  EXPECT_EQ(Delete(), "3 of 10 rows of source 'north' would be deleted, at most 2 may be: nothing is");
  EXPECT_EQ(counts_.unseen, 3u);
  EXPECT_EQ(counts_.deleted, 0u);
  EXPECT_NE(Delete({2, 0.29, false}), "");
  EXPECT_EQ(Delete({0, 0.3, false}), "");
  EXPECT_EQ(counts_.deleted, 3u);
  writer_->Abort();
  // A row that may be any of those that are missing is not one of those that go.
  for (int i = 0; i < 7; ++i) Put("north", i);
  writer_->NotePresent("north", std::nullopt);
  EXPECT_EQ(Delete(), "");
  EXPECT_EQ(counts_.deleted, 0u);
  writer_->Abort();
  // Nothing at all was put, or none of this source.
  EXPECT_EQ(Delete(), "10 of 10 rows of source 'north' would be deleted, at most 2 may be: nothing is");
  Put("south", 1);
  EXPECT_NE(Delete(), "");
  EXPECT_EQ(RecordsAfterCommit(), 20u);
  // 29 of 100 are 29 %.
  VanishCounts counts;
  counts.rows = 100;
  counts.unseen = 29;
  EXPECT_TRUE(UnreadRows().Check("", counts, {0, 0.29, false}).ok());
  EXPECT_FALSE(UnreadRows().Check("", counts, {0, 0.28, false}).ok());
}

TEST_F(VanishedRows, TablesThatAreEmptyOrCutShort) {
  Fill(5);
  for (int i = 0; i < 5; ++i) Put("north", i);
  writer_->NoteTable("a.csv", 5, true);
  writer_->NoteTable("b.csv", 0, true);
  EXPECT_EQ(Delete(), "b.csv: has no rows; 0 of 5 rows of source 'north' would be deleted, nothing is");
  EXPECT_EQ(Delete({0, 0.2, true}), "");
  writer_->Abort();
  for (int i = 0; i < 4; ++i) Put("north", i);
  writer_->NoteTable("a.csv", 4, false);
  EXPECT_EQ(Delete(kAny), "a.csv: was not read to its end, so nothing is known to have vanished");
  // A commit ends what is known.
  EXPECT_EQ(RecordsAfterCommit(), 10u);
  for (int i = 0; i < 4; ++i) Put("north", i);
  EXPECT_EQ(Delete(), "");
  EXPECT_EQ(counts_.deleted, 1u);
  EXPECT_EQ(RecordsAfterCommit(), 9u);
}

TEST_F(VanishedRows, WhatIsStillThereIsNeverDeleted) {
  std::mt19937 random(18);
  for (uint64_t round = 0; round < TestCases() / 20 + 1; ++round) {
    writer_.reset();
    directory_ = "registry" + std::to_string(round);
    const int rows = 1 + static_cast<int>(random() % 12);
    Fill(rows);
    if (::testing::Test::HasFatalFailure()) return;
    std::set<int> there;
    bool unknown = false;
    for (auto n = random() % 20; n > 0; --n) {
      const int key = static_cast<int>(random() % 14);
      switch (random() % 8) {
        case 0:
          writer_->NotePresent("north", std::to_string(key));
          break;
        case 1:
          Put("north", key, "new " + std::to_string(random() % 3));
          break;
        case 2:
          writer_->NotePresent("south", std::nullopt);
          continue;
        case 3:
          if (random() % 8 != 0) continue;
          writer_->NotePresent("north", std::nullopt);
          unknown = true;
          continue;
        default:
          Put("north", key);
      }
      there.insert(key);
    }
    const VanishLimit limit = {random() % 3, static_cast<double>(random() % 11) / 10, false};
    const std::string message = Delete(limit);
    std::set<int> gone;
    for (int i = 0; i < rows; ++i) {
      if (there.count(i) == 0) gone.insert(i);
    }
    EXPECT_EQ(counts_.rows, static_cast<uint64_t>(rows));
    EXPECT_EQ(counts_.unseen, gone.size());
    const bool may = gone.size() <= limit.rows || static_cast<double>(gone.size()) <= limit.share * rows + 1e-9;
    EXPECT_TRUE(unknown || message.empty() == may);
    EXPECT_EQ(counts_.deleted, message.empty() && !unknown ? gone.size() : 0);
    ASSERT_TRUE(writer_->Commit(std::nullopt).ok());
    const auto snapshot = OpenSnapshot(disk_, directory_);
    for (int i = 0; i < rows; ++i) {
      for (const char* source : {"north", "south"}) {
        bool live = false;
        for (const Segment& segment : snapshot->segments()) {
          const uint64_t record = segment.index->FindRow(source, std::to_string(i));
          live = live || (record != kNoRecord && !segment.IsDeleted(record));
        }
        const bool deleted = source[0] == 'n' && counts_.deleted > 0 && gone.count(i) > 0;
        ASSERT_EQ(live, !deleted) << source << i;
      }
    }
  }
}

}  // namespace
}  // namespace burin::internal
