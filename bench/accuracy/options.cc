#include "bench/accuracy/options.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <string_view>

namespace burin::accuracy {

const char* const kUsage =
    "usage: burin_accuracy (--csv FILE [--column NAME] | --makers N) [OPTION]...\n"
    "  --csv FILE            a CSV file whose column of serials is the registry; - is standard input\n"
    "  --column NAME         that column (serial)\n"
    "  --makers N            instead: N serials as 300 makers stamp them, in dense runs\n"
    "  --noise NAME          desk: the bench's own model; channel: at a channel's rates; pairs: real corrections, "
    "added\n"
    "                        to the registry; may be given again (desk, channel)\n"
    "  --rates A=P,...       rates of `channel`: insert, erase, swap, misread, look_alike_mass (those of typed)\n"
    "  --rates-times X       all of its rates but look_alike_mass, times X (1)\n"
    "  --ranker NAME         burin, osa, jaro-winkler, trigram, knower; may be given again (all)\n"
    "  --channel NAME        the channel that burin searches with (typed)\n"
    "  --train               train that channel first, from as many readings of one half of the registry; everybody is "
    "asked\n"
    "                        about the other half\n"
    "  --readings N          readings drawn for each noise (5000)\n"
    "  --open-share P        share of records removed for the open set; 0: no open set (0.1)\n"
    "  --seed N              of everything drawn (1)\n"
    "  --threads N           readings asked at once; figures do not depend on it (1)\n"
    "  --data FOLDER         where emnist_confusion_counts.csv and correction_pairs.csv are\n"
    "  --ndjson              one JSON object a row instead of tables\n"
    "Exit codes: 0; 2 wrong usage; 3 bad input; 5 a file cannot be read.\n";

namespace {

constexpr std::string_view kNoises[] = {"desk", "channel", "pairs"};
constexpr std::string_view kRankers[] = {"burin", "osa", "jaro-winkler", "trigram", "knower"};

template <typename Number>
bool Parse(std::string_view text, Number* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

bool ParseCount(std::string_view text, size_t* count) { return Parse(text, count) && *count > 0; }

bool ParseShare(std::string_view text, double* share) { return Parse(text, share) && *share >= 0 && *share < 1; }

template <size_t kCount>
bool ParseName(std::string_view value, const std::string_view (&names)[kCount], std::vector<std::string>* given) {
  if (std::find(std::begin(names), std::end(names), value) == std::end(names)) return false;
  given->emplace_back(value);
  return true;
}

bool ParseRates(std::string_view text, ChannelRates* rates) {
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    const size_t sign = one.find('=');
    if (sign == std::string_view::npos) return false;
    const std::string_view name = one.substr(0, sign);
    double* rate = name == "insert"            ? &rates->insert
                   : name == "erase"           ? &rates->erase
                   : name == "swap"            ? &rates->swap
                   : name == "misread"         ? &rates->misread
                   : name == "look_alike_mass" ? &rates->look_alike_mass
                                               : nullptr;
    if (rate == nullptr || !ParseShare(one.substr(sign + 1), rate)) return false;
  }
  rates->name = "channel";
  return rates->erase + rates->swap < 1;
}

bool TimesRates(std::string_view text, ChannelRates* rates) {
  double factor = 0;
  if (!Parse(text, &factor) || factor <= 0) return false;
  for (double* rate : {&rates->insert, &rates->erase, &rates->swap, &rates->misread}) *rate *= factor;
  rates->name += "_x" + std::string(text);
  return rates->insert < 1 && rates->erase + rates->swap < 1 && rates->misread < 1;
}

// False: it is no option, or not such a value.
bool ParseValue(std::string_view name, std::string_view value, Options* options) {
  if (name == "--csv") options->csv = value;
  if (name == "--column") options->column = value;
  if (name == "--channel") options->burin.channel = value;
  if (name == "--data") options->data = value;
  if (name == "--csv" || name == "--column" || name == "--channel" || name == "--data") return !value.empty();
  if (name == "--makers") return ParseCount(value, &options->makers);
  if (name == "--noise") return ParseName(value, kNoises, &options->noises);
  if (name == "--ranker") return ParseName(value, kRankers, &options->rankers);
  if (name == "--rates") return ParseRates(value, &options->rates);
  if (name == "--rates-times") return TimesRates(value, &options->rates);
  if (name == "--readings") return ParseCount(value, &options->readings);
  if (name == "--open-share") return ParseShare(value, &options->open_share);
  if (name == "--seed") return Parse(value, &options->seed);
  if (name == "--threads") return ParseCount(value, &options->threads) && options->threads <= 256;
  return false;
}

}  // namespace

bool Options::ranks(std::string_view ranker) const {
  return std::find(rankers.begin(), rankers.end(), ranker) != rankers.end();
}

bool ParseOptions(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--ndjson") {
      options->ndjson = true;
    } else if (name == "--train") {
      options->train = true;
    } else if (i + 1 == argc || !ParseValue(name, argv[i + 1], options)) {
      std::fprintf(stderr, "burin_accuracy: cannot understand '%s'\n", argv[i]);
      return false;
    } else {
      ++i;
    }
  }
  if (options->csv.empty() == (options->makers == 0)) {
    std::fprintf(stderr, "burin_accuracy: needs one of --csv and --makers\n");
    return false;
  }
  if (options->noises.empty()) options->noises = {"desk", "channel"};
  if (options->rankers.empty()) options->rankers.assign(std::begin(kRankers), std::end(kRankers));
  return true;
}

}  // namespace burin::accuracy
