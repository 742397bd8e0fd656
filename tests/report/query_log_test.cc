// Query logs: what is written is read, every change is found that the format promises to find, and no fault of the disk
// loses a query that was acknowledged.
#include "src/report/query_log.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "src/report/audit.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kLog[] = "queries";
constexpr char kTime[] = "2026-11-26T18:07:33Z";

LoggedQuery Asked(const std::string& reading, const std::string& time) {
  LoggedQuery query;
  query.time = time;
  query.actor = "J. Roe";
  query.purpose = "tracing";
  query.case_number = "2026-114";
  query.reading = reading;
  query.index = "registry";
  query.generation = 7;
  query.complete = true;
  query.matches = 2;
  query.records = {12, 9};
  return query;
}

std::unique_ptr<QueryLog> OpenLog(Disk& disk, const char* time = kTime) {
  auto log = QueryLog::Open(disk, kLog, time, true);
  EXPECT_TRUE(log.ok()) << log.status().message();
  return *std::move(log);
}

std::string PathOf(SimDisk& disk, size_t i = 0) {
  std::vector<std::string> names;
  disk.List(kLog, &names);
  std::sort(names.begin(), names.end());
  return std::string(kLog) + "/" + names.at(i);
}

std::string Content(SimDisk& disk, const std::string& path) { return disk.BytesOf(path); }

void Replace(SimDisk& disk, const std::string& path, const std::string& content) { disk.BytesOf(path) = content; }

std::vector<std::string> Lines(const std::string& content) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < content.size();) {
    const size_t end = content.find('\n', at) + 1;
    lines.push_back(content.substr(at, end - at));
    at = end;
  }
  return lines;
}

std::vector<ChainHead> HeadsOf(Disk& disk) {
  const auto audit = Audit::Run(disk, kLog, {});
  EXPECT_TRUE(audit.ok()) << audit.status().message();
  return *ReadHeads(WriteHeads(audit->chains()), "heads");
}

TEST(QueryLog, WhatWasWrittenIsRead) {
  SimDisk disk;
  {
    const auto one = OpenLog(disk), other = OpenLog(disk, "2026-11-26T18:07:34Z");
    ASSERT_TRUE(one->Add(Asked("A1?", "2026-11-26T18:10:00Z")).ok());
    ASSERT_TRUE(other->Add(Asked("B2?", "2026-11-26T18:09:00Z")).ok());
    ASSERT_TRUE(one->Add(Asked("C\"3", "2026-11-26T18:11:00Z")).ok());
  }
  const auto audit = Audit::Run(disk, kLog, {});
  ASSERT_TRUE(audit.ok()) << audit.status().message();
  ASSERT_EQ(audit->chains().size(), 2u);
  EXPECT_EQ(audit->chains()[0].head.lines, 3u);
  EXPECT_FALSE(audit->chains()[0].unfinished);
  ASSERT_EQ(audit->lines().size(), 3u);  // By time, whatever the chain.
  EXPECT_NE(audit->lines()[0].text.find("B2?"), std::string::npos);
  EXPECT_NE(audit->lines()[2].text.find("C\\\"3"), std::string::npos);
  const std::string_view first = audit->lines()[1].text;
  EXPECT_NE(first.find(R"("case":"2026-114","complete":true,"generation":7,"index":"registry","line":1,)"), first.npos)
      << first;
  EXPECT_NE(audit->lines()[1].text.find(R"("records":[12,9])"), std::string::npos);
}

TEST(QueryLog, TwoOfOneSecondAreTwoChains) {
  SimDisk disk;
  const auto one = OpenLog(disk), other = OpenLog(disk);
  EXPECT_NE(one->path(), other->path());
}

