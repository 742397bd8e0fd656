// Figures as rows of the report. bench/README.md says what the columns mean.
#ifndef BURIN_BENCH_ACCURACY_ROWS_H_
#define BURIN_BENCH_ACCURACY_ROWS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "bench/accuracy/trials.h"
#include "bench/engine/report.h"

namespace burin::accuracy {

// Which figures: of a set under a way of damaging.
struct Cell {
  std::string set, noise;
  uint64_t seed = 1;
};

struct RankedBy {
  std::string ranker;
  std::vector<Outcome> outcomes;
};

void AddRegistry(const Registry& registry, bench::Report* report);
void AddDamage(const Cell& cell, const Registry& registry, const std::vector<Trial>& trials, bench::Report* report);
// One row for each; `gain` is the part of the way from plain OSA to the knower, where both are there.
void AddRankings(const Cell& cell, const std::vector<RankedBy>& all, bench::Report* report);
// Of rankers that weigh, all records present.
void AddEvidence(const Cell& cell, const std::vector<RankedBy>& all, bench::Report* report);
// Of rankers that weigh, some records removed.
void AddOpenSet(const Cell& cell, const std::vector<RankedBy>& all, double prior_present, bench::Report* report);

}  // namespace burin::accuracy

#endif
