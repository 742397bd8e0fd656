// Names that mean the same: a table of calibres and makers, and how values of attributes compare by it.
//
// A value is reduced to its comparison form: case, spacing, accents of punctuation and multiplication signs go, so that
// "7,62 X 39" is "7.62x39"; of a maker's name the legal form at its end goes too ("Inc.", "LLC"). What the table knows
// then becomes the name that stands for all its synonyms. Two values mean the same if their forms are equal.
//
// Costs a few hundred nanoseconds a value.
#ifndef BURIN_SRC_MARK_FORMATS_SYNONYMS_H_
#define BURIN_SRC_MARK_FORMATS_SYNONYMS_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "src/base/status.h"

namespace burin::internal {

// Immutable; any number of threads may use one.
class Synonyms {
 public:
  // The table that comes with the library.
  static const Synonyms& Embedded();
  static std::string_view EmbeddedText();
  static constexpr size_t kMaxBytes = size_t{16} << 20;  // Of a table.
  // A table in the form of docs/joint.md, whose rows count before those that come with the library. Errors are
  // kBadInput, one line that begins with `name` and names line and column.
  static Result<Synonyms> Parse(std::string_view text, const std::string& name);

  // The comparison form of an attribute's value. Brands and importers are names of makers. Never empty unless the value
  // has no letter and no digit.
  std::string Form(std::string_view attribute, std::string_view value) const;
  // Names of makers compare alike, whatever the attribute: "maker" for maker, brand and importer, else the attribute.
  static std::string_view TableOf(std::string_view attribute);

  size_t rows() const { return rows_; }

 private:
  Status Read(std::string_view text, const std::string& name);
  std::string Plain(std::string_view table, std::string_view value) const;

  size_t rows_ = 0;
  absl::flat_hash_set<std::string> endings_;
  // By table, a tab and the plain form of a name: the plain form of the one that stands for it.
  absl::flat_hash_map<std::string, std::string> names_;
  const Synonyms* below_ = nullptr;  // Asked behind this one.
};

}  // namespace burin::internal

#endif
