// The C++ wrapper: what it owns, what it throws, and filters by class, component and date through it.
#include "burin/burin.hpp"

#include <type_traits>

#include "tests/c_api/api_testing.h"

namespace burin::testing {
namespace {

static_assert(std::is_nothrow_move_constructible_v<Index> && !std::is_copy_constructible_v<Index>);
static_assert(std::is_nothrow_move_constructible_v<Result> && !std::is_copy_constructible_v<Result>);
static_assert(std::is_nothrow_copy_constructible_v<Exception>);

using Strings = std::vector<std::string>;

class WrapperTest : public ::testing::Test {
 public:
  void SetUp() override {
    Builder builder;
    builder.AddAttribute("mark_class");
    builder.AddAttribute("component");
    builder.AddAttribute("date");
    builder.AddRow("a", "s", "A1", {"serial", "frame", "1990"});
    builder.AddRow("b", "s", "A1", {"import|x", "slide", "1995-03"});
    builder.AddRow("c", "s", "A2", {"serial", "barrel", ""});
    builder.Write(path());
    EXPECT_EQ(builder.counts().records, 3u);
    index_ = std::make_unique<Index>(path());
  }
  std::string path() const { return folder_ / "x.burin"; }
  Strings Keys(const Search& search) {
    Searcher searcher(*index_);
    Result result = searcher.Find(Reading("A?"), search);
    Strings keys;
    for (size_t i = 0; i < result.matches().size(); ++i) keys.emplace_back(result.key(i));
    return keys;
  }

  Folder folder_;
  std::unique_ptr<Index> index_;
};

TEST_F(WrapperTest, FiltersByClassComponentAndDate) {
  const Search all = {.costs = BURIN_COSTS_OSA};
  EXPECT_EQ(Keys(all), (Strings{"a", "b", "c"}));
  Search search = all;
  search.classes = {"import|x"};
  EXPECT_EQ(Keys(search), (Strings{"b"}));
  search.classes = {"serial", "import|x"};
  search.components = {"barrel", "slide"};
  EXPECT_EQ(Keys(search), (Strings{"b", "c"}));
  search = all;
  search.date = "1992";
  EXPECT_EQ(Keys(search), (Strings{"a", "c"}));
  search.where = {"date!="};
  EXPECT_EQ(Keys(search), (Strings{"a"}));
}

TEST_F(WrapperTest, ThrowsWhatFails) {
  try {
    const Reading reading("A[");
    FAIL();
  } catch (const Exception& exception) {
    EXPECT_EQ(exception.code(), BURIN_INVALID_ARGUMENT);
    EXPECT_EQ(exception.position(), 3u);
    EXPECT_STRNE(exception.what(), "");
  }
  EXPECT_THROW(Index(folder_ / "none"), Exception);
  EXPECT_THROW(Table(folder_ / "none"), Exception);
  EXPECT_THROW(Fold("\xff"), Exception);
  EXPECT_THROW(Keys({.where = {"shelf=1"}}), Exception);
}

TEST_F(WrapperTest, ReadsBackWhatWasBuilt) {
  index_->Verify();
  EXPECT_EQ(index_->info().serials, 2u);
  EXPECT_FALSE(index_->sections().empty());
  EXPECT_EQ(index_->key(2), "b");
  EXPECT_THROW(index_->key(4), Exception);
  const uint32_t component = index_->FindAttribute("component");
  EXPECT_EQ(index_->attribute_text(2, component), "slide");
  EXPECT_EQ(index_->attribute_text(9, component), "");
  EXPECT_EQ(index_->attribute_integer(2, component), std::nullopt);
  EXPECT_EQ(index_->attribute_name(component), "component");
  Cursor cursor(*index_);
  index_.reset();
  Strings marks;
  while (const auto mark = cursor.Next()) {
    marks.push_back(std::to_string(mark->record_id) + std::string(cursor.serial()));
  }
  EXPECT_EQ(marks, (Strings{"1A1", "2A1", "3A2"}));
  const std::string bytes = Folder::Read(path());
  EXPECT_EQ(Index(std::as_bytes(std::span(bytes))).info().records, 3u);
}

TEST_F(WrapperTest, LatticesAndTexts) {
  Lattice lattice;
  const uint32_t middle = lattice.AddSlot(), end = lattice.AddSlot();
  lattice.AddArc(0, middle, U"A");
  lattice.AddArc(middle, end, U"2");
  lattice.AddEmpty(middle, end);
  lattice.AddArc(end, end, std::u32string_view());
  const Reading reading(lattice);
  EXPECT_EQ(reading.element_count(), 3u);
  EXPECT_EQ(reading.element_text(2), "*");
  Searcher searcher(*index_);
  Result result = searcher.Find(reading, {.costs = BURIN_COSTS_HAMMING});
  EXPECT_EQ(result.matches().size(), 3u);
  EXPECT_TRUE(result.complete());
  EXPECT_EQ(result.alignment(0).size(), 2u);
  EXPECT_EQ(Fold("a-1"), "A1");
  EXPECT_EQ(Fold(""), "");
  const Recorded recorded("A1?");
  ASSERT_EQ(recorded.size(), 1u);
  EXPECT_TRUE(recorded.is_partial(0));
  EXPECT_EQ(recorded.serial(0), "A1?");
}

TEST_F(WrapperTest, TablesAndCancel) {
  Table table(folder_.Write("rows.csv", "serial,key\nA1,k\nunknown,l\n"));
  EXPECT_EQ(table.columns().size(), 2u);
  Builder builder;
  builder.AddTable(table);
  ASSERT_EQ(builder.sentinels().size(), 1u);
  EXPECT_EQ(builder.sentinels()[0].records, 1u);
  Searcher searcher(*index_);
  const Search search = {.costs = BURIN_COSTS_OSA, .within = 3, .cancel = [] { return true; }};
  const Result result = searcher.Find(Reading("A*"), search);
  EXPECT_LE(result.certificate(), 4u);
}

}  // namespace
}  // namespace burin::testing
