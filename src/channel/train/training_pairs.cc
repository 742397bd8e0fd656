#include "src/channel/train/training_pairs.h"

#include <algorithm>
#include <numeric>
#include <span>
#include <string>

#include "src/base/checksum.h"
#include "src/base/exp_log.h"
#include "src/channel/model/prices.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

// All combinations of so many differences.
constexpr size_t kMaxDifferences = 6;

// A symbol that an element stands for and nothing else, without doubt; 0: there is none.
Symbol OnlySymbol(const Element& e) {
  if (e.doubt != Doubt::kCertain || e.altered || e.members.others) return 0;
  Symbol only = 0;
  size_t members = e.members.listed.size();
  if (members == 1) only = e.members.listed[0];
  for (size_t i = 0; i < kBaseSymbols; ++i) {
    if (!e.members.Contains(BaseSymbol(i))) continue;
    only = BaseSymbol(i);
    ++members;
  }
  return members == 1 ? only : 0;
}

// Whether a lattice is a plain text.
bool IsPlain(const Lattice& lattice, std::u32string* text) {
  text->clear();
  if (lattice.arcs.size() + 1 != lattice.slots) return false;
  for (uint32_t i = 0; i < lattice.arcs.size(); ++i) {
    const Arc& arc = lattice.arcs[i];
    if (arc.from != i || arc.to != i + 1 || arc.element == kEmpty) return false;
    const Symbol only = OnlySymbol(lattice.elements[static_cast<size_t>(arc.element)]);
    if (only == 0) return false;
    text->push_back(only);
  }
  return true;
}

// Parts of two texts: equal ones, and differences.
struct Part {
  std::u32string a, b;
};

std::vector<Part> Align(const std::u32string& a, const std::u32string& b) {
  const size_t n = a.size(), m = b.size();
  std::vector<std::vector<size_t>> cost(n + 1, std::vector<size_t>(m + 1));
  for (size_t i = n + 1; i-- > 0;) {
    for (size_t j = m + 1; j-- > 0;) {
      if (i == n || j == m) {
        cost[i][j] = (n - i) + (m - j);
        continue;
      }
      size_t best = cost[i + 1][j + 1] + (a[i] != b[j]);
      best = std::min({best, cost[i + 1][j] + 1, cost[i][j + 1] + 1});
      const bool swap = i + 1 < n && j + 1 < m && a[i] == b[j + 1] && a[i + 1] == b[j] && a[i] != b[j];
      if (swap) best = std::min(best, cost[i + 2][j + 2] + 1);
      cost[i][j] = best;
    }
  }
  std::vector<Part> parts;
  for (size_t i = 0, j = 0; i < n || j < m;) {
    size_t of_a = 0, of_b = 0;
    if (i < n && j < m && cost[i][j] == cost[i + 1][j + 1] + (a[i] != b[j])) {
      of_a = of_b = 1;
    } else if (i < n && cost[i][j] == cost[i + 1][j] + 1) {
      of_a = 1;
    } else if (j < m && cost[i][j] == cost[i][j + 1] + 1) {
      of_b = 1;
    } else {
      of_a = of_b = 2;
    }
    parts.push_back({a.substr(i, of_a), b.substr(j, of_b)});
    i += of_a;
    j += of_b;
  }
  return parts;
}

bool Before(const TrainingPair& a, const TrainingPair& b) {
  if (a.other != b.other) return a.other < b.other;
  if (a.read != b.read) return a.read < b.read;
  if ((a.lattice == nullptr) != (b.lattice == nullptr)) return a.lattice == nullptr;
  return a.weight < b.weight;
}

bool SamePair(const TrainingPair& a, const TrainingPair& b) {
  return a.other == b.other && a.read == b.read && (a.lattice == nullptr) == (b.lattice == nullptr);
}

}  // namespace

Status TakePattern(std::string_view pattern, TrainingPair* pair) {
  Result<Pattern> parsed = ParsePattern(pattern);
  if (!parsed.ok()) return parsed.status();
  pair->lattice = nullptr;
  if (IsPlain(parsed->lattice, &pair->read)) return Status();
  if (NeighbouringPairs(parsed->lattice) > Lattice::kMaxPairs) {
    return Status(StatusCode::kInvalidArgument, "the reading is too large: at most " +
                                                    std::to_string(Lattice::kMaxPairs) +
                                                    " pairs of its characters may be neighbours");
  }
  pair->lattice = std::make_shared<const Lattice>(std::move(parsed->lattice));
  DecodeAll(pattern, &pair->read);
  return Status();
}

PairPopulation::PairPopulation(const std::vector<TrainingPair>& pairs) {
  symbols_.fill(1);
  double all = kChannelSymbols, texts = 1;
  const auto add = [&](const std::u32string& text, double weight) {
    for (const Symbol s : text) symbols_[BaseIndex(s)] += weight;
    all += weight * static_cast<double>(text.size());
    texts += weight;
  };
  for (const TrainingPair& pair : pairs) {
    add(pair.other, pair.weight);
    if (pair.lattice == nullptr) add(pair.read, pair.weight);
  }
  for (double& p : symbols_) p /= all;
  go_on_ = all / (all + texts);
}

