// Joint options of the C API, read.
#ifndef BURIN_SRC_C_API_SEARCH_JOINT_TERMS_H_
#define BURIN_SRC_C_API_SEARCH_JOINT_TERMS_H_

#include <memory>
#include <string>

#include "burin/joint.h"
#include "src/base/status.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/mark/formats/synonyms.h"

struct burin_synonyms {
  std::shared_ptr<const burin::internal::Synonyms> own;  // nullptr: the library's.
  std::string text;                                      // Of its own table.
};

namespace burin::internal {

// A caller's own table. kBadInput: one line that begins with `name`.
Result<std::unique_ptr<burin_synonyms>> MakeSynonyms(std::string text, const std::string& name);

// Beliefs that a searcher keeps for the next search that believes the same of the same records: counting looks at every
// record.
struct KnownBeliefs {
  std::string key;
  std::shared_ptr<const Synonyms> synonyms;  // Kept, so that its address in the key stays its own.
  std::shared_ptr<const Beliefs> beliefs;
};

// All that costs and counts depend on beside the options of joint evidence: the conditions of the search.
std::string ConditionsKey(const burin_search_options& search);

// The joint options of the search, in today's size. REQUIRES: search.joint != nullptr.
Status ReadJointOptions(const burin_search_options& search, burin_joint_options* options);

// What the options believe of the records that pass the filter, which was made of `search`; nullptr: nothing. `known`
// may be nullptr. Where the patience ends meanwhile, its costs are of no use.
Result<std::shared_ptr<const Beliefs>> ReadBeliefs(const Index& index, const burin_search_options& search,
                                                   const burin_joint_options& options, const Filter& filter,
                                                   KnownBeliefs* known, Patience* patience);

}  // namespace burin::internal

#endif
