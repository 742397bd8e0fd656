#include "src/text/json_writer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <random>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

TEST(JsonWriter, NestsAndSeparates) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("a");
  json.BeginArray();
  json.Integer(-1);
  json.Unsigned(std::numeric_limits<uint64_t>::max());
  json.BeginArray();
  json.EndArray();
  json.BeginObject();
  json.EndObject();
  json.Bool(true);
  json.Bool(false);
  json.Null();
  json.EndArray();
  json.Key("b");
  json.String("x");
  json.EndObject();
  json.EndLine();
  json.String("next");
  json.EndLine();
  EXPECT_EQ(out, "{\"a\":[-1,18446744073709551615,[],{},true,false,null],\"b\":\"x\"}\n\"next\"\n");
}

std::string Text(std::string_view text) {
  std::string out;
  JsonWriter(&out).String(text);
  return out;
}

TEST(JsonWriter, EscapesTexts) {
  EXPECT_EQ(Text("\"\\/\b\f\n\r\t"), "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
  EXPECT_EQ(Text(std::string_view("\0\x01\x1F\x7F", 4)), "\"\\u0000\\u0001\\u001f\x7F\"");
  EXPECT_EQ(Text("Ж☆"), "\"Ж☆\"");
  EXPECT_EQ(Text("a\xFF\xC3"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD\"");
  EXPECT_EQ(Text("\xED\xA0\x80"), "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

std::string Number(double value, int decimals) {
  std::string out;
  JsonWriter(&out).Fixed(value, decimals);
  return out;
}

TEST(JsonWriter, WritesFixedDecimals) {
  EXPECT_EQ(Number(1.5, 3), "1.500");
  EXPECT_EQ(Number(-2.25, 1), "-2.2");
  EXPECT_EQ(Number(-0.0004, 3), "0.000");
  EXPECT_EQ(Number(-0.0, 0), "0");
  EXPECT_EQ(Number(12, 0), "12");
  EXPECT_EQ(Number(std::numeric_limits<double>::infinity(), 3), "null");
  EXPECT_EQ(Number(std::numeric_limits<double>::quiet_NaN(), 3), "null");
  EXPECT_EQ(Number(-std::numeric_limits<double>::max(), 99).size(), 1u + 309 + 1 + 17);
}

TEST(JsonWriter, AnyBytesComeBackFromAParser) {
  std::mt19937 random(5);
  for (int round = 0; round < 20000; ++round) {
    std::string bytes, expected;
    for (size_t n = random() % 12; n > 0; --n) bytes.push_back(static_cast<char>(random() >> (random() % 2 * 3)));
    AppendAsUtf8(bytes, &expected);
    ASSERT_EQ(ValidUtf8Prefix(expected), expected.size());
    ASSERT_EQ(nlohmann::json::parse(Text(bytes)).get<std::string>(), expected);
  }
}

// Every code point is valid in its one form, and nothing cut from it is.
TEST(Utf8, ValidTextsAreThoseOfTheStandard) {
  for (uint32_t c = 0x80; c < 0x110000; ++c) {
    std::string text;
    if (c < 0x800) {
      text = {static_cast<char>(0xC0 | c >> 6), static_cast<char>(0x80 | (c & 63))};
    } else if (c < 0x10000) {
      text = {static_cast<char>(0xE0 | c >> 12), static_cast<char>(0x80 | (c >> 6 & 63)),
              static_cast<char>(0x80 | (c & 63))};
    } else {
      text = {static_cast<char>(0xF0 | c >> 18), static_cast<char>(0x80 | (c >> 12 & 63)),
              static_cast<char>(0x80 | (c >> 6 & 63)), static_cast<char>(0x80 | (c & 63))};
    }
    const bool surrogate = c >= 0xD800 && c < 0xE000;
    ASSERT_EQ(ValidUtf8Prefix(text), surrogate ? 0 : text.size()) << c;
    ASSERT_EQ(ValidUtf8Prefix(std::string_view(text).substr(0, text.size() - 1)), 0u) << c;
  }
  for (const char* bad : {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF",
                          "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFE", "\xFF"}) {
    EXPECT_EQ(ValidUtf8Prefix(std::string("12345678") + bad), 8u);
  }
}

}  // namespace
}  // namespace burin::internal
