// The formats of all makers together: which are met, whose they are, how common.
#include "src/mark/formats/maker_formats.h"

#include <algorithm>
#include <bit>

#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace data {
extern const std::string_view formats;
}  // namespace data

namespace {

constexpr double kPseudocount = 0.5;

// "14,764".
std::string Grouped(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t at = text.size(); at > 3;) text.insert(at -= 3, ",");
  return text;
}

std::string WordsWithCount(const MakerFormat& format) {
  std::string aside = format.model.empty() ? "" : "model " + format.model;
  if (format.seen) aside += (aside.empty() ? "" : ", ") + Grouped(*format.seen) + " seen";
  return aside.empty() ? format.words : format.words + " (" + aside + ")";
}

bool IsOfModel(const MakerFormat& format, const std::string& folded) {
  return !format.model.empty() && FoldValue(format.model) == folded;
}

// By row: whether it is among them.
std::vector<bool> Marked(std::span<const uint32_t> rows, size_t all) {
  std::vector<bool> marked(all, false);
  for (const uint32_t row : rows) marked[row] = true;
  return marked;
}

}  // namespace

const MakerFormats& MakerFormats::Embedded() {
  // The table is part of the library and tested, so it is there.
  static const MakerFormats* const formats = new MakerFormats(*Parse(data::formats, "formats.tsv"));
  return *formats;
}

Result<MakerFormats> MakerFormats::Parse(std::string_view text, const std::string& name) {
  Result<std::vector<MakerFormat>> rows = ParseFormatTable(text, name);
  if (!rows.ok()) return rows.status();
  std::vector<std::string_view> patterns;
  for (const MakerFormat& row : *rows) patterns.push_back(row.pattern);
  Result<FormatSet> set = FormatSet::Make(patterns);
  if (!set.ok()) {
    const Status status = set.status();
    if (status.position() < rows->size()) {
      return FormatError(name, (*rows)[status.position()].line, "pattern", status.message());
    }
    return Status(StatusCode::kBadInput, name + ": " + status.message());
  }
  MakerFormats formats(*std::move(set));
  formats.rows_ = *std::move(rows);
  for (const MakerFormat& row : formats.rows_) {
    std::vector<FormatUnits>& units = formats.units_.emplace_back();
    for (const FormatSequence& sequence : row.parsed) units.push_back(formats.sets_.Lay(sequence));
  }
  if (Status status = formats.AddMakers(name); !status.ok()) return status;
  return formats;
}

// First the makers by their names, then what else they are called: another spelling may come before the name.
Status MakerFormats::AddMakers(const std::string& name) {
  makers_.emplace_back();
  for (const MakerFormat& row : rows_) {
    uint32_t number = 0;
    if (!row.maker.empty()) {
      const auto next = static_cast<uint32_t>(makers_.size());
      number = numbers_.try_emplace(FoldValue(row.maker), next).first->second;
      if (number == next) makers_.push_back({row.maker, 0, {}});
    }
    Maker& maker = makers_[number];
    maker.seen += row.seen.value_or(0);
    maker.rows.push_back(static_cast<uint32_t>(maker_of_.size()));
    maker_of_.push_back(number);
  }
  for (size_t i = 0; i < rows_.size(); ++i) {
    for (const std::string& spelling : rows_[i].spellings) {
      const uint32_t number = numbers_.try_emplace(FoldValue(spelling), maker_of_[i]).first->second;
      if (number != maker_of_[i]) {
        return FormatError(name, rows_[i].line, "maker",
                           "expected '" + spelling + "' to be one maker: it is " + makers_[number].name + " too");
      }
    }
  }
  for (Maker& maker : makers_) {
    std::stable_sort(maker.rows.begin(), maker.rows.end(),
                     [this](uint32_t a, uint32_t b) { return rows_[a].seen.value_or(0) > rows_[b].seen.value_or(0); });
  }
  return Status();
}

std::vector<uint32_t> MakerFormats::Match(std::u32string_view serial) const {
  std::vector<uint32_t> found;
  if (serial.size() > kMaxMarkSymbols || set_.Match(ToUtf8(serial), &found)) return found;
  // The automaton ran out of memory. The slower way needs none.
  return MatchReading(LatticeOf(serial), 0, kMaxMarkSymbols);
}

std::vector<uint32_t> MakerFormats::MatchReading(const Lattice& lattice, uint32_t least, uint32_t most) const {
  std::vector<uint32_t> found;
  FormatReading reading(lattice, sets_.sets(), least, most);
  for (uint32_t row = 0; row < rows_.size(); ++row) {
    const auto fits = [&reading](const FormatUnits& units) { return reading.Fits(units); };
    if (std::any_of(units_[row].begin(), units_[row].end(), fits)) found.push_back(row);
  }
  return found;
}

