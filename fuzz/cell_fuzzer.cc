// Any bytes as a recorded cell, under options that the first byte chooses: what comes out is well formed, reading it
// again changes nothing, and a plain serial is never anything else.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "src/mark/cells/recorded.h"
#include "src/mark/cells/sentinel.h"
#include "src/mark/fold/symbol.h"
#include "src/text/utf8.h"

namespace {

using burin::internal::kGap;
using burin::internal::kMaxMarkSymbols;
using burin::internal::kUnreadable;
using burin::internal::Missing;
using burin::internal::RecordedMark;
using burin::internal::RecordedOptions;
using burin::internal::Unreadables;

void Require(bool holds) {
  if (!holds) std::abort();
}

bool IsUnread(char32_t symbol) { return symbol == kUnreadable || symbol == kGap; }

void RequireWellFormed(const RecordedMark& mark) {
  bool unread = false, known = false;
  for (std::size_t i = 0; i < mark.symbols.size(); ++i) {
    unread = unread || IsUnread(mark.symbols[i]);
    known = known || !IsUnread(mark.symbols[i]);
    Require(i == 0 || mark.symbols[i] != kGap || mark.symbols[i - 1] != kGap);
  }
  Require(mark.partial == unread && known == (mark.missing == Missing::kNone));
  Require(mark.symbols.size() <= kMaxMarkSymbols);
  Require(mark.sentinel.empty() || mark.missing != Missing::kNone);
  Require(burin::internal::IsValidUtf8(mark.component));
}

std::string TextOf(const RecordedMark& mark) {
  std::string text;
  for (const char32_t symbol : mark.symbols) {
    if (IsUnread(symbol)) {
      text += symbol == kGap ? '*' : '?';
    } else {
      burin::internal::AppendUtf8(symbol, &text);
    }
  }
  return text;
}

bool HasDigit(const std::u32string& symbols) {
  return std::any_of(symbols.begin(), symbols.end(), [](char32_t c) { return c >= U'0' && c <= U'9'; });
}

void RequireSteady(const RecordedMark& mark, const RecordedOptions& options) {
  if (mark.missing != Missing::kNone || !HasDigit(mark.symbols)) return;
  std::vector<RecordedMark> again;
  Require(burin::internal::ReadRecorded(TextOf(mark), options, &again));
  Require(again.size() == 1 && again[0].symbols == mark.symbols && again[0].partial == mark.partial);
}

// The bytes as a serial of digits and capitals.
void RequirePlainStands(std::string_view bytes) {
  constexpr std::string_view kSymbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string serial = "7";
  for (const char c : bytes.substr(0, kMaxMarkSymbols - 1)) {
    serial.insert(serial.begin(), kSymbols[static_cast<unsigned char>(c) % kSymbols.size()]);
  }
  std::vector<RecordedMark> marks;
  Require(burin::internal::ReadRecorded(serial, RecordedOptions(), &marks));
  Require(marks.size() == 1 && marks[0].missing == Missing::kNone && !marks[0].partial && marks[0].rules == 0);
  Require(marks[0].symbols == std::u32string(serial.begin(), serial.end()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  burin::internal::SentinelTable own;
  Require(own.Add("9997", Missing::kUnknown) && !own.Add("9997", Missing::kText) && !own.Add("--", Missing::kUnknown));
  constexpr const char* kUnread[] = {"?_*", "", "**", "@#"};
  RecordedOptions options;
  options.unreadable = Unreadables(kUnread[data[0] & 3]);
  if ((data[0] & 4) != 0) options.sentinels = &own;
  std::vector<RecordedMark> marks;
  if (!burin::internal::ReadRecorded(text, options, &marks)) {
    Require(marks.empty() && !burin::internal::IsValidUtf8(text));
    return 0;
  }
  Require(!marks.empty());
  for (RecordedMark& mark : marks) {
    RequireWellFormed(mark);
    if ((data[0] & 7) == 0) RequireSteady(mark, options);
    if (marks.size() == 1 && IsDigitless(mark)) {
      Require(burin::internal::MissDigitless(text, true, &mark));
      RequireWellFormed(mark);
    }
  }
  RequirePlainStands(text);
  return 0;
}
