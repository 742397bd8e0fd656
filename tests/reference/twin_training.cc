#include "tests/reference/twin_training.h"

#include <functional>
#include <vector>

#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace burin::internal::reference {
namespace {

using Names = std::vector<std::string>;

// What is read of a mark: symbols, and whether each was followed by the next on the weapon.
struct Left {
  std::u32string symbols;
  std::vector<bool> followed;
};

Left AsItIs(const std::u32string& symbols) { return {symbols, std::vector<bool>(symbols.size(), true)}; }

std::string NameOf(Symbol s) { return ToUtf8(std::u32string(1, s)); }
// The channel has one symbol for all outside 0-9 A-Z.
std::string ClassName(size_t symbol) { return symbol == kBaseSymbols ? "other" : NameOf(BaseSymbol(symbol)); }

class Enumeration {
 public:
  Enumeration(const Channel& channel, const std::u32string& reading) : channel_(channel), reading_(reading) {}

  ExpectedDraws Run(const std::u32string& mark) {
    OverStructure(mark);
    for (auto& [name, sum] : found_.draws) sum /= found_.probability;
    return found_;
  }

 private:
  // All of `mark` that is left, read as the reading from `begin` to `end`.
  void Read(const Left& mark, size_t begin, size_t end, double p, const Names& names) {
    end_ = end;
    Gap(mark, 0, begin, p, names);
  }
  void Gap(const Left& mark, size_t m, size_t r, double p, Names names) {
    if (!(p > 0)) return;
    if (r < end_) {
      Names more = names;
      more.push_back("insert");
      Gap(mark, m, r + 1, p * channel_.insert / 37, more);
    }
    p *= 1 - channel_.insert;
    names.push_back("gap");
    if (m < mark.symbols.size()) return Draw(mark, m, r, p, names);
    if (r != end_) return;
    found_.probability += p;
    for (const std::string& name : names) found_.draws[name] += p;
  }
  static Names With(Names names, const std::string& name) {
    names.push_back(name);
    return names;
  }
  bool Reads(size_t r, const std::u32string& text) const {
    return r + text.size() <= end_ && reading_.compare(r, text.size(), text) == 0;
  }
  void Draw(const Left& mark, size_t m, size_t r, double p, const Names& names) {
    const Symbol symbol = mark.symbols[m];
    const bool has_next = m + 1 < mark.symbols.size() && mark.followed[m];
    const Symbol next = has_next ? mark.symbols[m + 1] : 0;
    Gap(mark, m + 1, r, p * channel_.erase, With(names, "erase"));
    if (!has_next) {
      Single(mark, m, r, p * channel_.swap, With(names, "swap"));
    } else if (Reads(r, {next, symbol})) {
      Gap(mark, m + 2, r + 2, p * channel_.swap, With(names, "swap"));
    }
    double left = 1 - channel_.erase - channel_.swap;
    Names alone = With(names, "rest"), together = alone;
    const auto name = [](const Rewrite& w) { return ToUtf8(w.mark) + " " + ToUtf8(w.read); };
    for (const Rewrite& w : channel_.rewrites) {
      if (w.mark.size() == 1 && w.mark[0] == symbol) alone.push_back("chance " + name(w));
    }
    together = alone;
    for (const Rewrite& w : channel_.rewrites) {
      if (w.mark == std::u32string{symbol, next}) together.push_back("chance " + name(w));
    }
    for (const Rewrite& w : channel_.rewrites) {
      const bool two = w.mark.size() == 2;
      if (w.mark[0] != symbol || (two && w.mark[1] != next)) continue;
      left -= w.p;
      if (!Reads(r, w.read)) continue;
      Gap(mark, m + w.mark.size(), r + w.read.size(), p * w.p, With(two ? together : alone, "rewrite " + name(w)));
    }
    Single(mark, m, r, p * left, together);
  }
  void Single(const Left& mark, size_t m, size_t r, double p, const Names& names) {
    if (r >= end_) return;
    const Symbol symbol = mark.symbols[m], read = reading_[r];
    const size_t a = BaseIndex(symbol), b = BaseIndex(read);
    const double wrong = channel_.error[a];
    if (symbol == read) Gap(mark, m + 1, r + 1, p * (1 - wrong), With(names, "right " + ClassName(a)));
    Gap(mark, m + 1, r + 1, p * wrong * channel_.confusion[a * 37 + b],
        With(names, "wrong " + ClassName(a) + " " + ClassName(b)));
  }

