#include "src/c_api/search/joint_facts.h"

#include <utility>

#include "src/base/sha256.h"
#include "src/c_api/search/receipt_facts.h"

namespace burin::internal {
namespace {

// None: it was built as a lattice.
std::optional<ReceiptAsked> AskedFacts(const burin_reading& reading, uint32_t folding) {
  Result<SealContent> content = SealFacts(*OfFolding(reading.content, folding));
  if (!content.ok()) return std::nullopt;
  return ReceiptAsked{std::move(content->reading), std::move(content->words), std::move(content->lattice)};
}

}  // namespace

const Result<std::string>& SynonymsHash() {
  static const Result<std::string> hash = Sha256Hex(Synonyms::EmbeddedText());
  return hash;
}

Result<std::optional<ReceiptJoint>> JointFacts(const burin_joint_options& options, uint32_t folding) {
  ReceiptJoint facts;
  for (size_t i = 0; i < options.belief_count; ++i) {
    const burin_belief& belief = options.beliefs[i];
    facts.beliefs.push_back({belief.attribute, belief.value, belief.probability});
  }
  if (!facts.beliefs.empty()) {
    const Result<std::string>& hash = SynonymsHash();
    if (!hash.ok()) return hash.status();
    facts.synonyms = {*hash, std::nullopt};
    if (options.synonyms != nullptr && options.synonyms->own != nullptr) facts.synonyms->table = options.synonyms->text;
  }
  if (options.component != nullptr) facts.component = options.component;
  for (size_t i = 0; i < options.mark_count; ++i) {
    std::optional<ReceiptAsked> asked = AskedFacts(*options.marks[i].reading, folding);
    if (!asked) return std::optional<ReceiptJoint>();
    facts.marks.push_back({options.marks[i].component, *std::move(asked)});
  }
  for (size_t i = 0; i < options.also_count; ++i) {
    std::optional<ReceiptAsked> asked = AskedFacts(*options.also[i], folding);
    if (!asked) return std::optional<ReceiptJoint>();
    facts.also.push_back(*std::move(asked));
  }
  return std::optional<ReceiptJoint>(std::move(facts));
}

Status JointFromFacts::ReadOne(const ReceiptAsked& asked, const std::string& at, burin_reading* out) {
  Result<std::shared_ptr<const ReadingContent>> reading = ReadFacts(asked.reading);
  if (!reading.ok()) return Status(StatusCode::kBadInput, at + "/reading: " + reading.status().message());
  out->content = *std::move(reading);
  return Status();
}

Status JointFromFacts::Read(const ReceiptJoint& facts) {
  for (const ReceiptBelief& belief : facts.beliefs) {
    beliefs_.push_back({belief.attribute.c_str(), belief.value.c_str(), belief.probability, nullptr});
  }
  options_.beliefs = beliefs_.data();
  options_.belief_count = beliefs_.size();
  if (facts.synonyms && facts.synonyms->table) {
    Result<std::unique_ptr<burin_synonyms>> table = MakeSynonyms(*facts.synonyms->table, "/joint/synonyms/table");
    if (!table.ok()) return table.status();
    synonyms_ = *std::move(table);
    options_.synonyms = synonyms_.get();
  }
  if (facts.component) options_.component = facts.component->c_str();
  mark_readings_.resize(facts.marks.size());
  for (size_t i = 0; i < facts.marks.size(); ++i) {
    const std::string at = "/joint/marks/" + std::to_string(i) + "/asked";
    if (Status status = ReadOne(facts.marks[i].asked, at, &mark_readings_[i]); !status.ok()) return status;
    marks_.push_back({facts.marks[i].component.c_str(), &mark_readings_[i]});
  }
  options_.marks = marks_.data();
  options_.mark_count = marks_.size();
  also_readings_.resize(facts.also.size());
  for (size_t i = 0; i < facts.also.size(); ++i) {
    const std::string at = "/joint/also/" + std::to_string(i);
    if (Status status = ReadOne(facts.also[i], at, &also_readings_[i]); !status.ok()) return status;
    also_.push_back(&also_readings_[i]);
  }
  options_.also = also_.data();
  options_.also_count = also_.size();
  return Status();
}

}  // namespace burin::internal
