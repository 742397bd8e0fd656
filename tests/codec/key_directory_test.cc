#include "src/codec/key_directory.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <vector>

namespace burin::internal {
namespace {

template <typename Value>
class KeyDirectoryTest : public testing::Test {
 protected:
  struct Made {
    std::vector<std::byte> bytes;
    typename KeyDirectory<Value>::Shape shape;
    KeyDirectory<Value> directory;
  };
  static Made Make(const std::vector<Value>& heads, Value last) {
    Made made;
    ByteWriter out;
    made.shape = KeyDirectory<Value>::Append(heads, last, &out);
    uint64_t bytes = 0;
    EXPECT_TRUE(KeyDirectory<Value>::Bytes(made.shape, out.size(), &bytes));
    EXPECT_EQ(bytes, out.size());
    out.Zeros(8);  // Readers load whole words.
    made.bytes = out.Take();
    made.directory.Open(made.bytes.data(), made.shape, heads.size());
    return made;
  }
  // Answers how many heads are left to search, at most.
  static uint64_t Check(const std::vector<Value>& heads, Value last, std::mt19937_64* random) {
    const Made made = Make(heads, last);
    uint64_t widest = 0;
    const auto check = [&](Value value) {
      const auto above = static_cast<uint64_t>(std::upper_bound(heads.begin(), heads.end(), value) - heads.begin());
      uint64_t low = 0, high = 0;
      if (!made.directory.Find(value, &low, &high)) {
        EXPECT_EQ(above, heads.size());
        return;
      }
      EXPECT_LE(low, above);
      EXPECT_GE(high, above);
      widest = std::max(widest, high - low);
    };
    for (const Value head : heads) {
      for (int off = -1; off <= 1; ++off) check(static_cast<Value>(head + static_cast<Value>(off)));
    }
    for (int trial = 0; trial < 1000; ++trial) check(static_cast<Value>((*random)()) >> ((*random)() % 64));
    check(last);
    check(static_cast<Value>(~Value{0}));
    return widest;
  }
};

using Values = testing::Types<uint64_t, Uint128>;
TYPED_TEST_SUITE(KeyDirectoryTest, Values);

TYPED_TEST(KeyDirectoryTest, EvenlySpread) {
  std::mt19937_64 random(1);
  for (const size_t count : {1, 2, 15, 16, 17, 1000}) {
    std::set<TypeParam> heads;
    while (heads.size() < count) heads.insert(static_cast<TypeParam>(random()));
    const std::vector<TypeParam> sorted(heads.begin(), heads.end());
    EXPECT_LT(this->Check(sorted, sorted.back() + 5, &random), 16u);
  }
}

// A few clusters, as the prefixes of makers are: without tables of their own, their buckets would hold hundreds.
TYPED_TEST(KeyDirectoryTest, Crowded) {
  std::mt19937_64 random(2);
  std::vector<TypeParam> heads;
  TypeParam start = 0;
  for (int cluster = 0; cluster < 12; ++cluster) {
    start += static_cast<TypeParam>(random() >> 5);
    TypeParam at = start;
    for (size_t i = 0; i < 40 + random() % 500; ++i) heads.push_back(at += 1 + static_cast<TypeParam>(random() % 90));
  }
  EXPECT_LT(this->Check(heads, heads.back(), &random), 16u);
  EXPECT_GT(this->Make(heads, heads.back()).shape.words, 0u);
}

// Clusters within clusters: still right, though more is left to search.
TYPED_TEST(KeyDirectoryTest, CrowdedTwice) {
  std::mt19937_64 random(3);
  std::vector<TypeParam> heads = {5};
  for (TypeParam i = 0; i < 300; ++i) heads.push_back((TypeParam{1} << 40) + i * 3);
  heads.push_back((TypeParam{1} << 41));
  heads.push_back((TypeParam{1} << 63));
  this->Check(heads, heads.back() + 1, &random);
}

// Whatever the words say, answers stay among the heads.
TYPED_TEST(KeyDirectoryTest, NonsenseStaysInside) {
  std::mt19937_64 random(4);
  std::vector<TypeParam> heads;
  for (TypeParam i = 0; i < 400; ++i) heads.push_back((i / 100 << 50) + i);
  const auto made = this->Make(heads, heads.back());
  ASSERT_GT(made.shape.words, 0u);
  for (int trial = 0; trial < 2000; ++trial) {
    std::vector<std::byte> bytes = made.bytes;
    for (int change = 0; change < 3; ++change) bytes[random() % bytes.size()] = static_cast<std::byte>(random());
    KeyDirectory<TypeParam> directory;
    directory.Open(bytes.data(), made.shape, heads.size());
    uint64_t low = 0, high = 0;
    if (!directory.Find(heads[random() % heads.size()] + random() % 3, &low, &high)) continue;
    ASSERT_LE(low, high);
    ASSERT_LE(high, heads.size());
  }
}

}  // namespace
}  // namespace burin::internal
