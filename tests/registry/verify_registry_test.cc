// What a registry promises beyond the rules of each segment, broken one by one in files whose checksums are right.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "src/index/file/container.h"
#include "src/mark/fold/fold.h"
#include "src/registry/state/registry_files.h"
#include "src/registry/state/verify_registry.h"
#include "tests/index/index_testing.h"
#include "tests/registry/registry_testing.h"
#include "tests/registry/sim_disk.h"

namespace burin::internal {
namespace {

constexpr char kDirectory[] = "registry";

// A segment of rows of one record each, their ids from `first_id` on in steps of two; the last row has two records.
Segment SegmentOf(uint64_t number, uint64_t first_id, const std::vector<std::string>& keys, uint32_t folding = 0) {
  const auto builder = IndexBuilder::Create();
  builder->RegisterRows();
  uint64_t id = first_id, records = 0;
  for (const std::string& key : keys) {
    const std::vector<RecordedMark> marks(key == keys.back() ? 2 : 1, SerialMark("A" + std::to_string(id)));
    Row row;
    row.key = key;
    row.source = "north";
    row.text = "text";
    row.marks = marks;
    row.id = id;
    id += 2;
    records += marks.size();
    int attribute = -1;
    EXPECT_TRUE(builder->Add(row, &attribute).ok());
  }
  std::vector<std::byte> bytes;
  EXPECT_TRUE(builder->Write(&bytes).ok());
  if (folding != 0) {
    bytes[LoadU64(bytes, 72)] = static_cast<std::byte>(folding);  // The first field of META.
    RepairChecksums(&bytes);
  }
  Segment segment;
  segment.index = Take(Index::OpenMapped(Take(MappedFile::OfBytes(bytes)), "segment"));
  EXPECT_TRUE(segment.index->Verify().ok()) << segment.index->Verify().message();
  segment.listed.file.number = number;
  segment.listed.records = records;
  segment.listed.first_id = first_id;
  segment.listed.last_id = segment.index->record_id(records - 1);
  return segment;
}

void Delete(Segment* segment, const std::vector<uint64_t>& records) {
  auto deleted = std::make_shared<RecordSet>(segment->listed.records);
  for (const uint64_t record : records) deleted->Add(record);
  segment->listed.deleted = deleted->size();
  segment->deleted = deleted;
}

std::string Fault(const Segment& a, const Segment& b) {
  const Segment* const segments[] = {&a, &b};
  const Status status = VerifyTogether(kDirectory, segments);
  return status.ok() ? "sound" : status.message();
}

TEST(VerifyTogether, KeysIdsDeletionsAndFoldings) {
  const Segment first = SegmentOf(1, 1, {"a", "b", "c"});
  Segment second = SegmentOf(2, 10, {"d", "b"});
  EXPECT_EQ(Fault(first, SegmentOf(2, 10, {"d", "e"})), "sound");
  const std::string twice =
      "registry/segment-0000000000000002: the row with the key 'b' is in segment-0000000000000001 too";
  EXPECT_EQ(Fault(first, second), twice);
  EXPECT_EQ(Fault(second, first), twice);
  Delete(&second, {1, 2});
  EXPECT_EQ(Fault(first, second), "sound");
  Delete(&second, {1});
  EXPECT_EQ(Fault(first, second), "registry/segment-0000000000000002: the row of record 1 is deleted in part");
  Delete(&second, {2});
  EXPECT_EQ(Fault(first, second), "registry/segment-0000000000000002: the row of record 2 is deleted in part");
  // Ids lie among each other, which is no fault, and are the same, which is one.
  EXPECT_EQ(Fault(first, SegmentOf(2, 2, {"d", "e"})),
            "registry/segment-0000000000000002: record id 5 is in "
            "segment-0000000000000001 too");
  EXPECT_EQ(Fault(first, SegmentOf(2, 4, {"d"})),
            "registry/segment-0000000000000002: record id 5 is in "
            "segment-0000000000000001 too");
  EXPECT_EQ(Fault(first, SegmentOf(2, 7, {"d"})), "sound");
  EXPECT_EQ(Fault(first, SegmentOf(2, 10, {"d", "e"}, kOldestFolding)),
            "registry/segment-0000000000000001: has another version of the folding than segment-0000000000000002");
}

class DirectoryTest : public testing::Test {
 protected:
  DirectoryTest() {
    const auto writer = OpenWriter(disk_, kDirectory);
    for (const char* key : {"a", "b"}) {
      EXPECT_TRUE(PutRow(writer.get(), {"north", key, "AB1234", {}}).ok());
      EXPECT_TRUE(writer->Commit(key).ok());
      if (key[0] == 'a') {
        EXPECT_TRUE(writer->Pin("then").ok());
      }
    }
    snapshot_ = OpenSnapshot(disk_, kDirectory);
  }
  std::string Fault() {
    const Status status = VerifyDirectory(disk_, *snapshot_);
    return status.ok() ? "sound" : status.message();
  }
  void Write(const std::string& name, const Manifest& manifest) {
    disk_.BytesOf(InDirectory(kDirectory, name)) = std::string(AsText(EncodeManifest(manifest)));
  }

