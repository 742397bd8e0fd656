// Writing the attributes of records.
#include "tools/match/attributes.h"

#include <algorithm>

#include "tools/io/output.h"

namespace burin::tool {

Attributes::Attributes(const Index& index) : index_(&index) {
  for (uint32_t i = 0; i < index.attribute_count(); ++i) {
    const std::string name(index.attribute_name(i));
    if (name == "source") continue;
    std::string json_name;
    tool::AppendJson(name, &json_name);
    attributes_.push_back({name, json_name + ":", i, index.attribute_type(i) == BURIN_ATTRIBUTE_INTEGER});
  }
}

void Attributes::AppendCsvHeader(const std::vector<std::string>& taken, std::string* out) const {
  for (const Attribute& attribute : attributes_) {
    const bool clash = std::find(taken.begin(), taken.end(), attribute.name) != taken.end();
    AppendCsvNext((clash ? "attribute." : "") + attribute.name, out);
  }
}

void Attributes::AppendCsv(uint64_t record_id, std::string* out) const {
  for (const Attribute& attribute : attributes_) {
    AppendCsvNext(index_->attribute_text(record_id, attribute.number), out);
  }
}

void Attributes::AppendJson(uint64_t record_id, std::string* out) const {
  *out += '{';
  bool first = true;
  for (const Attribute& attribute : attributes_) {
    const auto number = attribute.integer ? index_->attribute_integer(record_id, attribute.number) : std::nullopt;
    const std::string_view text = number ? "" : index_->attribute_text(record_id, attribute.number);
    if (!number && text.data() == nullptr) continue;
    if (!first) *out += ',';
    first = false;
    *out += attribute.json_name;
    if (number) {
      *out += std::to_string(*number);
    } else {
      tool::AppendJson(text, out);
    }
  }
  *out += '}';
}

std::string Attributes::Words(uint64_t record_id) const {
  std::string out;
  for (const Attribute& attribute : attributes_) {
    const std::string_view text = index_->attribute_text(record_id, attribute.number);
    if (text.empty()) continue;
    if (!out.empty()) out += ", ";
    out += Printable(attribute.name) + " " + Printable(text);
  }
  return out;
}

}  // namespace burin::tool
