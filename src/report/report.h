// A receipt as a page that people read: HTML that needs nothing else, no network, no script, and prints on A4. Two
// kinds: investigative (which records to look at first) and evaluative (what a court may be told of each).
#ifndef BURIN_SRC_REPORT_REPORT_H_
#define BURIN_SRC_REPORT_REPORT_H_

#include <optional>
#include <string>

#include "src/receipt/receipt.h"

namespace burin::internal {

enum class ReportKind : uint8_t { kInvestigative = 1, kEvaluative = 2 };

struct ReportOptions {
  ReportKind kind = ReportKind::kInvestigative;
  // The reader's prior probability that the mark is the record's. Evaluative reports state a posterior only with it.
  std::optional<double> prior;
};

// Everything comes from the receipt; all its texts are escaped.
std::string RenderReport(const Receipt& receipt, const ReportOptions& options);

}  // namespace burin::internal

#endif
