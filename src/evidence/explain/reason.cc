#include "src/evidence/explain/reason.h"

#include <algorithm>

#include "src/channel/model/prices.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr struct {
  Reason reason;
  std::string_view name;
} kNames[] = {{Reason::kAnotherSymbol, "another symbol"},
              {Reason::kLookAlike, "look-alike"},
              {Reason::kStrokeGain, "stroke gain"},
              {Reason::kStrokeLoss, "stroke loss"},
              {Reason::kNeighbouringKey, "neighbouring key"},
              {Reason::kKnownPair, "known pair"},
              {Reason::kNoRelation, "no known relation"},
              {Reason::kRestamped, "restamped"},
              {Reason::kSupport, "less supported"},
              {Reason::kNotRead, "not read"},
              {Reason::kNotRecorded, "not recorded"},
              {Reason::kSwapped, "swapped neighbours"},
              {Reason::kRewritten, "rewritten"},
              {Reason::kRecordUnreadable, "record unreadable"},
              {Reason::kPrefixLost, "prefix not read"},
              {Reason::kSuffixLost, "suffix not read"},
              {Reason::kPrefixAdded, "prefix added"},
              {Reason::kSuffixAdded, "suffix added"},
              {Reason::kZerosAdded, "zeros added"},
              {Reason::kZerosLost, "zeros not read"},
              {Reason::kLastFour, "last four only"},
              {Reason::kLettersLost, "letters not read"},
              {Reason::kBlocksSwapped, "blocks swapped"}};

Reason OfMistake(MarkMistake mistake) {
  switch (mistake) {
    case MarkMistake::kPrefixLost:
      return Reason::kPrefixLost;
    case MarkMistake::kSuffixLost:
      return Reason::kSuffixLost;
    case MarkMistake::kPrefixAdded:
      return Reason::kPrefixAdded;
    case MarkMistake::kSuffixAdded:
      return Reason::kSuffixAdded;
    case MarkMistake::kZerosAdded:
      return Reason::kZerosAdded;
    case MarkMistake::kZerosLost:
      return Reason::kZerosLost;
    case MarkMistake::kLastFour:
      return Reason::kLastFour;
    case MarkMistake::kLettersLost:
      return Reason::kLettersLost;
    case MarkMistake::kBlocksSwapped:
      return Reason::kBlocksSwapped;
    case MarkMistake::kNone:
      break;
  }
  return Reason::kNone;
}

Reason OfPart(ConfusionPart part, bool altered) {
  switch (part) {
    case ConfusionPart::kAlike:
      return Reason::kLookAlike;
    case ConfusionPart::kStrokeGain:
      return Reason::kStrokeGain;
    case ConfusionPart::kStrokeLoss:
      return Reason::kStrokeLoss;
    case ConfusionPart::kKeyboard:
      return Reason::kNeighbouringKey;
    case ConfusionPart::kPairs:
      return Reason::kKnownPair;
    case ConfusionPart::kRest:
      return altered ? Reason::kRestamped : Reason::kNoRelation;
    case ConfusionPart::kUnknown:
      break;
  }
  return Reason::kAnotherSymbol;
}

