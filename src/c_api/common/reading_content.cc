#include "src/c_api/common/reading_content.h"

#include "src/c_api/common/guard.h"
#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/ncic.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

std::string LengthWords(uint32_t least, uint32_t most) {
  if (least == most) return "the mark has " + std::to_string(least) + " symbols";
  if (most == kMaxMarkSymbols) return "the mark has at least " + std::to_string(least) + " symbols";
  if (least == 0) return "the mark has at most " + std::to_string(most) + " symbols";
  return "the mark has " + std::to_string(least) + " to " + std::to_string(most) + " symbols";
}

const char* PartWords(uint32_t part) {
  switch (part) {
    case BURIN_PART_START:
      return "anything may follow";
    case BURIN_PART_END:
      return "anything may stand before";
    default:
      return "anything may stand before and follow";
  }
}

// Base symbols as the inside of a set, runs of three and more as ranges: 0-9A-F.
void AppendBase(uint64_t base, std::string* out) {
  for (size_t i = 0; i < kBaseSymbols; ++i) {
    if ((base >> i & 1) == 0) continue;
    size_t last = i;
    while (last + 1 < kBaseSymbols && last + 1 != 10 && (base >> (last + 1) & 1) != 0) ++last;
    AppendUtf8(BaseSymbol(i), out);
    if (last < i + 2) continue;
    *out += '-';
    AppendUtf8(BaseSymbol(last), out);
    i = last;
  }
}

std::string MembersText(SymbolSet members) {
  if (members == SymbolSet::All()) return "?";
  const bool except = members.others;
  if (except) members.Complement();
  std::string inside;
  AppendBase(members.base, &inside);
  for (const Symbol symbol : members.listed) AppendUtf8(symbol, &inside);
  if (!except && (members.base == 0 || (members.base & (members.base - 1)) == 0)) {
    if (members.listed.size() + (members.base != 0 ? 1 : 0) == 1) return inside;
  }
  return (except ? "[^" : "[") + inside + "]";
}

}  // namespace

Status ApplyOptions(const burin_reading_options* options, ReadingContent* content) {
  burin_reading_options known = BURIN_READING_OPTIONS_INIT;
  if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
  if (known.max_length == 0) known.max_length = kMaxMarkSymbols;
  if (known.min_length > known.max_length || known.max_length > kMaxMarkSymbols) {
    return OutOfRange("a mark of " + std::to_string(known.min_length) + " to " + std::to_string(known.max_length) +
                      " symbols: lengths go from 0 to " + std::to_string(kMaxMarkSymbols) + ", the least first");
  }
  if (known.part > BURIN_PART_MIDDLE) return OutOfRange("there is no part " + std::to_string(known.part));
  if (known.ncic > 1) return OutOfRange("ncic is 0 or 1");
  content->min_length = known.min_length;
  content->max_length = known.max_length;
  content->part = known.part;
  content->ncic = known.ncic != 0;
  if (known.ncic != 0) {
    content->lattice = NcicCompatible(content->lattice);
    content->spans.clear();
    content->words += "; O and 0 are the same, letters between the first and the last digit do not count";
  }
  if (known.part != BURIN_PART_WHOLE) {
    const bool head = known.part == BURIN_PART_END || known.part == BURIN_PART_MIDDLE;
    const bool tail = known.part == BURIN_PART_START || known.part == BURIN_PART_MIDDLE;
    content->lattice = Float(content->lattice, head, tail);
    content->words += std::string("; ") + PartWords(known.part);
  }
  // Both transformations add slots, and may pass the limits that the reading itself kept.
  if (Status status = content->lattice.Check(); !status.ok()) {
    return Invalid("the reading is too large with these options: " + status.message());
  }
  if (known.min_length > 0 || known.max_length < kMaxMarkSymbols) {
    content->words += "; " + LengthWords(known.min_length, known.max_length);
  }
  return Status();
}

void FillElementTexts(std::string_view pattern, ReadingContent* content) {
  const size_t count = content->lattice.elements.size();
  std::vector<bool> loops(count);
  for (const Arc& arc : content->lattice.arcs) {
    if (arc.element != kEmpty && arc.from == arc.to) loops[static_cast<size_t>(arc.element)] = true;
  }
  content->element_texts.reserve(count);
  for (size_t i = 0; i < count; ++i) {
    if (i < content->spans.size()) {
      const Pattern::Span span = content->spans[i];
      content->element_texts.emplace_back(pattern.substr(span.begin, span.end - span.begin));
      continue;
    }
    std::string text = MembersText(content->lattice.elements[i].members);
    if (loops[i]) text = text == "?" ? "*" : text + "{0,}";
    content->element_texts.push_back(std::move(text));
  }
}

}  // namespace burin::internal
