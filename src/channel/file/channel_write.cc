// Channels as text: the full file, and the canonical text that is hashed.
//
// The canonical text holds every number that can change a result and nothing else, one value a line behind its path, in
// a fixed order. Numbers are the shortest decimals that read as the same double, so the text is the same on every
// machine.
#include "src/channel/file/channel_write.h"

#include "src/base/sha256.h"
#include "src/channel/file/channel_file.h"
#include "src/channel/file/channel_parts.h"
#include "src/text/strict_json.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr const char* kDoubts[] = {"certain", "probable", "possible"};

struct NamedAffix {
  const char* name;
  const Affix* affix;
};
struct NamedNumber {
  const char* name;
  double number;
};

std::vector<NamedAffix> AffixesOf(const Structure& s) {
  return {{"prefix_lost", &s.prefix_lost},
          {"suffix_lost", &s.suffix_lost},
          {"prefix_added", &s.prefix_added},
          {"suffix_added", &s.suffix_added},
          {"zeros_added", &s.zeros_added}};
}
std::vector<NamedNumber> NumbersOf(const Structure& s) {
  return {{"zeros_lost", s.zeros_lost},
          {"last_four", s.last_four},
          {"letters_lost", s.letters_lost},
          {"blocks_swapped", s.blocks_swapped}};
}
std::vector<NamedNumber> NumbersOf(const Channel& channel) {
  return {{"insert", channel.insert}, {"erase", channel.erase}, {"swap", channel.swap}};
}

// Numbers with commas between them.
std::string List(const double* numbers, size_t count) {
  std::string out;
  for (size_t i = 0; i < count; ++i) {
    if (i > 0) out += ", ";
    AppendJsonNumber(numbers[i], &out);
  }
  return out;
}
std::string List(const std::vector<double>& numbers) { return List(numbers.data(), numbers.size()); }

class Writer {
 public:
  explicit Writer(const ChannelFile& file) : file_(file), channel_(file.channel) {}

  std::string Write() {
    out_ = "{\n  \"burin_channel\": 1";
    Text("name", channel_.name);
    if (!file_.description.empty()) Text("description", file_.description);
    if (!file_.parent.empty()) Text("parent", file_.parent);
    WriteValidation();
    WriteProvenance();
    for (const auto& [name, number] : NumbersOf(channel_)) Member(name, List(&number, 1));
    WriteMisread();
    Member("confusion", "{\n    \"matrix\": " + Rows(channel_.confusion) + Reasons(file_.parts.confusion) + "\n  }");
    Member("alteration", "{\n    \"truly_altered\": " + List(&channel_.truly_altered, 1) + ",\n    \"matrix\": " +
                             Rows(channel_.alteration) + Reasons(file_.parts.alteration) + "\n  }");
    WriteRewrites();
    WriteStructure();
    return std::move(out_) + "\n}\n";
  }

 private:
  void Member(const std::string& name, const std::string& value) {
    out_ += ",\n  ";
    out_ += JsonText(name);
    out_ += ": ";
    out_ += value;
  }
  void Text(const char* name, const std::string& text) { Member(name, JsonText(text)); }

