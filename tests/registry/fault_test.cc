// Every call to the disk fails once, and every call loses the power once: during creation, commits with additions,
// replacements and deletions, an aborted commit, merging and removal of old files. All points are enumerated.
//
// The twin is a list of the states that were committed: what is found afterwards must be the last state whose commit
// answered OK, or that of the commit under way. Then the next writer must be able to go on.
#include <gtest/gtest.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "src/registry/state/verify_registry.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kDirectory[] = "top/registry";

// Files in which a text can be read that step 1 added and step 3 deleted.
std::vector<std::string> PurgedFiles(SimDisk& disk) {
  std::vector<std::string> found, names;
  disk.List(kDirectory, &names);
  for (const std::string& name : names) {
    const std::string path = std::string(kDirectory) + "/" + name;
    if (disk.BytesOf(path).find("A-B 1234 / 77") != std::string::npos) found.push_back(name);
  }
  return found;
}

// What a run did: how many steps answered OK, and the states that may be found after each number of steps.
class Scenario {
 public:
  // Runs until something fails. `states`, unless nullptr, gets the state after each step.
  static size_t Run(SimDisk& disk, std::vector<std::string>* states) {
    Scenario scenario(disk, states);
    for (size_t step = 0; step < kSteps; ++step) {
      if (!scenario.Step(step).ok()) return step;
      if (states != nullptr) states->push_back(StateOf(*OpenSnapshot(disk, kDirectory)));
    }
    return kSteps;
  }
  static constexpr size_t kSteps = 8;

 private:
  Scenario(SimDisk& disk, std::vector<std::string>* states) : disk_(disk), states_(states) {}

  Status Step(size_t step) {
    if (step == 0) {
      WriterOptions options;
      options.create = true;
      options.most_segments = 2;
      options.pending_bytes = 1;  // Each row is a segment.
      auto writer = RegistryWriter::Open(disk_, kDirectory, options);
      if (!writer.ok()) return writer.status();
      writer_ = *std::move(writer);
      return {};
    }
    if (step == 6) return writer_->Compact(1);
    if (step == 7) return Purge();
    if (Status status = Change(step); !status.ok()) return status;
    return writer_->Commit("position " + std::to_string(step));
  }

  // What it removed stays gone: of that which was deleted nothing is left in any file, whatever happens then.
  Status Purge() {
    if (Status status = writer_->Purge(std::nullopt); !status.ok()) return status;
    EXPECT_TRUE(PurgedFiles(disk_).empty());
    return {};
  }

  Status Change(size_t step) {
    bool found = false;
    const std::string number = std::to_string(step);
    switch (step) {
      case 1:
        if (Status status = PutRow(writer_.get(), {"north", "a", "AB1234", {}}); !status.ok()) return status;
        return PutRow(writer_.get(), {"north", "b", "A-B 1234 / 77", {}});
      case 2:
        return PutRow(writer_.get(), {"north", "a", "AB1235", {}});
      case 3:
        if (Status status = writer_->Delete("north", "b", &found); !status.ok()) return status;
        return PutRow(writer_.get(), {"south", "a", "??99", {}});
      case 4:
        if (Status status = PutRow(writer_.get(), {"south", "c", "unknown", {}}); !status.ok()) return status;
        writer_->Abort();
        return PutRow(writer_.get(), {"south", "d", "XY1", {}});
      default:
        return writer_->Delete("south", "a", &found);
    }
  }

  SimDisk& disk_;
  std::vector<std::string>* states_;
  std::unique_ptr<RegistryWriter> writer_;
};

std::unique_ptr<SimDisk> NewDisk() {
  auto disk = std::make_unique<SimDisk>();
  disk->MakeDirectory("top");
  disk->SyncDirectory(".");
  return disk;
}

class FaultTest : public testing::Test {
 protected:
  FaultTest() {
    const auto disk = NewDisk();
    disk->FailAt(0, SimDisk::Fault::kNone);
    std::vector<std::string> states;
    EXPECT_EQ(Scenario::Run(*disk, &states), Scenario::kSteps);
    states_.push_back("absent");
    states_.insert(states_.end(), states.begin(), states.end());
    const auto again = NewDisk();
    again->FailAt(0, SimDisk::Fault::kNone);
    Scenario::Run(*again, nullptr);
    calls_ = again->calls();
  }

  // The state on a disk, which is that after `steps` or the one after it.
  std::string Check(SimDisk& disk, size_t steps) {
    std::string state = "absent";
    if (disk.KindOf(kDirectory) != Disk::Kind::kNothing) {
      const auto snapshot = Snapshot::Open(disk, kDirectory, {});
      if (!snapshot.ok()) return "cannot be opened: " + snapshot.status().message();
      if (Status status = (*snapshot)->Verify(); !status.ok()) return "does not verify: " + status.message();
      state = StateOf(**snapshot);
    }
    ++checked_;
    if (state != "absent") {
      const Status status = VerifyDirectory(disk, *OpenSnapshot(disk, kDirectory));
      EXPECT_TRUE(status.ok()) << status.message();
    }
    if (steps == Scenario::kSteps) {
      EXPECT_TRUE(PurgedFiles(disk).empty());
    }
    const bool before = state == states_[steps];
    const bool after = steps + 1 < states_.size() && state == states_[steps + 1];
    EXPECT_TRUE(before || after) << "after " << steps << " steps:\n" << state << "expected:\n" << states_[steps];
    return state;
  }

