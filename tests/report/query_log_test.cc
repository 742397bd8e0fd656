// Query logs: what is written is read, one chain whoever writes, what is refused, when lines are synced, and heads.
#include "src/query_log/query_log.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tests/report/log_testing.h"

namespace burin::internal {
namespace {

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
  ASSERT_EQ(audit->chains().size(), 1u);  // Of both.
  EXPECT_EQ(audit->chains()[0].head.lines, 4u);
  EXPECT_FALSE(audit->chains()[0].unfinished);
  EXPECT_TRUE(audit->notes().empty());
  ASSERT_EQ(audit->lines().size(), 3u);  // By time.
  EXPECT_NE(audit->lines()[0].text.find("B2?"), std::string::npos);
  EXPECT_NE(audit->lines()[2].text.find("C\\\"3"), std::string::npos);
  const std::string_view first = audit->lines()[1].text;
  EXPECT_NE(first.find(R"("case":"2026-114","complete":true,"generation":7,"index":"registry","line":1,)"), first.npos)
      << first;
  EXPECT_NE(audit->lines()[1].text.find(R"("records":[12,9])"), std::string::npos);
  EXPECT_EQ(audit->Heads(), audit->chains()[0].head.sha256 + " 4 chain.ndjson\n");
}

TEST(QueryLog, TheFirstLineSaysWhatIsNotProtected) {
  SimDisk disk;
  OpenLog(disk);
  const std::string first = Lines(disk.BytesOf(kChainPath)).front();
  for (const char* part :
       {R"("format":"burin query log 2")", R"("not_protected":["chain.ndjson and chain.head, against )",
        "audit verify --head", "without --log-sync those within 50 ms"}) {
    EXPECT_NE(first.find(part), std::string::npos) << part << " in " << first;
  }
}

