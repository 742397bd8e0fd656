// Objects are merged member by member, everything else is replaced, and null takes away what was inherited (the rules
// of RFC 7396, but that a null for nothing is a fault). What a file says about itself is not inherited; nor is the
// provenance of members that it changes, which would then be untrue.
#include "src/channel/file/channel_inherit.h"

#include <utility>

namespace burin::internal {
namespace {

constexpr int kSchema = 1;
constexpr std::string_view kOfTheFile[] = {"burin_channel", "name", "description", "parent", "validated_by"};

// Whether a document says which schema it follows, and it is ours.
Status CheckSchema(const Json& document, std::string_view name) {
  const JsonAt root = {&document, ""};
  JsonReader reader(name);
  if (!document.is_object()) {
    reader.Expected(root, "an object");
    return reader.status();
  }
  if (!root.Has("burin_channel")) {
    reader.Fail("", "expected a member \"burin_channel\": the version of the schema, 1");
    return reader.status();
  }
  const JsonAt at = root["burin_channel"];
  if (at.value->is_number_unsigned() && *at.value != kSchema && at.value->get<uint64_t>() != 0) {
    return Status(StatusCode::kVersionUnsupported,
                  std::string(name) + ": " + at.path + ": version " + at.value->dump() + "; this library reads 1");
  }
  if (!at.value->is_number_integer() || *at.value != kSchema) reader.Expected(at, "1, the version of the schema");
  return reader.status();
}

class Merger {
 public:
  explicit Merger(JsonReader* reader) : reader_(reader) {}

  void Merge(const Json& own, const std::string& path, Json* into) {
    for (const auto& [member, value] : own.items()) {
      const JsonAt at = JsonAt{&own, path}[member];
      if (value.is_null()) {
        if (into->erase(member) == 0) reader_->Fail(at.path, "null takes away what is inherited, and there is nothing");
      } else if (value.is_object() && into->contains(member) && (*into)[member].is_object()) {
        Merge(value, at.path, &(*into)[member]);
      } else {
        (*into)[member] = value;
      }
    }
  }

 private:
  JsonReader* reader_;
};

// A matrix stands alone: it replaces inherited parts of a mixture, and they replace it.
void DropOtherForm(const Json& own, const char* member, Json* inherited) {
  if (!own.contains(member) || !own[member].is_object() || !inherited->contains(member)) return;
  Json& theirs = (*inherited)[member];
  if (!theirs.is_object() || own[member].contains("matrix") == theirs.contains("matrix")) return;
  const Json truly_altered = theirs.contains("truly_altered") ? theirs["truly_altered"] : Json();
  theirs = Json::object();
  if (!truly_altered.is_null()) theirs["truly_altered"] = truly_altered;
}

void DropUntrueProvenance(const Json& own, Json* inherited) {
  if (!inherited->contains("provenance")) return;
  for (const auto& [member, value] : own.items()) (*inherited)["provenance"].erase(member);
}

Result<Json> Read(std::string_view json, std::string_view name, const ChannelTexts& parents, size_t generation,
                  std::string* parent) {
  Result<Json> own = ParseStrictJson(json, kMaxChannelBytes, name);
  if (!own.ok()) return own;
  if (Status status = CheckSchema(*own, name); !status.ok()) return status;
  const JsonAt root = {&*own, ""};
  if (!root.Has("extends")) return own;

  JsonReader reader(name);
  if (root.Has("parent")) reader.Fail("/parent", "a file has either \"extends\" or \"parent\"");
  *parent = reader.Text(root["extends"], 1, 64);
  const std::optional<std::string_view> text = reader.ok() ? parents(*parent) : std::nullopt;
  if (reader.ok() && !text) reader.Expected(root["extends"], "the name of a channel that comes with the library");
  if (generation == kMaxGenerations) reader.Fail("/extends", "channels extend each other too often");
  if (!reader.ok()) return reader.status();

  std::string grandparent;
  Result<Json> merged = Read(*text, *parent, parents, generation + 1, &grandparent);
  if (!merged.ok()) return merged;
  for (const std::string_view member : kOfTheFile) merged->erase(std::string(member));
  DropUntrueProvenance(*own, &*merged);
  DropOtherForm(*own, "confusion", &*merged);
  DropOtherForm(*own, "alteration", &*merged);
  own->erase("extends");
  Merger(&reader).Merge(*own, "", &*merged);
  if (!reader.ok()) return reader.status();
  return merged;
}

}  // namespace

Result<Json> ReadInherited(std::string_view json, std::string_view name, const ChannelTexts& parents,
                           std::string* parent) {
  return Read(json, name, parents, 1, parent);
}

}  // namespace burin::internal
