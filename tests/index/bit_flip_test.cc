// Every single bit of an index of 100 records, flipped: opening fails or Verify does, and whatever opens can be read
// whole.
#include <gtest/gtest.h>

#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

constexpr int kRows = 91;  // 100 records.

uint64_t volatile sink;

TEST(BitFlip, EveryBitIsFoundAndHarmless) {
  std::vector<std::byte> bytes = SampleIndex(kRows);
  ASSERT_LT(bytes.size(), 16384U);
  {
    const auto index = Index::OpenBuffer(bytes, "sample");
    ASSERT_TRUE(index.ok()) << index.status().message();
    ASSERT_EQ((*index)->record_count(), 100U);
    ASSERT_TRUE((*index)->Verify().ok()) << (*index)->Verify().message();
    sink = TouchIndex(**index);
  }
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    const auto index = Index::OpenBuffer(bytes, "sample");
    if (index.ok()) {
      ASSERT_FALSE((*index)->Verify().ok()) << "bit " << bit;
      sink = TouchIndex(**index);
    }
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
  }
}

// With the checksums put right, the rules beneath them stand alone: reading stays in bounds.
TEST(BitFlip, HarmlessWithRepairedChecksums) {
  const std::vector<std::byte> bytes = SampleIndex(kRows);
  size_t opened = 0;
  for (size_t bit = 64 * 8; bit < bytes.size() * 8; bit += 3) {
    std::vector<std::byte> flipped = bytes;
    flipped[bit / 8] ^= std::byte{1} << (bit % 8);
    RepairChecksums(&flipped);
    const auto index = Index::OpenBuffer(flipped, "sample");
    if (!index.ok()) continue;
    ++opened;
    (void)(*index)->Verify().ok();
    sink = TouchIndex(**index);
  }
  EXPECT_GT(opened, bytes.size());
}

}  // namespace
}  // namespace burin::internal
