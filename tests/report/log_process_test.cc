// Query logs on the disk of this machine: processes that write at once, and such as are killed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/report/log_testing.h"

namespace burin::internal {
namespace {

class LogProcesses : public testing::Test {
 protected:
  LogProcesses() {
    EXPECT_NE(::mkdtemp(folder_.data()), nullptr);
    directory_ = folder_ + "/queries";
  }
  ~LogProcesses() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  // A process that logs NAME-0, NAME-1, ... and says so to a pipe, if there is one, after each.
  pid_t Start(const std::string& name, int queries, int pipe) {
    const pid_t process = ::fork();
    if (process != 0) return process;
    const auto log = QueryLog::Open(Disk::System(), directory_, kTime, Syncing(QueryLog::Syncs::kGroups));
    if (!log.ok()) ::_exit(1);
    for (int i = 0; i < queries; ++i) {
      if (!(*log)->Add(Asked(name + "-" + std::to_string(i))).ok()) ::_exit(2);
      if (pipe >= 0 && ::write(pipe, name.data(), 1) != 1) ::_exit(3);
    }
    if (!(*log)->Sync().ok()) ::_exit(4);
    ::_exit(0);
  }
  // How many lines each name has; their numbers must be 0, 1, ...
  std::map<std::string, int> Count() {
    std::map<std::string, int> counts;
    const auto audit = Audit::Run(Disk::System(), directory_, {});
    EXPECT_TRUE(audit.ok()) << audit.status().message();
    if (!audit.ok()) return counts;
    EXPECT_EQ(audit->chains().size(), 1u);
    for (const AuditedLine& line : audit->lines()) {
      constexpr std::string_view kMember = "\"reading\":\"";
      std::string_view reading = line.text.substr(line.text.find(kMember) + kMember.size());
      reading = reading.substr(0, reading.find('"'));
      const size_t dash = reading.find('-');
      int& count = counts[std::string(reading.substr(0, dash))];
      EXPECT_EQ(reading.substr(dash + 1), std::to_string(count++));
    }
    return counts;
  }

  std::string folder_ = (std::filesystem::temp_directory_path() / "burin-log-XXXXXX").string();
  std::string directory_;
};

TEST_F(LogProcesses, WriteOneChainAtOnce) {
  constexpr int kProcesses = 8, kQueries = 50;
  std::vector<pid_t> processes;
  for (int i = 0; i < kProcesses; ++i)
    processes.push_back(Start(std::string(1, static_cast<char>('a' + i)), kQueries, -1));
  for (const pid_t process : processes) {
    int status = -1;
    ASSERT_EQ(::waitpid(process, &status, 0), process);
    EXPECT_EQ(status, 0);
  }
  const std::map<std::string, int> counts = Count();
  ASSERT_EQ(counts.size(), size_t{kProcesses});
  for (const auto& [name, count] : counts) EXPECT_EQ(count, kQueries) << name;
}

TEST_F(LogProcesses, AreKilled) {
  const int rounds = StepOf(2) == 1 ? 500 : 25;
  constexpr int kProcesses = 2;
  std::mt19937 random(7);
  std::map<std::string, int> acknowledged;
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    int pipes[2];
    ASSERT_EQ(::pipe(pipes), 0);
    std::vector<pid_t> processes;
    for (int i = 0; i < kProcesses; ++i) {
      processes.push_back(
          Start(std::string(1, static_cast<char>('a' + i)) + std::to_string(round), 1'000'000, pipes[1]));
    }
    ::close(pipes[1]);
    char name = 0;
    if (round % 2 == 1) {
      EXPECT_EQ(::read(pipes[0], &name, 1), 1);
    }
    if (name != 0) ++acknowledged[name + std::to_string(round)];
    ::usleep(static_cast<useconds_t>(random() % 5'000));
    for (const pid_t process : processes) ::kill(process, SIGKILL);
    for (const pid_t process : processes) ::waitpid(process, nullptr, 0);
    while (::read(pipes[0], &name, 1) == 1) ++acknowledged[name + std::to_string(round)];
    ::close(pipes[0]);
    if (!std::filesystem::exists(directory_ + "/" + std::string(kChainFile))) continue;
    if (std::filesystem::file_size(directory_ + "/" + std::string(kHeadFile)) == 0) continue;  // Just being begun.
    const std::map<std::string, int> counts = Count();
    for (const auto& [who, count] : acknowledged) EXPECT_GE(counts.count(who) != 0 ? counts.at(who) : 0, count) << who;
  }
  EXPECT_FALSE(acknowledged.empty());
}

}  // namespace
}  // namespace burin::internal
