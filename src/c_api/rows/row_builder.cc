#include "src/c_api/rows/row_builder.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/c_api/common/mark_text.h"
#include "src/c_api/rows/own_sentinels.h"
#include "src/index/columns/attribute.h"
#include "src/index/columns/attribute_builder.h"
#include "src/index/columns/key_store.h"
#include "src/mark/fold/fold.h"
#include "src/text/utf8.h"

namespace burin::internal {

static_assert(BURIN_MAX_KEY_BYTES == kMaxKeyBytes);
static_assert(BURIN_PROFILE_FAST == static_cast<uint32_t>(Profile::kFast) &&
              BURIN_PROFILE_SMALL == static_cast<uint32_t>(Profile::kSmall));
static_assert(kMissingKinds <= std::size(burin_builder_counts{}.missing));

namespace {

std::string TemporaryDirectory(const char* given) {
  if (given != nullptr) return given;
  const char* const environment = std::getenv("TMPDIR");
  return environment != nullptr && *environment != 0 ? environment : "/tmp";
}

}  // namespace

class RowBuilder::IndexSink final : public RowSink {
 public:
  explicit IndexSink(IndexBuilder* index) : index_(index) {}
  Result<uint32_t> AddAttribute(std::string_view name, AttributeType type) override {
    return index_->AddAttribute(name, type);
  }
  Status Add(const Row& row, int* attribute) override { return index_->Add(row, attribute); }
  bool numbers_rows() const override { return true; }

