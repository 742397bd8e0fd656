#include "src/channel/file/channel_parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace burin::internal {
namespace {

constexpr size_t kMaxClasses = 200;
constexpr size_t kMaxPairs = kChannelSymbols * kChannelSymbols;
// Of a row or of masses; rounding included.
constexpr double kSumTolerance = 1e-9;

size_t IndexOf(char c) { return BaseIndex(static_cast<Symbol>(static_cast<unsigned char>(c))); }

// One symbol: a base one or "other"; kChannelSymbols: neither.
size_t SymbolOf(const Json& value) {
  if (!value.is_string()) return kChannelSymbols;
  const std::string& name = value.get_ref<const std::string&>();
  if (name == "other") return kBaseSymbols;
  const size_t index = name.size() == 1 ? IndexOf(name[0]) : kBaseSymbols;
  return index == kBaseSymbols ? kChannelSymbols : index;
}

// Base symbols, or "other" alone, from a key.
size_t ReadSymbolName(const std::string& name, const std::string& path, JsonReader* reader) {
  const size_t symbol = SymbolOf(Json(name));
  if (symbol == kChannelSymbols) reader->Fail(path, "expected one of 0-9, A-Z as the name");
  return symbol;
}

Relation ReadAlike(const JsonAt& at, JsonReader* reader) {
  Relation alike;
  if (!at.Has("classes")) {
    reader->Fail(at.path, "expected a member \"classes\"");
    return alike;
  }
  const JsonAt classes = at["classes"];
  if (!reader->Array(classes, 1, kMaxClasses, "texts, the symbols of each class")) return alike;
  for (size_t i = 0; i < classes.value->size(); ++i) alike.AddClass(ReadBaseSymbols(classes[i], reader));
  return alike;
}

Relation ReadKeyboard(const JsonAt& at, JsonReader* reader) {
  std::vector<std::vector<size_t>> keys;
  if (!at.Has("rows")) {
    reader->Fail(at.path, "expected a member \"rows\"");
    return {};
  }
  const JsonAt rows = at["rows"];
  if (!reader->Array(rows, 1, kKeyboardRows, "texts, the keys of each row")) return {};
  std::vector<size_t> seen;
  for (size_t i = 0; i < rows.value->size(); ++i) {
    keys.push_back(ReadBaseSymbols(rows[i], reader));
    for (const size_t key : keys.back()) {
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) {
        reader->Fail(rows[i].path, "the symbol " + SymbolName(key) + " has a key already");
      }
      seen.push_back(key);
    }
  }
  return Neighbours(keys);
}

Relation ReadPairs(const JsonAt& at, JsonReader* reader) {
  Relation pairs;
  if (!at.Has("list")) {
    reader->Fail(at.path, "expected a member \"list\"");
    return pairs;
  }
  const JsonAt list = at["list"];
  if (!reader->Array(list, 1, kMaxPairs, "pairs")) return pairs;
  for (size_t i = 0; i < list.value->size() && reader->ok(); ++i) {
    const JsonAt pair = list[i];
    if (!reader->Array(pair, 2, 3, "values: the symbol of the mark, what it is read as, a weight (1)")) break;
    const size_t a = SymbolOf(*pair[size_t{0}].value), b = SymbolOf(*pair[size_t{1}].value);
    if (a == kChannelSymbols) reader->Expected(pair[size_t{0}], "one of 0-9, A-Z, other");
    if (b == kChannelSymbols) reader->Expected(pair[size_t{1}], "one of 0-9, A-Z, other");
    if (a == b) reader->Fail(pair.path, "a symbol that is read as itself is no mistake");
    if (!reader->ok()) break;
    if (pairs.At(a, b) > 0) reader->Fail(pair.path, "this pair comes twice");
    pairs.At(a, b) = pair.value->size() == 3 ? reader->Number(pair[size_t{2}], 1e-9, 1e9) : 1;
  }
  return pairs;
}

