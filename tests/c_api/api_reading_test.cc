// Texts, readings and lattices through the C API.
#include <limits>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

Owned<burin_reading> Parse(std::string_view pattern, const burin_reading_options* options = nullptr) {
  burin_reading* reading = nullptr;
  burin_error* error = nullptr;
  EXPECT_EQ(burin_reading_parse(pattern.data(), pattern.size(), options, &reading, &error), BURIN_OK)
      << burin_error_message(error);
  burin_error_destroy(error);
  return {reading, burin_reading_destroy};
}

TEST(ApiText, FoldsIntoTheCallersBuffer) {
  const std::string_view text =
      "a1-\xd0\x92"
      "9";  // A Cyrillic В.
  size_t needed = 0;
  EXPECT_EQ(burin_fold(text.data(), text.size(), nullptr, 0, &needed, nullptr), BURIN_OK);
  EXPECT_EQ(needed, 4u);
  char buffer[8] = "xxxxxxx";
  EXPECT_EQ(burin_fold(text.data(), text.size(), buffer, 3, &needed, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(buffer[0], 'x');
  EXPECT_EQ(burin_fold(text.data(), text.size(), buffer, 8, &needed, nullptr), BURIN_OK);
  EXPECT_EQ(std::string_view(buffer, needed), "A1B9");
  EXPECT_EQ(burin_fold("\xff", 1, buffer, 8, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_fold(nullptr, 0, buffer, 8, &needed, nullptr), BURIN_OK);
  EXPECT_EQ(needed, 0u);
  EXPECT_EQ(burin_fold(nullptr, 1, buffer, 8, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_fold("A", 1, buffer, 8, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
}

TEST(ApiText, ReadsCells) {
  burin_recorded* raw = nullptr;
  ASSERT_EQ(burin_recorded_read("A?9", 3, nullptr, &raw, nullptr), BURIN_OK);
  Owned<burin_recorded> recorded(raw, burin_recorded_destroy);
  ASSERT_EQ(burin_recorded_count(raw), 1u);
  EXPECT_EQ(burin_recorded_is_partial(raw, 0), 1);
  size_t size = 0;
  EXPECT_STREQ(burin_recorded_serial(raw, 0, &size), "A?9");
  EXPECT_EQ(size, 3u);
  EXPECT_EQ(burin_recorded_serial(raw, 1, &size), nullptr);
  EXPECT_EQ(size, 0u);
  burin_recorded_options options = BURIN_RECORDED_OPTIONS_INIT;
  options.unreadable = "";
  ASSERT_EQ(burin_recorded_read("A?9", 3, &options, &raw, nullptr), BURIN_OK);
  recorded.reset(raw);
  EXPECT_EQ(burin_recorded_is_partial(raw, 0), 0);
  EXPECT_STREQ(burin_recorded_serial(raw, 0, nullptr), "A9");
  options.unreadable = "\xFF";
  EXPECT_EQ(burin_recorded_read("A?9", 3, &options, &raw, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(raw, nullptr);
  ASSERT_EQ(burin_recorded_read("n/a", 3, nullptr, &raw, nullptr), BURIN_OK);
  recorded.reset(raw);
  EXPECT_NE(burin_recorded_missing(raw, 0), static_cast<uint32_t>(BURIN_MISSING_NONE));
  EXPECT_STREQ(burin_recorded_serial(raw, 0, nullptr), "");
  EXPECT_STRNE(burin_recorded_sentinel(raw, 0, nullptr), "");
  EXPECT_STRNE(burin_missing_name(burin_recorded_missing(raw, 0)), "");
  EXPECT_STREQ(burin_missing_name(0), "");
  EXPECT_STREQ(burin_missing_name(99), "");
}

TEST(ApiText, KnowsTypesOfAttributes) {
  EXPECT_EQ(burin_attribute_reserved_type("year"), static_cast<uint32_t>(BURIN_ATTRIBUTE_INTEGER));
  EXPECT_EQ(burin_attribute_reserved_type("maker"), static_cast<uint32_t>(BURIN_ATTRIBUTE_CATEGORY));
  EXPECT_EQ(burin_attribute_reserved_type("date"), static_cast<uint32_t>(BURIN_ATTRIBUTE_DATE));
  EXPECT_EQ(burin_attribute_reserved_type("shelf"), static_cast<uint32_t>(BURIN_ATTRIBUTE_DEFAULT));
  EXPECT_EQ(burin_attribute_reserved_type(nullptr), static_cast<uint32_t>(BURIN_ATTRIBUTE_DEFAULT));
  for (uint32_t type = 1; type <= 3; ++type) {
    EXPECT_EQ(burin_attribute_type_parse(burin_attribute_type_name(type)), type);
  }
  EXPECT_STREQ(burin_attribute_type_name(0), "");
  EXPECT_EQ(burin_attribute_type_parse("x"), 0u);
  EXPECT_EQ(burin_attribute_type_parse(nullptr), 0u);
}

TEST(ApiReading, ShowsItsElements) {
  const auto reading = Parse("A[38]?{2}*");
  ASSERT_GE(burin_reading_element_count(reading.get()), 4u);
  EXPECT_STREQ(burin_reading_element_text(reading.get(), 0, nullptr), "A");
  EXPECT_STREQ(burin_reading_element_text(reading.get(), 1, nullptr), "[38]");
  size_t begin = 9, end = 9;
  burin_reading_element_span(reading.get(), 1, &begin, &end);
  EXPECT_EQ(begin, 1u);
  EXPECT_EQ(end, 5u);
  EXPECT_EQ(burin_reading_element_text(reading.get(), 99, nullptr), nullptr);
  burin_reading_element_span(reading.get(), 99, &begin, &end);
  EXPECT_EQ(begin + end, 0u);
  EXPECT_STRNE(burin_reading_words(reading.get()), "");
}

TEST(ApiReading, ErrorsHaveTheColumn) {
  burin_reading* reading = nullptr;
  burin_error* error = nullptr;
  const std::string_view pattern =
      "\xd0\x92"
      "1[A-";  // Columns count code points.
  EXPECT_EQ(burin_reading_parse(pattern.data(), pattern.size(), nullptr, &reading, &error), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(reading, nullptr);
  EXPECT_EQ(burin_error_position(error), 6u) << burin_error_message(error);
  burin_error_destroy(error);
}

TEST(ApiReading, OptionsAreCheckedAndRestated) {
  burin_reading_options options = BURIN_READING_OPTIONS_INIT;
  options.min_length = options.max_length = 8;
  options.part = BURIN_PART_START;
  options.ncic = 1;
  const auto reading = Parse("A0B1", &options);
  const std::string words = burin_reading_words(reading.get());
  EXPECT_NE(words.find("the mark has 8 symbols"), std::string::npos) << words;
  EXPECT_NE(words.find("anything may follow"), std::string::npos) << words;
  EXPECT_NE(words.find("O and 0"), std::string::npos) << words;
  for (size_t i = 0; i < burin_reading_element_count(reading.get()); ++i) {
    EXPECT_STRNE(burin_reading_element_text(reading.get(), i, nullptr), "");
  }
  burin_reading* none = nullptr;
  options.max_length = 7;
  EXPECT_EQ(burin_reading_parse("A", 1, &options, &none, nullptr), BURIN_OUT_OF_RANGE);
  options.max_length = 65;
  EXPECT_EQ(burin_reading_parse("A", 1, &options, &none, nullptr), BURIN_OUT_OF_RANGE);
  options.max_length = 0;
  EXPECT_EQ(burin_reading_parse("A", 1, &options, &none, nullptr), BURIN_OK);
  burin_reading_destroy(none);
  options.part = 4;
  EXPECT_EQ(burin_reading_parse("A", 1, &options, &none, nullptr), BURIN_OUT_OF_RANGE);
  options.part = 0;
  options.struct_size = 4;
  EXPECT_EQ(burin_reading_parse("A", 1, &options, &none, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(none, nullptr);
}

TEST(ApiReading, NullArguments) {
  burin_reading* reading = nullptr;
  EXPECT_EQ(burin_reading_parse(nullptr, 1, nullptr, &reading, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_reading_parse("A", 1, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_reading_from_lattice(nullptr, nullptr, &reading, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_STREQ(burin_reading_words(nullptr), "");
  EXPECT_EQ(burin_reading_element_count(nullptr), 0u);
  EXPECT_EQ(burin_reading_element_text(nullptr, 0, nullptr), nullptr);
  burin_reading_destroy(nullptr);
  burin_lattice_destroy(nullptr);
  EXPECT_EQ(burin_lattice_create(nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_lattice_add_slot(nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_lattice_add_empty(nullptr, 0, 1, nullptr), BURIN_INVALID_ARGUMENT);
}

class LatticeTest : public ::testing::Test {
 protected:
  void SetUp() override {
    burin_lattice* raw = nullptr;
    ASSERT_EQ(burin_lattice_create(&raw, nullptr), BURIN_OK);
    lattice_.reset(raw);
    uint32_t slot = 0;
    ASSERT_EQ(burin_lattice_add_slot(raw, &slot, nullptr), BURIN_OK);
    ASSERT_EQ(slot, 1u);
  }
  burin_status Add(uint32_t from, uint32_t to, const burin_element& element) {
    return burin_lattice_add_arc(lattice_.get(), from, to, &element, nullptr, nullptr);
  }
  burin_element Symbols(const std::vector<uint32_t>& symbols) {
    burin_element element = BURIN_ELEMENT_INIT;
    element.symbols = symbols.data();
    element.symbol_count = symbols.size();
    return element;
  }
  Owned<burin_lattice> lattice_{nullptr, burin_lattice_destroy};
};

TEST_F(LatticeTest, BuildsAReading) {
  const std::vector<uint32_t> some = {'3', '8'};
  uint32_t number = 9;
  const burin_element element = Symbols(some);
  ASSERT_EQ(burin_lattice_add_arc(lattice_.get(), 0, 1, &element, &number, nullptr), BURIN_OK);
  EXPECT_EQ(number, 0u);
  burin_element any = BURIN_ELEMENT_INIT;
  any.flags = BURIN_ELEMENT_EXCEPT;
  ASSERT_EQ(Add(1, 1, any), BURIN_OK);
  burin_reading* reading = nullptr;
  ASSERT_EQ(burin_reading_from_lattice(lattice_.get(), nullptr, &reading, nullptr), BURIN_OK);
  lattice_.reset();
  EXPECT_STREQ(burin_reading_element_text(reading, 0, nullptr), "[38]");
  EXPECT_STREQ(burin_reading_element_text(reading, 1, nullptr), "*");
  burin_reading_destroy(reading);
}

// A loop of which next to nothing is stated adds symbols without end: there is a cost, and no likelihood.
TEST_F(LatticeTest, WithoutALikelihoodIsNotWeighed) {
  const std::vector<uint32_t> some = {'A', 'B'};
  const double support[] = {1e-12, 1e-12};
  burin_element element = Symbols(some);
  ASSERT_EQ(Add(0, 1, element), BURIN_OK);
  element.support = support;
  ASSERT_EQ(Add(1, 1, element), BURIN_OK);
  burin_reading* raw = nullptr;
  ASSERT_EQ(burin_reading_from_lattice(lattice_.get(), nullptr, &raw, nullptr), BURIN_OK);
  const Owned<burin_reading> reading(raw, burin_reading_destroy);

  const Folder folder;
  BuildIndex(folder / "x.burin", {{"1", "AAB"}, {"2", "A"}});
  burin::Index index(folder / "x.burin");
  Searcher searcher(index);
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  burin_result* result = nullptr;
  burin_error* error = nullptr;
  ASSERT_EQ(burin_search(searcher.get(), reading.get(), &options, &result, &error), BURIN_OK);
  burin_result_destroy(result);
  result = nullptr;
  options.evidence = 1;
  EXPECT_EQ(burin_search(searcher.get(), reading.get(), &options, &result, &error), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(result, nullptr);
  EXPECT_TRUE(std::string(burin_error_message(error)).starts_with("the reading has no likelihood: "));
  burin_error_destroy(error);
}

TEST_F(LatticeTest, RefusesWhatIsNoLattice) {
  const std::vector<uint32_t> a = {'A'}, small = {'a'}, dash = {'-'}, twice = {'A', 'A'}, surrogate = {0xD800};
  EXPECT_EQ(Add(0, 2, Symbols(a)), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(Add(1, 0, Symbols(a)), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 1, Symbols(small)), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 1, Symbols(dash)), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 1, Symbols(twice)), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 1, Symbols(surrogate)), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 1, Symbols({})), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_lattice_add_empty(lattice_.get(), 0, 0, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_lattice_add_arc(lattice_.get(), 0, 1, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(Add(0, 0, Symbols(a)), BURIN_OK);
  EXPECT_EQ(Add(0, 0, Symbols(a)), BURIN_INVALID_ARGUMENT);
  burin_reading* reading = nullptr;
  EXPECT_EQ(burin_reading_from_lattice(lattice_.get(), nullptr, &reading, nullptr), BURIN_INVALID_ARGUMENT);
}

TEST_F(LatticeTest, ChecksElements) {
  const std::vector<uint32_t> a = {'A'};
  burin_element element = Symbols(a);
  double support = 0;
  element.support = &support;
  EXPECT_EQ(Add(0, 1, element), BURIN_INVALID_ARGUMENT);
  support = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(Add(0, 1, element), BURIN_INVALID_ARGUMENT);
  support = 0.5;
  EXPECT_EQ(Add(0, 1, element), BURIN_OK);
  element.flags = BURIN_ELEMENT_EXCEPT;
  EXPECT_EQ(Add(0, 1, element), BURIN_INVALID_ARGUMENT);
  element.support = nullptr;
  element.beneath = '3';
  EXPECT_EQ(Add(0, 1, element), BURIN_INVALID_ARGUMENT);
  element.flags = BURIN_ELEMENT_ALTERED;
  EXPECT_EQ(Add(0, 1, element), BURIN_OK);
  element.doubt = 3;
  EXPECT_EQ(Add(0, 1, element), BURIN_OUT_OF_RANGE);
  element.doubt = 2;
  element.flags = 4;
  EXPECT_EQ(Add(0, 1, element), BURIN_OUT_OF_RANGE);
  element.flags = 0;
  element.beneath = 0;
  element.struct_size = 8;
  EXPECT_EQ(Add(0, 1, element), BURIN_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace burin::testing
