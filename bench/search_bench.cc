// Searches over the workloads, one reading after another on one thread, beside a plain scan of the same serials.
//
// Each benchmark goes through all 1,000 readings of its kind again and again. Counters: hits over the 1,000 readings
// (exact: they must equal the table in README.md), median and 99th percentile in microseconds, bytes a serial of the
// index.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <bit>
#include <chrono>
#include <map>

#include "bench/workload.h"
#include "src/index/index.h"
#include "src/index/index_builder.h"
#include "src/mark/pattern.h"
#include "src/search/search.h"

namespace burin::bench {
namespace {

using namespace burin::internal;

struct Set {
  std::vector<std::string> serials;
  std::vector<std::byte> bytes;
  std::shared_ptr<const Index> index;
  bool makers = false;
};

std::vector<std::byte> Build(const std::vector<std::string>& serials) {
  auto builder = IndexBuilder::Create();
  RecordedMark mark;
  uint64_t number = 0;
  int attribute = -1;
  for (const std::string& serial : serials) {
    mark.symbols.assign(serial.begin(), serial.end());
    const std::string key = std::to_string(++number);
    if (!builder->Add({key, "", serial, {&mark, 1}, {}}, &attribute).ok()) std::abort();
  }
  std::vector<std::byte> bytes;
  if (!builder->Write(&bytes).ok()) std::abort();
  return bytes;
}

// Made when first asked for: 0 is W1 with a million serials, 1 is W2.
const Set& SetOf(int64_t number) {
  static std::map<int64_t, Set> sets;
  Set& set = sets[number];
  if (set.index == nullptr) {
    set.makers = number == 1;
    set.serials = set.makers ? MakerSerials() : RandomSerials(1'000'000);
    set.bytes = Build(set.serials);
    set.index = *Index::OpenBuffer(set.bytes, "bench");
  }
  return set;
}

std::vector<Pattern> Patterns(const Set& set, Damage damage) {
  std::vector<Pattern> patterns;
  const uint64_t seed = set.makers ? kMakerReadings : kRandomReadings;
  for (const std::string& text : Readings(set.serials, set.serials.size(), damage, seed)) {
    patterns.push_back(*ParsePattern(text));
  }
  return patterns;
}

class Times {
 public:
  template <typename Work>
  void Measure(Work work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    microseconds_.push_back(
        std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count());
  }
  void Report(benchmark::State* state) {
    std::sort(microseconds_.begin(), microseconds_.end());
    if (microseconds_.empty()) return;
    state->counters["p50_us"] = microseconds_[microseconds_.size() / 2];
    state->counters["p99_us"] = microseconds_[microseconds_.size() * 99 / 100];
  }

 private:
  std::vector<double> microseconds_;
};

// Arguments: set, damage, metric, edits.
void Within(benchmark::State& state) {
  const Set& set = SetOf(state.range(0));
  const auto patterns = Patterns(set, static_cast<Damage>(state.range(1)));
  const auto metric = static_cast<Metric>(state.range(2));
  Times times;
  uint64_t hits = 0, asked = 0;
  for (auto _ : state) {
    times.Measure([&] {
      const auto lattice = CompileUnit(patterns[asked++ % patterns.size()].lattice, metric);
      SearchRequest request;
      request.lattice = &*lattice;
      request.max_cost = static_cast<Cost>(state.range(3));
      const SearchResult result = Search(*set.index, request);
      if (asked <= patterns.size()) hits += result.hits.size();
    });
  }
  times.Report(&state);
  if (asked >= patterns.size()) state.counters["hits"] = static_cast<double>(hits);
  state.counters["bytes_per_serial"] = static_cast<double>(set.bytes.size()) / static_cast<double>(set.serials.size());
}

// The ten best under the channel `typed`. Arguments: set, damage.
void Typed(benchmark::State& state) {
  const Set& set = SetOf(state.range(0));
  const auto patterns = Patterns(set, static_cast<Damage>(state.range(1)));
  Times times;
  size_t asked = 0;
  for (auto _ : state) {
    times.Measure([&] {
      const auto lattice = CompileChannel(patterns[asked++ % patterns.size()].lattice, TypedChannel());
      SearchRequest request;
      request.lattice = &*lattice;
      request.max_cost = lattice->best + 18 * kCostsPerNat;
      request.top = 10;
      benchmark::DoNotOptimize(Search(*set.index, request));
    });
  }
  times.Report(&state);
}

// Ten symbols of six bits.
uint64_t Packed(const std::string& serial) {
  uint64_t packed = 0;
  for (char c : serial) packed = packed << 6 | static_cast<uint64_t>(c - '0' + 1);
  return packed;
}

// The baseline: every serial, packed in 8 bytes, against one reading; those within two substitutions count.
void Scan(benchmark::State& state) {
  const Set& set = SetOf(state.range(0));
  std::vector<uint64_t> keys;
  for (const std::string& serial : set.serials) keys.push_back(Packed(serial));
  constexpr uint64_t kLowBits = 0x0041041041041041;
  size_t asked = 0;
  for (auto _ : state) {
    const uint64_t reading = keys[(asked++ * 7919) % keys.size()];
    uint64_t near = 0;
    for (const uint64_t key : keys) {
      const uint64_t bits = key ^ reading, pairs = bits | bits >> 1;
      const uint64_t differs = pairs | pairs >> 2 | pairs >> 4;
      near += std::popcount(differs & kLowBits) <= 2;
    }
    benchmark::DoNotOptimize(near);
  }
  state.counters["bytes_per_serial"] = 8;
}

void Everything(benchmark::internal::Benchmark* b) {
  const auto osa = static_cast<int64_t>(Metric::kOsa), hamming = static_cast<int64_t>(Metric::kHamming);
  for (int64_t set : {0, 1}) {
    for (int64_t edits : {1, 2}) b->Args({set, static_cast<int64_t>(Damage::kOneEdit), osa, edits});
    b->Args({set, static_cast<int64_t>(Damage::kTwoEdits), osa, 2});
    b->Args({set, static_cast<int64_t>(Damage::kTwoUnreadable), hamming, 0});
    b->Args({set, static_cast<int64_t>(Damage::kThreeUnreadableOneSubstituted), hamming, 1});
  }
  b->ArgNames({"set", "damage", "metric", "k"})->Iterations(1000)->Unit(benchmark::kMicrosecond);
}

BENCHMARK(Scan)->Arg(0)->Arg(1)->ArgName("set")->Unit(benchmark::kMicrosecond);
BENCHMARK(Within)->Apply(Everything);
BENCHMARK(Typed)
    ->ArgsProduct({{0, 1}, {1, 3}})
    ->ArgNames({"set", "damage"})
    ->Iterations(1000)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace burin::bench

BENCHMARK_MAIN();
