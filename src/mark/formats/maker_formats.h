// What serials look like, by maker: which formats a serial or a reading fits, and whether it fits those of one maker.
// An aid to explanation and a soft prior, never a reason to drop a record: the table knows what somebody counted or
// wrote down, not what was ever made. docs/formats.md has the file's form, the sources and the formulas.
#ifndef BURIN_SRC_MARK_FORMATS_MAKER_FORMATS_H_
#define BURIN_SRC_MARK_FORMATS_MAKER_FORMATS_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "src/base/status.h"
#include "src/mark/formats/format_reading.h"
#include "src/mark/formats/format_set.h"
#include "src/mark/formats/format_table.h"
#include "src/mark/pattern/lattice.h"

namespace burin::internal {

// What is known of a serial and a maker.
enum class MakerFit : uint32_t {
  kUnknownMaker = 0,  // No format of this maker is known.
  kFits = 1,          // It fits one of the maker's; with a model that has formats of its own, one of these.
  kOtherModel = 2,    // It fits one of the maker's, but none of this model.
  kDoesNotFit = 3,    // It fits none of the maker's.
};

// Immutable; any number of threads may use one. Numbers of formats are those of rows(), ascending.
class MakerFormats {
 public:
  // The table that comes with the library.
  static const MakerFormats& Embedded();
  // A table in the same form. Errors are kBadInput, one line that begins with `name` and names line and column.
  static Result<MakerFormats> Parse(std::string_view text, const std::string& name);

  const std::vector<MakerFormat>& rows() const { return rows_; }

  // The formats of a whole serial: folded symbols.
  std::vector<uint32_t> Match(std::u32string_view serial) const;
  // The formats that some string of `least` to `most` symbols which satisfies the reading matches; FormatReading says
  // what satisfies. REQUIRES: lattice.Check().ok().
  std::vector<uint32_t> MatchReading(const Lattice& lattice, uint32_t least, uint32_t most) const;

  // `fitting` is what a match answered. Names compare as attributes do (FoldValue), other spellings included. An empty
  // model asks for the maker alone.
  MakerFit Judge(std::span<const uint32_t> fitting, std::string_view maker, std::string_view model) const;
  // The same as a line of English, with the commonest formats of the maker.
  std::string Explain(std::span<const uint32_t> fitting, std::string_view maker, std::string_view model) const;

  // The maker of format `row` is this one, by any of its spellings.
  bool IsOf(uint32_t row, std::string_view maker) const;

  // The share of format `row` among the serials of its maker (of all rows without one), from the counts:
  // (n + 1/2) / (N + (F + 1) / 2), with n weapons seen with it, N and F weapons and formats of the maker. What is
  // missing to 1 is the share of formats that nobody listed.
  double Weight(uint32_t row) const;
  // The share of serials of this maker that fit `fitting` by that measure; an unknown maker's: 0.
  double WeightOf(std::span<const uint32_t> fitting, std::string_view maker) const;
  // The share of a format that nobody listed: (1/2) / (N + (F + 1) / 2); an unknown maker's: 1.
  double UnlistedWeight(std::string_view maker) const;

 private:
  struct Maker {
    std::string name;  // As the table spells it.
    uint64_t seen = 0;
    std::vector<uint32_t> rows;  // The commonest first.
  };

  explicit MakerFormats(FormatSet set) : set_(std::move(set)) {}
  Status AddMakers(const std::string& name);
  const Maker* Find(std::string_view maker) const;
  double Share(const Maker& maker, uint64_t seen) const;

  std::vector<MakerFormat> rows_;
  FormatSet set_;
  FormatSets sets_;
  std::vector<std::vector<FormatUnits>> units_;         // By row: of its alternatives.
  std::vector<Maker> makers_;                           // The first one: all rows without a maker.
  std::vector<uint32_t> maker_of_;                      // By row.
  absl::flat_hash_map<std::string, uint32_t> numbers_;  // Folded spelling to maker.
};

// The lattice that reads this string and no other, and back: the one string that a lattice reads, if there is but one.
Lattice LatticeOf(std::u32string_view serial);
std::optional<std::u32string> OnlyString(const Lattice& lattice);

}  // namespace burin::internal

#endif
