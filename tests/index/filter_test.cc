// Conditions against a naive twin that reads raw values and asks of each what filter.h says, and their messages.
#include "src/index/view/filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/attribute_view.h"
#include "src/index/keys/group_masks.h"
#include "src/index/keys/serial_order.h"
#include "src/mark/fold/fold.h"

namespace burin::internal {
namespace {

struct Column {
  std::string name;
  AttributeType type;
  std::vector<std::string> values;  // One a record.
};

// An index of attributes only.
class AttributesIndex : public Index {
 public:
  explicit AttributesIndex(const std::vector<Column>& columns) {
    for (const Column& column : columns) {
      AttributeBuilder builder(column.name, column.type);
      for (const std::string& value : column.values) {
        EXPECT_TRUE(builder.Check(value).ok()) << value;
        builder.Append(value);
      }
      ByteWriter out;
      builder.Encode(&out);
      sections_.push_back(out.Take());
      auto view = AttributeView::Open(sections_.back(), column.values.size());
      EXPECT_TRUE(view.ok());
      columns_.push_back(*std::move(view));
    }
  }

  std::span<const std::unique_ptr<AttributeColumn>> attributes() const override { return columns_; }

  const IndexInfo& info() const override { return info_; }
  Status VerifyBytes() const override { return {}; }
  Status VerifyRules() const override { return {}; }
  std::span<const std::unique_ptr<KeyGroup>> groups() const override { return {}; }
  const SerialOrder& serial_order() const override { return serial_order_; }
  const GroupMasks& group_masks() const override { return group_masks_; }
  uint64_t record_count() const override { return 0; }
  uint64_t postings_size(uint64_t) const override { return 0; }
  uint64_t posting(uint64_t, uint64_t) const override { return 0; }
  uint64_t partial_count() const override { return 0; }
  uint64_t partial_record(uint64_t) const override { return 0; }
  void partial_items(uint64_t, std::u32string*) const override {}
  std::span<const PartialOrder> partial_orders() const override { return {}; }
  uint64_t partial_at(uint64_t) const override { return 0; }
  uint64_t missing_count() const override { return 0; }
  uint64_t missing_record(uint64_t) const override { return 0; }
  Missing missing_kind(uint64_t) const override { return Missing::kNone; }
  void AppendKey(uint64_t, std::string*) const override {}
  bool AppendText(uint64_t, std::string*) const override { return false; }

