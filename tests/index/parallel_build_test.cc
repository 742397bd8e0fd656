// Building on several threads, and in bounded memory: sorted is sorted, and not a byte of an index depends on either.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <tuple>

#include "src/base/spill_arena.h"
#include "src/index/keys/parallel_sort.h"
#include "tests/index/index_testing.h"

namespace burin::internal {
namespace {

// Keys as a register may have them: spread, in runs, few different ones, one alone, in order already.
std::vector<uint64_t> SampleKeys(int kind, size_t count) {
  std::mt19937_64 random(static_cast<uint64_t>(kind) + 1);
  std::vector<uint64_t> keys(count);
  for (size_t i = 0; i < count; ++i) {
    switch (kind) {
      case 0:
        keys[i] = random();
        break;
      case 1:
        keys[i] = (random() % 3) << 60 | random() % (count + 1);
        break;
      case 2:
        keys[i] = random() % 4;
        break;
      case 3:
        keys[i] = 7;
        break;
      default:
        keys[i] = i;
        break;
    }
  }
  return keys;
}

template <typename Value>
void ExpectSorted(const std::vector<uint64_t>& keys, unsigned threads) {
  using Item = decltype(MakeKeyed(Value{}, uint32_t{}));
  const auto item = [&](size_t i) { return MakeKeyed(static_cast<Value>(keys[i]), static_cast<uint32_t>(i)); };
  const auto key = [](const Item& keyed) { return KeyOf(keyed); };
  std::vector<Item> sorted;
  const std::vector<size_t> parts = MakeSorted(keys.size(), threads, item, key, &sorted);
  std::vector<std::pair<uint64_t, uint32_t>> expected, found;
  for (uint32_t i = 0; i < keys.size(); ++i) expected.push_back({keys[i], i});
  std::sort(expected.begin(), expected.end());
  for (const Item& one : sorted) found.push_back({static_cast<uint64_t>(KeyOf(one)), RecordOf(one)});
  ASSERT_TRUE(found == expected);
  ASSERT_EQ(parts.front(), 0u);
  ASSERT_EQ(parts.back(), keys.size());
  for (size_t part = 1; part + 1 < parts.size(); ++part) {
    ASSERT_LE(parts[part - 1], parts[part]);
    if (parts[part] == 0 || parts[part] == keys.size()) continue;
    ASSERT_NE(found[parts[part]].first, found[parts[part] - 1].first) << "equal keys in two parts";
  }
  std::vector<Value> alone(keys.begin(), keys.end());
  SortShared(threads, &alone);
  ASSERT_TRUE(std::is_sorted(alone.begin(), alone.end()));
  ASSERT_EQ(alone.size(), keys.size());
  for (size_t i = 0; i < alone.size(); ++i) ASSERT_TRUE(alone[i] == expected[i].first);
}

TEST(ParallelSort, SortsLikeOneThread) {
  for (const size_t count : {size_t{0}, size_t{1}, kFewestToShare - 1, kFewestToShare, size_t{50001}}) {
    for (int kind = 0; kind < 5; ++kind) {
      const std::vector<uint64_t> keys = SampleKeys(kind, count);
      for (const unsigned threads : {0u, 1u, 2u, 3u, 100u}) {
        SCOPED_TRACE(testing::Message() << count << " keys of kind " << kind << ", threads: " << threads);
        ExpectSorted<uint64_t>(keys, threads);
        ExpectSorted<Uint128>(keys, threads);
      }
    }
  }
}

TEST(ParallelSort, CutsHoldEveryItemOnce) {
  for (const size_t items : {size_t{16384}, size_t{16385}, size_t{99999}}) {
    for (const size_t parts : {size_t{1}, size_t{8}, size_t{256}}) {
      EXPECT_EQ(CutOf(items, parts, 0), 0u);
      EXPECT_EQ(CutOf(items, parts, parts), items);
      for (size_t part = 0; part < parts; ++part) {
        const size_t size = CutOf(items, parts, part + 1) - CutOf(items, parts, part);
        EXPECT_TRUE(size == items / parts || size == items / parts + 1);
      }
    }
  }
}

// Groups of formats, of random serials, of 128 bits and long ones, some large enough to be shared out; repeated
// serials, other symbols, partial and missing marks, keys that are texts, attributes of each type.
std::vector<std::byte> BuildWith(unsigned threads, Profile profile, uint64_t memory = 0) {
  TestBuilder builder;
  if (memory != 0) builder->BoundMemory(memory, std::filesystem::temp_directory_path());
  builder->SetThreads(threads);
  builder->SetProfile(profile);
  builder.Attribute("maker", AttributeType::kCategory);
  builder.Attribute("year", AttributeType::kInteger);
  builder.Attribute("date", AttributeType::kDate);
  std::mt19937 random(5);
  const auto symbols = [&](size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[random() % 36];
    return text;
  };
  const auto digits = [&](size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += static_cast<char>('0' + random() % 10);
    return text;
  };
  for (int i = 0; i < 150000; ++i) {
    std::vector<RecordedMark> marks;
    if (i % 100 == 17) {
      marks = {PartialMark("?" + digits(4) + "*")};
    } else if (i % 100 == 18) {
      marks = {MissingMark(static_cast<Missing>(1 + random() % 6))};
    } else if (i % 100 == 19) {
      marks = {SerialMark(U"Ж1234567"), SerialMark(symbols(26))};
    } else if (i % 6 == 0) {
      marks = {SerialMark(symbols(9))};
    } else if (i % 6 == 1) {
      marks = {SerialMark(symbols(16))};  // More than 64 bits.
    } else if (i % 6 == 2) {
      marks = {SerialMark("A" + digits(4))};  // Nearly all of them repeated.
    } else if (i % 6 == 3) {
      marks = {SerialMark(std::string(1, static_cast<char>('A' + random() % 3)) + digits(6) + "X")};
    } else if (i % 6 == 4) {
      marks = {SerialMark("AB" + digits(6))};
    } else {
      marks = {SerialMark(digits(6))};
    }
    const std::string year = i % 5 == 0 ? "" : std::to_string(1900 + random() % 100);
    const std::string maker = "maker " + std::to_string(random() % 1000);
    const std::vector<std::string_view> values = {maker, year, year};
    const std::string key = "K" + std::to_string(i);
    if (!builder.Add(key, i % 7 == 0 ? "some text" : "another", marks, values, i % 2 == 0 ? "" : "north").ok()) {
      std::abort();
    }
  }
  return builder.Bytes();
}

TEST(ParallelBuild, BytesDoNotDependOnThreads) {
  for (const Profile profile : {Profile::kFast, Profile::kSmall}) {
    const std::vector<std::byte> expected = BuildWith(1, profile);
    const auto index = Index::OpenBuffer(expected, "index");
    ASSERT_TRUE(index.ok());
    ASSERT_TRUE((*index)->Verify().ok());
    EXPECT_GT((*index)->groups().size(), 5u);
    size_t large = 0;
    for (const auto& group : (*index)->groups()) large += group->size() >= kFewestToShare ? 1 : 0;
    EXPECT_GE(large, 3u);
    for (const unsigned threads : {0u, 2u, 3u, 8u}) {
      EXPECT_TRUE(BuildWith(threads, profile) == expected) << threads << " threads";
    }
  }
}

// Runs of 32 items, of 8192, and of all.
TEST(BoundedBuild, BytesDoNotDependOnMemory) {
  for (const Profile profile : {Profile::kFast, Profile::kSmall}) {
    const std::vector<std::byte> expected = BuildWith(1, profile);
    for (const uint64_t memory : {uint64_t{4096}, uint64_t{1} << 20, uint64_t{1} << 26}) {
      EXPECT_TRUE(BuildWith(1, profile, memory) == expected) << memory << " bytes";
    }
    EXPECT_TRUE(BuildWith(3, profile, uint64_t{1} << 20) == expected);
  }
}

TEST(BoundedBuild, SaysWhereNothingCanBeLaidAside) {
  TestBuilder builder;
  builder->BoundMemory(64, "/nowhere/at/all");
  Status status;
  for (int i = 0; i < 20000 && status.ok(); ++i) {
    status = builder.Add("K" + std::to_string(i), "", {SerialMark("A" + std::to_string(i))}, {}, "");
  }
  EXPECT_EQ(status.code(), StatusCode::kIo);
  EXPECT_EQ(status.message(), "/nowhere/at/all: cannot write: No such file or directory");
  std::vector<std::byte> bytes;
  EXPECT_EQ(builder->Write(&bytes).code(), StatusCode::kIo);
}

TEST(SpillArena, KeepsWhatIsReleased) {
  SpillArena arena(std::filesystem::temp_directory_path(), 1000);
  EXPECT_TRUE(arena.Allocate(900).get_deleter().heap);
  EXPECT_FALSE(arena.spilled());
  std::vector<Chunk> chunks;
  for (uint32_t i = 0; i < 300; ++i) {  // More than one extent.
    Chunk& chunk = chunks.emplace_back(arena.Allocate(size_t{1} << 18));
    EXPECT_FALSE(chunk.get_deleter().heap);
    std::fill_n(chunk.get(), size_t{1} << 18, static_cast<std::byte>(i * 7));
    if (i % 50 == 0) arena.Release();
  }
  EXPECT_TRUE(arena.spilled());
  EXPECT_TRUE(arena.status().ok());
  for (uint32_t i = 0; i < 300; ++i) {
    const std::byte* const bytes = chunks[i].get();
    EXPECT_TRUE(std::all_of(bytes, bytes + (size_t{1} << 18), [&](std::byte b) {
      return b == static_cast<std::byte>(i * 7);
    })) << i;
  }
}

}  // namespace
}  // namespace burin::internal
