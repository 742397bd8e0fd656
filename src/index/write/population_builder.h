// What the serials of an index look like, found while it is built, so that nobody has to count them again (section
// POPU, docs/format.md 11): as record_population.h finds it, number for number.
//
// Lengths come one after the other. The records of one are counted first, from their rows; then the probability of each
// of its different serials is added up, where its keys are read anyway. Some 70 ns a record, together.
#ifndef BURIN_SRC_INDEX_WRITE_POPULATION_BUILDER_H_
#define BURIN_SRC_INDEX_WRITE_POPULATION_BUILDER_H_

#include <cstdint>
#include <optional>

#include "absl/container/flat_hash_set.h"
#include "src/base/bytes.h"
#include "src/index/keys/stored_keys.h"
#include "src/index/records/postings.h"
#include "src/index/write/serial_rows.h"
#include "src/population/counts.h"
#include "src/population/model.h"
#include "src/population/population_symbols.h"
#include "src/population/registered_serials.h"
#include "src/population/serial_probability.h"

namespace burin::internal {

class PopulationBuilder {
 public:
  // `records`: all that will be counted.
  explicit PopulationBuilder(uint64_t records) : records_(records) {}

  // The records of one length. REQUIRES: each length comes once.
  void Count(const SerialRows& rows, unsigned threads);

  // Adds up the probabilities of serials of that length: one thread's share of them.
  class Share {
   public:
    // The keys are of this shape. Borrows both.
    Share(const PopulationBuilder& of, const GroupShape& shape);
    void Add(const uint16_t* codes);
    const RegisteredSerials& sum() const { return sum_; }

   private:
    PopulationSymbols symbols_;
    SerialProbability probability_;
    RegisteredSerials sum_;
  };
  void Add(const Share& share);

  // Appends the section, once all postings are there.
  void Finish(const PostingsWriter& postings, ByteWriter* out);

 private:
  uint64_t records_;
  PopulationCounts counts_;
  std::optional<PopulationModel> model_;  // Of the length counted last.
  absl::flat_hash_set<Symbol> foreign_;
  RegisteredSerials registered_;
};

}  // namespace burin::internal

#endif
