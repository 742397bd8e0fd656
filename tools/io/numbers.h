// Checks of numbers on the command line. What is no number at all ("nan" among them) is in no range.
#ifndef BURIN_TOOLS_IO_NUMBERS_H_
#define BURIN_TOOLS_IO_NUMBERS_H_

#include <CLI/CLI.hpp>
#include <string>

namespace burin::tool {

// From `least` to `most`; with `above` not `least` itself.
CLI::Validator Between(double least, double most);
CLI::Validator Above(double least, double most);
// A whole number from 1: a budget, of which 0 would be none at all and not, as in the library, no budget.
CLI::Validator Positive();

}  // namespace burin::tool

#endif  // BURIN_TOOLS_IO_NUMBERS_H_
