#include "src/search/edits/seeds.h"

#include <algorithm>
#include <optional>

namespace burin::internal {
namespace {

constexpr uint32_t kSeedEdits = 1;
constexpr uint64_t kMostSeedWork = 4096;

}  // namespace

uint64_t FindSeeds(const Index& index, const Lattice& reading, const SeedLimits& limits, UnitPlanner* planner,
                   UnitSearch* search, std::vector<UnitHit>* seeds) {
  seeds->clear();
  const std::optional<UnitPattern> pattern = MakeUnitPattern(reading, Metric::kOsa);
  if (!pattern) return 0;
  const UnitPattern reversed = pattern->Reversed();
  search->tasks.clear();
  const auto groups = index.groups();
  for (uint32_t g = 0; g < groups.size(); ++g) {
    const uint32_t length = groups[g]->length();
    if (length < limits.min_length || length > limits.max_length || !FitsUnitWalk(*pattern, *groups[g])) continue;
    if (!MayHaveLength(*pattern, length, kSeedEdits)) continue;
    search->tasks.push_back({g, groups[g].get(), planner->Plan(*pattern, kSeedEdits, g, *groups[g])});
  }
  if (search->tasks.empty()) return 0;
  search->forward = &*pattern;
  search->backward = &reversed;
  search->edits = kSeedEdits;
  search->work_limit = std::min(limits.work, kMostSeedWork);
  search->hit_limit = 4 * kMostSeeds;
  search->patience = nullptr;
  const UnitOutcome outcome = RunUnitWalk(*search, seeds);
  if (seeds->size() > kMostSeeds) seeds->resize(kMostSeeds);
  search->tasks.clear();
  return outcome.work;
}

}  // namespace burin::internal
