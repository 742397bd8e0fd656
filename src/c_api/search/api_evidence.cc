// Evidence through the C API.
#include <algorithm>
#include <cstring>

#include "burin/evidence.h"
#include "src/base/exp_log.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/search/result_handle.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/evidence/likelihood/verbal_scale.h"

using namespace burin::internal;  // NOLINT: definitions of the C API only.

static_assert(sizeof(burin_weight) == 48);

void burin_result::AddEvidence(const Evidence& found, const std::string& population_hash) {
  burin_evidence e = BURIN_EVIDENCE_INIT;
  e.complete = found.complete ? 1 : 0;
  if (found.ambiguous) e.flags |= BURIN_EVIDENCE_AMBIGUOUS;
  if (found.more_not_excluded) e.flags |= BURIN_EVIDENCE_MORE_NOT_EXCLUDED;
  e.prior_present = found.prior;
  e.population = found.population;
  e.not_in_registry = found.not_in_registry;
  e.not_in_registry_low = found.not_in_registry_low;
  e.not_in_registry_high = found.not_in_registry_high;
  e.not_excluded = found.not_excluded;
  e.chance_hits = found.chance_hits;
  e.log10_seen = Log10(found.seen);
  e.log10_unseen = Log10(found.unseen);
  e.log10_population = Log10(found.of_population);
  std::memcpy(e.statistics_hash, population_hash.data(),
              std::min(population_hash.size(), sizeof(e.statistics_hash) - 1));
  evidence = e;
  weights.reserve(found.weights.size());
  for (const Weight& w : found.weights) {
    if (weights.size() == matches.size()) break;
    burin_weight out = {w.log10_likelihood, w.log10_lr, w.posterior, w.posterior_low, w.posterior_high, 0, 0};
    if (w.not_excluded) out.flags |= BURIN_WEIGHT_NOT_EXCLUDED;
    if (w.capped) out.flags |= BURIN_WEIGHT_CAPPED;
    weights.push_back(out);
  }
}

extern "C" {

const burin_weight* burin_result_weights(const burin_result* result, size_t* count) {
  const bool some = result != nullptr && !result->weights.empty();
  if (count != nullptr) *count = some ? result->weights.size() : 0;
  return some ? result->weights.data() : nullptr;
}

burin_status burin_result_evidence(const burin_result* result, burin_evidence* evidence, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (result == nullptr) return IsNull("result");
    if (evidence == nullptr) return IsNull("evidence");
    if (!result->evidence) return Status(StatusCode::kState, "the search was asked for no evidence");
    return WriteAnswer(sizeof(burin_evidence), *result->evidence, evidence);
  });
}

const char* burin_verbal_band(double log10_lr) { return VerbalWords(log10_lr); }

const char* burin_result_verbal(const burin_result* result, size_t i) {
  if (result == nullptr || i >= result->weights.size() || !result->channel->validated_by) return nullptr;
  if (result->beliefs != nullptr) return nullptr;  // Nobody validated those.
  return VerbalWords(result->weights[i].log10_lr);
}

const char* burin_proposition_same(void) { return "the mark that was read is the mark of this record"; }
const char* burin_proposition_other(void) {
  return "the mark that was read is another one of this population: that of another record, or of none";
}

}  // extern "C"
