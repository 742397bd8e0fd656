#include "bench/engine/rows.h"

#include <cmath>

namespace burin::bench {
namespace {

constexpr double kNsPerUs = 1000;
constexpr size_t kJudgedCount = 10'000'000;
constexpr double kBytesFloor[] = {6.0, 2.2}, kBytesAim[] = {5.9, 1.2};  // W1, W2.
constexpr double kGrowthFloor = 0.5;

std::string_view Verdict(bool floor, bool aim) { return aim ? "AIM" : floor ? "PASS" : "FLOOR MISSED"; }
std::string_view Right(bool right) { return right ? "yes" : "NO"; }
std::optional<double> Unless0(double value) { return value == 0 ? std::nullopt : std::optional(value); }

// The scan's time by the median's, output taken off where it is extra. Nothing left over: as good as it gets.
double Ratio(const TaskResult& task, const Target& target, const ScanSpeed& scan) {
  const double ns = target.output_extra ? task.median_less_output_ns : task.median_ns;
  return scan.scan_ns / std::max(ns, 1.0);
}

}  // namespace

void AddScan(const SetName& set, const ScanSpeed& scan, Report* report) {
  report->Add("scan",
              {Text("set", set.name), Text("vectors", scan.vectors),
               Number("read GB/s", scan.bytes_per_second / 1e9, 1), Number("scan us", scan.scan_ns / kNsPerUs, 1),
               Number("% of read", 100 * scan.fraction, 1), Number("attempts", scan.attempts),
               Text("exact", Right(scan.exact)), Text("run", scan.fast_enough() ? "valid" : "VOID")});
}

void AddBuild(const SetName& set, const Built& built, Report* report) {
  const double serials = static_cast<double>(set.count), seconds = built.add_seconds + built.write_seconds;
  const double rate = serials / seconds;
  const bool judged = set.count == kJudgedCount;
  report->Add("build", {Text("set", set.name), Number("threads", built.threads), Number("add s", built.add_seconds, 2),
                        Number("write s", built.write_seconds, 2), Number("keys/s", rate),
                        Number("written keys/s", serials / built.write_seconds), Number("floor", kBuildFloor),
                        Number("aim", kBuildAim),
                        Text("verdict", judged ? Verdict(rate >= kBuildFloor, rate >= kBuildAim) : "-")});
}

void AddSizes(const SetName& set, const Built& built, Report* report) {
  const double serials = static_cast<double>(built.index->info().serials);
  const auto each = [&](std::string_view name, std::string_view part, double bytes) {
    report->Add("bytes", {Text("set", set.name), Text("section", name), Text("part of", part),
                          Number("bytes", bytes * serials), Number("a serial", bytes, 4)});
  };
  for (const SectionSize& size : SectionSizes(*built.index)) {
    each(size.name, size.search ? "search" : "records", static_cast<double>(size.bytes) / serials);
  }
  each("opened", "search", built.open_bytes / serials);
  each("file", "all", static_cast<double>(built.index->info().file_bytes) / serials);
  const double search = SearchBytes(built), floor = kBytesFloor[set.makers], aim = kBytesAim[set.makers];
  const bool judged = set.count == kJudgedCount;
  report->Add("search bytes",
              {Text("set", set.name), Number("a serial", search, 3), Number("floor", floor, 1), Number("aim", aim, 1),
               Text("verdict", judged ? Verdict(search <= floor, search <= aim) : "-")});
}

void AddLookups(const SetName& set, const std::vector<LookupResult>& lookups, Report* report) {
  for (const LookupResult& lookup : lookups) {
    const bool judged = set.count == kJudgedCount;
    report->Add("lookup",
                {Text("set", set.name), Text("serials", lookup.serials), Number("single ns", lookup.single_ns, 1),
                 Number("batched ns", lookup.batched_ns, 1), Number("hash ns", lookup.table_single_ns, 1),
                 Number("hash batched ns", lookup.table_batched_ns, 1), Text("right", Right(lookup.right)),
                 Number("floor", kLookupFloorNs), Number("aim", kLookupAimNs),
                 Text("verdict",
                      judged ? Verdict(lookup.batched_ns <= kLookupFloorNs, lookup.batched_ns <= kLookupAimNs) : "-")});
  }
}

void AddTask(const SetName& set, const TaskResult& task, const ScanSpeed& scan, Report* report) {
  const Target target = TargetOf(*task.task, set);
  const double ratio = Ratio(task, target, scan);
  const std::optional<double> expected =
      task.expected ? std::optional(static_cast<double>(*task.expected)) : std::nullopt;
  report->Add("task",
              {Text("set", set.name), Text("task", task.task->name), Number("median us", task.median_ns / kNsPerUs, 2),
               Number("p99 us", task.p99_ns / kNsPerUs, 2), Number("mean us", task.mean_ns / kNsPerUs, 2),
               Number("batched us", task.batched_mean_ns / kNsPerUs, 2), Number("hits", static_cast<double>(task.hits)),
               Number("expected", expected), Text("judge", task.judge), Text("right", Right(task.right)),
               Number("work", task.work, 1), Number("scan/median", ratio, 2), Number("floor", Unless0(target.floor)),
               Number("aim", Unless0(target.aim)),
               Text("verdict", target.floor == 0 ? "-" : Verdict(ratio >= target.floor, ratio >= target.aim)),
               Text("tail", task.tail_held() ? "held" : "LONG"), Number("sum/wall", task.covered, 3),
               Text("times", task.consistent() ? "valid" : "VOID")});
}

void AddGrowth(const SetName& from, double from_ns, const SetName& to, double to_ns, Report* report) {
  const double exponent =
      std::log(to_ns / from_ns) / std::log(static_cast<double>(to.count) / static_cast<double>(from.count));
  report->Add("growth",
              {Text("task", "k2_all"), Text("from", from.name), Text("to", to.name), Number("exponent", exponent, 3),
               Number("floor", kGrowthFloor, 1), Text("verdict", exponent <= kGrowthFloor ? "PASS" : "FLOOR MISSED")});
}

}  // namespace burin::bench
