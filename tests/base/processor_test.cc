// What BURIN_DISABLE_TARGETS means.
#include "src/base/processor.h"

#include <gtest/gtest.h>
#include <hwy/targets.h>

#include <string>

namespace burin::internal {
namespace {

constexpr int64_t kBaseline = HWY_EMU128 | HWY_SCALAR;

TEST(Processor, ATargetGoesWithAllBetterOnes) {
  EXPECT_EQ(TargetsTakenAway(""), 0);
#if HWY_ARCH_X86
  EXPECT_EQ(TargetsTakenAway("AVX2") & (HWY_AVX3_DL | HWY_AVX3 | HWY_AVX2), HWY_AVX3_DL | HWY_AVX3 | HWY_AVX2);
  EXPECT_EQ(TargetsTakenAway("AVX2") & (HWY_SSE4 | HWY_SSSE3 | kBaseline), 0);
  EXPECT_EQ(TargetsTakenAway("AVX3,AVX2"), TargetsTakenAway("AVX2"));
  EXPECT_EQ(TargetsTakenAway(" avx3 , Sse4,"), TargetsTakenAway("SSE4"));
  EXPECT_EQ(TargetsTakenAway("AVX9,AVX3,,x"), TargetsTakenAway("AVX3"));
  EXPECT_EQ(TargetsTakenAway("AVX3") & HWY_AVX2, 0);
#endif
}

TEST(Processor, AllLeavesTheBaseline) {
  EXPECT_EQ(TargetsTakenAway("all"), ~kBaseline);
  EXPECT_EQ(TargetsTakenAway("x,ALL"), ~kBaseline);
}

TEST(Processor, OtherNamesMeanNothing) {
  for (const char* name : {"none", "Unknown", "EMU128", "SCALAR", "0", ",", " ", "AVX 2", "allall"}) {
    EXPECT_EQ(TargetsTakenAway(name), 0) << name;
  }
}

TEST(Processor, TheTargetInUseHasAName) {
  const std::string name = TargetInUse();
  EXPECT_NE(name, "");
  EXPECT_NE(name, "Unknown");
  EXPECT_EQ(name, TargetInUse());
}

}  // namespace
}  // namespace burin::internal
