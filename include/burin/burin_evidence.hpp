// Evidence (burin/evidence.h) as C++; a part of burin/burin.hpp.
#ifndef BURIN_BURIN_EVIDENCE_HPP_
#define BURIN_BURIN_EVIDENCE_HPP_

#include <cstddef>
#include <span>

#include "burin/burin.hpp"
#include "burin/evidence.h"

namespace burin {

// The weights of a result, parallel to its matches; empty without evidence. Live as long as the result. Since 0.1.
inline std::span<const burin_weight> WeightsOf(const Result& result) {
  std::size_t count = 0;
  const burin_weight* weights = burin_result_weights(result.get(), &count);
  return {weights, count};
}

// Throws where the search was asked for no evidence. Since 0.1.
inline burin_evidence EvidenceOf(const Result& result) {
  burin_evidence evidence = BURIN_EVIDENCE_INIT;
  detail::Call(burin_result_evidence, result.get(), &evidence);
  return evidence;
}

// nullptr: the channel has no validation. Since 0.1.
inline const char* VerbalOf(const Result& result, std::size_t i) { return burin_result_verbal(result.get(), i); }

}  // namespace burin

#endif  // BURIN_BURIN_EVIDENCE_HPP_
