#include "src/report/report_svg.h"

#include <algorithm>

#include "src/text/html_text.h"

namespace burin::internal {
namespace {

constexpr int kCell = 26, kSpace = 4, kRow = 30, kLeft = 74;
constexpr size_t kMostSymbols = 24;  // Of an element; the list of reasons has it whole.

struct Cell {
  std::string above, below;
  char mark = ' ';
  int number = 0;  // Of the difference; 0: none.
};

size_t SymbolsIn(std::string_view text) {
  return static_cast<size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

char MarkOf(const std::string& move) {
  if (move == "substituted") return '^';
  if (move == "lost") return '+';
  if (move == "added") return '-';
  if (move == "swapped") return 'x';
  if (move == "rewritten") return '~';
  return ' ';
}

std::vector<Cell> CellsOf(const ReceiptHit& hit) {
  std::vector<Cell> cells;
  int number = 0;
  for (const ReceiptMove& move : hit.alignment) {
    if (!move.text.empty()) ++number;
    if (move.move == "changed") continue;
    Cell cell;
    cell.above = move.element.value_or("");
    if (const size_t repeated = cell.above.rfind('{'); cell.above.ends_with('}') && repeated != std::string::npos) {
      cell.above.resize(repeated);
    }
    cell.above = Visible(cell.above, kMostSymbols);
    cell.below = Visible(move.symbol.value_or(""), kMostSymbols);
    cell.mark = MarkOf(move.move);
    if (!move.reason.empty()) cell.number = std::max(number, 1);
    cells.push_back(std::move(cell));
  }
  return cells;
}

std::string At(int x, int y) { return "x=\"" + std::to_string(x) + "\" y=\"" + std::to_string(y) + "\""; }

std::string Label(int x, int y, std::string_view text, std::string_view attributes) {
  return "<text " + At(x, y) + " " + std::string(attributes) + ">" + Escape(text) + "</text>";
}

std::string Box(int x, int y, int width, const std::string& text, bool differs) {
  if (text.empty()) return "";
  const char* style =
      differs ? "fill=\"#fff3e0\" stroke=\"#8a3b00\" stroke-width=\"2\"" : "fill=\"#fff\" stroke=\"#555\"";
  return "<rect " + At(x, y) + " width=\"" + std::to_string(width) + "\" height=\"" + std::to_string(kCell) +
         "\" rx=\"3\" " + style + "/>" +
         Label(x + width / 2, y + 18, text, "text-anchor=\"middle\" font-family=\"monospace\" font-size=\"14\"");
}

// The width of a cell: long elements take more.
int WidthOf(const Cell& cell) {
  const size_t symbols = std::max({SymbolsIn(cell.above), SymbolsIn(cell.below), size_t{1}});
  return std::max(kCell, 10 + 9 * static_cast<int>(symbols));
}

std::string DrawCell(const Cell& cell, int x, int y, int width) {
  const bool differs = cell.number != 0;
  std::string out = Box(x, y, width, cell.above, differs) + Box(x, y + kRow + 18, width, cell.below, differs);
  const int middle = x + width / 2;
  if (differs) {
    const std::string mark = cell.mark == ' ' ? "" : std::string(1, cell.mark) + " ";
    out += Label(middle, y + kRow + 11, mark + std::to_string(cell.number),
                 "text-anchor=\"middle\" font-size=\"12\" font-weight=\"bold\" fill=\"#8a3b00\"");
  } else {
    out += "<line x1=\"" + std::to_string(middle) + "\" y1=\"" + std::to_string(y + kCell) + "\" x2=\"" +
           std::to_string(middle) + "\" y2=\"" + std::to_string(y + kRow + 18) + "\" stroke=\"#999\"/>";
  }
  return out;
}

std::string Svg(const std::string& id, int width, int height, const std::string& title, const std::string& description,
                const std::string& body) {
  return "<svg role=\"img\" aria-labelledby=\"" + id + "-t " + id + "-d\" viewBox=\"0 0 " + std::to_string(width) +
         " " + std::to_string(height) + "\" width=\"" + std::to_string(width) +
         "\" xmlns=\"http://www.w3.org/2000/svg\">" + Tagged("title", title, "id=\"" + id + "-t\"") +
         Tagged("desc", description, "id=\"" + id + "-d\"") + body + "</svg>\n";
}

}  // namespace

std::string AlignmentSvg(const ReceiptHit& hit, const std::string& id) {
  constexpr int kLine = 2 * kRow + 34, kMost = 620;
  std::string body, description;
  int x = kLeft, y = 4, widest = kLeft;
  const auto labels = [&] {
    body += Label(0, y + 18, "reading", "font-size=\"13\"") + Label(0, y + kRow + 36, "recorded", "font-size=\"13\"");
  };
  labels();
  for (const Cell& cell : CellsOf(hit)) {
    const int width = WidthOf(cell);
    if (x > kLeft && x + width > kMost) {
      x = kLeft;
      y += kLine;
      labels();
    }
    body += DrawCell(cell, x, y, width);
    x += width + kSpace;
    widest = std::max(widest, x);
  }
  for (const ReceiptMove& move : hit.alignment) {
    if (!move.text.empty()) description += (description.empty() ? "" : "; ") + move.text;
  }
  if (description.empty()) description = "No difference.";
  return Svg(id, widest + 2, y + kLine - 4, "The reading above the recorded mark " + hit.serial, description, body);
}

std::string ScaleSvg(double log10_lr, const std::string& id) {
  constexpr int kLow = -6, kHigh = 12, kStep = 32, kMargin = 24;
  const auto at = [](double value) {
    return kMargin + static_cast<int>((std::clamp(value, double{kLow}, double{kHigh}) - kLow) * kStep);
  };
  std::string body = "<rect " + At(at(kLow), 30) + " width=\"" + std::to_string(at(0) - at(kLow)) +
                     "\" height=\"12\" fill=\"#d9d9d9\"/><rect " + At(at(0), 30) + " width=\"" +
                     std::to_string(at(kHigh) - at(0)) + "\" height=\"12\" fill=\"#cfe3f5\"/>";
  for (int tick = kLow; tick <= kHigh; ++tick) {
    const bool named = tick % 2 == 0;
    body += "<line x1=\"" + std::to_string(at(tick)) + "\" y1=\"30\" x2=\"" + std::to_string(at(tick)) + "\" y2=\"" +
            std::to_string(named ? 48 : 44) + "\" stroke=\"#333\"/>";
    if (named) body += Label(at(tick), 62, std::to_string(tick), "text-anchor=\"middle\" font-size=\"12\"");
  }
  const int x = at(log10_lr);
  const std::string shown = Decimals(log10_lr, 2);
  body += "<path d=\"M" + std::to_string(x) + " 42 l-7 -14 h14 z\" fill=\"#8a3b00\"/>" +
          Label(x, 20, shown, "text-anchor=\"middle\" font-size=\"14\" font-weight=\"bold\"") +
          Label(at(-3), 80, "supports the other proposition", "text-anchor=\"middle\" font-size=\"12\"") +
          Label(at(6), 80, "supports that it is this record's mark", "text-anchor=\"middle\" font-size=\"12\"");
  return Svg(id, at(kHigh) + kMargin, 88, "log10 likelihood ratio " + shown,
             "A scale from -6 to 12 with the log10 likelihood ratio " + shown +
                 "; above 0 it supports that the mark is this record's, below 0 the other proposition.",
             body);
}

}  // namespace burin::internal
