// SHA-256 (FIPS 180-4) by libcrypto, as hexadecimal text: what tells two channels apart, and later seals receipts.
// About 0.4 GB/s, 2 GB/s where the processor has instructions for it.
#ifndef BURIN_SRC_BASE_SHA256_H_
#define BURIN_SRC_BASE_SHA256_H_

#include <string>
#include <string_view>

#include "src/base/status.h"

namespace burin::internal {

// 64 digits, 0-9a-f. kInternal: this machine's libcrypto is set up without SHA-256.
Result<std::string> Sha256Hex(std::string_view bytes);

}  // namespace burin::internal

#endif
