#include "tools/match/evidence_rows.h"

#include <charconv>
#include <cmath>

namespace burin::tool {
namespace {

constexpr int kDigits = 6;

std::string Six(double value) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), value, std::chars_format::general, kDigits).ptr;
  return std::string(text, end);
}

void AppendJsonNumber(const char* name, double value, std::string* out) {
  *out += '"';
  *out += name;
  *out += "\":";
  *out += std::isfinite(value) ? Six(value) : "null";
  *out += ',';
}
void AppendJsonBool(const char* name, bool value, std::string* out) {
  *out += '"';
  *out += name;
  *out += value ? "\":true," : "\":false,";
}

std::string Percent(double share) {
  char text[64];
  const auto end = std::to_chars(text, text + sizeof(text), share * 100, std::chars_format::general, 3).ptr;
  return std::string(text, end) + " %";
}

}  // namespace

void AppendJsonWeight(const Result& result, size_t i, std::string* out) {
  const burin_weight& w = WeightsOf(result)[i];
  AppendJsonNumber("log10_likelihood", w.log10_likelihood, out);
  AppendJsonNumber("log10_lr", w.log10_lr, out);
  AppendJsonBool("not_excluded", (w.flags & BURIN_WEIGHT_NOT_EXCLUDED) != 0, out);
  if ((w.flags & BURIN_WEIGHT_CAPPED) != 0) AppendJsonBool("capped", true, out);
  if (const char* words = VerbalOf(result, i)) {
    *out += "\"verbal\":";
    AppendJson(words, out);
    *out += ',';
  }
  AppendJsonNumber("posterior", w.posterior, out);
  AppendJsonNumber("posterior_search_low", w.posterior_low, out);
  AppendJsonNumber("posterior_search_high", w.posterior_high, out);
}

void AppendJsonEvidence(const Result& result, std::string* out) {
  const burin_evidence e = EvidenceOf(result);
  *out += "\"evidence\":{";
  AppendJsonBool("complete", e.complete != 0, out);
  AppendJsonNumber("log10_seen", e.log10_seen, out);
  AppendJsonNumber("log10_unseen_most", e.log10_unseen, out);
  AppendJsonNumber("log10_population", e.log10_population, out);
  *out += "\"population\":" + Number(e.population) + ",\"statistics\":\"" + e.statistics_hash + "\"},";
  AppendJsonNumber("prior_present", e.prior_present, out);
  AppendJsonNumber("not_in_registry", e.not_in_registry, out);
  AppendJsonNumber("not_in_registry_search_low", e.not_in_registry_low, out);
  AppendJsonNumber("not_in_registry_search_high", e.not_in_registry_high, out);
  *out += "\"not_excluded\":" + Number(e.not_excluded) + ",";
  AppendJsonBool("more_not_excluded", (e.flags & BURIN_EVIDENCE_MORE_NOT_EXCLUDED) != 0, out);
  AppendJsonNumber("chance_hits", e.chance_hits, out);
  AppendJsonBool("ambiguous", (e.flags & BURIN_EVIDENCE_AMBIGUOUS) != 0, out);
}

std::string EvidenceColumns() {
  return ",log10_lr,not_excluded,posterior,posterior_search_low,posterior_search_high,not_in_registry,prior_present";
}

void AppendCsvWeight(const Result& result, size_t i, std::string* out) {
  const burin_weight& w = WeightsOf(result)[i];
  const burin_evidence e = EvidenceOf(result);
  *out += ',' + Six(w.log10_lr) + ((w.flags & BURIN_WEIGHT_NOT_EXCLUDED) != 0 ? ",yes" : ",no");
  for (const double value : {w.posterior, w.posterior_low, w.posterior_high, e.not_in_registry, e.prior_present}) {
    *out += ',' + Six(value);
  }
}

void AppendWeightLine(const Result& result, size_t i, bool believed, std::string* out) {
  const burin_weight& w = WeightsOf(result)[i];
  *out += (believed ? "      log10 LR with what is believed " : "      log10 LR ") + Six(w.log10_lr);
  if ((w.flags & BURIN_WEIGHT_CAPPED) != 0) *out += " (limit of the channel's validation)";
  if (const char* words = VerbalOf(result, i)) *out += std::string(" (") + words + ")";
  *out += (w.flags & BURIN_WEIGHT_NOT_EXCLUDED) != 0 ? ", not excluded" : ", excluded";
  *out += "; posterior " + Percent(w.posterior) + "\n";
}

void AppendEvidenceLines(const Result& result, std::string* out) {
  const burin_evidence e = EvidenceOf(result);
  *out += "Not in the registry: " + Percent(e.not_in_registry) + ", if " + Percent(e.prior_present) +
          " of such marks are in it. Not excluded: " +
          ((e.flags & BURIN_EVIDENCE_MORE_NOT_EXCLUDED) != 0 ? "at least " : "") + Counted(e.not_excluded, "record") +
          " of " + Number(e.population) + ".\n";
  if ((e.flags & BURIN_EVIDENCE_AMBIGUOUS) != 0) {
    *out += "Ambiguous: more than one of them explains the reading within a factor of 10 of the best.\n";
  }
  if (!result.matches().empty()) {
    *out += "Unrelated marks that explain it as well as the best: at most " + Six(e.chance_hits) + " expected.\n";
  }
  if (e.complete == 0) {
    *out +=
        "Not complete for evidence: what was not seen may weigh more than 1 % of what was; posteriors are bounded "
        "from below by " +
        std::string(result.matches().empty() ? "0" : Percent(WeightsOf(result)[0].posterior_low)) + " for the first.\n";
  }
}

}  // namespace burin::tool
