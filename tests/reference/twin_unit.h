// Twin of unit costs by enumeration: every read string of a reading, every mark a record may stand for, and the
// textbook distance of each pair. For small alphabets only; nothing here is shared with the library but the types.
#ifndef BURIN_TESTS_REFERENCE_TWIN_UNIT_H_
#define BURIN_TESTS_REFERENCE_TWIN_UNIT_H_

#include <cstddef>
#include <set>
#include <string>
#include <string_view>

#include "src/channel/model/cost_lattice.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal::reference {

// By definition, without SymbolSet::Contains.
bool Has(const SymbolSet& set, Symbol s);

// The strings over `alphabet` of at most `max_length` symbols that a lattice spells.
std::set<std::u32string> ReadStrings(const Lattice& lattice, std::u32string_view alphabet, size_t max_length);
// The strings over `alphabet` of at most `max_length` symbols that the items of a partial record may stand for.
std::set<std::u32string> MarkStrings(std::u32string_view items, std::u32string_view alphabet, size_t max_length);

// Of two strings, by the whole matrix; kNever for hamming between different lengths. Osa: the restricted Damerau
// distance.
Cost Distance(Metric metric, std::u32string_view a, std::u32string_view b);
// The lowest distance of any pair; kNever if there is none.
Cost Distance(Metric metric, const std::set<std::u32string>& readings, const std::set<std::u32string>& marks);

}  // namespace burin::internal::reference

#endif
