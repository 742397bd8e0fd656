// From the text of a pattern to its items: the grammar of docs/patterns.md.
#include "src/mark/pattern/pattern_items.h"

#include <algorithm>
#include <utility>

#include "src/mark/fold/symbol.h"
#include "src/mark/pattern/pattern_set.h"
#include "src/mark/pattern/pattern_text.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

using Kind = PatternItem::Kind;

constexpr uint32_t kMaxRepeat = 64;  // A mark has no more symbols than that.

class ItemParser {
 public:
  explicit ItemParser(PatternText text) : text_(std::move(text)) {}

  Result<PatternItems> Parse() {
    PatternItems items;
    uint32_t least = 0;
    while (!text_.done()) {
      const size_t before = items.size();
      if (Status status = Item(false, &items); !status.ok()) return status;
      for (size_t i = before; i < items.size(); ++i) {
        least += LengthOf(items[i]).least;
        if (least > kMaxMarkSymbols) {
          return PatternText::Error(
              items[i].column, "expected at most " + std::to_string(kMaxMarkSymbols) + " symbols: a mark has no more");
        }
      }
    }
    if (items.empty()) return text_.Expected("a character, '?', '*', a set or a group");
    return items;
  }

 private:
  // One item, or the several of a character that folds to several symbols, or none of a separator.
  Status Item(bool in_group, PatternItems* items) {
    PatternItem item;
    item.begin = text_.byte();
    item.column = text_.column();
    switch (text_.peek()) {
      case U'?':
      case U'_':
        text_.Skip(1);
        item.kind = Kind::kUnread;
        item.element.members = SymbolSet::All();
        return Finish(std::move(item), items);
      case U'*':
      case U'%':
        text_.Skip(1);
        return Gap(std::move(item), items);
      case U'[':
        text_.Skip(1);
        item.kind = Kind::kSet;
        if (Status status = ParseSet(&text_, &item); !status.ok()) return status;
        if (Status status = Doubts(&item); !status.ok()) return status;
        return Finish(std::move(item), items);
      case U'(':
        if (in_group) return Refuse("expected a character, '?', '*' or a set: groups are not nested");
        text_.Skip(1);
        if (Status status = Group(&item); !status.ok()) return status;
        return Finish(std::move(item), items);
      case U'\\':
        text_.Skip(1);
        if (text_.done()) return text_.Expected("a character after '\\'");
        return Plain(true, std::move(item), items);
      default:
        if (IsMetacharacter(text_.peek())) return Misplaced();
        return Plain(false, std::move(item), items);
    }
  }

  // For what stands at the cursor and may not, where the message names it already.
  Status Refuse(std::string_view what) const { return PatternText::Error(text_.column(), what); }

  // A metacharacter where an item should start.
  Status Misplaced() const {
    switch (text_.peek()) {
      case U'{':
        return Refuse("expected a character, '?', a set or a group directly before '{'");
      case U'~':
        return Refuse("expected a character or a set directly before '~'");
      case U'!':
        return Refuse("expected a character directly before '!'");
      default:
        return text_.Expected("a character, '?', '*', a set or a group");
    }
  }

  Status Plain(bool escaped, PatternItem item, PatternItems* items) {
    const std::u32string symbols = text_.TakeCharacter();
    if (symbols.empty()) {
      if (!escaped) return Status();
      return PatternText::Error(item.column, "expected after '\\' a character that can occur in a serial");
    }
    item.kind = Kind::kPlain;
    const char32_t next = text_.peek();
    if (symbols.size() > 1 && (next == U'!' || next == U'{')) {
      return Refuse("expected a single symbol before it: this character stands for " + ToUtf8(symbols));
    }
    if (next == U'!') {
      if (Status status = Alteration(&item); !status.ok()) return status;
    } else if (Status status = Doubts(&item); !status.ok()) {
      return status;
    }
    for (const Symbol s : symbols) {
      PatternItem one = item;
      one.element.members = SymbolSet::Of(s);
      if (Status status = Finish(std::move(one), items); !status.ok()) return status;
    }
    return Status();
  }

  Status Doubts(PatternItem* item) {
    if (!text_.Take(U'~')) return Status();
    item->element.doubt = Doubt::kProbable;
    if (text_.Take(U'~')) item->element.doubt = Doubt::kPossible;
    if (text_.peek() == U'~') return Refuse("expected at most two '~'");
    if (text_.peek() == U'!') return Refuse("expected no '!' after '~': a doubted character is not altered as well");
    return Status();
  }

