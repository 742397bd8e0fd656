// Segments of a registry: ids of records, rows found by source and key, and that every damage to either is seen.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/index/index_testing.h"
#include "tests/index/mutations.h"

namespace burin::internal {
namespace {

// Row i has the id 10 i and every third one two records.
std::vector<std::byte> Registered(uint64_t rows) {
  const auto builder = IndexBuilder::Create();
  builder->RegisterRows();
  for (uint64_t i = 1; i <= rows; ++i) {
    const std::string key = "k" + std::to_string(i / 2);
    const std::vector<RecordedMark> marks(i % 3 == 0 ? 2 : 1, SerialMark("A" + std::to_string(i)));
    Row row;
    row.key = key;
    row.source = i % 2 == 0 ? "north" : "";
    row.text = "text";
    row.marks = marks;
    row.id = 10 * i;
    int attribute = -1;
    if (!builder->Add(row, &attribute).ok()) std::abort();
  }
  std::vector<std::byte> bytes;
  if (!builder->Write(&bytes).ok()) std::abort();
  return bytes;
}

TEST(Registered, IdsAndRows) {
  for (const uint64_t rows : {0, 1, 2, 500}) {
    const std::vector<std::byte> bytes = Registered(rows);
    const auto opened = Index::OpenBuffer(bytes, "i");
    ASSERT_TRUE(opened.ok()) << opened.status().message();
    const Index& index = **opened;
    ASSERT_TRUE(index.Verify().ok()) << index.Verify().message();
    ASSERT_TRUE(index.finds_rows());
    uint64_t record = 0;
    for (uint64_t i = 1; i <= rows; ++i) {
      const std::string key = "k" + std::to_string(i / 2);
      EXPECT_EQ(index.FindRow(i % 2 == 0 ? "north" : "", key), record);
      EXPECT_EQ(index.FindRow("south", key), kNoRecord);
      for (int mark = 0; mark < (i % 3 == 0 ? 2 : 1); ++mark, ++record) {
        EXPECT_EQ(index.record_id(record), 10 * i + static_cast<uint64_t>(mark));
        EXPECT_EQ(index.FindId(index.record_id(record)), record);
      }
      EXPECT_EQ(index.FindId(10 * i + 5), kNoRecord);
    }
    EXPECT_EQ(record, index.record_count());
    EXPECT_EQ(index.FindId(0), kNoRecord);
    EXPECT_EQ(index.FindRow("", "other"), kNoRecord);
  }
}

TEST(Registered, EveryDamageIsSeen) {
  const std::vector<std::byte> bytes = Registered(9);
  ForEachMutation(bytes, [](ByteSpan damaged) {
    std::vector<std::byte> repaired(damaged.begin(), damaged.end());
    const auto index = Index::OpenBuffer(damaged, "i");
    if (index.ok()) {
      EXPECT_FALSE((*index)->Verify().ok());
    }
    // The same with checksums put right: whatever it says, nothing may be read outside.
    RepairChecksums(&repaired);
    const auto nonsense = Index::OpenBuffer(repaired, "i");
    if (!nonsense.ok()) return;
    (void)(*nonsense)->Verify();
    for (uint64_t record = 0; record < (*nonsense)->record_count(); ++record) {
      (void)(*nonsense)->FindId((*nonsense)->record_id(record));
    }
    const uint64_t found = (*nonsense)->FindRow("north", "k1");
    EXPECT_TRUE(found == kNoRecord || found < (*nonsense)->record_count());
  });
}

TEST(Registered, IdsMustRise) {
  const auto builder = IndexBuilder::Create();
  builder->RegisterRows();
  const std::vector<RecordedMark> marks = {SerialMark("A1"), SerialMark("A2")};
  Row row;
  row.key = "1";
  row.text = "A1 / A2";
  row.marks = marks;
  int attribute = -1;
  EXPECT_EQ(builder->Add(row, &attribute).message(), "ids of records do not rise");
  row.id = 7;
  EXPECT_TRUE(builder->Add(row, &attribute).ok());
  row.key = "2";
  row.id = 8;
  EXPECT_EQ(builder->Add(row, &attribute).message(), "ids of records do not rise");
}

}  // namespace
}  // namespace burin::internal
