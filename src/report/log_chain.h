// What the writer and the reader of a query log agree on (query_log.h, audit.h).
#ifndef BURIN_SRC_REPORT_LOG_CHAIN_H_
#define BURIN_SRC_REPORT_LOG_CHAIN_H_

#include <string>
#include <string_view>

namespace burin::internal {

inline constexpr std::string_view kChainFormat = "burin query log 1";
inline constexpr std::string_view kChainPrefix = "chain-", kChainSuffix = ".ndjson";

inline std::string ChainName(std::string_view middle) {
  return std::string(kChainPrefix) + std::string(middle) + std::string(kChainSuffix);
}
inline bool IsChainName(std::string_view name) {
  return name.size() > kChainPrefix.size() + kChainSuffix.size() && name.starts_with(kChainPrefix) &&
         name.ends_with(kChainSuffix);
}

}  // namespace burin::internal

#endif
