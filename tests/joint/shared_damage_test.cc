// Several readings of one mark: a proper probability, the sum and the lowest cost over all states of damage one by one,
// whole searches beside a scan, and calibration where damage is shared.
#include "src/channel/compile/shared_damage.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/file/shipped.h"
#include "src/index/view/index.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/run/several_readings.h"
#include "src/search/segments/search.h"
#include "tests/reference/cases.h"
#include "tests/reference/random_reading.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_dp.h"
#include "tests/reference/twin_joint.h"

namespace burin::internal::reference {
namespace {

Channel Clumsy() {
  Channel channel = PlainTyped();
  channel.insert = 0.01;
  channel.erase = 0.02;
  channel.swap = 0.006;
  for (size_t i = 0; i < channel.error.size(); ++i)
    channel.error[i] = i < channel.symbols ? 0.08 : 0.1 + 0.002 * static_cast<double>(i);
  return channel;
}

// Patterns and what is compiled from them.
class Together {
 public:
  Together(const std::vector<std::string>& patterns, const Channel& channel) {
    for (const std::string& text : patterns) lattices_.push_back(ParsePattern(text)->lattice);
    std::vector<const Lattice*> lattices;
    std::vector<const CostLattice*> costs;
    for (const Lattice& lattice : lattices_) {
      lattices.push_back(&lattice);
      costs_.push_back(std::make_unique<CostLattice>(*CompileChannel(lattice, channel)));
      costs.push_back(costs_.back().get());
    }
    damage_.emplace(*SharedDamage::Make(lattices, costs, channel));
  }
  double Of(std::u32string_view mark) { return damage_->Of(mark); }
  double Alone(size_t i, std::u32string_view mark, const Channel& channel) {
    return Likelihood(lattices_[i], *costs_[i], channel).Of(mark);
  }
  Cost CostOf(std::u32string_view mark) { return damage_->CostOf(mark, (1u << lattices_.size()) - 1, 0, 64); }
  const std::vector<Lattice>& lattices() const { return lattices_; }

 private:
  std::vector<Lattice> lattices_;
  std::vector<std::unique_ptr<CostLattice>> costs_;
  std::optional<SharedDamage> damage_;
};

// All pairs of readings over two symbols, which nothing but themselves is read as.
TEST(SharedDamage, OfAllPairsOfReadingsIsOne) {
  Channel channel = Clumsy();
  channel.insert = 0;
  std::fill(channel.confusion.begin(), channel.confusion.end(), 0.0);
  for (size_t a = 0; a < channel.symbols; ++a) channel.confusion[a * channel.symbols + (a == 0 ? 1 : 0)] = 1;
  std::vector<std::string> readings;
  for (size_t length = 1; length <= 4; ++length) {
    for (uint32_t bits = 0; bits < 1u << length; ++bits) {
      readings.emplace_back();
      for (size_t i = 0; i < length; ++i) readings.back() += (bits >> i & 1) != 0 ? '1' : '0';
    }
  }
  for (const std::u32string& mark : {std::u32string(U"0"), std::u32string(U"01"), std::u32string(U"1101")}) {
    double sum = 0;
    for (const std::string& first : readings) {
      for (const std::string& second : readings) sum += Together({first, second}, channel).Of(mark);
    }
    // Nothing at all was read, by one of them or by both.
    const double lost = std::pow(channel.erase, mark.size());
    EXPECT_NEAR(sum + 2 * lost - lost * lost, 1, 1e-9);
  }
}

TEST(SharedDamage, AnyReadingOfASecondReaderChangesNothing) {
  for (const Channel& channel : {Clumsy(), TypedChannel()}) {
    for (const std::u32string& mark : {std::u32string(U"A1B0"), std::u32string(U"0012"), std::u32string(U"VVЖ8")}) {
      EXPECT_NEAR(Together({"*", "*"}, channel).Of(mark), 1, 1e-9);
      for (const char* text : {"A1B0", "A?[38]", "W8", "0~12~~", "A{1,2}1!B"}) {
        Together both({text, "*"}, channel), swapped({"*", text, "*"}, channel);
        const double alone = both.Alone(0, mark, channel);
        EXPECT_NEAR(both.Of(mark) / alone, 1, 1e-9) << text;
        EXPECT_NEAR(swapped.Of(mark) / alone, 1, 1e-9) << text;
      }
    }
  }
}

TEST(SharedDamage, OfAnUnreadableSymbolIsTheMeanOverSymbols) {
  const Channel channel = Clumsy();
  Together both({"7B", "7B~"}, channel);
  double sum = both.Of(std::u32string{0x4E00, U'B'});
  for (size_t a = 0; a < kBaseSymbols; ++a) sum += both.Of(std::u32string{BaseSymbol(a), U'B'});
  EXPECT_NEAR(both.Of(std::u32string{kUnreadable, U'B'}) / (sum / 37), 1, 1e-9);
}

// By its definition, over all states of damage one by one, for readings of plain symbols with doubt.
class Definition {
 public:
  Definition(const Channel& channel, const std::u32string& mark) : channel_(channel), mark_(mark) {}

