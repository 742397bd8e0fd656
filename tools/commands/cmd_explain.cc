// burin explain: why does a reading cost what it costs against one record, or against a serial that is in no index?
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <iterator>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/paths.h"
#include "tools/match/alignment_rows.h"
#include "tools/match/attributes.h"
#include "tools/match/match_options.h"
#include "tools/match/reason_rows.h"

namespace burin::tool {
namespace {

struct ExplainOptions {
  std::vector<std::string> given;  // INDEX and PATTERN, or PATTERN alone.
  uint64_t record = 0;
  std::string key;
  std::string source;
  bool any_source = true;
  std::string serial;
  bool check = false;
  MatchOptions match;  // Of costs and of the reading.
};

// What the lines of an answer are made from.
struct Explanation {
  const std::string& pattern;
  const Reading& reading;
  Result* result;
  bool unit;
  const Attributes* attributes;                       // nullptr: of no record.
  std::optional<burin_weight> weight = std::nullopt;  // Of the one record, if evidence weighed it.
  std::optional<burin_evidence> evidence = std::nullopt;
};

[[noreturn]] void Usage(const std::string& line) { throw Failure(kUsage, "explain: " + line); }

// The records with a key, and of a source if one is named.
uint64_t RecordOf(const Index& index, const ExplainOptions& options) {
  std::vector<uint64_t> found;
  const uint32_t source = index.FindAttribute("source");
  for (uint64_t id = 1; id <= index.info().records; ++id) {
    if (id % 65536 == 0) CheckInterrupt();
    if (index.key(id) != options.key) continue;
    const std::string_view of = source == BURIN_NO_ATTRIBUTE ? "" : index.attribute_text(id, source);
    if (options.any_source || of == options.source) found.push_back(id);
  }
  if (found.empty()) throw Failure(kNoHit, "explain: no record has the key '" + options.key + "'");
  if (found.size() > 1) {
    std::string ids;
    for (size_t i = 0; i < std::min<size_t>(found.size(), 5); ++i) ids += (i == 0 ? "" : ", ") + Number(found[i]);
    Usage(Number(found.size()) + " records have the key '" + options.key + "': choose by --source or --record (" + ids +
          (found.size() > 5 ? ", ..." : "") + ")");
  }
  return found[0];
}

// The commonest makers' formats that a serial fits.
std::vector<burin_format> FormatsOf(const Formats& formats, std::string_view serial) {
  std::vector<burin_format> fitting;
  for (const uint32_t number : formats.MatchSerial(serial)) fitting.push_back(formats[number]);
  std::stable_sort(fitting.begin(), fitting.end(),
                   [](const burin_format& a, const burin_format& b) { return a.seen > b.seen; });
  return fitting;
}

std::string NameOf(const burin_format& format) {
  std::string name = *format.maker == 0 ? "no maker named" : format.maker;
  if (*format.model != 0) name += std::string(" ") + format.model;
  return name;
}

void AppendFormats(const std::vector<burin_format>& fitting, std::string* out) {
  constexpr size_t kShown = 5;
  if (fitting.empty()) {
    *out += "Fits no known maker's format; that proves nothing.\n";
    return;
  }
  *out += "Fits " + Counted(fitting.size(), "known format") + " of makers";
  for (size_t i = 0; i < std::min(kShown, fitting.size()); ++i) {
    *out += (i == 0 ? ": " : "; ") + Printable(NameOf(fitting[i])) + " (" + Printable(fitting[i].words) + ")";
  }
  *out += fitting.size() > kShown ? "; ...\n" : "\n";
}

// The likelihood ratio of the record, with both propositions in words.
void AppendWeight(const Explanation& explained, std::string* out) {
  if (!explained.weight) {
    *out += "log10 LR: not weighed: it costs so much more than the best possible that it was not looked at.\n";
    return;
  }
  const burin_weight& w = *explained.weight;
  char digits[32];
  std::snprintf(digits, sizeof(digits), "%.2f", w.log10_lr);
  *out += std::string("log10 LR ") + digits;
  if ((w.flags & BURIN_WEIGHT_CAPPED) != 0) *out += " (limit of the channel's validation)";
  *out += (w.flags & BURIN_WEIGHT_NOT_EXCLUDED) != 0 ? ", not excluded: " : ", excluded: ";
  *out += std::string("\"") + burin_proposition_same() + "\" against \"" + burin_proposition_other() +
          "\", population of " + Counted(explained.evidence->population, "record") + "\n";
}

void AppendTableOf(const Explanation& explained, size_t i, const Formats& formats, std::string* out) {
  Result* result = explained.result;
  const burin_match& match = result->matches()[i];
  const bool partial = (match.flags & BURIN_MATCH_PARTIAL) != 0;
  *out += Printable(result->serial(i)) + "   ";
  *out += explained.unit ? Counted(match.edits, "edit") : "cost " + RoundNats(match.cost) + " nats";
  if (explained.attributes != nullptr) {
    *out += "   record " + Number(match.record_id) + "   key " + Printable(result->key(i));
    if (!result->source(i).empty()) *out += "   source " + Printable(result->source(i));
  }
  *out += partial ? "   partial record\n" : "\n";
  if (result->text(i) != result->serial(i)) *out += "  recorded as " + Printable(result->text(i)) + "\n";
  if (explained.attributes != nullptr) {
    const std::string attributes = explained.attributes->Words(match.record_id);
    if (!attributes.empty()) *out += "  " + attributes + "\n";
  }
  const AlignmentRows rows = Align(result, i, explained.reading, false);
  *out += "        reading  " + rows.reading + "\n        serial   " + rows.serial + "\n";
  if (!rows.marks.empty()) *out += "                 " + rows.marks + "\n";
  std::vector<Difference> all = DifferencesOf(result, i);
  uint32_t differences = 0;
  for (const Difference& difference : all) differences += difference.cost;
  if (all.empty()) *out += "  No difference.\n";
  if (!explained.unit) {
    all.push_back({"what was read as recorded, and that nothing else happened", match.cost - differences});
  }
  AppendReasonLines(all, explained.unit, out);
  if (explained.attributes != nullptr && !explained.unit) AppendWeight(explained, out);
  if (!partial) AppendFormats(FormatsOf(formats, result->serial(i)), out);
}

std::string TableOf(const Explanation& explained, const Formats& formats) {
  std::string out = "Reading: " + Printable(explained.pattern) + "\n  " + Printable(explained.reading.words()) + "\n";
  if (!explained.unit) {
    out += "Channel: " + std::string(explained.result->channel_name()) + " (" +
           std::string(explained.result->channel_hash().substr(0, 16)) + "...)\n";
  }
  for (size_t i = 0; i < explained.result->matches().size(); ++i) {
    out += '\n';
    AppendTableOf(explained, i, formats, &out);
  }
  if (explained.result->matches().empty()) out += "\nThis mark cannot be read so, or there is none.\n";
  return out;
}

void AppendText(const char* name, std::string_view text, std::string* out) {
  AppendJsonName(name, out);
  AppendJson(text, out);
}

void AppendDouble(double number, std::string* out) {
  char digits[32];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number + 0.0, std::chars_format::general, 6).ptr;
  out->append(digits, end);
}

std::string JsonOf(const Explanation& explained, size_t i, const Formats& formats) {
  Result* result = explained.result;
  const burin_match& match = result->matches()[i];
  std::string out = "{";
  AppendText("query", explained.pattern, &out);
  AppendText("words", explained.reading.words(), &out);
  if (!explained.unit) {
    AppendJsonName("channel", &out);
    out += "{";
    AppendText("name", result->channel_name(), &out);
    AppendText("hash", result->channel_hash(), &out);
    out += "}";
  }
  if (explained.attributes != nullptr) {
    AppendText("record_id", Number(match.record_id), &out);
    AppendText("key", result->key(i), &out);
    AppendText("source", result->source(i), &out);
  }
  AppendText("serial", result->serial(i), &out);
  AppendText("text", result->text(i), &out);
  AppendJsonName("cost", &out);
  out += explained.unit ? Number(match.cost) : Nats(match.cost);
  if (explained.unit) {
    AppendJsonName("edits", &out);
    AppendNumber(match.edits, &out);
  }
  if (explained.weight) {
    AppendJsonName("log10_lr", &out);
    AppendDouble(explained.weight->log10_lr, &out);
    AppendText("proposition_1", burin_proposition_same(), &out);
    AppendText("proposition_2", burin_proposition_other(), &out);
    AppendJsonName("population", &out);
    AppendNumber(explained.evidence->population, &out);
  }
  AppendJsonName("alignment", &out);
  AppendJsonAlignment(result, i, explained.reading, explained.unit, &out);
  if ((match.flags & BURIN_MATCH_PARTIAL) == 0) {
    AppendJsonName("formats", &out);
    out += '[';
    for (const burin_format& format : FormatsOf(formats, result->serial(i))) {
      out += out.back() == '[' ? "{" : ",{";
      AppendText("maker", format.maker, &out);
      AppendText("model", format.model, &out);
      AppendText("pattern", format.pattern, &out);
      AppendText("words", format.words, &out);
      out += '}';
    }
    out += ']';
  } else {
    AppendJsonName("partial", &out);
    out += "true";
  }
  return out + "}\n";
}

int Answer(const Explanation& explained, const OutputOptions& options) {
  const Formats formats;
  std::string text;
  if (options.format == "ndjson") {
    for (size_t i = 0; i < explained.result->matches().size(); ++i) text += JsonOf(explained, i, formats);
  } else {
    text = TableOf(explained, formats);
  }
  Output output;
  output.Write(text);
  output.Flush();
  return explained.result->matches().empty() ? kNoHit : kDone;
}

// What the record weighs among all that the search weighs.
void Weigh(Searcher* searcher, Search search, uint64_t record, Explanation* explained) {
  search.evidence = true;
  search.top = std::numeric_limits<uint64_t>::max();
  search.cancel = [] { return Interrupted() != 0; };
  const Result found = searcher->Find(explained->reading, search);
  CheckInterrupt();
  explained->evidence = EvidenceOf(found);
  for (size_t i = 0; i < found.matches().size(); ++i) {
    if (found.matches()[i].record_id == record) explained->weight = WeightsOf(found)[i];
  }
}

void CheckUse(const ExplainOptions& options) {
  const int ways = (options.record != 0) + !options.key.empty() + !options.serial.empty();
  if (ways != 1) Usage("expected one of --record, --key and --serial");
  const size_t expected = options.serial.empty() ? 2 : 1;
  if (options.given.size() != expected) {
    Usage(options.serial.empty() ? "expected INDEX and PATTERN" : "--serial is in no index: expected PATTERN alone");
  }
  if (!options.any_source && options.key.empty()) Usage("--source belongs to --key");
}

int Explain(const ExplainOptions& options) {
  CheckUse(options);
  Paths("explain")
      .ReadsIndex("INDEX", options.serial.empty() ? options.given[0] : "")
      .Reads("--channel", IsChannelFile(options.match.channel) ? options.match.channel : "")
      .Check();
  MatchOptions match = options.match;
  match.pattern = options.given.back();
  match.has_pattern = true;
  const MatchPlan plan = PlanMatch(match);
  std::optional<Reading> reading;
  try {
    reading.emplace(match.pattern, plan.reading);
  } catch (const Exception& exception) {
    throw FailureOf(exception, "PATTERN");
  }
  try {
    if (!options.serial.empty()) {
      Result result = ExplainText(*reading, options.serial, plan.search);
      return Answer({match.pattern, *reading, &result, plan.unit, nullptr}, options.match.output);
    }
    const Index index(options.given[0], CheckedOptions(options.check));
    const uint64_t record = options.key.empty() ? options.record : RecordOf(index, options);
    if (record > index.info().records) {
      Usage("--record: there are " + Counted(index.info().records, "record") + ", none is " + Number(record));
    }
    Searcher searcher(index);
    Result result = burin::Explain(searcher, *reading, record, plan.search);
    const Attributes attributes(index);
    Explanation explained = {match.pattern, *reading, &result, plan.unit, &attributes};
    if (!plan.unit) Weigh(&searcher, plan.search, record, &explained);
    return Answer(explained, options.match.output);
  } catch (const Exception& exception) {
    throw FailureOf(exception, CodeOf(exception.code()) == kCorrupt ? "" : "explain");
  }
}

constexpr char kFooter[] =
    "Says how the reading lies over the mark, why each difference may have come about and what it costs, and what\n"
    "makers' formats the mark fits. Whatever it says, it identifies nothing.\n\n"
    "Examples:\n"
    "  burin explain marks.burin 'A1?[38]4*' --record 17\n"
    "  burin explain marks.burin 'A1?[38]4*' --key W-7 --source lab --channel worn\n"
    "  burin explain 'A1?[38]4*' --serial A12384 --channel etched\n"
    "  burin explain 'A1?[38]4*' --serial A12384 --metric osa\n\n"
    "Exit codes: 0 explained; 1 no such key, or a mark that cannot be read so; 2 usage; 4 corrupt index; 5 missing.\n";

}  // namespace

