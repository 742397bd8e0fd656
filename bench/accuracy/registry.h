// What is searched: the distinct serials of a column, or of what makers stamp. One record for each serial, so that
// there is one true record for each reading.
#ifndef BURIN_BENCH_ACCURACY_REGISTRY_H_
#define BURIN_BENCH_ACCURACY_REGISTRY_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace burin::accuracy {

struct Registry {
  std::string name;
  std::vector<std::string> serials;  // Folded, of 0-9A-Z only, all different. Record i is serials[i].
  // Of open sets: records that readings are drawn of but that nobody is shown. Empty: none.
  std::vector<bool> removed;
  // Rows left out: nothing to read or several numbers, symbols outside 0-9A-Z, too long, a serial that was there.
  size_t rows = 0, unusable = 0, repeated = 0;

  bool shown(uint32_t record) const { return removed.empty() || !removed[record]; }
  size_t shown_count() const;
};

// A copy of which each record is removed with probability `share`, drawn from the seed.
Registry WithRemoved(const Registry& registry, double share, uint64_t seed);

// Of some hundred makers, `count` serials of dense runs: W2 of bench/workload.h.
Registry MakerRegistry(size_t count);

}  // namespace burin::accuracy

#endif
