// Periods: the whole calendar against one counted day by day, and what is not a date.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string>

#include "src/index/columns/attribute.h"
#include "src/index/columns/period.h"

namespace burin::internal {
namespace {

std::string Written(int year, int month, int day) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02d-%02d", year, month, day);
  return text.data();
}

Period Parsed(const std::string& text) {
  const Result<Period> period = ParsePeriod(text);
  EXPECT_TRUE(period.ok()) << text << ": " << period.status().message();
  return period.ok() ? *period : Period{};
}

int NaiveDays(int year, int month) {
  if (month == 2) return year % 400 == 0 || (year % 4 == 0 && year % 100 != 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

TEST(Period, EveryDayOfTheCalendarFollowsTheOneBefore) {
  int32_t day_number = 306;  // 0001-01-01: ten months after 0000-03-01.
  for (int year = 1; year <= 9999; ++year) {
    const int32_t year_begins = day_number;
    for (int month = 1; month <= 12; ++month) {
      const int32_t month_begins = day_number;
      for (int day = 1; day <= NaiveDays(year, month); ++day, ++day_number) {
        const Result<Period> period = ParsePeriod(Written(year, month, day));
        ASSERT_TRUE(period.ok()) << Written(year, month, day);
        ASSERT_EQ(period->first, day_number) << Written(year, month, day);
        ASSERT_EQ(period->last, day_number) << Written(year, month, day);
      }
      ASSERT_FALSE(ParsePeriod(Written(year, month, NaiveDays(year, month) + 1)).ok());
      ASSERT_EQ(Parsed(Written(year, month, 1).substr(0, 7)), (Period{month_begins, day_number - 1}));
    }
    ASSERT_EQ(Parsed(Written(year, 1, 1).substr(0, 4)), (Period{year_begins, day_number - 1}));
  }
}

TEST(Period, DaysAreCountedFromTheFirstOfMarchOfTheYearNought) {
  EXPECT_EQ(Parsed("1970-01-01").first, 719468);
  EXPECT_EQ(Parsed("2000-03-01").first, 5 * 146097);
}

TEST(Period, RangeRunsFromTheFirstDayOfTheOneToTheLastOfTheOther) {
  EXPECT_EQ(Parsed("1990..1992"), (Period{Parsed("1990-01-01").first, Parsed("1992-12-31").last}));
  EXPECT_EQ(Parsed("1990-05..1990"), (Period{Parsed("1990-05-01").first, Parsed("1990-12-31").last}));
  EXPECT_EQ(Parsed("1990-05-17..1990-05-17"), Parsed("1990-05-17"));
  EXPECT_FALSE(ParsePeriod("1991..1990").ok());
  EXPECT_EQ(ParsePeriod("1991..1990").status().message(), "'1991..1990' ends before it begins");
}

TEST(Period, WhatIsNotADate) {
  for (const char* text : {"",           "199",           "19900",      "0000",       "1990-",
                           "1990-5",     "1990-00",       "1990-13",    "1990-02-29", "1990-05-00",
                           "1990-05-32", "1990-05-17T00", "31.12.1990", "1990/05/17", "-1990",
                           "+990",       "1990..",        "..1990",     "..",         "1990..1991..1992",
                           "1990.1991",  "1990 .. 1991",  " 1990",      "1990 "}) {
    EXPECT_FALSE(ParsePeriod(text).ok()) << text;
  }
  EXPECT_EQ(ParsePeriod("31.12.1990").status().message(),
            "'31.12.1990' is not a date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)");
}

}  // namespace
}  // namespace burin::internal
