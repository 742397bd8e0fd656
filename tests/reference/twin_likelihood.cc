#include "tests/reference/twin_likelihood.h"

#include <map>
#include <utility>
#include <vector>

namespace burin::internal::reference {
namespace {

bool Digit(Symbol s) { return U'0' <= s && s <= U'9'; }
bool Letter(Symbol s) { return U'A' <= s && s <= U'Z'; }

// A symbol, and whether the one behind it was its neighbour on the weapon.
using Marked = std::vector<std::pair<Symbol, bool>>;

Marked AsItIs(const std::u32string& mark) {
  Marked out;
  for (const Symbol s : mark) out.emplace_back(s, true);
  return out;
}

// Reads a mark symbol by symbol.
class Reader {
 public:
  Reader(const Channel& channel, const std::u32string& reading, const Marked& mark)
      : channel_(channel), reading_(reading), mark_(mark) {}
  // Of reading what is left of the mark as what is left of the reading.
  double From(size_t m, size_t r) {
    const auto known = known_.find({m, r});
    if (known != known_.end()) return known->second;
    double p = 0;
    if (r < reading_.size()) p += channel_.insert / 37 * From(m, r + 1);
    const double stop = 1 - channel_.insert;
    if (m == mark_.size()) {
      p += r == reading_.size() ? stop : 0;
    } else {
      p += stop * Move(m, r);
    }
    return known_[{m, r}] = p;
  }

 private:
  bool Reads(size_t r, const std::u32string& text) const { return reading_.compare(r, text.size(), text) == 0; }

  double Move(size_t m, size_t r) {
    const Symbol symbol = mark_[m].first;
    const bool pair = m + 1 < mark_.size() && mark_[m].second;
    double p = channel_.erase * From(m + 1, r), left = 1 - channel_.erase;
    if (pair) {
      const std::u32string swapped = {mark_[m + 1].first, symbol};
      if (Reads(r, swapped)) p += channel_.swap * From(m + 2, r + 2);
      left -= channel_.swap;
    }
    for (const Rewrite& w : channel_.rewrites) {
      const bool here = w.mark[0] == symbol && (w.mark.size() == 1 || (pair && w.mark[1] == mark_[m + 1].first));
      if (!here) continue;
      left -= w.p;
      if (Reads(r, w.read)) p += w.p * From(m + w.mark.size(), r + w.read.size());
    }
    if (r < reading_.size()) p += left * Single(symbol, reading_[r]) * From(m + 1, r + 1);
    return p;
  }
  double Single(Symbol symbol, Symbol read) const {
    const size_t a = BaseIndex(symbol), b = BaseIndex(read);
    const double wrong = channel_.error[a];
    return symbol == read ? 1 - wrong + wrong * channel_.confusion[a * 37 + a] : wrong * channel_.confusion[a * 37 + b];
  }

  const Channel& channel_;
  const std::u32string& reading_;
  const Marked& mark_;
  std::map<std::pair<size_t, size_t>, double> known_;
};

}  // namespace

double ReadingProbability(const Channel& channel, const std::u32string& reading, const std::u32string& mark) {
  const auto read = [&](const Marked& as, const std::u32string& text) { return Reader(channel, text, as).From(0, 0); };
  const auto plain = [&](const std::u32string& as) { return read(AsItIs(as), reading); };
  const Structure& s = channel.structure;
  double total = 0, happened = 0;
  const auto happens = [&](double p, double then) {
    happened += p;
    total += p * then;
  };
  const size_t n = mark.size();
  for (size_t k = 1; k <= s.prefix_lost.counts.size(); ++k) {
    if (k <= n) happens(s.prefix_lost.p * s.prefix_lost.counts[k - 1], plain(mark.substr(k)));
  }
  for (size_t k = 1; k <= s.suffix_lost.counts.size(); ++k) {
    if (k <= n) happens(s.suffix_lost.p * s.suffix_lost.counts[k - 1], plain(mark.substr(0, n - k)));
  }
  const auto added = [&](const Affix& affix, bool before, bool zeros) {
    double each = 1;
    for (size_t k = 1; k <= affix.counts.size(); ++k) {
      double then = 0;
      if (k <= reading.size()) {
        const std::u32string affixed = before ? reading.substr(0, k) : reading.substr(reading.size() - k);
        const std::u32string rest = before ? reading.substr(k) : reading.substr(0, reading.size() - k);
        const bool fits = !zeros || affixed == std::u32string(k, U'0');
        each /= zeros ? 1 : 37;
        if (fits) then = each * read(AsItIs(mark), rest);
      }
      happens(affix.p * affix.counts[k - 1], then);
    }
  };
  added(s.prefix_added, true, false);
  added(s.suffix_added, false, false);
  added(s.zeros_added, true, true);
  if (mark[0] == U'0') {
    std::u32string rest = mark;
    while (!rest.empty() && rest[0] == U'0') rest.erase(0, 1);
    happens(s.zeros_lost, plain(rest));
  }
  if (n > 4) happens(s.last_four, plain(mark.substr(n - 4)));
  Marked left;
  bool digit = false, lost = false;
  for (const Symbol symbol : mark) {
    if (digit && Letter(symbol)) {
      if (!left.empty()) left.back().second = false;
      lost = true;
    } else {
      left.emplace_back(symbol, true);
    }
    digit = digit || Digit(symbol);
  }
  if (lost) happens(s.letters_lost, read(left, reading));
  size_t cut = 1;
  while (cut < n && Digit(mark[cut]) == Digit(mark[0])) ++cut;
  bool blocks = cut < n;
  for (size_t i = 0; i < n; ++i) {
    const bool is_digit = (i < cut) == Digit(mark[0]);
    blocks = blocks && (is_digit ? Digit(mark[i]) : Letter(mark[i]));
  }
  if (blocks) {
    Marked swapped = AsItIs(mark.substr(cut) + mark.substr(0, cut));
    swapped[n - cut - 1].second = false;
    happens(s.blocks_swapped, read(swapped, reading));
  }
  return total + (1 - happened) * plain(mark);
}

}  // namespace burin::internal::reference