TEST(QueryLog, RefusesWhatItCannotKeep) {
  SimDisk disk;
  EXPECT_EQ(QueryLog::Open(disk, kLog, "yesterday", {}).status().code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(QueryLog::Open(disk, "no/such/log", kTime, {}).status().code(), StatusCode::kIo);
  const auto log = OpenLog(disk);
  LoggedQuery query = Asked("A1");
  query.actor = "\xff";
  EXPECT_EQ(log->Add(query).message(), "actor: not UTF-8");
  query.actor = std::string(kMaxLogText + 1, 'a');
  EXPECT_EQ(log->Add(query).code(), StatusCode::kInvalidArgument);
  query = Asked("A1");
  query.options.emplace();
  query.options->where.assign(400, std::string(4000, 'x'));
  EXPECT_EQ(log->Add(query).message(), "conditions: too long for the query log");
  EXPECT_TRUE(log->Add(Asked("A1")).ok());  // Nothing of those is in the chain.
  EXPECT_EQ(HeadsOf(disk)[0].lines, 2u);
}

TEST(QueryLog, WhatIsNoFileIsRefused) {
  for (const std::string* path : {&kChainPath, &kHeadPath}) {
    SimDisk disk;
    disk.MakeDirectory(kLog);
    disk.MakeDirectory(*path);
    EXPECT_EQ(QueryLog::Open(disk, kLog, kTime, {}).status().message(), *path + ": is no regular file");
    EXPECT_EQ(Audit::Run(disk, kLog, {}).status().code(), StatusCode::kIo);
  }
}

// Renamed or removed under a process that has it open: no line goes where nobody looks.
TEST(QueryLog, AFileThatIsGoneStopsTheWriter) {
  for (const std::string* path : {&kChainPath, &kHeadPath}) {
    SimDisk disk;
    const auto log = OpenLog(disk);
    ASSERT_TRUE(log->Add(Asked("A1")).ok());
    disk.Rename(*path, std::string(kLog) + "/aside");
    for (int i = 0; i < 2; ++i) {
      EXPECT_EQ(log->Add(Asked("A2")).message(), *path + ": was moved or removed while this process has the log open");
    }
    EXPECT_FALSE(IsSound(disk));
  }
}

TEST(QueryLog, WaitsForTheLockAndNotForEver) {
  SimDisk disk;
  bool cancelled = false;
  QueryLog::Options options;
  options.wait = {std::chrono::milliseconds(20), [&cancelled] { return cancelled; }};
  const auto log = *QueryLog::Open(disk, kLog, kTime, options);
  const int other = disk.Open(kHeadPath, O_RDONLY);
  ASSERT_EQ(disk.Lock(other), 0);
  EXPECT_EQ(log->Add(Asked("A1")).message(), kHeadPath + ": another process has had it locked for 20 ms");
  EXPECT_EQ(Audit::Run(disk, kLog, {}, options.wait).status().code(), StatusCode::kIo);
  cancelled = true;
  EXPECT_EQ(log->Add(Asked("A1")).code(), StatusCode::kCancelled);
  disk.Close(other);
  EXPECT_TRUE(log->Add(Asked("A1")).ok());  // Nothing was written: it may be tried again.
  EXPECT_TRUE(IsSound(disk));
}

TEST(QueryLog, DepositedHeadsHoldForALogThatGrew) {
  SimDisk disk;
  Log(disk, {"A1"});
  const std::vector<ChainHead> heads = HeadsOf(disk);
  const LogContents then = ContentsOf(disk);
  Log(disk, {"A2"});
  EXPECT_TRUE(IsSound(disk, heads));
  const std::vector<ChainHead> alone = {{"", 0, heads[0].sha256}}, later = HeadsOf(disk);
  EXPECT_TRUE(IsSound(disk, alone));
  PutContents(disk, then);
  EXPECT_TRUE(IsSound(disk));  // Both files put back: as it was then.
  EXPECT_EQ(Fault(disk, later), kChainPath + ": line 3: is not there: 3 lines were deposited");
  EXPECT_EQ(Fault(disk, {{"", 0, later[0].sha256}}), std::string(kLog) + ": no line has the hash " + later[0].sha256 +
                                                         ": lines were cut off, put back or changed, or files removed");
  PutContents(disk, {});
  EXPECT_EQ(Fault(disk), std::string(kLog) + ": holds no query log");
  EXPECT_EQ(Fault(disk, heads), kChainPath + ": is not there: 2 lines of it were deposited");
  Log(disk, {"B1", "B2"});
  EXPECT_TRUE(IsSound(disk));
  EXPECT_FALSE(IsSound(disk, heads));
  EXPECT_FALSE(IsSound(disk, alone));
}

TEST(QueryLog, HeadsThatAreNoneAreRefused) {
  EXPECT_EQ(ReadHeads("x 1 chain-a.ndjson\n", "heads.txt").status().message(),
            "heads.txt: line 1: expected a hash, a number of lines and the name of a chain, or a hash");
  const std::string hash(64, 'a');
  for (const std::string& good : {hash + " 1 chain-a.ndjson\r\n\n", hash + " 7 chain.ndjson", hash, "\n" + hash}) {
    EXPECT_TRUE(ReadHeads(good, "heads").ok()) << good;
  }
  for (const std::string& bad :
       {hash + " 0 chain-a.ndjson", hash + " 1 ../chain-a.ndjson", hash + " 1", hash + "a", hash.substr(1),
        hash + " 1x chain-a.ndjson", hash + " 1 chain-/../a.ndjson", hash + " 1 chain.head"}) {
    EXPECT_EQ(ReadHeads(bad, "heads").status().code(), StatusCode::kBadInput) << bad;
  }
}

TEST(QueryLog, ThreadsShareALog) {
  SimDisk disk;
  const auto log = OpenLog(disk);
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&log] {
      for (int i = 0; i < 50; ++i) EXPECT_TRUE(log->Add(Asked("A" + std::to_string(i))).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(HeadsOf(disk)[0].lines, 201u);
}

class CountingDisk : public SimDisk {
 public:
  int Sync(int file) override {
    ++syncs;
    return SimDisk::Sync(file);
  }
  int syncs = 0;
};

// The first of a group is on disk at once; the others with the first line 50 ms later, when asked, or at the end.
TEST(QueryLog, LinesAreSyncedInGroups) {
  constexpr int kOnce = 2;  // The head and the chain.
  CountingDisk disk;
  int64_t now = 1'000;
  QueryLog::Options options = Syncing(QueryLog::Syncs::kGroups);
  options.now_ms = [&now] { return now; };
  auto log = *QueryLog::Open(disk, kLog, kTime, options);
  disk.syncs = 0;
  const auto syncs_of = [&](int64_t time) {
    now = time;
    const int before = disk.syncs;
    EXPECT_TRUE(log->Add(Asked("A" + std::to_string(time))).ok());
    return disk.syncs - before;
  };
  EXPECT_EQ(syncs_of(1'000), kOnce);
  EXPECT_EQ(syncs_of(1'000), 0);
  EXPECT_EQ(syncs_of(1'049), 0);
  EXPECT_EQ(syncs_of(1'050), kOnce);
  EXPECT_TRUE(log->Sync().ok());
  EXPECT_EQ(disk.syncs, 2 * kOnce);  // Nothing waits.
  EXPECT_EQ(syncs_of(1'060), 0);
  EXPECT_TRUE(log->Sync().ok());
  EXPECT_EQ(disk.syncs, 3 * kOnce);
  EXPECT_EQ(syncs_of(1'070), 0);
  log.reset();
  EXPECT_EQ(disk.syncs, 4 * kOnce);
  log = OpenLog(disk, kTime, QueryLog::Syncs::kEvery);
  EXPECT_EQ(syncs_of(1'070), kOnce);
  EXPECT_EQ(syncs_of(1'070), kOnce);
  log = OpenLog(disk, kTime, QueryLog::Syncs::kUnsynced);
  EXPECT_EQ(syncs_of(2'000), 0);
  log.reset();
  EXPECT_EQ(disk.syncs, 6 * kOnce);
  EXPECT_TRUE(IsSound(disk));
}

}  // namespace
}  // namespace burin::internal
