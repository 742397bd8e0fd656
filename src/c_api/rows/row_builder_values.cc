// The values of a row's attributes: read as they are written, and kept as text where they cannot be.
#include "src/c_api/rows/row_builder.h"

#include <algorithm>
#include <utility>

#include "src/c_api/common/guard.h"
#include "src/index/write/builder_columns.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

Status CheckText(std::string_view text) {
  if (text.find('\0') != std::string_view::npos) return Invalid("a NUL byte; expected text");
  return ValidUtf8Prefix(text) == text.size() ? Status() : Invalid("not valid UTF-8");
}

}  // namespace

Status RowBuilder::ReadValues(const ValueOptions& how, int* attribute) {
  unread_now_.clear();
  for (size_t i = 0, count = declared_.size(); i < count; ++i) {
    if (values_[i].empty()) continue;
    *attribute = static_cast<int>(i);
    Declared& declared = declared_[i];
    const std::string_view text = values_[i];
    Status status = CheckText(text);
    if (status.ok()) {
      const auto type = static_cast<AttributeType>(declared.type);
      status = ReadWritten(type, text, how.order, &declared.read, &values_[i]);
    }
    if (status.ok()) continue;
    if (how.strict) return status;
    declared.kept = KeptText(text);
    values_[i] = {};
    unread_now_.push_back(i);
  }
  for (const size_t i : unread_now_) {
    *attribute = static_cast<int>(i);
    if (Status status = KeepText(i); !status.ok()) return status;
  }
  *attribute = -1;
  return Status();
}

// The text that cannot be read becomes the value of the attribute's companion, which is declared when it is needed.
Status RowBuilder::KeepText(size_t number) {
  Declared& declared = declared_[number];
  if (declared.companion == Declared::kNone) {
    std::string name = declared.name.substr(0, kMaxNameBytes - kRecordedSuffix.size());
    name.resize(ValidUtf8Prefix(name));
    const Result<uint32_t> companion = Declare(name.append(kRecordedSuffix), BURIN_ATTRIBUTE_CATEGORY);
    if (!companion.ok()) return Invalid("cannot be read, and its text not be kept: " + companion.status().message());
    declared.companion = *companion;
  }
  std::string_view* const value = &values_[declared.companion];
  if (!value->empty() && *value != declared.kept) {
    return Invalid("cannot be read, and its text not be kept: the row has another '" +
                   declared_[declared.companion].name + "'");
  }
  *value = declared.kept;
  return Status();
}

}  // namespace burin::internal
