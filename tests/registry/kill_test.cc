// On the disk of this machine: a process that commits without end is killed again and again, while this one reads. No
// commit that was acknowledged is lost, and no snapshot has half of one. Then the errors of the system.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "src/registry/state/registry_files.h"
#include "tests/reference/cases.h"
#include "tests/registry/registry_testing.h"

namespace burin::internal {
namespace {

std::string NewFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "burin-registry-XXXXXX").string();
  EXPECT_NE(::mkdtemp(name.data()), nullptr);
  return name;
}

class RegistryOnDisk : public testing::Test {
 protected:
  ~RegistryOnDisk() override {
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
  }
  std::string folder_ = NewFolder();
  std::string directory_ = folder_ + "/registry";
};

// Commit number n: row n is added, row n - 1 replaced, row n - 2 deleted if n is odd. Acknowledges each to the pipe.
void CommitWithoutEnd(const std::string& directory, int pipe) {
  WriterOptions options;
  options.create = true;
  auto opened = RegistryWriter::Open(Disk::System(), directory, options);
  if (!opened.ok()) ::_exit(1);
  RegistryWriter& writer = **opened;
  const std::string& last = writer.snapshot()->manifest().caller_bytes;
  for (uint64_t n = last.empty() ? 1 : std::stoull(last) + 1;; ++n) {
    bool found = false;
    const auto put = [&](uint64_t key, const std::string& text) {
      return PutRow(&writer, {"", std::to_string(key), text, {}}).ok();
    };
    bool good = put(n, "N" + std::to_string(n)) && (n < 2 || put(n - 1, "R" + std::to_string(n - 1)));
    if (n > 2 && n % 2 == 1) good = good && writer.Delete("", std::to_string(n - 2), &found).ok() && found;
    if (!good || !writer.Commit(std::to_string(n)).ok()) ::_exit(2);
    if (::write(pipe, &n, sizeof(n)) != sizeof(n)) ::_exit(3);
  }
}

// The number of the last commit, after checking that the snapshot holds just what it must after that one.
uint64_t CheckSnapshot(const Snapshot& snapshot) {
  const std::string& bytes = snapshot.manifest().caller_bytes;
  const uint64_t n = bytes.empty() ? 0 : std::stoull(bytes);
  uint64_t live = 0;
  for (const Segment& segment : snapshot.segments()) {
    live += segment.listed.records - segment.listed.deleted;
    for (uint64_t record = 0; record < segment.index->record_count(); ++record) {
      if (segment.IsDeleted(record)) continue;
      std::string key;
      segment.index->AppendKey(record, &key);
      const uint64_t number = std::stoull(key);
      EXPECT_TRUE(number <= n && (number % 2 == 0 || number + 2 > n)) << key << " after " << n;
    }
  }
  // Even rows up to n, and the odd ones that no commit has deleted yet.
  uint64_t expected = n / 2;
  for (uint64_t odd = 1; odd <= n; odd += 2) expected += odd + 2 > n ? 1 : 0;
  EXPECT_EQ(live, expected) << "after " << n;
  return n;
}

// A process that commits without end, and the number of its last acknowledged commit.
class Committer {
 public:
  explicit Committer(const std::string& directory) {
    int ends[2];
    EXPECT_EQ(::pipe(ends), 0);
    EXPECT_EQ(::fcntl(ends[0], F_SETFL, O_NONBLOCK), 0);
    child_ = ::fork();
    EXPECT_GE(child_, 0);
    if (child_ == 0) {
      ::close(ends[0]);
      CommitWithoutEnd(directory, ends[1]);
    }
    ::close(ends[1]);
    pipe_ = ends[0];
  }
  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;
  ~Committer() {
    if (child_ > 0) Kill();
    ::close(pipe_);
  }

  // True if it has acknowledged a commit; *acknowledged is the last one's number.
  bool Acknowledged(uint64_t* acknowledged) {
    for (uint64_t n = 0; ::read(pipe_, &n, sizeof(n)) == sizeof(n); any_ = true) *acknowledged = n;
    return any_;
  }

  void Kill() {
    EXPECT_EQ(::kill(child_, SIGKILL), 0);
    int status = 0;
    EXPECT_EQ(::waitpid(child_, &status, 0), child_);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the writer ended by itself: " << WEXITSTATUS(status);
    child_ = -1;
  }

