// Sets of symbols. Symbols beyond the base ones are listed, as members or, with `others`, as exceptions: every
// operation below is the usual one of sets, written out for the four ways in which two lists can meet.
#include "src/mark/fold/symbol.h"

#include <algorithm>
#include <iterator>

namespace burin::internal {
namespace {

using Listed = std::vector<Symbol>;

Listed Union(const Listed& a, const Listed& b) {
  Listed all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

Listed Common(const Listed& a, const Listed& b) {
  Listed both;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
  return both;
}

Listed Without(const Listed& a, const Listed& b) {
  Listed left;
  std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(left));
  return left;
}

}  // namespace

SymbolSet SymbolSet::Of(Symbol s) {
  SymbolSet set;
  set.Add(s);
  return set;
}

bool SymbolSet::Contains(Symbol s) const {
  const size_t index = BaseIndex(s);
  if (index < kBaseSymbols) return (base >> index & 1) != 0;
  return std::binary_search(listed.begin(), listed.end(), s) != others;
}

void SymbolSet::Add(Symbol s) {
  const size_t index = BaseIndex(s);
  if (index < kBaseSymbols) {
    base |= uint64_t{1} << index;
    return;
  }
  const auto at = std::lower_bound(listed.begin(), listed.end(), s);
  const bool found = at != listed.end() && *at == s;
  if (others && found) listed.erase(at);
  if (!others && !found) listed.insert(at, s);
}

void SymbolSet::AddAll(const SymbolSet& that) {
  base |= that.base;
  if (others) {
    listed = that.others ? Common(listed, that.listed) : Without(listed, that.listed);
  } else {
    listed = that.others ? Without(that.listed, listed) : Union(listed, that.listed);
    others = that.others;
  }
}

void SymbolSet::Complement() {
  base ^= (uint64_t{1} << kBaseSymbols) - 1;
  others = !others;
}

SymbolSet SymbolSet::Intersection(const SymbolSet& that) const {
  SymbolSet both;
  both.base = base & that.base;
  both.others = others && that.others;
  if (others) {
    both.listed = that.others ? Union(listed, that.listed) : Without(that.listed, listed);
  } else {
    both.listed = that.others ? Without(listed, that.listed) : Common(listed, that.listed);
  }
  return both;
}

}  // namespace burin::internal
