#include "src/codec/bit_vector.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace burin::internal {
namespace {

void Check(const std::vector<bool>& bits) {
  BitVectorWriter writer;
  for (const bool bit : bits) writer.Add(bit);
  ByteWriter out;
  writer.Finish(&out);
  BitVector vector;
  ASSERT_TRUE(BitVector::Open(out.bytes(), &vector).ok());
  ASSERT_TRUE(vector.Verify().ok());
  ASSERT_EQ(vector.size(), bits.size());
  ASSERT_EQ(vector.encoded_bytes(), out.size());
  uint64_t rank = 0;
  uint64_t next_from = 0;
  for (uint64_t i = 0; i < bits.size(); ++i) {
    ASSERT_EQ(vector.Get(i), bits[i]);
    ASSERT_EQ(vector.Rank(i), rank) << i;
    if (!bits[i]) continue;
    ASSERT_EQ(vector.Select(rank), i);
    for (; next_from <= i; ++next_from) ASSERT_EQ(vector.Next(next_from), i);
    ++rank;
  }
  ASSERT_EQ(vector.ones(), rank);
  ASSERT_EQ(vector.Rank(bits.size()), rank);
  ASSERT_EQ(vector.Select(rank), bits.size());
  ASSERT_EQ(vector.Next(next_from), bits.size());
  ASSERT_FALSE(vector.Get(bits.size()));
}

TEST(BitVector, EverySizeAroundWordsAndNotes) {
  std::mt19937 random(1);
  for (const uint32_t density : {1U, 2U, 30U, 1000U}) {
    for (size_t size = 0; size <= 1200; size += size % 64 < 2 || size % 64 > 61 ? 1 : 13) {
      std::vector<bool> bits(size);
      for (size_t i = 0; i < size; ++i) bits[i] = random() % density == 0;
      Check(bits);
      if (testing::Test::HasFatalFailure()) FAIL() << size;
    }
  }
}

TEST(BitVector, AllBitsClear) { Check(std::vector<bool>(1000)); }

TEST(BitVector, DamageIsFoundAndStaysInBounds) {
  BitVectorWriter writer;
  for (int i = 0; i < 1100; ++i) writer.Add(i % 3 == 0);
  ByteWriter out;
  writer.Finish(&out);
  for (size_t bit = 0; bit < out.size() * 8; ++bit) {
    std::vector<std::byte> bytes(out.bytes().begin(), out.bytes().end());
    bytes[bit / 8] ^= std::byte{1} << (bit % 8);
    BitVector vector;
    if (!BitVector::Open(bytes, &vector).ok()) continue;
    // A size that needs as many words leaves no trace here: the sizes of what the bits are about do.
    if (bit >= 64) {
      ASSERT_FALSE(vector.Verify().ok()) << bit;
    }
    for (uint64_t i = 0; i <= vector.size(); i += 41) {
      ASSERT_LE(vector.Select(i), vector.size());
      ASSERT_LE(vector.Next(i), vector.size());
      (void)vector.Rank(i);
    }
  }
}

}  // namespace
}  // namespace burin::internal
