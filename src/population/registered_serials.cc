#include "src/population/registered_serials.h"

#include <bit>

namespace burin::internal {
namespace {

// What q is (model.h). To be raised whenever a serial's changes: sums over others are counted anew then.
constexpr uint64_t kModelVersion = 1;

}  // namespace

void RegisteredSerials::Encode(ByteWriter* out) const {
  out->Varint(kModelVersion);
  out->Varint(singles);
  out->Varint(most_alike);
  out->Varint(foreign);
  out->U64(units);
  out->U64(std::bit_cast<uint64_t>(highest));
}

bool RegisteredSerials::IsOfAnotherModel(ByteReader in) {
  const uint64_t version = in.Varint();
  return in.ok() && version != kModelVersion;
}

bool RegisteredSerials::Decode(ByteReader* in, RegisteredSerials* out) {
  const uint64_t version = in->Varint();
  out->singles = in->Varint();
  out->most_alike = in->Varint();
  out->foreign = in->Varint();
  out->units = in->U64();
  out->highest = std::bit_cast<double>(in->U64());
  constexpr uint64_t kAll = uint64_t{1} << 62;
  return in->ok() && version == kModelVersion && out->most_alike > 0 && out->units <= kAll && out->highest >= 0 &&
         out->highest <= 1;
}

}  // namespace burin::internal
