// Serials to marks and marks to records through the C API.
#include "burin/burin.hpp"
#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

class LookupTest : public ::testing::Test {
 public:
  void SetUp() override {
    BuildIndex(path(), {{"k1", "s", "A1-23", "", ""},
                        {"k2", "s", "\u2606777", "", ""},
                        {"k3", "s", "A1?3", "", ""},
                        {"k4", "s", "A123", "", ""},
                        {"k5", "s", "B", "", ""}});
    index_ = std::make_unique<Index>(path());
  }
  std::string path() const { return folder_ / "x.burin"; }

  Folder folder_;
  std::unique_ptr<Index> index_;
};

TEST_F(LookupTest, AgreesWithTheCursor) {
  std::vector<std::string> serials;
  std::vector<uint64_t> marks;
  Cursor cursor(*index_);
  while (const auto mark = cursor.Next()) {
    if (mark->kind != BURIN_MARK_SERIAL) continue;
    serials.emplace_back(cursor.serial());
    marks.push_back(mark->number);
  }
  ASSERT_EQ(serials.size(), 4u);
  std::vector<std::string_view> views(serials.begin(), serials.end());
  EXPECT_EQ(index_->Lookup(views), marks);
  EXPECT_EQ(index_->mark_records(marks[1]), (std::vector<uint64_t>{1, 4}));
}

TEST_F(LookupTest, ByTheWholeText) {
  const std::vector<std::string_view> texts = {"A1-23", "A123", "A1?3", "B", "C", "A 1-23", "\xFF"};
  const auto found = FindTexts(*index_, texts);
  ASSERT_EQ(found.size(), texts.size());
  const std::vector<uint64_t> ids = {1, 4, 3, 5};
  for (size_t i = 0; i < found.size(); ++i) {
    ASSERT_EQ(found[i].size(), i < ids.size() ? 1u : 0u) << texts[i];
    if (i < ids.size()) EXPECT_EQ(found[i][0].id, ids[i]);
  }
  EXPECT_EQ(found[0][0].serial, "A123");
  EXPECT_EQ(found[2][0].serial, "A1?3");
  burin_text_records* raw = nullptr;
  EXPECT_EQ(burin_index_find_texts(index_->get(), nullptr, 1, &raw, nullptr), BURIN_INVALID_ARGUMENT);
  const burin_view bad = {nullptr, 1};
  EXPECT_EQ(burin_index_find_texts(index_->get(), &bad, 1, &raw, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(raw, nullptr);
  EXPECT_EQ(burin_text_records_count(nullptr, 0), 0u);
  EXPECT_EQ(burin_text_records_id(nullptr, 0, 0), 0u);
  EXPECT_EQ(burin_text_records_serial(nullptr, 0, 0, nullptr), nullptr);
  burin_text_records_destroy(nullptr);
}

// An index folds by the version that made it, and readings are searched for by that.
TEST(Folding, OfAnIndex) {
  const Index old(BURIN_TEST_DATA "/golden/folding1/index.burin");
  EXPECT_EQ(old.info().folding_version, 1u);
  EXPECT_GT(burin_folding_version(), 1u);
  EXPECT_EQ(old.Fold("\u00D877-\u00C55"), "\u00D877\u00C55");
  EXPECT_EQ(Fold("\u00D877-\u00C55"), "O77A5");
  Searcher searcher(old);
  Search search;
  search.costs = BURIN_COSTS_OSA;
  EXPECT_EQ(searcher.Find(Reading("\u0130Z1234"), search).matches().size(), 1u);
  EXPECT_EQ(searcher.Find(Reading("IZ1234"), search).matches().size(), 0u);
}

TEST(Folding, ARegistryOfAnotherTakesNoRow) {
  const Folder folder;
  std::filesystem::copy(BURIN_TEST_DATA "/golden/folding1/registry", folder / "r",
                        std::filesystem::copy_options::recursive);
  Registry registry(folder / "r");
  burin_row row = BURIN_ROW_INIT;
  row.text = View("B1");
  row.key = View("new");
  EXPECT_EQ(burin_registry_put_row(registry.get(), &row, nullptr, nullptr), BURIN_VERSION_UNSUPPORTED);
  const burin_refold_counts counts = registry.Refold();
  EXPECT_EQ(counts.folding_before, 1u);
  EXPECT_EQ(counts.rows, 13u);
  EXPECT_EQ(burin_registry_put_row(registry.get(), &row, nullptr, nullptr), BURIN_OK);
  EXPECT_EQ(registry.Refold().rows, 0u);  // Nothing to do, changes or not.
  registry.Commit();
  EXPECT_EQ(Index(folder / "r").info().folding_version, burin_folding_version());
}

TEST_F(LookupTest, WhatIsNotThereIsNoMark) {
  const std::string longest(64, 'A'), longer(5000, 'A');
  const std::vector<std::string_view> serials = {"", "A", "a123", "A1-23", "A124", "A1?3", "A1233", longest, longer};
  EXPECT_EQ(index_->Lookup(serials), std::vector<uint64_t>(serials.size(), BURIN_NO_MARK));
  EXPECT_TRUE(index_->Lookup({}).empty());
  std::vector<std::string_view> many(1000, "A123");
  many[500] = "B";
  const std::vector<uint64_t> marks = index_->Lookup(many);
  EXPECT_EQ(marks[500], 0u);
  EXPECT_EQ(marks[999], 1u);
}

TEST_F(LookupTest, Errors) {
  std::vector<burin_view> serials(100, View("A123"));
  serials[70] = View("A\xff");
  std::vector<uint64_t> marks(100, 5);
  EXPECT_EQ(
      Failure(BURIN_INVALID_ARGUMENT, burin_index_lookup, index_->get(), serials.data(), serials.size(), marks.data()),
      "serial 70 is not valid UTF-8");
  EXPECT_EQ(marks, std::vector<uint64_t>(100, BURIN_NO_MARK));
  serials[70] = {nullptr, 3};
  EXPECT_EQ(
      Failure(BURIN_INVALID_ARGUMENT, burin_index_lookup, index_->get(), serials.data(), serials.size(), marks.data()),
      "serial 70 is NULL");
  EXPECT_EQ(burin_index_lookup(nullptr, serials.data(), 1, marks.data(), nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_lookup(index_->get(), nullptr, 1, marks.data(), nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_lookup(index_->get(), serials.data(), 1, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  size_t needed = 9;
  uint64_t id = 7;
  EXPECT_EQ(burin_index_mark_records(index_->get(), 4, &id, 1, &needed, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(needed, 0u);
  EXPECT_EQ(burin_index_mark_records(index_->get(), 1, &id, 1, &needed, nullptr), BURIN_OUT_OF_RANGE);
  EXPECT_EQ(needed, 2u);
  EXPECT_EQ(id, 7u);
  EXPECT_EQ(burin_index_mark_records(index_->get(), 1, nullptr, 0, &needed, nullptr), BURIN_OK);
  EXPECT_EQ(burin_index_mark_records(index_->get(), 1, nullptr, 2, &needed, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_mark_records(index_->get(), 1, &id, 2, nullptr, nullptr), BURIN_INVALID_ARGUMENT);
  EXPECT_EQ(burin_index_mark_records(nullptr, 1, &id, 2, &needed, nullptr), BURIN_INVALID_ARGUMENT);
}

}  // namespace
}  // namespace burin::testing