std::string CountedSymbols(size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

class Reasoner {
 public:
  Reasoner(const AlignedReading& reading, std::u32string_view items, std::span<const Move> moves)
      : reading_(reading), channel_(reading.channel), items_(items), moves_(moves), out_(moves.size()) {
    for (const Move& move : moves) {
      if (move.kind == MoveKind::kChanged) mistake_ = move.mistake;
    }
  }

  std::vector<ReasonedMove> Run() {
    for (size_t i = 0; i < moves_.size();) i = Explain(i);
    return std::move(out_);
  }

 private:
  const Element& ElementOf(const Move& move) const {
    return reading_.lattice.elements[static_cast<size_t>(move.element)];
  }
  std::string Shown(const Move& move) const {
    std::string text = reading_.element_texts[static_cast<size_t>(move.element)];
    const size_t repeated = text.ends_with('}') ? text.rfind('{') : std::string::npos;
    return repeated == std::string::npos ? text : text.substr(0, repeated);
  }
  Symbol SymbolAt(const Move& move) const { return items_[static_cast<size_t>(move.position)]; }
  std::string Recorded(const Move& move) const {
    const Symbol symbol = SymbolAt(move);
    std::string text;
    if (symbol == kUnreadable || symbol == kGap) return symbol == kGap ? "*" : "?";
    AppendUtf8(symbol, &text);
    return text;
  }
  // What a mistake does to single symbols costs nothing there: it is paid for as a whole.
  bool PartOfMistake(const Move& move) const { return mistake_ != MarkMistake::kNone && move.cost == 0; }
  void Set(size_t i, Reason reason, std::string text) { out_[i] = {reason, std::move(text)}; }

  // Answers where the next difference may begin.
  size_t Explain(size_t i) {
    const Move& move = moves_[i];
    switch (move.kind) {
      case MoveKind::kKept:
        ExplainKept(i);
        break;
      case MoveKind::kSubstituted:
        ExplainSubstituted(i);
        break;
      case MoveKind::kLost:
        if (PartOfMistake(move)) {
          Set(i, OfMistake(mistake_), "");
        } else {
          Set(i, Reason::kNotRead, Recorded(move) + " is recorded and was not read: one symbol not read");
        }
        break;
      case MoveKind::kAdded:
        if (PartOfMistake(move)) {
          Set(i, OfMistake(mistake_), "");
        } else {
          Set(i, Reason::kNotRecorded, Shown(move) + " was read and is not recorded: one symbol added");
        }
        break;
      case MoveKind::kSwapped:
        return ExplainSwapped(i);
      case MoveKind::kRewritten:
        return ExplainRewritten(i);
      case MoveKind::kChanged:
        Set(i, OfMistake(mistake_), MistakeText());
        break;
      case MoveKind::kUnread:
        break;
    }
    return i + 1;
  }

  void ExplainKept(size_t i) {
    const Move& move = moves_[i];
    const Symbol symbol = SymbolAt(move);
    if (channel_ == nullptr) return;
    if (symbol == kUnreadable || symbol == kGap) {
      if (ElementOf(move).members == SymbolSet::All()) return;
      return Set(i, Reason::kRecordUnreadable, Shown(move) + " was read and the record is not readable there");
    }
    const Element& e = ElementOf(move);
    const auto mine =
        std::find_if(e.support.begin(), e.support.end(), [&](const auto& s) { return s.first == symbol; });
    const bool best = std::all_of(e.support.begin(), e.support.end(),
                                  [&](const auto& s) { return mine == e.support.end() || s.second <= mine->second; });
    if (!best) Set(i, Reason::kSupport, Recorded(move) + " of " + Shown(move) + ": less supported than another symbol");
  }

  void ExplainSubstituted(size_t i) {
    const Move& move = moves_[i];
    const std::string recorded = Recorded(move);
    if (channel_ == nullptr) {
      return Set(i, Reason::kAnotherSymbol, Shown(move) + " read where " + recorded + " is recorded: another symbol");
    }
    const Element& e = ElementOf(move);
    const ReadCause cause = MainCause(*channel_, e, SymbolAt(move));
    if (cause.kept) {
      return Set(i, Reason::kSupport,
                 recorded + " is not in " + Shown(move) + ", whose stated support leaves it a share");
    }
    const std::vector<ConfusionPart>& parts = cause.altered ? reading_.parts->alteration : reading_.parts->confusion;
    const size_t at = BaseIndex(SymbolAt(move)) * channel_->symbols + cause.read_as;
    const Reason reason = OfPart(parts.empty() ? ConfusionPart::kUnknown : parts[at], cause.altered);
    std::string text = ReadAs(move, cause.read_as) + " read where " + recorded + " is recorded: ";
    if (cause.altered) text += "altered, ";
    text += ReasonName(reason);
    if (reason == Reason::kNoRelation) text += ": any misreading";
    Set(i, reason, std::move(text));
  }
  // "8", or "8 of [38]".
  std::string ReadAs(const Move& move, size_t symbol) const {
    const SymbolSet& members = ElementOf(move).members;
    if (symbol == kBaseSymbols || members == SymbolSet::Of(BaseSymbol(symbol))) return Shown(move);
    std::string text;
    AppendUtf8(BaseSymbol(symbol), &text);
    return text + " of " + Shown(move);
  }

  size_t ExplainSwapped(size_t i) {
    if (i + 1 >= moves_.size()) return i + 1;  // They come in twos.
    const Move &first = moves_[i], &second = moves_[i + 1];
    Set(i, Reason::kSwapped,
        Shown(first) + Shown(second) + " read where " + Recorded(second) + Recorded(first) +
            " is recorded: swapped neighbours");
    Set(i + 1, Reason::kSwapped, "");
    return i + 2;
  }

  size_t ExplainRewritten(size_t i) {
    size_t end = i + 1;
    if (end < moves_.size() && moves_[end].kind == MoveKind::kRewritten && moves_[end].cost == 0) ++end;
    std::string read, recorded;
    for (size_t at = i; at < end; ++at) {
      if (moves_[at].element != kEmpty) read += Shown(moves_[at]);
      if (moves_[at].position >= 0) recorded += Recorded(moves_[at]);
      Set(at, Reason::kRewritten, "");
    }
    out_[i].text = read + " read where " + recorded + " is recorded: one taken for the other";
    return end;
  }

  size_t CountOf(MoveKind kind) const {
    return static_cast<size_t>(
        std::count_if(moves_.begin(), moves_.end(), [&](const Move& m) { return m.kind == kind && m.cost == 0; }));
  }
  std::string MistakeText() const {
    const size_t lost = CountOf(MoveKind::kLost), added = CountOf(MoveKind::kAdded);
    switch (mistake_) {
      case MarkMistake::kPrefixLost:
        return "prefix of " + std::to_string(lost) + " not read";
      case MarkMistake::kSuffixLost:
        return "suffix of " + std::to_string(lost) + " not read";
      case MarkMistake::kPrefixAdded:
        return "prefix of " + std::to_string(added) + " read that is none of the mark's";
      case MarkMistake::kSuffixAdded:
        return "suffix of " + std::to_string(added) + " read that is none of the mark's";
      case MarkMistake::kZerosAdded:
        return CountedSymbols(added, "zero", "zeros") + " read before the mark that are not recorded";
      case MarkMistake::kZerosLost:
        return CountedSymbols(lost, "zero", "zeros") + " at the beginning not read";
      case MarkMistake::kLastFour:
        return "only the last four symbols read";
      case MarkMistake::kLettersLost:
        return CountedSymbols(lost, "letter", "letters") + " behind the first digit not read";
      case MarkMistake::kBlocksSwapped:
        return "letters and digits read in the other order";
      case MarkMistake::kNone:
        break;
    }
    return "";
  }

  const AlignedReading& reading_;
  const Channel* channel_;
  std::u32string_view items_;
  std::span<const Move> moves_;
  MarkMistake mistake_ = MarkMistake::kNone;
  std::vector<ReasonedMove> out_;
};

}  // namespace

std::string_view ReasonName(Reason reason) {
  for (const auto& named : kNames) {
    if (named.reason == reason) return named.name;
  }
  return "";
}

std::vector<ReasonedMove> ReasonsOf(const AlignedReading& reading, std::u32string_view items,
                                    std::span<const Move> moves) {
  return Reasoner(reading, items, moves).Run();
}

}  // namespace burin::internal
