// A result of the C API: the matches, and what is made of each when it is asked for.
#ifndef BURIN_SRC_C_API_SEARCH_RESULT_HANDLE_H_
#define BURIN_SRC_C_API_SEARCH_RESULT_HANDLE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "burin/evidence.h"
#include "burin/explain.h"
#include "burin/joint.h"
#include "burin/search.h"
#include "src/base/patience.h"
#include "src/c_api/common/reading_content.h"
#include "src/c_api/search/weapon_terms.h"
#include "src/channel/file/channel_file.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/evidence/explain/reason.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/index/view/index.h"
#include "src/search/segments/search.h"
#include "src/search/structural/priced_reading.h"

namespace burin::internal {
struct SearchAsked;
}

struct burin_result {
  struct Texts {
    std::optional<std::string> serial, text, key, source;
    std::optional<std::vector<burin::internal::Move>> aligned;
    std::optional<std::vector<burin_move>> moves;
    std::optional<std::vector<burin_joint_term>> terms;
    std::vector<std::string> words;  // Of the terms.
    std::vector<burin::internal::ReasonedMove> reasoned;
    std::optional<std::vector<burin_reason>> reasons;  // Borrows the texts of `reasoned`.
  };

  // `under` is nullptr with unit costs. Where the patience ends, the result says less than what was found: the first
  // kHandedOverAfterStop hits, at least.
  burin_result(std::shared_ptr<const burin::internal::Index> searched,
               std::shared_ptr<const burin::internal::ChannelFile> under,
               std::shared_ptr<const burin::internal::ReadingContent> read,
               burin::internal::PricedReading priced_reading, const burin::internal::SearchResult& found,
               burin::internal::Patience patience = {});
  // Parallel to the matches, with the hash of the population's counts.
  void AddEvidence(const burin::internal::Evidence& found, const std::string& population_hash);

  // A result that grows: one more match; then what the search says of all of them.
  void Add(const burin::internal::Hit& hit);
  void Finish(const burin::internal::SearchResult& found);

  std::u32string Items(const burin_match& match) const;
  // The number of a match's record in the index.
  uint64_t RecordOf(size_t i) const;
  Texts& TextsOf(size_t i);
  const std::string& Serial(size_t i);
  const std::string& Text(size_t i);
  const std::string& Key(size_t i);
  const std::string& Source(size_t i);
  // The reading that match `i` is aligned with: of a weapon, that of the mark that stands for it.
  struct Standing {
    const burin::internal::ReadingContent* reading;
    burin::internal::PricedReading* priced;
  };
  Standing StandingOf(size_t i);
  const std::vector<burin::internal::Move>& Aligned(size_t i);
  const std::vector<burin_move>& Moves(size_t i);
  const std::vector<burin_reason>& Reasons(size_t i);
  const std::vector<burin_joint_term>& Terms(size_t i);

  std::shared_ptr<const burin::internal::Index> index;
  std::shared_ptr<const burin::internal::ChannelFile> channel;
  std::shared_ptr<const burin::internal::ReadingContent> reading;
  burin::internal::PricedReading priced;                      // Borrows the reading's lattice and the channel.
  std::shared_ptr<const burin::internal::SearchAsked> asked;  // nullptr: a receipt cannot repeat it.
  std::shared_ptr<const burin::internal::Beliefs> beliefs;    // nullptr: none.
  std::shared_ptr<burin::internal::WeaponsFound> weapons;     // nullptr: matches are not weapons of several marks.
  std::shared_ptr<burin::internal::ReadTogether> together;    // nullptr: one reading of the mark.
  std::vector<burin_match> matches;
  bool complete;
  uint32_t certificate;
  uint64_t work;
  uint64_t not_searched;
  std::optional<burin_evidence> evidence;
  std::vector<burin_weight> weights;
  std::vector<std::unique_ptr<Texts>> texts;  // By match; empty until one is asked for.
};

#endif
