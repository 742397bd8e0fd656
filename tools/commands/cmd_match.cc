// burin match: which records does a reading not exclude?
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/now.h"
#include "tools/io/paths.h"
#include "tools/io/pending_file.h"
#include "tools/match/answer.h"
#include "tools/match/match_options.h"
#include "tools/match/match_run.h"
#include "tools/match/queries.h"

namespace burin::tool {
namespace {

constexpr char kFooter[] =
    "In a pattern ? is a character that cannot be read, * any number of them, [38] one or the other, (47|A7) either,\n"
    "8~ probable, 8~~ possible, 8!3 looks altered with 3 beneath. A pattern that begins with - goes behind --.\n"
    "\n"
    "Examples:\n"
    "  burin match marks.burin 'A1?[38]4*'                      the 10 likeliest, mistakes weighed\n"
    "  burin match marks.burin 'A1?[38]4*' --within 1           every record within one edit\n"
    "  burin match marks.burin '4712*' --within 0 --where maker=zastava --where 'year>=1990' --format ndjson\n"
    "  burin match marks.burin 4712 --part=tail --within 0      marks that end in 4712\n"
    "  burin match marks.burin --queries readings.txt --within 2 --threads 4 --format ndjson\n"
    "  burin match registry 'A1?4*' --log queries --actor roe --case 2026-114 --purpose tracing\n"
    "\n"
    "Exit codes: 0 some query has a hit; 1 none has; 2 usage; 3 a bad line in --queries; 4 corrupt index;\n"
    "5 missing, unreadable, full disk; 6 a budget stopped a search; 130 interrupted.\n";

QueryReader OpenQueries(const MatchOptions& options) {
  return options.queries_map.empty() ? QueryReader::List(options.queries)
                                     : QueryReader::OfTable(options.queries, options.queries_map);
}

void CheckPaths(const MatchOptions& options) {
  Paths paths("match");
  paths.ReadsIndex("INDEX", options.index)
      .Reads("--queries", options.queries)
      .Reads("--channel", IsChannelFile(options.channel) ? options.channel : "")
      .Reads("--synonyms", options.synonyms)
      .Reads("--sealed", options.receipt.sealed)
      .Writes("--receipt", options.receipt.path)
      .WritesDirectory("--log", options.log)
      .Check();
}

// Options that this index cannot serve are found before anything is answered.
void CheckSearch(const Index& index, const MatchPlan& plan) {
  Search search = plan.search;
  search.max_work = 1;
  try {
    Searcher(index).Find(Reading("0"), search);
  } catch (const Exception& exception) {
    throw FailureOf(exception, "match");
  }
}

void PrintTimes(std::vector<uint64_t> ns) {
  if (ns.empty()) return;
  std::sort(ns.begin(), ns.end());
  const auto at = [&](size_t percent) { return ns[std::min(ns.size() - 1, ns.size() * percent / 100)]; };
  const std::string line = "burin: " + Number(ns.size()) + (ns.size() == 1 ? " query" : " queries") +
                           " timed: median " + Number(at(50)) + " ns, p99 " + Number(at(99)) + " ns, most " +
                           Number(ns.back()) + " ns\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

// A bound that nobody asked for is said, whatever the format of the answers.
void SayBound(size_t stopped) {
  if (stopped == 0) return;
  PrintError("match: " + Number(stopped) + (stopped == 1 ? " search" : " searches") +
             " stopped at as many hits as 1 GiB holds; --max-memory BYTES or --max-hits N allow more");
}

int CodeOf(const MatchTally& tally, const MatchOptions& options) {
  if (tally.refused > 0) {
    const std::string more = tally.refused == 1 ? "" : " (and " + Counted(tally.refused - 1, "more bad line") + ")";
    throw Failure(options.has_pattern ? kUsage : kBadInput, tally.first_refusal + more);
  }
  if (tally.incomplete > 0) return kBudget;
  return tally.with_hits > 0 ? kDone : kNoHit;
}

// The receipt of a run, filled as answers come.
class ReceiptOf {
 public:
  ReceiptOf(const MatchOptions& options, const Index& index, const Seal* seal) : seal_(seal), time_(Now()) {
    burin_receipt_options context = BURIN_RECEIPT_OPTIONS_INIT;
    context.time = time_.c_str();
    context.examiner = options.receipt.examiner.c_str();
    context.case_number = options.case_number.c_str();
    context.exhibit = options.receipt.exhibit.c_str();
    context.purpose = options.purpose.c_str();
    context.index_path = options.index.c_str();
    context.channel_path = IsChannelFile(options.channel) ? options.channel.c_str() : "";
    receipt_.emplace(index, context);
  }
  void Add(const std::string& id, Result& result) { receipt_->Add(id, result, seal_); }
  // To disk; only its name is missing.
  void Write(const PendingFile& file) {
    try {
      receipt_->Write(file.place());
    } catch (const Exception& exception) {
      throw Failure(tool::CodeOf(exception.code()), file.Told(exception.what()));
    }
  }

 private:
  const Seal* seal_;
  std::string time_;
  std::optional<Receipt> receipt_;
};

// The query log of a run: a line for each answer, before the answer is written.
class LogOf {
 public:
  LogOf(const MatchOptions& options, const Index& index) : options_(options), index_(index), log_(Opened(options)) {
    const auto add = [&](const char* name, const std::vector<std::string>& values) {
      for (const std::string& value : values) (((asked_ += asked_.empty() ? "" : " ") += name) += ' ') += value;
    };
    add("--believe", options.believe);
    add("--also", options.also);
    add("--mark", options.marks);
    if (!options.component.empty()) add("--component", {options.component});
  }
  void Add(const Result& result) {
    const std::string time = Now();
    burin_query_entry entry = BURIN_QUERY_ENTRY_INIT;
    entry.time = time.c_str();
    entry.actor = options_.actor.c_str();
    entry.purpose = options_.purpose.c_str();
    entry.case_number = options_.case_number.c_str();
    entry.asked = asked_.c_str();
    entry.index_path = options_.index.c_str();
    try {
      log_.Add(entry, index_, result);
    } catch (const Exception& exception) {
      throw FailureOf(exception, exception.code() == BURIN_IO ? "" : "match: --log");
    }
  }
  // Of all answers.
  void Finish() {
    try {
      log_.Sync();
    } catch (const Exception& exception) {
      throw FailureOf(exception);
    }
  }

 private:
  static QueryLog Opened(const MatchOptions& options) {
    burin_query_log_options how = BURIN_QUERY_LOG_OPTIONS_INIT;
    how.group_syncs = options.log_sync ? 0 : 1;
    how.cancel = OnCancel;
    try {
      return QueryLog(options.log, Now(), how);
    } catch (const Exception& exception) {
      throw FailureOf(exception);
    }
  }
  const MatchOptions& options_;
  const Index& index_;
  std::string asked_;
  QueryLog log_;
};

// The reading of --sealed stands for PATTERN.
std::optional<Seal> Unseal(MatchOptions* options) {
  if (options->receipt.sealed.empty()) return std::nullopt;
  if (options->has_pattern || !options->queries.empty()) {
    throw Failure(kUsage, "match: --sealed brings the reading: no PATTERN and no --queries beside it");
  }
  Seal seal = Seal::Open(options->receipt.sealed);
  try {
    seal.reading();
  } catch (const Exception& exception) {
    throw FailureOf(exception, options->receipt.sealed);
  }
  options->pattern = seal.pattern();
  options->has_pattern = true;
  return seal;
}

MatchTally AnswerAll(const MatchOptions& options, const Index& index, const AnswerContext& context, Output* output) {
  const bool progress = !options.output.quiet;
  if (options.has_pattern) {
    return RunQueries(index, context, {{"1", options.pattern, "PATTERN", ""}}, options.threads, progress, output);
  }
  CheckSearch(index, *context.plan);
  QueryReader queries = OpenQueries(options);
  if (queries.waits() && options.threads == 1 && !options.timing) {
    return RunAsTheyCome(index, context, &queries, output);
  }
  return RunQueries(index, context, queries.All(), options.threads, progress, output);
}

int Match(MatchOptions options) {
  CheckPaths(options);
  const std::optional<Seal> seal = Unseal(&options);
  MatchPlan plan = PlanMatch(options);
  if (seal) plan.reading = seal->reading_options();
  // A malformed PATTERN is a matter of usage and leaves no output.
  if (options.has_pattern) {
    try {
      Reading(options.pattern, plan.reading);
    } catch (const Exception& exception) {
      throw FailureOf(exception, "PATTERN");
    }
  }
  burin_index_options index_options = CheckedOptions(options.check);
  index_options.read_into_memory = options.read_into_memory ? 1 : 0;
  index_options.populate = options.timing && !options.read_into_memory ? 1 : 0;
  index_options.recover = options.recover ? 1 : 0;
  index_options.pin = options.pin.empty() ? nullptr : options.pin.c_str();
  const Index index(options.index, index_options);
  if (const char* const warning = burin_index_warning(index.get())) PrintError(warning);
  if (const uint32_t folding = index.info().folding_version; folding != burin_folding_version()) {
    PrintError("note: the index is of folding " + Number(folding) + " and is searched by that; words are of folding " +
               Number(burin_folding_version()));
  }
  const Attributes attributes(index);
  AnswerContext context = {&attributes, &plan, index.info(), FormatOf(options.output)};
  context.color = ColorOf(options.output);
  context.timing = options.timing;
  context.batch = !options.has_pattern;
  // Answers are held until their receipt is on disk: none is printed that has none.
  Output output;
  PendingFile receipt_file(options.receipt.path);
  std::optional<ReceiptOf> receipt;
  if (!options.receipt.path.empty()) {
    receipt.emplace(options, index, seal ? &*seal : nullptr);
    output.Hold();
  }
  std::optional<LogOf> log;
  if (!options.log.empty()) log.emplace(options, index);
  if (receipt || log) {
    context.on_result = [&receipt, &log](const std::string& id, Result& result) {
      if (receipt) receipt->Add(id, result);
      if (log) log->Add(result);
    };
  }
  const MatchTally tally = AnswerAll(options, index, context, &output);
  if (options.timing && !options.output.quiet) PrintTimes(tally.ns);
  if (log) log->Finish();
  const bool has_receipt = receipt && tally.refused == 0;
  if (has_receipt) receipt->Write(receipt_file);
  output.Release();
  output.Flush();
  if (has_receipt) {
    PointOfNoReturn end;
    receipt_file.Commit();
    end.Passed();
  }
  SayBound(tally.at_bound);
  return CodeOf(tally, options);
}

}  // namespace

void AddMatch(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("match", "Find the records that a reading does not exclude");
  auto options = std::make_shared<MatchOptions>();
  AddMatchOptions(command, options.get());
  command->footer(kFooter);
  command->callback([command, options, run] {
    options->has_pattern = command->get_option("PATTERN")->count() > 0;
    TakePatternFromMarks(options.get());
    *run = [options] { return Match(*options); };
  });
}

}  // namespace burin::tool
