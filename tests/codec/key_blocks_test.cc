#include "src/codec/key_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <utility>
#include <vector>

namespace burin::internal {
namespace {

template <typename Value>
class KeyBlocksTest : public testing::Test {
 protected:
  static constexpr uint32_t kBits = sizeof(Value) * 8;

  Value Random(uint32_t width) {
    const Uint128 value = Uint128{random_()} << 64 | random_();
    return width == 0 ? 0 : static_cast<Value>(value >> (128 - width));
  }

  static std::vector<std::byte> Encode(const std::vector<Value>& values) {
    KeyBlocksWriter<Value> writer;
    for (const Value value : values) writer.Add(value);
    EXPECT_EQ(writer.size(), values.size());
    ByteWriter out;
    writer.Finish(&out);
    return out.Take();
  }

  void Check(const std::vector<Value>& values) {
    const std::vector<std::byte> bytes = Encode(values);
    KeyBlocks<Value> keys;
    ASSERT_TRUE(KeyBlocks<Value>::Open(bytes, &keys).ok());
    ASSERT_TRUE(keys.Verify().ok()) << keys.Verify().message();
    ASSERT_EQ(keys.size(), values.size());
    std::vector<Value> read(values.size());
    keys.Read(0, values.size(), read.data());
    ASSERT_TRUE(read == values);
    for (size_t i = 0; i < values.size(); ++i) ASSERT_TRUE(keys.Get(i) == values[i]) << i;
    for (const Value value : values) {
      for (int off = -1; off <= 1; ++off) CheckBound(keys, values, static_cast<Value>(value + static_cast<Value>(off)));
    }
    for (int trial = 0; trial < 100; ++trial) {
      CheckBound(keys, values, Random(static_cast<uint32_t>(random_() % (kBits + 1))));
    }
  }
  static void CheckBound(const KeyBlocks<Value>& keys, const std::vector<Value>& values, Value value) {
    const auto expected = std::lower_bound(values.begin(), values.end(), value) - values.begin();
    ASSERT_EQ(keys.LowerBound(value), static_cast<uint64_t>(expected));
  }

  std::vector<Value> Distinct(size_t count, uint32_t width) {
    std::set<Value> values;
    while (values.size() < count) values.insert(Random(width));
    return {values.begin(), values.end()};
  }

  std::mt19937_64 random_{1};
};

using Values = testing::Types<uint64_t, Uint128>;
TYPED_TEST_SUITE(KeyBlocksTest, Values);

// Writers of parts, put together: whole blocks, then whatever is left.
TYPED_TEST(KeyBlocksTest, PartsMakeTheSameBytes) {
  const std::vector<TypeParam> values = this->Distinct(64 * 5 + 17, 40);
  const std::vector<std::byte> expected = this->Encode(values);
  for (const size_t cut : {size_t{0}, size_t{64}, size_t{64 * 3}, size_t{64 * 5}}) {
    KeyBlocksWriter<TypeParam> front, back;
    for (size_t i = 0; i < values.size(); ++i) (i < cut ? front : back).Add(values[i]);
    front.Append(std::move(back));
    EXPECT_EQ(front.size(), values.size());
    front.Append(KeyBlocksWriter<TypeParam>());
    ByteWriter out;
    front.Finish(&out);
    EXPECT_TRUE(out.Take() == expected) << cut;
  }
}

TYPED_TEST(KeyBlocksTest, EveryWidthAndCount) {
  for (uint32_t width = 9; width <= this->kBits; width += 5) {
    for (const size_t count : {1, 2, 63, 64, 65, 128, 300}) this->Check(this->Distinct(count, width));
  }
}

TYPED_TEST(KeyBlocksTest, Runs) {
  for (const size_t count : {1, 63, 64, 65, 1000}) {
    for (const uint64_t head : {uint64_t{0}, uint64_t{1} << 40}) {
      std::vector<TypeParam> values(count);
      for (size_t i = 0; i < count; ++i) values[i] = static_cast<TypeParam>(head + i);
      this->Check(values);
    }
  }
}

// Spans of the first block around each border between runs, bitmaps and split blocks, with every count.
TYPED_TEST(KeyBlocksTest, EveryKindAtEveryBorder) {
  for (uint64_t span = 63; span < 700; span += span < 260 ? 1 : 7) {
    std::set<TypeParam> values = {100, static_cast<TypeParam>(100 + span)};
    while (values.size() < 64) values.insert(static_cast<TypeParam>(100 + this->random_() % (span + 1)));
    std::vector<TypeParam> sorted(values.begin(), values.end());
    for (uint64_t tail = 0; tail < 3; ++tail) {
      this->Check(sorted);
      sorted.push_back(sorted.back() + 1 + static_cast<TypeParam>(tail * 5));
    }
  }
}

TYPED_TEST(KeyBlocksTest, GapsBetweenRuns) {
  std::vector<TypeParam> values;
  TypeParam next = 0;
  for (int i = 0; i < 3000; ++i) {
    values.push_back(next);
    next += this->random_() % 50 == 0 ? static_cast<TypeParam>(1 + this->random_() % 1000000) : 1;
  }
  this->Check(values);
}

TYPED_TEST(KeyBlocksTest, Extremes) {
  const TypeParam most = static_cast<TypeParam>(~TypeParam{0});
  this->Check({0});
  this->Check({most});
  this->Check({0, most});
  std::vector<TypeParam> values = {0, 1, 2};
  for (int i = 200; i >= 0; --i) values.push_back(most - static_cast<TypeParam>(i));
  this->Check(values);
}

// Whatever the bytes say: nothing is read outside (a sanitizer would tell). Verify finds whatever is not as written; a
// changed bit of a key may make another set, which the checksum of the section is there to find.
TYPED_TEST(KeyBlocksTest, ChangedBytesAreFoundOrAnotherSet) {
  std::vector<TypeParam> values = this->Distinct(200, 30);
  for (TypeParam v = 0; v < 100; ++v) values.push_back((TypeParam{1} << 31) + v);
  const std::vector<std::byte> good = this->Encode(values);
  size_t found = 0;
  for (size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::vector<std::byte> bytes = good;
    bytes[bit / 8] ^= static_cast<std::byte>(1 << (bit % 8));
    KeyBlocks<TypeParam> keys;
    if (!KeyBlocks<TypeParam>::Open(bytes, &keys).ok()) {
      ++found;
      continue;
    }
    TypeParam block[kKeysPerBlock];
    for (uint64_t b = 0; b < keys.blocks() && b < 8; ++b) keys.ReadBlock(b, block);
    for (int trial = 0; trial < 8; ++trial) {
      EXPECT_LE(keys.LowerBound(this->Random(33)), keys.blocks() * kKeysPerBlock);
      keys.Get(this->random_() % keys.size());
    }
    if (!keys.Verify().ok()) {
      ++found;
      continue;
    }
    std::vector<TypeParam> read(keys.size());
    keys.Read(0, keys.size(), read.data());
    EXPECT_FALSE(read == values) << "bit " << bit;
    EXPECT_TRUE(this->Encode(read) == bytes) << "bit " << bit;
  }
  EXPECT_GT(found, good.size() * 2);
}

TYPED_TEST(KeyBlocksTest, CutShort) {
  const std::vector<std::byte> good = this->Encode(this->Distinct(100, 20));
  for (size_t size = 0; size < good.size(); ++size) {
    KeyBlocks<TypeParam> keys;
    EXPECT_FALSE(KeyBlocks<TypeParam>::Open(ByteSpan(good).first(size), &keys).ok());
  }
}

}  // namespace
}  // namespace burin::internal
