// Cells of tables through the C API: texts without a digit, kinds of missing marks as counts, a source's own sentinels,
// what notes and rules leave in a record, for an index and for a registry. The lists are invented.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>
#include <vector>

#include "api_testing.h"
#include "burin/burin.hpp"

namespace burin::testing {
namespace {

constexpr const char* kKinds[] = {"unknown",     "illegible",    "not present",      "not applicable", "not recorded",
                                  "obliterated", "never marked", "nothing reported", "text",           "damaged"};

std::map<std::string, uint64_t> KindsOf(const uint64_t (&missing)[BURIN_MISSING_KINDS]) {
  std::map<std::string, uint64_t> kinds;
  for (uint32_t kind = 1; kind < BURIN_MISSING_KINDS; ++kind) {
    if (missing[kind] != 0) kinds[burin_missing_name(kind)] = missing[kind];
  }
  return kinds;
}

// Serials as a police list has them: three letters and five digits.
std::string Serial(std::mt19937_64* random) {
  std::string serial;
  for (int i = 0; i < 3; ++i) serial += static_cast<char>('A' + (*random)() % 26);
  return serial + std::to_string(10000 + (*random)() % 90000);
}

// `count` such serials and behind every one of `words`, so many times, one of them.
std::string List(int count, const std::map<std::string, int>& words) {
  std::mt19937_64 random(18);
  std::vector<std::string> rows;
  for (int i = 0; i < count; ++i) rows.push_back(Serial(&random));
  for (const auto& [word, times] : words) rows.insert(rows.end(), static_cast<size_t>(times), word);
  std::shuffle(rows.begin(), rows.end(), random);
  std::string table = "serial\tkey\n";
  for (size_t i = 0; i < rows.size(); ++i) table += rows[i] + "\t" + std::to_string(i + 1) + "\n";
  return table;
}

class CellsTest : public ::testing::Test {
 protected:
  burin_builder_counts Build(const std::string& table, uint32_t digitless = BURIN_DIGITLESS_BY_COLUMN,
                             const char* sentinels = nullptr) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.sentinels = sentinels;
    Builder builder(options);
    Table rows(folder_.Write("t.tsv", table));
    burin_mapping mapping = BURIN_MAPPING_INIT;
    mapping.digitless = digitless;
    builder.AddTable(rows, mapping);
    const burin_builder_counts counts = builder.counts();
    listed_.clear();
    for (const auto& sentinel : builder.sentinels()) listed_[std::string(sentinel.text)] = sentinel.records;
    builder.Write(path());
    Index(path()).Verify();
    return counts;
  }
  std::string path() const { return folder_ / "x.burin"; }

