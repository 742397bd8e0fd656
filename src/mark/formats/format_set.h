// Which of many formats a whole serial matches: RE2::Set, all of them in one automaton. A serial costs one step a
// symbol, whatever the number of formats.
#ifndef BURIN_SRC_MARK_FORMATS_FORMAT_SET_H_
#define BURIN_SRC_MARK_FORMATS_FORMAT_SET_H_

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "src/base/status.h"

namespace burin::internal {

// Immutable; any number of threads may match with one.
class FormatSet {
 public:
  // Memory that the automaton of one set may take.
  static constexpr int64_t kMaxBytes = int64_t{64} << 20;

  // Of patterns that ParseFormatPattern takes. kInvalidArgument: together they need more than kMaxBytes, or RE2 does
  // not take one; the position is then its number.
  static Result<FormatSet> Make(const std::vector<std::string_view>& patterns);
  FormatSet(FormatSet&&) noexcept;
  FormatSet& operator=(FormatSet&&) noexcept;
  ~FormatSet();

  // Fills *numbers, ascending, with the patterns that match all of `serial`. False: this serial needs more memory than
  // the set has, and nothing is known.
  bool Match(std::string_view serial, std::vector<uint32_t>* numbers) const;

 private:
  struct Content;
  explicit FormatSet(std::unique_ptr<Content> content);
  std::unique_ptr<Content> content_;
};

}  // namespace burin::internal

#endif
