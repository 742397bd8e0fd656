#include "src/base/bytes.h"

#include <gtest/gtest.h>

namespace burin::internal {
namespace {

TEST(Bytes, LoadsAreBounded) {
  ByteWriter out;
  out.U64(0x0807060504030201);
  const ByteSpan bytes = out.bytes();
  EXPECT_EQ(LoadU8(bytes, 7), 8);
  EXPECT_EQ(LoadU16(bytes, 1), 0x0302);
  EXPECT_EQ(LoadU32(bytes, 4), 0x08070605U);
  EXPECT_EQ(LoadU64(bytes, 0), 0x0807060504030201U);
  EXPECT_EQ(LoadU8(bytes, 8), 0);
  EXPECT_EQ(LoadU16(bytes, 7), 0);
  EXPECT_EQ(LoadU32(bytes, ~uint64_t{0}), 0U);
  EXPECT_EQ(LoadU64({}, 0), 0U);
}

TEST(Bytes, ClampedSubspan) {
  ByteWriter out;
  out.Zeros(10);
  EXPECT_EQ(ClampedSubspan(out.bytes(), 3, 4).size(), 4U);
  EXPECT_EQ(ClampedSubspan(out.bytes(), 8, 4).size(), 2U);
  EXPECT_EQ(ClampedSubspan(out.bytes(), 10, 4).size(), 0U);
  EXPECT_EQ(ClampedSubspan(out.bytes(), ~uint64_t{0}, ~uint64_t{0}).size(), 0U);
}

TEST(Bytes, VarintsThereAndBack) {
  for (uint32_t bit = 0; bit < 64; ++bit) {
    for (const uint64_t delta : {~uint64_t{0}, uint64_t{0}, uint64_t{1}}) {
      const uint64_t value = (uint64_t{1} << bit) + delta;
      ByteWriter out;
      out.Varint(value);
      EXPECT_LE(out.size(), kMaxVarintBytes);
      ByteReader in(out.bytes());
      EXPECT_EQ(in.Varint(), value);
      EXPECT_TRUE(in.ok() && in.AtEnd());
    }
  }
}

TEST(Bytes, VarintsInTheShortestFormOnly) {
  const std::vector<std::vector<uint8_t>> bad = {{},
                                                 {0x80},
                                                 {0x80, 0x00},
                                                 {0xff, 0x80, 0x00},
                                                 {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02},
                                                 {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00}};
  for (const auto& bytes : bad) {
    ByteReader in(std::as_bytes(std::span(bytes)));
    EXPECT_EQ(in.Varint(), 0U);
    EXPECT_FALSE(in.ok());
    EXPECT_EQ(in.U8(), 0);
  }
}

TEST(Bytes, AlignSeesWhatIsNotZero) {
  const uint8_t bytes[] = {1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 1};
  ByteReader in(std::as_bytes(std::span(bytes)));
  in.U8();
  in.Align(8);
  EXPECT_EQ(in.U8(), 2);
  EXPECT_TRUE(in.ok());
  in.Align(2);
  EXPECT_TRUE(in.ok());
  in.Align(16);
  EXPECT_FALSE(in.ok());
}

}  // namespace
}  // namespace burin::internal