  Folder folder_;
  std::map<std::string, uint64_t> listed_;
};

TEST_F(CellsTest, KindsOfAPoliceList) {
  const burin_builder_counts counts =
      Build(List(2000, {{"SUPRIMIDO", 120},   {"raspado", 60},   {"eliminado", 40},  {"removido por ação mecânica", 30},
                        {"limé", 5},          {"artisanal", 21}, {"RAS", 17},        {"absent", 13},
                        {"none visible", 11}, {"unknown", 9},    {"ilegível", 8},    {"n/a", 7},
                        {"k.A.", 6},          {"#VALUE!", 4},    {"1.23457E+11", 3}, {"arma de fogo", 12},
                        {"Beretta", 25},      {"BERETTA", 5},    {"AB12##45", 2},    {"SN: 445566", 2}}));
  const std::map<std::string, uint64_t> expected = {
      {"obliterated", 255}, {"never marked", 21},  {"nothing reported", 17}, {"not present", 24}, {"unknown", 9},
      {"illegible", 8},     {"not applicable", 7}, {"not recorded", 6},      {"damaged", 7},      {"text", 42}};
  EXPECT_EQ(KindsOf(counts.missing), expected);
  EXPECT_EQ(expected.size(), std::size(kKinds));
  EXPECT_EQ(counts.partial_records, 2u);
  EXPECT_EQ(listed_["beretta"], 30u);
  EXPECT_EQ(listed_["arma de fogo"], 12u);
  EXPECT_EQ(listed_["eliminado"], 40u);
  EXPECT_EQ(listed_["removido"], 30u);
  EXPECT_EQ(listed_["#value!"], 4u);
  const burin_index_info info = Index(path()).info();
  EXPECT_EQ(KindsOf(info.missing), expected);
}

// A structure of an older caller ends with kind 7.
TEST_F(CellsTest, OlderCallersGetTheKindsThatTheyHaveRoomFor) {
  Build(List(100, {{"raspado", 3}, {"#VALUE!", 1}}));
  const Index index(path());
  burin_index_info info = BURIN_INDEX_INFO_INIT;
  info.struct_size = 112;
  info.missing[BURIN_MISSING_DAMAGED] = 77;
  ASSERT_EQ(burin_index_get_info(index.get(), &info, nullptr), BURIN_OK);
  EXPECT_EQ(info.missing[BURIN_MISSING_OBLITERATED], 3u);
  EXPECT_EQ(info.missing[BURIN_MISSING_DAMAGED], 77u);
}

TEST_F(CellsTest, OneInTwentyIsTooManyForText) {
  EXPECT_EQ(Build(List(1900, {{"QWERTY", 100}})).missing[BURIN_MISSING_TEXT], 0u);
  EXPECT_EQ(Build(List(1901, {{"QWERTY", 100}})).missing[BURIN_MISSING_TEXT], 100u);
  EXPECT_EQ(Build(List(10, {{"QWERTY", 1}})).missing[BURIN_MISSING_TEXT], 0u);
  EXPECT_EQ(Build(List(10, {{"QWERTY", 1}}), BURIN_DIGITLESS_MISSING).missing[BURIN_MISSING_TEXT], 1u);
  EXPECT_EQ(Build(List(1901, {{"QWERTY", 100}}), BURIN_DIGITLESS_SERIAL).missing[BURIN_MISSING_TEXT], 0u);
}

// Ten random symbols have no digit once in 26 times: chance is no reason to call a serial a word.
TEST_F(CellsTest, SerialsThatChanceMakesStay) {
  constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::mt19937_64 random(4);
  std::string table = "serial\n";
  for (int i = 0; i < 20000; ++i) {
    for (int k = 0; k < 10; ++k) table += kSymbols[random() % kSymbols.size()];
    table += '\n';
  }
  EXPECT_EQ(Build(table + "AXQWERTKPL\n").missing[BURIN_MISSING_TEXT], 0u);
  EXPECT_EQ(Build(table + "Beretta\nlost property\n").missing[BURIN_MISSING_TEXT], 2u);
}

// What a caller gives as a serial is one, whatever surrounds it.
TEST_F(CellsTest, RowsOfTheirOwnAreNeverJudged) {
  Builder builder;
  std::mt19937_64 random(3);
  for (int i = 0; i < 2000; ++i) builder.AddRow(std::to_string(i), "", Serial(&random), {});
  builder.AddRow("q", "", "AXQWERTK", {});
  EXPECT_TRUE(KindsOf(builder.counts().missing).empty());
}

// The look ahead keeps what rows are: their order, numbers, keys and faults.
TEST_F(CellsTest, LookingAheadKeepsRows) {
  std::string table = "serial\tkey\nA1\ta\nA2\tb\nSMITH\tc\nA3\ta\n\"A4\td\nA5\te\n";
  std::mt19937_64 random(2);
  for (int i = 0; i < 70000; ++i) table += Serial(&random) + "\tk" + std::to_string(i) + "\n";
  table += "JONES\tz\nA1\tb\n";
  std::vector<std::string> faults;
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.on_reject = [](void* user, const burin_reject* reject) -> int32_t {
    static_cast<std::vector<std::string>*>(user)->push_back(std::to_string(reject->row) + "/" +
                                                            std::to_string(reject->line));
    return 0;
  };
  options.reject_user = &faults;
  Builder builder(options);
  Table rows(folder_.Write("t.tsv", table));
  builder.AddTable(rows);
  EXPECT_EQ(builder.counts().missing[BURIN_MISSING_TEXT], 2u);
  EXPECT_EQ(builder.counts().rows, 70008u);
  EXPECT_EQ(faults, (std::vector<std::string>{"4/5", "70008/70009"}));
  builder.Write(path());
  const Index index(path());
  EXPECT_EQ(index.info().records, 70006u);
}

TEST_F(CellsTest, OwnSentinels) {
  const std::string own =
      folder_.Write("own.csv", "text,kind\n9997,not present\n9998,Unknown\nver laudo,never_marked\n");
  const std::string list = List(50, {{"9997", 4}, {"9998", 3}, {"Ver Laudo", 2}, {"99971", 1}});
  EXPECT_TRUE(KindsOf(Build(list, BURIN_DIGITLESS_SERIAL).missing).empty());
  const std::map<std::string, uint64_t> expected = {{"not present", 4}, {"unknown", 3}, {"never marked", 2}};
  EXPECT_EQ(KindsOf(Build(list, BURIN_DIGITLESS_SERIAL, own.c_str()).missing), expected);
  EXPECT_EQ(listed_["9997"], 4u);
  for (const auto& [content, what] : std::map<std::string, std::string>{
           {"text,kind\n9997,gone\n", "row 1 (line 2), column 'kind': no kind 'gone'; expected one of unknown, "},
           {"text,kind\n9997,unknown\n9997,text\n", "row 2 (line 3), column 'text': '9997' has neither"},
           {"text,kind\n--,unknown\n", "column 'text': '--' has neither"},
           {"word,kind\n1,unknown\n", "no column 'text'"}}) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    const std::string bad = folder_.Write("bad.csv", content);
    options.sentinels = bad.c_str();
    burin_builder* builder = nullptr;
    burin_error* error = nullptr;
    EXPECT_NE(burin_builder_create(&options, &builder, &error), BURIN_OK);
    EXPECT_NE(std::string(burin_error_message(error)).find(what), std::string::npos) << burin_error_message(error);
    burin_error_destroy(error);
  }
}

