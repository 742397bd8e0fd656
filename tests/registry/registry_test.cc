// What a writer does to a registry, in the order of what users see; compared with a map of rows.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>

#include "src/registry/state/registry_files.h"
#include "tests/reference/cases.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kDirectory[] = "registry";

TEST(Registry, CreateAddReplaceDelete) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  EXPECT_EQ(StateOf(*OpenSnapshot(disk, kDirectory)), "bytes \n");
  ASSERT_TRUE(writer->AddAttribute("maker", AttributeType::kCategory).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"north", "1", "AB1234", {"Colt"}}).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"north", "2", "AB-1235", {""}}).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"south", "1", "??77*", {" FN "}}).ok());
  EXPECT_EQ(StateOf(*OpenSnapshot(disk, kDirectory)), "bytes \n");  // Nothing is seen before the commit.
  ASSERT_TRUE(writer->Commit("at 3").ok());
  EXPECT_EQ(StateOf(*OpenSnapshot(disk, kDirectory)),
            "bytes at 3\n"
            "1|1|AB1234|AB1234|maker=Colt|source=north\n"
            "2|2|AB1235|AB-1235|source=north\n"
            "3|1|partial ??77*|??77*|maker=FN|source=south\n");
  PutOutcome outcome;
  ASSERT_TRUE(PutRow(writer.get(), {"north", "1", "AB1234", {"Colt"}}, &outcome).ok());
  EXPECT_EQ(outcome, PutOutcome::kUnchanged);
  ASSERT_TRUE(PutRow(writer.get(), {"north", "1", "AB1234", {"Smith"}}, &outcome).ok());
  EXPECT_EQ(outcome, PutOutcome::kReplaced);
  ASSERT_TRUE(PutRow(writer.get(), {"north", "1", "AB1239", {"Smith"}}, &outcome).ok());  // In the same commit.
  EXPECT_EQ(outcome, PutOutcome::kReplaced);
  bool found = false;
  ASSERT_TRUE(writer->Delete("south", "1", &found).ok());
  EXPECT_TRUE(found);
  ASSERT_TRUE(writer->Delete("south", "1", &found).ok());
  EXPECT_FALSE(found);
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(StateOf(*OpenSnapshot(disk, kDirectory)),
            "bytes at 3\n"
            "2|2|AB1235|AB-1235|source=north\n"
            "4|1|AB1239|AB1239|maker=Smith|source=north\n");
}

TEST(Registry, RefusedRowsChangeNothing) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  ASSERT_TRUE(writer->AddAttribute("year", AttributeType::kInteger).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"", "1", "AB1", {"1990"}}).ok());
  EXPECT_EQ(PutRow(writer.get(), {"", "1", "AB2", {"x"}}).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(PutRow(writer.get(), {"", "", "AB2", {""}}).message(), "the key is empty");
  EXPECT_EQ(PutRow(writer.get(), {"", std::string(65, 'k'), "AB2", {""}}).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(PutRow(writer.get(), {"", "1", "AB2", {""}}, nullptr, PutMode::kRefuse).message(),
            "the key '1' was there before");
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(StateOf(*OpenSnapshot(disk, kDirectory)), "bytes \n1|1|AB1|AB1|year=1990\n");
  // The type of an attribute stays.
  writer.reset();
  writer = OpenWriter(disk, kDirectory);
  EXPECT_TRUE(writer->AddAttribute("other", AttributeType::kDate).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"", "2", "AB2", {"1990-05"}}).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  writer.reset();
  writer = OpenWriter(disk, kDirectory);
  EXPECT_EQ(writer->AddAttribute("other", AttributeType::kInteger).status().message(),
            "attribute 'other': it is of type date in the registry");
}

TEST(Registry, AbortLeavesTheLastState) {
  SimDisk disk;
  WriterOptions options;
  options.create = true;
  options.pending_bytes = 1;  // Every row is written at once.
  auto writer = Take(RegistryWriter::Open(disk, kDirectory, options));
  ASSERT_TRUE(PutRow(writer.get(), {"", "1", "AB1", {}}).ok());
  ASSERT_TRUE(writer->Commit("one").ok());
  const std::string before = StateOf(*OpenSnapshot(disk, kDirectory));
  ASSERT_TRUE(PutRow(writer.get(), {"", "1", "AB2", {}}).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"", "2", "AB3", {}}).ok());
  EXPECT_TRUE(writer->has_changes());
  writer->Abort();
  EXPECT_FALSE(writer->has_changes());
  EXPECT_EQ(StateOf(*writer->snapshot()), before);
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());  // Nothing to do.
  EXPECT_EQ(OpenSnapshot(disk, kDirectory)->manifest().generation, 1u);
  ASSERT_TRUE(PutRow(writer.get(), {"", "2", "AB4", {}}).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(RecordsOf(*OpenSnapshot(disk, kDirectory)).size(), 2u);
}

