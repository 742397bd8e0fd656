// What a builder is given comes out of the index, compared with a std::map of serials to records.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <set>

#include "src/index/keys/stored_keys.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

struct ByLengthThenSymbols {
  bool operator()(const std::u32string& a, const std::u32string& b) const {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }
};
using Expected = std::map<std::u32string, std::vector<uint64_t>, ByLengthThenSymbols>;

std::shared_ptr<const Index> OpenSound(const std::vector<std::byte>& bytes) {
  auto index = Index::OpenBuffer(bytes, "index");
  if (!index.ok()) {
    ADD_FAILURE() << index.status().message();
    return nullptr;
  }
  const Status status = (*index)->Verify();
  EXPECT_TRUE(status.ok()) << status.message();
  return *index;
}

// Every serial in its place with its records.
void ExpectSame(const Index& index, const Expected& expected) {
  ASSERT_EQ(index.info().serials, expected.size());
  auto next = expected.begin();
  uint64_t rank = 0;
  std::u32string serial;
  for (const auto& group : index.groups()) {
    ASSERT_EQ(group->first_rank(), rank);
    std::vector<uint16_t> codes(group->length());
    for (uint64_t i = 0; i < group->size(); ++i, ++rank, ++next) {
      group->Read(i, i + 1, codes.data());
      KeySymbols(*group, codes.data(), &serial);
      ASSERT_EQ(serial, next->first);
      ASSERT_EQ(index.postings_size(rank), next->second.size());
      for (uint64_t n = 0; n < next->second.size(); ++n) ASSERT_EQ(index.posting(rank, n), next->second[n]);
    }
  }
  EXPECT_EQ(next, expected.end());
}

// LowerBound of prefixes of random rows in random ranges, against a scan.
void ExpectBounds(const Index& index, std::mt19937* random) {
  for (const auto& group : index.groups()) {
    const uint32_t length = group->length();
    const uint64_t size = group->size();
    std::vector<std::vector<uint16_t>> rows(size, std::vector<uint16_t>(length));
    for (uint64_t i = 0; i < size; ++i) group->Read(i, i + 1, rows[i].data());
    for (int trial = 0; trial < 50; ++trial) {
      std::vector<uint16_t> codes = rows[(*random)() % size];
      const auto depth = static_cast<uint32_t>((*random)() % (length + 1));
      for (uint32_t p = 0; p < depth; ++p) {
        if ((*random)() % 3 == 0) codes[p] = static_cast<uint16_t>((*random)() % group->alphabet(p).size());
      }
      uint64_t first = (*random)() % (size + 1);
      uint64_t last = (*random)() % (size + 1);
      if (first > last) std::swap(first, last);
      uint64_t expected = first;
      while (expected < last && std::lexicographical_compare(rows[expected].begin(), rows[expected].begin() + depth,
                                                             codes.begin(), codes.begin() + depth)) {
        ++expected;
      }
      ASSERT_EQ(group->LowerBound(first, last, codes.data(), depth), expected);
    }
  }
}

// Random serials of the symbols and lengths given; many of them repeated.
void RandomIndex(const std::u32string& symbols, const std::vector<size_t>& lengths, int records, uint32_t seed) {
  std::mt19937 random(seed);
  TestBuilder builder;
  Expected expected;
  for (int i = 0; i < records; ++i) {
    std::u32string serial;
    if (!expected.empty() && random() % 4 == 0) {
      serial = std::next(expected.begin(), static_cast<long>(random() % expected.size()))->first;
    } else {
      const size_t length = lengths[random() % lengths.size()];
      while (serial.size() < length) serial += symbols[random() % symbols.size()];
    }
    expected[serial].push_back(builder->records());
    ASSERT_TRUE(builder.Add(std::to_string(i), ToUtf8(serial), {SerialMark(serial)}).ok());
  }
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  ExpectSame(*index, expected);
  ExpectBounds(*index, &random);
}

const std::u32string kBase = U"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

TEST(RoundTrip, TwoSymbolsAllLengths) {
  std::vector<size_t> lengths;
  for (size_t length = 1; length <= kMaxMarkSymbols; ++length) lengths.push_back(length);
  RandomIndex(U"AB", lengths, 1500, 1);
}
TEST(RoundTrip, Packed64) { RandomIndex(kBase, {1, 2, 5, 8, 12}, 2000, 2); }
TEST(RoundTrip, Packed128) { RandomIndex(kBase, {13, 16, 20, 24}, 2000, 3); }
TEST(RoundTrip, Long) { RandomIndex(kBase, {25, 40, 64}, 1000, 4); }
TEST(RoundTrip, OtherSymbols) { RandomIndex(kBase + U"Ж☆五\U0001F52B", {3, 7, 14, 25}, 1500, 5); }

