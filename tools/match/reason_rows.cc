#include "tools/match/reason_rows.h"

#include <algorithm>

#include "tools/io/output.h"

namespace burin::tool {
namespace {

std::string_view MoveName(uint32_t kind) {
  switch (kind) {
    case BURIN_MOVE_KEPT:
      return "kept";
    case BURIN_MOVE_SUBSTITUTED:
      return "substituted";
    case BURIN_MOVE_LOST:
      return "lost";
    case BURIN_MOVE_ADDED:
      return "added";
    case BURIN_MOVE_SWAPPED:
      return "swapped";
    case BURIN_MOVE_UNREAD:
      return "unread";
    case BURIN_MOVE_REWRITTEN:
      return "rewritten";
    case BURIN_MOVE_CHANGED:
      return "changed";
    default:
      return "other";
  }
}

}  // namespace

std::vector<std::string> SymbolsOf(std::string_view serial) {
  std::vector<std::string> symbols;
  for (const char c : serial) {
    if ((static_cast<uint8_t>(c) & 0xC0) == 0x80 && !symbols.empty()) {
      symbols.back() += c;
    } else {
      symbols.emplace_back(1, c);
    }
  }
  return symbols;
}

std::vector<Difference> DifferencesOf(Result* result, size_t i) {
  const auto moves = result->alignment(i);
  const auto reasons = Reasons(*result, i);
  std::vector<Difference> differences;
  for (size_t at = 0; at < moves.size(); ++at) {
    if (*reasons[at].text != 0) {
      differences.push_back({reasons[at].text, moves[at].cost});
    } else if (reasons[at].reason != BURIN_REASON_NONE && !differences.empty()) {
      differences.back().cost += moves[at].cost;
    }
  }
  return differences;
}

void AppendReasonLines(const std::vector<Difference>& differences, bool unit, std::string* out) {
  size_t width = 0;
  std::vector<std::string> prices;
  for (const Difference& difference : differences) {
    prices.push_back(unit ? Counted(difference.cost, "edit") : RoundNats(difference.cost) + " nats");
    width = std::max(width, prices.back().size());
  }
  for (size_t i = 0; i < differences.size(); ++i) {
    *out += "        " + std::string(width - prices[i].size(), ' ') + prices[i] + "  " +
            Printable(differences[i].text) + "\n";
  }
}

void AppendJsonAlignment(Result* result, size_t i, const Reading& reading, bool unit, std::string* out) {
  const auto symbols = SymbolsOf(result->serial(i));
  const auto moves = result->alignment(i);
  const auto reasons = Reasons(*result, i);
  *out += '[';
  for (size_t at = 0; at < moves.size(); ++at) {
    const burin_move& move = moves[at];
    *out += at == 0 ? "{\"move\":\"" : ",{\"move\":\"";
    *out += MoveName(move.kind);
    *out += '"';
    if (move.element >= 0) {
      AppendJsonName("element", out);
      AppendJson(reading.element_text(static_cast<size_t>(move.element)), out);
    }
    if (move.position >= 0 && static_cast<size_t>(move.position) < symbols.size()) {
      AppendJsonName("symbol", out);
      AppendJson(symbols[static_cast<size_t>(move.position)], out);
      AppendJsonName("position", out);
      AppendNumber(static_cast<uint64_t>(move.position), out);
    }
    if (move.cost != 0) {
      AppendJsonName("cost", out);
      *out += unit ? Number(move.cost) : Nats(move.cost);
    }
    if (reasons[at].reason != BURIN_REASON_NONE) {
      AppendJsonName("reason", out);
      const char* name = burin_reason_name(reasons[at].reason);
      AppendJson(name == nullptr ? "other" : name, out);
    }
    if (*reasons[at].text != 0) {
      AppendJsonName("text", out);
      AppendJson(reasons[at].text, out);
    }
    *out += '}';
  }
  *out += ']';
}

}  // namespace burin::tool
