// Each struct is described once, by Fields; writing and reading both go through that.
#include "src/receipt/receipt.h"

#include <limits>
#include <utility>

#include "src/base/sha256.h"
#include "src/text/canonical_json.h"
#include "src/text/utf8.h"

namespace burin::internal {
namespace {

constexpr uint64_t kSchema = 1;
constexpr size_t kMaxDepth = 9;
constexpr double kLargest = 1e300;

template <typename Archive>
void Fields(Archive& a, ReceiptMove& m) {
  a("move", m.move);
  a("element", m.element);
  a("symbol", m.symbol);
  a("position", m.position);
  a("cost", m.cost);
  a("reason", m.reason);
  a("text", m.text);
}
template <typename Archive>
void Fields(Archive& a, HitWeight& w) {
  a("log10_likelihood", w.log10_likelihood);
  a("log10_lr", w.log10_lr);
  a("posterior", w.posterior);
  a("posterior_low", w.posterior_low);
  a("posterior_high", w.posterior_high);
  a("not_excluded", w.not_excluded);
  a("capped", w.capped);
}
template <typename Archive>
void Fields(Archive& a, ReceiptEvidence& e) {
  a("complete", e.complete);
  a("ambiguous", e.ambiguous);
  a("more_not_excluded", e.more_not_excluded);
  a("population", e.population);
  a("not_excluded", e.not_excluded);
  a("prior_present", e.prior_present);
  a("not_in_registry", e.not_in_registry);
  a("not_in_registry_low", e.not_in_registry_low);
  a("not_in_registry_high", e.not_in_registry_high);
  a("chance_hits", e.chance_hits);
  a("log10_seen", e.log10_seen);
  a("log10_unseen", e.log10_unseen);
  a("log10_population", e.log10_population);
  a("statistics_hash", e.statistics_hash);
}
template <typename Archive>
void Fields(Archive& a, ReceiptTerm& t) {
  a("of", t.of);
  a("stands", t.stands);
  a("record_id", t.record_id);
  a("cost", t.cost);
  a("words", t.words);
}
template <typename Archive>
void Fields(Archive& a, ReceiptHit& h) {
  a("record_id", h.record_id);
  a("key", h.key);
  a("source", h.source);
  a("serial", h.serial);
  a("text", h.text);
  a("cost", h.cost);
  a("partial", h.partial);
  a("attributes", h.attributes);
  a("alignment", h.alignment);
  a("weight", h.weight);
  a("terms", h.terms);
}
template <typename Archive>
void Fields(Archive& a, ReceiptReading& r) {
  a("pattern", r.pattern);
  a("min_length", r.min_length);
  a("max_length", r.max_length);
  a("part", r.part);
  a("ncic", r.ncic);
}
template <typename Archive>
void Fields(Archive& a, SealContent& s) {
  a("reading", s.reading);
  a("words", s.words);
  a("lattice", s.lattice);
  a("examiner", s.examiner);
  a("exhibit", s.exhibit);
  a("case", s.case_number);
  a("method", s.method);
  a("time", s.time);
}
template <typename Archive>
void Fields(Archive& a, ReceiptSeal& s) {
  a("content", s.content);
  a("sha256", s.sha256);
}
template <typename Archive>
void Fields(Archive& a, ReceiptQuery& q) {
  a("id", q.id);
  a("reading", q.reading);
  a("words", q.words);
  a("lattice", q.lattice);
  a("seal", q.seal);
  a("complete", q.complete);
  a("certificate", q.certificate);
  a("not_searched", q.not_searched);
  a("evidence", q.evidence);
  a("hits", q.hits);
}
template <typename Archive>
void Fields(Archive& a, ReceiptIndex& i) {
  a("sha256", i.sha256);
  a("format", i.format);
  a("bytes", i.bytes);
  a("records", i.records);
  a("folding_version", i.folding_version);
  a("generation", i.generation);
}
template <typename Archive>
void Fields(Archive& a, ReceiptValidation& v) {
  a("set", v.set);
  a("readings", v.readings);
  a("log10_lr_low", v.log10_lr_low);
  a("log10_lr_high", v.log10_lr_high);
}
template <typename Archive>
void Fields(Archive& a, ReceiptChannel& c) {
  a("name", c.name);
  a("hash", c.hash);
  a("validated_by", c.validated_by);
  a("file", c.file);
}
template <typename Archive>
void Fields(Archive& a, ReceiptBelief& b) {
  a("attribute", b.attribute);
  a("value", b.value);
  a("probability", b.probability);
}
template <typename Archive>
void Fields(Archive& a, ReceiptAsked& r) {
  a("reading", r.reading);
  a("words", r.words);
  a("lattice", r.lattice);
}
template <typename Archive>
void Fields(Archive& a, ReceiptMark& m) {
  a("component", m.component);
  a("asked", m.asked);
}
template <typename Archive>
void Fields(Archive& a, ReceiptSynonyms& s) {
  a("sha256", s.sha256);
  a("table", s.table);
}
template <typename Archive>
void Fields(Archive& a, ReceiptJoint& j) {
  a("beliefs", j.beliefs);
  a("synonyms", j.synonyms);
  a("component", j.component);
  a("marks", j.marks);
  a("also", j.also);
}
template <typename Archive>
void Fields(Archive& a, ReceiptOptions& o) {
  a("costs", o.costs);
  a("within", o.within);
  a("max_cost", o.max_cost);
  a("top", o.top);
  a("by", o.by);
  a("where", o.where);
  a("classes", o.classes);
  a("components", o.components);
  a("date", o.date);
  a("max_work", o.max_work);
  a("max_hits", o.max_hits);
  a.Unless0("max_memory", o.max_memory);
  a("evidence", o.evidence);
  a("prior_present", o.prior_present);
  a("min_log10_lr", o.min_log10_lr);
  a("joint", o.joint);
}
template <typename Archive>
void Fields(Archive& a, ReceiptResult& r) {
  a("burin", r.burin);
  a("index", r.index);
  a("channel", r.channel);
  a("options", r.options);
  a("queries", r.queries);
}
template <typename Archive>
void Fields(Archive& a, ReceiptContext& c) {
  a("time", c.time);
  a("examiner", c.examiner);
  a("case", c.case_number);
  a("exhibit", c.exhibit);
  a("purpose", c.purpose);
  a("index", c.index_path);
  a("channel", c.channel_path);
}

template <typename T>
Json ToJson(const T& value);
template <typename T>
Json ToJson(const std::vector<T>& values);

Json ToJson(const std::string& text) {
  std::string valid;
  AppendAsUtf8(text, &valid);
  return valid;
}
Json ToJson(const ReceiptValue& value) {
  if (const auto* number = std::get_if<int64_t>(&value)) return *number;
  return ToJson(std::get<std::string>(value));
}
template <typename T>
Json ToJson(const std::optional<T>& value) {
  return value ? ToJson(*value) : Json();
}
template <typename T>
Json ToJson(const std::vector<T>& values) {
  Json array = Json::array();
  for (const T& value : values) array.push_back(ToJson(value));
  return array;
}
template <typename T>
Json ToJson(const std::map<std::string, T>& values) {
  Json object = Json::object();
  for (const auto& [name, value] : values) object[ToJson(name).template get<std::string>()] = ToJson(value);
  return object;
}

// Makes an object of a struct. Every member is there, but for numbers that receipts did not always have, at 0: what is
// not known is null.
class Out {
 public:
  template <typename T>
  void operator()(const char* name, T& value) {
    object_[name] = ToJson(std::as_const(value));
  }
  void Unless0(const char* name, uint64_t value) {
    if (value != 0) object_[name] = ToJson(value);
  }
  Json Take() { return std::move(object_); }

