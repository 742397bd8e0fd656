// What an Index offers whatever stores it, and the ways to open one.
#include "src/index/view/index.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <utility>

#include "src/index/view/index_file.h"
#include "src/index/view/population_counter.h"
#include "src/index/view/record_population.h"

namespace burin::internal {

Result<std::shared_ptr<const Index>> Index::Open(const std::string& path, const OpenOptions& options) {
  Result<MappedFile> file = MappedFile::Open(path, {options.read_into_memory, options.populate});
  if (!file.ok()) return file.status();
  auto index = OpenMapped(*std::move(file), path);
  if (!index.ok() || (*index)->info().file_bytes > options.check_up_to) return index;
  if (const Status& status = (*index)->CheckedBytes(); !status.ok()) return status;
  return index;
}

Result<std::shared_ptr<const Index>> Index::OpenMapped(MappedFile file, const std::string& name) {
  const ByteSpan bytes = file.bytes();
  return IndexFile::Open(bytes, name, std::move(file));
}

Result<std::shared_ptr<const Index>> Index::OpenBuffer(std::span<const std::byte> bytes, const std::string& name) {
  return IndexFile::Open(bytes, name, std::nullopt);
}

Status Index::Verify() const {
  Status status = VerifyBytes();
  return status.ok() ? VerifyRules() : status;
}

const Status& Index::CheckedBytes() const {
  std::call_once(bytes_checked_, [this] { bytes_status_ = VerifyBytes(); });
  return bytes_status_;
}

const Status& Index::Checked() const {
  std::call_once(checked_, [this] { status_ = CheckedBytes().ok() ? VerifyRules() : bytes_status_; });
  return status_;
}

const AttributeColumn* Index::FindAttribute(std::string_view name) const {
  const auto columns = attributes();
  const auto at = std::lower_bound(columns.begin(), columns.end(), name,
                                   [](const auto& column, std::string_view wanted) { return column->name() < wanted; });
  return at != columns.end() && (*at)->name() == name ? at->get() : nullptr;
}

std::u32string SerialOfRank(const Index& index, uint64_t rank) {
  const auto groups = index.groups();
  const auto behind = std::upper_bound(groups.begin(), groups.end(), rank,
                                       [](uint64_t wanted, const auto& group) { return wanted < group->first_rank(); });
  std::u32string serial;
  if (behind == groups.begin()) return serial;
  const KeyGroup& group = **(behind - 1);
  uint16_t codes[kMaxMarkSymbols];
  const uint64_t key = rank - group.first_rank();
  if (key >= group.size()) return serial;
  group.Read(key, key + 1, codes);
  KeySymbols(group, codes, &serial);
  return serial;
}

std::shared_ptr<const RecordPopulation> Index::population(Patience* patience) const {
  constexpr std::chrono::milliseconds kBetweenQuestions(1);  // While another thread counts.
  std::unique_lock<std::mutex> lock(counting_, std::defer_lock);
  if (patience == nullptr) lock.lock();
  while (!lock.owns_lock() && !lock.try_lock()) {
    if (patience->Ask()) return nullptr;
    std::this_thread::sleep_for(kBetweenQuestions);
  }
  // To read a population, too, takes milliseconds.
  if (population_ != nullptr || (patience != nullptr && patience->Ask())) return population_;
  PopulationCounts counts;
  RegisteredSerials registered;
  if (segments().size() == 1 && segments()[0].deleted == nullptr) {
    population_ = segments()[0].index->population(patience);
  } else if (ReadPopulation(&counts, &registered)) {
    population_ = MakePopulation(*this, std::move(counts), registered);
  } else {
    Patience endless;
    // Taken out, so that it is gone if memory runs out half way through something.
    std::shared_ptr<PopulationCounter> counter = std::exchange(counter_, nullptr);
    if (counter == nullptr) counter = std::make_shared<PopulationCounter>(*this, nullptr);
    population_ = counter->Run(patience == nullptr ? &endless : patience);
    if (population_ == nullptr) counter_ = std::move(counter);
  }
  return population_;
}

}  // namespace burin::internal