TEST(QueryLog, RefusesWhatItCannotKeep) {
  SimDisk disk;
  EXPECT_EQ(QueryLog::Open(disk, kLog, "yesterday", true).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(QueryLog::Open(disk, "no/such/log", kTime, true).status().code(), StatusCode::kIo);
  const auto log = OpenLog(disk);
  LoggedQuery query = Asked("A1", kTime);
  query.actor = "\xff";
  EXPECT_EQ(log->Add(query).message(), "actor: not UTF-8");
  query.actor = std::string(kMaxLogText + 1, 'a');
  EXPECT_EQ(log->Add(query).code(), StatusCode::kInvalidArgument);
  EXPECT_TRUE(log->Add(Asked("A1", kTime)).ok());  // Nothing of those is in the chain.
  EXPECT_EQ(HeadsOf(disk)[0].lines, 2u);
}

TEST(QueryLog, DepositedHeadsHoldForALogThatGrew) {
  SimDisk disk;
  const auto log = OpenLog(disk);
  ASSERT_TRUE(log->Add(Asked("A1", kTime)).ok());
  const std::vector<ChainHead> heads = HeadsOf(disk);
  ASSERT_TRUE(log->Add(Asked("A2", kTime)).ok());
  OpenLog(disk, "2026-11-27T00:00:00Z");
  EXPECT_TRUE(Audit::Run(disk, kLog, heads).ok());
  disk.Remove(PathOf(disk, 0));
  const auto gone = Audit::Run(disk, kLog, heads);
  ASSERT_FALSE(gone.ok());
  EXPECT_NE(gone.status().message().find("is not there: 2 lines of it were deposited"), std::string::npos)
      << gone.status().message();
}

// Any one byte, anywhere: found against the heads, and without them too but in the last line.
TEST(QueryLog, EveryChangedByteIsFound) {
  SimDisk disk;
  {
    const auto log = OpenLog(disk);
    for (const char* reading : {"A1", "A2", "A3"}) ASSERT_TRUE(log->Add(Asked(reading, kTime)).ok());
  }
  const std::vector<ChainHead> heads = HeadsOf(disk);
  const std::string path = PathOf(disk), content = Content(disk, path);
  const size_t last = content.size() - Lines(content).back().size();
  for (size_t i = 0; i < content.size(); ++i) {
    for (const int flip : {1, 8, 32}) {
      std::string changed = content;
      changed[i] = static_cast<char>(changed[i] ^ flip);
      Replace(disk, path, changed);
      EXPECT_EQ(Audit::Run(disk, kLog, heads).status().code(), StatusCode::kCorrupt) << i;
      if (i < last) {
        EXPECT_EQ(Audit::Run(disk, kLog, {}).status().code(), StatusCode::kCorrupt) << i;
      }
    }
  }
}

TEST(QueryLog, LinesTakenOutMovedOrPutInAreFound) {
  SimDisk disk;
  {
    const auto log = OpenLog(disk);
    for (const char* reading : {"A1", "A2", "A3"}) ASSERT_TRUE(log->Add(Asked(reading, kTime)).ok());
  }
  const std::string path = PathOf(disk), content = Content(disk, path);
  const std::vector<std::string> lines = Lines(content);
  const auto joined = [](const std::vector<std::string>& parts) {
    std::string text;
    for (const std::string& part : parts) text += part;
    return text;
  };
  for (size_t i = 0; i + 1 < lines.size(); ++i) {
    std::vector<std::string> without = lines, moved = lines, twice = lines;
    without.erase(without.begin() + static_cast<ptrdiff_t>(i));
    std::swap(moved[i], moved[i + 1]);
    twice.insert(twice.begin() + static_cast<ptrdiff_t>(i), twice[i]);
    for (const auto& changed : {without, moved, twice}) {
      Replace(disk, path, joined(changed));
      EXPECT_EQ(Audit::Run(disk, kLog, {}).status().code(), StatusCode::kCorrupt) << i;
    }
  }
}

// A writer that was stopped leaves what no one takes for a change; against the heads it is one.
TEST(QueryLog, ALastLineWithoutItsEndIsTold) {
  SimDisk disk;
  {
    const auto log = OpenLog(disk);
    for (const char* reading : {"A1", "A2"}) ASSERT_TRUE(log->Add(Asked(reading, kTime)).ok());
  }
  const std::vector<ChainHead> heads = HeadsOf(disk);
  const std::string path = PathOf(disk), content = Content(disk, path);
  for (size_t size = 0; size < content.size(); ++size) {
    Replace(disk, path, content.substr(0, size));
    const auto audit = Audit::Run(disk, kLog, {});
    ASSERT_TRUE(audit.ok()) << audit.status().message();
    EXPECT_EQ(audit->chains()[0].unfinished, size == 0 || content[size - 1] != '\n');
    EXPECT_EQ(Audit::Run(disk, kLog, heads).status().code(), StatusCode::kCorrupt) << size;
  }
}

TEST(QueryLog, HeadsThatAreNoneAreRefused) {
  EXPECT_EQ(ReadHeads("x 1 chain-a.ndjson\n", "heads.txt").status().message(),
            "heads.txt: line 1: expected a hash, a number of lines and the name of a chain");
  const std::string hash(64, 'a');
  EXPECT_TRUE(ReadHeads(hash + " 1 chain-a.ndjson\r\n\n", "heads").ok());
  for (const std::string& bad : {hash + " 0 chain-a.ndjson", hash + " 1 ../chain-a.ndjson", hash + " 1",
                                 hash + " 1x chain-a.ndjson", hash + " 1 chain-/../a.ndjson"}) {
    EXPECT_EQ(ReadHeads(bad, "heads").status().code(), StatusCode::kBadInput) << bad;
  }
}

TEST(QueryLog, ThreadsShareAChain) {
  SimDisk disk;
  const auto log = OpenLog(disk);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&log] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(log->Add(Asked("A" + std::to_string(i), kTime)).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(HeadsOf(disk)[0].lines, 201u);
}

// Every call fails once, in each way: what was acknowledged is there afterwards, and the log is one that can be read.
TEST(QueryLog, EveryFaultKeepsWhatWasAcknowledged) {
  constexpr int kQueries = 3;
  uint64_t calls = 0;
  for (const SimDisk::Fault fault : {SimDisk::Fault::kNone, SimDisk::Fault::kIoError, SimDisk::Fault::kFull,
                                     SimDisk::Fault::kPowerCut}) {
    for (uint64_t at = 0; at == 0 || at < calls; ++at) {
      SimDisk disk;
      disk.FailAt(at, fault);
      int acknowledged = 0;
      auto log = QueryLog::Open(disk, kLog, kTime, true);
      bool failed = !log.ok();
      for (int i = 0; !failed && i < kQueries; ++i) {
        const Status status = (*log)->Add(Asked("A" + std::to_string(i), kTime));
        failed = !status.ok();
        acknowledged += status.ok() ? 1 : 0;
        if (failed) {
          EXPECT_EQ((*log)->Add(Asked("B", kTime)).code(), StatusCode::kIo);  // Nobody knows what is in the file.
        }
      }
      if (fault == SimDisk::Fault::kNone) {
        calls = disk.calls();
        EXPECT_EQ(acknowledged, kQueries);
        break;
      }
      if (log.ok()) log->reset();
      const auto after = disk.Crash({SimDisk::Survivors::Names::kFirst, 0, SimDisk::Survivors::Bytes::kHalf});
      if (acknowledged == 0 && after->KindOf(kLog) == Disk::Kind::kNothing) continue;
      const auto audit = Audit::Run(*after, kLog, {});
      ASSERT_TRUE(audit.ok()) << audit.status().message();
      EXPECT_GE(audit->lines().size(), static_cast<size_t>(acknowledged)) << at;
    }
  }
  EXPECT_GT(calls, 8u);
}

}  // namespace
}  // namespace burin::internal
