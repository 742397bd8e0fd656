// Readings through the C API: parsed from a pattern, or built as a lattice.
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>

#include "burin/reading.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/reading_content.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

struct burin_lattice {
  burin::internal::Lattice lattice;
};

namespace burin::internal {
namespace {

constexpr uint32_t kElementFlags = BURIN_ELEMENT_EXCEPT | BURIN_ELEMENT_ALTERED;
static_assert(BURIN_DOUBT_CERTAIN == static_cast<int>(Doubt::kCertain));
static_assert(BURIN_DOUBT_PROBABLE == static_cast<int>(Doubt::kProbable));
static_assert(BURIN_DOUBT_POSSIBLE == static_cast<int>(Doubt::kPossible));

Status FinishReading(std::string_view pattern, const burin_reading_options* options, ReadingContent* content) {
  if (Status status = ApplyOptions(options, content); !status.ok()) return status;
  FillElementTexts(pattern, content);
  return Status();
}

Result<std::shared_ptr<ReadingContent>> ParseUnder(uint32_t folding, std::string_view pattern,
                                                   const burin_reading_options* options) {
  Result<Pattern> parsed = ParsePattern(pattern, folding);
  if (!parsed.ok()) return parsed.status();
  auto content = std::make_shared<ReadingContent>();
  content->lattice = std::move(parsed->lattice);
  content->spans = std::move(parsed->spans);
  content->words = std::move(parsed->words);
  content->pattern = std::string(pattern);
  if (Status status = FinishReading(pattern, options, content.get()); !status.ok()) return status;
  return content;
}

// A symbol is a code point that folding leaves as it is.
Status CheckSymbol(uint32_t symbol) {
  std::string utf8;
  std::u32string folded;
  const bool scalar = symbol <= 0x10FFFF && (symbol < 0xD800 || symbol > 0xDFFF);
  if (scalar) {
    AppendUtf8(static_cast<Symbol>(symbol), &utf8);
    if (FoldSerial(utf8, &folded) && folded.size() == 1 && folded[0] == symbol) return Status();
  }
  return Invalid("code point " + std::to_string(symbol) + " cannot occur in a serial");
}

Status ReadMembers(const burin_element& known, Element* element) {
  if (known.symbols == nullptr && known.symbol_count != 0) return IsNull("element.symbols");
  if (known.symbol_count > Lattice::kMaxArcs) return OutOfRange("an element names at most 4096 symbols");
  const bool except = (known.flags & BURIN_ELEMENT_EXCEPT) != 0;
  if (except && known.support != nullptr) return Invalid("support belongs to symbols that are named, not excepted");
  for (size_t i = 0; i < known.symbol_count; ++i) {
    const auto symbol = static_cast<Symbol>(known.symbols[i]);
    if (Status status = CheckSymbol(known.symbols[i]); !status.ok()) return status;
    if (element->members.Contains(symbol)) return Invalid("an element names a symbol twice");
    element->members.Add(symbol);
    if (known.support == nullptr) continue;
    if (!std::isfinite(known.support[i]) || known.support[i] <= 0) {
      return Invalid("support of a symbol is a finite number above 0");
    }
    element->support.emplace_back(symbol, known.support[i]);
  }
  if (except) element->members.Complement();
  return element->members.empty() ? Invalid("an element without symbols") : Status();
}

Status ReadElement(const burin_element* given, Element* element) {
  if (given == nullptr) return IsNull("element");
  burin_element known = BURIN_ELEMENT_INIT;
  if (Status status = ReadOptions(given, sizeof(known), &known); !status.ok()) return status;
  if ((known.flags & ~kElementFlags) != 0) return OutOfRange("unknown flags of an element");
  if (known.doubt > BURIN_DOUBT_POSSIBLE) return OutOfRange("there is no doubt " + std::to_string(known.doubt));
  if (Status status = ReadMembers(known, element); !status.ok()) return status;
  element->doubt = static_cast<Doubt>(known.doubt);
  element->altered = (known.flags & BURIN_ELEMENT_ALTERED) != 0;
  if (known.beneath != 0) {
    if (!element->altered) return Invalid("a symbol beneath belongs to an altered element");
    if (Status status = CheckSymbol(known.beneath); !status.ok()) return status;
    element->beneath = static_cast<Symbol>(known.beneath);
  }
  return Status();
}

// What can be said of an arc before the lattice is whole.
Status CheckArc(const Lattice& lattice, uint32_t from, uint32_t to, bool empty) {
  if (from >= lattice.slots || to >= lattice.slots) {
    return OutOfRange("an arc from slot " + std::to_string(from) + " to slot " + std::to_string(to) + " of " +
                      std::to_string(lattice.slots));
  }
  if (from > to || (empty && from == to)) {
    return Invalid("an arc from slot " + std::to_string(from) + " to slot " + std::to_string(to));
  }
  if (lattice.arcs.size() >= Lattice::kMaxArcs) return OutOfRange("a lattice has at most 4096 arcs");
  if (from < to) return Status();
  for (const Arc& arc : lattice.arcs) {
    if (arc.from == from && arc.to == to) return Invalid("slot " + std::to_string(from) + " has a loop already");
  }
  return Status();
}

}  // namespace

Result<std::shared_ptr<const ReadingContent>> ParseReading(std::string_view pattern,
                                                           const burin_reading_options* options) {
  Result<std::shared_ptr<ReadingContent>> content = ParseUnder(kFoldingVersion, pattern, options);
  if (!content.ok()) return content.status();
  if (std::any_of(pattern.begin(), pattern.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; })) {
    Result<std::shared_ptr<ReadingContent>> earlier = ParseUnder(1, pattern, options);
    // What only the present folding can parse is searched for as that reads it.
    if (earlier.ok()) (*content)->of_folding_1 = *std::move(earlier);
  }
  return std::shared_ptr<const ReadingContent>(*std::move(content));
}

}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_reading_parse(const char* pattern, size_t size, const burin_reading_options* options,
                                 burin_reading** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (BadText(pattern, size)) return IsNull("pattern");
    Result<std::shared_ptr<const ReadingContent>> content = ParseReading(Text(pattern, size), options);
    if (!content.ok()) return content.status();
    *out = new burin_reading{*std::move(content)};
    return Status();
  });
}

