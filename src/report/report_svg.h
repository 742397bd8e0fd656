// Drawings for reports, as SVG inside HTML: no script, no font of its own, with a title and a description that say the
// same in words.
#ifndef BURIN_SRC_REPORT_REPORT_SVG_H_
#define BURIN_SRC_REPORT_REPORT_SVG_H_

#include <string>

#include "src/receipt/receipt_content.h"

namespace burin::internal {

// The reading's cells above the recorded ones, move by move; differences are framed, joined by a mark and numbered, as
// the list of reasons below it is. `id` tells the drawings of a page apart.
std::string AlignmentSvg(const ReceiptHit& hit, const std::string& id);

// A log10 likelihood ratio on a scale from -6 to 12, with the limits of the verbal equivalents.
std::string ScaleSvg(double log10_lr, const std::string& id);

}  // namespace burin::internal

#endif
