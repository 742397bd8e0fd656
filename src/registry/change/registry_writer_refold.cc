// The writer of a registry: reading its texts anew, as a commit.
#include "src/registry/change/registry_writer.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "src/mark/fold/fold.h"
#include "src/registry/change/refold.h"
#include "src/registry/state/registry_files.h"

namespace burin::internal {

Status RegistryWriter::CheckFolding() const {
  const uint32_t folding = snapshot_->folding();
  if (folding == kFoldingVersion) return {};
  return Status(StatusCode::kVersionUnsupported,
                directory_ + ": its serials were folded by version " + std::to_string(folding) +
                    ", this library folds by version " + std::to_string(kFoldingVersion) +
                    ", and a registry has one; 'burin compact --refold' reads its recorded texts anew");
}

Status RegistryWriter::Refold(const RecordedOptions& options, RefoldCounts* counts) {
  *counts = RefoldCounts();
  if (!broken_.ok()) return broken_;
  if (snapshot_->folding() == kFoldingVersion) return {};
  if (has_changes()) return Status(StatusCode::kState, directory_ + ": there are changes to commit first");
  const Result<std::vector<uint64_t>> held = HeldIn(snapshot_->segments());
  if (!held.ok()) return held.status();
  if (std::any_of(held->begin(), held->end(), [](uint64_t records) { return records > 0; })) {
    return Status(StatusCode::kState, directory_ +
                                          ": holds keep deleted records, which reading anew would remove; "
                                          "'burin compact --purge --override' or 'burin hold --release' first");
  }
  // Damage would be written anew under checksums that fit.
  if (Status status = snapshot_->Verify(); !status.ok()) return status;
  std::vector<Part> parts;
  Status status = WriteRefolded(options, counts, &parts);
  if (!status.ok()) {
    parts.clear();
    (void)RemoveUnnamed();  // What it cannot remove now, the next writer does.
    return status;
  }
  parts_ = std::move(parts);
  status = Broken(Write(std::nullopt));
  if (status.ok()) (void)RemoveUnnamed();
  return status;
}

// Up to two segments, which no manifest names yet.
Status RegistryWriter::WriteRefolded(const RecordedOptions& options, RefoldCounts* counts, std::vector<Part>* parts) {
  const std::vector<ListedAttribute>& attributes = snapshot_->manifest().attributes;
  std::unique_ptr<IndexBuilder> builders[2];
  for (auto& builder : builders) {
    auto made = MakeBuilder(attributes);
    if (!made.ok()) return made.status();
    builder = *std::move(made);
    builder->SetFolding(kFoldingVersion);
  }
  std::vector<const Segment*> segments;
  for (const Segment& segment : snapshot_->segments()) segments.push_back(&segment);
  uint64_t next_id = next_id_, next_file = next_file_;
  const RefoldTarget target = {builders[0].get(), builders[1].get(), &next_id};
  Status status = RefoldSegments(segments, attributes, options, options_.cancelled, target, counts);
  for (auto& builder : builders) {
    if (!status.ok()) return status;
    if (builder->records() == 0) continue;
    const uint64_t number = next_file++;
    status = builder->WriteUnsynced(InDirectory(directory_, SegmentName(number)), disk_);
    builder.reset();
    if (status.ok()) status = OpenPart(number, &parts->emplace_back());
  }
  if (!status.ok()) return status;
  next_id_ = next_id;
  next_file_ = next_file;
  return {};
}

}  // namespace burin::internal