  double Sum(const std::vector<std::u32string>& readings, const std::vector<std::vector<int>>& doubts) {
    double sum = 0;
    for (damaged_ = 0; damaged_ < 1u << mark_.size(); ++damaged_) {
      double p = 1;
      for (size_t m = 0; m < mark_.size(); ++m) p *= Damaged(m) ? Share(m) : 1 - Share(m);
      for (size_t i = 0; i < readings.size(); ++i) {
        reading_ = readings[i];
        doubts_ = doubts[i];
        known_.clear();
        p *= From(0, 0);
      }
      sum += p;
    }
    return sum;
  }

 private:
  bool Damaged(size_t m) const { return (damaged_ >> m & 1) != 0; }
  double Rate(size_t m, int doubt) const {
    return channel_.error[static_cast<size_t>(doubt) * 37 + BaseIndex(mark_[m])];
  }
  double Share(size_t m) const { return 0.5 * Rate(m, 0) / Rate(m, 2); }
  double RateNow(size_t m, int doubt) const {
    return Damaged(m) ? Rate(m, 2) : (Rate(m, doubt) - Share(m) * Rate(m, 2)) / (1 - Share(m));
  }
  double Single(size_t m, size_t r) const {
    const size_t a = BaseIndex(mark_[m]), b = BaseIndex(reading_[r]);
    const double wrong = RateNow(m, doubts_[r]);
    return (mark_[m] == reading_[r] ? 1 - wrong : 0) + wrong * channel_.confusion[a * 37 + b];
  }
  double From(size_t m, size_t r) {
    const auto found = known_.find({m, r});
    if (found != known_.end()) return found->second;
    double p = r < reading_.size() ? channel_.insert / 37 * From(m, r + 1) : 0;
    const double stop = 1 - channel_.insert;
    if (m == mark_.size()) {
      p += r == reading_.size() ? stop : 0;
    } else {
      double left = 1 - channel_.erase, move = channel_.erase * From(m + 1, r);
      if (m + 1 < mark_.size()) {
        left -= channel_.swap;
        const bool swapped = r + 1 < reading_.size() && reading_[r] == mark_[m + 1] && reading_[r + 1] == mark_[m];
        if (swapped) move += channel_.swap * From(m + 2, r + 2);
      }
      if (r < reading_.size()) move += left * Single(m, r) * From(m + 1, r + 1);
      p += stop * move;
    }
    return known_[{m, r}] = p;
  }

