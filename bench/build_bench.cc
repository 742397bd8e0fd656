// Building: cells read as marks, and records sorted, packed and written, in serials a second.
#include <benchmark/benchmark.h>

#include <cstdlib>

#include "bench/workload.h"
#include "src/index/write/index_builder.h"
#include "src/mark/cells/recorded.h"

namespace burin::bench {
namespace {

using namespace burin::internal;

const std::vector<std::string>& Serials() {
  static const std::vector<std::string> serials = RandomSerials(1'000'000);
  return serials;
}

void ReadCells(benchmark::State& state) {
  std::vector<RecordedMark> marks;
  for (auto _ : state) {
    for (const std::string& cell : Serials()) benchmark::DoNotOptimize(ReadRecorded(cell, {}, &marks));
  }
  state.SetItemsProcessed(static_cast<int64_t>(Serials().size()) * state.iterations());
}

void BuildIndex(benchmark::State& state) {
  std::vector<RecordedMark> marks;
  for (auto _ : state) {
    auto builder = IndexBuilder::Create();
    uint64_t number = 0;
    int attribute = -1;
    for (const std::string& cell : Serials()) {
      if (!ReadRecorded(cell, {}, &marks)) std::abort();
      const std::string key = std::to_string(++number);
      if (!builder->Add({key, "", cell, marks, {}}, &attribute).ok()) std::abort();
    }
    std::vector<std::byte> bytes;
    if (!builder->Write(&bytes).ok()) std::abort();
    state.counters["bytes_per_serial"] = static_cast<double>(bytes.size()) / static_cast<double>(number);
  }
  state.SetItemsProcessed(static_cast<int64_t>(Serials().size()) * state.iterations());
}

BENCHMARK(ReadCells)->Unit(benchmark::kMillisecond);
BENCHMARK(BuildIndex)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace burin::bench

BENCHMARK_MAIN();
