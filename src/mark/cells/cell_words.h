// The words of a cell, plain enough to compare, and tables of phrases that they are looked up in.
#ifndef BURIN_SRC_MARK_CELLS_CELL_WORDS_H_
#define BURIN_SRC_MARK_CELLS_CELL_WORDS_H_

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "src/mark/cells/cell.h"

namespace burin::internal {

// Letters and digits that stand together, without case and accents. A sign that numbers a thing is a word or the end of
// one: "№" is "no", "Nº" too.
struct Word {
  std::u32string plain;
  size_t begin = 0;
  size_t end = 0;
  bool digit = false;  // There is one in it.
};

// The first words of a range, `most` at most. What is unreadable ends a word.
std::vector<Word> WordsOf(const Cell& cell, Range range, size_t most);
// The same of a text of our own. REQUIRES: valid UTF-8.
std::vector<Word> WordsOf(std::string_view utf8);

// "a b c" of words.
std::u32string Joined(std::span<const Word> words);
size_t LettersOf(std::span<const Word> words);

// A table of phrases of one word or more, each with a value.
template <typename Value>
class Phrases {
 public:
  // The first of equal phrases stands.
  void Add(std::string_view text, Value value) {
    const std::vector<Word> words = WordsOf(text);
    if (words.empty()) return;
    longest_ = std::max(longest_, words.size());
    values_.emplace(Joined(words), std::move(value));
  }
  // The longest phrase that `words` begin with, and of how many of them it is made; nullptr: there is none.
  const Value* FindFirst(std::span<const Word> words, size_t* count) const {
    for (size_t n = std::min(longest_, words.size()); n > 0; --n) {
      const auto found = values_.find(Joined(words.first(n)));
      if (found == values_.end()) continue;
      *count = n;
      return &found->second;
    }
    return nullptr;
  }
  size_t longest() const { return longest_; }

 private:
  absl::flat_hash_map<std::u32string, Value> values_;
  size_t longest_ = 0;
};

}  // namespace burin::internal

#endif
