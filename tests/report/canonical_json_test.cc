// Canonical JSON against a twin written from docs/receipts.md, and differences.
#include "src/text/canonical_json.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>
#include <string>

namespace burin::internal {
namespace {

TEST(CanonicalJson, Rules) {
  const auto canonical = [](const char* text) { return CanonicalJson(Json::parse(text)); };
  EXPECT_EQ(canonical(R"( { "b" : 1, "a" : [ true , null, false ] } )"), R"({"a":[true,null,false],"b":1})");
  EXPECT_EQ(canonical(R"({"é":1,"z":2,"Z":3})"), R"({"Z":3,"z":2,"é":1})");
  EXPECT_EQ(canonical("[0.0, -0.0, 2.0, 1e2, 100000.0, 0.015625, 1e-4, 9e-5, 1e15, 1e16, -1.5e-7, 12345678901234567]"),
            "[0,0,2,100,100000,0.015625,0.0001,9e-05,1000000000000000,1e+16,-1.5e-07,12345678901234567]");
  EXPECT_EQ(canonical(R"(["\u0041\n\u001f\u007f\/\"\\\u00e9"])"), "[\"A\\n\\u001f\x7f/\\\"\\\\é\"]");
}

// Fewest digits, found by trying.
std::string Twin(double number) {
  if (number == 0) return "0";
  char text[64];
  for (int digits = 1;; ++digits) {
    std::snprintf(text, sizeof(text), "%.*e", digits - 1, number);
    if (std::strtod(text, nullptr) == number) break;
  }
  const double size = std::abs(number);
  if (size < 1e-4 || size >= 1e16) return text;
  const int exponent = std::atoi(std::strchr(text, 'e') + 1);
  const int size_of_mantissa = static_cast<int>(std::strchr(text, 'e') - text);
  const int digits = size_of_mantissa - (number < 0) - (std::strchr(text, '.') != nullptr);
  std::snprintf(text, sizeof(text), "%.*f", std::max(0, digits - 1 - exponent), number);
  return text;
}

TEST(CanonicalJson, NumbersAreTheShortest) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    double number = 0;
    if (i % 2 == 0) {
      const uint64_t bits = random();
      std::memcpy(&number, &bits, sizeof(number));
    } else {
      number = static_cast<double>(random() % 100000) / 64 * std::pow(10.0, static_cast<double>(random() % 30) - 15);
    }
    if (!std::isfinite(number)) continue;
    const std::string text = CanonicalJson(Json(number));
    ASSERT_EQ(text, Twin(number));
    ASSERT_EQ(CanonicalJson(Json::parse(text)), text);
  }
}

TEST(CanonicalJson, FirstDifference) {
  const auto differ = [](const char* a, const char* b) { return FirstDifference(Json::parse(a), Json::parse(b)); };
  EXPECT_EQ(differ(R"({"a":[1,{"b":2}]})", R"({"a":[1,{"b":2.0}]})"), "");
  EXPECT_EQ(differ(R"({"a":[1,{"b":2}],"c":1})", R"({"a":[1,{"b":3}],"c":2})"), "/a/1/b: 2 instead of 3");
  EXPECT_EQ(differ(R"({"b":1})", R"({"a":1,"b":2})"), "/a: nothing instead of 1");
  EXPECT_EQ(differ(R"({"a":1,"b":2})", R"({"b":2})"), "/a: 1 instead of nothing");
  EXPECT_EQ(differ("[1]", "[1,2]"), "/1: nothing instead of 2");
  EXPECT_EQ(differ("[1]", "{}"), "/: [1] instead of {}");
}

}  // namespace
}  // namespace burin::internal