 private:
  Json object_ = Json::object();
};

template <typename T>
Json ToJson(const T& value) {
  if constexpr (std::is_arithmetic_v<T>) {
    return value;
  } else {
    Out out;
    Fields(out, const_cast<T&>(value));  // Fields serves reading too; Out changes nothing.
    return out.Take();
  }
}

// Reads values of a document; the first fault stays with the reader.
class In {
 public:
  In(const JsonAt& at, JsonReader* reader) : at_(at), reader_(reader) {}

  template <typename T>
  void operator()(const char* name, T& value) {
    names_.push_back(name);
    if (!reader_->ok() || !at_.value->is_object()) return;
    if (!at_.Has(name)) return reader_->Fail(at_.path, std::string("expected a member \"") + name + "\"");
    Read(at_[name], reader_, &value);
  }
  // Not there: 0, which is never written.
  void Unless0(const char* name, uint64_t& value) {
    value = 0;
    if (!reader_->ok() || !at_.value->is_object() || !at_.Has(name)) {
      names_.push_back(name);
      return;
    }
    (*this)(name, value);
    if (reader_->ok() && value == 0) reader_->Expected(at_[name], "a whole number from 1");
  }
  // Every member was one of those that were read.
  void Close() {
    if (reader_->ok()) reader_->Object(at_, std::span<const std::string_view>(names_));
  }

