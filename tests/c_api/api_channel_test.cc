// Channels through the C API and its C++ wrapper.
#include <memory>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

constexpr char kMine[] = R"({"burin_channel": 1, "name": "mine", "extends": "typed", "description": "ours",
    "validated_by": {"set": "double reads", "readings": 5210, "log10_lr": [-2.5, 4]}, "insert": 0.125})";

TEST(ApiChannel, ShippedOnes) {
  ASSERT_EQ(burin_channel_count(), 12u);
  EXPECT_STREQ(burin_channel_name(0), "typed");
  EXPECT_EQ(burin_channel_name(burin_channel_count()), nullptr);
  for (const std::string_view name : Channel::Names()) {
    const Channel channel = Channel::Find(std::string(name));
    const burin_channel_info info = channel.info();
    EXPECT_EQ(info.name, name);
    EXPECT_EQ(std::string_view(info.hash).size(), 64u);
    EXPECT_EQ(info.validated, 0);
    EXPECT_STREQ(info.validated_set, "");
    EXPECT_NE(channel.source().find("\"burin_channel\": 1"), std::string_view::npos);
    // The source says the same as all numbers written out.
    EXPECT_STREQ(Channel::Parse(channel.source()).info().hash, info.hash);
    EXPECT_STREQ(Channel::Parse(channel.Expand()).info().hash, info.hash);
  }
}

TEST(ApiChannel, OfOnesOwn) {
  const Folder folder;
  const std::string path = folder.Write("mine.json", kMine);
  const Channel channel = Channel::OpenFile(path);
  const burin_channel_info info = channel.info();
  EXPECT_STREQ(info.name, "mine");
  EXPECT_STREQ(info.description, "ours");
  EXPECT_STREQ(info.parent, "typed");
  EXPECT_EQ(info.validated, 1);
  EXPECT_STREQ(info.validated_set, "double reads");
  EXPECT_EQ(info.validated_readings, 5210u);
  EXPECT_EQ(info.log10_lr_low, -2.5);
  EXPECT_EQ(info.log10_lr_high, 4);
  EXPECT_EQ(channel.source(), kMine);
}

TEST(ApiChannel, Failures) {
  burin_channel* out = nullptr;
  const Folder folder;
  EXPECT_NE(Failure(BURIN_INVALID_ARGUMENT, burin_channel_find, "smoke", &out).find("channels: typed"),
            std::string::npos);
  Failure(BURIN_INVALID_ARGUMENT, burin_channel_find, static_cast<const char*>(nullptr), &out);
  Failure(BURIN_INVALID_ARGUMENT, burin_channel_find, "typed", static_cast<burin_channel**>(nullptr));
  EXPECT_EQ(Failure(BURIN_BAD_INPUT, burin_channel_parse, "[]", size_t{2}, &out),
            "channel: /: expected an object instead of an array of 0");
  Failure(BURIN_INVALID_ARGUMENT, burin_channel_parse, static_cast<const char*>(nullptr), size_t{2}, &out);
  Failure(BURIN_BAD_INPUT, burin_channel_parse, static_cast<const char*>(nullptr), size_t{0}, &out);
  Failure(BURIN_IO, burin_channel_open_file, (folder / "nowhere").c_str(), &out);
  const std::string path = folder.Write("bad.json", "{\"a\": }");
  EXPECT_EQ(Failure(BURIN_BAD_INPUT, burin_channel_open_file, path.c_str(), &out).find(path + ": byte 6: "), 0u);
  EXPECT_EQ(out, nullptr);
  burin_error* error = nullptr;
  EXPECT_EQ(burin_channel_parse("{\"a\": }", 7, &out, &error), BURIN_BAD_INPUT);
  EXPECT_EQ(burin_error_position(error), 6u);
  burin_error_destroy(error);
  burin_channel_info info = BURIN_CHANNEL_INFO_INIT;
  Failure(BURIN_INVALID_ARGUMENT, burin_channel_get_info, static_cast<const burin_channel*>(nullptr), &info);
  EXPECT_EQ(burin_channel_source(nullptr, nullptr), nullptr);
  burin_channel_destroy(nullptr);
}

class ApiChannelSearch : public ::testing::Test {
 protected:
  void SetUp() override {
    BuildIndex(folder_ / "x.burin", {{"k1", "s", "A123", "", ""}, {"k2", "s", "A1237", "", ""}});
    index_ = std::make_unique<Index>(folder_ / "x.burin");
  }
  uint32_t CostOf(Result& result, std::string_view key) {
    for (size_t i = 0; i < result.matches().size(); ++i) {
      if (result.key(i) == key) return result.matches()[i].cost;
    }
    return UINT32_MAX;
  }
  Folder folder_;
  std::unique_ptr<Index> index_;
};

// A channel that adds symbols often makes the reading with one more cheap, wherever it is: under `typed`, one in the
// middle is dearer than one that was added to an end of the mark. The result outlives the channel.
TEST_F(ApiChannelSearch, ItsNumbersCount) {
  const Reading reading("A1923");
  Search search;
  Result typed = Searcher(*index_).Find(reading, search);
  search.own_channel = std::make_shared<const Channel>(Channel::Parse(kMine));
  const std::string hash = search.own_channel->info().hash;
  Result mine = Searcher(*index_).Find(reading, search);
  search = Search();
  EXPECT_LT(CostOf(mine, "k1") + 5 * BURIN_COSTS_PER_NAT, CostOf(typed, "k1"));
  EXPECT_EQ(mine.channel_name(), "mine");
  EXPECT_EQ(mine.channel_hash(), hash);
  EXPECT_FALSE(mine.alignment(0).empty());
  search.channel = "worn";
  EXPECT_EQ(Searcher(*index_).Find(reading, search).channel_name(), "worn");
  search = Search();
  search.costs = BURIN_COSTS_OSA;
  Result unit = Searcher(*index_).Find(reading, search);
  EXPECT_EQ(unit.channel_name(), "");
  EXPECT_EQ(unit.channel_hash(), "");
}

TEST_F(ApiChannelSearch, OneChannelAtATime) {
  Search search;
  search.own_channel = std::make_shared<const Channel>(Channel::Parse(kMine));
  search.channel = "typed";
  EXPECT_THROW(Searcher(*index_).Find(Reading("A"), search), Exception);
  search.channel = "";
  search.costs = BURIN_COSTS_OSA;
  EXPECT_THROW(Searcher(*index_).Find(Reading("A"), search), Exception);
  EXPECT_EQ(burin_result_channel_name(nullptr), nullptr);
}

TEST_F(ApiChannelSearch, EveryShippedChannelSearches) {
  for (const std::string_view name : Channel::Names()) {
    Search search;
    search.channel = name;
    search.max_cost = 60 * BURIN_COSTS_PER_NAT;
    Result result = Searcher(*index_).Find(Reading("A12[37]7~"), search);
    EXPECT_EQ(result.matches().size(), 2u) << name;
    EXPECT_EQ(result.key(0), "k2") << name;
  }
}

}  // namespace
}  // namespace burin::testing