 private:
  SerialOrder serial_order_;
  GroupMasks group_masks_;
  IndexInfo info_;
  std::vector<std::vector<std::byte>> sections_;
  std::vector<std::unique_ptr<AttributeColumn>> columns_;
};

// ---- The twin ----

// A day as a number that grows day by day, counted in loops from 1 January 1900.
int NaiveDay(int year, int month, int day) {
  const auto leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  int days = 0;
  for (int y = 1900; y < year; ++y) days += leap(y) ? 366 : 365;
  constexpr int kMonths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  for (int m = 1; m < month; ++m) days += kMonths[m - 1] + (m == 2 && leap(year) ? 1 : 0);
  return days + day;
}

struct Days {
  int first;
  int last;
};

Days NaivePeriod(const std::string& text) {
  if (const size_t dots = text.find(".."); dots != std::string::npos) {
    return {NaivePeriod(text.substr(0, dots)).first, NaivePeriod(text.substr(dots + 2)).last};
  }
  const int year = std::stoi(text.substr(0, 4));
  if (text.size() == 4) return {NaiveDay(year, 1, 1), NaiveDay(year + 1, 1, 1) - 1};
  const int month = std::stoi(text.substr(5, 2));
  if (text.size() == 7) {
    return {NaiveDay(year, month, 1), (month == 12 ? NaiveDay(year + 1, 1, 1) : NaiveDay(year, month + 1, 1)) - 1};
  }
  const int day = NaiveDay(year, month, std::stoi(text.substr(8, 2)));
  return {day, day};
}

template <typename T>
bool NaiveOrder(const std::string& op, T a, T b) {
  if (op == "=") return a == b;
  if (op == "<") return a < b;
  if (op == "<=") return a <= b;
  if (op == ">") return a > b;
  return a >= b;
}

// Neither is empty; op is not "!=".
bool NaiveHolds(AttributeType type, const std::string& value, const std::string& op, const std::string& wanted) {
  if (type == AttributeType::kCategory) return FoldValue(value) == FoldValue(wanted);
  if (type == AttributeType::kInteger) return NaiveOrder(op, std::stoll(value), std::stoll(wanted));
  const Days have = NaivePeriod(value);
  const Days want = NaivePeriod(wanted);
  for (int day = have.first; day <= have.last; ++day) {  // The whole period.
    const bool holds = op == "="    ? want.first <= day && day <= want.last
                       : op == "<"  ? day < want.first
                       : op == "<=" ? day <= want.last
                       : op == ">"  ? day > want.last
                                    : day >= want.first;
    if (!holds) return false;
  }
  return true;
}

bool NaiveDiffers(AttributeType type, const std::string& value, const std::string& wanted) {
  if (type != AttributeType::kDate) return !NaiveHolds(type, value, "=", wanted);
  const Days have = NaivePeriod(value);
  const Days want = NaivePeriod(wanted);
  for (int day = have.first; day <= have.last; ++day) {
    if (want.first <= day && day <= want.last) return false;
  }
  return true;
}

bool NaivePasses(AttributeType type, std::string value, const std::string& op, const std::vector<std::string>& wanted) {
  value = TrimWhiteSpace(value);
  if (op == "!=") {
    return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
      if (value.empty() || w.empty()) return value.empty() != w.empty();
      return NaiveDiffers(type, value, w);
    });
  }
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& w) {
    if (value.empty() || w.empty()) return value.empty() && w.empty();
    return NaiveHolds(type, value, op, w);
  });
}

// ---- Random cases ----

class Random {
 public:
  explicit Random(uint32_t seed) : engine_(seed) {}
  int Pick(int low, int high) { return std::uniform_int_distribution<int>(low, high)(engine_); }
  bool OneIn(int n) { return Pick(1, n) == 1; }

  std::string Value(AttributeType type) {
    if (type == AttributeType::kInteger) return (OneIn(4) ? "0" : "") + std::to_string(Pick(0, 30));
    if (type == AttributeType::kDate) return OneIn(4) ? Range() : Date(Pick(1999, 2001));
    constexpr std::string_view kPieces[] = {"a", "A", "b", "B", "|", "\u00E9", "\u00C9", ",", " "};
    std::string value;
    for (int n = Pick(1, 3); n > 0; --n) value += kPieces[static_cast<size_t>(Pick(0, 8))];
    return value;
  }
  std::string Spaces() { return std::string(static_cast<size_t>(OneIn(4) ? Pick(0, 2) : 0), ' '); }

 private:
  std::string Date(int year) {
    std::string date = std::to_string(year);
    if (OneIn(3)) return date;
    const int month = Pick(1, 12);
    date += (month < 10 ? "-0" : "-") + std::to_string(month);
    return OneIn(3) ? date : date + "-" + std::to_string(Pick(10, 28));
  }
  std::string Range() {
    const int year = Pick(1998, 2000);
    return Date(year) + ".." + Date(Pick(year + 1, 2002));
  }
  std::mt19937 engine_;
};

std::string Escaped(const std::string& value) {
  std::string escaped;
  for (const char c : value) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped;
}

