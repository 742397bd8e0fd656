// What makes a channel a proper probability. What a file states is checked number by number as it is read; here is what
// takes several of them, and all of it for channels that no file stated (training).
#include "src/channel/file/channel_check.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <string>

#include "src/channel/file/channel_file.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr double kSumTolerance = 1e-9;

std::string Number(double number) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof(text), number).ptr);
}

Status Bad(const std::string& path, const std::string& what) {
  return Status(StatusCode::kBadInput, path + ": " + what);
}

bool AllWithin(const std::vector<double>& numbers, double low, double high) {
  return std::all_of(numbers.begin(), numbers.end(), [&](double p) { return p >= low && p <= high; });
}

Status CheckRows(const char* path, const std::vector<double>& rows) {
  if (rows.size() != kChannelSymbols * kChannelSymbols || !AllWithin(rows, 0, 1)) {
    return Bad(path, "expected 37 x 37 probabilities");
  }
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    double sum = 0;
    for (size_t b = 0; b < kChannelSymbols; ++b) sum += rows[a * kChannelSymbols + b];
    if (std::abs(sum - 1) > kSumTolerance) {
      return Bad(path, "row " + std::to_string(a) + " sums to " + Number(sum) + ", expected 1");
    }
  }
  return Status();
}

Status CheckErrors(const Channel& channel) {
  if (channel.error.size() != 3 * kChannelSymbols || !AllWithin(channel.error, 0, 1)) {
    return Bad("/misread", "expected 3 x 37 probabilities");
  }
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    for (const Doubt less : {Doubt::kCertain, Doubt::kProbable}) {
      const auto more = static_cast<Doubt>(static_cast<int>(less) + 1);
      if (channel.Error(a, less) <= channel.Error(a, more)) continue;
      return Bad("/misread", "symbol " + std::to_string(a) + ": more doubt has a lower rate: " +
                                 Number(channel.Error(a, less)) + ", then " + Number(channel.Error(a, more)));
    }
  }
  return Status();
}

// Everything that can start at a symbol of a mark but reading it.
Status CheckMoves(const Channel& channel) {
  std::map<char32_t, double> alone;           // By symbol.
  std::map<std::u32string, double> together;  // By symbol and right neighbour.
  for (const Rewrite& r : channel.rewrites) {
    if (r.mark.empty() || r.mark.size() > 2 || r.read.empty() || r.read.size() > 2 || !(r.p >= 0 && r.p <= 1)) {
      return Bad("/rewrites", "expected 1 or 2 symbols for 1 or 2, and a probability");
    }
    if (r.mark.size() == 1) {
      alone[r.mark[0]] += r.p;
    } else {
      together[r.mark] += r.p;
    }
  }
  const double always = channel.erase + channel.swap;
  const auto check = [&](const std::u32string& symbols, double p) {
    if (p <= 1) return Status();
    return Bad("/rewrites",
               "erase, swap and rewrites at " + ToUtf8(symbols) + " sum to " + Number(p) + ", expected at most 1");
  };
  if (Status status = check(U"a symbol", always); !status.ok()) return status;
  for (const auto& [symbol, p] : alone) {
    if (Status status = check(std::u32string(1, symbol), always + p); !status.ok()) return status;
  }
  for (const auto& [pair, p] : together) {
    const auto first = alone.find(pair[0]);
    const double both = always + p + (first == alone.end() ? 0 : first->second);
    if (Status status = check(pair, both); !status.ok()) return status;
  }
  return Status();
}

Status CheckStructure(const Structure& s) {
  const std::pair<const char*, const Affix*> affixes[] = {{"prefix_lost", &s.prefix_lost},
                                                          {"suffix_lost", &s.suffix_lost},
                                                          {"prefix_added", &s.prefix_added},
                                                          {"suffix_added", &s.suffix_added},
                                                          {"zeros_added", &s.zeros_added}};
  for (const auto& [name, affix] : affixes) {
    const std::string path = std::string("/structure/") + name;
    double sum = 0;
    for (const double p : affix->counts) sum += p;
    if (!(affix->p >= 0) || affix->counts.size() > 8 || !AllWithin(affix->counts, 0, 1)) {
      return Bad(path, "expected a probability and at most 8 counts");
    }
    const bool given = affix->p > 0 || !affix->counts.empty();
    if (given && std::abs(sum - 1) > kSumTolerance) {
      return Bad(path + "/counts", "the numbers sum to " + Number(sum) + ", expected 1");
    }
  }
  if (!AllWithin({s.zeros_lost, s.last_four, s.letters_lost, s.blocks_swapped}, 0, 1)) {
    return Bad("/structure", "expected probabilities");
  }
  if (s.Sum() > 1) return Bad("/structure", "the mistakes sum to " + Number(s.Sum()) + ", expected at most 1");
  return Status();
}

}  // namespace

Status CheckChannel(const Channel& channel) {
  if (channel.symbols != kChannelSymbols) return Bad("/", "expected a channel of 37 symbols");
  if (!AllWithin({channel.insert, channel.erase, channel.swap}, 0, 0.5) || channel.swap > 0.0075) {
    return Bad("/", "expected insert and erase from 0 to 0.5, swap from 0 to 0.0075");
  }
  if (!AllWithin({channel.truly_altered}, 0, 1)) return Bad("/alteration/truly_altered", "expected a probability");
  if (Status status = CheckErrors(channel); !status.ok()) return status;
  if (Status status = CheckRows("/confusion", channel.confusion); !status.ok()) return status;
  for (size_t a = 0; a < kBaseSymbols; ++a) {
    if (channel.confusion[a * kChannelSymbols + a] == 0) continue;
    return Bad("/confusion", "symbol " + std::to_string(a) + " is misread as itself");
  }
  if (Status status = CheckRows("/alteration", channel.alteration); !status.ok()) return status;
  if (Status status = CheckMoves(channel); !status.ok()) return status;
  return CheckStructure(channel.structure);
}

}  // namespace burin::internal
