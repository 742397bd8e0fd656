// The options of match.
#include "match_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>

#include "failure.h"

namespace burin::tool {
namespace {

constexpr uint64_t kTopByEdits = 10;
constexpr int kMostEdits = 1024;
constexpr double kMostNats = 1e6;

[[noreturn]] void Usage(const std::string& line) { throw Failure(kUsage, "match: " + line); }

bool ReadNumber(std::string_view text, uint64_t* number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *number);
  return error == std::errc() && end == text.data() + text.size();
}

void PlanLength(const std::string& text, burin_reading_options* reading) {
  if (text.empty()) return;
  const size_t dots = text.find("..");
  uint64_t least = 0, most = 0;
  const bool one = dots == std::string::npos;
  const bool good = one ? ReadNumber(text, &least)
                        : ReadNumber(text.substr(0, dots), &least) && ReadNumber(text.substr(dots + 2), &most);
  if (one) most = least;
  if (!good || most < 1 || most > BURIN_MAX_SYMBOLS || least > most) {
    Usage("--length: expected N or M..N, at most " + std::to_string(BURIN_MAX_SYMBOLS) + ", instead of '" + text + "'");
  }
  reading->min_length = static_cast<uint32_t>(least);
  reading->max_length = static_cast<uint32_t>(most);
}

uint64_t TopOf(const std::string& text) {
  uint64_t top = 0;
  if (text.empty()) return 0;
  if (text == "all") return std::numeric_limits<uint64_t>::max();
  if (!ReadNumber(text, &top) || top == 0) Usage("--top: expected a number from 1, or all, instead of '" + text + "'");
  return top;
}

void PlanUnitCosts(const MatchOptions& options, Search* search) {
  const std::string metric = options.metric.empty() ? "osa" : options.metric;
  search->costs = metric == "osa"       ? BURIN_COSTS_OSA
                  : metric == "hamming" ? BURIN_COSTS_HAMMING
                                        : BURIN_COSTS_LEVENSHTEIN;
  search->within = options.within < 0 ? BURIN_WITHIN_ANY : options.within;
  if (options.within < 0 && search->top == 0) search->top = kTopByEdits;
}

void PlanCosts(const MatchOptions& options, MatchPlan* plan) {
  plan->unit = options.within >= 0 || !options.metric.empty();
  Search& search = plan->search;
  search.top = TopOf(options.top);
  if (plan->unit) {
    const std::string unit = options.within >= 0 ? "--within" : "--metric";
    if (!options.channel.empty()) Usage(unit + " counts edits, --channel weighs them: only one of them can be given");
    if (options.max_cost >= 0) Usage("--max-cost belongs to a channel; " + unit + " counts edits");
    PlanUnitCosts(options, &search);
    return;
  }
  if (IsChannelFile(options.channel)) {
    search.own_channel = std::make_shared<const Channel>(Channel::OpenFile(options.channel));
  } else {
    search.channel = options.channel;
  }
  if (options.max_cost >= 0) {
    search.max_cost = std::max(1u, static_cast<uint32_t>(std::lround(options.max_cost * BURIN_COSTS_PER_NAT)));
  }
}

void AddSearchOptions(CLI::App* command, MatchOptions* options) {
  command->add_option("--within", options->within, "Every record within so many edits, all edits costing the same")
      ->check(CLI::Range(0, kMostEdits));
  command
      ->add_option("--metric", options->metric,
                   "What an edit is: osa (default; swapping neighbours is one), levenshtein, hamming. Without "
                   "--within: the records with the fewest")
      ->check(CLI::IsMember({"osa", "levenshtein", "hamming"}));
  command->add_option(
      "--channel", options->channel,
      "How readings go wrong: typed (default), another name of 'burin channels', or a file: NAME.json or a path "
      "with /");
  command
      ->add_option("--max-cost", options->max_cost,
                   "Under a channel: costs up to so many nats above the best possible; default 18")
      ->check(CLI::Range(0.0, kMostNats));
  command->add_option("--top", options->top, "The N best, or all; default: all with --within, else 10");
  command->add_option("--by", options->by, "What counts as one hit: record (default), serial, weapon")
      ->check(CLI::IsMember({"record", "serial", "weapon"}));
}

void AddFilterOptions(CLI::App* command, MatchOptions* options) {
  command
      ->add_option("--where", options->where,
                   "A condition on an attribute: a=v, 'a=v|w', 'a!=v', 'year>=1990', a= (absent). Repeatable: all "
                   "must hold")
      ->allow_extra_args(false);
  command->add_option("--class", options->classes, "Only marks of this class (attribute mark_class). Repeatable: any")
      ->allow_extra_args(false);
  command
      ->add_option("--component", options->components,
                   "Only marks on this component (attribute component). Repeatable: any")
      ->allow_extra_args(false);
  command->add_option("--date", options->date, "As of this day, month or year: no record dated wholly after it");
  command->add_option("--length", options->length, "Symbols of the whole mark: N or M..N");
  command->add_flag("--part{any}", options->part,
                    "The pattern is a part of the mark: any (default), =head or =tail: its start or its end");
  command->add_flag("--ncic", options->ncic, "Compare as NCIC does: O is 0, letters among the digits do not count");
}

void AddOutputOptions(CLI::App* command, MatchOptions* options) {
  command->add_option("--queries", options->queries, "A file with one pattern a line instead of PATTERN; - is stdin");
  command->add_option("--queries-map", options->queries_map,
                      "pattern=COL,id=COL: the file of --queries is a CSV with these columns");
  command->add_option("--threads", options->threads, "Threads that search; the output does not depend on it")
      ->check(CLI::Range(1, 1024));
  command->add_option("--format", options->output.format, "table (default on a terminal), csv (default else), ndjson")
      ->check(CLI::IsMember({"table", "csv", "ndjson"}));
  command->add_option("--color", options->output.color, "auto (default), never, always")
      ->check(CLI::IsMember({"auto", "never", "always"}));
  command->add_flag("--timing", options->timing,
                    "Run all once, then measure each search alone on one thread: ns and work of each query");
  command->add_option("--max-work", options->max_work, "Stop a search after so many units of work");
  command->add_option("--deadline", options->deadline_ms, "Stop a search after so many milliseconds");
  command->add_option("--max-hits", options->max_hits, "Stop a search that has more hits than this");
  command->add_flag("--count{estimate}", options->count,
                    "Instead of hits, how many to expect and how much work to find them; =exact: count them");
  command->add_option("--pin", options->pin, "Of a registry: search the state that was pinned under this name");
  command->add_flag("--recover", options->recover,
                    "Of a registry: where its newest state is damaged, search the newest one that is not");
  command->add_flag("--read-into-memory", options->read_into_memory, "Read the index instead of mapping it");
  command->add_flag("-q,--quiet", options->output.quiet, "Print no progress and no summary");
}

void PlanCount(const MatchOptions& options, MatchPlan* plan) {
  if (options.count.empty()) return;
  plan->estimate = options.count == "estimate";
  plan->count = options.count == "exact";
  if (!plan->estimate && !plan->count) Usage("--count: expected nothing, or exact, instead of '" + options.count + "'");
  if (options.timing) Usage("--timing measures searches; with --count there is none");
  if (!options.top.empty()) Usage("--count counts all hits: --top has no meaning");
}

}  // namespace

