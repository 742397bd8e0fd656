// Burin as the bench asks it, through its public headers only. This is the one place that knows how an answer of
// Burin becomes an Answer.
#ifndef BURIN_BENCH_ACCURACY_BURIN_RANKER_H_
#define BURIN_BENCH_ACCURACY_BURIN_RANKER_H_

#include <burin/burin.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "bench/accuracy/ranker.h"
#include "bench/accuracy/trials.h"

namespace burin::accuracy {

struct BurinOptions {
  std::string channel = "typed";
  std::shared_ptr<const Channel> own_channel;  // Instead, if it is there.
  uint64_t top = 100;                          // Candidates asked for.
  double prior_present = 0.9;                  // That the true record is in the registry.
};

// A channel that readings and their serials teach, from `parent` on.
std::shared_ptr<const Channel> TrainedChannel(const Registry& registry, const std::vector<Trial>& trials,
                                              const std::string& parent, size_t threads);

// Builds an index of the records shown in a file of the system's temporary folder, opens it and removes its name.
// Throws burin::Exception. Borrows nothing.
RankerFactory BurinRanker(const Registry& registry, const BurinOptions& options);

}  // namespace burin::accuracy

#endif
