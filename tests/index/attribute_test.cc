// Attributes: values read from text, dictionaries in their order, sections that survive damage.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/attribute_view.h"
#include "src/mark/fold/fold.h"
#include "tests/index/mutations.h"

namespace burin::internal {
namespace {

struct Encoded {
  std::vector<std::byte> bytes;
  std::unique_ptr<AttributeView> view;
};

Encoded EncodeAll(AttributeType type, const std::vector<std::string>& values) {
  AttributeBuilder builder("column", type);
  for (const std::string& value : values) {
    EXPECT_TRUE(builder.Check(value).ok()) << value;
    builder.Append(value);
  }
  EXPECT_EQ(builder.size(), values.size());
  ByteWriter out;
  builder.Encode(&out);
  Encoded encoded{out.Take(), nullptr};
  auto view = AttributeView::Open(encoded.bytes, values.size());
  EXPECT_TRUE(view.ok()) << view.status().message();
  if (view.ok()) encoded.view = *std::move(view);
  return encoded;
}

// Strictly rising, by the words of attribute.h.
bool Rises(const AttributeColumn& column, uint32_t code) {
  const std::string a(column.text(code));
  const std::string b(column.text(code + 1));
  switch (column.type()) {
    case AttributeType::kCategory:
      return std::pair(FoldValue(a), a) < std::pair(FoldValue(b), b);
    case AttributeType::kInteger:
      return std::pair(column.integer(code), a) < std::pair(column.integer(code + 1), b);
    case AttributeType::kDate:
      break;
  }
  const Period first = column.period(code);
  const Period second = column.period(code + 1);
  return std::tuple(first.first, first.last, a) < std::tuple(second.first, second.last, b);
}

TEST(Attribute, TypesHaveNames) {
  for (const AttributeType type : {AttributeType::kCategory, AttributeType::kInteger, AttributeType::kDate}) {
    AttributeType parsed = AttributeType::kCategory;
    EXPECT_TRUE(ParseAttributeType(AttributeTypeName(type), &parsed));
    EXPECT_EQ(parsed, type);
  }
  AttributeType parsed = AttributeType::kCategory;
  EXPECT_FALSE(ParseAttributeType("Integer", &parsed));
  EXPECT_FALSE(ParseAttributeType("", &parsed));
}

TEST(Attribute, ReservedNamesHaveTypes) {
  const std::set<std::string> integers = {"year", "import_year"};
  for (const char* name :
       {"weapon", "maker", "brand", "importer", "model", "calibre", "type", "country", "year", "import_country",
        "import_year", "component", "mark_class", "method", "location", "condition", "agency", "case", "date"}) {
    AttributeType type = AttributeType::kCategory;
    ASSERT_TRUE(ReservedAttribute(name, &type)) << name;
    const AttributeType expected = integers.contains(name)       ? AttributeType::kInteger
                                   : std::string(name) == "date" ? AttributeType::kDate
                                                                 : AttributeType::kCategory;
    EXPECT_EQ(type, expected) << name;
  }
  AttributeType type = AttributeType::kCategory;
  for (const char* name : {"source", "key", "serial", "Maker", ""}) EXPECT_FALSE(ReservedAttribute(name, &type));
}

TEST(Attribute, WhiteSpaceIsTrimmed) {
  EXPECT_EQ(TrimWhiteSpace(" \t\r\n a b \v\f"), "a b");
  EXPECT_EQ(TrimWhiteSpace("\u00A0\u3000a\u2009\u2028"), "a");
  EXPECT_EQ(TrimWhiteSpace("\u00A0 \u3000"), "");
  EXPECT_EQ(TrimWhiteSpace("\u200Ba\u00E9"), "\u200Ba\u00E9");
  EXPECT_EQ(TrimWhiteSpace(""), "");
}

TEST(Attribute, QuotesAreShortAndOfOneLine) {
  EXPECT_EQ(QuoteValue("a\nb"), "'a b'");
  EXPECT_EQ(QuoteValue(std::string(60, 'x')), "'" + std::string(60, 'x') + "'");
  EXPECT_EQ(QuoteValue(std::string(61, 'x')), "'" + std::string(60, 'x') + "...'");
  EXPECT_EQ(QuoteValue(std::string(59, 'x') + "\u00E9zz"), "'" + std::string(59, 'x') + "...'");
}

TEST(Attribute, Integers) {
  const std::vector<std::pair<std::string, int64_t>> good = {{"0", 0},
                                                             {"-0", 0},
                                                             {"+5", 5},
                                                             {"007", 7},
                                                             {"-12", -12},
                                                             {"9223372036854775807", INT64_MAX},
                                                             {"-9223372036854775808", INT64_MIN}};
  for (const auto& [text, number] : good) {
    const Result<int64_t> parsed = ParseInteger(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(*parsed, number);
  }
  for (const char* text : {"", "+", "-", "+-5", "--5", "1 ", " 1", "1.0", "1,000", "19x0", "0x10", "\u0661"}) {
    EXPECT_FALSE(ParseInteger(text).ok()) << text;
  }
  EXPECT_EQ(ParseInteger("19x0").status().message(), "'19x0' is not an integer");
  EXPECT_EQ(ParseInteger("9223372036854775808").status().message(),
            "'9223372036854775808' is too large an integer (64 bits)");
}

TEST(Attribute, CheckSaysWhatATypeCannotRead) {
  const AttributeBuilder integer("year", AttributeType::kInteger);
  const AttributeBuilder date("date", AttributeType::kDate);
  const AttributeBuilder category("maker", AttributeType::kCategory);
  for (const char* absent : {"", " ", "\t\u00A0"}) {
    for (const AttributeBuilder* builder : {&integer, &date, &category}) EXPECT_TRUE(builder->Check(absent).ok());
  }
  EXPECT_TRUE(integer.Check(" 1990 ").ok());
  EXPECT_EQ(integer.Check("19x0").code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(integer.Check("19x0").message(), "'19x0' is not an integer");
  EXPECT_TRUE(date.Check("1990-05..1991 ").ok());
  EXPECT_EQ(date.Check("31.12.1990").message(), "'31.12.1990' is not a date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)");
  EXPECT_TRUE(category.Check(std::string(kMaxValueBytes, 'x')).ok());
  EXPECT_EQ(category.Check(std::string(kMaxValueBytes + 1, 'x')).message(), "a value of 4097 bytes; 4096 are allowed");
}

TEST(Attribute, KeepsValuesAsWrittenButTrimmed) {
  const Encoded encoded = EncodeAll(AttributeType::kInteger, {" 007 ", "7", "", "-3", "7", "  ", "+7", "007"});
  const AttributeView& view = *encoded.view;
  EXPECT_EQ(view.name(), "column");
  EXPECT_EQ(view.type(), AttributeType::kInteger);
  ASSERT_EQ(view.value_count(), 4u);  // -3, +7, 007, 7: by number, then by bytes.
  EXPECT_EQ(view.text(1), "-3");
  EXPECT_EQ(view.text(2), "+7");
  EXPECT_EQ(view.text(3), "007");
  EXPECT_EQ(view.text(4), "7");
  EXPECT_EQ(view.integer(3), 7);
  const std::vector<uint32_t> codes = {3, 4, 0, 1, 4, 0, 2, 3};
  for (size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(view.code(i), codes[i]) << i;
  EXPECT_EQ(view.code(8), 0u);
  EXPECT_EQ(view.text(0), "");
  EXPECT_EQ(view.text(5), "");
  EXPECT_EQ(view.text(~uint32_t{0}), "");
  EXPECT_TRUE(view.Verify().ok());
}

TEST(Attribute, RecordsBeforeTheDeclarationAreAbsent) {
  AttributeBuilder builder("late", AttributeType::kCategory);
  builder.AppendAbsent(10000);
  builder.Append("x");
  ByteWriter out;
  builder.Encode(&out);
  const auto view = AttributeView::Open(out.bytes(), 10001);
  ASSERT_TRUE(view.ok());
  for (uint64_t i = 0; i < 10000; ++i) ASSERT_EQ((*view)->code(i), 0u);
  EXPECT_EQ((*view)->text((*view)->code(10000)), "x");
}

TEST(Attribute, WithoutValuesCostsNothingARecord) {
  AttributeBuilder builder("none", AttributeType::kDate);
  builder.AppendAbsent(1000000);
  ByteWriter out;
  builder.Encode(&out);
  EXPECT_LT(out.size(), 100u);
  const auto view = AttributeView::Open(out.bytes(), 1000000);
  ASSERT_TRUE(view.ok());
  EXPECT_EQ((*view)->value_count(), 0u);
  EXPECT_TRUE((*view)->Verify().ok());
}

std::string RandomValue(AttributeType type, std::mt19937* random) {
  const auto pick = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(*random); };
  if (pick(0, 5) == 0) return "";
  if (type == AttributeType::kInteger)
    return std::to_string(pick(-30, 30) * (pick(0, 1) == 0 ? int64_t{1} : int64_t{1000000007}));
  if (type == AttributeType::kDate) {
    std::string date = std::to_string(pick(1980, 2010));
    if (pick(0, 2) > 0) date += "-" + std::to_string(pick(10, 12));
    return pick(0, 3) > 0 ? date : date + "..2011-01-" + std::to_string(pick(10, 31));
  }
  constexpr std::string_view kPieces[] = {"a", "A", "b", "B", "\u00C9", "\u00E9", " ", "9", "\u4E94"};
  std::string value;
  for (int n = pick(0, 12); n > 0; --n) value += kPieces[static_cast<size_t>(pick(0, 8))];
  return value;
}

TEST(Attribute, RandomColumnsComeBack) {
  std::mt19937 random(1);
  for (const AttributeType type : {AttributeType::kCategory, AttributeType::kInteger, AttributeType::kDate}) {
    for (const size_t records : {1u, 2u, 100u, 4096u, 20000u}) {
      std::vector<std::string> values(records);
      for (std::string& value : values) value = RandomValue(type, &random);
      const Encoded encoded = EncodeAll(type, values);
      std::set<std::string> distinct;
      for (size_t i = 0; i < records; ++i) {
        const std::string trimmed(TrimWhiteSpace(values[i]));
        if (!trimmed.empty()) distinct.insert(trimmed);
        ASSERT_EQ(encoded.view->text(encoded.view->code(i)), trimmed);
      }
      ASSERT_EQ(encoded.view->value_count(), distinct.size());
      for (uint32_t code = 1; code < distinct.size(); ++code) ASSERT_TRUE(Rises(*encoded.view, code));
      const Status verified = encoded.view->Verify();
      ASSERT_TRUE(verified.ok()) << verified.message();
    }
  }
}

TEST(Attribute, BytesDoNotDependOnTheOrderOfFirstSight) {
  const Encoded a = EncodeAll(AttributeType::kCategory, {"x", "y", "z", "x"});
  AttributeBuilder builder("column", AttributeType::kCategory);
  for (const char* value : {"x", "y", "z", " x "}) builder.Append(value);
  ByteWriter out;
  builder.Encode(&out);
  EXPECT_EQ(a.bytes, out.Take());
}

// What a view may answer, whatever its bytes are.
void ReadEverything(const AttributeView& view, uint64_t records) {
  for (uint64_t i = 0; i < records + 2; ++i) ASSERT_LE(view.code(i), view.value_count());
  for (uint32_t code = 0; code <= view.value_count() + 1; ++code) {
    ASSERT_LE(view.text(code).size(), kMaxValueBytes);
    uint32_t sum = 0;
    for (const char c : view.text(code)) sum += static_cast<unsigned char>(c);
    ASSERT_LE(sum, 255 * kMaxValueBytes);
    if (view.type() == AttributeType::kInteger) (void)view.integer(code);
    if (view.type() == AttributeType::kDate) {
      ASSERT_LE(view.period(code).first, view.period(code).last);
    }
  }
}

TEST(Attribute, DamageIsNoticedOrHarmless) {
  std::mt19937 random(2);
  for (const AttributeType type : {AttributeType::kCategory, AttributeType::kInteger, AttributeType::kDate}) {
    std::vector<std::string> values(90);
    for (std::string& value : values) value = RandomValue(type, &random);
    const Encoded encoded = EncodeAll(type, values);
    size_t opened = 0;
    size_t unnoticed = 0;
    size_t mutations = 0;
    ForEachMutation(encoded.bytes, [&](ByteSpan copy) {
      ++mutations;
      const auto view = AttributeView::Open(copy, values.size());
      if (!view.ok()) return;
      ++opened;
      ReadEverything(**view, values.size());
      if (!(*view)->Verify().ok()) return;
      ++unnoticed;  // Another column, but a sound one.
      for (uint32_t code = 1; code < (*view)->value_count(); ++code) ASSERT_TRUE(Rises(**view, code));
    });
    EXPECT_GT(opened, 0u);
    EXPECT_LT(unnoticed, mutations);
    EXPECT_FALSE(AttributeView::Open(encoded.bytes, values.size() + 1).ok());
  }
}

}  // namespace
}  // namespace burin::internal
