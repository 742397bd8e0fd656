// The options of match.
#include "tools/match/match_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>
#include <tuple>
#include <utility>

#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/numbers.h"

namespace burin::tool {
namespace {

constexpr uint64_t kTopByEdits = 10;
constexpr int kMostEdits = 1024;
constexpr double kMostNats = 1e6;
constexpr double kLeastPrior = 1e-6;
constexpr double kMostLog10Lr = 400;

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
    if (options.prior_present != 0) Usage("--prior-present belongs to a channel; " + unit + " counts edits");
    if (options.has_min_lr) Usage("--min-lr belongs to a channel; " + unit + " counts edits");
    PlanUnitCosts(options, &search);
    return;
  }
  if (IsChannelFile(options.channel)) {
    search.own_channel = std::make_shared<const Channel>(Channel::OpenFile(options.channel));
  } else {
    search.channel = options.channel;
  }
  search.evidence = true;
  search.prior_present = options.prior_present;
  search.min_log10_lr = options.min_lr;
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
      ->check(Above(0, kMostNats));
  command
      ->add_option("--prior-present", options->prior_present,
                   "Under a channel: the share of such marks that the index holds, before the reading; default 0.9")
      ->check(Between(kLeastPrior, 1 - kLeastPrior));
  command
      ->add_option("--min-lr", options->min_lr,
                   "Under a channel: the log10 likelihood ratio from which a record is not excluded; default 0")
      ->check(Between(-kMostLog10Lr, kMostLog10Lr))
      ->each([options](const std::string&) { options->has_min_lr = true; });
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

void AddJointOptions(CLI::App* command, MatchOptions* options) {
  command
      ->add_option("--believe", options->believe,
                   "An attribute as somebody believes it to be: a=v or a=v:P, right with probability P (default 0.95). "
                   "No record is dropped for it. Repeatable")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--also", options->also,
          "What somebody else read of the same mark, as a pattern: readers share the mark's damage. Repeatable, "
          "3 times at most")
      ->allow_extra_args(false);
  command
      ->add_option(
          "--mark", options->marks,
          "COMPONENT:PATTERN: a further mark of the same weapon, on another component than PATTERN's, which is "
          "taken to be the frame's or receiver's. Hits are weapons. Repeatable")
      ->allow_extra_args(false);
  command->add_option("--synonyms", options->synonyms,
                      "A table of names that mean the same, beside the one that comes with burin: docs/joint.md");
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
  command->add_option("--max-work", options->max_work, "Stop a search after so many units of work")->check(Positive());
  command->add_option("--deadline", options->deadline_ms, "Stop a search after so many milliseconds")
      ->check(Positive());
  command
      ->add_option("--max-hits", options->max_hits,
                   "Stop a search that has more hits than this; default: than --max-memory holds")
      ->check(Positive());
  command
      ->add_option(
          "--max-memory", options->max_memory,
          "Stop a search that has more hits than so many bytes hold, such as 512MiB, at 512 each, or 1024 that "
          "are weighed or of several marks; default 1GiB, none with --max-hits")
      ->check(Positive())
      ->transform(CLI::AsSizeValue(false));
  command->add_flag("--count{estimate}", options->count,
                    "Instead of hits, how many to expect and how much work to find them; =exact: count them");
  command->add_option("--pin", options->pin, "Of a registry: search the state that was pinned under this name");
  command->add_flag("--recover", options->recover,
                    "Of a registry: where its newest state is damaged, search the newest one that is not");
  command->add_flag("--no-alignment", options->no_alignment, "Leave the alignments out of ndjson");
  AddCheckOption(command, &options->check);
  command->add_flag("--read-into-memory", options->read_into_memory, "Read the index instead of mapping it");
  command->add_flag("-q,--quiet", options->output.quiet, "Print no progress and no summary");
}

// a=v or a=v:P. What stands behind the last colon is P if it is a number below 1, else a part of the value.
void PlanBelief(const std::string& text, Joint* joint) {
  const size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0) {
    Usage("--believe: expected ATTRIBUTE=VALUE or ATTRIBUTE=VALUE:P instead of '" + text + "'");
  }
  std::string value = text.substr(equals + 1);
  double probability = 0;
  if (const size_t colon = value.rfind(':'); colon != std::string::npos) {
    const char* end = value.data() + value.size();
    double number = 0;
    const auto read = std::from_chars(value.data() + colon + 1, end, number, std::chars_format::fixed);
    if (read.ec == std::errc() && read.ptr == end && value[colon + 1] != '-') {
      if (!(number > 0 && number < 1)) Usage("--believe: expected a probability between 0 and 1 in '" + text + "'");
      probability = number;
      value.resize(colon);
    }
  }
  joint->Believe(text.substr(0, equals), value, probability);
}

// Cut at the first colon.
std::pair<std::string, std::string> MarkOf(const std::string& text) {
  const size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
    Usage("--mark: expected COMPONENT:PATTERN instead of '" + text + "'");
  }
  return {text.substr(0, colon), text.substr(colon + 1)};
}

void PlanAlso(const MatchOptions& options, MatchPlan* plan) {
  if (!options.also.empty() && !options.count.empty()) {
    Usage("--count counts hits of one reading; with --also there are several");
  }
  for (const std::string& pattern : options.also) {
    try {
      plan->joint->Also(Reading(pattern, plan->reading));
    } catch (const Exception& exception) {
      throw FailureOf(exception, "--also");
    }
  }
}

