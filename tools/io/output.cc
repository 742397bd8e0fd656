// Standard output and standard error, and the escapes of JSON, CSV and terminals.
#include "tools/io/output.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tools/io/failure.h"

namespace burin::tool {
namespace {

constexpr size_t kFlushBytes = size_t{1} << 18;
constexpr int kBrokenPipe = 128 + 13;

struct CodePoint {
  uint32_t value;
  size_t bytes;
};

// The code point at the start of text, which is not empty; a byte that is not UTF-8 stands for U+FFFD.
CodePoint First(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<uint8_t>(text[i]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return {0xFFFD, 1};
  uint32_t value = lead & (0xFFu >> (bytes + 1));
  for (size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {0xFFFD, 1};
    value = (value << 6) | (byte(i) & 0x3Fu);
  }
  return {value, bytes};
}

bool IsUnsafe(uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
}

bool IsWide(uint32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool IsCombining(uint32_t c) { return (c >= 0x0300 && c <= 0x036F) || (c >= 0x20D0 && c <= 0x20F0); }

}  // namespace

void Output::Write(std::string_view text) {
  buffer_ += text;
  if (buffer_.size() >= kFlushBytes) Flush();
}

void Output::Flush() {
  if (held_) return;
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t written = ::write(STDOUT_FILENO, left.data(), left.size());
    if (written >= 0) {
      left.remove_prefix(static_cast<size_t>(written));
    } else if (errno != EINTR) {
      const int code = errno;
      buffer_.clear();
      if (code == EPIPE) throw Failure(kBrokenPipe, "");
      throw SystemFailure("standard output", code);
    } else if (Interrupted() != 0) {
      buffer_.clear();
      CheckInterrupt();
    }
  }
  buffer_.clear();
}

void PrintError(std::string_view line) {
  const std::string text = "burin: " + Printable(line) + "\n";
  std::fwrite(text.data(), 1, text.size(), stderr);
}

std::string Printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const CodePoint c = First(text);
    if (IsUnsafe(c.value)) {
      char escape[12];
      std::snprintf(escape, sizeof(escape), c.value < 0x100 ? "\\x%02X" : "\\u%04X", c.value);
      out += escape;
    } else if (c.value == 0xFFFD) {
      out += "\xEF\xBF\xBD";
    } else {
      out += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return out;
}

size_t WidthOf(std::string_view text) {
  size_t width = 0;
  while (!text.empty()) {
    const CodePoint c = First(text);
    width += IsCombining(c.value) ? 0 : IsWide(c.value) ? 2 : 1;
    text.remove_prefix(c.bytes);
  }
  return width;
}

void AppendJson(std::string_view text, std::string* out) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; });
  if (plain) {
    *out += '"';
    *out += text;
    *out += '"';
    return;
  }
  using Json = nlohmann::ordered_json;
  *out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void AppendJsonName(std::string_view name, std::string* out) {
  if (!out->empty() && out->back() != '{') *out += ',';
  AppendJson(name, out);
  *out += ':';
}

void AppendCsv(std::string_view text, std::string* out) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    *out += text;
    return;
  }
  *out += '"';
  for (const char c : text) {
    if (c == '"') *out += '"';
    *out += c;
  }
  *out += '"';
}

void AppendCsvNext(std::string_view text, std::string* out) {
  *out += ',';
  AppendCsv(text, out);
}

void AppendNumber(uint64_t number, std::string* out) {
  char digits[20];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out->append(digits, static_cast<size_t>(end - digits));
}

std::string Number(uint64_t number) {
  std::string out;
  AppendNumber(number, &out);
  return out;
}

std::string Counted(uint64_t count, std::string_view noun) {
  return Number(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string Nats(uint32_t cost) {
  char digits[32];
  const double nats = static_cast<double>(cost) / BURIN_COSTS_PER_NAT;
  const auto end = std::to_chars(std::begin(digits), std::end(digits), nats, std::chars_format::fixed).ptr;
  return std::string(digits, static_cast<size_t>(end - digits));
}

std::string RoundNats(uint32_t cost) {
  char digits[32];
  std::snprintf(digits, sizeof(digits), "%.2f", static_cast<double>(cost) / BURIN_COSTS_PER_NAT);
  return digits;
}

Format FormatOf(const OutputOptions& options) {
  if (options.format == "ndjson") return Format::kNdjson;
  if (options.format == "csv") return Format::kCsv;
  if (options.format == "table") return Format::kTable;
  return ::isatty(STDOUT_FILENO) != 0 ? Format::kTable : Format::kCsv;
}

bool ColorOf(const OutputOptions& options) {
  if (options.color != "auto") return options.color == "always";
  const char* no_color = std::getenv("NO_COLOR");
  const char* terminal = std::getenv("TERM");
  if (no_color != nullptr && *no_color != 0) return false;
  if (terminal == nullptr || std::string_view(terminal) == "dumb") return false;
  return ::isatty(STDOUT_FILENO) != 0;
}

}  // namespace burin::tool
