// Many searches in one call in C++20: a part of burin/burin.hpp, which includes it.
#ifndef BURIN_BURIN_BATCH_HPP_
#define BURIN_BURIN_BATCH_HPP_

#include <cstdint>
#include <span>
#include <vector>

#include "burin/burin.hpp"

namespace burin {

// Many searches on so many threads, results in the order of the readings: burin_search_batch. Throws for the first
// reading that cannot be searched with; what the others found is lost then. Since 0.1.
inline std::vector<Result> FindAll(const Index& index, std::span<const Reading> readings, const Search& search = {},
                                   std::uint32_t threads = 1) {
  std::vector<const burin_reading*> pointers;
  pointers.reserve(readings.size());
  for (const Reading& reading : readings) pointers.push_back(reading.get());
  std::vector<Result> results;
  results.reserve(readings.size());
  std::vector<burin_result*> raw(readings.size());
  const detail::SearchOptions options(search);
  burin_error* error = nullptr;
  const burin_status status = burin_search_batch(index.get(), pointers.data(), pointers.size(), &options.get(), threads,
                                                 raw.data(), nullptr, &error);
  for (burin_result* result : raw) results.emplace_back(result);
  detail::Check(status, error);
  return results;
}

}  // namespace burin

#endif
