#include "src/channel/file/channel_file.h"

#include <algorithm>
#include <utility>

#include "src/channel/file/channel_check.h"
#include "src/channel/file/channel_inherit.h"
#include "src/channel/file/channel_parts.h"
#include "src/channel/file/channel_write.h"
#include "src/mark/fold/fold.h"
#include "src/text/strict_json.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr std::string_view kMembers[] = {"burin_channel", "name",         "description", "provenance", "extends",
                                         "parent",        "validated_by", "rate",        "shares",     "insert",
                                         "erase",         "swap",         "misread",     "strokes",    "confusion",
                                         "alteration",    "rewrites",     "structure"};
constexpr const char* kDoubts[] = {"certain", "probable", "possible"};

constexpr size_t kMaxTextBytes = 2000;
constexpr uint64_t kMaxReadings = 1000000000000;
constexpr double kMaxLog10Lr = 300;
constexpr size_t kMaxFactors = 100;
constexpr size_t kMaxAffix = 8;
// Of rates a symbol that are no shares of others: more is no channel but noise.
constexpr double kMaxRate = 0.5;
// Above this the compiler refuses a channel (docs/design.md, "The last symbol of a mark cannot be swapped").
constexpr double kMaxSwap = 0.0075;

class FileReader {
 public:
  FileReader(const Json& document, std::string_view name) : root_{&document, ""}, in_(name) {}

  Result<ChannelFile> Read(std::string parent) {
    file_.parent = std::move(parent);
    if (in_.Object(root_, kMembers)) {
      ReadTexts();
      ReadRates();
      ReadMatrices();
      if (root_.Has("rewrites")) ReadRewrites(root_["rewrites"]);
      if (root_.Has("structure")) ReadStructure(root_["structure"]);
    }
    if (!in_.ok()) return in_.status();
    return std::move(file_);
  }

 private:
  void ReadTexts() {
    if (!root_.Has("name")) return in_.Fail("", "expected a member \"name\"");
    const JsonAt name = root_["name"];
    Channel& channel = file_.channel;
    channel.symbols = kChannelSymbols;
    channel.name = in_.Text(name, 1, 64);
    const bool plain = std::all_of(channel.name.begin(), channel.name.end(), [](unsigned char c) {
      return c < 128 && (BaseIndex(c) < kBaseSymbols || (c >= 'a' && c <= 'z') || c == '_' || c == '-');
    });
    if (!plain) in_.Expected(name, "a name of A-Z, a-z, 0-9, _ and -");
    if (root_.Has("description")) file_.description = in_.Text(root_["description"], 0, kMaxTextBytes);
    if (root_.Has("parent")) file_.parent = in_.Text(root_["parent"], 1, 64);
    if (root_.Has("provenance")) ReadProvenance(root_["provenance"]);
    if (root_.Has("validated_by")) ReadValidation(root_["validated_by"]);
  }
  void ReadProvenance(const JsonAt& at) {
    if (!in_.Object(at, kMembers)) return;
    for (const auto& [member, text] : at.value->items()) {
      file_.provenance[member] = in_.Text(at[member], 1, kMaxTextBytes);
    }
  }
  void ReadValidation(const JsonAt& at) {
    if (!in_.Object(at, {"set", "readings", "log10_lr"})) return;
    for (const char* member : {"set", "readings", "log10_lr"}) {
      if (!at.Has(member)) return in_.Fail(at.path, std::string("expected a member \"") + member + "\"");
    }
    Validation validation;
    validation.set = in_.Text(at["set"], 1, kMaxTextBytes);
    const JsonAt readings = at["readings"], limits = at["log10_lr"];
    if (!readings.value->is_number_unsigned() || *readings.value < 1 || *readings.value > kMaxReadings) {
      return in_.Expected(readings, "a whole number from 1");
    }
    validation.readings = readings.value->get<uint64_t>();
    if (!in_.Array(limits, 2, 2, "numbers, the lowest and the highest")) return;
    validation.log10_lr_low = in_.Number(limits[size_t{0}], -kMaxLog10Lr, kMaxLog10Lr);
    validation.log10_lr_high = in_.Number(limits[size_t{1}], validation.log10_lr_low, kMaxLog10Lr);
    file_.validated_by = validation;
  }

