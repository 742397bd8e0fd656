// Integers and dates as tables write them: what is read, what could mean two things and is not, and every day of some
// years in every order against a slow twin.
#include "src/index/columns/written_values.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <set>
#include <string>

namespace burin::internal {
namespace {

// "-" if it cannot be read.
std::string Read(AttributeType type, std::string_view text, DateOrder order = DateOrder::kUnknown) {
  std::string storage;
  std::string_view value;
  const Status status = ReadWritten(type, text, order, &storage, &value);
  EXPECT_TRUE(status.ok() || status.code() == StatusCode::kInvalidArgument);
  return status.ok() ? std::string(value) : "-";
}

std::string Integer(std::string_view text) { return Read(AttributeType::kInteger, text); }
std::string Date(std::string_view text, DateOrder order = DateOrder::kUnknown) {
  return Read(AttributeType::kDate, text, order);
}

TEST(WrittenValues, Integers) {
  for (const char* text : {"1990", "1990.0", " 1990 ", "1990.00", "1990,0", "\u00A01990\u00A0", "1990.0000"}) {
    EXPECT_EQ(Integer(text), "1990") << text;
  }
  EXPECT_EQ(Integer("-5.0"), "-5");
  EXPECT_EQ(Integer("+7"), "+7");
  EXPECT_EQ(Integer(""), "");
  EXPECT_EQ(Integer(" "), "");
  // May be thousands, or none at all.
  for (const char* text : {"1,990", "1.990", "1990.5", "1990.", ".0", "c1975", "unknown", "N/A", "199.000", "1 990",
                           "1e3", "1990.0.0", "-.0", "99999999999999999999.0", "1990-1991", "-"}) {
    EXPECT_EQ(Integer(text), "-") << text;
  }
  EXPECT_EQ(Read(AttributeType::kCategory, " N/A "), "N/A");
  EXPECT_EQ(Read(AttributeType::kCategory, std::string(4097, 'x')), "-");
}

TEST(WrittenValues, DatesThatAreOne) {
  for (const char* text : {"2013-10-17",
                           "20131017",
                           "2013-10-17 00:00:00",
                           "2013-10-17T14:30",
                           "2013-10-17T14:30:59.125Z",
                           "2013-10-17 14:30:59,5 +02:00",
                           "2013-10-17T14:30:59-0500",
                           "20131017T143059Z",
                           "20131017 1430",
                           "2013-10-17 2:30:00 PM",
                           "10/17/2013 12:00:00 AM",
                           "2013/10/17",
                           "2013.10.17",
                           "2013. 10. 17.",
                           "2013:10:17 01:02:03",
                           "17/10/2013",
                           "17.10.2013",
                           "17-10-2013",
                           "17 10 2013",
                           "17. 10. 2013",
                           "17_10_2013",
                           "10/17/2013",
                           " 10/17/2013 ",
                           "17\u201310\u20132013",
                           "17\uFF0F10\uFF0F2013",
                           "2013-10-17 00:00 UTC"}) {
    EXPECT_EQ(Date(text), "2013-10-17") << text;
  }
  EXPECT_EQ(Date("20140128"), "2014-01-28");
  EXPECT_EQ(Date("5.5.2013"), "2013-05-05");  // Either way the same.
  EXPECT_EQ(Date("2013/5/7"), "2013-05-07");
  for (const char* text : {"2013", "2013-10", "2013-10-17", "1990..1995-02"}) EXPECT_EQ(Date(text), text);
  EXPECT_EQ(Date(""), "");
}

TEST(WrittenValues, DatesThatAreNone) {
  for (const char* text : {"N/A",
                           "unknown",
                           "04/05/2013",
                           "04/05/13",
                           "17/10/13",
                           "2013/17/10",
                           "31/02/2013",
                           "32/01/2013",
                           "00/10/2013",
                           "0000-00-00",
                           "2013-10-17T",
                           "2013-10-17 25:00",
                           "2013-10-17 12:60",
                           "2013-10-17x",
                           "2013-10-17 x",
                           "20131317",
                           "28012014",
                           "201310",
                           "41564",
                           "10/2013",
                           "17/10.2013",
                           "17//10/2013",
                           "17-Oct-2013",
                           "/10/2013",
                           "2013-10-17 14",
                           "2013-10-17 14:30 +2",
                           "17/10/2013/",
                           "117/10/2013",
                           "17/010/2013",
                           "12 30 45",
                           "1/2/3/4",
                           "2013-10-17 11:00 XM",
                           "10000101",
                           "17/10/02013"}) {
    EXPECT_EQ(Date(text), "-") << text;
  }
}

TEST(WrittenValues, OrderOfTheSource) {
  EXPECT_EQ(Date("04/05/2013", DateOrder::kDayFirst), "2013-05-04");
  EXPECT_EQ(Date("04/05/2013", DateOrder::kMonthFirst), "2013-04-05");
  EXPECT_EQ(Date("04/05/2013", DateOrder::kYearFirst), "-");
  EXPECT_EQ(Date("10/17/2013", DateOrder::kDayFirst), "-");  // Not what the source says: not turned round.
  EXPECT_EQ(Date("17/10/2013", DateOrder::kMonthFirst), "-");
  EXPECT_EQ(Date("17/10/2013", DateOrder::kYearFirst), "-");
  for (const DateOrder order : {DateOrder::kDayFirst, DateOrder::kMonthFirst, DateOrder::kYearFirst}) {
    EXPECT_EQ(Date("2013/10/17", order), "2013-10-17");
    EXPECT_EQ(Date("20131017", order), "2013-10-17");
    EXPECT_EQ(Date("2013-10-17 10:00", order), "2013-10-17");
    EXPECT_EQ(Date("2013", order), "2013");
  }
}

// Every pair of numbers with every year, in each order: what is read is what the calendar allows, and nothing else.
TEST(WrittenValues, EveryDay) {
  const auto days = [](int year, int month) {
    static constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return kDays[month - 1] + (month == 2 && leap ? 1 : 0);
  };
  const auto day = [&](int year, int month, int day_of_month) -> std::string {
    if (month < 1 || month > 12 || day_of_month < 1 || day_of_month > days(year, month)) return "";
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day_of_month);
    return text;
  };
  for (const int year : {1900, 2000, 2012, 2013}) {
    for (int a = 0; a <= 33; ++a) {
      for (int b = 0; b <= 33; ++b) {
        char text[32];
        std::snprintf(text, sizeof text, "%d/%02d/%d", a, b, year);
        std::set<std::string> all = {day(year, b, a), day(year, a, b)};
        all.erase("");
        ASSERT_EQ(Date(text), all.size() == 1 ? *all.begin() : "-") << text;
        const std::string day_first = day(year, b, a), month_first = day(year, a, b);
        ASSERT_EQ(Date(text, DateOrder::kDayFirst), day_first.empty() ? "-" : day_first) << text;
        ASSERT_EQ(Date(text, DateOrder::kMonthFirst), month_first.empty() ? "-" : month_first) << text;
        std::snprintf(text, sizeof text, "%04d%02d%02d", year, a, b);
        ASSERT_EQ(Date(text), month_first.empty() ? "-" : month_first) << text;
      }
    }
  }
}

// No number of eight digits is a date in two orders: as YYYYMMDD of the years that are read, and with the year last.
TEST(WrittenValues, EightDigitsAreOneDate) {
  for (int number = 13000101; number <= 29991231; number += 97) {
    const std::string text = std::to_string(number);
    if (Date(text) == "-") continue;
    const int last = number % 10000, first = number / 10000;
    const bool day_month = first / 100 <= 31 && first % 100 >= 1 && first % 100 <= 12;
    EXPECT_FALSE(day_month && last >= 1300 && last <= 2999) << text;
  }
}

}  // namespace
}  // namespace burin::internal
