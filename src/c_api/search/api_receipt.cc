// Receipts and seals through the C API: made, read, written.
#include <memory>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/receipt_facts.h"
#include "src/query/text_file.h"

namespace burin::internal {
namespace {

std::string Said(const char* text) { return text == nullptr ? "" : text; }

// Reads a whole file, if it is not longer than that can be, and hands its text over.
template <typename Function>
Status WithFile(const char* path, size_t most, Function function) {
  if (path == nullptr) return IsNull("path");
  std::string text;
  if (Status status = ReadTextFile(path, most, &text); !status.ok()) return status;
  return function(text);
}

Status ParseSeal(std::string_view json, const char* name, burin_seal** out) {
  Result<ReceiptSeal> content = ReadSeal(json, name);
  if (!content.ok()) return content.status();
  *out = new burin_seal{*std::move(content), std::string(json)};
  return Status();
}

Status ParseReceipt(std::string_view json, const char* name, burin_receipt** out) {
  Result<Receipt> read = ReadReceipt(json, name);
  if (!read.ok()) return read.status();
  auto receipt = std::make_unique<burin_receipt>();
  receipt->result = std::move(read->result);
  receipt->context = std::move(read->context);
  receipt->hash = std::move(read->sha256);
  receipt->name = name;
  *out = receipt.release();
  return Status();
}

// What makes a result one that can be made again.
Status CheckResult(const burin_receipt& receipt, const burin_result& result) {
  if (receipt.index == nullptr) return Invalid("a receipt that was read takes no further answers");
  if (result.asked == nullptr)
    return Invalid(
        "the result is of a search among visible records, or of readings without patterns: a receipt cannot "
        "repeat it");
  if (result.index != receipt.index) return Invalid("the result is of another index than the receipt");
  const ReceiptOptions& asked = result.asked->options;
  const bool budget = asked.max_work != 0 || asked.max_hits != 0 || asked.max_memory != 0;
  if (!result.complete && (result.asked->deadline || !budget)) {
    return Invalid("a deadline or a cancel function stopped the search: nobody could make it again");
  }
  return Status();
}

Status Add(burin_receipt* receipt, const char* id, burin_result* result, const burin_seal* seal) {
  if (Status status = CheckResult(*receipt, *result); !status.ok()) return status;
  const ReceiptSeal* sealed = seal == nullptr ? nullptr : &seal->content;
  Result<ReceiptQuery> query = QueryFacts(id, result, sealed);
  if (!query.ok()) return query.status();
  if (sealed != nullptr) {
    const Result<std::shared_ptr<const ReadingContent>> reading = ReadFacts(query->reading);
    if (!reading.ok()) return reading.status();
    if (!(sealed->content.reading == query->reading && IsSealed(sealed->content, **reading))) {
      return Invalid("the seal is of another reading");
    }
  }
  std::optional<ReceiptChannel> channel;
  if (result->channel != nullptr) channel = ChannelFacts(*result->channel, result->asked->own_channel);
  if (receipt->result.queries.empty()) {
    receipt->result.options = result->asked->options;
    receipt->result.channel = std::move(channel);
  } else if (receipt->result.options != result->asked->options || receipt->result.channel != channel) {
    return Invalid("the result was made with other options than those before it");
  }
  receipt->text.clear();
  receipt->hash.clear();
  receipt->result.queries.push_back(*std::move(query));
  return Status();
}

Status MakeText(burin_receipt* receipt) {
  if (!receipt->text.empty()) return Status();
  Result<std::string> text = WriteReceipt(receipt->result, receipt->context);
  if (!text.ok()) return text.status();
  receipt->text = *std::move(text);
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_seal_create(const burin_reading* reading, const burin_seal_options* options, burin_seal** out,
                               burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (reading == nullptr) return IsNull("reading");
    burin_seal_options known = BURIN_SEAL_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    Result<SealContent> content = SealFacts(*reading->content);
    if (!content.ok()) return content.status();
    content->examiner = Said(known.examiner);
    content->exhibit = Said(known.exhibit);
    content->case_number = Said(known.case_number);
    content->method = Said(known.method);
    content->time = Said(known.time);
    Result<std::string> text = WriteSeal(*content);
    if (!text.ok()) return text.status();
    return ParseSeal(*text, "seal", out);
  });
}

burin_status burin_seal_parse(const char* json, size_t size, const char* name, burin_seal** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (BadText(json, size)) return IsNull("json");
    return ParseSeal(Text(json, size), name == nullptr ? "seal" : name, out);
  });
}

burin_status burin_seal_open(const char* path, burin_seal** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    return WithFile(path, kMaxSealBytes, [&](std::string_view json) { return ParseSeal(json, path, out); });
  });
}

void burin_seal_destroy(burin_seal* seal) { delete seal; }

