// One text for each JSON value, so that a hash of it means something: members sorted by the bytes of their names,
// nothing between tokens, numbers with the fewest digits that read as the same double (whole ones below 10^16
// without a point), strings with the escapes that JSON needs and no others (docs/receipts.md).
#ifndef BURIN_SRC_TEXT_CANONICAL_JSON_H_
#define BURIN_SRC_TEXT_CANONICAL_JSON_H_

#include <string>

#include "src/text/strict_json.h"

namespace burin::internal {

std::string CanonicalJson(const Json& value);

// Where two values differ first, in canonical order, and how: "/queries/0/hits/1/cost: 4.25 instead of 4.5", the first
// of `value`, the second of `expected`. "": they are the same.
std::string FirstDifference(const Json& value, const Json& expected);

}  // namespace burin::internal

#endif