const MakerFormats::Maker* MakerFormats::Find(std::string_view maker) const {
  const auto found = numbers_.find(FoldValue(maker));
  return found == numbers_.end() ? nullptr : &makers_[found->second];
}

bool MakerFormats::IsOf(uint32_t row, std::string_view maker) const { return Find(maker) == &makers_[maker_of_[row]]; }

MakerFit MakerFormats::Judge(std::span<const uint32_t> fitting, std::string_view maker, std::string_view model) const {
  const Maker* const known = Find(maker);
  if (known == nullptr) return MakerFit::kUnknownMaker;
  const std::string folded = FoldValue(model);
  const std::vector<bool> met = Marked(fitting, rows_.size());
  bool model_is_known = false, fits = false, fits_model = false;
  for (const uint32_t row : known->rows) {
    const bool of_model = !folded.empty() && IsOfModel(rows_[row], folded);
    model_is_known = model_is_known || of_model;
    fits = fits || met[row];
    fits_model = fits_model || (met[row] && of_model);
  }
  if (!fits) return MakerFit::kDoesNotFit;
  return model_is_known && !fits_model ? MakerFit::kOtherModel : MakerFit::kFits;
}

std::string MakerFormats::Explain(std::span<const uint32_t> fitting, std::string_view maker,
                                  std::string_view model) const {
  constexpr size_t kSaid = 6;
  const Maker* const known = Find(maker);
  if (known == nullptr) return "no formats of " + std::string(maker) + " are known";
  const MakerFit fit = Judge(fitting, maker, model);
  const std::string folded = FoldValue(model);
  const std::vector<bool> met = Marked(fitting, rows_.size());
  std::vector<uint32_t> rows;
  for (const uint32_t row : known->rows) {
    if (fit == MakerFit::kOtherModel ? IsOfModel(rows_[row], folded) : fit == MakerFit::kDoesNotFit || met[row]) {
      rows.push_back(row);
    }
  }
  std::string text = fit == MakerFit::kFits ? "fits what is known of " + known->name
                     : fit == MakerFit::kOtherModel
                         ? "fits " + known->name + ", but not what is known of its model " + std::string(model)
                         : "fits nothing that is known of " + known->name;
  for (size_t i = 0; i < std::min(rows.size(), kSaid); ++i) {
    text += (i == 0 ? ": " : "; ") + WordsWithCount(rows_[rows[i]]);
  }
  if (rows.size() > kSaid) text += "; and " + std::to_string(rows.size() - kSaid) + " more";
  return text;
}

double MakerFormats::Share(const Maker& maker, uint64_t seen) const {
  const double formats = static_cast<double>(maker.rows.size() + 1);
  return (static_cast<double>(seen) + kPseudocount) / (static_cast<double>(maker.seen) + kPseudocount * formats);
}

double MakerFormats::Weight(uint32_t row) const { return Share(makers_[maker_of_[row]], rows_[row].seen.value_or(0)); }

double MakerFormats::WeightOf(std::span<const uint32_t> fitting, std::string_view maker) const {
  const Maker* const known = Find(maker);
  if (known == nullptr) return 0;
  const std::vector<bool> met = Marked(fitting, rows_.size());
  double sum = 0;
  for (const uint32_t row : known->rows) sum += met[row] ? Weight(row) : 0;
  return sum;
}

double MakerFormats::UnlistedWeight(std::string_view maker) const {
  const Maker* const known = Find(maker);
  return known == nullptr ? 1 : Share(*known, 0);
}

Lattice LatticeOf(std::u32string_view serial) {
  Lattice lattice;
  for (const Symbol symbol : serial) {
    const int32_t element = lattice.AddElement(Element{.members = SymbolSet::Of(symbol), .support = {}});
    lattice.arcs.push_back({lattice.slots - 1, lattice.slots, element});
    ++lattice.slots;
  }
  return lattice;
}

std::optional<std::u32string> OnlyString(const Lattice& lattice) {
  if (lattice.arcs.size() + 1 != lattice.slots) return std::nullopt;
  std::u32string text(lattice.arcs.size(), 0);
  for (const Arc& arc : lattice.arcs) {
    if (arc.to != arc.from + 1 || arc.element == kEmpty || text[arc.from] != 0) return std::nullopt;
    const SymbolSet& set = lattice.elements[static_cast<size_t>(arc.element)].members;
    const bool base = set.base != 0 && (set.base & (set.base - 1)) == 0 && set.listed.empty();
    const bool listed = set.base == 0 && set.listed.size() == 1;
    if (set.others || (!base && !listed)) return std::nullopt;
    text[arc.from] = base ? BaseSymbol(static_cast<size_t>(std::countr_zero(set.base))) : set.listed[0];
  }
  return text;
}

}  // namespace burin::internal
