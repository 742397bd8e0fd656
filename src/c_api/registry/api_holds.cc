// The holds of a registry, and their log, as an index of it answers them.
#include <string>

#include "burin/registry.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"

using namespace burin::internal;  // NOLINT: definitions of C functions only.

namespace {

static_assert(BURIN_HOLD_PLACED == static_cast<uint32_t>(HoldAct::kPlaced) &&
              BURIN_HOLD_RELEASED == static_cast<uint32_t>(HoldAct::kReleased) &&
              BURIN_HOLD_OVERRIDDEN == static_cast<uint32_t>(HoldAct::kOverridden));

// Of a file it is empty.
const Manifest& ManifestOf(const burin_index* index) {
  static const Manifest none;
  return index == nullptr || index->snapshot == nullptr ? none : index->snapshot->manifest();
}

}  // namespace

extern "C" {

size_t burin_index_hold_count(const burin_index* index) { return ManifestOf(index).holds.size(); }

burin_status burin_index_get_hold(const burin_index* index, size_t i, burin_hold* hold, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (hold == nullptr) return IsNull("hold");
    if (i >= ManifestOf(index).holds.size()) return OutOfRange("there is no hold " + std::to_string(i));
    const Hold& known = ManifestOf(index).holds[i];
    burin_hold answer = BURIN_HOLD_INIT;
    answer.where_count = static_cast<uint32_t>(known.where.size());
    answer.name = known.name.c_str();
    answer.source = known.source.c_str();
    answer.key = known.key.empty() ? nullptr : known.key.c_str();
    answer.reason = known.reason.c_str();
    answer.until = known.until;
    answer.placed_at = known.placed_at;
    return WriteAnswer(sizeof(answer), answer, hold);
  });
}

const char* burin_index_hold_condition(const burin_index* index, size_t i, size_t condition) {
  const auto& holds = ManifestOf(index).holds;
  return i < holds.size() && condition < holds[i].where.size() ? holds[i].where[condition].c_str() : nullptr;
}

size_t burin_index_hold_event_count(const burin_index* index) { return ManifestOf(index).hold_events.size(); }

burin_status burin_index_get_hold_event(const burin_index* index, size_t i, burin_hold_event* event,
                                        burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (index == nullptr) return IsNull("index");
    if (event == nullptr) return IsNull("event");
    if (i >= ManifestOf(index).hold_events.size()) return OutOfRange("there is no entry " + std::to_string(i));
    const HoldEvent& known = ManifestOf(index).hold_events[i];
    burin_hold_event answer = BURIN_HOLD_EVENT_INIT;
    answer.act = static_cast<uint32_t>(known.act);
    answer.at = known.at;
    answer.records = known.records;
    answer.names = known.names.c_str();
    answer.reason = known.reason.c_str();
    return WriteAnswer(sizeof(answer), answer, event);
  });
}

}  // extern "C"
