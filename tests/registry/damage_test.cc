// Damage is never written anew: every bit of every segment of a small registry is flipped, then the registry is
// compacted, added to (which merges), backed up and read whole. Each says that it is damaged and leaves all as it was,
// or answers what was there before.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "src/registry/state/create_registry.h"
#include "src/registry/state/registry_files.h"
#include "src/registry/state/verify_registry.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kDirectory[] = "registry";
constexpr char kCopy[] = "copy";

// Two segments with some of everything, one of them with deletions.
std::unique_ptr<SimDisk> Sound() {
  auto disk = std::make_unique<SimDisk>();
  const auto writer = OpenWriter(*disk, kDirectory);
  EXPECT_TRUE(writer->AddAttribute("maker", AttributeType::kCategory).ok());
  for (const TestRow& row : std::vector<TestRow>{{"north", "a", "AB1234", {"Colt"}},
                                                 {"north", "b", "A-B 1235 / CD77", {"FN"}},
                                                 {"", "c", "??99", {""}},
                                                 {"", "d", "unknown", {"Colt"}}}) {
    EXPECT_TRUE(PutRow(writer.get(), row).ok());
  }
  EXPECT_TRUE(writer->Commit("first").ok());
  bool found = false;
  EXPECT_TRUE(writer->Delete("north", "a", &found).ok());
  EXPECT_TRUE(PutRow(writer.get(), {"south", "a", "XY1", {"FN"}}).ok());
  EXPECT_TRUE(PutRow(writer.get(), {"south", "e", "XY2", {""}}).ok());
  EXPECT_TRUE(writer->Commit("second").ok());
  return disk;
}

std::map<std::string, std::string> FilesOf(SimDisk& disk, const std::string& directory) {
  std::map<std::string, std::string> files;
  std::vector<std::string> names;
  disk.List(directory, &names);
  for (const std::string& name : names) {
    const Result<MappedFile> file = disk.Map(InDirectory(directory, name), {});
    files[name] = file.ok() ? std::string(AsText((*file).bytes())) : "";
  }
  return files;
}

enum class Way : uint8_t { kCompact, kPurge, kAdd, kBackUp, kDump };
constexpr int kWays = 5;

// What is there afterwards, in *state, if the answer is OK.
Status Take(SimDisk& disk, Way way, std::string* state) {
  if (way == Way::kBackUp || way == Way::kDump) {
    const auto snapshot = Snapshot::Open(disk, kDirectory, {});
    if (!snapshot.ok()) return snapshot.status();
    if (way == Way::kBackUp) {
      if (Status status = BackUp(disk, **snapshot, kCopy); !status.ok()) return status;
      *state = StateOf(*OpenSnapshot(disk, kCopy));
      return {};
    }
    if (Status status = (*snapshot)->Verify(); !status.ok()) return status;
    *state = StateOf(**snapshot);
    return {};
  }
  WriterOptions options;
  options.most_segments = 1;
  auto writer = RegistryWriter::Open(disk, kDirectory, options);
  if (!writer.ok()) return writer.status();
  if (way == Way::kAdd) {
    if (Status status = PutRow(writer->get(), {"west", "z", "ZZ9", {}}); !status.ok()) return status;
    if (Status status = (*writer)->Commit(std::nullopt); !status.ok()) return status;
  } else {
    Status status = way == Way::kPurge ? (*writer)->Purge(std::nullopt) : (*writer)->Compact(1);
    if (!status.ok()) return status;
  }
  *state = StateOf(*OpenSnapshot(disk, kDirectory));
  return {};
}

bool SaysDamaged(const Status& status) {
  return status.code() == StatusCode::kCorrupt || status.code() == StatusCode::kChecksum ||
         status.code() == StatusCode::kVersionUnsupported;
}

class DamageTest : public testing::Test {
 protected:
  DamageTest() : sound_(Sound()), files_(FilesOf(*sound_, kDirectory)) {
    for (int way = 0; way < kWays; ++way) {
      const auto disk = sound_->Killed();
      EXPECT_TRUE(Take(*disk, static_cast<Way>(way), &expected_[way]).ok());
    }
  }

