// Tables and the builder through the C API: mapping, rejected rows, counts, what is written when.
#include <cstddef>
#include <cstring>

#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

struct Reject {
  std::string file, column, reason, text;
  uint64_t row, line;
};

int32_t KeepReject(void* user, const burin_reject* reject) {
  const auto text = [](burin_view view) { return std::string(view.data == nullptr ? "" : view.data, view.size); };
  static_cast<std::vector<Reject>*>(user)->push_back(
      {reject->file, text(reject->column), text(reject->reason), text(reject->text), reject->row, reject->line});
  return 0;
}

class BuilderTest : public ::testing::Test {
 public:
  void Create(const burin_builder_options* options = nullptr) {
    burin_builder* raw = nullptr;
    ASSERT_EQ(burin_builder_create(options, &raw, nullptr), BURIN_OK);
    builder_.reset(raw);
  }
  Owned<burin_table> Open(const std::string& content, const std::string& name = "rows.csv") {
    burin_table* table = nullptr;
    burin_error* error = nullptr;
    EXPECT_EQ(burin_table_open(folder_.Write(name, content).c_str(), nullptr, &table, &error), BURIN_OK)
        << burin_error_message(error);
    burin_error_destroy(error);
    return {table, burin_table_destroy};
  }
  void Add(const std::string& content, const burin_mapping* mapping = nullptr) {
    const auto table = Open(content);
    burin_error* error = nullptr;
    EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), mapping, &error), BURIN_OK)
        << burin_error_message(error);
    burin_error_destroy(error);
  }
  burin_builder_counts counts() const {
    burin_builder_counts counts = BURIN_BUILDER_COUNTS_INIT;
    EXPECT_EQ(burin_builder_get_counts(builder_.get(), &counts, nullptr), BURIN_OK);
    return counts;
  }
  void Write() {
    burin_error* error = nullptr;
    ASSERT_EQ(burin_builder_write(builder_.get(), path().c_str(), &error), BURIN_OK) << burin_error_message(error);
  }
  std::string path() const { return folder_ / "x.burin"; }
  // "key serial maker" of every mark, in the cursor's order.
  std::vector<std::string> Marks() {
    burin_index* index = nullptr;
    burin_cursor* cursor = nullptr;
    EXPECT_EQ(burin_index_open(path().c_str(), nullptr, &index, nullptr), BURIN_OK);
    EXPECT_EQ(burin_index_verify(index, nullptr), BURIN_OK);
    EXPECT_EQ(burin_cursor_create(index, &cursor, nullptr), BURIN_OK);
    const uint32_t maker = burin_index_find_attribute(index, "maker");
    std::vector<std::string> marks;
    burin_mark mark;
    for (int32_t more = 1; burin_cursor_next(cursor, &mark, &more, nullptr) == BURIN_OK && more != 0;) {
      size_t size = 0;
      const char* value = burin_index_attribute_text(index, mark.record_id, maker, &size);
      const std::string source = burin_cursor_source(cursor, nullptr);
      marks.push_back((source.empty() ? "" : source + "/") + burin_cursor_key(cursor, nullptr) + " " +
                      burin_cursor_serial(cursor, nullptr) + " " + (value == nullptr ? "" : std::string(value, size)));
    }
    EXPECT_EQ(burin_cursor_serial(cursor, nullptr), nullptr);
    burin_index_destroy(index);
    burin_cursor_destroy(cursor);
    return marks;
  }

  Folder folder_;
  Owned<burin_builder> builder_{nullptr, burin_builder_destroy};
};

using Strings = std::vector<std::string>;

TEST_F(BuilderTest, TablesAreReadRowByRow) {
  const auto table = Open("serial;maker\nA1;\"x\ny\"\nA2\n");
  ASSERT_EQ(burin_table_column_count(table.get()), 2u);
  EXPECT_STREQ(burin_table_column_name(table.get(), 1), "maker");
  EXPECT_EQ(burin_table_column_name(table.get(), 2), nullptr);
  uint32_t state = 9;
  size_t count = 9;
  EXPECT_EQ(burin_table_fields(table.get(), &count), nullptr);
  ASSERT_EQ(burin_table_next(table.get(), &state, nullptr), BURIN_OK);
  ASSERT_EQ(state, static_cast<uint32_t>(BURIN_ROW_GOOD));
  const burin_view* fields = burin_table_fields(table.get(), &count);
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(std::string_view(fields[1].data, fields[1].size), "x\ny");
  EXPECT_STREQ(burin_table_bad_reason(table.get()), "");
  ASSERT_EQ(burin_table_next(table.get(), &state, nullptr), BURIN_OK);
  ASSERT_EQ(state, static_cast<uint32_t>(BURIN_ROW_BAD));
  EXPECT_EQ(burin_table_row(table.get()), 2u);
  EXPECT_EQ(burin_table_line(table.get()), 4u);
  EXPECT_STRNE(burin_table_bad_reason(table.get()), "");
  EXPECT_EQ(burin_table_fields(table.get(), &count), nullptr);
  ASSERT_EQ(burin_table_next(table.get(), &state, nullptr), BURIN_OK);
  EXPECT_EQ(state, static_cast<uint32_t>(BURIN_ROW_END));
  EXPECT_EQ(burin_table_bytes_read(table.get()), burin_table_bytes_total(table.get()));
}

