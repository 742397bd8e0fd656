#include "src/codec/packed_array.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace burin::internal {
namespace {

Uint128 Random(std::mt19937_64* random, uint32_t width) {
  const Uint128 value = Uint128{(*random)()} << 64 | (*random)();
  return width == 0 ? 0 : value >> (128 - width);
}

TEST(PackedArray, EveryWidthAndSmallCount) {
  std::mt19937_64 random(1);
  for (uint32_t width = 0; width <= 128; ++width) {
    for (size_t count = 0; count <= 20; ++count) {
      std::vector<Uint128> values(count);
      for (Uint128& value : values) value = Random(&random, width);
      ByteWriter out;
      AppendPacked(values, width, &out);
      PackedArray array;
      ASSERT_TRUE(PackedArray::Open(out.bytes(), count, width, &array));
      ASSERT_EQ(array.bytes().size(), out.size());
      ASSERT_TRUE(array.TailIsZero());
      for (size_t i = 0; i < count; ++i) {
        ASSERT_TRUE(array.GetWide(i) == values[i]) << width << " " << i;
        ASSERT_EQ(array.Get(i), static_cast<uint64_t>(values[i]));
      }
      ASSERT_EQ(array.Get(count), 0U);
    }
  }
}

TEST(PackedArray, RefusesWhatDoesNotFit) {
  const std::vector<std::byte> bytes(10);
  PackedArray array;
  EXPECT_TRUE(PackedArray::Open(bytes, 10, 8, &array));
  EXPECT_FALSE(PackedArray::Open(bytes, 11, 8, &array));
  EXPECT_FALSE(PackedArray::Open(bytes, 1, 129, &array));
  EXPECT_FALSE(PackedArray::Open(bytes, uint64_t{1} << 60, 128, &array));
  EXPECT_TRUE(PackedArray::Open(bytes, ~uint64_t{0}, 0, &array));
  EXPECT_EQ(array.Get(uint64_t{1} << 63), 0U);
}

TEST(PackedArray, SeesSetBitsBehindTheLastValue) {
  const std::vector<std::byte> bytes = {std::byte{0xff}};
  PackedArray array;
  ASSERT_TRUE(PackedArray::Open(bytes, 1, 7, &array));
  EXPECT_FALSE(array.TailIsZero());
  ASSERT_TRUE(PackedArray::Open(bytes, 1, 8, &array));
  EXPECT_TRUE(array.TailIsZero());
}

TEST(LoadBits, OutsideIsZero) {
  const std::vector<std::byte> bytes(9, std::byte{0xff});
  EXPECT_EQ(LoadBits(bytes, 3, 64), ~uint64_t{0});
  EXPECT_EQ(LoadBits(bytes, 8, 64), ~uint64_t{0});
  EXPECT_EQ(LoadBits(bytes, 12, 64), ~uint64_t{0} >> 4);
  EXPECT_EQ(LoadBits(bytes, 72, 64), 0U);
  EXPECT_EQ(LoadBits(bytes, ~uint64_t{0} - 7, 64), 0U);
  EXPECT_EQ(LoadBits({}, 0, 64), 0U);
}

}  // namespace
}  // namespace burin::internal
