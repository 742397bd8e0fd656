// A source's own sentinels, from a table with the columns `text` and `kind`.
#ifndef BURIN_SRC_C_API_ROWS_OWN_SENTINELS_H_
#define BURIN_SRC_C_API_ROWS_OWN_SENTINELS_H_

#include <memory>
#include <string>

#include "src/base/status.h"
#include "src/mark/cells/sentinel.h"

namespace burin::internal {

// kBadInput: a text without words, or with two kinds; a kind that there is not. Messages name file, row and column.
Result<std::unique_ptr<SentinelTable>> ReadOwnSentinels(const std::string& path);

}  // namespace burin::internal

#endif