std::vector<double> ReadMatrix(const JsonAt& at, Rest rest, JsonReader* reader) {
  std::vector<double> rows(kChannelSymbols * kChannelSymbols, 0);
  if (!at.value->is_object()) {
    reader->Expected(at, "an object with a row for each of 0-9, A-Z, other");
    return rows;
  }
  for (const auto& [name, row] : at.value->items()) ReadSymbolName(name, at[name].path, reader);
  for (size_t a = 0; a < kChannelSymbols && reader->ok(); ++a) {
    if (!at.Has(SymbolName(a))) {
      reader->Fail(at.path, "expected a row for " + SymbolName(a));
      break;
    }
    const JsonAt row = at[SymbolName(a)];
    const std::vector<double> numbers = ReadRow(row, 1, reader);
    if (!reader->ok()) break;
    double sum = 0;
    for (const double p : numbers) sum += p;
    if (std::abs(sum - 1) > kSumTolerance) {
      std::string text;
      AppendJsonNumber(sum, &text);
      reader->Fail(row.path, "the row sums to " + text + ", expected 1");
    } else if (rest == Rest::kUnrelated && a != kBaseSymbols && numbers[a] != 0) {
      reader->Fail(row.path + "/" + std::to_string(a), "a symbol that is read as itself is no mistake: expected 0");
    }
    std::copy(numbers.begin(), numbers.end(), rows.begin() + static_cast<std::ptrdiff_t>(a * kChannelSymbols));
  }
  return rows;
}

// By ConfusionPart.
constexpr std::string_view kReasonLetters = "-aglkpr";

// Why each place of a matrix is what it is: a text of kChannelSymbols letters for each symbol.
std::vector<ConfusionPart> ReadReasons(const JsonAt& at, JsonReader* reader) {
  std::vector<ConfusionPart> parts(kChannelSymbols * kChannelSymbols, ConfusionPart::kUnknown);
  if (!at.value->is_object()) {
    reader->Expected(at, "an object with a text for each of 0-9, A-Z, other");
    return parts;
  }
  for (const auto& [name, row] : at.value->items()) {
    const JsonAt letters = at[name];
    const size_t a = ReadSymbolName(name, letters.path, reader);
    const std::string text = reader->Text(letters, kChannelSymbols, kChannelSymbols);
    if (reader->ok() && text.find_first_not_of(kReasonLetters) != std::string::npos) {
      reader->Expected(letters, "letters of " + std::string(kReasonLetters));
    }
    if (!reader->ok()) break;
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      parts[a * kChannelSymbols + b] = static_cast<ConfusionPart>(kReasonLetters.find(text[b]));
    }
  }
  return parts;
}

// What parts there are, each with the members that it may have beside its mass.
constexpr struct {
  const char* name;
  const char* member;
  ConfusionPart part;
  Relation (*read)(const JsonAt& at, JsonReader* reader);
} kParts[] = {{"alike", "classes", ConfusionPart::kAlike, ReadAlike},
              {"keyboard", "rows", ConfusionPart::kKeyboard, ReadKeyboard},
              {"pairs", "list", ConfusionPart::kPairs, ReadPairs}};

double ReadMass(const JsonAt& at, std::initializer_list<std::string_view> members, JsonReader* reader) {
  if (!reader->Object(at, members)) return 0;
  if (!at.Has("mass")) reader->Fail(at.path, "expected a member \"mass\"");
  return at.Has("mass") ? reader->Number(at["mass"], 0, 1) : 0;
}

// Symbols that gaining or losing strokes makes of each, weighed against each other.
MixturePart ReadStrokeWeights(const JsonAt& at, const Relation* gain, JsonReader* reader) {
  const double gained = at.Has("gain") ? reader->Number(at["gain"], 0, 1000) : 0;
  const double lost = at.Has("loss") ? reader->Number(at["loss"], 0, 1000) : 0;
  if (gain == nullptr) {
    reader->Fail(at.path, "expected a member \"strokes\" in the file");
    return {};
  }
  if (!(gained + lost > 0)) reader->Fail(at.path, "expected a weight above 0 for \"gain\" or \"loss\"");
  MixturePart part;
  part.name = ConfusionPart::kStrokeGain;
  for (size_t a = 0; a < kChannelSymbols; ++a) {
    for (size_t b = 0; b < kChannelSymbols; ++b) {
      part.losses.At(a, b) = lost * gain->At(b, a);
      part.relation.At(a, b) = gained * gain->At(a, b) + lost * gain->At(b, a);
    }
  }
  return part;
}

std::vector<MixturePart> ReadParts(const JsonAt& at, const Relation* gain, JsonReader* reader) {
  std::vector<MixturePart> parts;
  const auto add = [&](double mass, MixturePart part) {
    part.mass = mass;
    if (mass > 0) parts.push_back(std::move(part));
  };
  for (const auto& kind : kParts) {
    if (!at.Has(kind.name) || !reader->ok()) continue;
    const JsonAt part = at[kind.name];
    const double mass = ReadMass(part, {"mass", kind.member}, reader);
    if (reader->ok()) add(mass, {0, kind.read(part, reader), kind.part, {}});
  }
  if (at.Has("strokes") && reader->ok()) {
    const JsonAt part = at["strokes"];
    const double mass = ReadMass(part, {"mass", "gain", "loss"}, reader);
    if (reader->ok()) add(mass, ReadStrokeWeights(part, gain, reader));
  }
  return parts;
}

}  // namespace