bool IsChannelFile(const std::string& channel) {
  return channel.find('/') != std::string::npos || channel.ends_with(".json");
}

void AddMatchOptions(CLI::App* command, MatchOptions* options) {
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_option("PATTERN", options->pattern, "What could be read, in single quotes: docs/patterns.md");
  AddSearchOptions(command, options);
  AddFilterOptions(command, options);
  AddOutputOptions(command, options);
}

MatchPlan PlanMatch(const MatchOptions& options) {
  MatchPlan plan;
  if (options.has_pattern == !options.queries.empty()) Usage("expected either a PATTERN or --queries");
  if (!options.queries_map.empty() && options.queries.empty()) Usage("--queries-map needs --queries");
  PlanCosts(options, &plan);
  PlanLength(options.length, &plan.reading);
  if (!options.part.empty()) {
    if (options.part == "any")
      plan.reading.part = BURIN_PART_MIDDLE;
    else if (options.part == "head")
      plan.reading.part = BURIN_PART_START;
    else if (options.part == "tail")
      plan.reading.part = BURIN_PART_END;
    else
      Usage("--part: expected any, head or tail instead of '" + options.part + "'");
  }
  plan.reading.ncic = options.ncic ? 1 : 0;
  Search& search = plan.search;
  search.by = options.by == "serial" ? BURIN_BY_SERIAL : options.by == "weapon" ? BURIN_BY_WEAPON : BURIN_BY_RECORD;
  search.where = options.where;
  search.classes = options.classes;
  search.components = options.components;
  search.date = options.date;
  search.max_work = options.max_work;
  search.deadline_ms = options.deadline_ms;
  search.max_hits = options.max_hits;
  PlanCount(options, &plan);
  plan.filtered =
      !options.where.empty() || !options.classes.empty() || !options.components.empty() || !options.date.empty();
  return plan;
}

}  // namespace burin::tool
