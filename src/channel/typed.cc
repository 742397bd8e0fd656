// The channel `typed`: a serial keyed by hand, once.
//
// Rates. A keyed field of about seven characters is wrong in 0.29 % of cases (Garza et al., review of 93 papers): 4e-4
// a character. Given an error: substitution 0.67, adjacent transposition 0.087, omission 0.08, insertion 0.07
// (Verhoeff's shares for decimal codes scaled by 0.85, and Wagner's 10-20 % for the last two), renormalised to these
// four moves; the rarer structural mistakes need mixtures and come with them. A character called probable is wrong once
// in ten times, one called possible four times in ten: a judgement, to be calibrated.
//
// Confusion. 0.6 of the mass goes to look-alikes, evenly, the rest evenly to all other symbols. Alteration. 0.95 goes
// to what strokes added can make of a symbol, evenly; the rest is restamping with any symbol, its own included.
#include <array>
#include <cstdint>

#include "src/channel/channel.h"

namespace burin::internal {
namespace {

constexpr double kErrorRate = 4e-4;
constexpr double kSubstitutions = 0.67, kTranspositions = 0.087, kOmissions = 0.08, kInsertions = 0.07;
constexpr double kShares = kSubstitutions + kTranspositions + kOmissions + kInsertions;
constexpr double kLookAlikeMass = 0.6;
constexpr double kStrokeGainMass = 0.95;

// Symbols of one class look alike: matching rules of plate readers and of human-input studies.
constexpr std::string_view kLookAlikes[] = {"0ODQ", "1ILJT7", "2Z", "5S", "6G", "8B3", "4A9", "PR", "PB", "VUY", "VW",
                                            "XY",   "KX",     "MN", "EF", "CG", "53",  "58",  "68", "08", "39"};

struct Strokes {
  char symbol;
  std::string_view gain;  // What it can be altered to.
  std::string_view loss;  // What it can be worn down to: the inverse of a gain.
};
// From glyph shapes. Gain and loss as listed are not complete mirrors of each other: gain below takes both.
constexpr Strokes kStrokes[] = {
    {'0', "8QD", "CU"},
    {'1', "470389TLHDEFNPRB", ""},
    {'I', "470389TLHDEFNPRB", ""},
    {'2', "8Z", "7"},
    {'3', "89B", "7J"},
    {'4', "9A", "1"},
    {'5', "689S", ""},
    {'6', "8G", "5C"},
    {'7', "92Z", "1"},
    {'8', "B", "023569"},
    {'9', "8", "3457"},
    {'C', "GOQ06", ""},
    {'G', "68", "C"},
    {'L', "EBDU", "I"},
    {'F', "EPRB", "IT"},
    {'E', "B8", "FLC"},
    {'P', "RB", "FI"},
    {'R', "B", "PK"},
    {'B', "8", "PEFR3"},
    {'O', "Q08", "CU"},
    {'D', "BO0", "IJ"},
    {'Q', "", "O0"},
    {'V', "WNY", "I"},
    {'N', "MW", "IV"},
    {'M', "", "NV"},
    {'W', "", "V"},
    {'H', "NM", "I1"},
};

using Relation = std::array<std::array<bool, kChannelSymbols>, kChannelSymbols>;

size_t IndexOf(char c) { return BaseIndex(static_cast<Symbol>(static_cast<unsigned char>(c))); }

Relation LookAlikeRelation() {
  Relation alike{};
  for (std::string_view group : kLookAlikes) {
    for (char a : group) {
      for (char b : group) alike[IndexOf(a)][IndexOf(b)] = a != b;
    }
  }
  return alike;
}

Relation StrokeGainRelation() {
  Relation gain{};
  for (const Strokes& s : kStrokes) {
    for (char to : s.gain) gain[IndexOf(s.symbol)][IndexOf(to)] = true;
    for (char from : s.loss) gain[IndexOf(from)][IndexOf(s.symbol)] = true;
  }
  return gain;
}

// Rows of a stochastic matrix: `mass` evenly over the related symbols, the rest (all of it, if none is related) evenly
// over the symbols that `rest` allows.
template <typename Rest>
std::vector<double> Rows(const Relation& related, double mass, Rest rest) {
  std::vector<double> rows(kChannelSymbols * kChannelSymbols, 0);
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    size_t near = 0, far = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      near += related[a][b];
      far += rest(a, b);
    }
    const double near_mass = near > 0 ? mass : 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      double& p = rows[a * kChannelSymbols + b];
      if (related[a][b]) p += near_mass / static_cast<double>(near);
      if (rest(a, b)) p += (1 - near_mass) / static_cast<double>(far);
    }
  }
  return rows;
}

Channel MakeTyped() {
  Channel typed;
  typed.name = "typed";
  typed.symbols = kChannelSymbols;
  typed.insert = kErrorRate * kInsertions / kShares;
  typed.erase = kErrorRate * kOmissions / kShares;
  typed.swap = kErrorRate * kTranspositions / kShares;
  for (const double error : {kErrorRate * kSubstitutions / kShares, 0.1, 0.4}) {
    typed.error.insert(typed.error.end(), kChannelSymbols, error);
  }
  const Relation alike = LookAlikeRelation();
  // "Other" may be read as another symbol that is other; every other symbol is misread only as a different one.
  typed.confusion =
      Rows(alike, kLookAlikeMass, [&](size_t a, size_t b) { return (a != b || a == kBaseSymbols) && !alike[a][b]; });
  typed.alteration = Rows(StrokeGainRelation(), kStrokeGainMass, [](size_t, size_t) { return true; });
  return typed;
}

}  // namespace

const Channel& TypedChannel() {
  static const Channel typed = MakeTyped();
  return typed;
}

const Channel* FindChannel(std::string_view name, std::string* names) {
  if (names != nullptr) *names = TypedChannel().name;
  return name == TypedChannel().name ? &TypedChannel() : nullptr;
}

}  // namespace burin::internal
