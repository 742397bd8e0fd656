// Why each move of an alignment is a difference, in a word and in a sentence.
//
// The words come from the channel and from nothing else: of what a move's probability is the sum of, the largest term
// says how the symbol most probably came to be read so, and the part of the channel's mixture that gives most of that
// term names the relation (look-alike, stroke gain ...). Costs a few hundred multiplications for each difference.
#ifndef BURIN_SRC_EVIDENCE_EXPLAIN_REASON_H_
#define BURIN_SRC_EVIDENCE_EXPLAIN_REASON_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/channel/model/channel.h"
#include "src/channel/model/confusion_parts.h"
#include "src/evidence/explain/alignment.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

enum class Reason : uint8_t {
  kNone = 0,           // No difference.
  kAnotherSymbol = 1,  // Where edits are counted, or the channel does not say why.
  kLookAlike = 2,
  kStrokeGain = 3,
  kStrokeLoss = 4,
  kNeighbouringKey = 5,
  kKnownPair = 6,          // A pair that the channel lists.
  kNoRelation = 7,         // Any misreading.
  kRestamped = 8,          // Altered, to a symbol without relation.
  kSupport = 9,            // The stated support leaves this symbol a share, a smaller one than another has.
  kNotRead = 10,           // A symbol lost.
  kNotRecorded = 11,       // A symbol added.
  kSwapped = 12,           // Neighbours in the other order.
  kRewritten = 13,         // One or two symbols read as one or two others.
  kRecordUnreadable = 14,  // The record says nothing there.
  kPrefixLost = 20,
  kSuffixLost = 21,
  kPrefixAdded = 22,
  kSuffixAdded = 23,
  kZerosAdded = 24,
  kZerosLost = 25,
  kLastFour = 26,
  kLettersLost = 27,
  kBlocksSwapped = 28
};

// "look-alike", "stroke gain" ...; "" for kNone.
std::string_view ReasonName(Reason reason);

struct ReasonedMove {
  Reason reason = Reason::kNone;
  // "8 read where 3 is recorded: stroke gain". Empty where there is no difference, and at further moves of one whose
  // text stands at its first.
  std::string text;
};

// What was aligned, and how it is shown.
struct AlignedReading {
  const Lattice& lattice;
  std::span<const std::string> element_texts;
  const Channel* channel;       // nullptr with unit costs, and then `parts` too.
  const ConfusionParts* parts;  // Of the channel.
};

// One for each move; `items`: as aligned.
std::vector<ReasonedMove> ReasonsOf(const AlignedReading& reading, std::u32string_view items,
                                    std::span<const Move> moves);

}  // namespace burin::internal

#endif