 private:
  IndexBuilder* index_;
};

Status RowBuilder::ReadRowOptions(const burin_builder_options& options) {
  if (Status status = ReadUnreadable(options.unreadable, &how_.unreadable); !status.ok()) return status;
  if (options.sentinels != nullptr) {
    Result<std::unique_ptr<SentinelTable>> own = ReadOwnSentinels(options.sentinels);
    if (!own.ok()) return own.status();
    own_sentinels_ = *std::move(own);
    how_.sentinels = own_sentinels_.get();
  }
  if (Status status = ReadValueOptions(options.values, &value_options_); !status.ok()) return status;
  return rejects_.Open(options.rejects_path, options.on_reject, options.reject_user);
}

Result<std::unique_ptr<RowBuilder>> RowBuilder::CreateFor(const burin_builder_options& options, RowSink* sink) {
  std::unique_ptr<RowBuilder> builder(new RowBuilder());
  if (Status status = builder->ReadRowOptions(options); !status.ok()) return status;
  builder->sink_ = sink;
  return builder;
}

Result<std::unique_ptr<RowBuilder>> RowBuilder::Create(const burin_builder_options& options) {
  if (options.profile > BURIN_PROFILE_SMALL) {
    return OutOfRange("there is no profile " + std::to_string(options.profile));
  }
  if (Status status = CheckThreads(options.threads); !status.ok()) return status;
  if (options.memory_bytes != 0 && options.memory_bytes < BURIN_LEAST_MEMORY) {
    return OutOfRange("memory_bytes is 0, or at least " + std::to_string(BURIN_LEAST_MEMORY));
  }
  std::unique_ptr<RowBuilder> builder(new RowBuilder());
  if (Status status = builder->ReadRowOptions(options); !status.ok()) return status;
  builder->index_ = IndexBuilder::Create();
  builder->own_sink_ = std::make_unique<IndexSink>(builder->index_.get());
  builder->sink_ = builder->own_sink_.get();
  builder->index_->SetProfile(static_cast<Profile>(options.profile));
  builder->index_->SetThreads(options.threads);
  if (options.memory_bytes != 0) {
    builder->index_->BoundMemory(options.memory_bytes, TemporaryDirectory(options.temporary_directory));
  }
  if (options.cancel != nullptr) {
    builder->index_->CancelWhen([cancel = options.cancel, user = options.cancel_user] { return cancel(user) != 0; });
  }
  return builder;
}

Result<uint32_t> RowBuilder::AddAttribute(std::string_view name, uint32_t type) {
  const Result<uint32_t> number = Declare(name, type);
  if (!number.ok()) return number;
  const auto at = std::find(asked_for_.begin(), asked_for_.end(), *number);
  const auto place = static_cast<uint32_t>(at - asked_for_.begin());
  if (at == asked_for_.end()) asked_for_.push_back(*number);
  return place;
}

Result<uint32_t> RowBuilder::Declare(std::string_view name, uint32_t type) {
  if (type > BURIN_ATTRIBUTE_DATE) return OutOfRange("there is no type " + std::to_string(type) + " of attributes");
  AttributeType reserved = AttributeType::kCategory;
  const bool is_reserved = ReservedAttribute(name, &reserved);
  if (type == BURIN_ATTRIBUTE_DEFAULT) type = static_cast<uint32_t>(reserved);
  const std::string quoted = "attribute '" + std::string(name) + "'";
  if (is_reserved && type != static_cast<uint32_t>(reserved)) {
    return Invalid(quoted + ": the name is reserved, its type is " + std::string(AttributeTypeName(reserved)));
  }
  for (size_t i = 0; i < declared_.size(); ++i) {
    if (declared_[i].name != name) continue;
    if (declared_[i].type == type) return static_cast<uint32_t>(i);
    return Invalid(quoted + ": its type is " +
                   std::string(AttributeTypeName(static_cast<AttributeType>(declared_[i].type))));
  }
  values_.reserve(declared_.size() + 1);
  const Result<uint32_t> number = sink_->AddAttribute(name, static_cast<AttributeType>(type));
  if (!number.ok()) return number.status();
  Declared& declared = declared_.emplace_back();
  declared.name = name;
  declared.type = type;
  values_.emplace_back();
  return *number;
}

Status RowBuilder::Add(std::string_view text, uint64_t number, int* attribute) {
  char digits[20];
  if (row_.key.empty() && sink_->numbers_rows()) {
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    row_.key = std::string_view(digits, static_cast<size_t>(end - digits));
  }
  row_.text = text;
  row_.marks = marks_;
  row_.attributes = values_;
  if (Status status = sink_->Add(row_, attribute); !status.ok()) return status;
  Count(text);
  return Status();
}

void RowBuilder::Count(std::string_view text) {
  ++used_;
  for (const size_t i : unread_now_) unread_.Add(declared_[i].name, declared_[i].kept);
  counts_.records += marks_.size();
  for (const RecordedMark& mark : marks_) {
    if (mark.missing == Missing::kNone && !mark.partial) continue;
    if (mark.partial) ++counts_.partial_records;
    if (mark.missing != Missing::kNone) ++counts_.missing[static_cast<size_t>(mark.missing)];
    if (!mark.sentinel.empty()) {
      CountSentinel(mark.sentinel, mark.missing);
    } else if (mark.missing == Missing::kText || mark.missing == Missing::kDamaged) {
      CountSentinel(FoldValue(text).substr(0, kMaxValueBytes), mark.missing);
    }
  }
}

void RowBuilder::CountSentinel(std::string_view text, Missing missing) {
  constexpr size_t kMostTexts = 10000;  // Different ones of no table: a hostile file may have any number.
  const auto is = [&](const SentinelCount& counted) { return counted.text == text && counted.missing == missing; };
  if (last_sentinel_ >= sentinels_.size() || !is(sentinels_[last_sentinel_])) {
    const auto at = std::lower_bound(sentinels_.begin(), sentinels_.end(), std::pair(text, missing),
                                     [](const SentinelCount& a, const std::pair<std::string_view, Missing>& b) {
                                       return std::pair(std::string_view(a.text), a.missing) < b;
                                     });
    last_sentinel_ = static_cast<size_t>(at - sentinels_.begin());
    if (at == sentinels_.end() || !is(*at)) {
      const bool known = missing != Missing::kText && missing != Missing::kDamaged;
      if (!known && ++different_texts_ > kMostTexts) return;
      sentinels_.insert(at, {std::string(text), missing, 0});
    }
  }
  ++sentinels_[last_sentinel_].records;
}

Status RowBuilder::AddRow(const burin_row& row) {
  if (row.attributes == nullptr && row.attribute_count != 0) return IsNull("row.attributes");
  if (BadText(row.key.data, row.key.size)) return IsNull("row.key.data");
  if (BadText(row.source.data, row.source.size)) return IsNull("row.source.data");
  if (BadText(row.text.data, row.text.size)) return IsNull("row.text.data");
  if (row.attribute_count > asked_for_.size()) {
    return Invalid(std::to_string(row.attribute_count) + " values of attributes, " + std::to_string(asked_for_.size()) +
                   " are declared");
  }
  std::fill(values_.begin(), values_.end(), std::string_view());
  for (size_t i = 0; i < row.attribute_count; ++i) {
    const burin_view value = row.attributes[i];
    if (BadText(value.data, value.size)) return IsNull("row.attributes[].data");
    values_[asked_for_[i]] = Text(value.data, value.size);
  }
  row_.key = Text(row.key.data, row.key.size);
  row_.source = Text(row.source.data, row.source.size);
  const std::string_view text = Text(row.text.data, row.text.size);
  int attribute = -1;
  Status status;
  if (!ReadRecorded(text, how_, &marks_)) status = Invalid("the text is not valid UTF-8");
  if (status.ok()) status = ReadValues(value_options_, &attribute);
  if (status.ok()) status = Add(text, counts_.rows + 1, &attribute);
  if (status.ok()) ++counts_.rows;
  if (status.code() == StatusCode::kInvalidArgument) {
    const bool known = IsValidUtf8(row_.source);
    sink_->NotePresent(known ? std::optional(row_.source) : std::nullopt, row_.key);
  }
  if (status.ok() || attribute < 0) return status;
  return Status(status.code(),
                "attribute '" + declared_[static_cast<size_t>(attribute)].name + "': " + status.message());
}

Status RowBuilder::CheckUsed(const char* what) const {
  const uint64_t rejected = rejects_.count() - rejected_before_;
  return used_ > 0 || rejected == 0 ? Status() : rejects_.NoneUsed(rejected, what);
}

void RowBuilder::Settle() {
  used_ = 0;
  rejected_before_ = rejects_.count();
}

Status RowBuilder::Write(const char* path) {
  written_ = true;
  if (Status status = rejects_.Check(); !status.ok()) return status;
  if (Status status = CheckUsed("nothing is written"); !status.ok()) return status;
  if (Status status = rejects_.CheckOutput(path); !status.ok()) return status;
  Status status = rejects_.Sync();
  if (status.ok()) status = index_->Write(path);
  index_.reset();
  if (status.ok()) status = rejects_.Commit();
  rejects_.Drop();
  return status;
}

}  // namespace burin::internal