TEST_F(BuilderTest, TableErrors) {
  burin_table* table = nullptr;
  EXPECT_EQ(burin_table_open(nullptr, nullptr, &table, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_table_open((folder_ / "none").c_str(), nullptr, &table, nullptr), BURIN_IO);
  EXPECT_EQ(burin_table_open((folder_ / "").c_str(), nullptr, &table, nullptr), BURIN_IO);
  burin_table_options options = BURIN_TABLE_OPTIONS_INIT;
  options.separator = 'x';
  EXPECT_EQ(burin_table_open("-", &options, &table, nullptr), BURIN_INVALID_ARGUMENT);
  options.separator = 0;
  options.encoding = "ebcdic";
  EXPECT_EQ(burin_table_open(folder_.Write("a", "x\n").c_str(), &options, &table, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_table_open(folder_.Write("b", "").c_str(), nullptr, &table, nullptr), BURIN_BAD_INPUT);
  EXPECT_EQ(table, nullptr);
}

TEST_F(BuilderTest, ReservedHeadersAreUsed) {
  Create();
  Add("maker,serial,shelf\nAstra,B7,x\nStar,A1,y\n");
  Write();
  EXPECT_EQ(Marks(), (Strings{"2 A1 Star", "1 B7 Astra"}));
}

TEST_F(BuilderTest, RowNumbersRunOnAcrossTables) {
  Create();
  Add("serial\nA1\nA2\n");
  Add("serial,maker\nA3,Astra\n");
  Write();
  EXPECT_EQ(Marks(), (Strings{"1 A1 ", "2 A2 ", "3 A3 Astra"}));
}

TEST_F(BuilderTest, ColumnsAreMapped) {
  Create();
  const burin_column columns[] = {{"serial", "Number", 0, 0}, {"key", "Id", 0, 0}, {"maker", "Who", 0, 0}};
  const burin_column attributes[] = {{"shelf", "Place", BURIN_ATTRIBUTE_INTEGER, 0}};
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.columns = columns;
  mapping.column_count = 3;
  mapping.attributes = attributes;
  mapping.attribute_count = 1;
  mapping.source = "north";
  Add("Id,Who,Number,Place,serial\nk1,Astra,A-1,7,no\n", &mapping);
  Write();
  EXPECT_EQ(Marks(), (Strings{"north/k1 A1 Astra"}));
  burin_index* index = nullptr;
  ASSERT_EQ(burin_index_open(path().c_str(), nullptr, &index, nullptr), BURIN_OK);
  int64_t value = 0;
  EXPECT_EQ(burin_index_attribute_integer(index, 1, burin_index_find_attribute(index, "shelf"), &value), 1);
  EXPECT_EQ(value, 7);
  EXPECT_EQ(burin_index_attribute_integer(index, 2, 0, &value), 0);
  char key[BURIN_MAX_KEY_BYTES];
  size_t size = 0;
  EXPECT_EQ(burin_index_key(index, 1, key, sizeof(key), &size, nullptr), BURIN_OK);
  EXPECT_EQ(std::string_view(key, size), "k1");
  EXPECT_EQ(burin_index_key(index, 0, key, sizeof(key), &size, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(burin_index_key(index, 2, key, sizeof(key), &size, nullptr), BURIN_OUT_OF_RANGE);
  burin_index_destroy(index);
}

TEST_F(BuilderTest, MappingErrorsNameTheColumns) {
  Create();
  const auto table = Open("a,b,c\n1,2,3\n");
  burin_mapping mapping = BURIN_MAPPING_INIT;
  std::string message = Failure(BURIN_INVALID_ARGUMENT, burin_builder_add_table, builder_.get(), table.get(), &mapping);
  EXPECT_NE(message.find("columns: a, b, c"), std::string::npos) << message;
  burin_column columns[] = {{"serial", "X", 0, 0}, {"maker", "b", 0, 0}};
  mapping.columns = columns;
  mapping.column_count = 2;
  message = Failure(BURIN_INVALID_ARGUMENT, burin_builder_add_table, builder_.get(), table.get(), &mapping);
  EXPECT_NE(message.find("no column 'X' in "), std::string::npos) << message;
  EXPECT_NE(message.find("columns: a, b, c"), std::string::npos) << message;
  columns[0] = {"maker", "a", 0, 0};
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), &mapping, nullptr), BURIN_INVALID_ARGUMENT);
  columns[0] = {"serial", "a", 0, 0};
  columns[1] = {"makker", "b", 0, 0};
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), &mapping, nullptr), BURIN_INVALID_ARGUMENT);
  columns[1] = {"maker", nullptr, 0, 0};
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), &mapping, nullptr), BURIN_INVALID_ARGUMENT);
  mapping.column_count = 1;
  mapping.source = "\xff";
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), &mapping, nullptr), BURIN_INVALID_ARGUMENT);
  mapping.source = nullptr;
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), &mapping, nullptr), BURIN_OK);
  EXPECT_EQ(counts().rows, 1u);
}