burin_status burin_reading_from_lattice(const burin_lattice* lattice, const burin_reading_options* options,
                                        burin_reading** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (lattice == nullptr) return IsNull("lattice");
    if (Status status = lattice->lattice.Check(); !status.ok()) return status;
    auto content = std::make_shared<ReadingContent>();
    content->lattice = lattice->lattice;
    content->words = "a lattice of " + std::to_string(content->lattice.slots) + " slots and " +
                     std::to_string(content->lattice.elements.size()) + " elements";
    if (Status status = FinishReading({}, options, content.get()); !status.ok()) return status;
    *out = new burin_reading{std::move(content)};
    return Status();
  });
}

void burin_reading_destroy(burin_reading* reading) { delete reading; }

const char* burin_reading_words(const burin_reading* reading) {
  return reading == nullptr ? "" : reading->content->words.c_str();
}

size_t burin_reading_element_count(const burin_reading* reading) {
  return reading == nullptr ? 0 : reading->content->element_texts.size();
}

const char* burin_reading_element_text(const burin_reading* reading, size_t element, size_t* size) {
  if (reading == nullptr || element >= reading->content->element_texts.size()) return NoAnswer(size);
  return Answer(reading->content->element_texts[element], size);
}

void burin_reading_element_span(const burin_reading* reading, size_t element, size_t* begin, size_t* end) {
  Pattern::Span span;
  if (reading != nullptr && element < reading->content->spans.size()) span = reading->content->spans[element];
  if (begin != nullptr) *begin = span.begin;
  if (end != nullptr) *end = span.end;
}

burin_status burin_lattice_create(burin_lattice** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    *out = new burin_lattice();
    return Status();
  });
}

void burin_lattice_destroy(burin_lattice* lattice) { delete lattice; }

burin_status burin_lattice_add_slot(burin_lattice* lattice, uint32_t* slot, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (lattice == nullptr) return IsNull("lattice");
    if (lattice->lattice.slots >= Lattice::kMaxSlots) return OutOfRange("a lattice has at most 1024 slots");
    if (slot != nullptr) *slot = lattice->lattice.slots;
    ++lattice->lattice.slots;
    return Status();
  });
}

burin_status burin_lattice_add_arc(burin_lattice* lattice, uint32_t from, uint32_t to, const burin_element* element,
                                   uint32_t* number, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (lattice == nullptr) return IsNull("lattice");
    if (Status status = CheckArc(lattice->lattice, from, to, false); !status.ok()) return status;
    Element known;
    if (Status status = ReadElement(element, &known); !status.ok()) return status;
    lattice->lattice.arcs.reserve(lattice->lattice.arcs.size() + 1);
    const int32_t at = lattice->lattice.AddElement(std::move(known));
    lattice->lattice.arcs.push_back({from, to, at});
    if (number != nullptr) *number = static_cast<uint32_t>(at);
    return Status();
  });
}

burin_status burin_lattice_add_empty(burin_lattice* lattice, uint32_t from, uint32_t to, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (lattice == nullptr) return IsNull("lattice");
    if (Status status = CheckArc(lattice->lattice, from, to, true); !status.ok()) return status;
    lattice->lattice.arcs.push_back({from, to, kEmpty});
    return Status();
  });
}

}  // extern "C"
