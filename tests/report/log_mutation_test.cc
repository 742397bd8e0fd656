// Every change of a query log's files is found, but for what the first line of the log says is not protected: bits,
// lines, files, and heads put back; and a process that goes on with a changed log hides nothing of it.
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "src/query_log/log_head.h"
#include "tests/report/log_testing.h"

namespace burin::internal {
namespace {

const std::string kChain(kChainFile), kHead(kHeadFile);

std::string WithBit(std::string text, size_t bit) {
  text[bit / 8] = static_cast<char>(text[bit / 8] ^ (1 << bit % 8));
  return text;
}

// Another process logs a query, if it can.
void GoOn(SimDisk& disk) {
  auto log = QueryLog::Open(disk, kLog, kTime, {});
  if (!log.ok()) return;
  EXPECT_TRUE((*log)->Add(Asked("later")).ok());
}

// Never sound, now or after somebody went on, with a head that was noted before or without.
void ExpectFound(SimDisk& disk, const LogContents& changed, const std::vector<ChainHead>& noted,
                 const std::string& what) {
  PutContents(disk, changed);
  EXPECT_FALSE(IsSound(disk)) << what;
  EXPECT_FALSE(IsSound(disk, noted)) << what;
  GoOn(disk);
  EXPECT_FALSE(IsSound(disk)) << what << ", gone on";
  EXPECT_FALSE(IsSound(disk, noted)) << what << ", gone on";
}

// A log that went on behind two chains of version 1, one of them with a last line without its end, and behind a writer
// that was stopped in the middle of a line.
LogContents MakeLog(SimDisk& disk) {
  PutFile(disk, "chain-20261126T180733Z-7.ndjson", OldChain("chain-20261126T180733Z-7.ndjson", {"Z1", "Z2"}));
  PutFile(disk, "chain-20261126T180734Z-7.ndjson", OldChain("chain-20261126T180734Z-7.ndjson", {}) + "{\"act");
  Log(disk, {"A1"});
  const std::string chain = disk.BytesOf(kChainPath);
  LogHead head = *ReadLogHead(disk.BytesOf(kHeadPath));
  head.next = std::string(64, '0');
  PutFile(disk, kHead, WriteLogHead(head));
  PutFile(disk, kChain, chain + "{\"actor\":\"J. R");
  Log(disk, {"A2"});
  Log(disk, {"A3"});
  return ContentsOf(disk);
}

TEST(LogMutation, TheLogIsSound) {
  SimDisk disk;
  MakeLog(disk);
  const auto audit = Audit::Run(disk, kLog, HeadsOf(disk));
  ASSERT_TRUE(audit.ok()) << audit.status().message();
  EXPECT_EQ(audit->chains().size(), 3u);
  EXPECT_EQ(audit->lines().size(), 5u);
  ASSERT_EQ(audit->notes().size(), 2u);
  EXPECT_EQ(audit->notes()[0],
            "queries/chain-20261126T180734Z-7.ndjson: line 2: has no end: its writer was stopped, or "
            "is writing it");
  EXPECT_EQ(audit->notes()[1], "queries/chain.ndjson: line 6: before it, 1 line whose writer was stopped");
}

// In the quick tier every seventh: each byte, and each place in it.
TEST(LogMutation, EveryBitOfEveryFile) {
  SimDisk disk;
  const LogContents log = MakeLog(disk);
  for (const auto& [name, content] : log) {
    std::string& bytes = disk.BytesOf(std::string(kLog) + "/" + name);
    for (size_t bit = 0; bit < 8 * content.size(); bit += StepOf(7)) {
      bytes = WithBit(content, bit);
      ASSERT_FALSE(IsSound(disk)) << name << " bit " << bit;
    }
    bytes = content;
  }
}

TEST(LogMutation, ABitThatSomebodyWentOnBehind) {
  SimDisk disk;
  const LogContents log = MakeLog(disk);
  const std::vector<ChainHead> noted = HeadsOf(disk);
  for (const auto& [name, content] : log) {
    for (size_t bit = 0; bit < 8 * content.size(); bit += 61) {
      LogContents changed = log;
      changed[name] = WithBit(content, bit);
      ExpectFound(disk, changed, noted, name + " bit " + std::to_string(bit));
    }
  }
}

TEST(LogMutation, EveryLineOfEveryFile) {
  SimDisk disk;
  const LogContents log = MakeLog(disk);
  const std::vector<ChainHead> noted = HeadsOf(disk);
  for (const auto& [name, content] : log) {
    if (name == kHead) continue;
    const std::vector<std::string> lines = Lines(content);
    for (size_t i = 0; i < lines.size(); ++i) {
      std::vector<std::vector<std::string>> all(2, lines);
      all[0].erase(all[0].begin() + static_cast<ptrdiff_t>(i));
      all[1].insert(all[1].begin() + static_cast<ptrdiff_t>(i), lines[i]);
      for (size_t j = i + 1; j < lines.size(); ++j) {
        all.push_back(lines);
        std::swap(all.back()[i], all.back()[j]);
      }
      for (size_t k = 0; k < all.size(); ++k) {
        LogContents changed = log;
        changed[name] = Joined(all[k]);
        ExpectFound(disk, changed, noted, name + " line " + std::to_string(i) + " change " + std::to_string(k));
      }
    }
    for (size_t size = 0; size < content.size(); size += 29) {
      LogContents changed = log;
      changed[name] = content.substr(0, size);
      ExpectFound(disk, changed, noted, name + " cut to " + std::to_string(size));
    }
  }
}

TEST(LogMutation, EveryFileRemoved) {
  SimDisk disk;
  const LogContents log = MakeLog(disk);
  const std::vector<ChainHead> noted = HeadsOf(disk);
  for (const auto& [name, content] : log) {
    LogContents changed = log;
    changed.erase(name);
    ExpectFound(disk, changed, noted, name);
    for (const auto& [other, more] : log) {
      changed = log;
      changed.erase(name);
      changed.erase(other);
      PutContents(disk, changed);
      const bool both = (name == kChain && other == kHead) || (name == kHead && other == kChain);
      EXPECT_EQ(IsSound(disk), both) << name << " and " << other;  // Declared: only a noted head shows it.
      EXPECT_FALSE(IsSound(disk, noted)) << name << " and " << other;
    }
  }
  PutContents(disk, {});
  EXPECT_FALSE(IsSound(disk));
}

// Heads of every moment beside the last chain, and both files of every moment.
TEST(LogMutation, FilesPutBack) {
  SimDisk disk;
  std::vector<LogContents> moments;  // While a line is being written, and after it.
  std::vector<std::string> before;
  for (int i = 0; i < 4; ++i) {
    Log(disk, {"A" + std::to_string(i)});
    LogContents now = ContentsOf(disk), writing = now;
    LogHead head = *ReadLogHead(now[kHead]);
    if (!moments.empty()) {
      LogHead last = *ReadLogHead(moments.back()[kHead]);
      last.next = head.state.sha256;
      writing[kHead] = WriteLogHead(last);
      moments.push_back(writing);
    }
    moments.push_back(now);
  }
  const LogContents log = moments.back();
  const std::vector<ChainHead> noted = HeadsOf(disk);
  for (size_t i = 0; i + 1 < moments.size(); ++i) {
    LogContents changed = log;
    changed[kHead] = moments[i][kHead];
    PutContents(disk, changed);
    const bool declared = i + 2 == moments.size();  // The chain is whole, and its last line may have been on its way.
    EXPECT_EQ(IsSound(disk), declared) << i;
    GoOn(disk);
    EXPECT_EQ(IsSound(disk), declared) << i;
    if (moments[i][kChain] != log.at(kChain)) {
      changed = log;
      changed[kChain] = moments[i][kChain];
      ExpectFound(disk, changed, noted, "chain of " + std::to_string(i));
      PutContents(disk, moments[i]);
      EXPECT_TRUE(IsSound(disk)) << i;  // Declared: only a noted head shows it.
      EXPECT_FALSE(IsSound(disk, noted)) << i;
    }
  }
}

// What only one who was not stopped could have left: declared is a line without its end, as long as nobody went on.
TEST(LogMutation, TheLineThatWasBeingWritten) {
  SimDisk disk;
  Log(disk, {"A1"});
  LogHead head = *ReadLogHead(disk.BytesOf(kHeadPath));
  const std::string whole = disk.BytesOf(kChainPath);
  Log(disk, {"A2"});
  const std::string line = disk.BytesOf(kChainPath).substr(whole.size());
  head.next = *Sha256Hex(line.substr(0, line.size() - 1));
  for (size_t size = 0; size <= line.size(); ++size) {
    PutFile(disk, kHead, WriteLogHead(head));
    PutFile(disk, kChain, whole + line.substr(0, size));
    const auto audit = Audit::Run(disk, kLog, {});
    ASSERT_TRUE(audit.ok()) << audit.status().message();
    EXPECT_EQ(audit->notes().size(), 1u) << size;
    Log(disk, {"A3"});
    EXPECT_TRUE(IsSound(disk)) << size << Fault(disk);
    EXPECT_EQ(disk.BytesOf(kChainPath).substr(0, whole.size() + size), whole + line.substr(0, size));  // Kept.
    const bool is_marked = disk.BytesOf(kChainPath).find(R"("gap":{"unfinished":{"after":)") != std::string::npos;
    EXPECT_EQ(is_marked, size > 0 && size + 1 < line.size()) << size;
  }
}

TEST(LogMutation, WhatWasLostStaysAFaultUntilAHeadBehindItIsNoted) {
  SimDisk disk;
  Log(disk, {"A1", "A2"});
  const std::vector<ChainHead> before = HeadsOf(disk);
  std::string& chain = disk.BytesOf(kChainPath);
  chain.resize(chain.size() - 100);
  Log(disk, {"A3"});
  Log(disk, {"A4"});
  EXPECT_NE(Fault(disk).find("line 4: says that of 3 lines before it"), std::string::npos) << Fault(disk);
  EXPECT_FALSE(IsSound(disk, before));
  const std::vector<std::string> lines = Lines(disk.BytesOf(kChainPath));
  ASSERT_EQ(lines.size(), 5u);  // The one that was cut is there as it was.
  const auto hash = [&lines](size_t i) { return *Sha256Hex(lines[i].substr(0, lines[i].size() - 1)); };
  EXPECT_FALSE(IsSound(disk, {{"", 0, hash(1)}}));
  const auto audit = Audit::Run(disk, kLog, {{"", 0, hash(4)}});
  ASSERT_TRUE(audit.ok()) << audit.status().message();
  ASSERT_EQ(audit->notes().size(), 2u);
  EXPECT_NE(audit->notes()[1].find("a head behind it was noted"), std::string::npos) << audit->notes()[1];
}

TEST(LogMutation, ChainsOfVersionOne) {
  SimDisk disk;
  const std::string name = "chain-20261126T180733Z-7.ndjson", other = "chain-20261126T180735Z-9.ndjson";
  PutFile(disk, name, OldChain(name, {"Z1", "Z2"}));
  EXPECT_TRUE(IsSound(disk));  // Read as ever, and said what that is worth.
  const auto audit = Audit::Run(disk, kLog, {});
  ASSERT_EQ(audit->notes().size(), 1u);
  EXPECT_NE(audit->notes()[0].find("written by an earlier version"), std::string::npos);
  const std::vector<ChainHead> noted = HeadsOf(disk);
  EXPECT_EQ(noted[0].chain, name);
  Log(disk, {"A1"});
  EXPECT_TRUE(IsSound(disk, noted));
  const LogContents log = ContentsOf(disk);
  // An earlier version that went on, in its chain or in one of its own.
  LogContents changed = log;
  changed[name] = OldChain(name, {"Z1", "Z2", "Z3"});
  ExpectFound(disk, changed, HeadsOf(disk), "grown");
  PutContents(disk, log);
  changed = log;
  changed[other] = OldChain(other, {"Y1"});
  ExpectFound(disk, changed, HeadsOf(disk), "another");
}

}  // namespace
}  // namespace burin::internal
