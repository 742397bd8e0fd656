// Several marks of one weapon through the C API: what the options ask for, and what a result keeps of it.
#ifndef BURIN_SRC_C_API_SEARCH_WEAPON_TERMS_H_
#define BURIN_SRC_C_API_SEARCH_WEAPON_TERMS_H_

#include <memory>
#include <string>
#include <vector>

#include "burin/joint.h"
#include "src/base/status.h"
#include "src/c_api/common/reading_content.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/search/run/several_readings.h"
#include "src/search/segments/weapon_search.h"

namespace burin::internal {

// One mark asked for.
struct MarkTerm {
  uint32_t number = 0;                            // 0: the reading of the search; else 1 + its place in the options.
  std::string component;                          // As asked for; of the reading "control" if nothing was said.
  std::shared_ptr<const ReadingContent> reading;  // nullptr: that of the search.
  Filter filter;                                  // Records that count and have the component.
  Cost unrecorded = 0, other_part = 0;            // Prices: docs/joint.md.
};

// What a searcher keeps for further searches of several marks: a look at every record each.
struct KnownWeapons {
  std::shared_ptr<const WeaponRecords> records;
  std::string key;               // Of what was counted.
  std::vector<uint64_t> counts;  // By mark.
};

// The marks of joint options with such, the control component's first. `filter`: records that count, made of `search`.
// *weapons becomes the index's. `known` may be nullptr. Where the patience ends meanwhile, neither prices nor *weapons
// are of use.
Result<std::vector<MarkTerm>> ReadMarks(const Index& index, const burin_search_options& search,
                                        const burin_joint_options& joint, const Filter& filter, KnownWeapons* known,
                                        std::shared_ptr<const WeaponRecords>* weapons, Patience* patience);

// Several readings of one mark, and their cost.
struct ReadTogether {
  std::vector<std::shared_ptr<const ReadingContent>> readings;  // That of the search first.
  std::vector<PricedReading> priced;
  std::unique_ptr<SeveralReadings> costs;
};

// What a result keeps of weapons found.
struct WeaponsFound {
  std::vector<MarkTerm> marks;
  std::vector<PricedReading> priced;  // By mark; of that of the search a copy of its own.
  std::vector<WeaponHit> hits;        // By match.
};

}  // namespace burin::internal

#endif