TEST(Filter, AgreesWithTheTwin) {
  Random random(6);
  for (int round = 0; round < 400; ++round) {
    std::vector<Column> columns = {{"case no", AttributeType::kCategory, {}},
                                   {"date", AttributeType::kDate, {}},
                                   {"year", AttributeType::kInteger, {}}};
    for (Column& column : columns) {
      for (int i = 0; i < 60; ++i) column.values.push_back(random.OneIn(6) ? "" : random.Value(column.type));
    }
    const AttributesIndex index(columns);
    for (int n = 0; n < 25; ++n) {
      Filter filter;
      std::vector<bool> expected(60, true);
      std::string shown;
      for (int conditions = random.Pick(0, 2); conditions >= 0; --conditions) {
        const Column& column = columns[static_cast<size_t>(random.Pick(0, 2))];
        const char* const kOperators[] = {"=", "!=", "<", "<=", ">", ">="};
        const bool ordered = column.type != AttributeType::kCategory;
        const std::string op = kOperators[random.Pick(0, ordered ? 5 : 1)];
        const bool several = op == "=" || op == "!=";
        std::vector<std::string> wanted;
        for (int values = several ? random.Pick(1, 3) : 1; values > 0; --values) {
          wanted.push_back(several && random.OneIn(6) ? "" : random.Value(column.type));
        }
        std::string condition = random.Spaces() + column.name + random.Spaces() + op;
        for (size_t i = 0; i < wanted.size(); ++i) {
          condition += (i > 0 ? "|" : "") + random.Spaces() + Escaped(wanted[i]) + random.Spaces();
          wanted[i] = TrimWhiteSpace(wanted[i]);
        }
        if (!several && wanted[0].empty()) continue;
        const Status status = filter.Add(index, condition);
        ASSERT_TRUE(status.ok()) << condition << ": " << status.message();
        for (size_t i = 0; i < 60; ++i) {
          if (!NaivePasses(column.type, column.values[i], op, wanted)) expected[i] = false;
        }
        shown += condition + "; ";
      }
      for (size_t i = 0; i < 60; ++i) {
        ASSERT_EQ(filter.Passes(i), expected[i])
            << shown << columns[0].values[i] << "; " << columns[1].values[i] << "; " << columns[2].values[i];
      }
    }
  }
}

TEST(Filter, AsOfLeavesOutWhatCameLater) {
  Random random(7);
  Column column{"date", AttributeType::kDate, {}};
  for (int i = 0; i < 300; ++i) column.values.push_back(random.OneIn(6) ? "" : random.Value(AttributeType::kDate));
  const AttributesIndex index({column});
  for (int n = 0; n < 100; ++n) {
    const std::string date = random.Value(AttributeType::kDate);
    Filter filter;
    ASSERT_TRUE(filter.AddAsOf(index, " " + date).ok());
    for (size_t i = 0; i < column.values.size(); ++i) {
      const std::string& value = column.values[i];
      const bool expected = value.empty() || NaivePeriod(value).first <= NaivePeriod(date).last;
      ASSERT_EQ(filter.Passes(i), expected) << value << " as of " << date;
    }
  }
}

TEST(Filter, AsOfWithoutDatesPassesAll) {
  const AttributesIndex index({{"maker", AttributeType::kCategory, {"x"}}});
  Filter filter;
  EXPECT_TRUE(filter.AddAsOf(index, "1990").ok());
  EXPECT_TRUE(filter.Passes(0));
  EXPECT_FALSE(filter.AddAsOf(index, "soon").ok());
}

class FilterSyntax : public ::testing::Test {
 protected:
  std::string Message(const std::string& condition) {
    Filter filter;
    const Status status = filter.Add(index_, condition);
    EXPECT_TRUE(filter.empty() != status.ok()) << condition;
    EXPECT_TRUE(status.ok() || status.code() == StatusCode::kInvalidArgument);
    return status.message();
  }
  // The records that pass, as digits.
  std::string Passing(const std::string& condition) {
    Filter filter;
    const Status status = filter.Add(index_, condition);
    EXPECT_TRUE(status.ok()) << condition << ": " << status.message();
    std::string passing;
    for (uint64_t i = 0; i < 4; ++i) passing += filter.Passes(i) ? std::to_string(i) : "";
    return passing;
  }
  AttributesIndex index_{{{"a<b", AttributeType::kCategory, {"x", "y", "", "z"}},
                          {"date", AttributeType::kDate, {"1990", "1990-05", "1990-05-17", ""}},
                          {"maker", AttributeType::kCategory, {"Fabrique  Nationale", "S&W, Inc", "a|b", ""}},
                          {"year", AttributeType::kInteger, {"1990", "01991", "", "-5"}}}};
};