  // `8!`, `8!3`. What directly follows, if it is a symbol, lay beneath.
  Status Alteration(PatternItem* item) {
    text_.Skip(1);
    item->element.altered = true;
    if (!text_.done() && !IsMetacharacter(text_.peek())) {
      const size_t column = text_.column();
      const std::u32string beneath = text_.TakeCharacter();
      if (beneath.size() > 1) {
        return PatternText::Error(column,
                                  "expected a single symbol beneath: this character stands for " + ToUtf8(beneath));
      }
      if (beneath.empty()) return Status();  // A separator ends it.
      item->element.beneath = beneath[0];
    }
    switch (text_.peek()) {
      case U'~':
        return Refuse("expected no '~': an altered character is not doubted as well");
      case U'!':
        return Refuse("expected one '!' for a character: write a space before the next one");
      case U'{':
        return Refuse("expected no '{': an altered character is not repeated");
      default:
        return Status();
    }
  }

  // Two gaps side by side are one.
  static Status AddGap(PatternItem item, PatternItems* items) {
    if (!items->empty() && items->back().kind == Kind::kStar) {
      items->back().end = item.end;
    } else {
      items->push_back(std::move(item));
    }
    return Status();
  }

  Status Gap(PatternItem item, PatternItems* items) {
    item.kind = Kind::kStar;
    item.element.members = SymbolSet::All();
    item.least = 0;
    item.most = kUnlimited;
    item.end = text_.byte();
    if (text_.peek() == U'{') return Refuse("expected no '{' after '*': it repeats already");
    return AddGap(std::move(item), items);
  }

  Status Group(PatternItem* item) {
    item->kind = Kind::kGroup;
    for (;;) {
      PatternItems branch;
      while (!text_.done() && text_.peek() != U'|' && text_.peek() != U')') {
        if (Status status = Item(true, &branch); !status.ok()) return status;
      }
      if (text_.done()) return text_.Expected("'|' or ')'");
      if (branch.empty()) return Refuse("expected a character, '?', '*' or a set: no branch of a group is empty");
      item->branches.push_back(std::move(branch));
      if (text_.Take(U')')) return Status();
      text_.Skip(1);
    }
  }

  // The repetition, and the end of the item.
  Status Finish(PatternItem item, PatternItems* items) {
    item.end = text_.byte();
    if (text_.peek() == U'{') {
      if (Status status = Repetition(&item); !status.ok()) return status;
      item.end = text_.byte();
    }
    items->push_back(std::move(item));
    return Status();
  }

  Status Repetition(PatternItem* item) {
    text_.Skip(1);
    const size_t column = text_.column();
    if (Status status = Count(&item->least); !status.ok()) return status;
    item->most = item->least;
    if (text_.Take(U',')) {
      item->most = kUnlimited;
      if (text_.done()) return text_.Expected("a number or '}'");
      if (text_.peek() != U'}') {
        if (Status status = Count(&item->most); !status.ok()) return status;
      }
      if (text_.peek() != U'}') return text_.Expected("'}'");
    } else if (text_.peek() != U'}') {
      return text_.Expected("',' or '}'");
    }
    text_.Skip(1);
    if (item->most == 0) return PatternText::Error(column, "expected at least one repetition");
    if (item->least > item->most) return PatternText::Error(column, "expected the smaller number first");
    return Status();
  }

  Status Count(uint32_t* count) {
    const size_t column = text_.column();
    if (text_.peek() < U'0' || text_.peek() > U'9') return text_.Expected("a number");
    *count = 0;
    while (text_.peek() >= U'0' && text_.peek() <= U'9') {
      *count = *count * 10 + static_cast<uint32_t>(text_.peek() - U'0');
      if (*count > kMaxRepeat) {
        return PatternText::Error(column, "expected a number up to " + std::to_string(kMaxRepeat));
      }
      text_.Skip(1);
    }
    return Status();
  }

  PatternText text_;
};

uint32_t Times(uint32_t length, uint32_t count) {
  if (length == 0 || count == 0) return 0;
  return length == kUnlimited || count == kUnlimited ? kUnlimited : length * count;
}

}  // namespace

uint32_t ShortestOnce(const PatternItem& item) {
  if (item.kind != Kind::kGroup) return 1;
  uint32_t least = kUnlimited;
  for (const PatternItems& branch : item.branches) least = std::min(least, LengthOf(branch).least);
  return least;
}

PatternLength LengthOf(const PatternItem& item) {
  PatternLength once{1, 1};
  if (item.kind == Kind::kGroup) {
    once = {ShortestOnce(item), 0};
    for (const PatternItems& branch : item.branches) once.most = std::max(once.most, LengthOf(branch).most);
  }
  return {Times(once.least, item.least), Times(once.most, item.most)};
}

PatternLength LengthOf(const PatternItems& items) {
  PatternLength length;
  for (const PatternItem& item : items) {
    const PatternLength next = LengthOf(item);
    length.least += next.least;
    length.most = length.most == kUnlimited || next.most == kUnlimited ? kUnlimited : length.most + next.most;
  }
  return length;
}

Result<PatternItems> ParseItems(std::string_view text, uint32_t folding) {
  Result<PatternText> decoded = PatternText::Decode(text, folding);
  if (!decoded.ok()) return decoded.status();
  return ItemParser(*std::move(decoded)).Parse();
}

}  // namespace burin::internal
