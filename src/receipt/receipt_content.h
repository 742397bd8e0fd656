// What a receipt holds, as plain data: what was asked, of which index and channel, and every number of the answer.
// docs/receipts.md is its specification. receipt.h makes a document of it and reads one.
#ifndef BURIN_SRC_RECEIPT_RECEIPT_CONTENT_H_
#define BURIN_SRC_RECEIPT_RECEIPT_CONTENT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace burin::internal {

struct ReceiptMove {
  std::string move;  // "kept", "substituted" ...
  std::optional<std::string> element, symbol;
  std::optional<uint64_t> position;
  double cost = 0;  // Nats, or edits.
  std::string reason, text;
};

using ReceiptValue = std::variant<int64_t, std::string>;

// What evidence says of a hit (include/burin/evidence.h).
struct HitWeight {
  double log10_likelihood = 0, log10_lr = 0, posterior = 0, posterior_low = 0, posterior_high = 0;
  bool not_excluded = false, capped = false;
};

// What a hit pays for one thing that was said beside the reading, or for the reading itself.
struct ReceiptTerm {
  std::string of;                        // "mark", "attribute".
  std::string stands;                    // "read", "agrees" ...
  std::optional<std::string> record_id;  // Of a mark that is recorded.
  double cost = 0;
  std::string words;
};

struct ReceiptHit {
  std::string record_id, key, source, serial, text;
  double cost = 0;
  bool partial = false;
  std::map<std::string, ReceiptValue> attributes;
  std::vector<ReceiptMove> alignment;
  std::optional<HitWeight> weight;                // None: no evidence was asked for.
  std::optional<std::vector<ReceiptTerm>> terms;  // None: nothing was said beside the reading.
};

// A reading as it was typed, with what was known beside it.
struct ReceiptReading {
  std::string pattern;
  uint32_t min_length = 0, max_length = 0;
  std::string part = "whole";  // "whole", "start", "end", "middle".
  bool ncic = false;
  bool operator==(const ReceiptReading&) const = default;
};

// A reading fixed before any search, by whom and how.
struct SealContent {
  ReceiptReading reading;
  std::string words, lattice;
  std::string examiner, exhibit, case_number, method, time;
};
struct ReceiptSeal {
  SealContent content;
  std::string sha256;
};

// And of a reading as a whole.
struct ReceiptEvidence {
  bool complete = false, ambiguous = false, more_not_excluded = false;
  uint64_t population = 0, not_excluded = 0;
  double prior_present = 0;
  double not_in_registry = 0, not_in_registry_low = 0, not_in_registry_high = 0;
  double chance_hits = 0;
  std::optional<double> log10_seen, log10_unseen, log10_population;  // None: of nothing.
  std::string statistics_hash;
};

struct ReceiptQuery {
  std::string id;
  ReceiptReading reading;
  std::string words, lattice;
  std::optional<ReceiptSeal> seal;
  bool complete = false;
  std::optional<double> certificate;  // None: everything was seen.
  uint64_t not_searched = 0;
  std::optional<ReceiptEvidence> evidence;
  std::vector<ReceiptHit> hits;
};

struct ReceiptIndex {
  std::string sha256, format;
  uint64_t bytes = 0, records = 0, folding_version = 0;
  std::optional<uint64_t> generation;  // Of a registry's state; none: a file.
};

struct ReceiptValidation {
  std::string set;
  uint64_t readings = 0;
  double log10_lr_low = 0, log10_lr_high = 0;
  bool operator==(const ReceiptValidation&) const = default;
};
struct ReceiptChannel {
  std::string name, hash;
  std::optional<ReceiptValidation> validated_by;
  std::optional<std::string> file;  // All its numbers, as a channel file; none: it comes with the library.
  bool operator==(const ReceiptChannel&) const = default;
};

// What was said beside the reading (include/burin/joint.h).
struct ReceiptBelief {
  std::string attribute, value;
  double probability = 0;  // 0: the default.
  bool operator==(const ReceiptBelief&) const = default;
};
struct ReceiptAsked {
  ReceiptReading reading;
  std::string words, lattice;
  bool operator==(const ReceiptAsked&) const = default;
};
struct ReceiptMark {
  std::string component;
  ReceiptAsked asked;
  bool operator==(const ReceiptMark&) const = default;
};
// By which names of values mean the same.
struct ReceiptSynonyms {
  std::string sha256;                // Of the library's table.
  std::optional<std::string> table;  // The caller's own, whose rows count before those.
  bool operator==(const ReceiptSynonyms&) const = default;
};
struct ReceiptJoint {
  std::vector<ReceiptBelief> beliefs;
  std::optional<ReceiptSynonyms> synonyms;  // None: nothing is believed.
  std::optional<std::string> component;     // Of the reading.
  std::vector<ReceiptMark> marks;
  std::vector<ReceiptAsked> also;
  bool operator==(const ReceiptJoint&) const = default;
};

// As the search takes them (include/burin/search.h).
struct ReceiptOptions {
  std::string costs;  // "channel", "osa", "levenshtein", "hamming".
  int32_t within = 0;
  uint32_t max_cost = 0;
  uint64_t top = 0;
  std::string by;  // "record", "serial", "weapon".
  std::vector<std::string> where, classes, components;
  std::optional<std::string> date;
  uint64_t max_work = 0, max_hits = 0, max_memory = 0;
  bool evidence = false;
  double prior_present = 0, min_log10_lr = 0;
  std::optional<ReceiptJoint> joint;
  bool operator==(const ReceiptOptions&) const = default;
};

struct ReceiptResult {
  std::string burin;  // The version of the library.
  ReceiptIndex index;
  std::optional<ReceiptChannel> channel;
  ReceiptOptions options;
  std::vector<ReceiptQuery> queries;
};

// Around the answer, and no part of it.
struct ReceiptContext {
  std::string time, examiner, case_number, exhibit, purpose, index_path, channel_path;
};

}  // namespace burin::internal

#endif