 private:
  pid_t child_ = -1;
  int pipe_ = -1;
  bool any_ = false;
};

// Every other writer is killed some time after its start, be it at work on the first commit or before it; the others
// some time after their first commit, however long that takes on a busy machine.
TEST_F(RegistryOnDisk, KilledAgainAndAgain) {
  using Clock = std::chrono::steady_clock;
  const int rounds = FullTests() ? 1000 : 20;
  std::mt19937 random(7);
  uint64_t acknowledged = 0, snapshots = 0;
  for (int round = 0; round < rounds; ++round) {
    Committer writer(directory_);
    const auto life = std::chrono::microseconds(500 + random() % 150000);
    bool counting = round % 2 == 0;
    Clock::time_point end = Clock::now() + (counting ? life : std::chrono::minutes(2));
    std::shared_ptr<const Snapshot> earlier;
    while (Clock::now() < end) {
      if (writer.Acknowledged(&acknowledged) && !counting) {
        counting = true;
        end = Clock::now() + life;
      }
      const auto read = Snapshot::Open(Disk::System(), directory_, {}, earlier.get());
      if (!read.ok()) {
        // Not made yet.
        ASSERT_TRUE(earlier == nullptr && acknowledged == 0 && read.status().code() == StatusCode::kIo)
            << read.status().message();
        continue;
      }
      const uint64_t before = earlier == nullptr ? 0 : CheckSnapshot(*earlier);
      earlier = *read;
      EXPECT_GE(CheckSnapshot(*earlier), before);
      ++snapshots;
    }
    writer.Kill();
    EXPECT_TRUE(counting) << "no commit within two minutes";
    writer.Acknowledged(&acknowledged);
    if (acknowledged == 0) continue;
    const auto snapshot = OpenSnapshot(Disk::System(), directory_);
    ASSERT_TRUE(snapshot->Verify().ok());
    ASSERT_GE(CheckSnapshot(*snapshot), acknowledged);
  }
  std::printf("%d kills, %llu commits, %llu snapshots read meanwhile\n", rounds,
              static_cast<unsigned long long>(acknowledged), static_cast<unsigned long long>(snapshots));
  EXPECT_GT(acknowledged, 0u);
}

TEST_F(RegistryOnDisk, TwoWriters) {
  const auto writer = OpenWriter(Disk::System(), directory_);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto second = RegistryWriter::Open(Disk::System(), directory_, {});
    ::_exit(!second.ok() && second.status().message() == directory_ + ": another writer is at work" ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST_F(RegistryOnDisk, DirectoryThatMayNotBeWritten) {
  OpenWriter(Disk::System(), directory_);
  if (::geteuid() == 0) {
    // Root may write anywhere; a directory that is not there may not be written either.
    EXPECT_EQ(RegistryWriter::Open(Disk::System(), folder_ + "/a/b", {true}).status().message(),
              folder_ + "/a/b: cannot create: No such file or directory");
    return;
  }
  ::chmod((directory_ + "/lock").c_str(), 0444);
  ::chmod(directory_.c_str(), 0555);
  EXPECT_EQ(RegistryWriter::Open(Disk::System(), directory_, {}).status().message(),
            directory_ + ": cannot write: Permission denied");
  EXPECT_TRUE(Snapshot::Open(Disk::System(), directory_, {}).ok());
  ::chmod(directory_.c_str(), 0755);
}

// Readers in threads of this process beside a writer: for ThreadSanitizer.
TEST_F(RegistryOnDisk, ThreadsReadWhileOneWrites) {
  auto writer = OpenWriter(Disk::System(), directory_);
  std::atomic<bool> stop{false};
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      std::shared_ptr<const Snapshot> held;
      while (!stop) {
        auto read = Snapshot::Open(Disk::System(), directory_, {}, held.get());
        ASSERT_TRUE(read.ok()) << read.status().message();
        held = *std::move(read);
        const std::string& bytes = held->manifest().caller_bytes;
        ASSERT_EQ(RecordsOf(*held).size(), bytes.empty() ? 0u : std::stoul(bytes));
      }
    });
  }
  for (int n = 1; n <= 60; ++n) {
    ASSERT_TRUE(PutRow(writer.get(), {"", std::to_string(n), "N" + std::to_string(n), {}}).ok());
    ASSERT_TRUE(writer->Commit(std::to_string(n)).ok());
  }
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

}  // namespace
}  // namespace burin::internal
