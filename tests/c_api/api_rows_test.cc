// What becomes of rows through the C API: values that cannot be read, columns that nobody uses, rows that vanish from a
// source. And of random tables: every row is a record or a reject, in an index and in a registry.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"
#include "tests/reference/cases.h"

namespace burin::testing {
namespace {

using Strings = std::vector<std::string>;

burin_registry_options Creating(uint32_t values = 0) {
  burin_registry_options options = BURIN_REGISTRY_OPTIONS_INIT;
  options.create = 1;
  options.values = values;
  return options;
}

burin_status StatusOf(const std::function<void()>& call, std::string* message = nullptr) {
  try {
    call();
  } catch (const Exception& exception) {
    if (message != nullptr) *message = exception.what();
    return exception.code();
  }
  return BURIN_OK;
}

// "key serial NAME=value ..." of every mark, sorted.
Strings RecordsOf(const Index& index) {
  Strings all;
  Cursor cursor(index);
  while (const auto mark = cursor.Next()) {
    std::string line = std::string(cursor.key()) + " " + std::string(cursor.text());
    for (uint32_t i = 0; i < index.attribute_count(); ++i) {
      const std::string_view value = index.attribute_text(mark->record_id, i);
      if (!value.empty()) line += " " + std::string(index.attribute_name(i)) + "=" + std::string(value);
    }
    all.push_back(line);
  }
  std::sort(all.begin(), all.end());
  return all;
}

Strings Words(const std::vector<UnreadAttribute>& unread) {
  Strings all;
  for (const UnreadAttribute& attribute : unread) {
    all.push_back(std::string(attribute.name) + ":" + std::to_string(attribute.rows));
    for (const auto& text : attribute.texts)
      all.back() += " " + std::string(text.text) + ":" + std::to_string(text.rows);
  }
  return all;
}

TEST(Rows, ValuesThatCannotBeReadAreKept) {
  const Folder folder;
  Builder builder;
  EXPECT_EQ(builder.AddAttribute("year"), 0u);
  builder.AddRow("1", "", "A1", {"unknown"});
  builder.AddRow("2", "", "A2", {"1990.0"});
  builder.AddRow("3", "", "A3", {"unknown"});
  builder.AddRow("4", "", "A4", {std::string(5000, 'x')});
  builder.AddRow("5", "", "A5", {"19\xFF"});
  builder.AddRow("6", "", "A6", {""});
  EXPECT_EQ(builder.AddAttribute("maker"), 1u);  // Numbers are the caller's.
  EXPECT_EQ(builder.AddAttribute("year_recorded"), 2u);
  builder.AddRow("7", "", "A7", {"c1975", "Astra"});
  EXPECT_EQ(StatusOf([&] { builder.AddRow("8", "", "A8", {"soon", "", "other"}); }), BURIN_INVALID_ARGUMENT);
  const std::string cut = std::string(4093, 'x') + "\u2026";
  EXPECT_EQ(Words(builder.unread()), (Strings{"year:5 19\uFFFD:1 c1975:1 unknown:2 " + cut + ":1"}));
  EXPECT_EQ(builder.counts().rows, 7u);
  builder.Write(folder / "x");
  const Index index(folder / "x");
  index.Verify();
  EXPECT_EQ(RecordsOf(index), (Strings{"1 A1 year_recorded=unknown", "2 A2 year=1990", "3 A3 year_recorded=unknown",
                                       "4 A4 year_recorded=" + cut, "5 A5 year_recorded=19\uFFFD", "6 A6",
                                       "7 A7 maker=Astra year_recorded=c1975"}));
  uint64_t rows = 9;
  EXPECT_EQ(burin_builder_unread(nullptr, 0, &rows), nullptr);
  EXPECT_EQ(rows, 0u);
  EXPECT_EQ(burin_builder_unread_text(builder.get(), 0, 4, &rows), nullptr);
  EXPECT_EQ(burin_builder_unread(builder.get(), 1, nullptr), nullptr);
  EXPECT_EQ(burin_registry_unread_count(nullptr), 0u);
}

TEST(Rows, StrictAndOrders) {
  const Folder folder;
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.values = BURIN_VALUES_STRICT | BURIN_VALUES_DAY_FIRST;
  Builder builder(options);
  builder.AddAttribute("date");
  std::string message;
  EXPECT_EQ(StatusOf([&] { builder.AddRow("1", "", "A1", {"soon"}); }, &message), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(message, "attribute 'date': 'soon' is not a date (YYYY, YYYY-MM, YYYY-MM-DD or A..B)");
  builder.AddRow("1", "", "A1", {"04/05/2013"});
  Table table(folder.Write("t.csv", "serial,key,date\nA2,2,04/05/2013\n"));
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.values = BURIN_VALUES_MONTH_FIRST;
  builder.AddTable(table, mapping);
  builder.Write(folder / "x");
  EXPECT_EQ(RecordsOf(Index(folder / "x")), (Strings{"1 A1 date=2013-05-04", "2 A2 date=2013-04-05"}));
  for (const uint32_t values : {uint32_t{16}, uint32_t{BURIN_VALUES_DAY_FIRST | BURIN_VALUES_MONTH_FIRST}}) {
    options.values = values;
    EXPECT_EQ(StatusOf([&] { Builder refused(options); }), BURIN_OUT_OF_RANGE);
    EXPECT_EQ(StatusOf([&] { Registry refused(folder / "r", Creating(values)); }), BURIN_OUT_OF_RANGE);
    Builder other;
    mapping.values = values;
    Table again(folder / "t.csv");
    EXPECT_EQ(StatusOf([&] { other.AddTable(again, mapping); }), BURIN_OUT_OF_RANGE);
  }
}

TEST(Rows, ARegistryKeepsThemToo) {
  const Folder folder;
  const std::string path = folder / "registry";
  Registry registry(path, Creating());
  registry.AddAttribute("year");
  registry.Put("1", "n", "A1", {"unknown"});
  registry.Put("2", "n", "A2", {"1990"});
  registry.Commit();
  EXPECT_EQ(registry.Put("1", "n", "A1", {" unknown "}), uint32_t{BURIN_PUT_UNCHANGED});
  EXPECT_EQ(registry.Put("2", "n", "A2", {"1990.0"}), uint32_t{BURIN_PUT_UNCHANGED});
  EXPECT_EQ(registry.Put("3", "n", "A3", {"1991"}), uint32_t{BURIN_PUT_ADDED});
  EXPECT_EQ(registry.Put("3", "n", "A3", {"1991,0"}), uint32_t{BURIN_PUT_UNCHANGED});  // In the same commit.
  registry.Commit();
  EXPECT_EQ(Words(registry.unread()), (Strings{"year:2 unknown:2"}));
  EXPECT_EQ(registry.Put("1", "n", "A1", {"unclear"}), uint32_t{BURIN_PUT_REPLACED});
  EXPECT_EQ(registry.Put("2", "n", "A2", {"unknown"}), uint32_t{BURIN_PUT_REPLACED});
  registry.Commit();
  // Another writer, which has not met a text that cannot be read.
  registry = Registry(folder / "other", Creating());
  registry = Registry(path);
  registry.AddAttribute("year");
  EXPECT_EQ(registry.Put("2", "n", "A2", {""}), uint32_t{BURIN_PUT_REPLACED});
  EXPECT_EQ(registry.Put("1", "n", "A1", {"1980"}), uint32_t{BURIN_PUT_REPLACED});
  EXPECT_EQ(registry.Put("3", "n", "A3", {"unknown"}), uint32_t{BURIN_PUT_REPLACED});
  registry.Commit();
  registry.Compact();
  const Index index(path);
  index.Verify();
  EXPECT_EQ(RecordsOf(index),
            (Strings{"1 A1 source=n year=1980", "2 A2 source=n", "3 A3 source=n year_recorded=unknown"}));
}

// Attributes with the longest names have companions, also when segments are merged.
TEST(Rows, LongNames) {
  const Folder folder;
  const std::string path = folder / "registry", name(64, 'n');
  Registry registry(path, Creating());
  registry.AddAttribute(name, BURIN_ATTRIBUTE_INTEGER);
  for (int i = 0; i < 3; ++i) {
    registry.Put(std::to_string(i), "", "A1", {"x"});
    registry.Commit();
  }
  registry.Compact();
  EXPECT_EQ(RecordsOf(Index(path)).at(0), "0 A1 " + name.substr(0, 55) + "_recorded=x");
  EXPECT_EQ(StatusOf([&] { registry.AddAttribute(name + "n"); }), BURIN_INVALID_ARGUMENT);
}

TEST(Rows, TextsThatCannotBeKept) {
  const Folder folder;
  Builder builder;
  builder.AddAttribute("year_recorded", BURIN_ATTRIBUTE_INTEGER);
  builder.AddAttribute("year");
  EXPECT_EQ(StatusOf([&] { builder.AddRow("1", "", "A1", {"", "soon"}); }), BURIN_INVALID_ARGUMENT);
  builder.AddRow("1", "", "A1", {"5", "1990"});
  builder.Write(folder / "x");
  EXPECT_EQ(RecordsOf(Index(folder / "x")), (Strings{"1 A1 year=1990 year_recorded=5"}));
}

class Synced : public ::testing::Test {
 protected:
  Synced() {
    for (int i = 0; i < 10; ++i) registry_.Put(std::to_string(i), "n", "A" + std::to_string(i));
    registry_.Commit();
  }
  std::string Path(const char* name) const { return folder_ / name; }
  std::string Table(const std::string& rows) { return folder_.Write("t.csv", "serial,key\n" + rows); }
  void Put(const std::string& rows) {
    burin::Table table(Table(rows));
    burin_mapping mapping = BURIN_MAPPING_INIT;
    mapping.source = "n";
    registry_.PutTable(table, mapping);
  }
  static burin_registry_options Options() {
    burin_registry_options options = Creating();
    options.on_reject = [](void*, const burin_reject*) -> int32_t { return 0; };
    return options;
  }
  size_t Live() {
    registry_.Commit();
    return RecordsOf(Index(folder_ / "registry")).size();
  }

  Folder folder_;
  Registry registry_{folder_ / "registry", Options()};
};

TEST_F(Synced, DeleteUnseenIsSafe) {
  Put("A0,0\nA1,1\n");
  EXPECT_EQ(StatusOf([&] { registry_.DeleteUnseen("n"); }), BURIN_BAD_INPUT);
  Put("A2,2\nA3,3\nA4,4\nA5,5\nA6,6\nA7,7\nA\xFF,8\n");
  EXPECT_EQ(registry_.DeleteUnseen("n"), 1u);
  EXPECT_EQ(Live(), 9u);
  Put("A0,0\nA1,1\nA2,2\nA3,3\nA4,4\nA5,5\nA6,6\nA7,7\nA8,\n");
  EXPECT_EQ(registry_.DeleteUnseen("n"), 0u);
  EXPECT_EQ(Live(), 9u);
}

TEST_F(Synced, CountsAndLimits) {
  burin_sync_options options = BURIN_SYNC_OPTIONS_INIT;
  burin_sync_counts counts = BURIN_SYNC_COUNTS_INIT;
  Put("A0,0\nA1,1\n");
  std::string message;
  EXPECT_EQ(StatusOf([&] { registry_.Sync("n", options, &counts); }, &message), BURIN_BAD_INPUT);
  EXPECT_EQ(message, "8 of 10 rows of source 'n' would be deleted, at most 2 may be: nothing is");
  EXPECT_EQ(counts.rows, 10u);
  EXPECT_EQ(counts.unseen, 8u);
  EXPECT_EQ(counts.deleted, 0u);
  for (const double share : {-0.1, 1.1, std::nan("")}) {
    options.most_share = share;
    EXPECT_EQ(StatusOf([&] { registry_.Sync("n", options, &counts); }), BURIN_OUT_OF_RANGE);
  }
  options.most_share = 0;
  options.most_rows = 8;
  registry_.Sync("n", options, &counts);
  EXPECT_EQ(counts.deleted, 8u);
  EXPECT_EQ(registry_.counts().deleted, 8u);
  EXPECT_EQ(Live(), 2u);
  Put("");
  EXPECT_EQ(StatusOf([&] { registry_.Sync("n", options, &counts); }), BURIN_BAD_INPUT);
  options.empty_tables = 1;
  registry_.Sync("n", options, nullptr);
  EXPECT_EQ(Live(), 0u);
  EXPECT_EQ(burin_registry_sync(nullptr, {nullptr, 0}, nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
}

// A row that the caller puts and that is refused is there all the same.
TEST_F(Synced, RefusedRows) {
  for (int i = 0; i < 9; ++i) registry_.Put(std::to_string(i), "n", "A" + std::to_string(i));
  EXPECT_EQ(StatusOf([&] { registry_.Put("9", "n", "A\xFF"); }), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(registry_.DeleteUnseen("n"), 0u);
  EXPECT_EQ(StatusOf([&] { registry_.Put("", "n", "A9"); }), BURIN_INVALID_ARGUMENT);
  burin_sync_counts counts = BURIN_SYNC_COUNTS_INIT;
  registry_.Sync("n", BURIN_SYNC_OPTIONS_INIT, &counts);
  EXPECT_EQ(counts.unread, 1u);
  EXPECT_EQ(Live(), 10u);
}

// An interrupted table says nothing about what is behind.
TEST_F(Synced, InterruptedTables) {
  burin::Table table(Table("A0,0\nA1,1\n"));
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.source = "n";
  mapping.on_progress = [](void*, uint64_t, uint64_t, uint64_t) -> int32_t { return 1; };
  EXPECT_EQ(StatusOf([&] { registry_.PutTable(table, mapping); }), BURIN_CANCELLED);
  burin_sync_options options = BURIN_SYNC_OPTIONS_INIT;
  options.most_share = 1;
  EXPECT_EQ(StatusOf([&] { registry_.Sync("n", options, nullptr); }), BURIN_STATE);
  EXPECT_EQ(Live(), 10u);
}

TEST_F(Synced, NotOneRow) {
  Put("A\xFF,1\n");
  std::string message;
  EXPECT_EQ(StatusOf([&] { registry_.Commit(); }, &message), BURIN_BAD_INPUT);
  EXPECT_EQ(message.find("none of 1 row could be used, nothing is committed; the first is "), 0u) << message;
  registry_.Abort();
  registry_.Delete("n", "1");
  EXPECT_EQ(Live(), 9u);
}

TEST(Rows, ATableUsesColumns) {
  const Folder folder;
  Table table(folder.Write("t.csv", "a,b\n1,\xFF\n2,\xFF\n"));
  EXPECT_EQ(table.Next(), uint32_t{BURIN_ROW_BAD});
  const size_t used[] = {0, 7};
  EXPECT_EQ(StatusOf([&] { table.Use(used); }), BURIN_OUT_OF_RANGE);
  table.Use({used, 1});
  EXPECT_EQ(table.Next(), uint32_t{BURIN_ROW_GOOD});
  EXPECT_EQ(burin_table_use(nullptr, nullptr, 0, nullptr), BURIN_INVALID_ARGUMENT);
}

// Every row of a table is a record or a reject that names its row, whatever its cells.
class RandomRows {
 public:
  explicit RandomRows(uint64_t seed) : random_(seed) {}

  std::string Table(size_t rows) {
    const char separator = ",;\t"[random_() % 3];
    const size_t columns = 3 + random_() % 4;
    std::string text = std::string("serial") + separator + "key" + separator + "year";
    for (size_t i = 3; i < columns; ++i) text += separator + std::string(i % 2 == 0 ? "note" : "date");
    text += '\n';
    for (size_t row = 0; row < rows; ++row) {
      for (size_t i = 0; i < columns; ++i) {
        if (i > 0) text += separator;
        text += i == 1 && random_() % 10 != 0 ? std::to_string(row) : Cell();
      }
      if (random_() % 20 == 0) text += separator;
      text += random_() % 30 == 0 ? "\r\n" : "\n";
    }
    return text;
  }

 private:
  std::string Cell() {
    static const Strings kCells = {"A1",      "1990",       "unknown",    "1990.0",     "c1975",
                                   "",        "04/05/2013", "20140128",   "\xFF",       "\"q\"",
                                   "\"q\" r", "\"",         "\"a\"\"b\"", " ",          "N/A",
                                   "x\"y",    "A?2",        "B1 / B2",    "\"two\nl\"", "2013-10-17 00:00:00",
                                   "\u00A0",  "10/17/2013", "a\tb"};
    if (random_() % 200 == 0) return std::string(random_() % 6000, 'x');
    return kCells[random_() % kCells.size()];
  }
  std::mt19937_64 random_;
};

int32_t CountReject(void* user, const burin_reject* reject) {
  ++(*static_cast<std::map<uint64_t, int>*>(user))[reject->row];
  return 0;
}

TEST(Rows, NoneIsLost) {
  const Folder folder;
  for (uint64_t round = 0; round < internal::TestCases() / 20 + 1; ++round) {
    const std::string path = folder.Write("t.csv", RandomRows(round).Table(1 + round % 40));
    // How many rows the table has, by the reader that knows nothing of mappings but the columns.
    std::map<uint64_t, int> rejects;
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.on_reject = CountReject;
    options.reject_user = &rejects;
    options.values = round % 5 == 0 ? BURIN_VALUES_STRICT : 0;
    Builder builder(options);
    Table table(path);
    const auto columns = table.columns();
    if (std::count(columns.begin(), columns.end(), "date") > 1) continue;
    builder.AddTable(table);
    const burin_builder_counts counts = builder.counts();
    ASSERT_EQ(counts.rows, table.row()) << round;
    ASSERT_EQ(counts.rejected, rejects.size()) << round;
    for (const auto& [row, times] : rejects) ASSERT_EQ(times, 1) << row;
    if (counts.records == 0) {
      const burin_status expected = counts.rows > 0 ? BURIN_BAD_INPUT : BURIN_OK;
      ASSERT_EQ(StatusOf([&] { builder.Write(folder / "x"); }), expected);
      continue;
    }
    builder.Write(folder / "x");
    // Rows of records, by their keys: each row that was not rejected has one.
    const Index index(folder / "x");
    index.Verify();
    std::map<std::string, int> keys;
    Cursor cursor(index);
    uint64_t unread = 0;
    while (const auto mark = cursor.Next()) {
      if (keys[std::string(cursor.key())]++ > 0) continue;
      for (const char* name : {"year", "date"}) {
        const uint32_t value = burin_index_find_attribute(index.get(), name);
        const uint32_t kept = burin_index_find_attribute(index.get(), (std::string(name) + "_recorded").c_str());
        if (kept == BURIN_NO_ATTRIBUTE || index.attribute_text(mark->record_id, kept).empty()) continue;
        EXPECT_TRUE(index.attribute_text(mark->record_id, value).empty());
        ++unread;
      }
    }
    ASSERT_EQ(keys.size(), counts.rows - counts.rejected) << round;
    uint64_t counted = 0;
    for (const UnreadAttribute& attribute : builder.unread()) counted += attribute.rows;
    ASSERT_EQ(unread, counted) << round;
    ASSERT_EQ(counts.records, index.info().records);
  }
}

}  // namespace
}  // namespace burin::testing
