// What is deleted leaves the files: the bytes of every file of the directory are searched.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "src/registry/state/registry_files.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kDirectory[] = "registry";
// Texts, a key and a value that are not stored as numbers.
const std::vector<std::string> kSecrets = {"Secret text 4711", "secret-key", "SecretMaker"};

class PurgeTest : public testing::Test {
 protected:
  PurgeTest() : writer_(OpenWriter(disk_, kDirectory)) {
    EXPECT_TRUE(writer_->AddAttribute("maker", AttributeType::kCategory).ok());
    Put("kept-a", "Kept text 1", "Colt");
    EXPECT_TRUE(PutRow(writer_.get(), {"north", kSecrets[1], kSecrets[0], {kSecrets[2]}}).ok());
    Commit();
  }
  void Put(const std::string& key, const std::string& text, const std::string& maker) {
    EXPECT_TRUE(PutRow(writer_.get(), {"north", key, text, {maker}}).ok());
  }
  void Commit() {
    const Status status = writer_->Commit(std::nullopt);
    EXPECT_TRUE(status.ok()) << status.message();
  }
  void DeleteSecret() {
    bool found = false;
    EXPECT_TRUE(writer_->Delete("north", kSecrets[1], &found).ok());
    EXPECT_TRUE(found);
    Commit();
  }
  // Files in which one of the secrets can be read.
  std::vector<std::string> Found() {
    std::vector<std::string> found, names;
    disk_.List(kDirectory, &names);
    for (const std::string& name : names) {
      const std::string& bytes = disk_.BytesOf(InDirectory(kDirectory, name));
      for (const std::string& secret : kSecrets) {
        if (bytes.find(secret) == std::string::npos) continue;
        found.push_back(name);
        break;
      }
    }
    return found;
  }

  SimDisk disk_;
  std::unique_ptr<RegistryWriter> writer_;
};

using Names = std::vector<std::string>;

TEST_F(PurgeTest, OneSegment) {
  EXPECT_EQ(Found(), Names{SegmentName(1)});
  DeleteSecret();
  EXPECT_EQ(Found(), Names{SegmentName(1)});
  ASSERT_TRUE(writer_->Compact(1).ok());
  EXPECT_EQ(Found(), Names{SegmentName(1)});  // Of the state before.
  auto remains = Take(writer_->FindRemains());
  ASSERT_EQ(remains.size(), 1u);
  EXPECT_EQ(remains[0].pin, "");
  EXPECT_EQ(remains[0].generation, 2u);
  EXPECT_EQ(remains[0].records, 1u);
  const std::string state = StateOf(*OpenSnapshot(disk_, kDirectory));
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(Found(), Names());
  EXPECT_TRUE(Take(writer_->FindRemains()).empty());
  EXPECT_EQ(StateOf(*OpenSnapshot(disk_, kDirectory)), state);
  Names names;
  disk_.List(kDirectory, &names);
  EXPECT_EQ(names, (Names{"lock", ManifestName(4), SegmentName(2)}));
  // The erased state says when it went: no earlier than it did.
  SnapshotOptions erased;
  erased.generation = 2;
  EXPECT_EQ(Snapshot::Open(disk_, kDirectory, erased).status().code(), StatusCode::kState);
  // Again: nothing is left to do.
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(writer_->snapshot()->manifest().generation, 4u);
}

TEST_F(PurgeTest, WhatHoldsDeletionsIsRewrittenThoughNothingIsMerged) {
  for (int i = 0; i < 3; ++i) Put("many-" + std::to_string(i), "M" + std::to_string(i), "Colt");
  Commit();
  DeleteSecret();
  ASSERT_EQ(writer_->snapshot()->segments().size(), 2u);
  ASSERT_TRUE(writer_->Compact(5).ok());
  ASSERT_EQ(writer_->snapshot()->segments().size(), 2u);
  for (const Segment& segment : writer_->snapshot()->segments()) {
    EXPECT_EQ(segment.listed.deleted, 0u);
    const std::string_view bytes = AsText(segment.index->bytes());
    for (const std::string& secret : kSecrets) EXPECT_EQ(bytes.find(secret), std::string::npos);
  }
}

TEST_F(PurgeTest, ReplacedRowsAndAllOfThem) {
  Put(kSecrets[1], "Harmless", "Colt");
  Commit();
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(Found(), Names{SegmentName(3)});  // The key, which is there as before.
  bool found = false;
  ASSERT_TRUE(writer_->Delete("north", kSecrets[1], &found).ok());
  ASSERT_TRUE(writer_->Delete("north", "kept-a", &found).ok());
  Commit();
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(Found(), Names());
  EXPECT_EQ(writer_->snapshot()->segments().size(), 0u);
}

TEST_F(PurgeTest, PinsKeepWhatTheyKeepAndAreNamed) {
  ASSERT_TRUE(writer_->Pin("case-1").ok());
  DeleteSecret();
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(Found(), Names{SegmentName(1)});
  const auto remains = Take(writer_->FindRemains());
  ASSERT_EQ(remains.size(), 1u);
  EXPECT_EQ(remains[0].pin, "case-1");
  EXPECT_EQ(remains[0].generation, 1u);
  EXPECT_EQ(remains[0].records, 1u);
  SnapshotOptions pinned;
  pinned.pin = "case-1";
  EXPECT_TRUE(Snapshot::Open(disk_, kDirectory, pinned).ok());
  ASSERT_TRUE(writer_->Unpin("case-1").ok());
  EXPECT_EQ(Found(), Names());
  EXPECT_TRUE(Take(writer_->FindRemains()).empty());
}

