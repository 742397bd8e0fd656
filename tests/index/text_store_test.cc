// Texts of some records, and the lists that texts and keys are collected in.
#include "src/index/columns/text_store.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "src/codec/narrow_sequence.h"
#include "src/codec/string_list.h"
#include "tests/index/mutations.h"

namespace burin::internal {
namespace {

TEST(NarrowSequence, HoldsAnyNumbers) {
  std::mt19937_64 random(3);
  NarrowSequence sequence;
  std::vector<uint64_t> expected;
  for (const uint64_t mask : {uint64_t{0}, uint64_t{0xFF}, uint64_t{0x1FF}, uint64_t{0x1FFFF}, ~uint64_t{0}}) {
    const uint64_t base = mask == ~uint64_t{0} ? 0 : random() >> 1;
    for (int i = 0; i < 5000; ++i) expected.push_back(base + (random() & mask));
  }
  for (const uint64_t value : expected) sequence.Append(value);
  ASSERT_EQ(sequence.size(), expected.size());
  for (size_t i = 0; i < expected.size(); ++i) ASSERT_EQ(sequence.at(i), expected[i]) << i;
}

TEST(NarrowSequence, CostsWhatItsNumbersNeed) {
  NarrowSequence rows;
  NarrowSequence constant;
  for (uint64_t i = 0; i < 1000000; ++i) {
    rows.Append(5000000000 + i);
    constant.Append(7);
  }
  EXPECT_LT(rows.memory_bytes(), 2200000u);
  EXPECT_LT(constant.memory_bytes(), 100000u);
}

TEST(StringList, KeepsStringsInPlace) {
  StringList list;
  std::vector<std::string> expected;
  for (const size_t size : {size_t{0}, size_t{1}, size_t{127}, size_t{128}, size_t{16383}, size_t{16384},
                            StringList::kMaxBytes, StringList::kMaxBytes, size_t{3}, StringList::kMaxBytes - 1}) {
    expected.emplace_back(size, static_cast<char>('a' + expected.size()));
  }
  std::vector<std::string_view> views;
  for (const std::string& text : expected) {
    list.Append(text);
    views.push_back(list.at(list.size() - 1));
  }
  for (size_t i = 0; i < expected.size(); ++i) {
    EXPECT_EQ(list.at(i), expected[i]);
    EXPECT_EQ(views[i].data(), list.at(i).data());
  }
}

std::vector<std::byte> Encode(const std::map<uint64_t, std::string>& texts) {
  TextStoreBuilder builder;
  for (const auto& [record, text] : texts) EXPECT_TRUE(builder.Add(record, text).ok());
  EXPECT_EQ(builder.size(), texts.size());
  ByteWriter out;
  builder.Encode(&out);
  return out.Take();
}

TEST(TextStore, FindsTheTextsOfRecords) {
  std::mt19937 random(4);
  for (const uint64_t records : {0u, 1u, 63u, 64u, 65u, 3000u}) {
    std::map<uint64_t, std::string> texts;
    for (uint64_t record = 0; record < records; ++record) {
      if (random() % 3 == 0) texts[record] = std::string(random() % 40, 'x') + std::to_string(record);
    }
    const std::vector<std::byte> section = Encode(texts);
    const Result<TextStore> store = TextStore::Open(section, records);
    ASSERT_TRUE(store.ok()) << store.status().message();
    EXPECT_EQ(store->size(), texts.size());
    EXPECT_TRUE(store->Verify().ok());
    for (uint64_t record = 0; record < records + 2; ++record) {
      std::string_view text = "untouched";
      ASSERT_EQ(store->Find(record, &text), texts.contains(record)) << record;
      ASSERT_EQ(text, texts.contains(record) ? texts[record] : "untouched");
    }
  }
}

TEST(TextStore, TextsAreLong) {
  const std::map<uint64_t, std::string> texts = {
      {5, std::string(kMaxTextBytes, 'a')}, {6, ""}, {1000000, std::string(kMaxTextBytes, 'b')}};
  const std::vector<std::byte> section = Encode(texts);
  const Result<TextStore> store = TextStore::Open(section, 1000001);
  ASSERT_TRUE(store.ok());
  std::string_view text;
  for (const auto& [record, expected] : texts) {
    ASSERT_TRUE(store->Find(record, &text));
    EXPECT_EQ(text, expected);
  }
  TextStoreBuilder builder;
  EXPECT_EQ(builder.Add(0, std::string(kMaxTextBytes + 1, 'a')).code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(builder.size(), 0u);
}

TEST(TextStore, RecordNumbersAreVerified) {
  const std::vector<std::byte> section = Encode({{3, "x"}, {9, "y"}});
  EXPECT_TRUE(TextStore::Open(section, 10)->Verify().ok());
  EXPECT_FALSE(TextStore::Open(section, 9)->Verify().ok());
  EXPECT_FALSE(TextStore::Open(section, 1).ok());
  const std::vector<std::byte> twice = [] {
    TextStoreBuilder builder;
    EXPECT_TRUE(builder.Add(3, "x").ok() && builder.Add(3, "y").ok());
    ByteWriter out;
    builder.Encode(&out);
    return out.Take();
  }();
  EXPECT_FALSE(TextStore::Open(twice, 10)->Verify().ok());
}

TEST(TextStore, DamageIsNoticedOrHarmless) {
  std::map<uint64_t, std::string> texts;
  for (uint64_t i = 0; i < 70; ++i) texts[i * 3] = "text " + std::to_string(i);
  const std::vector<std::byte> section = Encode(texts);
  ForEachMutation(section, [&](ByteSpan copy) {
    const Result<TextStore> store = TextStore::Open(copy, 300);
    if (!store.ok()) return;
    uint64_t found = 0;
    for (uint64_t record = 0; record < 300; ++record) {
      std::string_view text;
      if (!store->Find(record, &text)) continue;
      ++found;
      ASSERT_LE(std::string(text).size(), kMaxTextBytes);
    }
    if (store->Verify().ok()) {
      ASSERT_EQ(found, store->size());
    }
  });
}

}  // namespace
}  // namespace burin::internal
