// burin_engine_bench: builds an index of each set named, measures it beside a scan of the same serials in the same run,
// judges every answer, and prints one report. bench/README.md says how to read it.
#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/engine/rows.h"

namespace {

using namespace burin::bench;

constexpr const char* kUsage =
    "usage: burin_engine_bench [OPTION]...\n"
    "  --set NAME            w1_1m, w1_10m, w1_100m, w1_1m_partial, w1_10m_partial, w2_1m or w2_10m; may be\n"
    "                        given again (w1_1m)\n"
    "  --huge                allow w1_100m: takes 5 GB and minutes\n"
    "  --task NAME           only this task, none for none of them; may be given again (all)\n"
    "  --readings N          the first N of 1,000 readings\n"
    "  --rounds N            timed passes over them (1)\n"
    "  --no-lookups          leave exact look-ups out\n"
    "  --format FORMAT       table or ndjson (table)\n"
    "Exit codes: 0; 1 the run is void or an answer is wrong; 2 wrong usage.\n";

struct Options {
  std::vector<SetName> sets;
  std::vector<const Task*> tasks;
  bool no_tasks = false, huge = false, lookups = true;
  TaskOptions asked;
  Report::Format format = Report::Format::kTable;
};

bool ParseCount(std::string_view text, size_t* count) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *count);
  return error == std::errc() && end == text.data() + text.size() && *count > 0;
}

// False: it is no option, or not such a value.
bool ParseValue(std::string_view name, std::string_view value, Options* options) {
  if (name == "--set") {
    const std::optional<SetName> set = FindSet(value);
    if (set) options->sets.push_back(*set);
    return set.has_value();
  }
  if (name == "--task") {
    options->no_tasks = options->no_tasks || value == "none";
    const Task* task = FindTask(value);
    if (task != nullptr) options->tasks.push_back(task);
    return task != nullptr || value == "none";
  }
  if (name == "--readings") return ParseCount(value, &options->asked.readings);
  if (name == "--rounds") return ParseCount(value, &options->asked.rounds);
  if (name != "--format") return false;
  options->format = value == "ndjson" ? Report::Format::kNdjson : Report::Format::kTable;
  return value == "ndjson" || value == "table";
}

bool ParseOptions(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--huge") {
      options->huge = true;
    } else if (name == "--no-lookups") {
      options->lookups = false;
    } else if (i + 1 == argc || !ParseValue(name, argv[i + 1], options)) {
      std::fprintf(stderr, "burin_engine_bench: cannot understand '%s'\n", argv[i]);
      return false;
    } else {
      ++i;
    }
  }
  if (options->sets.empty()) options->sets.push_back(*FindSet("w1_1m"));
  for (const SetName& set : options->sets) {
    if (set.count < kHugeCount || options->huge) continue;
    std::fprintf(stderr, "burin_engine_bench: %s needs --huge\n", set.name.c_str());
    return false;
  }
  if (options->tasks.empty() && !options->no_tasks) {
    for (const Task& task : Tasks()) options->tasks.push_back(&task);
  }
  return true;
}

void Progress(const SetName& set, std::string_view what) {
  std::fprintf(stderr, "%s: %.*s\n", set.name.c_str(), static_cast<int>(what.size()), what.data());
}

// What a run leaves beside its report.
struct Outcome {
  bool good = true;                 // Not void, nothing wrong.
  std::optional<double> k2_all_ns;  // The median.
};

Outcome RunTasks(const Options& options, const Set& set, const Built& built, const ScanSpeed& scan, Report* report) {
  Outcome outcome;
  for (const Task* task : options.tasks) {
    Progress(set.name, task->name);
    const TaskResult result = RunTask(*task, set, *built.index, options.asked);
    AddTask(set.name, result, scan, report);
    outcome.good = outcome.good && result.right && result.consistent();
    if (task->name == "k2_all") outcome.k2_all_ns = result.median_ns;
  }
  return outcome;
}

Outcome RunSet(const Options& options, const SetName& name, Report* report) {
  Progress(name, "generating");
  Set set = MakeSet(name);
  Progress(name, "building the index");
  const Built built = BuildIndex(set, name.count >= kHugeCount);
  AddBuild(name, built, report);
  AddSizes(name, built, report);
  Progress(name, "scanning");
  const ScanSpeed scan = MeasureScan(set.keys.span());
  AddScan(name, scan, report);
  MakeRanks(&set);
  bool right = true;
  if (options.lookups) {
    Progress(name, "look-ups");
    const std::vector<LookupResult> lookups = MeasureLookups(set, *built.index);
    AddLookups(name, lookups, report);
    for (const LookupResult& lookup : lookups) right = right && lookup.right;
  }
  Outcome outcome = RunTasks(options, set, built, scan, report);
  outcome.good = outcome.good && right && scan.fast_enough() && scan.exact;
  report->Flush();
  if (!scan.fast_enough()) Progress(name, "VOID: the scan is slower than 80 % of the read bandwidth");
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  if (!ParseOptions(argc, argv, &options)) {
    std::fputs(kUsage, stderr);
    return 2;
  }
  Report report(options.format);
  bool good = true;
  std::optional<SetName> before;  // The last set of W1.
  double before_ns = 0;
  for (const SetName& set : options.sets) {
    const Outcome outcome = RunSet(options, set, &report);
    good = good && outcome.good;
    if (set.makers || !outcome.k2_all_ns) continue;
    if (before && before->count != set.count) AddGrowth(*before, before_ns, set, *outcome.k2_all_ns, &report);
    before = set;
    before_ns = *outcome.k2_all_ns;
  }
  return good ? 0 : 1;
}