TEST_F(BuilderTest, RejectedRowsGoToTheFunction) {
  std::vector<Reject> rejects;
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.on_reject = KeepReject;
  options.reject_user = &rejects;
  options.values = BURIN_VALUES_STRICT;
  Create(&options);
  Add("key,serial,year\nk1,A1,1990\nk1,A2,1991\nk3,A3,soon\nk4,A4\n,A5,1990\nk6,A6,\n");
  ASSERT_EQ(rejects.size(), 4u);
  EXPECT_EQ(rejects[0].column, "key");
  EXPECT_EQ(rejects[0].text, "k1");
  EXPECT_EQ(rejects[0].row, 2u);
  EXPECT_EQ(rejects[0].line, 3u);
  EXPECT_EQ(rejects[1].column, "year");
  EXPECT_EQ(rejects[1].text, "soon");
  EXPECT_EQ(rejects[2].row, 4u);
  EXPECT_EQ(rejects[3].column, "key");
  EXPECT_EQ(counts().rejected, 4u);
  EXPECT_EQ(counts().rows, 6u);
  EXPECT_EQ(counts().records, 2u);
  Write();
  EXPECT_EQ(Marks(), (Strings{"k1 A1 ", "k6 A6 "}));
}

TEST_F(BuilderTest, RejectedRowsGoToTheFile) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  const std::string rejects = folder_ / "rejects.csv";
  options.rejects_path = rejects.c_str();
  Create(&options);
  Add("key,serial\nk1,A1\nk1,A2\n");
  EXPECT_FALSE(std::filesystem::exists(rejects));
  Write();
  const std::string content = Folder::Read(rejects);
  EXPECT_EQ(content.find("file,row,line,column,reason,text\n"), 0u) << content;
  EXPECT_NE(content.find(",2,3,key,"), std::string::npos) << content;
  options.rejects_path = "/nowhere/at/all";
  burin_builder* none = nullptr;
  EXPECT_EQ(burin_builder_create(&options, &none, nullptr), BURIN_IO);
  EXPECT_EQ(none, nullptr);
}

TEST_F(BuilderTest, RejectedRowsWithNowhereToGoWriteNothing) {
  Create();
  Add("key,serial\nk1,A1\nk1,A2\nk1,A3\n");
  const std::string message = Failure(BURIN_BAD_INPUT, burin_builder_write, builder_.get(), path().c_str());
  EXPECT_EQ(message.find("2 rows were rejected"), 0u) << message;
  EXPECT_NE(message.find("row 2 (line 3), column 'key'"), std::string::npos) << message;
  EXPECT_EQ(folder_.files(), 1u);
  EXPECT_EQ(burin_builder_write(builder_.get(), path().c_str(), nullptr), BURIN_STATE);
  EXPECT_EQ(counts().rejected, 2u);
}

TEST_F(BuilderTest, LeavesNothingBehindWithoutWriting) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  const std::string rejects = folder_ / "rejects.csv";
  options.rejects_path = rejects.c_str();
  Create(&options);
  Add("key,serial\nk1,A1\nk1,A2\n");
  builder_.reset();
  EXPECT_EQ(folder_.files(), 1u);
}

