// What is compared: anything that puts the records of a registry in order for a reading, and perhaps weighs them.
#ifndef BURIN_BENCH_ACCURACY_RANKER_H_
#define BURIN_BENCH_ACCURACY_RANKER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bench/accuracy/metrics/placement.h"
#include "bench/accuracy/registry.h"

namespace burin::accuracy {

struct Candidate {
  uint32_t record = 0;
  double log10_lr = 0;
  double posterior = 0;
};

struct Answer {
  std::vector<Candidate> candidates;  // Best first.
  double not_in_registry = 0;         // The posterior that the reading is of no record shown.
  bool complete = true;
};

// One thread at a time; make one for each.
class Ranker {
 public:
  virtual ~Ranker() = default;
  virtual std::string_view name() const = 0;
  // Whether log10_lr, posterior and not_in_registry of Ask mean anything.
  virtual bool weighs() const { return false; }
  // Where `truth`, a record shown, stands.
  virtual Placement Place(std::string_view reading, uint32_t truth) = 0;
};

// A ranker that answers with a list.
class AnsweringRanker : public Ranker {
 public:
  // As if the record `hidden` were not in the registry.
  virtual Answer Ask(std::string_view reading, std::optional<uint32_t> hidden) = 0;
  Placement Place(std::string_view reading, uint32_t truth) override { return PlaceIn(Ask(reading, {}), truth); }

  // The list is in order: no ties.
  static Placement PlaceIn(const Answer& answer, uint32_t truth) {
    for (size_t i = 0; i < answer.candidates.size(); ++i) {
      if (answer.candidates[i].record == truth) return {i, 1};
    }
    return {};
  }
};

// Makes one for a thread; what all share was prepared before.
using RankerFactory = std::function<std::unique_ptr<Ranker>()>;

}  // namespace burin::accuracy

#endif