TEST_F(CellsTest, ARegistryCountsAndFlagsTheSame) {
  const std::string own = folder_.Write("own.csv", "text,kind\n9997,not present\n");
  const std::string table = folder_.Write(
      "t.tsv", List(200, {{"9997", 4}, {"Beretta", 3}, {"#REF!", 2}, {"SDP22774 - revelado no ferrolho", 1}}));
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  options.sentinels = own.c_str();
  for (int round = 0; round < 2; ++round) {
    Registry registry(folder_ / "r", options);
    Table rows(table);
    registry.PutTable(rows);
    const burin_registry_counts counts = registry.counts();
    const std::map<std::string, uint64_t> expected = {{"not present", 4}, {"text", 3}, {"damaged", 2}};
    EXPECT_EQ(KindsOf(counts.missing), expected);
    EXPECT_EQ(counts.records, 210u);
    EXPECT_EQ(registry.sentinels().size(), 3u);
    EXPECT_EQ(round == 0 ? counts.added : counts.unchanged, 210u);
    registry.Commit();
    const Index index(folder_ / "r");
    EXPECT_EQ(KindsOf(index.info().missing), expected);
    index.Verify();
  }
}

TEST(RecordedCell, SaysWhatNotesAndRulesSay) {
  const Recorded note("SDP22774 - revelado no ferrolho");
  ASSERT_EQ(note.size(), 1u);
  EXPECT_EQ(note.serial(0), "SDP22774");
  EXPECT_EQ(note.attribute(0, "component"), "bolt");
  EXPECT_EQ(note.attribute(0, "location"), "bolt");
  EXPECT_EQ(note.attribute(0, "condition"), "restored");
  EXPECT_EQ(note.attribute(0, "method"), "");
  EXPECT_EQ(note.attribute(0, "cell_rule"), "note");
  EXPECT_EQ(note.attribute(0, "colour"), "");
  EXPECT_EQ(burin_recorded_attribute(nullptr, 0, "method", nullptr), nullptr);
  burin_recorded_options options = BURIN_RECORDED_OPTIONS_INIT;
  options.unreadable = "X**";
  const Recorded two("12**X4", &options);
  EXPECT_EQ(two.serial(0), "12???4");
  EXPECT_TRUE(two.is_partial(0));
}

}  // namespace
}  // namespace burin::testing