  // insert, erase, swap and the rate of certain symbols: each stated, or its share of the rate.
  void ReadRates() {
    const double rate = root_.Has("rate") ? in_.Number(root_["rate"], 0, kMaxRate) : 0;
    Shares shares;
    if (root_.Has("rate") != root_.Has("shares")) {
      return in_.Fail("", "\"rate\" and \"shares\" go together: expected both or neither");
    }
    if (root_.Has("rate")) shares = ReadShares(root_["shares"]);
    const auto of = [&](const char* member, double share, double most) {
      if (root_.Has(member)) return in_.Number(root_[member], 0, most);
      if (!root_.Has("rate")) in_.Fail("", std::string("expected a member \"") + member + "\", or \"rate\"");
      const double part = rate * share / shares.sum;
      if (part > most) {
        in_.Fail("/rate", std::string("its share for ") + member + " is too large: expected \"" + member + "\" itself");
      }
      return part;
    };
    Channel& channel = file_.channel;
    channel.insert = of("insert", shares.insert, kMaxRate);
    channel.erase = of("erase", shares.erase, kMaxRate);
    channel.swap = of("swap", shares.swap, kMaxSwap);
    if (!root_.Has("misread")) return in_.Fail("", "expected a member \"misread\"");
    ReadMisread(root_["misread"], rate * shares.misread / shares.sum);
  }
  // What the errors are, in any unit: their sum makes them parts.
  struct Shares {
    double misread = 0, insert = 0, erase = 0, swap = 0, sum = 1;
  };
  Shares ReadShares(const JsonAt& at) {
    Shares shares;
    if (!in_.Object(at, {"misread", "insert", "erase", "swap"})) return shares;
    const auto number = [&](const char* member) { return at.Has(member) ? in_.Number(at[member], 0, 1) : 0; };
    shares.misread = number("misread");
    shares.insert = number("insert");
    shares.erase = number("erase");
    shares.swap = number("swap");
    const double sum = shares.misread + shares.swap + shares.erase + shares.insert;
    if (!(sum > 0)) in_.Fail(at.path, "the shares sum to 0");
    if (sum > 0) shares.sum = sum;
    return shares;
  }

  void ReadMisread(const JsonAt& at, double certain) {
    if (!in_.Object(at, {"certain", "probable", "possible", "factors", "cap"})) return;
    const double cap = at.Has("cap") ? in_.Number(at["cap"], 0, 0.999) : 0.999;
    const std::vector<double> factors =
        at.Has("factors") ? ReadFactors(at["factors"]) : std::vector<double>(kChannelSymbols, 1);
    std::vector<double>& error = file_.channel.error;
    for (const char* doubt : kDoubts) {
      if (at.Has(doubt) && at[doubt].value->is_array()) {
        const std::vector<double> row = ReadRow(at[doubt], 0.999, &in_);
        error.insert(error.end(), row.begin(), row.end());
        continue;
      }
      double rate = certain;
      if (at.Has(doubt)) {
        rate = in_.Number(at[doubt], 0, 0.999);
      } else if (doubt != kDoubts[0] || !root_.Has("rate")) {
        in_.Fail(at.path, std::string("expected a member \"") + doubt + "\"");
      }
      for (size_t a = 0; a < kChannelSymbols; ++a) error.push_back(std::min(rate * factors[a], cap));
    }
  }
  // By symbol; of several factors for one the last counts.
  std::vector<double> ReadFactors(const JsonAt& at) {
    std::vector<double> factors(kChannelSymbols, 1);
    if (!in_.Array(at, 0, kMaxFactors, "objects")) return factors;
    for (size_t i = 0; i < at.value->size(); ++i) {
      const JsonAt factor = at[i];
      if (!in_.Object(factor, {"symbols", "times"})) break;
      if (!factor.Has("symbols") || !factor.Has("times")) {
        in_.Fail(factor.path, "expected the members \"symbols\" and \"times\"");
        break;
      }
      const double times = in_.Number(factor["times"], 0, 1000);
      const JsonAt symbols = factor["symbols"];
      if (*symbols.value == "other") {
        factors[kBaseSymbols] = times;
      } else {
        for (const size_t symbol : ReadBaseSymbols(symbols, &in_)) factors[symbol] = times;
      }
      if (!in_.ok()) break;
    }
    return factors;
  }

  void ReadMatrices() {
    const Json none = Json::object();
    Relation gain;
    const bool strokes = root_.Has("strokes");
    if (strokes) gain = ReadStrokes(root_["strokes"], &in_);
    const Relation* relation = strokes ? &gain : nullptr;
    const JsonAt confusion = root_.Has("confusion") ? root_["confusion"] : JsonAt{&none, "/confusion"};
    const JsonAt alteration = root_.Has("alteration") ? root_["alteration"] : JsonAt{&none, "/alteration"};
    Channel& channel = file_.channel;
    MixtureRows rows = ReadRows(confusion, Rest::kUnrelated, relation, &in_);
    channel.confusion = std::move(rows.p);
    file_.parts.confusion = std::move(rows.parts);
    rows = ReadRows(alteration, Rest::kAny, relation, &in_);
    channel.alteration = std::move(rows.p);
    file_.parts.alteration = std::move(rows.parts);
    if (alteration.Has("truly_altered")) channel.truly_altered = in_.Number(alteration["truly_altered"], 0, 1);
  }

