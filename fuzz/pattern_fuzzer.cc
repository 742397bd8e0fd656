// Any bytes as a pattern: an error with a column inside the text, or a lattice that is well formed, and stays so when
// it floats and under the NCIC-compatible rule; and a search with it, by edits and under a channel, that ends or is
// refused with a reason. What it finds is compared with twins by search_fuzzer.cc.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "src/channel/file/shipped.h"
#include "src/channel/model/channel.h"
#include "src/index/view/index.h"
#include "src/index/write/index_builder.h"
#include "src/mark/cells/recorded.h"
#include "src/mark/pattern/lattice.h"
#include "src/mark/pattern/ncic.h"
#include "src/mark/pattern/pattern.h"
#include "src/search/segments/search.h"
#include "src/search/structural/priced_reading.h"

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

// A few records: serials of several kinds and lengths, and partial ones.
class Records {
 public:
  Records() {
    const std::unique_ptr<burin::internal::IndexBuilder> builder = burin::internal::IndexBuilder::Create();
    int key = 0;
    for (const char* text : {"100101", "AB12", "A1B2C3D4", "\u4E00\u4E01", "12??5", "KL*9"}) {
      std::vector<burin::internal::RecordedMark> marks;
      Require(burin::internal::ReadRecorded(text, {}, &marks));
      const std::string name = std::to_string(++key);
      burin::internal::Row row;
      row.key = name;
      row.text = text;
      row.marks = marks;
      int attribute = -1;
      Require(builder->Add(row, &attribute).ok());
    }
    Require(builder->Write(&bytes_).ok());
    auto opened = burin::internal::Index::OpenBuffer(bytes_, "records");
    Require(opened.ok());
    index_ = *std::move(opened);
  }
  const burin::internal::Index& index() const { return *index_; }

 private:
  std::vector<std::byte> bytes_;
  std::shared_ptr<const burin::internal::Index> index_;
};

void RequireAnswer(Result<burin::internal::PricedReading> priced, burin::internal::Cost above) {
  static const Records records;
  if (!priced.ok()) return RequireOneLine(priced.status().message());
  burin::internal::SearchRequest request;
  request.reading = &*priced;
  request.max_cost = std::min(burin::internal::AddCosts(priced->costs().best, above), burin::internal::kNever - 1);
  request.top = 10;
  const burin::internal::SearchResult result = burin::internal::Search(records.index(), request);
  Require(result.complete && result.hits.size() <= 10);
}

void RequireSearches(const Lattice& lattice) {
  using burin::internal::PricedReading;
  RequireAnswer(PricedReading::Make(lattice, burin::internal::Metric::kOsa), 1);
  RequireAnswer(PricedReading::Make(lattice, burin::internal::TypedChannel()), 12 * burin::internal::kCostsPerNat);
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
  RequireSearches(pattern->lattice);
  return 0;
}
