#include "bench/accuracy/registry.h"

#include <algorithm>

#include "bench/accuracy/random.h"
#include "bench/workload.h"

namespace burin::accuracy {

size_t Registry::shown_count() const {
  return serials.size() - static_cast<size_t>(std::count(removed.begin(), removed.end(), true));
}

Registry WithRemoved(const Registry& registry, double share, uint64_t seed) {
  Registry open = registry;
  Random random = Random::Stream(seed, 0x09E7);
  open.removed.resize(open.serials.size());
  for (size_t i = 0; i < open.removed.size(); ++i) open.removed[i] = random.Chance(share);
  return open;
}

Registry MakerRegistry(size_t count) {
  Registry registry;
  registry.name = "makers";
  registry.serials = bench::MakerSerials(count);
  registry.rows = registry.serials.size();
  return registry;
}

}  // namespace burin::accuracy
