// Reasons: for every pair of symbols of every shipped channel against its file, read anew; and alignments that can be
// read.
#include "src/evidence/explain/reason.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "src/channel/compile/compile.h"
#include "src/channel/compile/mark_changes.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/channel_write.h"
#include "src/channel/file/shipped.h"
#include "src/mark/pattern/pattern.h"

namespace burin::internal {
namespace {

using Json = nlohmann::json;

std::u32string Serial(std::string_view text) { return {text.begin(), text.end()}; }

// "reason: text | reason: text" of the differences of a reading and a serial.
std::string Reasons(const char* pattern_text, std::string_view serial, const ChannelFile* file) {
  const Channel* const channel = file == nullptr ? nullptr : &file->channel;
  const Result<Pattern> pattern = ParsePattern(pattern_text);
  std::vector<std::string> texts;
  for (const Pattern::Span span : pattern->spans) {
    texts.push_back(std::string(pattern_text).substr(span.begin, span.end - span.begin));
  }
  const std::u32string items = Serial(serial);
  std::vector<Move> moves;
  if (channel == nullptr) {
    moves = Align(pattern->lattice, *CompileUnit(pattern->lattice, Metric::kOsa), items, 0, kMaxMarkSymbols);
  } else {
    const Result<CostLattice> costs = CompileChannel(pattern->lattice, *channel);
    const auto changed = ChangedLattices(pattern->lattice, *costs, *channel, kNever - 1);
    moves = AlignChanged(pattern->lattice, *costs, changed, *channel, items, 0, kMaxMarkSymbols);
  }
  const AlignedReading reading = {pattern->lattice, texts, channel, file == nullptr ? nullptr : &file->parts};
  std::string out;
  for (const ReasonedMove& move : ReasonsOf(reading, items, moves)) {
    if (move.text.empty()) continue;
    out += (out.empty() ? "" : " | ") + std::string(ReasonName(move.reason)) + ": " + move.text;
  }
  return out;
}

const ChannelFile& Named(const char* name) { return **ShippedChannel(name); }

TEST(Reason, Readable) {
  const ChannelFile& typed = Named("typed");
  EXPECT_EQ(Reasons("A123", "A123", &typed), "");
  EXPECT_EQ(Reasons("A128", "A123", &typed), "look-alike: 8 read where 3 is recorded: look-alike");
  EXPECT_EQ(Reasons("A12[48]", "A123", &typed), "look-alike: 8 of [48] read where 3 is recorded: look-alike");
  EXPECT_EQ(Reasons("A12X", "A123", &typed),
            "no known relation: X read where 3 is recorded: no known relation: any misreading");
  EXPECT_EQ(Reasons("A213", "A123", &typed), "swapped neighbours: 21 read where 12 is recorded: swapped neighbours");
  EXPECT_EQ(Reasons("A1355", "A12355", &typed), "not read: 2 is recorded and was not read: one symbol not read");
  EXPECT_EQ(Reasons("A12X355", "A12355", &typed), "not recorded: X was read and is not recorded: one symbol added");
  EXPECT_EQ(Reasons("AW12", "AVV12", &typed), "rewritten: W read where VV is recorded: one taken for the other");
  EXPECT_EQ(Reasons("7654321", "AB7654321", &typed), "prefix not read: prefix of 2 not read");
  EXPECT_EQ(Reasons("1234567", "0001234567", &typed), "zeros not read: 3 zeros at the beginning not read");
  EXPECT_EQ(Reasons("4321", "AB7654321", &typed), "last four only: only the last four symbols read");
  EXPECT_EQ(Reasons("12345AB", "AB12345", &typed), "blocks swapped: letters and digits read in the other order");
  EXPECT_EQ(Reasons("A8!", "A3", &typed), "stroke gain: 8! read where 3 is recorded: altered, stroke gain");
  EXPECT_EQ(Reasons("AX!", "A3", &typed), "restamped: X! read where 3 is recorded: altered, restamped");
  EXPECT_EQ(Reasons("A[3:.7 8:.3]", "A8", &typed),
            "less supported: 8 of [3:.7 8:.3]: less supported than another symbol");
  EXPECT_EQ(Reasons("A3", "A8", &Named("worn")), "stroke loss: 3 read where 8 is recorded: stroke loss");
  EXPECT_EQ(Reasons("AE", "AR", &Named("typed_qwerty")),
            "neighbouring key: E read where R is recorded: neighbouring key");
}

TEST(Reason, EditsHaveNoCause) {
  EXPECT_EQ(Reasons("A128", "A123", nullptr), "another symbol: 8 read where 3 is recorded: another symbol");
  EXPECT_EQ(Reasons("A21", "A12", nullptr), "swapped neighbours: 21 read where 12 is recorded: swapped neighbours");
  EXPECT_EQ(Reasons("A1", "A12", nullptr), "not read: 2 is recorded and was not read: one symbol not read");
}

// The twin: what each part of a mixture gives to a pair, from the file's words.
class Shares {
 public:
  explicit Shares(const Json& file) : file_(file) {}