TEST(RoundTrip, ThousandsOfSymbols) {
  std::u32string symbols;
  for (Symbol s = 0x4E00; s < 0x4E00 + 3000; ++s) symbols += s;
  RandomIndex(symbols, {2, 5, 9, 12, 30}, 3000, 6);
}

TEST(RoundTrip, EveryCountAroundABlock) {
  for (int count = 1; count <= 200; count += count < 60 || count > 70 ? 13 : 1) {
    RandomIndex(U"0123456789", {3}, count, static_cast<uint32_t>(count));
  }
}

TEST(RoundTrip, SameWithinAGroupWhateverTheOrder) {
  // A dense run: keys cost next to nothing, a head and an offset a block of 64.
  TestBuilder builder;
  for (int i = 9999; i >= 0; --i) builder.Serial(std::to_string(10000 + i));
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->posting(0, 0), 9999U);
  EXPECT_EQ(index->posting(9999, 0), 0U);
  for (const SectionInfo& section : index->info().sections) {
    if (section.name == "KEYS") {
      EXPECT_LT(section.bytes, 1400U);
    }
  }
}

TEST(RoundTrip, Empty) {
  TestBuilder builder;
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->record_count(), 0U);
  EXPECT_TRUE(index->groups().empty());
  EXPECT_EQ(index->partial_count() + index->missing_count(), 0U);
  TouchIndex(*index);
}

TEST(RoundTrip, OnlyPartialAndMissing) {
  TestBuilder builder;
  ASSERT_TRUE(builder.Add("a", "??A914*", {PartialMark("??A914*")}).ok());
  ASSERT_TRUE(builder.Add("b", "unknown", {MissingMark(Missing::kUnknown)}).ok());
  ASSERT_TRUE(builder.Add("c", "*", {PartialMark("*")}).ok());
  ASSERT_TRUE(builder.Add("d", "", {MissingMark(Missing::kNotRecorded)}).ok());
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(index->info().serials, 0U);
  ASSERT_EQ(index->partial_count(), 2U);
  EXPECT_EQ(index->partial_record(0), 0U);
  EXPECT_EQ(index->partial_record(1), 2U);
  std::u32string items;
  index->partial_items(0, &items);
  EXPECT_EQ(items, PartialMark("??A914*").symbols);
  ASSERT_EQ(index->missing_count(), 2U);
  EXPECT_EQ(index->missing_record(1), 3U);
  EXPECT_EQ(index->missing_kind(0), Missing::kUnknown);
  EXPECT_EQ(index->missing_kind(1), Missing::kNotRecorded);
  EXPECT_EQ(index->info().missing[static_cast<size_t>(Missing::kUnknown)], 1U);
  std::string text;
  EXPECT_TRUE(index->AppendText(0, &text));
  EXPECT_EQ(text, "??A914*");
  text.clear();
  index->AppendKey(3, &text);
  EXPECT_EQ(text, "d");
  TouchIndex(*index);
}

std::string ValueOf(const Index& index, std::string_view name, uint64_t record) {
  const AttributeColumn* column = index.FindAttribute(name);
  if (column == nullptr) return "(no column)";
  return std::string(column->text(column->code(record)));
}

TEST(RoundTrip, SeveralMarksOfACellAreOneWeapon) {
  TestBuilder builder;
  builder.Attribute("weapon", AttributeType::kCategory);
  ASSERT_TRUE(builder.Add("1", "AB1", {SerialMark("AB1")}, {"W7"}, "S").ok());
  std::vector<RecordedMark> marks = {SerialMark("AB2"), SerialMark("AB3")};
  marks[0].component = "barrel";
  ASSERT_TRUE(builder.Add("2", "AB2(barrel) AB3", marks, {""}, "S").ok());
  ASSERT_TRUE(builder.Add("3", "AB2 AB3", marks, {"W9"}).ok());
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  ASSERT_EQ(index->record_count(), 5U);
  const std::vector<std::vector<std::string>> expected = {{"W7", "", "", "S"},
                                                          {"S/2", "barrel", "1/2", "S"},
                                                          {"S/2", "", "2/2", "S"},
                                                          {"W9", "barrel", "1/2", ""},
                                                          {"W9", "", "2/2", ""}};
  for (uint64_t record = 0; record < 5; ++record) {
    EXPECT_EQ(ValueOf(*index, "weapon", record), expected[record][0]);
    EXPECT_EQ(ValueOf(*index, "component", record), expected[record][1]);
    EXPECT_EQ(ValueOf(*index, "cell_part", record), expected[record][2]);
    EXPECT_EQ(ValueOf(*index, "source", record), expected[record][3]);
    std::string text;
    EXPECT_EQ(index->AppendText(record, &text), record != 0);
    std::string key;
    index->AppendKey(record, &key);
    EXPECT_EQ(key, record == 0 ? "1" : record < 3 ? "2" : "3");
  }
}

