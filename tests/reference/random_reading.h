// Random readings for differential tests: patterns that use every element of the syntax, lattices built straight, and
// marks close to a reading.
#ifndef BURIN_TESTS_REFERENCE_RANDOM_READING_H_
#define BURIN_TESTS_REFERENCE_RANDOM_READING_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "src/mark/pattern/lattice.h"
#include "tests/reference/choices.h"

namespace burin::internal::reference {

// Symbols that readings and marks of one case are made of. Base symbols come first; others may follow.
std::u32string RandomAlphabet(Choices* choices);

// `items` elements of the syntax over an alphabet; nearly always well formed.
std::string RandomPattern(std::u32string_view alphabet, uint32_t items, Choices* choices);

// Parallel arcs, passages, loops, dead ends, weights, doubt: what Lattice::Check lets pass.
Lattice RandomLattice(std::u32string_view alphabet, Choices* choices);

// A random path through a lattice, spelled with symbols of the alphabet where the elements have such; at most 64.
std::u32string RandomReadString(const Lattice& lattice, std::u32string_view alphabet, Choices* choices);

// So many random edits.
std::u32string Edited(std::u32string text, uint32_t edits, std::u32string_view alphabet, Choices* choices);

}  // namespace burin::internal::reference

#endif
