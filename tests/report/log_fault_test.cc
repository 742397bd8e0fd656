// Query logs on a disk that fails, on machines that stop and in processes that are killed, at every call.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/report/log_testing.h"

namespace burin::internal {
namespace {

using Syncs = QueryLog::Syncs;

// One process that logs queries until a call fails; how many were acknowledged.
int Process(SimDisk& disk, const std::string& name, int queries, Syncs syncs) {
  auto log = QueryLog::Open(disk, kLog, kTime, Syncing(syncs));
  int acknowledged = 0;
  while (log.ok() && acknowledged < queries) {
    const Status status = (*log)->Add(Asked(name + std::to_string(acknowledged)));
    if (!status.ok()) {
      EXPECT_EQ(status.code(), StatusCode::kIo);
      // Nobody knows what is in the file, if it was locked.
      if (status.message().find("cannot lock") != std::string::npos) break;
      EXPECT_EQ((*log)->Add(Asked("B")).code(), StatusCode::kIo);
      break;
    }
    ++acknowledged;
  }
  return acknowledged;
}

void ExpectHas(SimDisk& disk, const std::string& name, int acknowledged, const std::string& where) {
  const auto audit = Audit::Run(disk, kLog, {});
  ASSERT_TRUE(audit.ok()) << where << ": " << audit.status().message();
  for (int i = 0; i < acknowledged; ++i) {
    int times = 0;
    for (const AuditedLine& line : audit->lines()) {
      times += line.text.find("\"reading\":\"" + name + std::to_string(i) + "\"") != line.text.npos ? 1 : 0;
    }
    EXPECT_EQ(times, 1) << where << ": " << name << i;
  }
}

bool IsNotBegun(SimDisk& disk) {
  const std::string fault = Fault(disk);
  return fault.find("holds no query log") != fault.npos || fault.find("just being begun") != fault.npos;
}

uint64_t CallsOf(int queries) {
  SimDisk disk;
  EXPECT_EQ(Process(disk, "A", queries, Syncs::kEvery), queries);
  return disk.calls();
}

// Killed at every call, and the next one too: nothing acknowledged is lost, the log is sound all the time, and a third
// one goes on with it.
TEST(LogFaults, EveryKill) {
  for (const Syncs syncs : {Syncs::kEvery, Syncs::kUnsynced}) {
    const uint64_t calls = CallsOf(3);
    for (uint64_t first = 0; first < calls; ++first) {
      SimDisk disk;
      disk.FailAt(first, SimDisk::Fault::kPowerCut);
      const int of_first = Process(disk, "A", 3, syncs);
      const auto after = disk.Killed();
      const std::string where = "call " + std::to_string(first);
      if (of_first == 0 && (after->KindOf(kLog) == Disk::Kind::kNothing || IsNotBegun(*after))) continue;
      ExpectHas(*after, "A", of_first, where);
      for (uint64_t second = first % StepOf(3);; second += StepOf(3)) {
        const auto again = disk.Killed();
        again->FailAt(second, SimDisk::Fault::kPowerCut);
        const int of_second = Process(*again, "B", 2, syncs);
        const auto end = again->Killed();
        const std::string both = where + " and " + std::to_string(second);
        ExpectHas(*end, "A", of_first, both);
        ExpectHas(*end, "B", of_second, both);
        EXPECT_EQ(Process(*end, "C", 2, syncs), 2) << both;
        ExpectHas(*end, "A", of_first, both + " and on");
        ExpectHas(*end, "B", of_second, both + " and on");
        ExpectHas(*end, "C", 2, both + " and on");
        if (HasFailure()) return;
        if (!again->cut()) break;
      }
    }
  }
}

// The machine stops at every call, and any part of what was not safe is there afterwards: with a sync for each line
// nothing acknowledged is lost, and no honest log is called changed.
TEST(LogFaults, EveryLossOfPower) {
  const uint64_t calls = CallsOf(3);
  using Survivors = SimDisk::Survivors;
  for (uint64_t at = 0; at < calls; ++at) {
    SimDisk disk;
    disk.FailAt(at, SimDisk::Fault::kPowerCut);
    const int acknowledged = Process(disk, "A", 3, Syncs::kEvery);
    for (size_t names = 0; names <= disk.MostPending(); ++names) {
      for (const auto bytes : {Survivors::Bytes::kNone, Survivors::Bytes::kHalf, Survivors::Bytes::kAll}) {
        for (const bool rewritten : {false, true}) {
          const auto after = disk.Crash({Survivors::Names::kFirst, names, bytes, rewritten});
          const std::string where = "call " + std::to_string(at) + ", names " + std::to_string(names) + ", bytes " +
                                    std::to_string(static_cast<int>(bytes)) + (rewritten ? ", rewritten" : "");
          const bool begun = after->KindOf(kLog) != Disk::Kind::kNothing && !IsNotBegun(*after);
          if (acknowledged > 0 || begun) ExpectHas(*after, "A", acknowledged, where);
          EXPECT_EQ(Process(*after, "B", 2, Syncs::kEvery), 2) << where;
          ExpectHas(*after, "A", acknowledged, where + " and on");
          ExpectHas(*after, "B", 2, where + " and on");
          if (HasFailure()) return;
        }
      }
    }
  }
}

// A call that fails, a full disk for one, while the machine runs on: the answer is refused, and the next process goes
// on.
TEST(LogFaults, EveryError) {
  const uint64_t calls = CallsOf(3);
  EXPECT_GT(calls, 30u);
  for (const SimDisk::Fault fault : {SimDisk::Fault::kIoError, SimDisk::Fault::kFull}) {
    for (uint64_t at = 0; at < calls; ++at) {
      SimDisk disk;
      disk.FailAt(at, fault);
      const int acknowledged = Process(disk, "A", 3, Syncs::kEvery);
      const std::string where = "call " + std::to_string(at);
      EXPECT_EQ(Process(disk, "B", 2, Syncs::kEvery), 2) << where;
      ExpectHas(disk, "A", acknowledged, where);
      ExpectHas(disk, "B", 2, where);
      if (HasFailure()) return;
    }
  }
}

TEST(LogFaults, AFullDiskIsOneLine) {
  std::vector<std::string> lines;
  for (uint64_t at = 0; at < CallsOf(1); ++at) {
    SimDisk disk;
    disk.FailAt(at, SimDisk::Fault::kFull);
    const auto log = QueryLog::Open(disk, kLog, kTime, {});
    const Status status = log.ok() ? (*log)->Add(Asked("A1")) : log.status();
    if (status.ok()) continue;
    EXPECT_EQ(status.message().find('\n'), std::string::npos);
    EXPECT_EQ(status.message().rfind(std::string(kLog), 0), 0u) << status.message();
    EXPECT_NE(status.message().find(": No space left on device"), std::string::npos) << status.message();
    lines.push_back(status.message());
  }
  EXPECT_GT(lines.size(), 10u);
  EXPECT_NE(std::find(lines.begin(), lines.end(), kChainPath + ": cannot write: No space left on device"), lines.end());
}

}  // namespace
}  // namespace burin::internal
