// Keys: exact refusal of duplicates within a source, both forms of the section, memory, damage.
#include "src/index/columns/key_store.h"

#include <gtest/gtest.h>

#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "src/index/columns/key_store_builder.h"
#include "tests/index/mutations.h"

namespace burin::internal {
namespace {

std::vector<std::byte> Encode(const KeyStoreBuilder& builder) {
  ByteWriter out;
  builder.Encode(&out);
  return out.Take();
}

std::vector<std::byte> EncodeAll(const std::vector<std::string>& keys) {
  KeyStoreBuilder builder;
  for (const std::string& key : keys) EXPECT_TRUE(builder.Add("", key).ok()) << key;
  return Encode(builder);
}

void ExpectKeys(const std::vector<std::byte>& section, const std::vector<std::string>& keys) {
  const Result<KeyStore> store = KeyStore::Open(section, keys.size());
  ASSERT_TRUE(store.ok()) << store.status().message();
  EXPECT_TRUE(store->Verify().ok()) << store->Verify().message();
  for (size_t i = 0; i < keys.size(); ++i) {
    std::string key = "at ";
    store->AppendKey(i, &key);
    ASSERT_EQ(key, "at " + keys[i]) << i;
  }
  std::string none;
  store->AppendKey(keys.size(), &none);
  store->AppendKey(~uint64_t{0}, &none);
  EXPECT_EQ(none, "");
}

bool IsNumeric(const std::vector<std::byte>& section) { return section[0] == std::byte{1}; }

TEST(KeyStore, RisingNumbersAreNumbers) {
  std::vector<std::string> rows;
  for (int i = 1; i <= 10000; ++i) rows.push_back(std::to_string(i));
  const std::vector<std::byte> section = EncodeAll(rows);
  EXPECT_TRUE(IsNumeric(section));
  EXPECT_LT(section.size(), 1000u);
  ExpectKeys(section, rows);
  ExpectKeys(EncodeAll({"0", "18446744073709551615"}), {"0", "18446744073709551615"});
  ExpectKeys(EncodeAll({}), {});
}

TEST(KeyStore, OtherKeysAreTexts) {
  const std::vector<std::vector<std::string>> cases = {
      {"2", "1"},  {"1", "01"},     {"1", "18446744073709551616"}, {"1", "-1"}, {"A-1", "a-1"},
      {"1", " 1"}, {"\u00E9", "1"}, {std::string(64, 'k'), "3"}};
  for (const auto& keys : cases) {
    const std::vector<std::byte> section = EncodeAll(keys);
    EXPECT_FALSE(IsNumeric(section)) << keys[0];
    ExpectKeys(section, keys);
  }
}

TEST(KeyStore, RefusesEmptyAndLongKeys) {
  KeyStoreBuilder builder;
  EXPECT_EQ(builder.Add("s", "").message(), "the key is empty");
  EXPECT_EQ(builder.Add("s", std::string(65, 'k')).message(), "a key of 65 bytes; 64 are allowed");
  EXPECT_EQ(builder.size(), 0u);
}

TEST(KeyStore, RefusesDuplicatesWithinASource) {
  KeyStoreBuilder builder;
  EXPECT_TRUE(builder.Add("a", "1").ok());
  EXPECT_TRUE(builder.Add("a", "5").ok());
  EXPECT_TRUE(builder.Add("b", "5").ok());
  EXPECT_TRUE(builder.Add("", "5").ok());
  const Status status = builder.Add("a", "5");
  EXPECT_EQ(status.code(), StatusCode::kInvalidArgument);
  EXPECT_EQ(status.message(), "the key '5' was there before in source 'a'");
  EXPECT_EQ(builder.Add("", "5").message(), "the key '5' was there before");
  EXPECT_TRUE(builder.Add("a", "05").ok());
  EXPECT_TRUE(builder.Add("a", "3").ok());
  EXPECT_FALSE(builder.Add("a", "1").ok());
  EXPECT_FALSE(builder.Add("a", "05").ok());
  EXPECT_TRUE(builder.Add("b", "6").ok());
  ExpectKeys(Encode(builder), {"1", "5", "5", "5", "05", "3", "6"});
}

TEST(KeyStore, RecordsOfOneRowShareItsKey) {
  for (const std::string second : {"8", "k"}) {
    KeyStoreBuilder builder;
    EXPECT_TRUE(builder.Add("", "7").ok());
    builder.AddSame();
    builder.AddSame();
    EXPECT_TRUE(builder.Add("", second).ok());
    builder.AddSame();
    EXPECT_FALSE(builder.Add("", "7").ok());
    EXPECT_FALSE(builder.Add("", second).ok());
    EXPECT_TRUE(builder.Add("", "9").ok());
    EXPECT_EQ(builder.size(), 6u);
    const std::vector<std::byte> section = Encode(builder);
    EXPECT_EQ(IsNumeric(section), second == "8");
    ExpectKeys(section, {"7", "7", "7", second, second, "9"});
  }
}

TEST(KeyStore, AgreesWithASetOfPairs) {
  std::mt19937 random(5);
  for (int round = 0; round < 300; ++round) {
    KeyStoreBuilder builder;
    std::set<std::pair<std::string, std::string>> seen;
    std::vector<std::string> keys;
    const uint64_t sources = 1 + random() % 40;
    const uint64_t disorder = random() % 4;
    for (uint64_t i = 0; i < 200; ++i) {
      const std::string source = "s" + std::to_string(random() % sources);
      uint64_t number = i;
      if (disorder > 0 && random() % (8 / disorder) == 0) number = random() % 200;
      std::string key = std::to_string(number);
      if (disorder == 3 && random() % 8 == 0) key = "k" + key;
      const bool is_new = seen.emplace(source, key).second;
      ASSERT_EQ(builder.Add(source, key).ok(), is_new) << source << " " << key;
      if (is_new) keys.push_back(key);
      if (is_new && random() % 5 == 0) {
        builder.AddSame();
        keys.push_back(key);
      }
    }
    ExpectKeys(Encode(builder), keys);
  }
}

TEST(KeyStore, RowNumbersCostLittleMemory) {
  KeyStoreBuilder builder;
  for (uint64_t i = 1; i <= 1000000; ++i) ASSERT_TRUE(builder.Add("source", std::to_string(i)).ok());
  EXPECT_LT(builder.memory_bytes(), 3000000u);
}

TEST(KeyStore, DamageIsNoticedOrHarmless) {
  std::vector<std::string> numbers;
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) {
    numbers.push_back(std::to_string(i * i));
    texts.push_back("key-" + std::to_string(i * 7));
  }
  for (const auto& keys : {numbers, texts}) {
    ForEachMutation(EncodeAll(keys), [&](ByteSpan copy) {
      const Result<KeyStore> store = KeyStore::Open(copy, keys.size());
      if (!store.ok()) return;
      const bool verified = store->Verify().ok();
      for (size_t i = 0; i < keys.size() + 2; ++i) {
        std::string key;
        store->AppendKey(i, &key);
        ASSERT_LE(key.size(), kMaxKeyBytes);
        if (verified && i < keys.size()) {
          ASSERT_FALSE(key.empty());
        }
      }
    });
  }
}

}  // namespace
}  // namespace burin::internal
