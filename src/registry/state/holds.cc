#include "src/registry/state/holds.h"

#include <algorithm>
#include <memory>
#include <string_view>

#include "src/index/view/filter.h"
#include "src/index/write/builder_columns.h"

namespace burin::internal {
namespace {

Status Invalid(std::string message) { return Status(StatusCode::kInvalidArgument, std::move(message)); }

void PutText(std::string_view text, ByteWriter* out) {
  out->Varint(text.size());
  out->Text(text);
}

std::string GetText(ByteReader* in) { return std::string(AsText(in->Bytes(in->Varint()))); }

bool IsShort(const std::string& text) { return text.size() <= kMaxHoldText; }

// All records, deleted ones too.
Result<std::shared_ptr<const Index>> Whole(std::span<const IndexSegment> segments,
                                           const SegmentedIndex::Names& attributes) {
  std::vector<IndexSegment> all;
  for (const IndexSegment& segment : segments) all.emplace_back().index = segment.index;
  if (all.empty()) {
    auto empty = SegmentedIndex::Empty();
    if (!empty.ok()) return empty;
    all.emplace_back().index = *std::move(empty);
  }
  return SegmentedIndex::Make(std::move(all), attributes);
}

// A hold, made ready for the records of an index.
class Matcher {
 public:
  Matcher(const Hold& hold, const Index& index) : hold_(hold), index_(index) {}
  Status Compile() {
    for (const std::string& condition : hold_.where) {
      if (Status status = filter_.Add(index_, condition); !status.ok()) return status;
    }
    return {};
  }
  bool Holds(uint64_t record) const {
    if (!hold_.key.empty()) {
      std::string key;
      index_.AppendKey(record, &key);
      const AttributeColumn* const sources = index_.FindAttribute(kSourceName);
      const std::string_view source = sources == nullptr ? std::string_view() : sources->text(sources->code(record));
      if (key != hold_.key || source != hold_.source) return false;
    }
    return filter_.Passes(record);
  }

 private:
  const Hold& hold_;
  const Index& index_;
  Filter filter_;
};

}  // namespace

void EncodeHolds(std::span<const Hold> holds, ByteWriter* out) {
  for (const Hold& hold : holds) {
    out->U64(hold.placed_at);
    out->U64(hold.until);
    for (const std::string* text : {&hold.name, &hold.source, &hold.key, &hold.reason}) PutText(*text, out);
    out->Varint(hold.where.size());
    for (const std::string& condition : hold.where) PutText(condition, out);
  }
}

void EncodeHoldEvents(std::span<const HoldEvent> events, ByteWriter* out) {
  for (const HoldEvent& event : events) {
    out->U64(event.at);
    out->U8(static_cast<uint8_t>(event.act));
    out->Varint(event.records);
    PutText(event.names, out);
    PutText(event.reason, out);
  }
}

bool DecodeHolds(ByteSpan bytes, uint64_t count, std::vector<Hold>* out) {
  ByteReader in(bytes);
  for (uint64_t i = 0; i < count && in.ok(); ++i) {
    Hold hold;
    hold.placed_at = in.U64();
    hold.until = in.U64();
    for (std::string* text : {&hold.name, &hold.source, &hold.key, &hold.reason}) *text = GetText(&in);
    const uint64_t conditions = in.Varint();
    for (uint64_t c = 0; c < conditions && in.ok(); ++c) hold.where.push_back(GetText(&in));
    const bool rises = out->empty() || out->back().name < hold.name;
    const bool says = !hold.key.empty() || !hold.where.empty();
    if (!in.ok() || !rises || !says || hold.name.empty() || hold.reason.empty()) return false;
    out->push_back(std::move(hold));
  }
  return in.ok() && in.AtEnd();
}

bool DecodeHoldEvents(ByteSpan bytes, uint64_t count, std::vector<HoldEvent>* out) {
  ByteReader in(bytes);
  for (uint64_t i = 0; i < count && in.ok(); ++i) {
    HoldEvent event;
    event.at = in.U64();
    const uint8_t act = in.U8();
    event.act = static_cast<HoldAct>(act);
    event.records = in.Varint();
    event.names = GetText(&in);
    event.reason = GetText(&in);
    if (!in.ok() || act < 1 || act > 3) return false;
    out->push_back(std::move(event));
  }
  return in.ok() && in.AtEnd();
}

Status CheckHold(const Hold& hold, std::span<const IndexSegment> segments, const SegmentedIndex::Names& attributes) {
  if (hold.reason.empty()) return Invalid("hold " + QuoteValue(hold.name) + ": it needs a reason");
  if (hold.key.empty() && hold.where.empty()) {
    return Invalid("hold " + QuoteValue(hold.name) + ": it needs a key or a condition");
  }
  if (!IsShort(hold.reason) || !IsShort(hold.source) || !IsShort(hold.key) || hold.where.size() > kMaxHolds ||
      !std::all_of(hold.where.begin(), hold.where.end(), IsShort)) {
    return Invalid("hold " + QuoteValue(hold.name) + ": a text of over " + std::to_string(kMaxHoldText) + " bytes");
  }
  const auto index = Whole(segments, attributes);
  if (!index.ok()) return index.status();
  return Matcher(hold, **index).Compile();
}

Result<std::vector<uint64_t>> CountHeld(std::span<const Hold> holds, uint64_t now,
                                        std::span<const IndexSegment> segments,
                                        const SegmentedIndex::Names& attributes) {
  std::vector<uint64_t> held(segments.size());
  if (std::all_of(holds.begin(), holds.end(), [&](const Hold& hold) { return hold.IsOver(now); })) return held;
  const auto index = Whole(segments, attributes);
  if (!index.ok()) return index.status();
  std::vector<Matcher> matchers;
  for (const Hold& hold : holds) {
    if (hold.IsOver(now)) continue;
    if (Status status = matchers.emplace_back(hold, **index).Compile(); !status.ok()) return status;
  }
  uint64_t first = 0;
  for (size_t s = 0; s < segments.size(); first += segments[s++].index->record_count()) {
    if (segments[s].deleted == nullptr) continue;
    segments[s].deleted->ForEach([&](uint64_t record) {
      held[s] += std::any_of(matchers.begin(), matchers.end(),
                             [&](const Matcher& matcher) { return matcher.Holds(first + record); });
    });
  }
  return held;
}

}  // namespace burin::internal
