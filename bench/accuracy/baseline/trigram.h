// Cosine of trigram counts: texts with two blanks in front and one behind, as databases index them. `?` makes trigrams
// that no serial has. Postings of each trigram are made once; a reading costs the postings of its own.
#ifndef BURIN_BENCH_ACCURACY_BASELINE_TRIGRAM_H_
#define BURIN_BENCH_ACCURACY_BASELINE_TRIGRAM_H_

#include <cstdint>
#include <map>
#include <string_view>

#include "bench/accuracy/ranker.h"

namespace burin::accuracy {

// How often a text holds each trigram.
std::map<uint32_t, uint32_t> Trigrams(std::string_view text);
// 0 to 1.
double TrigramCosine(std::string_view a, std::string_view b);

RankerFactory TrigramRanker(const Registry& registry);

}  // namespace burin::accuracy

#endif