const char* burin_seal_text(const burin_seal* seal, size_t* size) {
  return seal == nullptr ? NoAnswer(size) : Answer(seal->text, size);
}
const char* burin_seal_hash(const burin_seal* seal) { return seal == nullptr ? nullptr : seal->content.sha256.c_str(); }
const char* burin_seal_pattern(const burin_seal* seal, size_t* size) {
  return seal == nullptr ? NoAnswer(size) : Answer(seal->content.content.reading.pattern, size);
}

burin_status burin_seal_reading_options(const burin_seal* seal, burin_reading_options* options, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (seal == nullptr) return IsNull("seal");
    if (options == nullptr) return IsNull("options");
    return WriteAnswer(sizeof(*options), OptionsOf(seal->content.content.reading), options);
  });
}

burin_status burin_seal_write(const burin_seal* seal, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (seal == nullptr) return IsNull("seal");
    return WriteDocument(seal->text, path);
  });
}

burin_status burin_seal_reading(const burin_seal* seal, burin_reading** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (seal == nullptr) return IsNull("seal");
    const SealContent& sealed = seal->content.content;
    Result<std::shared_ptr<const ReadingContent>> reading = ReadFacts(sealed.reading);
    if (!reading.ok()) return Status(StatusCode::kBadInput, "seal: its reading: " + reading.status().message());
    const Result<SealContent> facts = SealFacts(**reading);
    if (!facts.ok()) return facts.status();
    if (!IsSealed(sealed, **reading)) {
      return Status(StatusCode::kBadInput, "seal: this library takes its reading to mean " + facts->lattice +
                                               ", the seal says " + sealed.lattice);
    }
    *out = new burin_reading{*std::move(reading)};
    return Status();
  });
}

burin_status burin_receipt_create(const burin_index* index, const burin_receipt_options* options, burin_receipt** out,
                                  burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    burin_receipt_options known = BURIN_RECEIPT_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    Result<ReceiptIndex> facts = IndexFacts(*index);
    if (!facts.ok()) return facts.status();
    auto receipt = std::make_unique<burin_receipt>();
    receipt->index = index->index;
    receipt->name = "receipt";
    receipt->result.burin = burin_version_string();
    receipt->result.index = *std::move(facts);
    receipt->result.options.costs = "channel";
    receipt->result.options.by = "record";
    receipt->context = {Said(known.time),    Said(known.examiner),   Said(known.case_number), Said(known.exhibit),
                        Said(known.purpose), Said(known.index_path), Said(known.channel_path)};
    *out = receipt.release();
    return Status();
  });
}

burin_status burin_receipt_add(burin_receipt* receipt, const char* id, burin_result* result, const burin_seal* seal,
                               burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (id == nullptr) return IsNull("id");
    if (result == nullptr) return IsNull("result");
    return Add(receipt, id, result, seal);
  });
}

burin_status burin_receipt_parse(const char* json, size_t size, const char* name, burin_receipt** out,
                                 burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (BadText(json, size)) return IsNull("json");
    return ParseReceipt(Text(json, size), name == nullptr ? "receipt" : name, out);
  });
}

burin_status burin_receipt_open(const char* path, burin_receipt** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    return WithFile(path, kMaxReceiptBytes, [&](std::string_view json) { return ParseReceipt(json, path, out); });
  });
}

void burin_receipt_destroy(burin_receipt* receipt) { delete receipt; }

burin_status burin_receipt_text(burin_receipt* receipt, const char** json, size_t* size, burin_error** error) {
  if (json != nullptr) *json = nullptr;
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (json == nullptr) return IsNull("json");
    if (Status status = MakeText(receipt); !status.ok()) return status;
    *json = Answer(receipt->text, size);
    return Status();
  });
}

burin_status burin_receipt_write(burin_receipt* receipt, const char* path, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (Status status = MakeText(receipt); !status.ok()) return status;
    return WriteDocument(receipt->text, path);
  });
}

burin_status burin_receipt_get_info(burin_receipt* receipt, burin_receipt_info* info, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (info == nullptr) return IsNull("info");
    const ReceiptResult& result = receipt->result;
    if (receipt->hash.empty()) {
      Result<std::string> hash = HashResult(result);
      if (!hash.ok()) return hash.status();
      receipt->hash = *std::move(hash);
    }
    burin_receipt_info answer = BURIN_RECEIPT_INFO_INIT;
    answer.queries = result.queries.size();
    answer.hash = receipt->hash.c_str();
    answer.version = result.burin.c_str();
    answer.index_hash = result.index.sha256.c_str();
    answer.generation = result.index.generation ? &*result.index.generation : nullptr;
    answer.index_path = receipt->context.index_path.c_str();
    answer.channel_name = result.channel ? result.channel->name.c_str() : "";
    answer.channel_hash = result.channel ? result.channel->hash.c_str() : "";
    return WriteAnswer(sizeof(answer), answer, info);
  });
}

}  // extern "C"
