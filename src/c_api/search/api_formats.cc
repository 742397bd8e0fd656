// Formats of makers through the C API.
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "burin/formats.h"
#include "src/c_api/common/guard.h"
#include "src/c_api/common/reading_content.h"
#include "src/mark/fold/fold.h"
#include "src/mark/formats/maker_formats.h"
#include "src/query/text_file.h"

struct burin_formats {
  std::unique_ptr<const burin::internal::MakerFormats> own;  // Nothing: the library's.
  const burin::internal::MakerFormats* table = nullptr;
};

namespace burin::internal {
namespace {

static_assert(BURIN_MAKER_UNKNOWN == static_cast<int>(MakerFit::kUnknownMaker));
static_assert(BURIN_MAKER_FITS == static_cast<int>(MakerFit::kFits));
static_assert(BURIN_MAKER_OTHER_MODEL == static_cast<int>(MakerFit::kOtherModel));
static_assert(BURIN_MAKER_DOES_NOT_FIT == static_cast<int>(MakerFit::kDoesNotFit));

Status Write(const std::vector<uint32_t>& numbers, uint32_t* fitting, size_t capacity, size_t* needed) {
  *needed = numbers.size();
  if (capacity == 0) return Status();
  if (fitting == nullptr) return IsNull("fitting");
  if (numbers.size() > capacity) {
    return OutOfRange("the buffer holds " + std::to_string(capacity) + " formats, " + std::to_string(numbers.size()) +
                      " are needed");
  }
  std::copy(numbers.begin(), numbers.end(), fitting);
  return Status();
}

// What judging and explaining are asked.
struct Question {
  std::span<const uint32_t> fitting;
  std::string_view maker;
  std::string_view model;
};

Status Ask(const burin_formats* formats, const uint32_t* fitting, size_t count, burin_view maker, burin_view model,
           Question* question) {
  if (formats == nullptr) return IsNull("formats");
  if (fitting == nullptr && count != 0) return IsNull("fitting");
  if (BadText(maker.data, maker.size)) return IsNull("maker.data");
  if (BadText(model.data, model.size)) return IsNull("model.data");
  *question = {{fitting, count}, Text(maker.data, maker.size), Text(model.data, model.size)};
  for (const uint32_t number : question->fitting) {
    if (number >= formats->table->rows().size()) return OutOfRange("there is no format " + std::to_string(number));
  }
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_formats_open(const char* path, burin_formats** out, burin_error** error) {
  if (out != nullptr) *out = nullptr;
  return Guard(error, [&]() -> Status {
    if (out == nullptr) return IsNull("out");
    auto formats = std::make_unique<burin_formats>();
    if (path == nullptr) {
      formats->table = &MakerFormats::Embedded();
    } else {
      std::string text;
      if (Status status = ReadRowsAsText(path, kMaxFormatBytes, &text); !status.ok()) return status;
      Result<MakerFormats> parsed = MakerFormats::Parse(text, std::string_view(path) == "-" ? "standard input" : path);
      if (!parsed.ok()) return parsed.status();
      formats->own = std::make_unique<const MakerFormats>(*std::move(parsed));
      formats->table = formats->own.get();
    }
    *out = formats.release();
    return Status();
  });
}

void burin_formats_destroy(burin_formats* formats) { delete formats; }

size_t burin_formats_count(const burin_formats* formats) {
  return formats == nullptr ? 0 : formats->table->rows().size();
}

burin_status burin_formats_get(const burin_formats* formats, size_t i, burin_format* format, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (formats == nullptr) return IsNull("formats");
    if (format == nullptr) return IsNull("format");
    if (i >= formats->table->rows().size()) return OutOfRange("there is no format " + std::to_string(i));
    const MakerFormat& known = formats->table->rows()[i];
    const burin_format answer = {
        sizeof(burin_format),         known.seen ? 1u : 0u,        known.seen.value_or(0),
        known.first_year.value_or(0), known.last_year.value_or(0), formats->table->Weight(static_cast<uint32_t>(i)),
        known.maker.c_str(),          known.model.c_str(),         known.pattern.c_str(),
        known.words.c_str(),          known.source.c_str(),        known.note.c_str()};
    return WriteAnswer(sizeof(burin_format), answer, format);
  });
}

burin_status burin_formats_match(const burin_formats* formats, const burin_reading* reading, uint32_t* fitting,
                                 size_t capacity, size_t* needed, burin_error** error) {
  if (needed != nullptr) *needed = 0;
  return Guard(error, [&]() -> Status {
    if (formats == nullptr) return IsNull("formats");
    if (reading == nullptr) return IsNull("reading");
    if (needed == nullptr) return IsNull("needed");
    const ReadingContent& content = *reading->content;
    const std::optional<std::u32string> only = OnlyString(content.lattice);
    if (only && only->size() >= content.min_length && only->size() <= content.max_length) {
      return Write(formats->table->Match(*only), fitting, capacity, needed);
    }
    return Write(formats->table->MatchReading(content.lattice, content.min_length, content.max_length), fitting,
                 capacity, needed);
  });
}

burin_status burin_formats_match_serial(const burin_formats* formats, const char* text, size_t size, uint32_t* fitting,
                                        size_t capacity, size_t* needed, burin_error** error) {
  if (needed != nullptr) *needed = 0;
  return Guard(error, [&]() -> Status {
    if (formats == nullptr) return IsNull("formats");
    if (BadText(text, size)) return IsNull("text");
    if (needed == nullptr) return IsNull("needed");
    std::u32string serial;
    if (!FoldSerial(Text(text, size), &serial)) return Invalid("the text is not valid UTF-8");
    return Write(formats->table->Match(serial), fitting, capacity, needed);
  });
}

burin_status burin_formats_judge(const burin_formats* formats, const uint32_t* fitting, size_t count, burin_view maker,
                                 burin_view model, burin_maker_verdict* verdict, burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (verdict == nullptr) return IsNull("verdict");
    Question asked;
    if (Status status = Ask(formats, fitting, count, maker, model, &asked); !status.ok()) return status;
    const MakerFormats& table = *formats->table;
    const burin_maker_verdict answer = {sizeof(burin_maker_verdict),
                                        static_cast<uint32_t>(table.Judge(asked.fitting, asked.maker, asked.model)),
                                        table.WeightOf(asked.fitting, asked.maker), table.UnlistedWeight(asked.maker)};
    return WriteAnswer(sizeof(answer), answer, verdict);
  });
}

burin_status burin_formats_explain(const burin_formats* formats, const uint32_t* fitting, size_t count,
                                   burin_view maker, burin_view model, char* buffer, size_t capacity, size_t* needed,
                                   burin_error** error) {
  if (needed != nullptr) *needed = 0;
  return Guard(error, [&]() -> Status {
    Question asked;
    if (Status status = Ask(formats, fitting, count, maker, model, &asked); !status.ok()) return status;
    return WriteText(formats->table->Explain(asked.fitting, asked.maker, asked.model), buffer, capacity, needed);
  });
}

int32_t burin_formats_is_of(const burin_formats* formats, size_t i, burin_view maker) {
  return GuardValue<int32_t>(0, [&] {
    if (i >= burin_formats_count(formats) || BadText(maker.data, maker.size)) return 0;
    return formats->table->IsOf(static_cast<uint32_t>(i), Text(maker.data, maker.size)) ? 1 : 0;
  });
}

}  // extern "C"