TEST(Registry, OneWriterManyReaders) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  EXPECT_EQ(RegistryWriter::Open(disk, kDirectory, {}).status().message(), "registry: another writer is at work");
  const auto old = OpenSnapshot(disk, kDirectory);
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(PutRow(writer.get(), {"", "k", "AB" + std::to_string(i), {}}).ok());
    ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  }
  EXPECT_EQ(RecordsOf(*old).size(), 0u);
  EXPECT_FALSE(Take(Snapshot::IsNewest(disk, *old)));
  const auto fresh = Take(Snapshot::Open(disk, kDirectory, {}, old.get()));
  EXPECT_TRUE(Take(Snapshot::IsNewest(disk, *fresh)));
  EXPECT_EQ(RecordsOf(*fresh), std::vector<std::string>{"5|k|AB4|AB4"});
  writer.reset();
  OpenWriter(disk, kDirectory);
}

TEST(Registry, WhatIsNone) {
  SimDisk disk;
  EXPECT_EQ(Snapshot::Open(disk, kDirectory, {}).status().message(),
            "registry: cannot open: No such file or directory");
  EXPECT_EQ(RegistryWriter::Open(disk, kDirectory, {}).status().message(),
            "registry: cannot open: No such file or directory");
  disk.MakeDirectory(kDirectory);
  EXPECT_EQ(Snapshot::Open(disk, kDirectory, {}).status().message(),
            "registry: is a directory and no registry: it has no manifest");
  disk.Close(disk.Open("registry/letter", O_CREAT));
  WriterOptions options;
  options.create = true;
  EXPECT_EQ(RegistryWriter::Open(disk, kDirectory, options).status().message(),
            "registry: is a directory and no registry: it has no manifest");
  EXPECT_EQ(RegistryWriter::Open(disk, "registry/letter", options).status().message(),
            "registry/letter: not a registry: it is no directory");
}