  void WriteValidation() {
    if (!file_.validated_by) return;
    const Validation& v = *file_.validated_by;
    Member("validated_by", "{\"set\": " + JsonText(v.set) + ", \"readings\": " + std::to_string(v.readings) +
                               ", \"log10_lr\": [" + List({v.log10_lr_low, v.log10_lr_high}) + "]}");
  }
  void WriteProvenance() {
    if (file_.provenance.empty()) return;
    std::string members;
    for (const auto& [member, text] : file_.provenance) {
      members += (members.empty() ? "\n    " : ",\n    ") + JsonText(member) + ": " + JsonText(text);
    }
    Member("provenance", "{" + members + "\n  }");
  }
  void WriteMisread() {
    std::string rows;
    for (size_t doubt = 0; doubt < 3; ++doubt) {
      rows += std::string(doubt == 0 ? "" : ",") + "\n    \"" + kDoubts[doubt] + "\": [" +
              List(&channel_.error[doubt * kChannelSymbols], kChannelSymbols) + "]";
    }
    Member("misread", "{" + rows + "\n  }");
  }
  static std::string Rows(const std::vector<double>& matrix) {
    std::string rows;
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      rows += std::string(a == 0 ? "" : ",") + "\n      \"" + SymbolName(a) + "\": [" +
              List(&matrix[a * kChannelSymbols], kChannelSymbols) + "]";
    }
    return "{" + rows + "\n    }";
  }
  static std::string Reasons(const std::vector<ConfusionPart>& parts) {
    if (parts.empty()) return "";
    std::string rows;
    for (size_t a = 0; a < kChannelSymbols; ++a) {
      rows += std::string(a == 0 ? "" : ",") + "\n      \"" + SymbolName(a) + "\": \"";
      for (size_t b = 0; b < kChannelSymbols; ++b) rows += LetterOf(parts[a * kChannelSymbols + b]);
      rows += '"';
    }
    return ",\n    \"reasons\": {" + rows + "\n    }";
  }
  void WriteRewrites() {
    if (channel_.rewrites.empty()) return;
    std::string rewrites;
    for (const Rewrite& r : channel_.rewrites) {
      rewrites += (rewrites.empty() ? "\n    [" : ",\n    [") + JsonText(ToUtf8(r.mark)) + ", " +
                  JsonText(ToUtf8(r.read)) + ", " + List(&r.p, 1) + "]";
    }
    Member("rewrites", "[" + rewrites + "\n  ]");
  }
  void WriteStructure() {
    std::string members;
    const auto add = [&](const char* name, const std::string& value) {
      members += std::string(members.empty() ? "\n    \"" : ",\n    \"") + name + "\": " + value;
    };
    for (const auto& [name, affix] : AffixesOf(channel_.structure)) {
      if (affix->counts.empty()) continue;
      add(name, "{\"p\": " + List(&affix->p, 1) + ", \"counts\": [" + List(affix->counts) + "]}");
    }
    for (const auto& [name, number] : NumbersOf(channel_.structure)) {
      if (number > 0) add(name, List(&number, 1));
    }
    if (!members.empty()) Member("structure", "{" + members + "\n  }");
  }

  const ChannelFile& file_;
  const Channel& channel_;
  std::string out_;
};

void AppendLine(const std::string& path, const std::string& value, std::string* out) {
  *out += path + " " + value + "\n";
}

std::string CanonicalText(const Channel& channel, const std::optional<Validation>& validated_by) {
  std::string out = "burin channel 1\n";
  for (const auto& [name, number] : NumbersOf(channel)) AppendLine(name, List(&number, 1), &out);
  AppendLine("truly_altered", List(&channel.truly_altered, 1), &out);
  AppendLine("misread", List(channel.error), &out);
  AppendLine("confusion", List(channel.confusion), &out);
  AppendLine("alteration", List(channel.alteration), &out);
  for (const Rewrite& r : channel.rewrites) {
    AppendLine("rewrite " + ToUtf8(r.mark) + " " + ToUtf8(r.read), List(&r.p, 1), &out);
  }
  for (const auto& [name, affix] : AffixesOf(channel.structure)) {
    AppendLine(name, List(&affix->p, 1) + " of " + List(affix->counts), &out);
  }
  for (const auto& [name, number] : NumbersOf(channel.structure)) AppendLine(name, List(&number, 1), &out);
  if (validated_by) {
    AppendLine("log10_lr", List({validated_by->log10_lr_low, validated_by->log10_lr_high}), &out);
  }
  return out;
}

}  // namespace

std::string WriteChannelFile(const ChannelFile& file) { return Writer(file).Write(); }

Result<std::string> HashChannel(const Channel& channel, const std::optional<Validation>& validated_by) {
  return Sha256Hex(CanonicalText(channel, validated_by));
}

}  // namespace burin::internal
