// What the tests of query logs share: queries, logs on a simulated disk, and chains as version 1 wrote them.
#ifndef BURIN_TESTS_REPORT_LOG_TESTING_H_
#define BURIN_TESTS_REPORT_LOG_TESTING_H_

#include <fcntl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/query_log/audit.h"
#include "src/query_log/query_log.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {

inline constexpr char kLog[] = "queries";
inline constexpr char kTime[] = "2026-11-26T18:07:33Z";
inline const std::string kChainPath = std::string(kLog) + "/" + std::string(kChainFile);
inline const std::string kHeadPath = std::string(kLog) + "/" + std::string(kHeadFile);

// Whether the long tests run whole (BURIN_TEST_FULL=1), or every so many steps of them.
inline uint64_t StepOf(uint64_t quick) {
  const char* const full = std::getenv("BURIN_TEST_FULL");
  return full != nullptr && *full != '\0' ? 1 : quick;
}

inline LoggedQuery Asked(const std::string& reading, const std::string& time = kTime) {
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

inline QueryLog::Options Syncing(QueryLog::Syncs syncs) {
  QueryLog::Options options;
  options.syncs = syncs;
  return options;
}

inline std::unique_ptr<QueryLog> OpenLog(Disk& disk, const char* time = kTime,
                                         QueryLog::Syncs syncs = QueryLog::Syncs::kEvery) {
  auto log = QueryLog::Open(disk, kLog, time, Syncing(syncs));
  EXPECT_TRUE(log.ok()) << log.status().message();
  return log.ok() ? *std::move(log) : nullptr;
}

// A process that writes these and ends.
inline void Log(Disk& disk, const std::vector<std::string>& readings) {
  const auto log = OpenLog(disk);
  ASSERT_NE(log, nullptr);
  for (const std::string& reading : readings) {
    const Status status = log->Add(Asked(reading));
    ASSERT_TRUE(status.ok()) << status.message();
  }
}

// "" if sound, else what is wrong.
inline std::string Fault(Disk& disk, const std::vector<ChainHead>& heads = {}) {
  const auto audit = Audit::Run(disk, kLog, heads);
  if (audit.ok()) return "";
  EXPECT_EQ(audit.status().code(), StatusCode::kCorrupt) << audit.status().message();
  return audit.status().message();
}
inline bool IsSound(Disk& disk, const std::vector<ChainHead>& heads = {}) { return Fault(disk, heads).empty(); }

inline std::vector<ChainHead> HeadsOf(Disk& disk) {
  const auto audit = Audit::Run(disk, kLog, {});
  EXPECT_TRUE(audit.ok()) << audit.status().message();
  return audit.ok() ? *ReadHeads(audit->Heads(), "heads") : std::vector<ChainHead>();
}

// Each with its line feed.
inline std::vector<std::string> Lines(const std::string& content) {
  std::vector<std::string> lines;
  for (size_t at = 0; at < content.size();) {
    const size_t end = std::min(content.find('\n', at), content.size() - 1) + 1;
    lines.push_back(content.substr(at, end - at));
    at = end;
  }
  return lines;
}
inline std::string Joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) text += part;
  return text;
}

// All files of the log, and the other way round.
using LogContents = std::map<std::string, std::string>;
inline LogContents ContentsOf(SimDisk& disk) {
  LogContents contents;
  std::vector<std::string> names;
  disk.List(kLog, &names);
  for (const std::string& name : names) contents[name] = disk.BytesOf(std::string(kLog) + "/" + name);
  return contents;
}
inline void PutFile(SimDisk& disk, const std::string& name, const std::string& content) {
  const std::string path = std::string(kLog) + "/" + name;
  if (disk.KindOf(kLog) == Disk::Kind::kNothing) disk.MakeDirectory(kLog);
  disk.Close(disk.Open(path, O_WRONLY | O_CREAT));
  disk.BytesOf(path) = content;
}
inline void PutContents(SimDisk& disk, const LogContents& contents) {
  std::vector<std::string> names;
  disk.List(kLog, &names);
  for (const std::string& name : names) {
    if (contents.count(name) == 0) disk.Remove(std::string(kLog) + "/" + name);
  }
  for (const auto& [name, content] : contents) PutFile(disk, name, content);
}

// A chain of version 1.
inline std::string OldChain(const std::string& name, const std::vector<std::string>& readings) {
  std::string line = R"({"chain":")" + name + R"(","format":"burin query log 1","line":0,"previous":"","time":")" +
                     std::string(kTime) + "\"}";
  std::string text = line + "\n";
  for (size_t i = 0; i < readings.size(); ++i) {
    line = R"({"line":)" + std::to_string(i + 1) + R"(,"previous":")" + *Sha256Hex(line) + R"(","reading":")" +
           readings[i] + R"(","time":")" + std::string(kTime) + "\"}";
    text += line + "\n";
  }
  return text;
}

}  // namespace burin::internal

#endif
