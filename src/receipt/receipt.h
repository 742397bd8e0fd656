// Receipts and sealed readings as JSON documents, each with the SHA-256 of its canonical content. A document that is
// read was checked: its hash is that of its content, and every member has its type; its texts are anybody's.
#ifndef BURIN_SRC_RECEIPT_RECEIPT_H_
#define BURIN_SRC_RECEIPT_RECEIPT_H_

#include <string>
#include <string_view>

#include "src/base/status.h"
#include "src/receipt/receipt_content.h"

namespace burin::internal {

struct Receipt {
  ReceiptResult result;
  ReceiptContext context;
  std::string sha256;  // Of the result.
};

inline constexpr size_t kMaxReceiptBytes = size_t{256} << 20;
inline constexpr size_t kMaxSealBytes = size_t{1} << 20;

// The document, one line. kInternal: no SHA-256 on this machine.
Result<std::string> WriteReceipt(const ReceiptResult& result, const ReceiptContext& context);
// kBadInput: one line, with the byte or the path inside the document. kVersionUnsupported: of a later schema.
Result<Receipt> ReadReceipt(std::string_view json, std::string_view name);
Result<std::string> HashResult(const ReceiptResult& result);

Result<std::string> WriteSeal(const SealContent& content);
Result<ReceiptSeal> ReadSeal(std::string_view json, std::string_view name);
Result<std::string> HashSeal(const SealContent& content);

// Where two results differ first (canonical_json.h); "": they are the same. The version of the library is not compared.
std::string FirstDifference(const ReceiptResult& result, const ReceiptResult& expected);

}  // namespace burin::internal

#endif
