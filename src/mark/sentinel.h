// Words that a cell may hold instead of a number, or in brackets beside one: sentinels ("unlesbar") and components
// ("cano"). The tables are src/mark/data/sentinels.tsv and components.tsv.
#ifndef BURIN_SRC_MARK_SENTINEL_H_
#define BURIN_SRC_MARK_SENTINEL_H_

#include <string_view>

#include "src/mark/recorded.h"

namespace burin::internal {

struct Sentinel {
  std::string_view text;  // As the table spells it.
  Missing missing = Missing::kNone;
};

// The sentinel that the whole of `text` is, but for case, accents, punctuation and white space; nullptr if it is none.
// Of `unreadable` characters, those at the ends are ignored if four letters or more are left.
const Sentinel* FindSentinel(std::u32string_view text, std::string_view unreadable);

// The reserved name of the component that the whole of `text` names, or an empty one.
std::string_view FindComponent(std::u32string_view text);

}  // namespace burin::internal

#endif
