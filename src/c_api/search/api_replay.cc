// Replay through the C API: the searches of a receipt made again and compared.
#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "src/c_api/common/channel_handle.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/index_handle.h"
#include "src/c_api/search/joint_facts.h"
#include "src/c_api/search/receipt_facts.h"
#include "src/c_api/search/search_terms.h"
#include "src/channel/file/shipped.h"
#include "src/mark/fold/fold.h"
#include "src/query/exhaustive.h"

namespace burin::internal {
namespace {

Status Differs(const std::string& what, const std::string& found, const std::string& expected) {
  return Status(StatusCode::kChecksum, what + " has the hash " + found + ", the receipt is of " + expected);
}

std::vector<const char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  return pointers;
}

// The number of a name; past the end: there is none.
template <size_t kCount>
uint32_t NumberOf(const std::string& name, const char* const (&names)[kCount]) {
  uint32_t number = 0;
  while (number < kCount && name != names[number]) ++number;
  return number;
}

// Makes the searches of a receipt again. Borrows it.
class Replay {
 public:
  Replay(const burin_receipt& receipt, const burin_index& index, const burin_replay_options& options)
      : receipt_(receipt), handle_(index), index_(index.index), options_(options) {}

  Status Run() {
    if (Status status = Prepare(); !status.ok()) return status;
    again_.burin = burin_version_string();
    again_.options = terms_.asked()->options;
    if (terms_.channel() != nullptr) {
      again_.channel = ChannelFacts(*terms_.channel(), receipt_.result.channel->file.has_value());
    }
    for (const ReceiptQuery& query : receipt_.result.queries) {
      if (Status status = RunQuery(query); !status.ok()) return status;
    }
    std::string difference = FirstDifference(again_, receipt_.result);
    if (!difference.empty()) difference_ = std::move(difference);
    if (!difference_.empty()) difference_ += Versions();
    return Status();
  }
  const std::string& difference() const { return difference_; }
  uint64_t scored() const { return scored_; }

