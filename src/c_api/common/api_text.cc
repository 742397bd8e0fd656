// Marks as text through the C API: folding, cells as recorded; and the types of attributes.
#include <memory>
#include <string>
#include <vector>

#include "burin/attribute.h"
#include "burin/text.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/mark_text.h"
#include "src/index/columns/attribute.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

struct burin_recorded {
  struct Mark {
    burin::internal::RecordedMark mark;
    std::string serial;
    std::string sentinel;
    std::string location, method, condition, rules;
  };
  std::vector<Mark> marks;
};

namespace burin::internal {

static_assert(BURIN_MAX_SYMBOLS == kMaxMarkSymbols);
static_assert(BURIN_MISSING_NONE == static_cast<int>(Missing::kNone));
static_assert(BURIN_MISSING_UNKNOWN == static_cast<int>(Missing::kUnknown));
static_assert(BURIN_MISSING_ILLEGIBLE == static_cast<int>(Missing::kIllegible));
static_assert(BURIN_MISSING_NOT_PRESENT == static_cast<int>(Missing::kNotPresent));
static_assert(BURIN_MISSING_NOT_APPLICABLE == static_cast<int>(Missing::kNotApplicable));
static_assert(BURIN_MISSING_NOT_RECORDED == static_cast<int>(Missing::kNotRecorded));
static_assert(BURIN_MISSING_TOO_LONG == static_cast<int>(Missing::kTooLong));
static_assert(BURIN_MISSING_OBLITERATED == static_cast<int>(Missing::kObliterated));
static_assert(BURIN_MISSING_NEVER_MARKED == static_cast<int>(Missing::kNeverMarked));
static_assert(BURIN_MISSING_NOTHING_REPORTED == static_cast<int>(Missing::kNothingReported));
static_assert(BURIN_MISSING_TEXT == static_cast<int>(Missing::kText));
static_assert(BURIN_MISSING_DAMAGED == static_cast<int>(Missing::kDamaged));
static_assert(kMissingKinds == BURIN_MISSING_DAMAGED + 1 && kMissingKinds <= BURIN_MISSING_KINDS);
static_assert(BURIN_ATTRIBUTE_CATEGORY == static_cast<int>(AttributeType::kCategory));
static_assert(BURIN_ATTRIBUTE_INTEGER == static_cast<int>(AttributeType::kInteger));
static_assert(BURIN_ATTRIBUTE_DATE == static_cast<int>(AttributeType::kDate));

Status ReadUnreadable(const char* unreadable, Unreadables* out) {
  if (unreadable == nullptr) return Status();
  if (!IsValidUtf8(unreadable)) return Invalid("the unreadable characters are not valid UTF-8");
  *out = Unreadables(unreadable);
  return Status();
}

void AppendItems(std::u32string_view items, std::string* out) {
  for (const Symbol symbol : items) {
    if (symbol == kUnreadable) {
      *out += '?';
    } else if (symbol == kGap) {
      *out += '*';
    } else {
      AppendUtf8(symbol, out);
    }
  }
}

namespace {

const burin_recorded::Mark* MarkAt(const burin_recorded* recorded, size_t i) {
  return recorded != nullptr && i < recorded->marks.size() ? &recorded->marks[i] : nullptr;
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_fold(const char* text, size_t size, char* buffer, size_t capacity, size_t* needed,
                        burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (needed == nullptr) return IsNull("needed");
    *needed = 0;
    if (BadText(text, size)) return IsNull("text");
    std::u32string serial;
    if (!FoldSerial(Text(text, size), &serial)) return Invalid("the text is not valid UTF-8");
    return WriteText(ToUtf8(serial), buffer, capacity, needed);
  });
}

uint32_t burin_folding_version(void) { return kFoldingVersion; }

const char* burin_missing_name(uint32_t missing) {
  if (missing == BURIN_MISSING_NONE || missing >= kMissingKinds) return "";
  return MissingName(static_cast<Missing>(missing)).data();  // A literal.
}

burin_status burin_recorded_read(const char* text, size_t size, const burin_recorded_options* options,
                                 burin_recorded** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (BadText(text, size)) return IsNull("text");
    burin_recorded_options known = BURIN_RECORDED_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    RecordedOptions how;
    if (Status status = ReadUnreadable(known.unreadable, &how.unreadable); !status.ok()) return status;
    std::vector<RecordedMark> marks;
    if (!ReadRecorded(Text(text, size), how, &marks)) return Invalid("the text is not valid UTF-8");
    auto recorded = std::make_unique<burin_recorded>();
    for (RecordedMark& mark : marks) {
      std::string serial;
      if (mark.missing == Missing::kNone) AppendItems(mark.symbols, &serial);
      burin_recorded::Mark& kept = recorded->marks.emplace_back();
      kept.serial = std::move(serial);
      kept.sentinel = mark.sentinel;
      kept.location = mark.location;
      kept.method = mark.method;
      kept.condition = mark.condition;
      kept.rules = CellRuleNames(mark.rules);
      kept.mark = std::move(mark);
    }
    *out = recorded.release();
    return Status();
  });
}

