// The builder: rows are checked whole, then spread over the stores of which each becomes a section. Writing shares its
// work out among threads twice: within each group of serials, then by section.
#include "src/index/write/index_builder.h"

#include <array>
#include <utility>

#include "src/base/file_writer.h"
#include "src/base/parallel.h"
#include "src/base/processor.h"
#include "src/codec/delta_blocks.h"
#include "src/index/columns/key_store.h"
#include "src/index/columns/key_store_builder.h"
#include "src/index/columns/text_store.h"
#include "src/index/file/container.h"
#include "src/index/file/sections.h"
#include "src/index/records/partials.h"
#include "src/index/records/postings.h"
#include "src/index/records/row_finder.h"
#include "src/index/write/builder_columns.h"
#include "src/index/write/group_builder.h"
#include "src/index/write/population_builder.h"
#include "src/index/write/serial_rows.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

bool TextIsSerial(std::string_view text, std::u32string_view serial) {
  if (text.size() != serial.size()) return false;  // Of equal sizes only ASCII can be equal.
  for (size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80 || static_cast<char32_t>(text[i]) != serial[i]) return false;
  }
  return true;
}

Status CheckMark(const RecordedMark& mark) {
  if (mark.missing != Missing::kNone) {
    if (static_cast<size_t>(mark.missing) < kMissingKinds) return {};
    return Status(StatusCode::kInvalidArgument, "unknown kind of missing mark");
  }
  const size_t limit = mark.partial ? kMaxPartialItems : kMaxMarkSymbols;
  if (mark.symbols.empty() || mark.symbols.size() > limit) {
    return Status(StatusCode::kInvalidArgument, "a mark of " + std::to_string(mark.symbols.size()) + " symbols");
  }
  Symbol last = 0;
  for (const Symbol symbol : mark.symbols) {
    const bool special = symbol == kUnreadable || symbol == kGap;
    if (symbol >= kUnreadable && !(mark.partial && special)) {
      return Status(StatusCode::kInvalidArgument, "a mark with a symbol that is none");
    }
    if (symbol == kGap && last == kGap) return Status(StatusCode::kInvalidArgument, "a mark with two gaps together");
    last = symbol;
  }
  return {};
}

class Builder final : public IndexBuilder {
 public:
  Result<uint32_t> AddAttribute(std::string_view name, AttributeType type) override {
    if (spent_) return Spent();
    return columns_.Declare(name, type, records_);
  }
  Status Add(const Row& row, int* attribute) override;
  Status Check(const Row& row, int* attribute) const override;
  uint64_t records() const override { return records_; }
  void CancelWhen(std::function<bool()> cancelled) override { cancelled_ = std::move(cancelled); }
  void SetProfile(Profile profile) override { options_.profile = profile; }
  void SetThreads(unsigned threads) override { options_.threads = threads; }
  void RegisterRows() override { registered_ = true; }
  void SetFolding(uint32_t folding) override { folding_ = folding; }
  void BoundMemory(uint64_t bytes, const std::string& directory) override;
  Status Write(const std::string& path) override;
  Status WriteUnsynced(const std::string& path, Disk& disk) override;
  Status Write(std::vector<std::byte>* bytes) override;

 private:
  static Status Spent() { return Status(StatusCode::kState, "the builder was written before"); }
  Status CheckCancelled() const {
    return cancelled_ && cancelled_() ? Status(StatusCode::kCancelled, "writing was cancelled") : Status();
  }
  Status CheckArena() const { return arena_ != nullptr ? arena_->status() : Status(); }
  void Release() {
    if (arena_ != nullptr) arena_->Release();
  }
  void AddMark(const RecordedMark& mark);
  // A section of what records have beside their serials. Each is encoded from a store of its own, which goes then.
  struct RecordSection {
    FourCcCode name;
    uint64_t items;
    std::function<void(ByteWriter*)> encode;
  };

  // Turns everything into sections.
  Status Encode(ContainerWriter* out);
  Status EncodeGroups(ContainerWriter* out, PostingsWriter* postings, PopulationBuilder* population);
  void EncodeMeta(uint64_t serials, ContainerWriter* out) const;
  void EncodeRecords(PostingsWriter* postings, ContainerWriter* out);
  void EncodeRegistered(ContainerWriter* out);
  Status WriteFile(FileWriter* file);

  std::function<bool()> cancelled_;
  std::unique_ptr<SpillArena> arena_;  // Of all that is below; nullptr: memory has no bound.
  GroupOptions options_;
  bool spent_ = false;
  uint64_t records_ = 0;
  uint64_t serial_records_ = 0;
  std::array<std::unique_ptr<SerialRows>, kMaxMarkSymbols + 1> rows_;  // By length.
  PartialsWriter partials_;
  MissingWriter missing_;
  std::unique_ptr<KeyStoreBuilder> keys_ = std::make_unique<KeyStoreBuilder>();
  std::unique_ptr<TextStoreBuilder> texts_ = std::make_unique<TextStoreBuilder>();
  BuilderColumns columns_;
  uint32_t folding_ = kFoldingVersion;
  // Of a segment.
  bool registered_ = false;
  uint64_t last_id_ = 0;
  DeltaBlocksWriter<uint64_t> ids_;
  RowFinderBuilder row_finder_;
};

