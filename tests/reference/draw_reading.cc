#include "tests/reference/draw_reading.h"

#include <algorithm>

namespace burin::internal::reference {
namespace {

class Reader {
 public:
  Reader(const Channel& channel, Choices* choices) : channel_(channel), choices_(choices) {}

  std::u32string Read(const std::u32string& mark) {
    out_.clear();
    std::u32string left = Structured(mark);
    for (size_t at = 0;;) {
      while (Unit() < channel_.insert) out_ += Any();
      if (at == left.size()) break;
      at += Move(left, at);
    }
    return before_ + out_ + behind_;
  }

 private:
  double Unit() {
    double unit = 0;
    for (int i = 0; i < 3; ++i) unit = (unit + choices_->Below(65536)) / 65536;
    return unit;
  }
  Symbol Any() { return BaseSymbol(choices_->Below(kBaseSymbols)); }
  bool Happens(double p) {
    left_ -= p;
    return left_ < 0;
  }
  size_t Count(const Affix& affix) {
    double left = Unit();
    for (size_t i = 0; i + 1 < affix.counts.size(); ++i) {
      left -= affix.counts[i];
      if (left < 0) return i + 1;
    }
    return affix.counts.size();
  }

  // The mark as a whole. Letters and blocks stay: no test draws them.
  std::u32string Structured(const std::u32string& mark) {
    const Structure& s = channel_.structure;
    before_.clear();
    behind_.clear();
    left_ = Unit();
    const size_t n = mark.size();
    if (Happens(s.prefix_lost.p)) {
      const size_t lost = Count(s.prefix_lost);
      return lost <= n ? mark.substr(lost) : mark;
    }
    if (Happens(s.suffix_lost.p)) {
      const size_t lost = Count(s.suffix_lost);
      return lost <= n ? mark.substr(0, n - lost) : mark;
    }
    if (Happens(s.prefix_added.p)) {
      for (size_t k = Count(s.prefix_added); k > 0; --k) before_ += Any();
    } else if (Happens(s.suffix_added.p)) {
      for (size_t k = Count(s.suffix_added); k > 0; --k) behind_ += Any();
    } else if (Happens(s.zeros_added.p)) {
      before_.assign(Count(s.zeros_added), U'0');
    } else if (Happens(s.zeros_lost)) {
      return mark.substr(std::min(n, mark.find_first_not_of(U'0')));
    } else if (Happens(s.last_four) && n > 4) {
      return mark.substr(n - 4);
    }
    return mark;
  }
  // Answers how many symbols of the mark it took.
  size_t Move(const std::u32string& mark, size_t at) {
    const bool has_next = at + 1 < mark.size();
    left_ = Unit();
    if (Happens(channel_.erase)) return 1;
    if (has_next && Happens(channel_.swap)) {
      out_ += mark[at + 1];
      out_ += mark[at];
      return 2;
    }
    for (const Rewrite& r : channel_.rewrites) {
      if (mark.compare(at, r.mark.size(), r.mark) != 0 || !Happens(r.p)) continue;
      out_ += r.read;
      return r.mark.size();
    }
    const size_t a = BaseIndex(mark[at]);
    if (Unit() >= channel_.error[a]) {
      out_ += mark[at];
      return 1;
    }
    left_ = Unit();
    size_t b = 0;
    while (b + 1 < kBaseSymbols && !Happens(channel_.confusion[a * kChannelSymbols + b])) ++b;
    out_ += BaseSymbol(b);
    return 1;
  }

  const Channel& channel_;
  Choices* choices_;
  double left_ = 0;
  std::u32string before_, behind_, out_;
};

}  // namespace

std::u32string DrawReading(const Channel& channel, const std::u32string& mark, Choices* choices) {
  std::u32string reading;
  while (reading.empty()) reading = Reader(channel, choices).Read(mark);
  return reading;
}

}  // namespace burin::internal::reference
