#include "src/evidence/likelihood/verbal_scale.h"

#include <charconv>

#include "src/text/tsv.h"

namespace burin::internal {
namespace data {
extern const std::string_view verbal_scale;
}  // namespace data

namespace {

std::vector<VerbalStep> Load() {
  std::vector<VerbalStep> steps;
  ForEachRow<2>(data::verbal_scale, [&steps](const std::array<std::string_view, 2>& row) {
    VerbalStep step;
    double up_to = 0;
    const auto [end, error] = std::from_chars(row[0].data(), row[0].data() + row[0].size(), up_to);
    if (error == std::errc() && end == row[0].data() + row[0].size()) step.up_to = up_to;
    step.words = std::string(row[1]);
    step.against = up_to > 0 || !step.up_to ? step.words + " for the other proposition" : step.words;
    steps.push_back(std::move(step));
  });
  return steps;
}

}  // namespace

const std::vector<VerbalStep>& VerbalScale() {
  static const auto* const steps = new std::vector<VerbalStep>(Load());
  return *steps;
}

std::string_view VerbalSource() {
  return "Bounds and wording: ENFSI guideline for evaluative reporting in forensic science (2015), as restated in the "
         "likelihood ratio book of the Leverhulme Research Centre for Forensic Science, Dundee, table 5.3.";
}

const char* VerbalWords(double log10_lr) {
  const bool against = log10_lr < 0;
  const double size = against ? -log10_lr : log10_lr;
  for (const VerbalStep& step : VerbalScale()) {
    if (!step.up_to || size <= *step.up_to) return (against ? step.against : step.words).c_str();
  }
  return "";
}

}  // namespace burin::internal
