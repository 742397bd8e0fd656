// Reading goes through the library's events, not its tree, so that depth and doubled names are seen as they come and
// nothing is built from a text that is too deep.
#include "src/text/strict_json.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr size_t kShownBytes = 40;    // Of somebody else's text in an error.
constexpr size_t kReasonBytes = 120;  // Of a reason at either end.

std::string Shown(std::string_view text) {
  const bool cut = text.size() > kShownBytes;
  std::string shown = JsonText(text.substr(0, kShownBytes));
  if (cut) shown.insert(shown.size() - 1, "...");
  return shown;
}

std::string Escaped(std::string_view member) {
  std::string out;
  for (const char c : member) {
    if (c == '~') {
      out += "~0";
    } else if (c == '/') {
      out += "~1";
    } else {
      out += c;
    }
  }
  const std::string shown = Shown(out);
  return shown.substr(1, shown.size() - 2);
}

// What the library says of a fault, without its prefix and the position that we say ourselves.
std::string Reason(std::string_view what) {
  // "[json.exception.NAME.NUMBER] parse error at line L, column C: WHAT", or without the place.
  what.remove_prefix(std::min(what.find("] ") + 2, what.size()));
  if (what.substr(0, 11) == "parse error") what.remove_prefix(std::min(what.find(": ") + 2, what.size()));
  // The text last read may be as long as the file.
  const bool cut = what.size() > 2 * kReasonBytes;
  std::string reason;
  AppendAsUtf8(cut ? what.substr(0, kReasonBytes) : what, &reason);
  if (cut) AppendAsUtf8("..." + std::string(what.substr(what.size() - kReasonBytes)), &reason);
  std::replace_if(
      reason.begin(), reason.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return reason;
}

class Builder final : public nlohmann::json_sax<Json> {
 public:
  Builder(std::string_view name, size_t max_depth) : name_(name), max_depth_(max_depth) {}
  Result<Json> Take() && {
    if (!status_.ok()) return status_;
    return std::move(root_);
  }

  bool null() override { return Add(nullptr); }
  bool boolean(bool value) override { return Add(value); }
  bool number_integer(number_integer_t value) override { return Add(value); }
  bool number_unsigned(number_unsigned_t value) override { return Add(value); }
  bool number_float(number_float_t value, const string_t&) override { return Add(value); }
  bool string(string_t& value) override { return Add(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_object() override { return Close(); }
  bool end_array() override { return Close(); }
  bool key(string_t& name) override {
    key_ = std::move(name);
    if (!open_.back()->contains(key_)) return true;
    return Fail(Path() + ": the name " + Shown(key_) + " comes twice");
  }
  bool parse_error(std::size_t position, const std::string&, const Json::exception& error) override {
    const size_t byte = position == 0 ? 0 : position - 1;
    status_ =
        Status(StatusCode::kBadInput, name_ + ": byte " + std::to_string(byte) + ": " + Reason(error.what()), byte);
    return false;
  }

 private:
  bool Fail(const std::string& what) {
    status_ = Status(StatusCode::kBadInput, name_ + ": " + what);
    return false;
  }
  // Where the value at hand stands.
  std::string Path() const {
    std::string path;
    for (const std::string& step : steps_) path += "/" + step;
    return path.empty() ? "/" : path;
  }
  Json* Put(Json value) {
    if (open_.empty()) {
      root_ = std::move(value);
      return &root_;
    }
    Json& parent = *open_.back();
    if (parent.is_array()) {
      parent.push_back(std::move(value));
      return &parent.back();
    }
    return &(parent[key_] = std::move(value));
  }
  bool Add(Json value) {
    Put(std::move(value));
    return true;
  }
  bool Open(Json value) {
    if (!open_.empty()) {
      steps_.push_back(open_.back()->is_array() ? std::to_string(open_.back()->size()) : Escaped(key_));
    }
    if (open_.size() == max_depth_) {
      return Fail(Path() + ": nested too deep, at most " + std::to_string(max_depth_) + " levels");
    }
    open_.push_back(Put(std::move(value)));
    return true;
  }
  bool Close() {
    open_.pop_back();
    if (!steps_.empty()) steps_.pop_back();
    return true;
  }

  std::string name_, key_;
  size_t max_depth_;
  Json root_;
  std::vector<Json*> open_;         // Objects and arrays around the value at hand. A parent that grows moves none: only
  std::vector<std::string> steps_;  // the innermost grows, and what is inside it is closed.
  Status status_;
};

}  // namespace

Result<Json> ParseStrictJson(std::string_view text, size_t max_bytes, std::string_view name, size_t max_depth) {
  if (text.size() > max_bytes) {
    return Status(StatusCode::kBadInput, std::string(name) + ": " + std::to_string(text.size()) + " bytes: at most " +
                                             std::to_string(max_bytes));
  }
  // The parser takes it for the end of the text.
  if (const size_t at = text.find('\0'); at != std::string_view::npos) {
    return Status(StatusCode::kBadInput,
                  std::string(name) + ": byte " + std::to_string(at + 1) + ": a NUL byte; expected JSON");
  }
  Builder builder(name, max_depth);
  Json::sax_parse(text.begin(), text.end(), &builder);
  return std::move(builder).Take();
}

bool JsonAt::Has(std::string_view member) const { return value->is_object() && value->contains(std::string(member)); }

JsonAt JsonAt::operator[](std::string_view member) const {
  return {&(*value)[std::string(member)], path + "/" + Escaped(member)};
}

JsonAt JsonAt::operator[](size_t i) const { return {&(*value)[i], path + "/" + std::to_string(i)}; }

void JsonReader::Fail(const std::string& path, const std::string& what) {
  if (ok()) status_ = Status(StatusCode::kBadInput, name_ + ": " + (path.empty() ? "/" : path) + ": " + what);
}

void JsonReader::Expected(const JsonAt& at, const std::string& what) {
  std::string found;
  if (at.value->is_string()) {
    found = Shown(at.value->get_ref<const std::string&>());
  } else if (at.value->is_number()) {
    AppendJsonNumber(at.value->get<double>(), &found);
  } else if (at.value->is_array()) {
    found = "an array of " + std::to_string(at.value->size());
  } else {
    found = at.value->is_object() ? "an object" : at.value->dump();
  }
  Fail(at.path, "expected " + what + " instead of " + found);
}

bool JsonReader::Object(const JsonAt& at, std::span<const std::string_view> members) {
  if (!at.value->is_object()) {
    Expected(at, "an object");
    return false;
  }
  for (const auto& [name, value] : at.value->items()) {
    if (std::find(members.begin(), members.end(), name) != members.end()) continue;
    std::string known;
    for (const std::string_view member : members) known += (known.empty() ? "" : ", ") + std::string(member);
    Fail(at.path, "unknown member " + Shown(name) + "; members: " + known);
    return false;
  }
  return ok();
}

bool JsonReader::Array(const JsonAt& at, size_t least, size_t most, const std::string& what) {
  if (at.value->is_array() && at.value->size() >= least && at.value->size() <= most) return ok();
  const std::string count =
      least == most ? std::to_string(least) : std::to_string(least) + " to " + std::to_string(most);
  Expected(at, "an array of " + count + " " + what);
  return false;
}

double JsonReader::Number(const JsonAt& at, double low, double high) {
  // Adding 0 makes 0 of -0.
  const double number = at.value->is_number() ? at.value->get<double>() + 0.0 : NAN;
  if (number >= low && number <= high) return number;
  std::string range;
  AppendJsonNumber(low, &range);
  range += " to ";
  AppendJsonNumber(high, &range);
  Expected(at, "a number from " + range);
  return low;
}

std::string JsonReader::Text(const JsonAt& at, size_t least, size_t most) {
  const bool is_text = at.value->is_string();
  const std::string text = is_text ? at.value->get<std::string>() : "";
  const bool plain =
      std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (is_text && plain && text.size() >= least && text.size() <= most) return text;
  Expected(at,
           "a text of " + std::to_string(least) + " to " + std::to_string(most) + " bytes without control characters");
  return "";
}

void AppendJsonNumber(double number, std::string* out) {
  char text[32];
  const auto result = std::to_chars(text, text + sizeof(text), number);
  out->append(text, result.ptr);
}

std::string JsonText(std::string_view text) { return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace); }

}  // namespace burin::internal
