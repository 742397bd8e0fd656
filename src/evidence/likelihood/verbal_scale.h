// The verbal equivalents of likelihood ratios: data/verbal_scale.tsv.
#ifndef BURIN_SRC_EVIDENCE_LIKELIHOOD_VERBAL_SCALE_H_
#define BURIN_SRC_EVIDENCE_LIKELIHOOD_VERBAL_SCALE_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace burin::internal {

struct VerbalStep {
  std::optional<double> up_to;  // log10, inclusive; none: without end.
  std::string words;
  std::string against;  // For ratios below 1.
};

const std::vector<VerbalStep>& VerbalScale();
// Where its bounds and words come from.
std::string_view VerbalSource();
// "strong support", or for ratios below 1 "strong support for the other proposition"; of static lifetime.
const char* VerbalWords(double log10_lr);

}  // namespace burin::internal

#endif
