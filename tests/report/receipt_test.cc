// Receipts as documents: written, read, refused.
#include "src/receipt/receipt.h"

#include <gtest/gtest.h>

#include <string>

#include "src/base/sha256.h"
#include "src/text/canonical_json.h"
#include "tests/report/sample_receipt.h"

namespace burin::internal {
namespace {

void CheckRoundTrip(const Receipt& sample) {
  const Result<std::string> text = WriteReceipt(sample.result, sample.context);
  ASSERT_TRUE(text.ok());
  const Result<Receipt> read = ReadReceipt(*text, "r");
  ASSERT_TRUE(read.ok()) << read.status().message();
  EXPECT_EQ(FirstDifference(read->result, sample.result), "");
  EXPECT_EQ(*WriteReceipt(read->result, read->context), *text);
  EXPECT_EQ(read->sha256, *HashResult(sample.result));
  const Json document = Json::parse(*text);
  EXPECT_EQ(read->sha256, *Sha256Hex(CanonicalJson(document["result"])));
}

TEST(ReceiptDocument, RoundTrip) {
  CheckRoundTrip(SampleReceipt());
  CheckRoundTrip(SampleJointReceipt());
}

// Every member taken away, or made something else, is refused with its path.
void Spoil(Json* value, const std::string& path, const Json& document, size_t* refused) {
  const auto read = [&](const std::string& at) {
    Json whole = document;
    whole["result_sha256"] = *Sha256Hex(CanonicalJson(document["result"]));
    const Result<Receipt> receipt = ReadReceipt(CanonicalJson(whole), "r");
    if (receipt.ok()) return false;
    EXPECT_EQ(receipt.status().code(), StatusCode::kBadInput);
    EXPECT_EQ(receipt.status().message().find('\n'), std::string::npos);
    EXPECT_NE(receipt.status().message().find(at), std::string::npos) << receipt.status().message();
    ++*refused;
    return true;
  };
  if (value->is_object() && path.find("attributes") == std::string::npos) {
    const Json kept = *value;
    for (const auto& [name, member] : kept.items()) {
      value->erase(name);
      EXPECT_TRUE(read(path)) << path << " without " << name;
      (*value)[name] = Json::array({Json::object()});
      EXPECT_TRUE(read(path)) << path << " with another " << name;
      (*value)[name] = member;
    }
    (*value)["extra"] = 1;
    EXPECT_TRUE(read(path)) << path;
    *value = kept;
  }
  if (!value->is_structured()) return;
  for (auto member = value->begin(); member != value->end(); ++member) {
    const std::string step = value->is_array() ? "0" : member.key();
    Spoil(&*member, path + "/" + step, document, refused);
    if (value->is_array()) break;
  }
}

TEST(ReceiptDocument, EveryMemberIsChecked) {
  for (const Receipt& sample : {SampleReceipt(), SampleJointReceipt()}) {
    Json document = Json::parse(*WriteReceipt(sample.result, sample.context));
    size_t refused = 0;
    Spoil(&document["result"], "/result", document, &refused);
    EXPECT_GT(refused, 150u);
  }
}

TEST(ReceiptDocument, SealsAreChecked) {
  Receipt sample = SampleReceipt();
  const Result<std::string> text = WriteSeal(sample.result.queries[0].seal->content);
  const Result<ReceiptSeal> seal = ReadSeal(*text, "s");
  ASSERT_TRUE(seal.ok()) << seal.status().message();
  EXPECT_EQ(seal->sha256, sample.result.queries[0].seal->sha256);
  sample.result.queries[0].seal->content.examiner = "M. Poe";
  const Result<Receipt> read = ReadReceipt(*WriteReceipt(sample.result, sample.context), "r");
  ASSERT_FALSE(read.ok());
  EXPECT_NE(read.status().message().find("a seal's content has the hash"), std::string::npos);
}

}  // namespace
}  // namespace burin::internal
