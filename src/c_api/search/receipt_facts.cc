#include "src/c_api/search/receipt_facts.h"

#include <cmath>
#include <optional>
#include <utility>

#include "src/base/file_writer.h"
#include "src/base/sha256.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/common/mark_text.h"
#include "src/channel/file/channel_write.h"
#include "src/receipt/lattice_text.h"

namespace burin::internal {
namespace {

constexpr const char* kParts[] = {"whole", "start", "end", "middle"};
constexpr const char* kMoves[] = {"",        "kept",   "substituted", "lost",   "added",
                                  "swapped", "unread", "rewritten",   "changed"};

double PriceOf(uint32_t cost, bool unit) { return unit ? cost : static_cast<double>(cost) / BURIN_COSTS_PER_NAT; }

std::string TextOf(const std::u32string& items, size_t at) {
  std::string text;
  AppendItems(std::u32string_view(items).substr(at, 1), &text);
  return text;
}

std::vector<ReceiptMove> MovesOf(burin_result* result, size_t i, bool unit) {
  const std::vector<burin_move>& moves = result->Moves(i);
  const std::vector<burin_reason>& reasons = result->Reasons(i);
  const std::vector<std::string>& texts = result->StandingOf(i).reading->element_texts;
  const std::u32string items = result->Items(result->matches[i]);
  std::vector<ReceiptMove> facts;
  for (size_t at = 0; at < moves.size(); ++at) {
    ReceiptMove fact;
    fact.move = kMoves[moves[at].kind];
    if (moves[at].element >= 0) fact.element = texts[static_cast<size_t>(moves[at].element)];
    if (moves[at].position >= 0) {
      fact.position = static_cast<uint64_t>(moves[at].position);
      fact.symbol = TextOf(items, *fact.position);
    }
    fact.cost = PriceOf(moves[at].cost, unit);
    fact.reason = ReasonName(static_cast<Reason>(reasons[at].reason));
    fact.text = reasons[at].text;
    facts.push_back(std::move(fact));
  }
  return facts;
}

std::vector<ReceiptTerm> TermFacts(burin_result* result, size_t i) {
  std::vector<ReceiptTerm> facts;
  for (const burin_joint_term& term : result->Terms(i)) {
    ReceiptTerm fact;
    fact.of = term.kind == BURIN_TERM_MARK ? "mark" : "attribute";
    fact.stands = burin_stands_name(term.stands);
    if (term.record_id != 0) fact.record_id = std::to_string(term.record_id);
    fact.cost = PriceOf(term.cost, false);
    fact.words = term.words;
    facts.push_back(std::move(fact));
  }
  return facts;
}

std::optional<double> Finite(double number) {
  return std::isfinite(number) ? std::optional<double>(number) : std::nullopt;
}

ReceiptEvidence EvidenceFacts(const burin_evidence& e) {
  ReceiptEvidence facts;
  facts.complete = e.complete != 0;
  facts.ambiguous = (e.flags & BURIN_EVIDENCE_AMBIGUOUS) != 0;
  facts.more_not_excluded = (e.flags & BURIN_EVIDENCE_MORE_NOT_EXCLUDED) != 0;
  facts.population = e.population;
  facts.not_excluded = e.not_excluded;
  facts.prior_present = e.prior_present;
  facts.not_in_registry = e.not_in_registry;
  facts.not_in_registry_low = e.not_in_registry_low;
  facts.not_in_registry_high = e.not_in_registry_high;
  facts.chance_hits = e.chance_hits;
  facts.log10_seen = Finite(e.log10_seen);
  facts.log10_unseen = Finite(e.log10_unseen);
  facts.log10_population = Finite(e.log10_population);
  facts.statistics_hash = e.statistics_hash;
  return facts;
}

ReceiptHit HitFacts(burin_result* result, size_t i) {
  const burin_match& match = result->matches[i];
  const bool unit = result->priced.unit();
  const uint64_t record = result->RecordOf(i);
  ReceiptHit hit;
  hit.record_id = std::to_string(match.record_id);
  hit.key = result->Key(i);
  hit.source = result->Source(i);
  hit.serial = result->Serial(i);
  hit.text = result->Text(i);
  hit.cost = PriceOf(match.cost, unit);
  hit.partial = (match.flags & BURIN_MATCH_PARTIAL) != 0;
  for (const auto& column : result->index->attributes()) {
    const uint32_t code = column->code(record);
    if (code == 0 || column->name() == "source") continue;
    if (column->type() == AttributeType::kInteger) {
      hit.attributes[column->name()] = column->integer(code);
    } else {
      hit.attributes[column->name()] = std::string(column->text(code));
    }
  }
  hit.alignment = MovesOf(result, i, unit);
  if (result->asked != nullptr && result->asked->options.joint) hit.terms = TermFacts(result, i);
  if (i < result->weights.size()) {
    const burin_weight& w = result->weights[i];
    hit.weight = {w.log10_likelihood,
                  w.log10_lr,
                  w.posterior,
                  w.posterior_low,
                  w.posterior_high,
                  (w.flags & BURIN_WEIGHT_NOT_EXCLUDED) != 0,
                  (w.flags & BURIN_WEIGHT_CAPPED) != 0};
  }
  return hit;
}

Result<std::string> HashOf(ByteSpan bytes) {
  return Sha256Hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace

// Of a file, its bytes; of a registry's state, the bytes of its segments and which of their records are deleted, as
// docs/receipts.md says.
Result<ReceiptIndex> IndexFacts(const burin_index& handle) {
  const Index& index = *handle.index;
  ReceiptIndex facts;
  facts.format = std::to_string(index.info().format_major) + "." + std::to_string(index.info().format_minor);
  facts.bytes = index.info().file_bytes;
  facts.records = index.info().records;
  facts.folding_version = index.info().folding_version;
  if (handle.snapshot == nullptr) {
    if (index.bytes().empty()) return Invalid("the index is no file");
    Result<std::string> hash = HashOf(index.bytes());
    if (!hash.ok()) return hash.status();
    facts.sha256 = *std::move(hash);
    return facts;
  }
  facts.generation = handle.snapshot->manifest().generation;
  std::string state = "burin registry\n";
  for (const Segment& segment : handle.snapshot->segments()) {
    Result<std::string> hash = HashOf(segment.index->bytes());
    if (!hash.ok()) return hash.status();
    state += *hash + '\n';
    for (uint64_t record = 0; record < segment.listed.records; ++record) {
      if (segment.IsDeleted(record)) state += std::to_string(record) + '\n';
    }
  }
  Result<std::string> hash = Sha256Hex(state);
  if (!hash.ok()) return hash.status();
  facts.sha256 = *std::move(hash);
  return facts;
}

ReceiptChannel ChannelFacts(const ChannelFile& channel, bool own) {
  ReceiptChannel facts;
  facts.name = channel.channel.name;
  facts.hash = channel.hash;
  if (channel.validated_by) {
    const Validation& v = *channel.validated_by;
    facts.validated_by = {v.set, v.readings, v.log10_lr_low, v.log10_lr_high};
  }
  if (own) facts.file = WriteChannelFile(channel);
  return facts;
}

Result<ReceiptReading> ReadingFacts(const ReadingContent& reading) {
  if (!reading.pattern) return Invalid("the reading was built as a lattice: receipts and seals hold patterns");
  ReceiptReading facts;
  facts.pattern = *reading.pattern;
  facts.min_length = reading.min_length;
  facts.max_length = reading.max_length;
  facts.part = kParts[reading.part];
  facts.ncic = reading.ncic;
  return facts;
}

Result<SealContent> SealFacts(const ReadingContent& reading) {
  Result<ReceiptReading> facts = ReadingFacts(reading);
  if (!facts.ok()) return facts.status();
  SealContent content;
  content.reading = *std::move(facts);
  content.words = reading.words;
  content.lattice = LatticeText(reading.lattice);
  return content;
}

bool IsSealed(const SealContent& seal, const ReadingContent& reading) {
  if (seal.lattice == LatticeText(reading.lattice)) return true;
  return reading.of_folding_1 != nullptr && seal.lattice == LatticeText(reading.of_folding_1->lattice);
}

Result<ReceiptQuery> QueryFacts(const std::string& id, burin_result* result, const ReceiptSeal* seal) {
  Result<ReceiptReading> reading = ReadingFacts(*result->reading);
  if (!reading.ok()) return reading.status();
  ReceiptQuery query;
  query.id = id;
  query.reading = *std::move(reading);
  query.words = result->reading->words;
  query.lattice = LatticeText(result->reading->lattice);
  if (seal != nullptr) query.seal = *seal;
  query.complete = result->complete;
  if (result->certificate < kNever) query.certificate = PriceOf(result->certificate, result->priced.unit());
  query.not_searched = result->not_searched;
  if (result->evidence) query.evidence = EvidenceFacts(*result->evidence);
  query.hits.reserve(result->matches.size());
  for (size_t i = 0; i < result->matches.size(); ++i) query.hits.push_back(HitFacts(result, i));
  return query;
}

burin_reading_options OptionsOf(const ReceiptReading& facts) {
  burin_reading_options options = BURIN_READING_OPTIONS_INIT;
  options.min_length = facts.min_length;
  options.max_length = facts.max_length;
  options.ncic = facts.ncic ? 1 : 0;
  while (options.part < std::size(kParts) && facts.part != kParts[options.part]) ++options.part;
  return options;
}

Result<std::shared_ptr<const ReadingContent>> ReadFacts(const ReceiptReading& facts) {
  const burin_reading_options options = OptionsOf(facts);
  return ParseReading(facts.pattern, &options);
}

Status WriteDocument(std::string_view text, const char* path) {
  if (path == nullptr) return IsNull("path");
  Result<FileWriter> file = FileWriter::Create(path);
  if (!file.ok()) return file.status();
  if (Status status = file->Append(text); !status.ok()) return status;
  return file->Commit();
}

}  // namespace burin::internal