TEST(Builder, RefusesAndAddsNothing) {
  TestBuilder builder;
  builder.Attribute("year", AttributeType::kInteger);
  ASSERT_TRUE(builder.Add("1", "A1", {SerialMark("A1")}, {"1990"}).ok());
  int attribute = 5;
  const std::vector<RecordedMark> marks = {SerialMark("A2")};
  const std::vector<std::string_view> bad = {"soon"};
  const std::vector<std::string_view> good = {"1991"};
  EXPECT_EQ(builder->Add({"2", "", "A2", marks, bad}, &attribute).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(attribute, 0);
  EXPECT_EQ(builder->Add({"1", "", "A2", marks, good}, &attribute).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(attribute, -1);
  EXPECT_EQ(builder->Add({"", "", "A2", marks, good}, &attribute).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(builder->Add({std::string(65, 'k'), "", "A2", marks, good}, &attribute).code(),
            StatusCode::kInvalidArgument);
  EXPECT_EQ(builder->Add({"2", "", "A2", {}, good}, &attribute).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(builder->Add({"2", "", "A2", marks, {}}, &attribute).code(), StatusCode::kInvalidArgument);
  const std::vector<RecordedMark> huge = {SerialMark(std::string(65, 'A'))};
  EXPECT_EQ(builder->Add({"2", "", "A2", huge, good}, &attribute).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(builder->records(), 1U);
  EXPECT_TRUE(builder->Add({"1", "other source", "A2", marks, good}, &attribute).ok());
  EXPECT_EQ(builder->records(), 2U);
  const std::vector<std::byte> bytes = builder.Bytes();
  EXPECT_NE(OpenSound(bytes), nullptr);
  EXPECT_EQ(builder->Add({"3", "", "A2", marks, good}, &attribute).code(), StatusCode::kState);
}

TEST(Builder, NamesOfAttributes) {
  TestBuilder builder;
  for (const std::string_view name : {"", "source", "key", "serial"}) {
    EXPECT_EQ(builder->AddAttribute(name, AttributeType::kCategory).status().code(), StatusCode::kInvalidArgument);
  }
  EXPECT_FALSE(builder->AddAttribute(std::string(65, 'n'), AttributeType::kCategory).ok());
  EXPECT_TRUE(builder->AddAttribute("colour", AttributeType::kCategory).ok());
  EXPECT_FALSE(builder->AddAttribute("colour", AttributeType::kCategory).ok());
}

TEST(Builder, AnAttributeMayComeLate) {
  TestBuilder builder;
  builder.Serial("A1");
  builder.Attribute("colour", AttributeType::kCategory);
  ASSERT_TRUE(builder.Add("x", "A2", {SerialMark("A2")}, {"blue"}).ok());
  const std::vector<std::byte> bytes = builder.Bytes();
  const auto index = OpenSound(bytes);
  ASSERT_NE(index, nullptr);
  EXPECT_EQ(ValueOf(*index, "colour", 0), "");
  EXPECT_EQ(ValueOf(*index, "colour", 1), "blue");
}

TEST(Builder, SameRowsSameBytes) { EXPECT_EQ(SampleIndex(300), SampleIndex(300)); }

TEST(Builder, TooManySymbolsAtOnePosition) {
  TestBuilder builder;
  int i = 0;
  for (Symbol s = 0x1000; i <= 65535; ++s, ++i) {
    if (s == 0xD800) s = 0xE000;
    const std::vector<RecordedMark> marks = {SerialMark(std::u32string(1, s))};
    int attribute = 0;
    ASSERT_TRUE(builder->Add({std::to_string(i), "", "x", marks, {}}, &attribute).ok());
  }
  std::vector<std::byte> bytes;
  EXPECT_EQ(builder->Write(&bytes).code(), StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace burin::internal