  static void Read(const JsonAt& at, JsonReader* reader, bool* value) {
    if (!at.value->is_boolean()) return reader->Expected(at, "true or false");
    *value = at.value->get<bool>();
  }
  static void Read(const JsonAt& at, JsonReader* reader, double* value) {
    *value = reader->Number(at, -kLargest, kLargest);
  }
  static void Read(const JsonAt& at, JsonReader* reader, uint64_t* value) {
    if (!at.value->is_number_unsigned()) return reader->Expected(at, "a whole number from 0");
    *value = at.value->get<uint64_t>();
  }
  static void Read(const JsonAt& at, JsonReader* reader, uint32_t* value) {
    uint64_t number = 0;
    Read(at, reader, &number);
    if (reader->ok() && number > std::numeric_limits<uint32_t>::max()) reader->Expected(at, "a number below 2^32");
    *value = static_cast<uint32_t>(number);
  }
  static void Read(const JsonAt& at, JsonReader* reader, int32_t* value) {
    *value = static_cast<int32_t>(
        reader->Number(at, std::numeric_limits<int32_t>::min(), std::numeric_limits<int32_t>::max()));
    if (reader->ok() && !at.value->is_number_integer()) reader->Expected(at, "a whole number");
  }
  static void Read(const JsonAt& at, JsonReader* reader, std::string* value) {
    if (!at.value->is_string()) return reader->Expected(at, "a text");
    *value = at.value->get<std::string>();
  }
  static void Read(const JsonAt& at, JsonReader* reader, ReceiptValue* value) {
    const bool fits = at.value->is_number_unsigned()
                          ? at.value->get<uint64_t>() <= uint64_t{std::numeric_limits<int64_t>::max()}
                          : at.value->is_number_integer();
    if (fits) {
      *value = at.value->get<int64_t>();
    } else if (at.value->is_string()) {
      *value = at.value->get<std::string>();
    } else {
      reader->Expected(at, "a text or a whole number");
    }
  }
  template <typename T>
  static void Read(const JsonAt& at, JsonReader* reader, std::optional<T>* value) {
    if (at.value->is_null()) return value->reset();
    Read(at, reader, &value->emplace());
  }
  template <typename T>
  static void Read(const JsonAt& at, JsonReader* reader, std::vector<T>* values) {
    if (!at.value->is_array()) return reader->Expected(at, "an array");
    values->resize(at.value->size());
    for (size_t i = 0; i < values->size() && reader->ok(); ++i) Read(at[i], reader, &(*values)[i]);
  }
  template <typename T>
  static void Read(const JsonAt& at, JsonReader* reader, std::map<std::string, T>* values) {
    if (!at.value->is_object()) return reader->Expected(at, "an object");
    for (const auto& [name, value] : at.value->items()) {
      if (reader->ok()) Read(at[name], reader, &(*values)[name]);
    }
  }
  template <typename T>
  static void Read(const JsonAt& at, JsonReader* reader, T* value) {
    if (!at.value->is_object()) return reader->Expected(at, "an object");
    In in(at, reader);
    Fields(in, *value);
    in.Close();
  }