  ConfusionPart Most(size_t a, size_t b) const {
    const std::string from = Name(a), to = Name(b);
    const Json& parts = file_["confusion"];
    double most = 0;
    bool named = false;
    ConfusionPart part = ConfusionPart::kUnknown;
    const auto offer = [&](double mass, const std::vector<double>& row, ConfusionPart gain, double lost = 0) {
      double sum = 0;
      for (const double weight : row) sum += weight;
      if (!(sum > 0)) return;
      named = named || row[b] > 0;
      const double share = mass * row[b] / sum;
      if (share <= most) return;
      most = share;
      part = lost > row[b] / 2 ? ConfusionPart::kStrokeLoss : gain;
    };
    if (parts.contains("alike") && !parts["alike"].is_null()) {
      offer(parts["alike"]["mass"], Row(a, [&](auto& f, auto& t) { return Alike(f, t); }), ConfusionPart::kAlike);
    }
    if (parts.contains("pairs")) {
      offer(parts["pairs"]["mass"], Row(a, [&](auto& f, auto& t) { return Pair(f, t); }), ConfusionPart::kPairs);
    }
    if (parts.contains("strokes")) {
      const double g = parts["strokes"].value("gain", 0.0), l = parts["strokes"].value("loss", 0.0);
      const auto weight = [&](auto& f, auto& t) { return g * Gains(f, t) + l * Gains(t, f); };
      offer(parts["strokes"]["mass"], Row(a, weight), ConfusionPart::kStrokeGain, l * Gains(to, from));
    }
    return named ? part : ConfusionPart::kRest;
  }

 private:
  static std::string Name(size_t s) {
    return s == kBaseSymbols ? "other" : std::string(1, static_cast<char>(BaseSymbol(s)));
  }
  template <typename Weight>
  static std::vector<double> Row(size_t a, const Weight& weight) {
    std::vector<double> row;
    const std::string from = Name(a);
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      const std::string to = Name(b);
      row.push_back(weight(from, to));
    }
    return row;
  }
  double Alike(const std::string& from, const std::string& to) const {
    for (const std::string symbols : file_["confusion"]["alike"]["classes"]) {
      if (from != to && from.size() == 1 && to.size() == 1 && symbols.find(from) != std::string::npos &&
          symbols.find(to) != std::string::npos) {
        return 1;
      }
    }
    return 0;
  }
  double Pair(const std::string& from, const std::string& to) const {
    for (const Json& pair : file_["confusion"]["pairs"]["list"]) {
      if (pair[0] == from && pair[1] == to) return pair.size() == 3 ? pair[2].get<double>() : 1;
    }
    return 0;
  }
  double Gains(const std::string& from, const std::string& to) const {
    const Json& strokes = file_["strokes"];
    const auto has = [&](const std::string& symbol, const char* member, const std::string& other) {
      return other.size() == 1 && strokes.contains(symbol) &&
             strokes[symbol].value(member, std::string()).find(other) != std::string::npos;
    };
    return has(from, "gain", to) || has(to, "loss", from) ? 1 : 0;
  }

  const Json& file_;
};

TEST(Reason, MostOfTheMixture) {
  const Json typed = Json::parse(*ShippedChannelText("typed"));
  size_t pairs = 0;
  for (const char* name : {"typed", "worn"}) {
    Json file = Json::parse(*ShippedChannelText(name));
    if (!file.contains("strokes")) file["strokes"] = typed["strokes"];
    const Shares shares(file);
    const ConfusionParts& parts = Named(name).parts;
    for (size_t a = 0; a < kBaseSymbols; ++a) {
      for (size_t b = 0; b < kBaseSymbols; ++b) {
        if (a == b) continue;
        ASSERT_EQ(parts.confusion[a * kChannelSymbols + b], shares.Most(a, b)) << name << " " << a << " " << b;
        ++pairs;
      }
    }
  }
  EXPECT_EQ(pairs, 2 * 36 * 35);
}

TEST(Reason, SurviveWriting) {
  const ChannelFile& worn = **ShippedChannel("worn");
  const Result<ChannelFile> again = ParseChannelFile(WriteChannelFile(worn), "again", ShippedChannelText);
  ASSERT_TRUE(again.ok()) << again.status().message();
  EXPECT_EQ(again->hash, worn.hash);
  EXPECT_EQ(again->parts.confusion, worn.parts.confusion);
  EXPECT_EQ(again->parts.alteration, worn.parts.alteration);
}

}  // namespace
}  // namespace burin::internal
