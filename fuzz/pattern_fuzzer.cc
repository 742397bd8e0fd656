// Any bytes as a pattern: an error with a column inside the text, or a lattice that is well formed, and stays so when
// it floats and under the NCIC-compatible rule.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "src/mark/lattice.h"
#include "src/mark/pattern.h"

namespace {

using burin::internal::Lattice;
using burin::internal::Pattern;
using burin::internal::Result;

void Require(bool holds) {
  if (!holds) std::abort();
}

// What is derived from a lattice may outgrow the limits, but nothing else may be wrong with it.
void RequireSound(Lattice lattice) {
  if (lattice.slots > Lattice::kMaxSlots || lattice.arcs.size() > Lattice::kMaxArcs) return;
  Require(lattice.elements.size() > Lattice::kMaxArcs || lattice.Check().ok());
}

void RequireOneLine(std::string_view line) {
  Require(!line.empty() && line.find_first_of("\r\n") == std::string_view::npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Pattern> pattern = burin::internal::ParsePattern(text);
  if (!pattern.ok()) {
    const burin::internal::Status status = pattern.status();
    Require(status.code() == burin::internal::StatusCode::kInvalidArgument);
    Require(status.position() >= 1 && status.position() <= size + 1);
    RequireOneLine(status.message());
    return 0;
  }
  Require(pattern->lattice.Check().ok());
  Require(pattern->spans.size() == pattern->lattice.elements.size());
  for (const Pattern::Span& span : pattern->spans) Require(span.begin < span.end && span.end <= size);
  RequireOneLine(pattern->words);
  RequireSound(Float(pattern->lattice, true, false));
  RequireSound(Float(pattern->lattice, false, true));
  RequireSound(NcicCompatible(pattern->lattice));
  RequireSound(NcicCompatible(Float(pattern->lattice, true, true)));
  return 0;
}