  // The next writer goes on from what there is, and leaves nothing behind that is not named.
  void GoOn(SimDisk& disk, const std::string& state) {
    const auto writer = OpenWriter(disk, kDirectory);
    if (state != "absent") {
      EXPECT_EQ(StateOf(*writer->snapshot()), state);
    }
    const uint64_t next_id = writer->snapshot()->manifest().next_id;
    ASSERT_TRUE(PutRow(writer.get(), {"later", "z", "ZZ9", {}}).ok());
    const Status status = writer->Commit("later");
    ASSERT_TRUE(status.ok()) << status.message();
    const auto snapshot = OpenSnapshot(disk, kDirectory);
    ASSERT_EQ(snapshot->manifest().caller_bytes, "later");
    ASSERT_EQ(RecordsOf(*snapshot).back(), std::to_string(next_id) + "|z|ZZ9|ZZ9|source=later");
    std::vector<std::string> names;
    disk.List(kDirectory, &names);
    for (const std::string& name : names) EXPECT_EQ(name.find(".tmp-"), std::string::npos) << name;
    disk.List("top", &names);
    EXPECT_EQ(names.size(), state == "absent" ? names.size() : 1u);
  }

  // Every way in which what was not safe may have survived.
  static std::vector<SimDisk::Survivors> Ways(const SimDisk& disk) {
    using Names = SimDisk::Survivors::Names;
    using Bytes = SimDisk::Survivors::Bytes;
    std::vector<SimDisk::Survivors> ways;
    const size_t pending = disk.MostPending();
    for (const Bytes bytes : {Bytes::kNone, Bytes::kHalf, Bytes::kAll}) {
      for (size_t number = 0; number <= pending; ++number) ways.push_back({Names::kFirst, number, bytes});
      for (size_t number = 0; number < pending; ++number) ways.push_back({Names::kOnly, number, bytes});
      for (size_t number = 0; number < pending; ++number) ways.push_back({Names::kAllBut, number, bytes});
    }
    return ways;
  }

  std::vector<std::string> states_;  // After each number of steps.
  uint64_t calls_ = 0;
  uint64_t checked_ = 0;
};

TEST_F(FaultTest, StatesDiffer) {
  ASSERT_EQ(states_.size(), Scenario::kSteps + 1);
  for (size_t i = 0; i + 3 < states_.size(); ++i) EXPECT_NE(states_[i], states_[i + 1]);
  EXPECT_EQ(states_[Scenario::kSteps - 1], states_[Scenario::kSteps - 2]);  // Merging changes nothing,
  EXPECT_EQ(states_[Scenario::kSteps], states_[Scenario::kSteps - 1]);      // nor does purging.
  EXPECT_NE(states_.back().find("|d|XY1"), std::string::npos);
}

TEST_F(FaultTest, EveryCallFails) {
  for (const SimDisk::Fault fault : {SimDisk::Fault::kIoError, SimDisk::Fault::kFull}) {
    for (uint64_t call = 0; call < calls_; ++call) {
      SCOPED_TRACE("call " + std::to_string(call));
      const auto disk = NewDisk();
      disk->FailAt(call, fault);
      const size_t steps = Scenario::Run(*disk, nullptr);
      disk->FailAt(0, SimDisk::Fault::kNone);
      const std::string state = Check(*disk, steps);
      // Merging and removal of old files may fail without anybody being told; all else says so.
      GoOn(*disk, state);
    }
  }
  std::printf("%llu calls, each failed in 2 ways: %llu states checked\n", static_cast<unsigned long long>(calls_),
              static_cast<unsigned long long>(checked_));
}

TEST_F(FaultTest, EveryCallLosesThePower) {
  for (uint64_t call = 0; call < calls_; ++call) {
    SCOPED_TRACE("call " + std::to_string(call));
    const auto disk = NewDisk();
    disk->FailAt(call, SimDisk::Fault::kPowerCut);
    const size_t steps = Scenario::Run(*disk, nullptr);
    for (const SimDisk::Survivors& way : Ways(*disk)) {
      const auto found = disk->Crash(way);
      const std::string state = Check(*found, steps);
      GoOn(*found, state);
    }
  }
  std::printf("%llu points of power loss: %llu states checked\n", static_cast<unsigned long long>(calls_),
              static_cast<unsigned long long>(checked_));
}

// The power goes, and again while the next writer tidies up and commits.
TEST_F(FaultTest, EveryCallLosesThePowerTwice) {
  using Survivors = SimDisk::Survivors;
  for (uint64_t call = 0; call < calls_; ++call) {
    const auto disk = NewDisk();
    disk->FailAt(call, SimDisk::Fault::kPowerCut);
    const size_t steps = Scenario::Run(*disk, nullptr);
    // Killed: what is visible and not safe is then lost under the feet of the next writer.
    for (const bool killed : {true, false}) {
      for (uint64_t second = 0;; ++second) {
        SCOPED_TRACE("calls " + std::to_string(call) + ", " + std::to_string(second));
        const auto found = killed ? disk->Killed() : disk->Crash(Survivors());
        const std::string state = Check(*found, steps);
        found->FailAt(second, SimDisk::Fault::kPowerCut);
        WriterOptions options;
        options.create = true;
        bool committed = false;
        if (auto writer = RegistryWriter::Open(*found, kDirectory, options); writer.ok()) {
          committed = PutRow(writer->get(), {"later", "z", "ZZ9", {}}).ok() && (*writer)->Commit("later").ok();
        }
        const bool over = !found->cut();
        const auto last = found->Crash(Survivors());
        if (committed) {
          EXPECT_EQ(OpenSnapshot(*last, kDirectory)->manifest().caller_bytes, "later");
        } else {
          Check(*last, steps);
        }
        if (over) break;
      }
    }
  }
  std::printf("%llu states checked\n", static_cast<unsigned long long>(checked_));
}

}  // namespace
}  // namespace burin::internal