void Builder::BoundMemory(uint64_t bytes, const std::string& directory) {
  arena_ = std::make_unique<SpillArena>(directory, bytes / 2);
  options_.arena = arena_.get();
  options_.sort_bytes = static_cast<size_t>(bytes / 8);
  keys_ = std::make_unique<KeyStoreBuilder>(arena_.get());
  texts_ = std::make_unique<TextStoreBuilder>(arena_.get());
  columns_ = BuilderColumns(arena_.get());
}

Status Builder::Check(const Row& row, int* attribute) const {
  *attribute = -1;
  if (row.marks.empty()) return Status(StatusCode::kInvalidArgument, "a row without marks");
  if (records_ + row.marks.size() > kMaxRecords) {
    return Status(StatusCode::kOutOfRange, "an index holds at most " + std::to_string(kMaxRecords) + " records");
  }
  for (const RecordedMark& mark : row.marks) {
    if (Status status = CheckMark(mark); !status.ok()) return status;
  }
  if (row.text.size() > kMaxTextBytes) {
    return Status(StatusCode::kInvalidArgument, "the text is over " + std::to_string(kMaxTextBytes) + " bytes");
  }
  if (!IsValidUtf8(row.text)) return Status(StatusCode::kInvalidArgument, "the text is not valid UTF-8");
  return columns_.Check(row, attribute);
}

Status Builder::Add(const Row& row, int* attribute) {
  if (spent_) return Spent();
  if (Status status = CheckArena(); !status.ok()) return status;
  if (Status status = Check(row, attribute); !status.ok()) return status;
  if (registered_ && (row.id <= last_id_ || row.id + row.marks.size() < row.id)) {
    return Status(StatusCode::kInvalidArgument, "ids of records do not rise");
  }
  if (row.same_row) {
    keys_->AddSame();
  } else if (Status status = keys_->Add(row.source, row.key); !status.ok()) {
    return status;
  }
  if (registered_ && !row.same_row) {
    row_finder_.Add(HashOfRow(TrimWhiteSpace(row.source), row.key), static_cast<uint32_t>(records_));
  }
  columns_.Append(row, records_);
  for (size_t i = 0; i < row.marks.size(); ++i) {
    const RecordedMark& mark = row.marks[i];
    if (i > 0) keys_->AddSame();
    if (registered_) ids_.Add(last_id_ = row.id + i);
    const bool serial = mark.missing == Missing::kNone && !mark.partial;
    if (row.marks.size() > 1 || !serial || !TextIsSerial(row.text, mark.symbols)) {
      if (!serial || row.marks.size() > 1 || row.text != ToUtf8(mark.symbols)) {
        if (Status status = texts_->Add(records_, row.text); !status.ok()) return status;
      }
    }
    AddMark(mark);
  }
  return {};
}

void Builder::AddMark(const RecordedMark& mark) {
  if (mark.missing != Missing::kNone) {
    missing_.Add(records_, mark.missing);
  } else if (mark.partial) {
    partials_.Add(records_, mark.symbols);
  } else {
    auto& rows = rows_[mark.symbols.size()];
    if (rows == nullptr) rows = std::make_unique<SerialRows>(static_cast<uint32_t>(mark.symbols.size()), arena_.get());
    rows->Add(mark.symbols, static_cast<uint32_t>(records_));
    ++serial_records_;
  }
  ++records_;
}

Status Builder::EncodeGroups(ContainerWriter* out, PostingsWriter* postings, PopulationBuilder* population) {
  GroupOptions options = options_;
  options.population = population;
  std::vector<BuiltGroup> groups;
  for (auto& rows : rows_) {
    if (rows == nullptr) continue;
    if (Status status = CheckCancelled(); !status.ok()) return status;
    population->Count(*rows, options.threads);
    if (Status status = BuildGroups(rows.get(), options, &groups, postings); !status.ok()) return status;
    rows.reset();
    Release();
    if (Status status = CheckArena(); !status.ok()) return status;
  }
  ByteWriter bytes;
  std::vector<GroupShape> shapes;
  for (const BuiltGroup& group : groups) shapes.push_back(group.shape);
  EncodeShapes(shapes, &bytes);
  out->Add(kGroupsSection, kRequired, shapes.size(), &bytes);
  for (BuiltGroup& group : groups) out->Add(kKeysSection, kRequired, group.shape.size, std::move(group.keys));
  for (BuiltGroup& group : groups) {
    if (group.shape.backward) out->Add(kBackwardSection, kRequired, group.shape.size, std::move(group.backward));
  }
  return {};
}

