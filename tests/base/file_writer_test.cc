// The writer's promise: a file is there whole or not at all, and nothing is left beside it.
#include "src/base/file_writer.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "src/base/bytes.h"
#include "src/base/mapped_file.h"
#include "src/base/same_file.h"

namespace burin::internal {
namespace {

namespace fs = std::filesystem;

class FileWriterTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("file_writer_test_" + std::to_string(::getpid()));
    fs::create_directory(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }
  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  static std::string Content(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }
  long Files() const { return std::distance(fs::directory_iterator(folder_), fs::directory_iterator()); }

  fs::path folder_;
};

TEST_F(FileWriterTest, NothingIsThereBeforeCommit) {
  {
    auto writer = FileWriter::Create(Path("a"));
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->Append("hello ").ok());
    EXPECT_FALSE(fs::exists(Path("a")));
    ASSERT_TRUE(writer->Append(std::string(3 << 20, 'x')).ok());
    ASSERT_TRUE(writer->Append("!").ok());
    ASSERT_TRUE(writer->Commit().ok());
    EXPECT_EQ(writer->Append("more").code(), StatusCode::kState);
    EXPECT_EQ(writer->Commit().code(), StatusCode::kState);
  }
  EXPECT_EQ(Content(Path("a")), "hello " + std::string(3 << 20, 'x') + "!");
  EXPECT_EQ(Files(), 1);
}

TEST_F(FileWriterTest, WithoutCommitTheOldFileStays) {
  std::ofstream(Path("a")) << "old";
  {
    auto writer = FileWriter::Create(Path("a"));
    ASSERT_TRUE(writer.ok());
    ASSERT_TRUE(writer->Append("new").ok());
    FileWriter moved = *std::move(writer);
    EXPECT_EQ(Files(), 2);
  }
  EXPECT_EQ(Content(Path("a")), "old");
  EXPECT_EQ(Files(), 1);
}

TEST_F(FileWriterTest, SyncedIsOnDiskAndHasNoNameYet) {
  std::ofstream(Path("a")) << "old";
  {
    auto writer = FileWriter::Create(Path("a"));
    ASSERT_TRUE(writer->Append("new").ok());
    ASSERT_TRUE(writer->Sync().ok());
    EXPECT_EQ(Content(Path("a")), "old");
  }
  EXPECT_EQ(Files(), 1);
  auto writer = FileWriter::Create(Path("a"));
  ASSERT_TRUE(writer->Append("new").ok());
  ASSERT_TRUE(writer->Sync().ok());
  ASSERT_TRUE(writer->Append("er").ok());
  ASSERT_TRUE(writer->Commit().ok());
  EXPECT_EQ(writer->Sync().code(), StatusCode::kState);
  EXPECT_EQ(Content(Path("a")), "newer");
  auto full = FileWriter::Create("/dev/full");
  ASSERT_TRUE(full->Append("x").ok());
  EXPECT_EQ(full->Sync().code(), StatusCode::kIo);
  EXPECT_EQ(full->Commit().code(), StatusCode::kIo);
}

TEST_F(FileWriterTest, ReplacesTheTargetOfALink) {
  std::ofstream(Path("a")) << "old";
  fs::create_symlink(Path("a"), Path("link"));
  auto writer = FileWriter::Create(Path("link"));
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE(writer->Append("new").ok());
  ASSERT_TRUE(writer->Commit().ok());
  EXPECT_TRUE(fs::is_symlink(Path("link")));
  EXPECT_EQ(Content(Path("a")), "new");
}

TEST_F(FileWriterTest, Errors) {
  EXPECT_EQ(FileWriter::Create(folder_.string()).status().message(), folder_.string() + ": is a directory");
  const std::string nowhere = Path("no/such/folder");
  EXPECT_EQ(FileWriter::Create(nowhere).status().message(), nowhere + ": cannot write: No such file or directory");
  auto full = FileWriter::Create("/dev/full");
  ASSERT_TRUE(full.ok());
  ASSERT_TRUE(full->Append("x").ok());
  const Status status = full->Commit();
  EXPECT_EQ(status.code(), StatusCode::kIo);
  EXPECT_EQ(status.message(), "/dev/full: cannot write: No space left on device");
  EXPECT_EQ(full->Append("y").message(), status.message());
  auto null = FileWriter::Create("/dev/null");
  ASSERT_TRUE(null.ok());
  ASSERT_TRUE(null->Append("x").ok());
  EXPECT_TRUE(null->Commit().ok());
}

TEST_F(FileWriterTest, MappedAndReadFilesAreTheSame) {
  std::ofstream(Path("a")) << "content";
  for (const bool memory : {false, true}) {
    auto file = MappedFile::Open(Path("a"), {memory, true});
    ASSERT_TRUE(file.ok());
    const MappedFile moved = *std::move(file);
    EXPECT_EQ(AsText(moved.bytes()), "content");
  }
  std::ofstream(Path("empty")).flush();
  EXPECT_TRUE(MappedFile::Open(Path("empty"), {})->bytes().empty());
  EXPECT_EQ(MappedFile::Open(folder_.string(), {}).status().message(), folder_.string() + ": is a directory");
  EXPECT_EQ(MappedFile::Open(Path("none"), {}).status().code(), StatusCode::kIo);
}

TEST_F(FileWriterTest, OnlyRegularFilesAreMappedAndNothingIsWaitedFor) {
  ASSERT_EQ(::mkfifo(Path("pipe").c_str(), 0600), 0);
  for (const bool memory : {false, true}) {
    const Status pipe = MappedFile::Open(Path("pipe"), {memory, false}).status();
    EXPECT_EQ(pipe.code(), StatusCode::kIo);
    EXPECT_EQ(pipe.message(), Path("pipe") + ": is a pipe; expected a regular file");
    const Status device = MappedFile::Open("/dev/zero", {memory, false}).status();
    EXPECT_EQ(device.message(), "/dev/zero: is a device; expected a regular file");
  }
}

TEST_F(FileWriterTest, OneFileByWhateverName) {
  std::ofstream(Path("a")) << "a";
  std::ofstream(Path("b")) << "a";
  fs::create_directory(Path("folder"));
  fs::create_symlink("a", Path("link"));
  fs::create_hard_link(Path("a"), Path("hard"));
  fs::create_symlink(folder_, Path("folder/up"));
  EXPECT_TRUE(SameFile(Path("a"), Path("a")));
  EXPECT_TRUE(SameFile(Path("a"), Path("./folder/../a")));
  EXPECT_TRUE(SameFile(Path("a"), Path("link")));
  EXPECT_TRUE(SameFile(Path("hard"), Path("link")));
  EXPECT_TRUE(SameFile(Path("new"), Path("folder/up/new")));
  EXPECT_FALSE(SameFile(Path("a"), Path("b")));
  EXPECT_FALSE(SameFile(Path("a"), Path("new")));
  EXPECT_FALSE(SameFile(Path("new"), Path("other")));
  EXPECT_FALSE(SameFile("/dev/null", "/dev/null"));
}

}  // namespace
}  // namespace burin::internal