  const Channel& channel_;
  std::u32string mark_, reading_;
  std::vector<int> doubts_;
  uint32_t damaged_ = 0;
  std::map<std::pair<size_t, size_t>, double> known_;
};

TEST(SharedDamage, IsTheSumOverAllStatesOfDamage) {
  Choices choices(5);
  const Channel channel = Clumsy();
  const std::u32string alphabet = U"01B8VA";
  for (int i = 0; i < 600; ++i) {
    std::u32string mark;
    for (uint32_t n = 1 + choices.Below(6); n > 0; --n) mark += choices.Of(alphabet);
    std::vector<std::u32string> readings;
    std::vector<std::vector<int>> doubts;
    std::vector<std::string> patterns;
    for (uint32_t n = 2 + choices.Below(2); n > 0; --n) {
      std::u32string text = Edited(mark, choices.Below(3), alphabet, &choices);
      if (text.empty()) text = U"1";
      doubts.emplace_back();
      patterns.emplace_back();
      for (const char32_t c : text) {
        doubts.back().push_back(static_cast<int>(choices.Below(3)));
        patterns.back() += static_cast<char>(c) + std::string(static_cast<size_t>(doubts.back().back()), '~');
      }
      readings.push_back(text);
    }
    const double expected = Definition(channel, mark).Sum(readings, doubts);
    EXPECT_NEAR(Together(patterns, channel).Of(mark) / expected, 1, 1e-9) << i;
  }
}

// Prices that know of each symbol whether it is damaged: a damaged one is kDamaged further on.
constexpr Symbol kDamaged = 0x400000;
class DamagedPrices final : public Prices {
 public:
  DamagedPrices(const Lattice& lattice, const Channel& channel, const std::array<Channel, 2>& given)
      : lattice_(lattice), plain_(lattice, channel), intact_(lattice, given[0]), damaged_(lattice, given[1]) {}
  uint64_t Read(int32_t element, Symbol symbol) const override {
    const bool damaged = symbol >= kDamaged;
    const Symbol read = damaged ? symbol - kDamaged : symbol;
    if (lattice_.elements[static_cast<size_t>(element)].altered) return plain_.Read(element, read);
    return damaged ? damaged_.Read(element, read) : intact_.Read(element, read);
  }
  uint64_t Added(int32_t element) const override { return plain_.Added(element); }
  uint64_t Lost() const override { return plain_.Lost(); }
  uint64_t Swapped(int32_t first, int32_t second, Symbol mark_first, Symbol mark_second) const override {
    const auto as_read = [](Symbol s) { return s >= kDamaged ? s - kDamaged : s; };
    return plain_.Swapped(first, second, as_read(mark_first), as_read(mark_second));
  }
  uint64_t End() const override { return plain_.End(); }

