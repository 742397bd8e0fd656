// What evidence says of an answer and of each hit, in the three formats. Numbers have six significant digits.
#ifndef BURIN_TOOLS_MATCH_EVIDENCE_ROWS_H_
#define BURIN_TOOLS_MATCH_EVIDENCE_ROWS_H_

#include <cstddef>
#include <string>

#include "tools/match/answer.h"

namespace burin::tool {

// `"log10_lr":...,` and so on, of a hit and of a query; each ends with a comma.
void AppendJsonWeight(const Result& result, size_t i, std::string* out);
void AppendJsonEvidence(const Result& result, std::string* out);

// Columns of CSV, each with a comma before it.
std::string EvidenceColumns();
void AppendCsvWeight(const Result& result, size_t i, std::string* out);

// Lines of the table. `believed`: something was, beside the reading.
void AppendWeightLine(const Result& result, size_t i, bool believed, std::string* out);
void AppendEvidenceLines(const Result& result, std::string* out);

}  // namespace burin::tool

#endif  // BURIN_TOOLS_MATCH_EVIDENCE_ROWS_H_