 private:
  JsonAt at_;
  JsonReader* reader_;
  std::vector<std::string_view> names_;
};

// A document: the schema's version under its name, the content, its hash.
struct Envelope {
  const char* schema;
  const char* content;
  const char* hash;
  size_t most_bytes;
};
constexpr Envelope kReceipt = {"burin_receipt", "result", "result_sha256", kMaxReceiptBytes};
constexpr Envelope kSeal = {"burin_seal", "content", "sha256", kMaxSealBytes};

Result<std::string> HashOf(const Json& content) { return Sha256Hex(CanonicalJson(content)); }

// Opens an envelope and checks everything but the types of its content.
Result<Json> Open(const Envelope& envelope, std::string_view json, std::string_view name) {
  Result<Json> document = ParseStrictJson(json, envelope.most_bytes, name, kMaxDepth);
  if (!document.ok()) return document;
  const JsonAt root = {&*document, ""};
  JsonReader reader(name);
  if (!document->is_object()) {
    reader.Expected(root, "an object");
    return reader.status();
  }
  for (const char* member : {envelope.schema, envelope.content, envelope.hash}) {
    if (!root.Has(member)) reader.Fail("", std::string("expected a member \"") + member + "\"");
  }
  if (!reader.ok()) return reader.status();
  const JsonAt schema = root[envelope.schema], hash = root[envelope.hash];
  if (schema.value->is_number_unsigned() && schema.value->get<uint64_t>() > kSchema) {
    return Status(StatusCode::kVersionUnsupported, std::string(name) + ": " + schema.path + ": version " +
                                                       schema.value->dump() + "; this library reads 1");
  }
  if (!schema.value->is_number_unsigned() || schema.value->get<uint64_t>() != kSchema) {
    reader.Expected(schema, "1, the version of the schema");
    return reader.status();
  }
  const Result<std::string> found = HashOf((*document)[envelope.content]);
  if (!found.ok()) return found.status();
  if (*hash.value != *found) {
    reader.Fail(hash.path, "the content has the hash " + *found + ": it was changed, or the hash was");
    return reader.status();
  }
  return document;
}

}  // namespace

Result<std::string> HashResult(const ReceiptResult& result) { return HashOf(ToJson(result)); }
Result<std::string> HashSeal(const SealContent& content) { return HashOf(ToJson(content)); }

Result<std::string> WriteReceipt(const ReceiptResult& result, const ReceiptContext& context) {
  Json document = Json::object();
  document[kReceipt.schema] = kSchema;
  document["context"] = ToJson(context);
  document[kReceipt.content] = ToJson(result);
  Result<std::string> hash = HashOf(document[kReceipt.content]);
  if (!hash.ok()) return hash;
  document[kReceipt.hash] = *std::move(hash);
  return CanonicalJson(document) + "\n";
}

Result<Receipt> ReadReceipt(std::string_view json, std::string_view name) {
  const Result<Json> document = Open(kReceipt, json, name);
  if (!document.ok()) return document.status();
  JsonReader reader(name);
  const JsonAt root = {&*document, ""};
  Receipt receipt;
  if (reader.Object(root, {"burin_receipt", "result", "result_sha256", "context"})) {
    In::Read(root["result"], &reader, &receipt.result);
    if (!root.Has("context")) reader.Fail("", "expected a member \"context\"");
    if (reader.ok()) In::Read(root["context"], &reader, &receipt.context);
  }
  for (const ReceiptQuery& query : receipt.result.queries) {
    if (!reader.ok() || !query.seal) continue;
    const Result<std::string> hash = HashSeal(query.seal->content);
    if (!hash.ok()) return hash.status();
    if (*hash != query.seal->sha256) reader.Fail("/result/queries", "a seal's content has the hash " + *hash);
  }
  if (!reader.ok()) return reader.status();
  receipt.sha256 = root["result_sha256"].value->get<std::string>();
  return receipt;
}

Result<std::string> WriteSeal(const SealContent& content) {
  Json document = Json::object();
  document[kSeal.schema] = kSchema;
  document[kSeal.content] = ToJson(content);
  Result<std::string> hash = HashSeal(content);
  if (!hash.ok()) return hash;
  document[kSeal.hash] = *std::move(hash);
  return CanonicalJson(document) + "\n";
}

Result<ReceiptSeal> ReadSeal(std::string_view json, std::string_view name) {
  const Result<Json> document = Open(kSeal, json, name);
  if (!document.ok()) return document.status();
  JsonReader reader(name);
  const JsonAt root = {&*document, ""};
  ReceiptSeal seal;
  if (reader.Object(root, {"burin_seal", "content", "sha256"})) In::Read(root["content"], &reader, &seal.content);
  if (!reader.ok()) return reader.status();
  seal.sha256 = root["sha256"].value->get<std::string>();
  return seal;
}

std::string FirstDifference(const ReceiptResult& result, const ReceiptResult& expected) {
  Json ours = ToJson(result), theirs = ToJson(expected);
  ours.erase("burin");
  theirs.erase("burin");
  return FirstDifference(ours, theirs);
}

}  // namespace burin::internal
