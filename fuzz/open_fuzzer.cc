// Bytes as an index file: open, verify, read everything. The first byte says whether the checksums are put right first,
// so that the rules beneath them are reached; the rest is the file.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <vector>

#include "src/index/view/index.h"
#include "src/index/view/record_population.h"
#include "tests/index/index_testing.h"

// Keeps what is read from being left out.
std::uint64_t volatile sink;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::vector<std::byte> file(size - 1);
  if (!file.empty()) std::memcpy(file.data(), data + 1, file.size());
  if ((data[0] & 1) != 0) burin::internal::RepairChecksums(&file);
  const auto index = burin::internal::Index::OpenBuffer(file, "input");
  if (!index.ok()) return 0;
  sink = (*index)->Verify().ok() ? 1 : 0;
  sink = burin::internal::TouchIndex(**index);
  sink = (*index)->population()->serials.singles;
  return 0;
}