  void OverStructure(const std::u32string& mark) {
    const Structure& s = channel_.structure;
    const size_t n = mark.size(), end = reading_.size();
    double left = 1;
    const auto draw = [&](double p, const std::string& name, bool can, const Left& then, size_t from, size_t to,
                          double each) {
      left -= p;
      Read(can ? then : AsItIs(mark), can ? from : 0, can ? to : end, p * (can ? each : 1), {name});
    };
    for (size_t k = 1; k <= s.prefix_lost.counts.size(); ++k) {
      draw(s.prefix_lost.p * s.prefix_lost.counts[k - 1], "prefix_lost " + std::to_string(k), k <= n,
           AsItIs(mark.substr(std::min(n, k))), 0, end, 1);
    }
    for (size_t k = 1; k <= s.suffix_lost.counts.size(); ++k) {
      draw(s.suffix_lost.p * s.suffix_lost.counts[k - 1], "suffix_lost " + std::to_string(k), k <= n,
           AsItIs(mark.substr(0, n - std::min(n, k))), 0, end, 1);
    }
    // Any symbols may be added; these are those that were read.
    double each = 1;
    for (size_t k = 1; k <= 8; ++k) {
      each /= 37;
      const bool fits = k <= end;
      const auto added = [&](const Affix& affix, const std::string& name, bool before, double weight) {
        if (k > affix.counts.size()) return;
        const double p = affix.p * affix.counts[k - 1];
        if (fits) {
          draw(p, name + " " + std::to_string(k), true, AsItIs(mark), before ? k : 0, before ? end : end - k, weight);
        } else {
          left -= p;
        }
      };
      added(s.prefix_added, "prefix_added", true, each);
      added(s.suffix_added, "suffix_added", false, each);
      added(s.zeros_added, "zeros_added", true, fits && reading_.substr(0, k) == std::u32string(k, U'0') ? 1 : 0);
    }
    std::u32string rest = mark;
    while (!rest.empty() && rest[0] == U'0') rest.erase(0, 1);
    draw(s.zeros_lost, "zeros_lost", rest != mark, AsItIs(rest), 0, end, 1);
    draw(s.last_four, "last_four", n > 4, AsItIs(n > 4 ? mark.substr(n - 4) : mark), 0, end, 1);
    Left letters;
    bool digit = false;
    for (const Symbol symbol : mark) {
      if (digit && U'A' <= symbol && symbol <= U'Z') {
        if (!letters.followed.empty()) letters.followed.back() = false;
      } else {
        letters.symbols += symbol;
        letters.followed.push_back(true);
      }
      digit = digit || (U'0' <= symbol && symbol <= U'9');
    }
    draw(s.letters_lost, "letters_lost", letters.symbols != mark, letters, 0, end, 1);
    size_t cut = 0;
    const Left swapped = Swapped(mark, &cut);
    draw(s.blocks_swapped, "blocks_swapped", cut > 0, swapped, 0, end, 1);
    Read(AsItIs(mark), 0, end, left, {"nothing"});
  }
  // `cut` 0: the mark is not one block of letters and one of digits.
  static Left Swapped(const std::u32string& mark, size_t* cut) {
    const auto kind = [](Symbol s) { return U'0' <= s && s <= U'9' ? 1 : U'A' <= s && s <= U'Z' ? 2 : 0; };
    size_t changes = 0;
    for (size_t i = 0; i < mark.size(); ++i) {
      if (kind(mark[i]) == 0) changes += mark.size();
      if (i == 0 || kind(mark[i]) == kind(mark[i - 1])) continue;
      *cut = i;
      changes += 1;
    }
    if (changes != 1) {
      *cut = 0;
      return {};
    }
    Left left = AsItIs(mark.substr(*cut) + mark.substr(0, *cut));
    left.followed[mark.size() - *cut - 1] = false;
    return left;
  }

  const Channel& channel_;
  const std::u32string& reading_;
  size_t end_ = 0;
  ExpectedDraws found_;
};

}  // namespace

ExpectedDraws EnumerateDraws(const Channel& channel, const std::u32string& reading, const std::u32string& mark) {
  return Enumeration(channel, reading).Run(mark);
}

}  // namespace burin::internal::reference
