// Any bytes as a receipt and as a seal: an error in one line, or a document that is written and read again the same.
// Behind a '!' the bytes are the content alone, and the hash is put right, so that mutations get past it.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "src/base/sha256.h"
#include "src/receipt/receipt.h"
#include "src/text/canonical_json.h"

namespace {

using burin::internal::Json;
using burin::internal::Receipt;
using burin::internal::ReceiptSeal;
using burin::internal::Result;
using burin::internal::Status;
using burin::internal::StatusCode;

void Require(bool holds) {
  if (!holds) std::abort();
}

void RequireOneLine(const Status& status) {
  Require(status.code() == StatusCode::kBadInput || status.code() == StatusCode::kVersionUnsupported);
  Require(status.message().size() > 3 && status.message().size() < 2000);
  Require(status.message().find_first_of("\r\n") == std::string::npos);
}

// A document around the content; nothing if that is no JSON.
std::string Wrapped(std::string_view content, const char* schema, const char* member, const char* hash) {
  const Result<Json> value = burin::internal::ParseStrictJson(content, 1 << 20, "x", 8);
  if (!value.ok()) return "";
  Json document = Json::object();
  document[schema] = 1;
  document[member] = *value;
  document[hash] = *burin::internal::Sha256Hex(burin::internal::CanonicalJson(*value));
  if (member == std::string_view("result")) {
    for (const char* name : {"time", "examiner", "case", "exhibit", "purpose", "index", "channel"}) {
      document["context"][name] = "";
    }
  }
  return burin::internal::CanonicalJson(document);
}

void ReadReceipt(std::string_view text) {
  const Result<Receipt> receipt = burin::internal::ReadReceipt(text, "x");
  if (!receipt.ok()) return RequireOneLine(receipt.status());
  const Result<std::string> written = WriteReceipt(receipt->result, receipt->context);
  Require(written.ok());
  const Result<Receipt> again = burin::internal::ReadReceipt(*written, "y");
  Require(again.ok() && FirstDifference(again->result, receipt->result).empty());
  Require(*WriteReceipt(again->result, again->context) == *written);
}

void ReadSeal(std::string_view text) {
  const Result<ReceiptSeal> seal = burin::internal::ReadSeal(text, "x");
  if (!seal.ok()) return RequireOneLine(seal.status());
  const Result<std::string> written = WriteSeal(seal->content);
  Require(written.ok() && burin::internal::ReadSeal(*written, "y").ok());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (!text.starts_with('!')) {
    ReadReceipt(text);
    ReadSeal(text);
    return 0;
  }
  ReadReceipt(Wrapped(text.substr(1), "burin_receipt", "result", "result_sha256"));
  ReadSeal(Wrapped(text.substr(1), "burin_seal", "content", "sha256"));
  return 0;
}