  void ReadRewrites(const JsonAt& at) {
    if (!in_.Array(at, 0, kMaxRewrites, "rewrites")) return;
    std::vector<Rewrite>& rewrites = file_.channel.rewrites;
    for (size_t i = 0; i < at.value->size() && in_.ok(); ++i) {
      const JsonAt given = at[i];
      if (!in_.Array(given, 3, 3, "values: what the mark has, what is read, the probability")) return;
      Rewrite rewrite = {ReadSymbols(given[size_t{0}]), ReadSymbols(given[size_t{1}]), 0};
      rewrite.p = in_.Number(given[size_t{2}], 0, 1);
      const std::u32string swapped(rewrite.mark.rbegin(), rewrite.mark.rend());
      if (in_.ok() && (rewrite.read == rewrite.mark || rewrite.read == swapped)) {
        in_.Fail(given.path, "the same symbols, or the same swapped, are no rewrite");
      }
      const auto same = [&](const Rewrite& r) { return r.mark == rewrite.mark && r.read == rewrite.read; };
      if (std::any_of(rewrites.begin(), rewrites.end(), same)) in_.Fail(given.path, "this rewrite comes twice");
      rewrites.push_back(std::move(rewrite));
    }
    std::sort(rewrites.begin(), rewrites.end(),
              [](const Rewrite& a, const Rewrite& b) { return a.mark != b.mark ? a.mark < b.mark : a.read < b.read; });
  }
  std::u32string ReadSymbols(const JsonAt& at) {
    const std::string text = in_.Text(at, 1, 16);
    std::u32string symbols, folded;
    if (!in_.ok()) return symbols;
    // By the oldest folding, so that channels that name its symbols stay what they are. In marks of a later one some of
    // these do not occur: then nothing is rewritten to or from them.
    const bool utf8 = DecodeAll(text, &symbols) && FoldSerial(text, &folded, kOldestFolding);
    if (!utf8 || folded != symbols || symbols.size() > 2) {
      in_.Expected(at, "1 or 2 symbols as folding leaves them (" + ToUtf8(folded.substr(0, 2)) + ")");
    }
    return symbols;
  }

  void ReadStructure(const JsonAt& at) {
    Structure& s = file_.channel.structure;
    if (!in_.Object(at, {"prefix_lost", "suffix_lost", "prefix_added", "suffix_added", "zeros_added", "zeros_lost",
                         "last_four", "letters_lost", "blocks_swapped"})) {
      return;
    }
    ReadAffix(at, "prefix_lost", &s.prefix_lost);
    ReadAffix(at, "suffix_lost", &s.suffix_lost);
    ReadAffix(at, "prefix_added", &s.prefix_added);
    ReadAffix(at, "suffix_added", &s.suffix_added);
    ReadAffix(at, "zeros_added", &s.zeros_added);
    const auto number = [&](const char* member) { return at.Has(member) ? in_.Number(at[member], 0, kMaxRate) : 0; };
    s.zeros_lost = number("zeros_lost");
    s.last_four = number("last_four");
    s.letters_lost = number("letters_lost");
    s.blocks_swapped = number("blocks_swapped");
  }
  void ReadAffix(const JsonAt& structure, const char* member, Affix* affix) {
    if (!structure.Has(member) || !in_.ok()) return;
    const JsonAt at = structure[member];
    if (!in_.Object(at, {"p", "counts"})) return;
    if (!at.Has("p") || !at.Has("counts")) return in_.Fail(at.path, "expected the members \"p\" and \"counts\"");
    affix->p = in_.Number(at["p"], 0, kMaxRate);
    const JsonAt counts = at["counts"];
    if (!in_.Array(counts, 1, kMaxAffix, "numbers: the probability of 1 symbol, of 2, ...")) return;
    for (size_t i = 0; i < counts.value->size(); ++i) affix->counts.push_back(in_.Number(counts[i], 0, 1));
    while (affix->counts.size() > 1 && affix->counts.back() == 0) affix->counts.pop_back();
  }

  JsonAt root_;
  JsonReader in_;
  ChannelFile file_;
};

}  // namespace

Result<ChannelFile> ParseChannelFile(std::string_view json, std::string_view name, const ChannelTexts& parents) {
  std::string parent;
  const Result<Json> document = ReadInherited(json, name, parents, &parent);
  if (!document.ok()) return document.status();
  Result<ChannelFile> file = FileReader(*document, name).Read(std::move(parent));
  if (!file.ok()) return file;
  if (Status status = CheckChannel(file->channel); !status.ok()) {
    return Status(status.code(), std::string(name) + ": " + status.message());
  }
  Result<std::string> hash = HashChannel(file->channel, file->validated_by);
  if (!hash.ok()) return hash.status();
  file->hash = *std::move(hash);
  return file;
}

}  // namespace burin::internal