TEST(Registry, CorruptionIsNamedAndRecoveredLoudly) {
  SimDisk disk;
  std::string first;
  {
    auto writer = OpenWriter(disk, kDirectory);
    ASSERT_TRUE(PutRow(writer.get(), {"", "1", "AB1", {}}).ok());
    ASSERT_TRUE(writer->Commit("one").ok());
    first = StateOf(*writer->snapshot());
    ASSERT_TRUE(PutRow(writer.get(), {"", "2", "AB2", {}}).ok());
    ASSERT_TRUE(writer->Commit("two").ok());
  }
  disk.BytesOf("registry/" + ManifestName(2))[100] ^= 1;
  const auto broken = Snapshot::Open(disk, kDirectory, {});
  ASSERT_FALSE(broken.ok());
  EXPECT_EQ(broken.status().message().find("registry/manifest-0000000000000002: "), 0u) << broken.status().message();
  EXPECT_FALSE(RegistryWriter::Open(disk, kDirectory, {}).ok());
  SnapshotOptions recover;
  recover.recover = true;
  const auto read = Take(Snapshot::Open(disk, kDirectory, recover));
  EXPECT_EQ(StateOf(*read), first);
  EXPECT_EQ(read->warning().find("registry: RECOVERED generation 1 of 2: what was committed later is lost ("), 0u)
      << read->warning();
  WriterOptions options;
  options.recover = true;
  auto writer = Take(RegistryWriter::Open(disk, kDirectory, options));
  ASSERT_TRUE(PutRow(writer.get(), {"", "3", "AB3", {}}).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  const auto after = OpenSnapshot(disk, kDirectory);
  EXPECT_EQ(after->manifest().generation, 4u);
  EXPECT_EQ(RecordsOf(*after).size(), 2u);
  EXPECT_GT(after->manifest().next_id, uint64_t{1} << 40);  // The ids that were given up are not given again.
}

TEST(Registry, MissingFileIsNamed) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  ASSERT_TRUE(PutRow(writer.get(), {"", "1", "AB1", {}}).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  const std::string path = "registry/" + SegmentName(1);
  disk.Remove(path);
  EXPECT_EQ(Snapshot::Open(disk, kDirectory, {}).status().message(), path + ": cannot open: No such file or directory");
}

// Random rows, replacements, deletions, aborts, merges and reopenings against a map.
TEST(Registry, AgreesWithAMap) {
  const uint64_t rounds = std::min<uint64_t>(TestCases() / 20 + 10, 2000);
  SimDisk disk;
  std::mt19937 random(1);
  std::map<std::pair<std::string, std::string>, TestRow> committed, current;
  WriterOptions options;
  options.create = true;
  options.most_segments = 3;
  const char* const texts[] = {"AB1234", "a-b 12 35", "??99*", "unknown", "123456 / 654321", "Q7", "n/a", "K1(cano)"};
  const char* const makers[] = {"", "Colt", "colt", " FN "};
  std::unique_ptr<RegistryWriter> writer;
  for (uint64_t round = 0; round < rounds; ++round) {
    if (writer == nullptr || random() % 5 == 0) {
      writer.reset();
      options.pending_bytes = random() % 2 == 0 ? 1 : 4096;
      writer = Take(RegistryWriter::Open(disk, kDirectory, options));
      ASSERT_TRUE(writer->AddAttribute("maker", AttributeType::kCategory).ok());
    }
    current = committed;
    for (unsigned i = 0, changes = random() % 8; i < changes; ++i) {
      TestRow row = {
          random() % 2 == 0 ? "north" : "", std::to_string(random() % 20), texts[random() % 8], {makers[random() % 4]}};
      const auto place = std::make_pair(row.source, row.key);
      if (random() % 4 == 0) {
        bool found = false;
        ASSERT_TRUE(writer->Delete(row.source, row.key, &found).ok());
        EXPECT_EQ(found, current.erase(place) == 1);
        continue;
      }
      PutOutcome outcome;
      ASSERT_TRUE(PutRow(writer.get(), row, &outcome).ok());
      EXPECT_EQ(outcome == PutOutcome::kAdded, current.count(place) == 0);
      const auto there = current.find(place);
      const bool same = there != current.end() && there->second.text == row.text &&
                        TrimWhiteSpace(there->second.values[0]) == TrimWhiteSpace(row.values[0]);
      EXPECT_EQ(outcome == PutOutcome::kUnchanged, same) << row.text;
      current[place] = row;
    }
    if (random() % 6 == 0) {
      writer->Abort();
      continue;
    }
    ASSERT_TRUE(writer->Commit(std::to_string(round)).ok());
    committed = current;
    if (random() % 8 == 0) {
      ASSERT_TRUE(writer->Compact(1).ok());
    }
    const auto snapshot = OpenSnapshot(disk, kDirectory);
    EXPECT_LE(snapshot->segments().size(), 3u);
    ASSERT_TRUE(snapshot->Verify().ok()) << snapshot->Verify().message();
    // The same rows in a registry of their own, in one commit, sorted: all but ids must agree.
    SimDisk other;
    auto twin = OpenWriter(other, kDirectory);
    ASSERT_TRUE(twin->AddAttribute("maker", AttributeType::kCategory).ok());
    for (const auto& [place, row] : committed) ASSERT_TRUE(PutRow(twin.get(), row).ok());
    ASSERT_TRUE(twin->Commit(std::nullopt).ok());
    std::vector<std::string> have = RecordsOf(*snapshot, false), want = RecordsOf(*twin->snapshot(), false);
    std::sort(have.begin(), have.end());
    std::sort(want.begin(), want.end());
    ASSERT_EQ(have, want);
    uint64_t live = 0;
    for (const Segment& segment : snapshot->segments()) live += segment.listed.records - segment.listed.deleted;
    EXPECT_EQ(live, have.size());
    for (const auto& [place, row] : committed) {
      PutOutcome outcome;
      ASSERT_TRUE(PutRow(writer.get(), row, &outcome).ok());
      EXPECT_EQ(outcome, PutOutcome::kUnchanged) << row.text;
    }
  }
}

TEST(Registry, DeleteUnseen) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  for (const char* key : {"1", "2", "3"}) ASSERT_TRUE(PutRow(writer.get(), {"north", key, "AB1 / CD2", {}}).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"south", "1", "AB1", {}}).ok());
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"north", "2", "AB1 / CD2", {}}).ok());  // Unchanged.
  ASSERT_TRUE(PutRow(writer.get(), {"north", "3", "AB2", {}}).ok());
  ASSERT_TRUE(PutRow(writer.get(), {"north", "4", "AB3", {}}).ok());
  VanishCounts counts;
  ASSERT_TRUE(writer->DeleteUnseen("north", {1, 0, false}, &counts).ok());
  EXPECT_EQ(counts.deleted, 1u);
  ASSERT_TRUE(writer->Commit(std::nullopt).ok());
  EXPECT_EQ(RecordsOf(*OpenSnapshot(disk, kDirectory), false).size(), 2u + 1 + 1 + 1);
}

TEST(Registry, ManySmallCommitsLeaveFewSegmentsAndFiles) {
  SimDisk disk;
  auto writer = OpenWriter(disk, kDirectory);
  for (int i = 0; i < 300; ++i) {
    ASSERT_TRUE(PutRow(writer.get(), {"", std::to_string(i), "AB" + std::to_string(i), {}}).ok());
    ASSERT_TRUE(writer->Commit(std::to_string(i)).ok());
    EXPECT_LE(writer->snapshot()->segments().size(), 8u);
  }
  const auto snapshot = OpenSnapshot(disk, kDirectory);
  EXPECT_EQ(RecordsOf(*snapshot).size(), 300u);
  std::vector<std::string> names;
  disk.List(kDirectory, &names);
  EXPECT_LE(names.size(), 3u + 2 * 9);  // Of this manifest and the one before.
}

}  // namespace
}  // namespace burin::internal
