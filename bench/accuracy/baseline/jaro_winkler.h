// Jaro-Winkler similarity (Winkler 1990), made for names and widely used for any field: symbols found within half the
// longer length, fewer for those out of order, and a premium of 0.1 a symbol for up to four in front that agree. It
// knows no unreadable characters: `?` agrees with nothing.
#ifndef BURIN_BENCH_ACCURACY_BASELINE_JARO_WINKLER_H_
#define BURIN_BENCH_ACCURACY_BASELINE_JARO_WINKLER_H_

#include <string_view>

#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

// 0 to 1; texts of at most 64 bytes.
double JaroWinkler(std::string_view a, std::string_view b);

RankerFactory JaroWinklerRanker(const Registry& registry);

}  // namespace burin::accuracy

#endif
