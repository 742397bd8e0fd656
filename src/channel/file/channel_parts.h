// The members of a channel file that become matrices: strokes, mixtures of parts, explicit rows. Private to the .cc
// files of this folder.
#ifndef BURIN_SRC_CHANNEL_FILE_CHANNEL_PARTS_H_
#define BURIN_SRC_CHANNEL_FILE_CHANNEL_PARTS_H_

#include <vector>

#include "src/channel/model/mixture.h"
#include "src/text/strict_json.h"

namespace burin::internal {

// Symbols of the base as indices, in order; `A-Z` is a range. At least one, and none twice.
std::vector<size_t> ReadBaseSymbols(const JsonAt& at, JsonReader* reader);

// `strokes` of the file: At(a, b) is 1 where a can become b by gaining strokes. Losing them is the inverse.
Relation ReadStrokes(const JsonAt& at, JsonReader* reader);

// kChannelSymbols numbers.
std::vector<double> ReadRow(const JsonAt& at, double high, JsonReader* reader);

// `confusion` (kUnrelated) or `alteration` (kAny) as rows that sum to 1. `gain` is nullptr if the file has no strokes.
MixtureRows ReadRows(const JsonAt& at, Rest rest, const Relation* gain, JsonReader* reader);

// A letter for each part, as `reasons` beside a matrix has them.
char LetterOf(ConfusionPart part);

// "0" .. "Z", "other".
std::string SymbolName(size_t symbol);

}  // namespace burin::internal

#endif