void AddExplain(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("explain", "Explain a reading against one record or serial");
  auto options = std::make_shared<ExplainOptions>();
  command->add_option("INDEX PATTERN", options->given, "The index and what could be read; with --serial PATTERN alone")
      ->expected(1, 2)
      ->required();
  command->add_option("--record", options->record, "The record with this id")->check(CLI::PositiveNumber);
  command->add_option("--key", options->key, "The record with this key");
  CLI::Option* const source = command->add_option("--source", options->source, "With --key: of this source");
  command->add_option("--serial", options->serial, "This serial, which is in no index");
  MatchOptions* const match = &options->match;
  command->add_option("--channel", match->channel, "How readings go wrong, as for match; default typed");
  command->add_option("--metric", match->metric, "Count edits instead: osa, levenshtein, hamming")
      ->check(CLI::IsMember({"osa", "levenshtein", "hamming"}));
  command->add_option("--length", match->length, "Symbols of the whole mark: N or M..N");
  command->add_flag("--part{any}", match->part, "The pattern is a part of the mark, as for match");
  AddCheckOption(command, &options->check);
  command->add_flag("--ncic", match->ncic, "Compare as NCIC does, as for match");
  command->add_option("--format", options->match.output.format, "table (default), ndjson")
      ->check(CLI::IsMember({"table", "ndjson"}));
  command->footer(kFooter);
  command->callback([options, source, run] {
    options->any_source = source->count() == 0;
    *run = [options] { return Explain(*options); };
  });
}

}  // namespace burin::tool
