// Searching through the C API: options checked and turned into a request, the reading compiled, the search run.
#include <algorithm>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "burin/search.h"
#include "src/c_api/guard.h"
#include "src/c_api/index_handle.h"
#include "src/c_api/reading_content.h"
#include "src/c_api/result_handle.h"
#include "src/channel/channel.h"
#include "src/index/filter.h"
#include "src/search/search.h"

struct burin_searcher {
  std::shared_ptr<const burin::internal::Index> index;
  burin::internal::SearchScratch scratch;
};

namespace burin::internal {
namespace {

constexpr uint32_t kDefaultMaxCost = 18 * BURIN_COSTS_PER_NAT;
constexpr uint64_t kDefaultTop = 10;
// Longer deadlines are none.
constexpr uint64_t kLongestDeadline = uint64_t{1000} * 3600 * 24 * 365;

static_assert(BURIN_COSTS_PER_NAT == kCostsPerNat);
static_assert(BURIN_BY_RECORD == static_cast<int>(By::kRecord));
static_assert(BURIN_BY_SERIAL == static_cast<int>(By::kSerial));
static_assert(BURIN_BY_WEAPON == static_cast<int>(By::kWeapon));

Status CheckList(const char* const* list, size_t count, const char* name) {
  if (list == nullptr && count != 0) return IsNull(name);
  for (size_t i = 0; i < count; ++i) {
    if (list[i] == nullptr) return Invalid(std::string(name) + ": entry " + std::to_string(i) + " is NULL");
  }
  return Status();
}

Status CheckUnit(const burin_search_options& options) {
  if (options.channel != nullptr) return Invalid("a channel and unit costs exclude each other");
  if (options.max_cost != 0) return Invalid("max_cost belongs to a channel; with unit costs there is `within`");
  if (options.within < BURIN_WITHIN_ANY) return OutOfRange("within is 0 or more edits, or BURIN_WITHIN_ANY");
  if (options.within == BURIN_WITHIN_ANY && options.top == 0) {
    return Invalid("the records within any number of edits are all records: `top` is needed");
  }
  return Status();
}

Status CheckOptions(const burin_search_options& options) {
  if (options.costs > BURIN_COSTS_HAMMING) return OutOfRange("there are no costs " + std::to_string(options.costs));
  if (options.by > BURIN_BY_WEAPON) return OutOfRange("there is no by " + std::to_string(options.by));
  if (options.costs != BURIN_COSTS_CHANNEL) {
    if (Status status = CheckUnit(options); !status.ok()) return status;
  } else if (options.within != 0) {
    return Invalid("within belongs to unit costs; with a channel there is max_cost");
  }
  if (Status status = CheckList(options.where, options.where_count, "where"); !status.ok()) return status;
  if (Status status = CheckList(options.classes, options.class_count, "classes"); !status.ok()) return status;
  return CheckList(options.components, options.component_count, "components");
}

Result<PricedReading> Price(const Lattice& lattice, const burin_search_options& options) {
  switch (options.costs) {
    case BURIN_COSTS_OSA:
      return PricedReading::Make(lattice, Metric::kOsa);
    case BURIN_COSTS_LEVENSHTEIN:
      return PricedReading::Make(lattice, Metric::kLevenshtein);
    case BURIN_COSTS_HAMMING:
      return PricedReading::Make(lattice, Metric::kHamming);
    default:
      break;
  }
  const char* name = options.channel == nullptr ? "typed" : options.channel;
  std::string names;
  const Channel* channel = FindChannel(name, &names);
  if (channel == nullptr) return Invalid("no channel '" + std::string(name) + "'; channels: " + names);
  return PricedReading::Make(lattice, *channel);
}

// One condition for several values: `name=a|b`, bars within values escaped.
Status AddOneOf(const Index& index, std::string_view name, const char* const* values, size_t count, Filter* filter) {
  if (count == 0) return Status();
  std::string condition(name);
  for (size_t i = 0; i < count; ++i) {
    condition += i == 0 ? '=' : '|';
    for (const char* c = values[i]; *c != 0; ++c) {
      if (*c == '|') condition += '\\';
      condition += *c;
    }
  }
  return filter->Add(index, condition);
}

Status BuildFilter(const Index& index, const burin_search_options& options, Filter* filter) {
  for (size_t i = 0; i < options.where_count; ++i) {
    if (Status status = filter->Add(index, options.where[i]); !status.ok()) return status;
  }
  Status status = AddOneOf(index, "mark_class", options.classes, options.class_count, filter);
  if (!status.ok()) return status;
  status = AddOneOf(index, "component", options.components, options.component_count, filter);
  if (!status.ok()) return status;
  return options.date == nullptr ? Status() : filter->AddAsOf(index, options.date);
}

void SetCosts(const burin_search_options& options, PricedReading* reading, SearchRequest* request) {
  request->reading = reading;
  if (options.costs == BURIN_COSTS_CHANNEL) {
    const uint32_t above = options.max_cost == 0 ? kDefaultMaxCost : std::min(options.max_cost, kNever);
    request->max_cost = std::min(AddCosts(reading->costs().best, above), kNever - 1);
    request->top = options.top == 0 ? kDefaultTop : options.top;
  } else {
    const Cost most = reading->MostEdits();
    request->max_cost = options.within < 0 ? most : std::min(static_cast<Cost>(options.within), most);
    request->top = options.top;
  }
  if (request->top == std::numeric_limits<uint64_t>::max()) request->top = 0;
}

void SetBudget(const burin_search_options& options, SearchRequest* request) {
  request->max_work = options.max_work;
  if (options.deadline_ms > 0 && options.deadline_ms < kLongestDeadline) {
    request->deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(options.deadline_ms);
  }
  if (options.cancel != nullptr) {
    request->cancelled = [cancel = options.cancel, user = options.cancel_user] { return cancel(user) != 0; };
  }
}

Status RunSearch(burin_searcher* searcher, const std::shared_ptr<const ReadingContent>& reading,
                 const burin_search_options& options, burin_result** out) {
  if (Status status = CheckOptions(options); !status.ok()) return status;
  SearchRequest request;
  SetBudget(options, &request);
  Result<PricedReading> priced = Price(reading->lattice, options);
  if (!priced.ok()) return priced.status();
  Filter filter;
  if (Status status = BuildFilter(*searcher->index, options, &filter); !status.ok()) return status;
  if (!filter.empty()) request.filter = &filter;
  request.by = static_cast<By>(options.by);
  request.min_length = reading->min_length;
  request.max_length = reading->max_length;
  request.scratch = &searcher->scratch;
  SetCosts(options, &*priced, &request);
  const SearchResult found = Search(*searcher->index, request);
  *out = new burin_result(searcher->index, reading, *std::move(priced), found);
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

size_t burin_channel_count(void) { return 1; }
const char* burin_channel_name(size_t i) { return i == 0 ? "typed" : nullptr; }

burin_status burin_searcher_create(const burin_index* index, burin_searcher** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (index == nullptr) return IsNull("index");
    *out = new burin_searcher{index->index, {}};
    return Status();
  });
}

void burin_searcher_destroy(burin_searcher* searcher) { delete searcher; }

burin_status burin_search(burin_searcher* searcher, const burin_reading* reading, const burin_search_options* options,
                          burin_result** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    if (searcher == nullptr) return IsNull("searcher");
    if (reading == nullptr) return IsNull("reading");
    burin_search_options known = BURIN_SEARCH_OPTIONS_INIT;
    if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
    return RunSearch(searcher, reading->content, known, out);
  });
}

}  // extern "C"
