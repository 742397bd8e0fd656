// Any bytes as a table of formats: an error of one line, or formats of which RE2 and the walk over lattices say the
// same for serials made of the bytes.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/fold/fold.h"
#include "src/mark/formats/maker_formats.h"

namespace {

using burin::internal::kMaxMarkSymbols;
using burin::internal::LatticeOf;
using burin::internal::MakerFormats;
using burin::internal::Result;

void Require(bool holds) {
  if (!holds) std::abort();
}

void RequireAgreement(const MakerFormats& formats, std::u32string_view serial) {
  const std::vector<std::uint32_t> fitting = formats.Match(serial);
  Require(fitting == formats.MatchReading(LatticeOf(serial), 0, kMaxMarkSymbols));
  for (const std::uint32_t row : fitting) {
    const double weight = formats.Weight(row);
    Require(weight > 0 && weight < 1);
    Require(formats.Explain(fitting, formats.rows()[row].maker, "").find('\n') == std::string::npos);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<MakerFormats> formats = MakerFormats::Parse(text, "t");
  if (!formats.ok()) {
    const std::string message = formats.status().message();
    Require(!message.empty() && message.find_first_of("\r\n") == std::string::npos);
    return 0;
  }
  std::u32string symbols;
  (void)burin::internal::FoldSerial(text.substr(0, 4096), &symbols);
  RequireAgreement(*formats, {});
  for (std::size_t at = 0; at < symbols.size(); at += 7) {
    for (const std::size_t length : {1, 2, 5, 8, 64}) RequireAgreement(*formats, symbols.substr(at, length));
  }
  return 0;
}