void PlanMarks(const MatchOptions& options, MatchPlan* plan) {
  if (options.marks.empty()) return;
  if (!options.count.empty()) Usage("--count counts hits of one mark; with --mark there are several");
  if (options.by == "serial") Usage("--mark finds weapons: --by serial has no meaning");
  burin_reading_options reading = BURIN_READING_OPTIONS_INIT;
  reading.ncic = plan->reading.ncic;
  for (const std::string& text : options.marks) {
    auto [component, pattern] = MarkOf(text);
    try {
      plan->joint->Mark(component, Reading(pattern, reading));
    } catch (const Exception& exception) {
      throw FailureOf(exception, "--mark " + component);
    }
  }
  plan->search.by = BURIN_BY_WEAPON;
}

void PlanJoint(const MatchOptions& options, MatchPlan* plan) {
  if (options.believe.empty() && !options.synonyms.empty()) {
    Usage("--synonyms compares believed attributes: it needs --believe");
  }
  if (options.believe.empty() && options.marks.empty() && options.also.empty()) return;
  if (plan->unit) {
    Usage(std::string(options.within >= 0 ? "--within" : "--metric") + " counts edits; " +
          (!options.believe.empty() ? "--believe"
           : !options.marks.empty() ? "--mark"
                                    : "--also") +
          " is weighed by probability and needs a channel");
  }
  const bool weighs = options.marks.empty() && options.also.empty();
  if (!weighs && (options.prior_present != 0 || options.has_min_lr)) {
    Usage("--prior-present and --min-lr are of evidence, which is weighed for one reading of one mark");
  }
  plan->joint = std::make_shared<Joint>();
  for (const std::string& belief : options.believe) PlanBelief(belief, plan->joint.get());
  if (!options.synonyms.empty()) plan->joint->Use(Synonyms(options.synonyms));
  PlanAlso(options, plan);
  PlanMarks(options, plan);
  plan->joint->SetComponent(options.component);
  plan->search.joint = plan->joint->get();
  plan->search.evidence = weighs;  // Several readings or marks have costs, and no likelihood so far.
}

void AddContextOptions(CLI::App* command, MatchOptions* options) {
  ReceiptPlan* const receipt = &options->receipt;
  command->add_option("--receipt", receipt->path, "Write what was asked and answered to this file, for burin replay");
  command->add_option("--sealed", receipt->sealed, "Take the reading from this seal (burin reading seal)");
  CLI::Option* const path = command->get_option("--receipt");
  command->add_option("--examiner", receipt->examiner, "For the receipt: who asks")->needs(path);
  command->add_option("--exhibit", receipt->exhibit, "For the receipt: the exhibit")->needs(path);
  command->add_option("--log", options->log, "Write who asked what, and the answer, to this query log: a directory");
  command->add_flag("--log-sync", options->log_sync, "For the log: each line is on disk before its answer is written")
      ->needs("--log");
  command->add_option("--actor", options->actor, "For the log: who asks")->needs("--log");
  command->add_option("--case", options->case_number, "For receipt and log: the case; some registries ask for it");
  command->add_option("--purpose", options->purpose, "For receipt and log: why");
}

void PlanReceipt(const MatchOptions& options) {
  if (!options.receipt.sealed.empty() && (!options.length.empty() || !options.part.empty() || options.ncic)) {
    Usage("--length, --part and --ncic are part of the reading: those of --sealed hold");
  }
  if (options.receipt.path.empty()) return;
  if (!options.count.empty()) Usage("--receipt is of hits; --count lists none");
  if (options.timing) Usage("--receipt and --timing exclude each other");
  if (options.deadline_ms != 0) Usage("--receipt: a search that a deadline stops cannot be made again; use --max-work");
}

void CheckLog(const MatchOptions& options) {
  if (options.log.empty()) return;
  if (!options.count.empty()) Usage("--log is of hits; --count lists none");
  if (options.timing) Usage("--log and --timing exclude each other");
}

void PlanCount(const MatchOptions& options, MatchPlan* plan) {
  if (options.count.empty()) return;
  plan->estimate = options.count == "estimate";
  plan->count = options.count == "exact";
  if (!plan->estimate && !plan->count) Usage("--count: expected nothing, or exact, instead of '" + options.count + "'");
  if (options.timing) Usage("--timing measures searches; with --count there is none");
  plan->search.evidence = false;
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
  AddJointOptions(command, options);
  AddOutputOptions(command, options);
  AddContextOptions(command, options);
}

void TakePatternFromMarks(MatchOptions* options) {
  if (options->has_pattern || !options->queries.empty() || options->marks.empty()) return;
  const auto is_control = [](const std::string& text) {
    return text.starts_with("frame:") || text.starts_with("receiver:");
  };
  auto main = std::find_if(options->marks.begin(), options->marks.end(), is_control);
  if (main == options->marks.end()) main = options->marks.begin();
  std::tie(options->component, options->pattern) = MarkOf(*main);
  options->marks.erase(main);
  options->has_pattern = true;
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
  search.max_memory = options.max_memory;
  search.case_number = options.case_number;
  PlanJoint(options, &plan);
  PlanCount(options, &plan);
  PlanReceipt(options);
  CheckLog(options);
  plan.no_alignment = options.no_alignment || (plan.joint != nullptr && plan.joint->has_marks());
  plan.filtered =
      !options.where.empty() || !options.classes.empty() || !options.components.empty() || !options.date.empty();
  return plan;
}

}  // namespace burin::tool