TEST_F(FilterSyntax, WhatIsWrong) {
  const std::string there = "; there are a<b, date, maker, year";
  EXPECT_EQ(Message("maker"), "no operator (= != < <= > >=) in 'maker'");
  EXPECT_EQ(Message(""), "no operator (= != < <= > >=) in ''");
  EXPECT_EQ(Message("maker!x"), "no operator (= != < <= > >=) in 'maker!x'");
  EXPECT_EQ(Message("=x"), "no attribute before the operator in '=x'");
  EXPECT_EQ(Message("Maker=x"), "no attribute 'Maker'" + there);
  EXPECT_EQ(Message(" made by <= x=y"), "no attribute 'made by'" + there);
  EXPECT_EQ(Message("key=5"), "'key' is not an attribute: conditions are on attributes of records");
  EXPECT_EQ(Message("year=199x"), "attribute 'year': '199x' is not an integer");
  EXPECT_EQ(Message("year>=1990|"), "only = and != take several values, for attribute 'year'");
  EXPECT_EQ(Message("year>=1990|1991"), "only = and != take several values, for attribute 'year'");
  EXPECT_EQ(Message("year> "), "no value to compare attribute 'year' with");
  EXPECT_EQ(Message("year=>5"), "attribute 'year': '>5' is not an integer");
  EXPECT_EQ(Message("date<17.5.1990"),
            "attribute 'date': '17.5.1990' is not a date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)");
  EXPECT_EQ(Message("maker<x"), "attribute 'maker' is a category, which has no order: only = and != apply");
  const AttributesIndex none{std::vector<Column>{}};
  Filter filter;
  EXPECT_EQ(filter.Add(none, "a=b").message(), "no attribute 'a'; this index has none");
}

TEST_F(FilterSyntax, WhatPasses) {
  EXPECT_EQ(Passing("maker=FABRIQUE nationale"), "0");
  EXPECT_EQ(Passing(" maker = s&w, inc "), "1");
  EXPECT_EQ(Passing("maker=A\\|B|s&w, inc"), "12");
  EXPECT_EQ(Passing("maker!=a\\|b"), "013");
  EXPECT_EQ(Passing("maker="), "3");
  EXPECT_EQ(Passing("maker!="), "012");
  EXPECT_EQ(Passing("maker=|a\\|b"), "23");
  EXPECT_EQ(Passing("maker!=|a\\|b"), "01");
  EXPECT_EQ(Passing("maker=nobody"), "");
  EXPECT_EQ(Passing("maker!=nobody"), "0123");
  EXPECT_EQ(Passing("a<b=y"), "1");
  EXPECT_EQ(Passing("a<b=x=y"), "");
  EXPECT_EQ(Passing("year=1991"), "1");
  EXPECT_EQ(Passing("year!=1991"), "023");
  EXPECT_EQ(Passing("year>=1990"), "01");
  EXPECT_EQ(Passing("year<0"), "3");
  EXPECT_EQ(Passing("date=1990"), "012");
  EXPECT_EQ(Passing("date=1990-05"), "12");
  EXPECT_EQ(Passing("date!=1990-05"), "3");
  EXPECT_EQ(Passing("date!=1990-06"), "123");
  EXPECT_EQ(Passing("date<=1990-05"), "12");
  EXPECT_EQ(Passing("date<1990-05-18"), "2");
  EXPECT_EQ(Passing("date>1990-04"), "12");
  EXPECT_EQ(Passing("date>=1990-01"), "012");
}

TEST(Filter, PassesEverythingWithoutConditions) {
  const Filter filter;
  EXPECT_TRUE(filter.empty());
  EXPECT_TRUE(filter.Passes(0));
  EXPECT_TRUE(filter.Passes(~uint64_t{0}));
}

}  // namespace
}  // namespace burin::internal