  void Try(const std::string& name, size_t bit, Way way) {
    std::string bytes = files_.at(name);
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ 1 << (bit % 8));
    const auto disk = sound_->Killed();
    disk->BytesOf(InDirectory(kDirectory, name)) = bytes;
    std::string state;
    const Status status = Take(*disk, way, &state);
    ++tried_;
    if (status.ok()) {
      EXPECT_EQ(state, expected_[static_cast<size_t>(way)]) << name << " bit " << bit;
      ++same_;
      return;
    }
    EXPECT_TRUE(SaysDamaged(status)) << name << " bit " << bit << ": " << status.message();
    EXPECT_EQ(status.message().find(InDirectory(kDirectory, name) + ": "), 0u) << status.message();
    auto left = FilesOf(*disk, kDirectory);
    EXPECT_EQ(left.at(name), bytes);
    left[name] = files_.at(name);
    EXPECT_EQ(left, files_) << name << " bit " << bit << ": something was written";
    EXPECT_EQ(disk->KindOf(kCopy), Disk::Kind::kNothing);
  }

  std::unique_ptr<SimDisk> sound_;
  std::map<std::string, std::string> files_;
  std::string expected_[kWays];
  uint64_t tried_ = 0, same_ = 0;
};

// One bit of each byte in one way; with BURIN_TEST_FULL each bit in all.
TEST_F(DamageTest, EveryBitOfEverySegment) {
  const bool full = std::getenv("BURIN_TEST_FULL") != nullptr;
  for (const auto& [name, bytes] : files_) {
    if (ReadName(name).kind != NameKind::kSegment) continue;
    for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
      const size_t byte = bit / 8;
      if (!full && bit % 8 != byte % 8) continue;
      for (int way = 0; way < kWays; ++way) {
        if (full || static_cast<int>(byte / 8 % kWays) == way) Try(name, bit, static_cast<Way>(way));
        if (HasFailure()) return;
      }
    }
  }
  std::printf("%llu flips, %llu harmless\n", static_cast<unsigned long long>(tried_),
              static_cast<unsigned long long>(same_));
  EXPECT_EQ(same_, 0u);
}

// A commit that is to merge a damaged segment takes nothing in, and can be aborted; one that merges nothing is no
// reader of it.
TEST_F(DamageTest, ACommitThatMergesChecksFirst) {
  std::string bytes = files_.at("segment-0000000000000001");
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  const auto disk = sound_->Killed();
  disk->BytesOf(InDirectory(kDirectory, "segment-0000000000000001")) = bytes;
  WriterOptions options;
  options.most_segments = 1;
  auto writer = Take(RegistryWriter::Open(*disk, kDirectory, options));
  ASSERT_TRUE(PutRow(writer.get(), {"west", "z", "ZZ9", {}}).ok());
  EXPECT_TRUE(SaysDamaged(writer->Commit("third")));
  EXPECT_EQ(OpenSnapshot(*disk, kDirectory)->manifest().caller_bytes, "second");
  writer->Abort();
  EXPECT_FALSE(writer->has_changes());
  writer.reset();
  writer = OpenWriter(*disk, kDirectory);  // Merges when there are more than 5.
  ASSERT_TRUE(PutRow(writer.get(), {"west", "z", "ZZ9", {}}).ok());
  EXPECT_TRUE(writer->Commit("third").ok());
  // Who asks for it gets every file checked when it is opened.
  SnapshotOptions checked;
  checked.open.check_up_to = bytes.size();
  EXPECT_TRUE(SaysDamaged(Snapshot::Open(*disk, kDirectory, checked).status()));
  checked.open.check_up_to = 100;
  EXPECT_TRUE(Snapshot::Open(*disk, kDirectory, checked).ok());
}

}  // namespace
}  // namespace burin::internal
