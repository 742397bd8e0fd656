// What was measured, as rows of the report, with targets and verdicts beside the figures.
#ifndef BURIN_BENCH_ENGINE_ROWS_H_
#define BURIN_BENCH_ENGINE_ROWS_H_

#include <string>

#include "bench/engine/build.h"
#include "bench/engine/lookups.h"
#include "bench/engine/measure.h"
#include "bench/engine/report.h"
#include "bench/engine/scan.h"
#include "bench/engine/set.h"

namespace burin::bench {

void AddScan(const SetName& set, const ScanSpeed& scan, Report* report);
void AddBuild(const SetName& set, const Built& built, Report* report);
void AddSizes(const SetName& set, const Built& built, Report* report);
void AddLookups(const SetName& set, const std::vector<LookupResult>& lookups, Report* report);
void AddTask(const SetName& set, const TaskResult& task, const ScanSpeed& scan, Report* report);
// How the median of k2_all grows with the serials of W1: median ~ serials^exponent.
void AddGrowth(const SetName& from, double from_ns, const SetName& to, double to_ns, Report* report);

}  // namespace burin::bench

#endif
