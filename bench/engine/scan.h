// The baseline: a SIMD scan of all packed serials for one reading, and the read bandwidth that says how fast a scan can
// be. Both pick the widest vectors that the processor has when they run.
#ifndef BURIN_BENCH_ENGINE_SCAN_H_
#define BURIN_BENCH_ENGINE_SCAN_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace burin::bench {

// How many keys (packed_serial.h) differ from `reading` in at most two places; a place that only one of them has
// counts.
uint64_t CountNear(std::span<const uint64_t> keys, uint64_t reading);
// The same one key at a time: the definition.
uint64_t CountNearPlain(std::span<const uint64_t> keys, uint64_t reading);

struct ScanSpeed {
  std::string vectors;          // Name of the instructions used.
  double bytes_per_second = 0;  // Reading 512 MiB in order: the median pass.
  double scan_ns = 0;           // The median scan of all keys.
  double fraction = 0;          // Of that bandwidth that the scan reaches.
  unsigned attempts = 0;        // Up to kScanAttempts are made, until one is fast enough.
  bool exact = true;            // Scans agree with the plain one.
  bool fast_enough() const;     // Else comparisons with the scan are void.
};
inline constexpr double kLeastFraction = 0.8;
inline constexpr unsigned kScanAttempts = 3;
// Passes over the two buffers alternate, so that both meet the same disturbances.
ScanSpeed MeasureScan(std::span<const uint64_t> keys);

}  // namespace burin::bench

#endif
