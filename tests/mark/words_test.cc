// Readings restated in words, and error messages, as users see them: the table in tests/testdata/patterns_golden.tsv.
#include "src/mark/pattern/words.h"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "src/mark/pattern/pattern.h"
#include "src/mark/pattern/pattern_set.h"

namespace burin::internal {
namespace {

TEST(Words, GoldenTable) {
  std::ifstream in(BURIN_TEST_DATA "/patterns_golden.tsv");
  ASSERT_TRUE(in);
  size_t rows = 0, errors = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    const size_t tab = line.find('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    const std::string text = line.substr(0, tab), expected = line.substr(tab + 1);
    const Result<Pattern> pattern = ParsePattern(text);
    EXPECT_EQ(pattern.ok() ? pattern->words : "error: " + pattern.status().message(), expected) << text;
    ++rows;
    if (pattern.ok()) continue;
    ++errors;
    EXPECT_EQ(pattern.status().code(), StatusCode::kInvalidArgument) << text;
    EXPECT_EQ(pattern.status().message().rfind("column " + std::to_string(pattern.status().position()) + ": ", 0), 0u);
  }
  EXPECT_GE(rows, 150u);
  EXPECT_GE(errors, 60u);
}

TEST(Words, EveryClassHasWordsOfItsOwn) {
  std::set<std::string_view> words;
  std::string names = ShapeNames() + ", ";
  size_t classes = 0;
  for (size_t comma = names.find(", "); comma != std::string::npos; comma = names.find(", ")) {
    const std::optional<Shape> shape = FindShape(names.substr(0, comma));
    ASSERT_TRUE(shape) << names;
    EXPECT_FALSE(shape->members.empty()) << names;
    EXPECT_FALSE(shape->words.empty()) << names;
    words.insert(shape->words);
    names.erase(0, comma + 2);
    ++classes;
  }
  EXPECT_EQ(words.size(), classes);
  EXPECT_GE(classes, 10u);
  EXPECT_FALSE(FindShape("").has_value());
  EXPECT_FALSE(FindShape("rounds").has_value());
}

TEST(Words, TheDocumentNamesEveryClass) {
  std::ifstream in(BURIN_SOURCE_DIR "/docs/patterns.md");
  const std::string page((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  std::string names = ShapeNames() + ", ";
  for (size_t comma = names.find(", "); comma != std::string::npos; comma = names.find(", ")) {
    const std::string name = names.substr(0, comma);
    names.erase(0, comma + 2);
    const size_t row = page.find("| `" + name + "` | ");
    ASSERT_NE(row, std::string::npos) << name;
    std::string members = page.substr(row + name.size() + 7, page.find(" |\n", row) - row - name.size() - 7);
    if (members.rfind("every ", 0) == 0) continue;
    SymbolSet listed;
    for (const char c : members) {
      if (c != ' ') listed.Add(static_cast<Symbol>(c));
    }
    EXPECT_EQ(listed, FindShape(name)->members) << name;
  }
}

// Classes that are each other's complement say so in the table.
TEST(Words, ComplementaryClasses) {
  const auto members = [](const char* name) { return FindShape(name)->members; };
  constexpr uint64_t kAll = (uint64_t{1} << kBaseSymbols) - 1;
  EXPECT_EQ(members("round").base & members("straight").base, 0u);
  EXPECT_EQ(members("straight").base ^ members("curved").base, kAll);
  EXPECT_EQ(members("closed").base ^ members("open").base, kAll);
  EXPECT_EQ(members("round").base & ~members("curved").base, 0u);
  SymbolSet letters = members("digit");
  letters.Complement();
  EXPECT_EQ(members("letter"), letters);
  EXPECT_TRUE(letters.Contains(U'☆'));
}

TEST(Words, OneLineWhateverIsTyped) {
  for (const char* text : {"A\nB", "A\r\n[3\n8]",
                           "\xE2\x80\xA8"
                           "7",
                           "8!\n3", "☆\t?"}) {
    const Result<Pattern> pattern = ParsePattern(text);
    ASSERT_TRUE(pattern.ok()) << pattern.status().message();
    EXPECT_EQ(pattern->words.find_first_of("\r\n"), std::string::npos);
  }
}

}  // namespace
}  // namespace burin::internal
