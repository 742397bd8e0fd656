#include "src/base/processor.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "src/base/processor.cc"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace burin::internal {
namespace HWY_NAMESPACE {

const char* NameOfTarget() { return hwy::TargetName(HWY_TARGET); }

}  // namespace HWY_NAMESPACE
}  // namespace burin::internal
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

#include <algorithm>
#include <cstdlib>
#include <mutex>

namespace burin::internal {
namespace {

// Code for any processor: it cannot be taken away.
constexpr int64_t kBaseline = HWY_EMU128 | HWY_SCALAR;
constexpr int kBits = 63;

char Upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

bool SameName(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Upper(x) == Upper(y); });
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

int64_t TakenAwayBy(std::string_view name) {
  if (SameName(name, "all")) return ~kBaseline;
  for (int bit = 0; bit < kBits; ++bit) {
    const int64_t target = int64_t{1} << bit;
    // Of one family the better target has the lower bit; only targets of this machine's family have names here.
    if ((target & kBaseline) == 0 && SameName(name, hwy::TargetName(target))) return target | (target - 1);
  }
  return 0;
}

// Highway calls a bit that is no target by this name.
constexpr std::string_view kNoTarget = "Unknown";

}  // namespace

HWY_EXPORT(NameOfTarget);

int64_t TargetsTakenAway(std::string_view list) {
  int64_t targets = 0;
  while (!list.empty()) {
    const size_t comma = std::min(list.find(','), list.size());
    const std::string_view name = Trim(list.substr(0, comma));
    if (!SameName(name, kNoTarget)) targets |= TakenAwayBy(name);
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return targets;
}

void LimitTargets() {
  static std::once_flag once;
  std::call_once(once, [] {
    const char* list = std::getenv("BURIN_DISABLE_TARGETS");
    const int64_t targets = list == nullptr ? 0 : TargetsTakenAway(list);
    if (targets != 0) hwy::DisableTargets(targets);
  });
}

const char* TargetInUse() {
  LimitTargets();
  return HWY_DYNAMIC_DISPATCH(NameOfTarget)();
}

}  // namespace burin::internal

#endif
