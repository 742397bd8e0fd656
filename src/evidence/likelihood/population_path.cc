#include "src/evidence/likelihood/population_path.h"

#include <algorithm>

namespace burin::internal {

SymbolRange RangeOf(FormatKind kind) {
  if (kind == FormatKind::kDigit) return {0, 10};
  return kind == FormatKind::kLetter ? SymbolRange{10, kBaseSymbols} : SymbolRange{kBaseSymbols, kPopulationSymbols};
}

SymbolRange PopulationPath::RangeAt(size_t place) const {
  return format->pooled ? SymbolRange{} : RangeOf(KindAt(format->code, order[place]));
}

bool PopulationPath::DependsOnBefore(size_t place) const {
  return format->pooled || KindAt(format->code, order[place]) == KindAt(format->code, order[place - 1]);
}

PopulationPath PathAsItStands(const PopulationModel::OfLength& of, const PopulationModel::Format& format) {
  PopulationPath path{&of, &format, of.length, {}, std::vector<char>(of.length), std::vector<char>(of.length, 1)};
  for (uint32_t p = 0; p < of.length; ++p) path.order.push_back(p);
  return path;
}

std::optional<PopulationPath> PathWithoutLetters(const PopulationPath& as_it_stands) {
  if (as_it_stands.format->pooled) return std::nullopt;
  PopulationPath path = as_it_stands;
  bool digit = false, letters = false;
  for (uint32_t p = 0; p < path.length; ++p) {
    const FormatKind kind = KindAt(path.format->code, p);
    path.skipped[p] = digit && kind == FormatKind::kLetter;
    digit = digit || kind == FormatKind::kDigit;
    if (path.skipped[p] == 0) continue;
    letters = true;
    path.joined[p] = path.joined[p - 1] = 0;
  }
  return letters ? std::optional(std::move(path)) : std::nullopt;
}

std::optional<PopulationPath> PathOfSwappedBlocks(const PopulationPath& as_it_stands) {
  if (as_it_stands.format->pooled) return std::nullopt;
  PopulationPath path = as_it_stands;
  uint32_t cut = 0;
  for (uint32_t p = 0; p < path.length; ++p) {
    const FormatKind kind = KindAt(path.format->code, p);
    if (kind == FormatKind::kOther) return std::nullopt;
    if (p == 0 || kind == KindAt(path.format->code, p - 1)) continue;
    if (cut > 0) return std::nullopt;
    cut = p;
  }
  if (cut == 0) return std::nullopt;
  std::rotate(path.order.begin(), path.order.begin() + cut, path.order.end());
  path.joined[path.length - cut - 1] = 0;
  return path;
}

}  // namespace burin::internal