  SimDisk disk_;
  std::shared_ptr<const Snapshot> snapshot_;
};

TEST_F(DirectoryTest, ManifestsGoOn) {
  EXPECT_EQ(Fault(), "sound");
  const std::string name = ManifestName(1);
  const Manifest good = Take(ReadManifest(disk_, kDirectory, name, nullptr));
  Manifest bad = good;
  bad.next_id = 1000;
  Write(name, bad);
  EXPECT_NE(Fault().find(": a counter is below that of generation 1"), std::string::npos) << Fault();
  bad = good;
  ++bad.segments[0].file.checksum;
  Write(name, bad);
  EXPECT_NE(Fault().find(": names another segment-0000000000000001 than before"), std::string::npos) << Fault();
  Write(name, good);
  EXPECT_EQ(Fault(), "sound");
}

TEST_F(DirectoryTest, PinsAreSound) {
  auto writer = OpenWriter(disk_, kDirectory);
  ASSERT_TRUE(writer->Compact(1).ok());
  ASSERT_TRUE(writer->Purge(std::nullopt).ok());
  snapshot_ = OpenSnapshot(disk_, kDirectory);
  EXPECT_EQ(Fault(), "sound");
  const std::string path = InDirectory(kDirectory, SegmentName(1));
  disk_.BytesOf(path)[disk_.BytesOf(path).size() / 2] ^= 1;
  EXPECT_EQ(Fault().find(path + ": "), 0u) << Fault();
  disk_.Remove(path);
  EXPECT_EQ(Fault(), path + ": cannot open: No such file or directory");
}

// A row that two segments have, under valid checksums: merging would write it twice, or fail as if a caller had given
// it twice.
TEST(VerifyTogether, MergingRefusesWhatBreaksARule) {
  const Segment first = SegmentOf(1, 1, {"a", "b"}), second = SegmentOf(2, 10, {"b", "c"});
  SimDisk disk;
  disk.MakeDirectory(kDirectory);
  Manifest manifest;
  manifest.generation = 1;
  manifest.next_id = 100;
  manifest.next_file = 3;
  for (const Segment* segment : {&first, &second}) {
    const ByteSpan bytes = segment->index->bytes();
    const std::string path = InDirectory(kDirectory, SegmentName(segment->listed.file.number));
    const int file = disk.Open(path, O_RDWR | O_CREAT);
    disk.Write(file, bytes);
    ListedSegment listed = segment->listed;
    listed.file.bytes = bytes.size();
    listed.file.checksum = LoadU64(bytes, 56);
    manifest.segments.push_back(listed);
    for (const auto& column : segment->index->attributes()) {
      if (column->name() != "source" && manifest.attributes.size() < segment->index->attributes().size() - 1) {
        manifest.attributes.push_back({column->name(), column->type()});
      }
    }
  }
  disk.Write(disk.Open(InDirectory(kDirectory, ManifestName(1)), O_RDWR | O_CREAT), EncodeManifest(manifest));
  EXPECT_EQ(OpenSnapshot(disk, kDirectory)->Verify().code(), StatusCode::kCorrupt);
  const auto writer = OpenWriter(disk, kDirectory, false);
  const Status status = writer->Compact(1);
  EXPECT_EQ(status.code(), StatusCode::kCorrupt);
  EXPECT_NE(status.message().find("the row with the key 'b' is in"), std::string::npos) << status.message();
  EXPECT_EQ(OpenSnapshot(disk, kDirectory)->manifest().generation, 1u);
}

}  // namespace
}  // namespace burin::internal
