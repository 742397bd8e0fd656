#include "src/codec/delta_blocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

namespace burin::internal {
namespace {

template <typename Value>
class DeltaBlocksTest : public testing::Test {
 protected:
  static constexpr uint32_t kBits = sizeof(Value) * 8;

  Value Random(uint64_t width) {
    const Uint128 value = Uint128{random_()} << 64 | random_();
    return width == 0 ? 0 : static_cast<Value>(value >> (128 - width));
  }

  static ByteWriter Encode(const std::vector<Value>& values) {
    DeltaBlocksWriter<Value> writer;
    for (const Value value : values) writer.Add(value);
    EXPECT_EQ(writer.size(), values.size());
    ByteWriter out;
    out.U8(1);  // The sequence need not begin at a multiple of 8.
    writer.Finish(&out);
    return out;
  }

  void Check(const std::vector<Value>& values) {
    const ByteWriter out = Encode(values);
    DeltaBlocks<Value> blocks;
    ASSERT_TRUE(DeltaBlocks<Value>::Open(out.bytes().subspan(1), &blocks).ok());
    ASSERT_TRUE(blocks.Verify().ok()) << blocks.Verify().message();
    ASSERT_EQ(blocks.size(), values.size());
    ASSERT_EQ(blocks.encoded_bytes(), out.size() - 1);
    for (size_t i = 0; i < values.size(); ++i) ASSERT_TRUE(blocks.Get(i) == values[i]) << i;
    CheckRead(blocks, values);
    CheckBounds(blocks, values);
  }

  void CheckRead(const DeltaBlocks<Value>& blocks, const std::vector<Value>& values) {
    Value block[kDeltaBlock];
    for (uint64_t b = 0; b <= values.size() / kDeltaBlock; ++b) {
      const uint64_t first = b * kDeltaBlock;
      const uint64_t size = std::min<uint64_t>(kDeltaBlock, values.size() - first);
      ASSERT_EQ(blocks.ReadBlock(b, block), size);
      ASSERT_TRUE(std::equal(block, block + size, values.data() + first));
    }
    ASSERT_EQ(blocks.ReadBlock(~uint64_t{0}, block), 0U);
    for (int trial = 0; trial < 20; ++trial) {
      const auto [first, last] = Range(values.size());
      std::vector<Value> read(last - first);
      blocks.Read(first, last, read.data());
      ASSERT_TRUE(std::equal(read.begin(), read.end(), values.data() + first));
    }
  }

  void CheckBounds(const DeltaBlocks<Value>& blocks, const std::vector<Value>& values) {
    for (int trial = 0; trial < 100; ++trial) {
      const auto [first, last] = Range(values.size());
      const Value near = values.empty() ? 0 : static_cast<Value>(values[random_() % values.size()] + random_() % 3 - 1);
      const Value value = trial % 5 == 0 ? Random(random_() % (kBits + 1)) : near;
      const auto expected = std::lower_bound(values.data() + first, values.data() + last, value) - values.data();
      ASSERT_EQ(blocks.LowerBound(first, last, value), static_cast<uint64_t>(expected));
    }
  }

  std::pair<uint64_t, uint64_t> Range(uint64_t size) {
    const uint64_t a = random_() % (size + 1);
    const uint64_t b = random_() % (size + 1);
    return {std::min(a, b), std::max(a, b)};
  }

  std::mt19937_64 random_{1};
};

using Values = testing::Types<uint64_t, Uint128>;
TYPED_TEST_SUITE(DeltaBlocksTest, Values);

TYPED_TEST(DeltaBlocksTest, EveryWidthAndCountAroundBlocks) {
  for (uint32_t width = 0; width <= this->kBits; ++width) {
    for (const size_t count : {0, 1, 2, 63, 64, 65, 127, 128, 129, 300}) {
      std::vector<TypeParam> values(count);
      for (TypeParam& value : values) value = this->Random(width);
      std::sort(values.begin(), values.end());
      this->Check(values);
      if (this->HasFatalFailure()) FAIL() << width << " bits, " << count << " values";
    }
  }
}

TYPED_TEST(DeltaBlocksTest, AllShortSequencesOfSmallValues) {
  // Non-decreasing sequences of 4 values below 6.
  for (int a = 0; a < 6; ++a) {
    for (int b = a; b < 6; ++b) {
      for (int c = b; c < 6; ++c) {
        for (int d = c; d < 6; ++d) this->Check({TypeParam(a), TypeParam(b), TypeParam(c), TypeParam(d)});
      }
    }
  }
}

TYPED_TEST(DeltaBlocksTest, ExtremeValues) {
  const auto most = static_cast<TypeParam>(~TypeParam{0});
  this->Check({0, most});
  this->Check({most, most});
  this->Check({0, 0, 1, most - 1, most});
}

TYPED_TEST(DeltaBlocksTest, ConstantStepsCostNoPayload) {
  std::vector<TypeParam> values;
  for (uint32_t i = 0; i < 6400; ++i) values.push_back(1000 + 7 * i);
  this->Check(values);
  EXPECT_LT(this->Encode(values).size(), 300U);  // 100 heads of 16 bits, 100 steps of 3, and the front.
}

TYPED_TEST(DeltaBlocksTest, DamagedBytesStayInBounds) {
  std::vector<TypeParam> values(200);
  for (TypeParam& value : values) value = this->Random(this->kBits - 3);
  std::sort(values.begin(), values.end());
  const ByteWriter out = this->Encode(values);
  for (size_t bit = 8; bit < out.size() * 8; ++bit) {
    std::vector<std::byte> bytes(out.bytes().begin() + 1, out.bytes().end());
    bytes[bit / 8 - 1] ^= std::byte{1} << (bit % 8);
    DeltaBlocks<TypeParam> blocks;
    if (!DeltaBlocks<TypeParam>::Open(bytes, &blocks).ok() || blocks.size() > 1000) continue;
    (void)blocks.Verify().ok();
    for (uint64_t i = 0; i < blocks.size(); i += 37) {
      const uint64_t bound = blocks.LowerBound(i, blocks.size(), values[i % values.size()]);
      ASSERT_TRUE(bound >= i && bound <= blocks.size());
    }
  }
  for (size_t size = 1; size < out.size(); ++size) {
    DeltaBlocks<TypeParam> blocks;
    ASSERT_FALSE(DeltaBlocks<TypeParam>::Open(out.bytes().subspan(1, size - 1), &blocks).ok());
  }
}

}  // namespace
}  // namespace burin::internal