double PairPopulation::Of(std::u32string_view text) const {
  double p = 1 - go_on_;
  for (const Symbol s : text) p *= go_on_ * symbols_[BaseIndex(s)];
  return p;
}

double PairPopulation::OfSymbols(std::u32string_view text) const {
  double p = 1;
  for (const Symbol s : text) p *= symbols_[BaseIndex(s)];
  return p;
}

double PairPopulation::Of(const ReadingMoves& reading) const {
  std::vector<double> weights;
  for (const auto& c : reading.characters) {
    double weight = 0;
    if (c.general == nullptr) {
      weight = symbols_[BaseIndex(c.symbol)];
    } else {
      const ElementWeights of(*c.general);
      for (size_t i = 0; i < kBaseSymbols; ++i) weight += symbols_[i] * of.Of(BaseSymbol(i));
      weight += symbols_[kBaseSymbols] * of.OfForeign();
    }
    weights.push_back(go_on_ * weight);
  }
  std::vector<double> row(reading.slots);
  row[0] = 1;
  auto free = reading.free.begin();
  for (uint32_t slot = 0; slot < reading.slots; ++slot) {
    double in_vain = 0;
    for (const auto& loop : reading.loops) in_vain += loop.from == slot ? weights[loop.first] : 0;
    row[slot] /= 1 - in_vain;
    for (; free != reading.free.end() && free->from == slot; ++free) {
      row[free->to] += row[slot] * (free->character == kEmpty ? 1 : weights[static_cast<size_t>(free->character)]);
    }
  }
  return row.back() * (1 - go_on_);
}

TruthLengths::TruthLengths(const std::vector<TrainingPair>& pairs) {
  double sum = 0;
  const auto add = [&](size_t length, double weight) {
    if (length == 0 || length > kMaxMarkSymbols) return;
    center_[length] += weight;
    sum += weight;
  };
  for (size_t length = 1; length <= kMaxMarkSymbols; ++length) add(length, 1.0 / kMaxMarkSymbols);
  for (const TrainingPair& pair : pairs) {
    add(pair.other.size(), pair.weight);
    if (pair.lattice == nullptr) add(pair.read.size(), pair.weight);
  }
  for (double& share : center_) share /= sum;
  shares_ = center_;
}

void TruthLengths::Fit(const Counts& counts) {
  double sum = 1;
  for (const double count : counts) sum += count;
  for (size_t length = 1; length <= kMaxMarkSymbols; ++length) {
    shares_[length] = (counts[length] + center_[length]) / sum;
  }
}

double TruthLengths::Penalty() const {
  double sum = 0;
  for (size_t length = 1; length <= kMaxMarkSymbols; ++length) {
    sum += center_[length] * Log(shares_[length] / center_[length]);
  }
  return sum;
}

std::vector<std::u32string> TruthCandidates(const std::u32string& a, const std::u32string& b) {
  const std::vector<Part> parts = Align(a, b);
  std::vector<size_t> different;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (parts[i].a != parts[i].b) different.push_back(i);
  }
  std::vector<std::u32string> candidates = {a, b};
  // `from_b[i]`: where difference i is taken from.
  const auto add = [&](const std::vector<bool>& from_b) {
    std::u32string text;
    size_t difference = 0;
    for (size_t i = 0; i < parts.size(); ++i) {
      const bool differs = difference < different.size() && different[difference] == i;
      text += differs && from_b[difference] ? parts[i].b : parts[i].a;
      difference += differs;
    }
    candidates.push_back(std::move(text));
  };
  const size_t count = different.size();
  if (count <= kMaxDifferences) {
    for (size_t choice = 0; choice < size_t{1} << count; ++choice) {
      std::vector<bool> from_b(count);
      for (size_t i = 0; i < count; ++i) from_b[i] = (choice >> i & 1) != 0;
      add(from_b);
    }
  } else {
    for (const bool mostly_b : {false, true}) {
      for (size_t i = 0; i < count && i < kMaxMarkSymbols / 2; ++i) {
        std::vector<bool> from_b(count, mostly_b);
        from_b[i] = !mostly_b;
        add(from_b);
      }
    }
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::erase_if(candidates, [](const std::u32string& s) { return s.empty() || s.size() > kMaxMarkSymbols; });
  return candidates;
}

TrainingSet::TrainingSet(const std::vector<TrainingPair>& pairs) : places_(pairs.size()) {
  std::vector<size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), size_t{0});
  std::sort(order.begin(), order.end(), [&](size_t x, size_t y) { return Before(pairs[x], pairs[y]); });
  for (const size_t i : order) {
    if (!pairs_.empty() && SamePair(pairs_.back(), pairs[i])) {
      pairs_.back().weight += pairs[i].weight;
    } else {
      pairs_.push_back(pairs[i]);
    }
    places_[i] = pairs_.size() - 1;
  }
  for (const TrainingPair& pair : pairs_) {
    weight_ += pair.weight;
    const std::string text = ToUtf8(pair.other) + "\n" + ToUtf8(pair.read) + (pair.lattice == nullptr ? "" : "\n");
    hashes_.push_back(Checksum(std::as_bytes(std::span(text))));
  }
}

}  // namespace burin::internal