 private:
  const Lattice& lattice_;
  ChannelTwin plain_, intact_, damaged_;
};

// The lowest cost over all states of damage one by one.
Cost LowestCost(const std::vector<Lattice>& lattices, const Channel& channel, const std::u32string& mark) {
  std::array<Channel, 2> given = {channel, channel};
  std::vector<double> share;
  for (size_t a = 0; a < 37; ++a) {
    share.push_back(0.5 * channel.error[a] / channel.error[74 + a]);
    for (size_t d = 0; d < 3; ++d) {
      given[0].error[d * 37 + a] = (channel.error[d * 37 + a] - share[a] * channel.error[74 + a]) / (1 - share[a]);
      given[1].error[d * 37 + a] = channel.error[74 + a];
    }
  }
  std::vector<std::unique_ptr<DamagedPrices>> prices;
  std::vector<std::unique_ptr<TwinDp>> twins;
  for (const Lattice& lattice : lattices) {
    prices.push_back(std::make_unique<DamagedPrices>(lattice, channel, given));
    twins.push_back(std::make_unique<TwinDp>(lattice, *prices.back()));
  }
  uint64_t least = kNever;
  for (uint32_t damaged = 0; damaged < 1u << mark.size(); ++damaged) {
    uint64_t cost = 0;
    std::u32string items = mark;
    for (size_t m = 0; m < mark.size(); ++m) {
      const bool is = (damaged >> m & 1) != 0;
      const double p = share[BaseIndex(mark[m])];
      cost += CostOf(is ? p : 1 - p);
      if (is) items[m] += kDamaged;
    }
    for (const auto& twin : twins) cost += twin->Of(items, 0, kMaxMarkSymbols);
    least = std::min(least, cost);
  }
  return static_cast<Cost>(std::min<uint64_t>(least, kNever));
}

TEST(SharedDamage, CostIsTheLowestOverAllStatesOfDamage) {
  Choices choices(6);
  for (int i = 0; i < 400; ++i) {
    const Channel channel = choices.OneIn(2) ? Clumsy() : PlainTyped();
    const std::u32string alphabet = RandomAlphabet(&choices);
    std::vector<std::string> patterns;
    for (uint32_t n = 2 + choices.Below(2); n > 0; --n) {
      std::string text = RandomPattern(alphabet, 1 + choices.Below(4), &choices);
      patterns.push_back(ParsePattern(text).ok() ? text : "A1");
    }
    std::vector<const Lattice*> none;
    std::u32string mark;
    const Lattice near = ParsePattern(patterns[0])->lattice;
    if (!CompileChannel(near, channel).ok() || near.slots > 12) continue;
    mark = Edited(RandomReadString(near, alphabet, &choices), choices.Below(2), alphabet, &choices).substr(0, 6);
    if (mark.empty()) mark = alphabet.substr(0, 1);
    bool small = true;
    for (const std::string& text : patterns) small = small && ParsePattern(text)->lattice.slots <= 12;
    if (!small) continue;
    Together together(patterns, channel);
    ASSERT_EQ(together.CostOf(mark), LowestCost(together.lattices(), channel, mark))
        << patterns[0] << " and " << patterns[1];
  }
}

TEST(SharedDamage, SearchesEqualAScan) {
  uint64_t searches = 0, hits = 0;
  for (uint64_t seed = 1; searches < 100 + TestCases() / 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Choices choices(seed);
    const Channel channel = Clumsy();
    const std::u32string alphabet = U"01B8A";
    std::u32string truth;
    for (uint32_t n = 2 + choices.Below(4); n > 0; --n) truth += choices.Of(alphabet);
    std::vector<Lattice> lattices;
    for (int i = 0; i < 2; ++i) {
      std::string text;
      for (const char32_t c : Edited(truth, choices.Below(2), alphabet, &choices) + U"1") {
        text += choices.OneIn(6) ? '?' : static_cast<char>(c);
        if (choices.OneIn(5) && text.back() != '?') text += '~';
      }
      lattices.push_back(ParsePattern(text)->lattice);
    }
    std::vector<JointRecord> records;
    for (uint32_t n = 1 + choices.Below(20); n > 0; --n) {
      JointRecord record;
      record.items = Edited(truth, choices.Below(4), alphabet, &choices).substr(0, 6);
      if (record.items.empty()) record.items = U"B";
      for (const char* name : {"weapon", "maker"}) {
        const std::string value = RandomValue(name, &choices);
        if (!value.empty()) record.attributes[name] = value;
      }
      records.push_back(std::move(record));
    }
    const std::vector<std::byte> bytes = IndexOf(records);
    const auto index = choices.OneIn(2) ? SegmentsOf(records, &choices) : *Index::OpenBuffer(bytes, "case");
    std::vector<PricedReading> priced;
    for (const Lattice& lattice : lattices) priced.push_back(*PricedReading::Make(lattice, channel));
    const Cost above = 64 * choices.Below(20);
    const auto several = *SeveralReadings::Make({{&priced[0]}, {&priced[1]}}, above);
    SearchRequest request;
    const size_t walked = choices.Below(2);
    request.reading = &priced[walked];
    request.rescorer = several.get();
    request.max_cost = several->highest();
    request.top = choices.OneIn(2) ? 0 : 1 + choices.Below(4);
    if (choices.OneIn(4)) request.max_work = 1 + choices.Below(300);
    std::vector<std::tuple<Cost, size_t, std::u32string, uint32_t>> expected;
    for (uint32_t i = 0; i < records.size(); ++i) {
      const Cost cost = LowestCost(lattices, channel, records[i].items);
      if (cost <= request.max_cost) expected.emplace_back(cost, records[i].items.size(), records[i].items, i);
    }
    std::sort(expected.begin(), expected.end());
    if (request.top != 0 && expected.size() > request.top) expected.resize(request.top);
    const SearchResult found = Search(*index, request);
    if (request.max_work == 0) {
      ASSERT_TRUE(found.complete);
      ASSERT_EQ(found.hits.size(), expected.size());
    }
    for (size_t i = 0; i < expected.size(); ++i) {
      if (!found.complete && std::get<0>(expected[i]) >= found.certificate) break;
      ASSERT_LT(i, found.hits.size());
      ASSERT_EQ(found.hits[i].cost, std::get<0>(expected[i])) << i;
      ASSERT_EQ(found.hits[i].record, std::get<3>(expected[i])) << i;
    }
    ++searches;
    hits += found.hits.size();
  }
  EXPECT_GT(hits, searches / 2);
}

// A mark of a crowded set, read by three who share its damage, most of which is heavy. The posterior of the best record
// under the shared model means what it says; taking readers for independent, it claims too much.
TEST(SharedDamage, KeepsTheCalibrationThatIndependenceLoses) {
  Channel channel = PlainTyped();
  channel.insert = channel.erase = channel.swap = 0;
  for (size_t a = 0; a < 37; ++a) {
    channel.error[a] = 0.1;
    channel.error[37 + a] = 0.3;
    channel.error[74 + a] = 0.8;
  }
  const double share = 0.5 * 0.1 / 0.8, intact = (0.1 - share * 0.8) / (1 - share);
  // Digits are misread as digits.
  for (size_t a = 0; a < 37; ++a) {
    for (size_t b = 0; b < 37; ++b) channel.confusion[a * 37 + b] = a < 10 && b < 10 && a != b ? 1.0 / 9 : 0;
    if (a >= 10) channel.confusion[a * 37 + (a + 1) % 37] = 1;
  }
  std::mt19937_64 random(7);
  const auto chance = [&](double p) { return static_cast<double>(random() >> 11) * 0x1p-53 < p; };
  const int kTrials = 1500;
  double shared_claim = 0, alone_claim = 0, right_shared = 0, right_alone = 0;
  for (int t = 0; t < kTrials; ++t) {
    const std::u32string truth = {U'0' + static_cast<char32_t>(random() % 10),
                                  U'0' + static_cast<char32_t>(random() % 10)};
    std::vector<std::string> readings(3, std::string(2, '0'));
    for (size_t m = 0; m < 2; ++m) {
      const bool damaged = chance(share);
      for (std::string& reading : readings) {
        char32_t read = truth[m];
        if (chance(damaged ? 0.8 : intact)) {
          const char32_t other = U'0' + static_cast<char32_t>(random() % 9);
          read = other + (other >= truth[m] ? 1 : 0);
        }
        reading[m] = static_cast<char>(read);
      }
    }
    Together together(readings, channel);
    double shared_sum = 0, alone_sum = 0, shared_best = 0, alone_best = 0;
    std::u32string shared_is, alone_is;
    for (char32_t a = U'0'; a <= U'9'; ++a) {
      for (char32_t b = U'0'; b <= U'9'; ++b) {
        const std::u32string mark = {a, b};
        const double shared = together.Of(mark);
        double alone = 1;
        for (size_t i = 0; i < 3; ++i) alone *= together.Alone(i, mark, channel);
        shared_sum += shared;
        alone_sum += alone;
        if (shared > shared_best) shared_is = mark;
        if (alone > alone_best) alone_is = mark;
        shared_best = std::max(shared_best, shared);
        alone_best = std::max(alone_best, alone);
      }
    }
    shared_claim += shared_best / shared_sum;
    alone_claim += alone_best / alone_sum;
    right_shared += shared_is == truth;
    right_alone += alone_is == truth;
  }
  const double deviation = 3 * std::sqrt(0.25 / kTrials);
  std::printf("claimed and right: shared %.4f %.4f, independent %.4f %.4f\n", shared_claim / kTrials,
              right_shared / kTrials, alone_claim / kTrials, right_alone / kTrials);
  EXPECT_NEAR(shared_claim / kTrials, right_shared / kTrials, deviation);
  EXPECT_GT(alone_claim / kTrials - right_alone / kTrials, 0.02);
  EXPECT_GT(alone_claim / kTrials - right_alone / kTrials,
            2 * std::fabs(shared_claim / kTrials - right_shared / kTrials));
}

TEST(SharedDamage, Refusals) {
  const Lattice lattice = ParsePattern("A1")->lattice;
  const CostLattice costs = *CompileChannel(lattice, PlainTyped());
  const std::vector<const Lattice*> five(5, &lattice);
  const std::vector<const CostLattice*> five_costs(5, &costs);
  EXPECT_EQ(SharedDamage::Make(five, five_costs, PlainTyped()).status().message(), "5 readings of one mark: at most 4");
  const Lattice large = ParsePattern("?{60}")->lattice;
  const CostLattice large_costs = *CompileChannel(large, PlainTyped());
  const std::vector<const Lattice*> many(4, &large);
  const std::vector<const CostLattice*> many_costs(4, &large_costs);
  EXPECT_EQ(SharedDamage::Make(many, many_costs, PlainTyped()).status().message(),
            "the readings are too large to be weighed together");
}

}  // namespace
}  // namespace burin::internal::reference