 private:
  // The index and the channel are those of the receipt.
  Status Prepare() {
    Result<ReceiptIndex> facts = IndexFacts(handle_);
    if (!facts.ok()) return facts.status();
    const std::optional<uint64_t>& state = receipt_.result.index.generation;
    if (state && facts->generation && *state != *facts->generation) {
      return Status(StatusCode::kChecksum, "the registry is at state " + std::to_string(*facts->generation) +
                                               ", the receipt is of state " + std::to_string(*state) +
                                               Foldings(*facts));
    }
    if (facts->sha256 != receipt_.result.index.sha256) {
      return Differs("the index", facts->sha256, receipt_.result.index.sha256 + Foldings(*facts));
    }
    again_.index = *std::move(facts);
    if (Status status = OpenChannel(); !status.ok()) return status;
    return ReadTerms();
  }
  // What the versions of the receipt and of this library are, where they are not the same.
  std::string Versions() const {
    const std::string made = receipt_.result.burin, here = burin_version_string();
    const uint64_t folding = receipt_.result.index.folding_version;
    if (made == here && folding == kFoldingVersion) return "";
    return " (the receipt was made by burin " + made + " of an index of folding " + std::to_string(folding) +
           "; this is burin " + here + ", which folds by " + std::to_string(kFoldingVersion) + ")";
  }
  // Of two indexes.
  std::string Foldings(const ReceiptIndex& index) const {
    const uint64_t expected = receipt_.result.index.folding_version;
    if (index.folding_version == expected) return "";
    return "; the receipt is of folding " + std::to_string(expected) + ", the index of folding " +
           std::to_string(index.folding_version);
  }
  Status OpenChannel() {
    if (!receipt_.result.channel) return Status();
    const ReceiptChannel& channel = *receipt_.result.channel;
    if (channel.file) {
      Result<ChannelFile> file =
          ParseChannelFile(*channel.file, receipt_.name + ": /result/channel/file", ShippedChannelText);
      if (!file.ok()) return file.status();
      own_ = std::make_unique<burin_channel>();
      own_->file = std::make_shared<const ChannelFile>(*std::move(file));
      return own_->file->hash == channel.hash ? Status()
                                              : Differs("the embedded channel", own_->file->hash, channel.hash);
    }
    const Result<const ChannelFile*> shipped = ShippedChannel(channel.name);
    if (!shipped.ok()) return Bad("/result/channel/name: " + shipped.status().message());
    if ((*shipped)->hash == channel.hash) return Status();
    return Differs("the channel '" + channel.name + "' of this library", (*shipped)->hash, channel.hash);
  }
  Status ReadTerms() {
    static constexpr const char* kCosts[] = {"channel", "osa", "levenshtein", "hamming"};
    static constexpr const char* kBy[] = {"record", "serial", "weapon"};
    const ReceiptOptions& asked = receipt_.result.options;
    const std::vector<const char*> where = Pointers(asked.where), classes = Pointers(asked.classes),
                                   components = Pointers(asked.components);
    burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
    options.costs = NumberOf(asked.costs, kCosts);
    options.by = NumberOf(asked.by, kBy);
    if (receipt_.result.channel) {
      options.channel = own_ ? nullptr : receipt_.result.channel->name.c_str();
      options.own_channel = own_.get();
    }
    options.within = asked.within;
    options.max_cost = asked.max_cost;
    options.top = asked.top;
    options.where = where.data();
    options.where_count = where.size();
    options.classes = classes.data();
    options.class_count = classes.size();
    options.components = components.data();
    options.component_count = components.size();
    options.date = asked.date ? asked.date->c_str() : nullptr;
    options.max_work = asked.max_work;
    options.max_hits = asked.max_hits;
    options.max_memory = asked.max_memory;
    options.evidence = asked.evidence ? 1 : 0;
    options.prior_present = asked.prior_present;
    options.min_log10_lr = asked.min_log10_lr;
    if (asked.joint) {
      if (Status status = ReadJoint(*asked.joint); !status.ok()) return status;
      options.joint = joint_.options();
    }
    if ((options.costs == BURIN_COSTS_CHANNEL) != receipt_.result.channel.has_value()) {
      return Bad("/result/channel: expected one if /result/options/costs is \"channel\", and only then");
    }
    if (Status status = terms_.Read(index_, &options); !status.ok()) {
      return Bad("/result/options: " + status.message());
    }
    return Status();
  }
  Status ReadJoint(const ReceiptJoint& asked) {
    if (options_.exhaustive != 0 && !asked.marks.empty()) {
      return Invalid("exhaustive replay is of one mark; the receipt is of several marks of a weapon");
    }
    if (asked.synonyms) {
      const Result<std::string>& hash = SynonymsHash();
      if (!hash.ok()) return hash.status();
      if (*hash != asked.synonyms->sha256) {
        return Differs("the table of synonyms of this library", *hash, asked.synonyms->sha256);
      }
    }
    Status status = joint_.Read(asked);
    return status.ok() ? status : Bad("/result/options" + status.message());
  }
  Status Bad(const std::string& what) const { return Status(StatusCode::kBadInput, receipt_.name + ": " + what); }

  Status RunQuery(const ReceiptQuery& query) {
    const std::string at = "/result/queries/" + std::to_string(again_.queries.size());
    Result<std::shared_ptr<const ReadingContent>> read = ReadFacts(query.reading);
    if (!read.ok()) return Bad(at + "/reading: " + read.status().message() + Versions());
    const std::shared_ptr<const ReadingContent>& reading = terms_.Of(*read);
    burin_result* raw = nullptr;
    if (Status status = RunSearch(terms_, reading, nullptr, &scratch_, &raw); !status.ok()) {
      return Bad(at + ": " + status.message());
    }
    const std::unique_ptr<burin_result> result(raw);
    Result<ReceiptQuery> facts = QueryFacts(query.id, raw, query.seal ? &*query.seal : nullptr);
    if (!facts.ok()) return facts.status();
    if (query.seal && difference_.empty() &&
        !(query.seal->content.reading == query.reading && IsSealed(query.seal->content, **read))) {
      difference_ = "/queries/" + std::to_string(again_.queries.size()) + "/seal: it is of another reading";
    }
    again_.queries.push_back(*std::move(facts));
    return options_.exhaustive == 0 ? Status() : Prove(*reading, *result, query.id);
  }