void burin_recorded_destroy(burin_recorded* recorded) { delete recorded; }

size_t burin_recorded_count(const burin_recorded* recorded) { return recorded == nullptr ? 0 : recorded->marks.size(); }

uint32_t burin_recorded_missing(const burin_recorded* recorded, size_t i) {
  const auto* at = MarkAt(recorded, i);
  return static_cast<uint32_t>(at == nullptr ? Missing::kNone : at->mark.missing);
}

int32_t burin_recorded_is_partial(const burin_recorded* recorded, size_t i) {
  const auto* at = MarkAt(recorded, i);
  return at != nullptr && at->mark.partial ? 1 : 0;
}

const char* burin_recorded_serial(const burin_recorded* recorded, size_t i, size_t* size) {
  const auto* at = MarkAt(recorded, i);
  return at == nullptr ? NoAnswer(size) : Answer(at->serial, size);
}

const char* burin_recorded_component(const burin_recorded* recorded, size_t i, size_t* size) {
  const auto* at = MarkAt(recorded, i);
  return at == nullptr ? NoAnswer(size) : Answer(at->mark.component, size);
}

const char* burin_recorded_attribute(const burin_recorded* recorded, size_t i, const char* name, size_t* size) {
  static const std::string none;
  const auto* at = MarkAt(recorded, i);
  if (at == nullptr || name == nullptr) return NoAnswer(size);
  const std::string_view wanted = name;
  const std::string& value = wanted == "component"   ? at->mark.component
                             : wanted == "location"  ? at->location
                             : wanted == "method"    ? at->method
                             : wanted == "condition" ? at->condition
                             : wanted == "cell_rule" ? at->rules
                                                     : none;
  return Answer(value, size);
}

const char* burin_recorded_sentinel(const burin_recorded* recorded, size_t i, size_t* size) {
  const auto* at = MarkAt(recorded, i);
  return at == nullptr ? NoAnswer(size) : Answer(at->sentinel, size);
}

const char* burin_attribute_type_name(uint32_t type) {
  if (type < BURIN_ATTRIBUTE_CATEGORY || type > BURIN_ATTRIBUTE_DATE) return "";
  return AttributeTypeName(static_cast<AttributeType>(type)).data();  // A literal.
}

uint32_t burin_attribute_type_parse(const char* name) {
  AttributeType type;
  if (name == nullptr || !ParseAttributeType(name, &type)) return BURIN_ATTRIBUTE_DEFAULT;
  return static_cast<uint32_t>(type);
}

uint32_t burin_attribute_reserved_type(const char* name) {
  AttributeType type = AttributeType::kCategory;
  if (name == nullptr || !ReservedAttribute(name, &type)) return BURIN_ATTRIBUTE_DEFAULT;
  return static_cast<uint32_t>(type);
}

}  // extern "C"
