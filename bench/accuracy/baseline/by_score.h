// A ranker made of a similarity: all records shown are scored, and the true record's place is told by how many score
// higher and how many the same.
#ifndef BURIN_BENCH_ACCURACY_BASELINE_BY_SCORE_H_
#define BURIN_BENCH_ACCURACY_BASELINE_BY_SCORE_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

using Score = std::function<double(std::string_view serial)>;       // Higher is more alike.
using ScoreMaker = std::function<Score(std::string_view reading)>;  // What one reading needs is prepared once.

class ScoreRanker final : public Ranker {
 public:
  ScoreRanker(std::string name, const Registry& registry, ScoreMaker make)
      : name_(std::move(name)), registry_(registry), make_(std::move(make)) {}
  std::string_view name() const override { return name_; }
  Placement Place(std::string_view reading, uint32_t truth) override {
    const Score score = make_(reading);
    const double own = score(registry_.serials[truth]);
    Placement placement;
    for (uint32_t i = 0; i < registry_.serials.size(); ++i) {
      if (!registry_.shown(i)) continue;
      const double other = score(registry_.serials[i]);
      placement.before += other > own;
      placement.tied += other == own;
    }
    return placement;
  }

 private:
  std::string name_;
  const Registry& registry_;
  ScoreMaker make_;
};

inline RankerFactory ByScore(std::string name, const Registry& registry, ScoreMaker make) {
  return [name = std::move(name), &registry, make = std::move(make)] {
    return std::make_unique<ScoreRanker>(name, registry, make);
  };
}

}  // namespace burin::accuracy

#endif
