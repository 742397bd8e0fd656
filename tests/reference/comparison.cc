// The library's answer beside the twins'.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <sstream>

#include "src/channel/compile/compile.h"
#include "src/evidence/explain/alignment.h"
#include "src/index/view/segmented_index.h"
#include "src/index/write/index_builder.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"
#include "tests/reference/search_case.h"
#include "tests/reference/twin_channel.h"
#include "tests/reference/twin_dp.h"

namespace burin::internal::reference {
namespace {

std::string Show(std::u32string_view items) {
  std::string out;
  for (const Symbol s : items) out += s == kUnreadable ? "?" : s == kGap ? "*" : ToUtf8(std::u32string(1, s));
  return out;
}

[[noreturn]] void Die(const std::string& what) {
  std::fprintf(stderr, "%s\n", what.c_str());
  std::abort();
}

void Declare(IndexBuilder* builder) {
  bool ok = builder->AddAttribute("maker", AttributeType::kCategory).ok();
  ok = ok && builder->AddAttribute("weapon", AttributeType::kCategory).ok();
  ok = ok && builder->AddAttribute("year", AttributeType::kInteger).ok();
  if (!ok) Die("cannot declare attributes");
}

void AddRecord(const TwinRecord& r, uint64_t id, bool with_attributes, IndexBuilder* builder) {
  RecordedMark mark;
  mark.symbols = r.missing ? U"" : r.items;
  mark.partial = r.partial && !r.missing;
  mark.missing = r.missing ? Missing::kIllegible : Missing::kNone;
  const std::string key = std::to_string(id), text = Show(r.items);
  const std::vector<RecordedMark> marks = {mark};
  std::vector<std::string_view> attributes;
  if (with_attributes) attributes = {r.maker, r.weapon, r.year};
  Row row;
  row.key = key;
  row.text = text;
  row.marks = marks;
  row.attributes = attributes;
  row.id = id;
  int at_fault = -1;
  if (Status status = builder->Add(row, &at_fault); !status.ok()) Die(status.message());
}

std::vector<std::byte> BytesOf(const std::vector<TwinRecord>& records) {
  const auto builder = IndexBuilder::Create();
  Declare(builder.get());
  for (size_t i = 0; i < records.size(); ++i) AddRecord(records[i], i + 1, true, builder.get());
  std::vector<std::byte> bytes;
  if (Status status = builder->Write(&bytes); !status.ok()) Die(status.message());
  return bytes;
}

std::string ShowHits(const std::vector<TwinHit>& hits) {
  std::ostringstream out;
  for (const TwinHit& hit : hits) out << " #" << hit.record << ":" << hit.cost;
  return hits.empty() ? " none" : out.str();
}

std::string ShowLattice(const Lattice& lattice) {
  std::ostringstream out;
  out << lattice.slots << " slots";
  for (const Arc& arc : lattice.arcs) {
    out << "\n    " << arc.from << " -> " << arc.to << " ";
    if (arc.element == kEmpty) continue;
    const Element& e = lattice.elements[static_cast<size_t>(arc.element)];
    out << (e.members.others ? "others but " : "")
        << Show(std::u32string(e.members.listed.begin(), e.members.listed.end())) << " base ";
    for (size_t i = 0; i < kBaseSymbols; ++i) {
      if (e.members.base >> i & 1) out << static_cast<char>(BaseSymbol(i));
    }
    for (const auto& [symbol, weight] : e.support) out << " " << Show(std::u32string(1, symbol)) << ":" << weight;
    out << " doubt " << static_cast<int>(e.doubt) << (e.altered ? " altered " : "");
    if (e.beneath != 0) out << "beneath " << Show(std::u32string(1, e.beneath));
  }
  return out.str();
}

}  // namespace

Comparison::Comparison(const std::vector<TwinRecord>& records) : records_(records), bytes_(BytesOf(records)) {
  auto index = Index::OpenBuffer(bytes_, "case");
  if (!index.ok()) Die(index.status().message());
  index_ = *index;
}

// Ids are even for records and odd for deleted ones between them.
void Comparison::AddSegment(const std::vector<size_t>& numbers, Choices* layout, std::vector<IndexSegment>* segments) {
  const auto builder = IndexBuilder::Create();
  builder->RegisterRows();
  // A segment whose records have no attributes lacks them.
  const bool with_attributes =
      std::any_of(numbers.begin(), numbers.end(),
                  [&](size_t i) { return !(records_[i].maker + records_[i].weapon + records_[i].year).empty(); }) ||
      layout->OneIn(2);
  if (with_attributes) Declare(builder.get());
  std::vector<uint64_t> deleted;
  for (const size_t i : numbers) {
    if (layout->OneIn(4)) {
      deleted.push_back(numbers_.size());
      numbers_.push_back(~size_t{0});
      AddRecord(layout->Of(records_), 2 * i + 1, with_attributes, builder.get());
    }
    numbers_.push_back(i);
    AddRecord(records_[i], 2 * i + 2, with_attributes, builder.get());
  }
  std::vector<std::byte> bytes;
  if (Status status = builder->Write(&bytes); !status.ok()) Die(status.message());
  auto file = MappedFile::OfBytes(bytes);
  auto index = Index::OpenMapped(*std::move(file), "segment");
  if (!index.ok()) Die(index.status().message());
  const uint64_t count = (*index)->record_count();
  auto set = std::make_shared<RecordSet>(count);
  for (const uint64_t record : deleted) set->Add(record - (numbers_.size() - count));
  IndexSegment& segment = segments->emplace_back();
  segment.index = *index;
  if (!deleted.empty()) segment.deleted = std::move(set);
}

Comparison::Comparison(const std::vector<TwinRecord>& records, Choices* layout) : records_(records) {
  std::vector<std::vector<size_t>> parts(1 + layout->Below(5));
  for (size_t i = 0; i < records.size(); ++i) {
    parts[layout->Below(static_cast<uint32_t>(parts.size()))].push_back(i);
  }
  std::vector<IndexSegment> segments;
  for (const std::vector<size_t>& part : parts) {
    if (!part.empty() || layout->OneIn(3)) AddSegment(part, layout, &segments);
  }
  auto index = SegmentedIndex::Make(std::move(segments), {{"maker", AttributeType::kCategory},
                                                          {"source", AttributeType::kCategory},
                                                          {"weapon", AttributeType::kCategory},
                                                          {"year", AttributeType::kInteger}});
  if (!index.ok()) Die(index.status().message());
  index_ = *index;
}

std::vector<TwinHit> Comparison::Plain(const std::vector<Hit>& hits) const {
  std::vector<TwinHit> out;
  for (const Hit& hit : hits) out.push_back({hit.cost, static_cast<uint32_t>(NumberOf(hit.record))});
  return out;
}

std::string Comparison::Compile(const Query& query, Compiled* compiled) {
  const Lattice& lattice = query.reading.lattice;
  if (Status status = lattice.Check(); !status.ok()) return "not a lattice: " + status.message();
  auto costs = query.typed ? CompileChannel(lattice, PlainTyped()) : CompileUnit(lattice, query.metric);
  if (!costs.ok()) {
    ++refused_;
    return costs.status().message().find("too large") != std::string::npos ? "" : costs.status().message();
  }
  compiled->costs = *std::move(costs);
  for (const size_t i : query.conditions) {
    if (Status status = compiled->filter.Add(*index_, Conditions()[i].text); !status.ok()) return status.message();
  }
  SearchRequest& request = compiled->request;
  request.lattice = &compiled->costs;
  request.filter = query.conditions.empty() ? nullptr : &compiled->filter;
  request.max_cost = query.max_cost;
  if (query.typed && query.max_cost < kNever) request.max_cost = AddCosts(query.max_cost, compiled->costs.best);
  request.top = query.top;
  request.by = query.by;
  request.min_length = query.min_length;
  request.max_length = query.max_length;
  request.max_work = query.max_work;
  return "";
}

std::string Comparison::Check(const Query& query) {
  Compiled compiled;
  const std::string refused = Compile(query, &compiled);
  if (!refused.empty() || compiled.request.lattice == nullptr) return refused;
  const SearchResult result = Search(*index_, compiled.request);
  ++searches_;
  hits_ += result.hits.size();
  return CheckAnswer(query, compiled.request, result);
}

std::string Comparison::CheckAnswer(const Query& query, const SearchRequest& request, const SearchResult& result) {
  const Lattice& lattice = query.reading.lattice;
  const UnitTwin unit(lattice, query.metric);
  const ChannelTwin channel(lattice, PlainTyped());
  TwinDp dp(lattice, query.typed ? static_cast<const Prices&>(channel) : unit);
  TwinRequest twin;
  std::map<std::u32string, Cost, std::less<>> known;
  Cost lowest = kNever;
  twin.cost = [&](const TwinRecord& record) {
    const auto [at, is_new] = known.try_emplace(record.items, 0);
    if (is_new)
      at->second = dp.Of(record.items, query.min_length, std::min<uint32_t>(query.max_length, kMaxMarkSymbols));
    lowest = std::min(lowest, at->second);
    return at->second;
  };
  twin.passes = [&](const TwinRecord& record) {
    return std::all_of(query.conditions.begin(), query.conditions.end(),
                       [&](size_t i) { return Conditions()[i].holds(record); });
  };
  twin.max_cost = std::min(request.max_cost, kNever - 1);
  twin.top = query.top;
  twin.by = query.by;
  uint64_t missing = 0;
  for (const TwinRecord& record : records_) missing += record.missing;
  if (result.not_searched != missing) return "not_searched is " + std::to_string(result.not_searched);
  if (query.max_work != 0 && result.work > query.max_work) return "more work than allowed";
  if (query.max_work == 0 && !result.complete) return "not complete, without a budget";
  std::string difference = CheckHits(result, twin);
  if (difference.empty()) difference = CheckAlignments(query, request, result);
  if (difference.empty() && lowest < request.lattice->best) difference = "a mark costs less than the best possible";
  return difference;
}

std::string Comparison::CheckHits(const SearchResult& result, const TwinRequest& twin) const {
  const std::vector<TwinHit> expected = Scan(records_, twin);
  const std::vector<TwinHit> found = Plain(result.hits);
  for (const Hit& hit : result.hits) {
    if (hit.record >= index_->record_count()) return "a hit of no record";
    const size_t number = NumberOf(hit.record);
    if (number >= records_.size() || hit.partial != records_[number].partial) return "a hit of no such record";
    if (!hit.partial && SerialOfRank(*index_, hit.mark) != records_[number].items) return "a hit of another serial";
    if (hit.partial ? index_->partial_record(hit.mark) != hit.record : hit.mark >= index_->info().serials)
      return "a hit of another mark";
  }
  if (result.complete) {
    if (found == expected) return "";
    return "  expected" + ShowHits(expected) + "\n  found   " + ShowHits(found);
  }
  // Not complete: every hit is one, in order, and everything below the certificate is there.
  const auto wrong = [&](const char* what) {
    return std::string("incomplete, ") + what + ", certificate " + std::to_string(result.certificate) +
           "\n  complete " + ShowHits(expected) + "\n  found    " + ShowHits(found);
  };
  std::set<std::string> weapons;
  for (size_t i = 0; i < found.size(); ++i) {
    const TwinRecord& record = records_[found[i].record];
    if (record.missing || !twin.passes(record) || twin.cost(record) != found[i].cost) return wrong("a wrong hit");
    if (found[i].cost > twin.max_cost) return wrong("a hit above the highest cost");
    if (i > 0 && found[i - 1].cost > found[i].cost) return wrong("out of order");
    if (twin.by == By::kWeapon && !record.weapon.empty() && !weapons.insert(record.weapon).second) {
      return wrong("a weapon twice");
    }
  }
  if (twin.top != 0 && found.size() > twin.top) return wrong("too many hits");
  for (size_t i = 0; i < expected.size() && expected[i].cost < result.certificate; ++i) {
    if (i >= found.size() || found[i] != expected[i]) return wrong("a hit below the certificate is not there");
  }
  return "";
}

std::string Comparison::CheckAlignments(const Query& query, const SearchRequest& request,
                                        const SearchResult& result) const {
  for (size_t i = 0; i < std::min<size_t>(result.hits.size(), 4); ++i) {
    const Hit& hit = result.hits[i];
    const std::u32string& items = records_[NumberOf(hit.record)].items;
    const uint32_t most = std::min<uint32_t>(query.max_length, kMaxMarkSymbols);
    const std::vector<burin::internal::Move> moves =
        Align(query.reading.lattice, *request.lattice, items, query.min_length, most);
    uint64_t sum = request.lattice->end;
    for (const auto& move : moves) sum += move.cost;
    if (sum != hit.cost) return "the alignment of #" + std::to_string(hit.record) + " costs " + std::to_string(sum);
  }
  return "";
}

std::string Reproducer(std::vector<TwinRecord> records, const Query& query) {
  std::string difference = Comparison(records).Check(query);
  if (difference.empty()) return "not reproduced";
  for (size_t i = records.size(); i-- > 0;) {
    std::vector<TwinRecord> fewer = records;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (const std::string less = fewer.empty() ? "" : Comparison(fewer).Check(query); !less.empty()) {
      records = fewer;
      difference = less;
    }
  }
  std::ostringstream out;
  out << "reading " << query.reading.text << " " << query.reading.how << "\n  lattice "
      << ShowLattice(query.reading.lattice) << "\n  " << (query.typed ? "typed" : "unit, metric ")
      << (query.typed ? "" : std::to_string(int(query.metric))) << " max_cost " << query.max_cost << " top "
      << query.top << " by " << static_cast<int>(query.by) << " length " << query.min_length << ".." << query.max_length
      << " max_work " << query.max_work;
  for (const size_t i : query.conditions) out << " where " << Conditions()[i].text;
  for (size_t i = 0; i < records.size(); ++i) {
    const TwinRecord& r = records[i];
    out << "\n  #" << i << " " << Show(r.items) << (r.missing ? " (missing)" : "") << " weapon '" << r.weapon
        << "' maker '" << r.maker << "' year '" << r.year << "'";
  }
  out << "\n" << difference << "\n";
  return out.str();
}

}  // namespace burin::internal::reference
