#include "src/receipt/lattice_text.h"

#include <algorithm>

#include "src/mark/fold/symbol.h"
#include "src/text/strict_json.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

void AppendMembers(const Element& e, std::string* out) {
  SymbolSet members = e.members;
  if (members == SymbolSet::All()) {
    *out += "any";
    return;
  }
  const bool except = members.others;
  if (except) members.Complement();
  std::u32string symbols;
  for (size_t i = 0; i < kBaseSymbols; ++i) {
    if ((members.base >> i & 1) != 0) symbols += BaseSymbol(i);
  }
  symbols.append(members.listed.begin(), members.listed.end());
  const bool alone = !except && symbols.size() == 1 && e.support.empty();
  if (!alone) *out += except ? "[^" : "[";
  for (const Symbol symbol : symbols) {
    AppendUtf8(symbol, out);
    const auto stated =
        std::find_if(e.support.begin(), e.support.end(), [&](const auto& s) { return s.first == symbol; });
    if (stated == e.support.end()) continue;
    *out += ':';
    AppendJsonNumber(stated->second, out);
    *out += ' ';
  }
  if (out->back() == ' ') out->pop_back();
  if (!alone) *out += ']';
}

}  // namespace

std::string LatticeText(const Lattice& lattice) {
  std::string out = std::to_string(lattice.slots) + " slots";
  for (const Arc& arc : lattice.arcs) {
    out += "; " + std::to_string(arc.from) + "-" + std::to_string(arc.to);
    if (arc.element == kEmpty) continue;
    const Element& e = lattice.elements[static_cast<size_t>(arc.element)];
    out += ' ';
    AppendMembers(e, &out);
    out.append(static_cast<size_t>(e.doubt), '~');
    if (e.altered) out += '!';
    if (e.beneath != 0) AppendUtf8(e.beneath, &out);
  }
  return out;
}

}  // namespace burin::internal