TEST_F(PurgeTest, ChangesComeFirst) {
  Put("waiting", "W1", "");
  EXPECT_EQ(writer_->Purge(std::nullopt).code(), StatusCode::kState);
  Commit();
  EXPECT_TRUE(writer_->Purge(std::nullopt).ok());
}

Hold HoldOf(const std::string& name, const std::string& key, const std::vector<std::string>& where) {
  Hold hold;
  hold.name = name;
  hold.source = "north";
  hold.key = key;
  hold.where = where;
  hold.reason = "order 12";
  return hold;
}

TEST_F(PurgeTest, HoldsKeepDeletedRecordsUntilTheyAreReleased) {
  for (const Hold& hold : {HoldOf("by-key", kSecrets[1], {}), HoldOf("by-maker", "", {"maker=" + kSecrets[2]})}) {
    ASSERT_TRUE(writer_->PlaceHold(hold).ok());
    EXPECT_EQ(writer_->PlaceHold(hold).code(), StatusCode::kInvalidArgument);
    Commit();
    bool found = false;
    ASSERT_TRUE(writer_->Delete("north", kSecrets[1], &found).ok());
    Commit();
    EXPECT_EQ(RecordsOf(*OpenSnapshot(disk_, kDirectory)).size(), 1u);
    ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
    EXPECT_EQ(Found().back().substr(0, 8), "segment-");  // The manifest has what the hold says.
    const auto remains = Take(writer_->FindRemains());
    ASSERT_EQ(remains.size(), 1u);
    EXPECT_TRUE(remains[0].held);
    EXPECT_EQ(remains[0].records, 1u);
    EXPECT_EQ(writer_->ReleaseHold(hold.name, "").code(), StatusCode::kInvalidArgument);
    ASSERT_TRUE(writer_->ReleaseHold(hold.name, "closed").ok());
    EXPECT_TRUE(writer_->has_changes());
    Commit();
    ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
    EXPECT_EQ(Found(), Names());
    Put(kSecrets[1], kSecrets[0], kSecrets[2]);
    Commit();
  }
  EXPECT_EQ(writer_->snapshot()->manifest().hold_events.size(), 4u);
  EXPECT_TRUE(writer_->snapshot()->manifest().holds.empty());
}

// A commit that merges, and one that leaves a segment without a live row, keep what is held; overriding is logged.
TEST_F(PurgeTest, HoldsAreOverriddenWithAReasonOnly) {
  ASSERT_TRUE(writer_->PlaceHold(HoldOf("all", "", {"source=north"})).ok());
  Commit();
  bool found = false;
  ASSERT_TRUE(writer_->Delete("north", kSecrets[1], &found).ok());
  ASSERT_TRUE(writer_->Delete("north", "kept-a", &found).ok());
  Commit();
  for (int i = 0; i < 8; ++i) {
    Put("more-" + std::to_string(i), "M" + std::to_string(i), "Colt");
    Commit();
  }
  ASSERT_TRUE(writer_->Compact(1).ok());
  EXPECT_EQ(Found(), Names{SegmentName(1)});
  EXPECT_TRUE(writer_->snapshot()->Verify().ok());
  EXPECT_EQ(writer_->Purge("").code(), StatusCode::kInvalidArgument);
  ASSERT_TRUE(writer_->Purge("court order").ok());
  EXPECT_EQ(Found(), Names());
  const auto snapshot = OpenSnapshot(disk_, kDirectory);
  EXPECT_EQ(RecordsOf(*snapshot).size(), 8u);
  ASSERT_EQ(snapshot->manifest().hold_events.size(), 2u);
  const HoldEvent& event = snapshot->manifest().hold_events[1];
  EXPECT_EQ(event.act, HoldAct::kOverridden);
  EXPECT_EQ(event.records, 2u);
  EXPECT_EQ(event.names, "all");
  EXPECT_EQ(event.reason, "court order");
  EXPECT_EQ(snapshot->manifest().holds.size(), 1u);
}

TEST_F(PurgeTest, HoldsSayWhatAndWhyAndEnd) {
  Hold hold = HoldOf("h", "", {});
  EXPECT_EQ(writer_->PlaceHold(hold).code(), StatusCode::kInvalidArgument);
  hold.where = {"nonsense=1"};
  EXPECT_EQ(writer_->PlaceHold(hold).code(), StatusCode::kInvalidArgument);
  hold.where = {"maker=" + kSecrets[2]};
  hold.reason = "";
  EXPECT_EQ(writer_->PlaceHold(hold).code(), StatusCode::kInvalidArgument);
  hold.reason = "r";
  hold.name = "a/b";
  EXPECT_EQ(writer_->PlaceHold(hold).code(), StatusCode::kInvalidArgument);
  hold.name = "h";
  hold.until = 1;  // Long over.
  ASSERT_TRUE(writer_->PlaceHold(hold).ok());
  Commit();
  DeleteSecret();
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(Found(), Names{ManifestName(writer_->snapshot()->manifest().generation)});  // The hold's own condition.
}

// A reader that was opened before goes on.
TEST_F(PurgeTest, ReadersAreNotDisturbed) {
  const auto before = OpenSnapshot(disk_, kDirectory);
  const std::string state = StateOf(*before);
  DeleteSecret();
  ASSERT_TRUE(writer_->Purge(std::nullopt).ok());
  EXPECT_EQ(StateOf(*before), state);
}

}  // namespace
}  // namespace burin::internal
