// Why a symbol is read as another one: which part of a channel's mixtures (mixture.h) gives most of that probability.
// For people: no number depends on it.
#ifndef BURIN_SRC_CHANNEL_MODEL_CONFUSION_PARTS_H_
#define BURIN_SRC_CHANNEL_MODEL_CONFUSION_PARTS_H_

#include <cstdint>
#include <vector>

namespace burin::internal {

enum class ConfusionPart : uint8_t { kUnknown, kAlike, kStrokeGain, kStrokeLoss, kKeyboard, kPairs, kRest };

// In the places of a channel's matrices; empty where it does not say.
struct ConfusionParts {
  std::vector<ConfusionPart> confusion, alteration;
};

}  // namespace burin::internal

#endif
