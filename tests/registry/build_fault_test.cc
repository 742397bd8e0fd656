// A bulk build in bounded memory, over an index that is there: every call to the disk fails once, and every call loses
// the power once. What is found is the old index or the new one, whole, and after an error nothing beside it.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "src/index/write/index_builder.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kPath[] = "top/x.burin";
using Bytes = std::vector<std::byte>;

Status Build(Disk& disk, int rows) {
  const auto builder = IndexBuilder::Create();
  builder->BoundMemory(4096, std::filesystem::temp_directory_path());
  for (int i = 0; i < rows; ++i) {
    const std::string key = "K" + std::to_string(i), text = "AB" + std::to_string(1000 + i * 7919 % 9000);
    RecordedMark mark;
    mark.symbols = std::u32string(text.begin(), text.end());
    const std::vector<RecordedMark> marks = {mark};
    int attribute = -1;
    if (Status status = builder->Add({key, "north", text, marks, {}}, &attribute); !status.ok()) return status;
  }
  if (Status status = builder->WriteUnsynced(kPath, disk); !status.ok()) return status;
  return disk.SyncDirectory("top") == 0 ? Status() : Status(StatusCode::kIo, "the directory");
}

Bytes Found(SimDisk& disk) {
  MappedFile::Options options;
  options.read_into_memory = true;
  const auto file = disk.Map(kPath, options);
  if (!file.ok()) return {};
  return Bytes(file->bytes().begin(), file->bytes().end());
}

class BuildFault : public testing::Test {
 protected:
  // The old index, safe.
  std::unique_ptr<SimDisk> NewDisk() {
    auto disk = std::make_unique<SimDisk>();
    disk->MakeDirectory("top");
    disk->SyncDirectory(".");
    EXPECT_TRUE(Build(*disk, 3).ok());
    return disk;
  }
  BuildFault() {
    const auto disk = NewDisk();
    old_ = Found(*disk);
    disk->FailAt(0, SimDisk::Fault::kNone);
    EXPECT_TRUE(Build(*disk, kRows).ok());
    calls_ = disk->calls();
    new_ = Found(*disk);
    EXPECT_FALSE(old_.empty() || new_.empty() || old_ == new_);
  }
  static constexpr int kRows = 2000;
  Bytes old_, new_;
  uint64_t calls_ = 0;
};

TEST_F(BuildFault, EveryCallFails) {
  for (const SimDisk::Fault fault : {SimDisk::Fault::kIoError, SimDisk::Fault::kFull}) {
    for (uint64_t call = 0; call < calls_; ++call) {
      SCOPED_TRACE("call " + std::to_string(call));
      const auto disk = NewDisk();
      disk->FailAt(call, fault);
      const Status status = Build(*disk, kRows);
      disk->FailAt(0, SimDisk::Fault::kNone);
      const Bytes found = Found(*disk);
      EXPECT_TRUE(found == new_ || (found == old_ && !status.ok()));
      std::vector<std::string> names;
      disk->List("top", &names);
      EXPECT_EQ(names, std::vector<std::string>{"x.burin"});
    }
  }
  std::printf("%llu calls, each failed in 2 ways\n", static_cast<unsigned long long>(calls_));
}

TEST_F(BuildFault, EveryCallLosesThePower) {
  using Survivors = SimDisk::Survivors;
  uint64_t checked = 0;
  for (uint64_t call = 0; call < calls_; ++call) {
    const auto disk = NewDisk();
    disk->FailAt(call, SimDisk::Fault::kPowerCut);
    const bool safe = Build(*disk, kRows).ok();
    for (const Survivors::Bytes bytes : {Survivors::Bytes::kNone, Survivors::Bytes::kHalf, Survivors::Bytes::kAll}) {
      for (size_t number = 0; number <= disk->MostPending(); ++number) {
        for (const auto names : {Survivors::Names::kFirst, Survivors::Names::kOnly, Survivors::Names::kAllBut}) {
          SCOPED_TRACE("call " + std::to_string(call) + ", changes of names " + std::to_string(number));
          const Bytes found = Found(*disk->Crash({names, number, bytes}));
          EXPECT_TRUE(found == new_ || (found == old_ && !safe));
          ++checked;
        }
      }
    }
  }
  std::printf("%llu points of power loss: %llu states checked\n", static_cast<unsigned long long>(calls_),
              static_cast<unsigned long long>(checked));
}

}  // namespace
}  // namespace burin::internal
