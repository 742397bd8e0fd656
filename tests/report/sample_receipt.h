// A receipt with everything in it, hostile texts included.
#ifndef BURIN_TESTS_REPORT_SAMPLE_RECEIPT_H_
#define BURIN_TESTS_REPORT_SAMPLE_RECEIPT_H_

#include <string>

#include "src/receipt/receipt.h"

namespace burin::internal {

inline constexpr char kHostile[] = "<script>alert(\"x\")</script>'&\n\x01\xE2\x80\xAE";

inline ReceiptHit SampleHit(int number) {
  ReceiptHit hit;
  hit.record_id = std::to_string(number + 1);
  hit.key = kHostile;
  hit.source = "lab";
  hit.serial = "A1807" + std::to_string(number);
  hit.text = kHostile;
  hit.cost = 4.25 + number;
  hit.attributes = {{"maker", std::string(kHostile)}, {kHostile, int64_t{-5}}};
  hit.alignment.push_back({"kept", "A", "A", 0, 0.015625, "", ""});
  hit.alignment.push_back(
      {"substituted", kHostile, "8", 1, 4, "stroke gain", "8 read where 3 is recorded: stroke gain"});
  hit.alignment.push_back({"lost", std::nullopt, "0", 2, 8.5, "not read", kHostile});
  hit.weight = HitWeight{-3.5, 5.25 - 3 * number, 0.875, 0.75, 0.9375, number == 0, false};
  return hit;
}

inline Receipt SampleReceipt() {
  Receipt receipt;
  ReceiptResult& result = receipt.result;
  result.burin = "0.1.0";
  result.index = {std::string(64, 'a'), "2.0", 4096, 10, 1};
  result.channel = ReceiptChannel{"mine", std::string(64, 'b'), ReceiptValidation{kHostile, 1240, -3, 6}, "{}"};
  result.options.costs = "channel";
  result.options.by = "record";
  result.options.where = {kHostile};
  result.options.date = "1990";
  result.options.evidence = true;
  ReceiptQuery query;
  query.id = kHostile;
  query.reading.pattern = "A1[38]07?";
  query.words = kHostile;
  query.lattice = "3 slots; 0-1 A";
  query.seal = ReceiptSeal{};
  query.seal->content.examiner = kHostile;
  query.seal->sha256 = *HashSeal(query.seal->content);
  query.complete = true;
  query.certificate = 12.5;
  query.not_searched = 2;
  query.evidence = ReceiptEvidence{};
  query.evidence->population = 8;
  query.evidence->not_excluded = 1;
  query.evidence->prior_present = 0.9;
  query.evidence->log10_seen = -3.25;
  query.evidence->statistics_hash = std::string(64, 'c');
  query.hits = {SampleHit(0), SampleHit(1), SampleHit(2)};
  result.queries.push_back(query);
  receipt.context = {"2026-11-25T22:00:00Z", kHostile, "17", "LAB-1", kHostile, "/tmp/marks.burin", ""};
  receipt.sha256 = *HashResult(result);
  return receipt;
}

// The same with something said beside the reading.
inline Receipt SampleJointReceipt() {
  Receipt receipt = SampleReceipt();
  ReceiptJoint joint;
  joint.beliefs = {{kHostile, kHostile, 0.8}, {"year", "1980", 0}};
  joint.synonyms = ReceiptSynonyms{std::string(64, 'd'), std::string(kHostile)};
  joint.component = "frame";
  ReceiptAsked asked;
  asked.reading.pattern = kHostile;
  asked.words = "words of another reading";
  asked.lattice = "2 slots; 0-1 B";
  joint.marks = {{kHostile, asked}};
  joint.also = {asked};
  receipt.result.options.evidence = false;
  receipt.result.options.joint = joint;
  ReceiptQuery& query = receipt.result.queries[0];
  query.evidence.reset();
  for (ReceiptHit& hit : query.hits) {
    hit.weight.reset();
    hit.terms = {{"mark", "read", "7", 2.5, kHostile}, {"attribute", "differs", std::nullopt, 1.25, "maker: stated A"}};
  }
  receipt.sha256 = *HashResult(receipt.result);
  return receipt;
}

}  // namespace burin::internal

#endif
