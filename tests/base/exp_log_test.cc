// exp and log against long double, over many arguments of every size.
#include "src/base/exp_log.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace burin::internal {
namespace {

constexpr long double kBound = 0x1p-51L;

TEST(ExpLog, ExpIsNearLongDouble) {
  std::mt19937_64 random(1);
  long double most = 0;
  const auto check = [&](double x) {
    const long double want = std::exp(static_cast<long double>(x));
    most = std::max(most, std::fabs((Exp(x) - want) / want));
  };
  std::uniform_real_distribution<double> wide(-700, 700), narrow(-1, 1);
  for (int i = 0; i < 300'000; ++i) {
    check(wide(random));
    check(narrow(random));
    check(narrow(random) * 1e-6);
  }
  for (int k = -1000; k <= 1000; ++k) check(k * 0.5 * std::log(2.0));
  EXPECT_LT(most, kBound);
}

TEST(ExpLog, LogIsNearLongDouble) {
  std::mt19937_64 random(2);
  long double most = 0;
  const auto check = [&](double x) {
    const long double want = std::log(static_cast<long double>(x));
    most = std::max(most, std::fabs(Log(x) - want) / std::max(std::fabs(want), 0x1p-4L));
  };
  std::uniform_real_distribution<double> exponent(-740, 700), near(0.5, 2);
  for (int i = 0; i < 300'000; ++i) {
    check(std::exp(exponent(random)));
    check(near(random));
    check(1 + (near(random) - 1) * 1e-7);
  }
  check(std::numeric_limits<double>::denorm_min());
  check(std::numeric_limits<double>::max());
  EXPECT_LT(most, kBound);
}

TEST(ExpLog, EdgesAreSafe) {
  EXPECT_EQ(Exp(0), 1);
  EXPECT_EQ(Exp(-1e9), 0);
  EXPECT_EQ(Exp(1e9), std::numeric_limits<double>::infinity());
  EXPECT_EQ(Exp(std::numeric_limits<double>::quiet_NaN()), 0);
  EXPECT_EQ(Log(1), 0);
  EXPECT_EQ(Log(0), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(Log(-1), -std::numeric_limits<double>::infinity());
  EXPECT_EQ(Log(std::numeric_limits<double>::infinity()), std::numeric_limits<double>::infinity());
  EXPECT_NEAR(Log10(1000), 3, 1e-15);
}

// Values as they are: another machine must come to the same bits.
TEST(ExpLog, BitsAreFixed) {
  EXPECT_EQ(Exp(-0.5), 0x1.368b2fc6f960ap-1);
  EXPECT_EQ(Exp(10), 0x1.5829dcf95056p+14);
  EXPECT_EQ(Exp(-20.25), 0x1.b93de1e27ca3bp-30);
  EXPECT_EQ(Log(10), 0x1.26bb1bbb55516p+1);
  EXPECT_EQ(Log(1e-9), -0x1.4b927f32bffb8p+4);
  EXPECT_EQ(Log(0.99), -0x1.495453e6fd4bcp-7);
}

}  // namespace
}  // namespace burin::internal
