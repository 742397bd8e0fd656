// The options of a search, checked once, and what they and a reading become: a request. Shared by every call that
// searches, so that all of them take and refuse the same.
#ifndef BURIN_SRC_C_API_SEARCH_SEARCH_TERMS_H_
#define BURIN_SRC_C_API_SEARCH_SEARCH_TERMS_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "burin/search.h"
#include "src/base/patience.h"
#include "src/c_api/common/reading_content.h"
#include "src/c_api/search/joint_terms.h"
#include "src/c_api/search/weapon_terms.h"
#include "src/channel/file/channel_file.h"
#include "src/evidence/attributes/beliefs.h"
#include "src/evidence/likelihood/evidence.h"
#include "src/index/view/filter.h"
#include "src/index/view/index.h"
#include "src/index/view/population_counter.h"
#include "src/index/view/record_population.h"
#include "src/receipt/receipt_content.h"
#include "src/search/segments/search.h"
#include "src/search/structural/priced_reading.h"

namespace burin::internal {

// The population under the conditions of the last search that weighed: counting it is a pass over all records, in which
// each of several searches may come some way.
struct KnownPopulation {
  std::string conditions;
  std::shared_ptr<const RecordPopulation> population;  // nullptr: not all is counted yet.
  std::shared_ptr<const Filter> filter;                // Of the counter.
  std::shared_ptr<PopulationCounter> counter;
};

// What a searcher keeps of one search for the next.
struct Known {
  KnownPopulation population;
  KnownBeliefs beliefs;
  KnownWeapons weapons;
};

}  // namespace burin::internal

struct burin_searcher {
  std::shared_ptr<const burin::internal::Index> index;
  bool needs_case = false;  // By the rules of the registry.
  burin::internal::SearchScratch scratch;
  burin::internal::Known known;
};

namespace burin::internal {

// What a search was asked, as its result remembers it: for receipts.
struct SearchAsked {
  ReceiptOptions options;
  bool own_channel = false;  // Rather than one of the library's.
  bool deadline = false;
};

// Any number of threads may use one at once, once it was read.
class SearchTerms {
 public:
  SearchTerms() = default;
  SearchTerms(const SearchTerms&) = delete;
  SearchTerms& operator=(const SearchTerms&) = delete;

  // The next options have to say for which case they are.
  void NeedCase(bool needed) { needs_case_ = needed; }
  // Checks the options of a caller (NULL: the defaults) and compiles their conditions. The deadline runs from here.
  // Borrows what the options point to. `any_top`: the call does not regard `top`, so that a search for all records is
  // one too. `known`: of the searcher.
  Status Read(std::shared_ptr<const Index> index, const burin_search_options* options, bool any_top = false,
              Known* known = nullptr);

  const std::shared_ptr<const Index>& index() const { return index_; }
  // What a reading is for this index, by the folding that made its serials: what has to be priced and searched for.
  const std::shared_ptr<const ReadingContent>& Of(const std::shared_ptr<const ReadingContent>& reading) const {
    return OfFolding(reading, index_->info().folding_version);
  }
  // The channel; nullptr with unit costs.
  const std::shared_ptr<const ChannelFile>& channel() const { return channel_; }
  // Believed attributes; nullptr: none.
  const std::shared_ptr<const Beliefs>& beliefs() const { return beliefs_; }
  // Several marks of one weapon; empty: there is one.
  const std::vector<MarkTerm>& marks() const { return marks_; }
  // Further readings of the mark; empty: there are none.
  const std::vector<std::shared_ptr<const ReadingContent>>& also() const { return also_; }
  // All of them with the reading of the search.
  Result<std::shared_ptr<ReadTogether>> PriceTogether(const std::shared_ptr<const ReadingContent>& reading) const;
  // kInvalidArgument where there are several marks or readings, and `call` searches for one.
  Status CheckOneReading(std::string_view call) const;
  // A search for weapons. REQUIRES: marks() are not empty. Borrows these terms, the priced readings, by mark,
  // and what is read together, if anything.
  WeaponRequest RequestWeapons(const ReadingContent& reading, std::vector<PricedReading>* priced,
                               ReadTogether* together) const;
  bool weighs() const { return options_.evidence != 0; }
  // SHA-256 of the population's counts; empty: there was no time to count it. REQUIRES: weighs().
  std::string population_hash() const { return population_ == nullptr ? std::string() : population_->hash; }
  // Searches, and weighs if that was asked for: then *evidence is filled. kOutOfRange: the reading's likelihood is no
  // number that a double holds.
  Result<SearchResult> Find(const SearchRequest& request, std::optional<Evidence>* evidence) const;
  // nullptr: no receipt can repeat it.
  const std::shared_ptr<const SearchAsked>& asked() const { return asked_; }
  // The caller's cancel function; may be empty.
  const std::function<bool()>& cancelled() const { return cancelled_; }
  // Until the deadline, or until the caller cancels.
  Patience patience() const { return PatienceOf(cancelled_); }
  Patience PatienceOf(std::function<bool()> cancelled) const { return Patience(deadline_, std::move(cancelled)); }
  Result<PricedReading> Price(const ReadingContent& reading) const;
  // What is said of a reading that there was no time for.
  SearchResult Unsearched(const ReadingContent& reading, std::optional<PricedReading>* priced,
                          std::optional<Evidence>* evidence) const;
  // Borrows these terms and the priced reading.
  SearchRequest Request(const ReadingContent& reading, PricedReading* priced) const;

 private:
  Status ReadChannel();
  Status ReadJoint(Known* known);
  void GiveUp();
  Status RememberJoint(const SearchAsked* asked, const burin_joint_options& joint);
  Cost Above() const;
  uint64_t Top() const;
  Metric MetricOf() const;
  void ReadPopulation(KnownPopulation* known);
  void SetCosts(PricedReading* priced, SearchRequest* request) const;
  void ReadMemory();
  void BoundHits(SearchRequest* request) const;

  bool needs_case_ = false;
  std::shared_ptr<const Index> index_;
  burin_search_options options_ = BURIN_SEARCH_OPTIONS_INIT;
  uint64_t most_kept_ = 0;  // Matches that max_memory holds; 0: as many as there may be.
  std::shared_ptr<const ChannelFile> channel_;
  std::shared_ptr<const SearchAsked> asked_;
  Filter filter_;
  std::shared_ptr<const Beliefs> beliefs_;
  std::vector<MarkTerm> marks_;
  std::vector<std::shared_ptr<const ReadingContent>> also_;
  std::shared_ptr<const WeaponRecords> weapons_;
  std::shared_ptr<const RecordPopulation> population_;  // nullptr: nobody weighs, or there was no time to count it.
  std::optional<std::chrono::steady_clock::time_point> deadline_;
  std::function<bool()> cancelled_;
};

// The lowest cost of a mark's items, whatever happened to it; kNever: it cannot be read so.
Cost CostOfMark(PricedReading* priced, const ReadingContent& reading, std::u32string_view items);

// One search. `cancelled`, if any, is asked instead of the options' function; `scratch` is this thread's. On failure
// *out stays as it is.
Status RunSearch(const SearchTerms& terms, const std::shared_ptr<const ReadingContent>& reading,
                 std::function<bool()> cancelled, SearchScratch* scratch, burin_result** out);

}  // namespace burin::internal

#endif
