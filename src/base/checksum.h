// XXH3-64 with seed 0: of one range, or of several as if they followed each other. About 10 GB/s.
#ifndef BURIN_SRC_BASE_CHECKSUM_H_
#define BURIN_SRC_BASE_CHECKSUM_H_

#include <cstddef>
#include <cstdint>
#include <span>

namespace burin::internal {

uint64_t Checksum(std::span<const std::byte> bytes);
uint64_t Checksum(std::span<const std::byte> first, std::span<const std::byte> second);

}  // namespace burin::internal

#endif