TEST_F(BuilderTest, FailingToWriteLeavesNothing) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  const std::string rejects = folder_ / "rejects.csv";
  options.rejects_path = rejects.c_str();
  Create(&options);
  Add("key,serial\nk1,A1\nk1,A2\n");
  EXPECT_EQ(burin_builder_write(builder_.get(), (folder_ / "").c_str(), nullptr), BURIN_IO);
  EXPECT_EQ(folder_.files(), 1u);
}

// By whatever name: a link is the file that it leads to.
TEST_F(BuilderTest, NothingIsWrittenOverWhatIsRead) {
  const std::string rows = folder_.Write("rows.csv", "key,serial\nk1,A1\nk1,A2\n");
  const std::string link = folder_ / "link.csv", hard = folder_ / "hard.csv";
  std::filesystem::create_symlink(rows, link);
  std::filesystem::create_hard_link(rows, hard);
  for (const std::string& rejects : {rows, link, hard}) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.rejects_path = rejects.c_str();
    Create(&options);
    const auto table = Open("key,serial\nk1,A1\nk1,A2\n");
    EXPECT_EQ(Failure(BURIN_INVALID_ARGUMENT, burin_builder_add_table, builder_.get(), table.get(),
                      static_cast<const burin_mapping*>(nullptr)),
              rejects + ": the table that is read; expected another file for rejected rows");
    builder_.reset();
  }
  const std::string rejects = folder_ / "rejects.csv";
  for (const std::string& output : {rows, link, hard, rejects}) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.rejects_path = rejects.c_str();
    Create(&options);
    Add("key,serial\nk1,A1\nk1,A2\n");
    const std::string message = Failure(BURIN_INVALID_ARGUMENT, burin_builder_write, builder_.get(), output.c_str());
    EXPECT_NE(message.find(output == rejects ? "the file of rejected rows" : "a table that was read"),
              std::string::npos)
        << message;
    EXPECT_EQ(Folder::Read(rows), "key,serial\nk1,A1\nk1,A2\n");
    EXPECT_FALSE(std::filesystem::exists(rejects));
  }
  builder_.reset();
  EXPECT_EQ(folder_.files(), 3u);
}

TEST_F(BuilderTest, RejectsThatDoNotFitLeaveNoIndex) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.rejects_path = "/dev/full";
  Create(&options);
  Add("key,serial\nk1,A1\nk1,A2\n");
  EXPECT_EQ(Failure(BURIN_IO, burin_builder_write, builder_.get(), path().c_str()),
            "/dev/full: cannot write: No space left on device");
  EXPECT_EQ(folder_.files(), 1u);
}

TEST_F(BuilderTest, CountsWhatItMeets) {
  Create();
  Add("serial\nA1\nA?2\nunknown\nUNKNOWN\nn/a\n\"\"\n");
  const burin_builder_counts met = counts();
  EXPECT_EQ(met.rows, 6u);
  EXPECT_EQ(met.records, 6u);
  EXPECT_EQ(met.partial_records, 1u);
  EXPECT_EQ(met.missing[BURIN_MISSING_UNKNOWN], 2u);
  uint64_t missing = 0, sentinels = 0;
  for (const uint64_t count : met.missing) missing += count;
  EXPECT_EQ(missing, 4u);
  std::string last;
  for (size_t i = 0; i < burin_builder_sentinel_count(builder_.get()); ++i) {
    uint64_t records = 0;
    uint32_t kind = 0;
    const std::string text = burin_builder_sentinel(builder_.get(), i, &records, &kind);
    EXPECT_LT(last, text);
    EXPECT_NE(kind, 0u);
    sentinels += records;
    last = text;
  }
  EXPECT_EQ(sentinels, 3u);
  EXPECT_EQ(burin_builder_sentinel(builder_.get(), 99, nullptr, nullptr), nullptr);
}

