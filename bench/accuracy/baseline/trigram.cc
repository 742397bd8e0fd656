#include "bench/accuracy/baseline/trigram.h"

#include <absl/container/flat_hash_map.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

namespace burin::accuracy {
namespace {

// A cosine as integers, so that equal ones are equal: dot * dot / (norm of the serial), the norm of the reading being
// the same for all.
struct Squared {
  uint64_t dot = 0, norm = 1;
  friend bool operator==(const Squared& a, const Squared& b) {
    return a.dot * a.dot * b.norm == b.dot * b.dot * a.norm;
  }
  friend bool operator>(const Squared& a, const Squared& b) { return a.dot * a.dot * b.norm > b.dot * b.dot * a.norm; }
};

uint64_t Norm(const std::map<uint32_t, uint32_t>& counts) {
  uint64_t norm = 0;
  for (const auto& [trigram, count] : counts) norm += uint64_t{count} * count;
  return norm;
}

struct Postings {
  struct Posting {
    uint32_t record, count;
  };
  absl::flat_hash_map<uint32_t, std::vector<Posting>> of;
  std::vector<uint32_t> norms;
  size_t shown = 0;
};

class Cosines final : public Ranker {
 public:
  explicit Cosines(std::shared_ptr<const Postings> postings)
      : postings_(std::move(postings)), dots_(postings_->norms.size(), 0) {}
  std::string_view name() const override { return "trigram"; }

  Placement Place(std::string_view reading, uint32_t truth) override {
    std::vector<uint32_t> touched;
    for (const auto& [trigram, count] : Trigrams(reading)) {
      const auto postings = postings_->of.find(trigram);
      if (postings == postings_->of.end()) continue;
      for (const auto& posting : postings->second) {
        if (dots_[posting.record] == 0) touched.push_back(posting.record);
        dots_[posting.record] += count * posting.count;
      }
    }
    const auto cosine = [&](uint32_t record) { return Squared{dots_[record], postings_->norms[record]}; };
    const Squared own = cosine(truth);
    Placement placement;
    for (const uint32_t record : touched) {
      placement.before += cosine(record) > own;
      placement.tied += cosine(record) == own;
    }
    if (own.dot == 0) placement.tied = postings_->shown - touched.size();  // All others have nothing in common either.
    for (const uint32_t record : touched) dots_[record] = 0;
    return placement;
  }

 private:
  std::shared_ptr<const Postings> postings_;
  std::vector<uint64_t> dots_;
};

}  // namespace

std::map<uint32_t, uint32_t> Trigrams(std::string_view text) {
  const std::string padded = "  " + std::string(text) + " ";
  std::map<uint32_t, uint32_t> counts;
  for (size_t i = 0; i + 3 <= padded.size(); ++i) {
    uint32_t trigram = 0;
    for (size_t k = 0; k < 3; ++k) trigram = trigram << 8 | static_cast<unsigned char>(padded[i + k]);
    ++counts[trigram];
  }
  return counts;
}

double TrigramCosine(std::string_view a, std::string_view b) {
  const auto x = Trigrams(a), y = Trigrams(b);
  uint64_t dot = 0;
  for (const auto& [trigram, count] : x) {
    const auto same = y.find(trigram);
    if (same != y.end()) dot += uint64_t{count} * same->second;
  }
  return static_cast<double>(dot) / std::sqrt(static_cast<double>(Norm(x)) * static_cast<double>(Norm(y)));
}

RankerFactory TrigramRanker(const Registry& registry) {
  auto postings = std::make_shared<Postings>();
  postings->shown = registry.shown_count();
  for (uint32_t i = 0; i < registry.serials.size(); ++i) {
    const auto trigrams = Trigrams(registry.serials[i]);
    postings->norms.push_back(static_cast<uint32_t>(Norm(trigrams)));
    if (!registry.shown(i)) continue;
    for (const auto& [trigram, count] : trigrams) postings->of[trigram].push_back({i, count});
  }
  return [postings] { return std::make_unique<Cosines>(postings); };
}

}  // namespace burin::accuracy