void Builder::EncodeMeta(uint64_t serials, ContainerWriter* out) const {
  ByteWriter bytes;
  bytes.U32(folding_);
  bytes.U32(0);
  bytes.U64(records_);
  bytes.U64(serials);
  bytes.U64(partials_.size());
  const bool more = missing_.has_more_kinds();
  static_assert(kMissingKinds <= kMostMissingKinds);
  for (size_t i = 0; i < (more ? kMostMissingKinds : kFirstMissingKinds); ++i) bytes.U64(missing_.count(i));
  if (more) out->Require(kMoreMissingKinds);
  out->Add(kMetaSection, kRequired, 1, &bytes);
}

void Builder::EncodeRecords(PostingsWriter* postings, ContainerWriter* out) {
  std::vector<AttributeBuilder> columns = columns_.Take();
  std::vector<RecordSection> sections;
  sections.push_back(
      {kPostingsSection, serial_records_, [&](ByteWriter* bytes) { postings->Finish(records_, bytes); }});
  ByteWriter partial_keys;
  const uint64_t partials = partials_.size();
  sections.push_back({kPartialsSection, partials, [&](ByteWriter* bytes) { partials_.Finish(bytes, &partial_keys); }});
  sections.push_back({kMissingSection, missing_.size(), [&](ByteWriter* bytes) { missing_.Finish(bytes); }});
  sections.push_back({kRecordKeySection, records_, [&](ByteWriter* bytes) {
                        keys_->Encode(bytes);
                        keys_.reset();
                      }});
  sections.push_back({kTextSection, texts_->size(), [&](ByteWriter* bytes) {
                        texts_->Encode(bytes);
                        texts_.reset();
                      }});
  for (AttributeBuilder& column : columns) {
    sections.push_back({kAttributeSection, records_, [&column](ByteWriter* bytes) {
                          const AttributeBuilder values = std::move(column);
                          values.Encode(bytes);
                        }});
  }
  keys_->EndOfKeys();
  std::vector<StoredBytes> bytes(sections.size());
  ParallelOrThrow(sections.size(), options_.threads, [&](unsigned, size_t i) {
    ByteWriter section;
    sections[i].encode(&section);
    bytes[i] = StoredBytes(section.Take(), arena_.get());
    Release();
  });
  for (size_t i = 0; i < sections.size(); ++i) {
    out->Add(sections[i].name, kRequired, sections[i].items, std::move(bytes[i]));
    if (sections[i].name == kPartialsSection && partial_keys.size() != 0) {
      out->Add(kPartialKeysSection, 0, partials, &partial_keys);
    }
  }
}

Status Builder::Encode(ContainerWriter* out) {
  if (spent_) return Spent();
  spent_ = true;
  ContainerWriter groups;
  PostingsWriter postings(arena_.get());
  PopulationBuilder population(serial_records_);
  if (Status status = EncodeGroups(&groups, &postings, &population); !status.ok()) return status;
  EncodeMeta(postings.ranks(), out);
  out->Append(std::move(groups));
  ByteWriter population_bytes;
  population.Finish(postings, &population_bytes);
  EncodeRecords(&postings, out);
  out->Add(kPopulationSection, 0, serial_records_, &population_bytes);
  if (registered_) EncodeRegistered(out);
  return CheckArena();
}

// Sections that others than a registry may leave out.
void Builder::EncodeRegistered(ContainerWriter* out) {
  ByteWriter ids, rows;
  ids_.Finish(&ids);
  ids.PadTo(8);
  out->Add(kRecordIdsSection, 0, records_, &ids);
  const uint64_t count = row_finder_.size();
  row_finder_.Encode(records_, &rows);
  out->Add(kRowsSection, 0, count, &rows);
}

Status Builder::WriteFile(FileWriter* file) {
  ContainerWriter container;
  if (Status status = Encode(&container); !status.ok()) return status;
  if (Status status = CheckCancelled(); !status.ok()) return status;
  if (Status status = container.Write(file); !status.ok()) return status;
  return CheckCancelled();
}

// The target is tried first: an index that cannot be written is not sorted.
Status Builder::Write(const std::string& path) {
  Result<FileWriter> file = FileWriter::Create(path);
  if (!file.ok()) return file.status();
  if (Status status = WriteFile(&*file); !status.ok()) return status;
  return file->Commit();
}

Status Builder::WriteUnsynced(const std::string& path, Disk& disk) {
  Result<FileWriter> file = FileWriter::Create(path, disk);
  if (!file.ok()) return file.status();
  if (Status status = WriteFile(&*file); !status.ok()) return status;
  return file->CommitUnsynced();
}

Status Builder::Write(std::vector<std::byte>* bytes) {
  ContainerWriter container;
  if (Status status = Encode(&container); !status.ok()) return status;
  return container.Write(bytes);
}

}  // namespace

std::unique_ptr<IndexBuilder> IndexBuilder::Create() {
  LimitTargets();
  return std::make_unique<Builder>();
}

}  // namespace burin::internal