  // What was found again, against every record.
  Status Prove(const ReadingContent& reading, const burin_result& result, const std::string& id) {
    Result<PricedReading> priced = terms_.Price(reading);
    if (!priced.ok()) return priced.status();
    SearchRequest request = terms_.Request(reading, &*priced);
    if (result.together != nullptr) {
      request.rescorer = result.together->costs.get();
      const Cost above = request.max_cost - priced->costs().best;
      request.max_cost = std::min(AddCosts(result.together->costs->best(), above), kNever - 1);
    }
    SearchResult found;
    for (const burin_match& match : result.matches) {
      const bool partial = (match.flags & BURIN_MATCH_PARTIAL) != 0;
      found.hits.push_back({match.cost, static_cast<uint32_t>(index_->FindId(match.record_id)), match.mark, partial});
    }
    found.complete = result.complete;
    found.certificate = result.certificate;
    Claim claim;
    claim.request = &request;
    claim.found = &found;
    claim.summed = result.evidence.has_value();
    const auto progress = [this](uint64_t done, uint64_t total) {
      return options_.progress != nullptr && options_.progress(options_.progress_user, done, total) != 0;
    };
    const Result<Proof> proof = ProveByScoringAll(*index_, claim, progress);
    if (!proof.ok()) return proof.status();
    scored_ += proof->scored;
    std::string contradiction = proof->contradiction;
    if (contradiction.empty() && result.evidence) contradiction = CheckSum(*result.evidence, proof->likelihood);
    if (!contradiction.empty() && difference_.empty()) difference_ = "query " + id + ": " + contradiction;
    return Status();
  }

  // What was weighed and the bound of what was not enclose the sum over all records; rounding aside.
  static std::string CheckSum(const burin_evidence& evidence, double sum) {
    constexpr double kRounding = 1e-9;
    const double seen = std::pow(10.0, evidence.log10_seen), unseen = std::pow(10.0, evidence.log10_unseen);
    if (sum >= seen * (1 - kRounding) && sum <= (seen + unseen) * (1 + kRounding)) return "";
    return "the likelihoods of all records sum to " + std::to_string(sum / seen) + " times what was weighed, at most " +
           std::to_string((seen + unseen) / seen) + " was claimed";
  }

  const burin_receipt& receipt_;
  const burin_index& handle_;
  std::shared_ptr<const Index> index_;
  const burin_replay_options& options_;
  std::unique_ptr<burin_channel> own_;
  JointFromFacts joint_;
  SearchTerms terms_;
  SearchScratch scratch_;
  ReceiptResult again_;
  std::string difference_;
  uint64_t scored_ = 0;
};

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_receipt_replay(burin_receipt* receipt, const burin_index* index, const burin_replay_options* options,
                                  burin_replay* replay, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (index == nullptr) return IsNull("index");
    if (replay == nullptr) return IsNull("replay");
    burin_replay_options known = BURIN_REPLAY_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    Replay again(*receipt, *index, known);
    if (Status status = again.Run(); !status.ok()) return status;
    receipt->difference = again.difference();
    burin_replay answer = BURIN_REPLAY_INIT;
    answer.same = receipt->difference.empty() ? 1 : 0;
    answer.queries = receipt->result.queries.size();
    answer.scored = again.scored();
    answer.difference = receipt->difference.c_str();
    return WriteAnswer(sizeof(answer), answer, replay);
  });
}

}  // extern "C"
