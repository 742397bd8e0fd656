// Why a reading costs what it costs: burin/explain.h in C++. Part of burin.hpp, which includes it.
#ifndef BURIN_BURIN_EXPLAIN_HPP_
#define BURIN_BURIN_EXPLAIN_HPP_

#include <cstdint>
#include <span>
#include <string_view>

#include "burin/burin.hpp"
#include "burin/explain.h"

namespace burin {

// Of match `i`, one for each move of its alignment; live as long as the result. Since 0.1.
inline std::span<const burin_reason> Reasons(Result& result, std::size_t i) {
  const burin_reason* reasons = nullptr;
  std::size_t count = 0;
  detail::Call(burin_result_reasons, result.get(), i, &reasons, &count);
  return {reasons, count};
}

// One record as the only match, whatever it costs. Since 0.1.
inline Result Explain(Searcher& searcher, const Reading& reading, std::uint64_t record_id, const Search& search = {}) {
  burin_result* raw = nullptr;
  detail::Call(burin_explain, searcher.get(), reading.get(), &detail::SearchOptions(search).get(), record_id, &raw);
  return Result(raw);
}

// A text that is in no index. Since 0.1.
inline Result ExplainText(const Reading& reading, std::string_view text, const Search& search = {}) {
  burin_result* raw = nullptr;
  detail::Call(burin_explain_text, reading.get(), &detail::SearchOptions(search).get(), text.data(), text.size(), &raw);
  return Result(raw);
}

}  // namespace burin

#endif