TEST_F(BuilderTest, RowsOneByOne) {
  Create();
  uint32_t maker = 9, again = 9;
  ASSERT_EQ(burin_builder_add_attribute(builder_.get(), "maker", 0, &maker, nullptr), BURIN_OK);
  ASSERT_EQ(burin_builder_add_attribute(builder_.get(), "maker", BURIN_ATTRIBUTE_CATEGORY, &again, nullptr), BURIN_OK);
  EXPECT_EQ(maker, again);
  EXPECT_EQ(burin_builder_add_attribute(builder_.get(), "maker", BURIN_ATTRIBUTE_DATE, nullptr, nullptr),
            BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_add_attribute(builder_.get(), "x", 9, nullptr, nullptr), BURIN_OUT_OF_RANGE);
  for (const char* name : {"", "source", "key", "serial"}) {
    EXPECT_EQ(burin_builder_add_attribute(builder_.get(), name, 0, nullptr, nullptr), BURIN_INVALID_ARGUMENT) << name;
  }
  burin_row row = BURIN_ROW_INIT;
  row.text = View("A1");
  ASSERT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_OK);
  row.key = View("1");  // The number of the first row.
  EXPECT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_INVALID_ARGUMENT);
  row.source = View("other");
  const burin_view values[] = {View("Astra"), View("too many")};
  row.attributes = values;
  row.attribute_count = 2;
  EXPECT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_INVALID_ARGUMENT);
  row.attribute_count = 1;
  EXPECT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_OK);
  row.text = View("\xff");
  EXPECT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(counts().rows, 2u);
  Write();
  EXPECT_EQ(Marks(), (Strings{"1 A1 ", "other/1 A1 Astra"}));
}

TEST_F(BuilderTest, CallbacksCanStop) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.on_reject = [](void*, const burin_reject*) -> int32_t { return 1; };
  Create(&options);
  const auto table = Open("key,serial\nk1,A1\nk1,A2\nk2,A3\n");
  EXPECT_EQ(burin_builder_add_table(builder_.get(), table.get(), nullptr, nullptr), BURIN_CANCELLED);
  EXPECT_EQ(counts().records, 1u);
  Create();
  burin_mapping mapping = BURIN_MAPPING_INIT;
  mapping.on_progress = [](void*, uint64_t read, uint64_t total, uint64_t rows) -> int32_t {
    EXPECT_EQ(read, total);
    EXPECT_EQ(rows, 2u);
    return 1;
  };
  const auto other = Open("serial\nA1\nA2\n");
  EXPECT_EQ(burin_builder_add_table(builder_.get(), other.get(), &mapping, nullptr), BURIN_CANCELLED);
  EXPECT_EQ(counts().records, 2u);
}

TEST_F(BuilderTest, CallbacksCannotCallBack) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.on_reject = [](void* user, const burin_reject*) -> int32_t {
    const burin_row row = BURIN_ROW_INIT;
    EXPECT_EQ(burin_builder_add_row(static_cast<BuilderTest*>(user)->builder_.get(), &row, nullptr), BURIN_STATE);
    return 0;
  };
  options.reject_user = this;
  Create(&options);
  Add("key,serial\nk1,A1\nk1,A2\n");
  EXPECT_EQ(counts().rejected, 1u);
}

TEST_F(BuilderTest, WritingCanBeCancelled) {
  // Asked for the n-th time, it says stop; nothing is left behind, until it is asked less often than that.
  for (int32_t allowed = 0;; ++allowed) {
    int32_t left = allowed;
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.cancel = [](void* user) -> int32_t { return (*static_cast<int32_t*>(user))-- == 0 ? 1 : 0; };
    options.cancel_user = &left;
    Create(&options);
    Add("key,serial\nk1,A1\nk2,A22\n");
    const burin_status status = burin_builder_write(builder_.get(), (folder_ / "x.burin").c_str(), nullptr);
    if (status == BURIN_OK) {
      EXPECT_GE(allowed, 3);
      EXPECT_TRUE(std::filesystem::exists(folder_ / "x.burin"));
      break;
    }
    EXPECT_EQ(status, BURIN_CANCELLED);
    EXPECT_FALSE(std::filesystem::exists(folder_ / "x.burin"));
    ASSERT_LT(allowed, 1000);
  }
}

// Serials and marks in part, whose beginnings are damaged in some of the readings below.
std::string ManyMarks() {
  std::string rows = "serial,maker\n";
  uint32_t state = 1;
  for (int i = 0; i < 3000; ++i) {
    state = state * 1664525U + 1013904223U;
    rows += (i % 100 == 0 ? "?" : "") + std::string(1, static_cast<char>('A' + i % 7)) +
            std::to_string(10000 + (state >> 8) % 5000) + (i % 3 == 0 ? "X" : "") + ",maker " + std::to_string(i % 5) +
            "\n";
  }
  return rows;
}

