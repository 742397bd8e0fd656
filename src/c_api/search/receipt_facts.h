// From handles of the C API to what a receipt holds (src/receipt/receipt_content.h), and back to searches.
#ifndef BURIN_SRC_C_API_SEARCH_RECEIPT_FACTS_H_
#define BURIN_SRC_C_API_SEARCH_RECEIPT_FACTS_H_

#include <memory>
#include <string>

#include "burin/receipt.h"
#include "burin/version.h"
#include "src/c_api/common/reading_content.h"
#include "src/c_api/search/result_handle.h"
#include "src/c_api/search/search_terms.h"
#include "src/index/view/index.h"
#include "src/receipt/receipt.h"

struct burin_seal {
  burin::internal::ReceiptSeal content;
  std::string text;
};

struct burin_receipt {
  std::shared_ptr<const burin::internal::Index> index;  // nullptr: it was read.
  burin::internal::ReceiptResult result;
  burin::internal::ReceiptContext context;
  std::string name;  // For messages.
  bool own_channel = false;
  std::string text, hash;  // Made when asked for; "" before.
  std::string difference;
  std::string html;
};

namespace burin::internal {

Result<ReceiptIndex> IndexFacts(const burin_index& index);
ReceiptChannel ChannelFacts(const ChannelFile& channel, bool own);
// kInvalidArgument: it was built as a lattice.
Result<ReceiptReading> ReadingFacts(const ReadingContent& reading);
Result<SealContent> SealFacts(const ReadingContent& reading);  // Without who, when and how.
// Whether the seal says what the reading means, by any folding that it is searched for under.
bool IsSealed(const SealContent& seal, const ReadingContent& reading);
Result<ReceiptQuery> QueryFacts(const std::string& id, burin_result* result, const ReceiptSeal* seal);

burin_reading_options OptionsOf(const ReceiptReading& facts);
// Writes a file, whole or not at all.
Status WriteDocument(std::string_view text, const char* path);

// The reading that facts say, parsed again.
Result<std::shared_ptr<const ReadingContent>> ReadFacts(const ReceiptReading& facts);

}  // namespace burin::internal

#endif