char LetterOf(ConfusionPart part) { return kReasonLetters[static_cast<size_t>(part)]; }

std::string SymbolName(size_t symbol) {
  return symbol == kBaseSymbols ? "other" : std::string(1, static_cast<char>(BaseSymbol(symbol)));
}

std::vector<size_t> ReadBaseSymbols(const JsonAt& at, JsonReader* reader) {
  const std::string text = reader->Text(at, 1, 200);
  std::vector<size_t> symbols;
  for (size_t i = 0; i < text.size() && reader->ok(); ++i) {
    const size_t first = IndexOf(text[i]);
    const bool range = i + 1 < text.size() && text[i + 1] == '-';
    const size_t last = !range ? first : i + 2 < text.size() ? IndexOf(text[i + 2]) : kBaseSymbols;
    if (first == kBaseSymbols || last == kBaseSymbols || last < first || (first < 10) != (last < 10)) {
      reader->Expected(at, "symbols 0-9, A-Z and ranges of them like A-F");
      break;
    }
    for (size_t s = first; s <= last; ++s) {
      if (std::find(symbols.begin(), symbols.end(), s) != symbols.end()) {
        reader->Fail(at.path, "the symbol " + SymbolName(s) + " comes twice");
      }
      symbols.push_back(s);
    }
    if (range) i += 2;
  }
  return symbols;
}

Relation ReadStrokes(const JsonAt& at, JsonReader* reader) {
  Relation gain;
  if (!at.value->is_object()) {
    reader->Expected(at, "an object with a member for each symbol");
    return gain;
  }
  for (const auto& [name, value] : at.value->items()) {
    const JsonAt strokes = at[name];
    const size_t symbol = ReadSymbolName(name, strokes.path, reader);
    if (symbol == kBaseSymbols) reader->Fail(strokes.path, "expected one of 0-9, A-Z as the name");
    if (!reader->Object(strokes, {"gain", "loss"})) return gain;
    for (const size_t to : strokes.Has("gain") ? ReadBaseSymbols(strokes["gain"], reader) : std::vector<size_t>()) {
      gain.At(symbol, to) = 1;
    }
    for (const size_t to : strokes.Has("loss") ? ReadBaseSymbols(strokes["loss"], reader) : std::vector<size_t>()) {
      gain.At(to, symbol) = 1;
    }
    if (gain.At(symbol, symbol) > 0) reader->Fail(strokes.path, "a symbol that becomes itself gains or loses nothing");
  }
  return gain;
}

std::vector<double> ReadRow(const JsonAt& at, double high, JsonReader* reader) {
  std::vector<double> row(kChannelSymbols, 0);
  if (!reader->Array(at, kChannelSymbols, kChannelSymbols, "numbers, for 0-9, A-Z, other")) return row;
  for (size_t b = 0; b < kChannelSymbols; ++b) row[b] = reader->Number(at[b], 0, high);
  return row;
}

MixtureRows ReadRows(const JsonAt& at, Rest rest, const Relation* gain, JsonReader* reader) {
  const bool altered = rest == Rest::kAny;
  if (at.Has("matrix")) {
    const bool alone = altered ? reader->Object(at, {"matrix", "reasons", "truly_altered"})
                               : reader->Object(at, {"matrix", "reasons"});
    if (!alone) return {};
    MixtureRows rows = {ReadMatrix(at["matrix"], rest, reader), {}};
    if (at.Has("reasons") && reader->ok()) rows.parts = ReadReasons(at["reasons"], reader);
    return rows;
  }
  const bool known = altered ? reader->Object(at, {"alike", "keyboard", "pairs", "strokes", "truly_altered"})
                             : reader->Object(at, {"alike", "keyboard", "pairs", "strokes", "matrix"});
  if (!known) return {};
  const std::vector<MixturePart> parts = ReadParts(at, gain, reader);
  double mass = 0;
  for (const MixturePart& part : parts) mass += part.mass;
  if (mass > 1 + kSumTolerance) {
    std::string text;
    AppendJsonNumber(mass, &text);
    reader->Fail(at.path, "the masses of the parts sum to " + text + ", expected at most 1");
  }
  return reader->ok() ? Mixture(parts, rest) : MixtureRows();
}

}  // namespace burin::internal