// Every match: "record_id serial cost".
Strings Matches(const std::string& path, const char* pattern, uint32_t costs) {
  const Index index(path);
  Searcher searcher(index);
  Search search = {.costs = costs};
  if (costs == BURIN_COSTS_CHANNEL) {
    search.top = 50;
  } else {
    search.within = 2;
  }
  Result result = searcher.Find(Reading(pattern), search);
  EXPECT_TRUE(result.complete());
  Strings matches;
  for (size_t i = 0; i < result.matches().size(); ++i) {
    const burin_match& match = result.matches()[i];
    matches.push_back(std::to_string(match.record_id) + " " + std::string(result.serial(i)) + " " +
                      std::to_string(match.cost));
  }
  return matches;
}

TEST_F(BuilderTest, ProfilesDifferInSizeAlone) {
  const std::string rows = ManyMarks();
  Strings paths;
  for (const uint32_t profile : {BURIN_PROFILE_FAST, BURIN_PROFILE_SMALL}) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.profile = profile;
    Create(&options);
    Add(rows);
    Write();
    paths.push_back(folder_ / ("profile" + std::to_string(profile)));
    std::filesystem::rename(path(), paths.back());
    Index(paths.back()).Verify();
  }
  EXPECT_LT(std::filesystem::file_size(paths[1]), std::filesystem::file_size(paths[0]));
  size_t backward[2] = {0, 0};
  for (size_t i = 0; i < 2; ++i) {
    for (const burin_section& section : Index(paths[i]).sections()) {
      backward[i] += std::string_view(section.name) == "BKEY" ? 1 : 0;
    }
  }
  EXPECT_GT(backward[0], 0u);
  EXPECT_EQ(backward[1], 0u);
  for (const char* pattern : {"??2345", "*345X", "B1234?", "Q12~3", "?[12]0!07*", "*"}) {
    for (const uint32_t costs : {BURIN_COSTS_OSA, BURIN_COSTS_HAMMING, BURIN_COSTS_CHANNEL}) {
      EXPECT_EQ(Matches(paths[0], pattern, costs), Matches(paths[1], pattern, costs)) << pattern << " " << costs;
    }
  }
}

TEST_F(BuilderTest, ThreadsChangeNoByte) {
  std::string rows = "serial\n";
  for (int i = 0; i < 40000; ++i) rows += "B" + std::to_string(i * 31 % 900001) + "\n";
  std::string expected;
  for (const uint32_t threads : {0, 1, 3}) {
    burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
    options.threads = threads;
    Create(&options);
    Add(rows);
    Write();
    if (threads == 0) expected = Folder::Read(path());
    EXPECT_TRUE(Folder::Read(path()) == expected) << threads;
  }
}

TEST_F(BuilderTest, ProfilesAndThreadsAreChecked) {
  burin_builder_options options = BURIN_BUILDER_OPTIONS_INIT;
  options.threads = BURIN_MAX_THREADS + 1;
  burin_builder* none = nullptr;
  EXPECT_EQ(Failure(BURIN_OUT_OF_RANGE, burin_builder_create, &options, &none), "1025 threads: at most 1024");
  options.threads = BURIN_MAX_THREADS;
  options.profile = 2;
  EXPECT_EQ(Failure(BURIN_OUT_OF_RANGE, burin_builder_create, &options, &none), "there is no profile 2");
  EXPECT_EQ(none, nullptr);
  // A caller that was compiled before there were profiles.
  options.struct_size = offsetof(burin_builder_options, profile);
  Create(&options);
  options.struct_size = sizeof(uint32_t);
  EXPECT_EQ(burin_builder_create(&options, &none, nullptr), BURIN_INVALID_ARGUMENT);
}

TEST_F(BuilderTest, NullArguments) {
  EXPECT_EQ(burin_builder_create(nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  Create();
  EXPECT_EQ(burin_builder_add_attribute(builder_.get(), nullptr, 0, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_add_attribute(nullptr, "a", 0, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_add_row(builder_.get(), nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_add_table(builder_.get(), nullptr, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_write(builder_.get(), nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_write(nullptr, "x", nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_get_counts(builder_.get(), nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  burin_builder_counts none = {};
  EXPECT_EQ(burin_builder_get_counts(builder_.get(), &none, nullptr), BURIN_INVALID_ARGUMENT);
  burin_row row = BURIN_ROW_INIT;
  row.key.size = 1;
  EXPECT_EQ(burin_builder_add_row(builder_.get(), &row, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_builder_sentinel_count(nullptr), 0u);
  burin_builder_destroy(nullptr);
  burin_table_destroy(nullptr);
}

}  // namespace
}  // namespace burin::testing
