// From joint options of the C API to what a receipt holds of them, and back.
#ifndef BURIN_SRC_C_API_SEARCH_JOINT_FACTS_H_
#define BURIN_SRC_C_API_SEARCH_JOINT_FACTS_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "burin/joint.h"
#include "src/base/status.h"
#include "src/c_api/search/joint_terms.h"
#include "src/receipt/receipt_content.h"

namespace burin::internal {

// std::nullopt: one of the readings was built as a lattice, which no receipt holds. REQUIRES: the options were read.
Result<std::optional<ReceiptJoint>> JointFacts(const burin_joint_options& options, uint32_t folding);
// SHA-256 of the table of synonyms that comes with the library. Made once.
const Result<std::string>& SynonymsHash();

// Options that say what the facts say. Borrows them.
class JointFromFacts {
 public:
  // kBadInput: a reading or table that cannot be read; the message begins with where it stands below /result/options.
  Status Read(const ReceiptJoint& facts);
  const burin_joint_options* options() const { return &options_; }

 private:
  Status ReadOne(const ReceiptAsked& asked, const std::string& at, burin_reading* out);

  burin_joint_options options_ = BURIN_JOINT_OPTIONS_INIT;
  std::vector<burin_belief> beliefs_;
  std::unique_ptr<burin_synonyms> synonyms_;
  std::vector<burin_reading> mark_readings_, also_readings_;
  std::vector<burin_asked_mark> marks_;
  std::vector<const burin_reading*> also_;
};

}  // namespace burin::internal

#endif
