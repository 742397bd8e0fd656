// burin lookup: the records of whole serials or recorded texts, exactly and many at a time.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tools/commands/commands.h"
#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"
#include "tools/match/attributes.h"
#include "tools/match/queries.h"

namespace burin::tool {
namespace {

constexpr size_t kTogether = 4096;

struct LookupOptions {
  std::string index;
  std::vector<std::string> texts;
  std::string serials;
  std::string format = "csv";
  bool check = false;
};

struct Tally {
  uint64_t asked = 0;
  uint64_t found = 0;
  uint64_t without_record = 0;
  std::string first_without;  // "seized.txt, line 3: 'A1-3948'".
  uint64_t refused = 0;
  std::string first_refusal;
};

std::vector<Query> TextsOf(const LookupOptions& options) {
  std::vector<Query> texts;
  for (const std::string& text : options.texts) texts.push_back({Number(texts.size() + 1), text, "TEXT", ""});
  return texts;
}

// The serial of a text in this index. What stands for unreadable would be folded away and some other serial found: it
// is refused, unless it is a record's whole text.
std::string SerialOf(const Index& index, Query* query) {
  if (!query->error.empty()) return "";
  try {
    if (query->pattern.find_first_of("?_*") == std::string::npos) return index.Fold(query->pattern);
    query->error = "it has unreadable characters: that is a pattern for match";
  } catch (const Exception& exception) {
    query->error = exception.what();
  }
  return "";
}

void AppendCsvRecords(const Query& query, const std::vector<TextRecord>& records, const Index& index,
                      const Attributes& attributes, std::string* out) {
  const uint32_t source = index.FindAttribute("source");
  for (const TextRecord& record : records) {
    AppendCsv(query.id, out);
    AppendCsvNext(query.pattern, out);
    AppendCsvNext(record.serial, out);
    *out += ',';
    AppendNumber(record.id, out);
    AppendCsvNext(index.key(record.id), out);
    AppendCsvNext(index.attribute_text(record.id, source), out);
    attributes.AppendCsv(record.id, out);
    *out += '\n';
  }
}

void AppendJsonRecords(const Query& query, const std::string& serial, const std::vector<TextRecord>& records,
                       const Index& index, const Attributes& attributes, std::string* out) {
  const uint32_t source = index.FindAttribute("source");
  *out += "{\"id\":";
  AppendJson(query.id, out);
  *out += ",\"query\":";
  AppendJson(query.pattern, out);
  *out += query.error.empty() ? ",\"serial\":" : ",\"error\":";
  AppendJson(query.error.empty() ? serial : query.error, out);
  if (query.error.empty()) {
    *out += ",\"records\":[";
    for (const TextRecord& record : records) {
      *out += &record == &records.front() ? "{\"record_id\":\"" : ",{\"record_id\":\"";
      AppendNumber(record.id, out);
      *out += "\",\"key\":";
      AppendJson(index.key(record.id), out);
      *out += ",\"source\":";
      AppendJson(index.attribute_text(record.id, source), out);
      *out += ",\"serial\":";
      AppendJson(record.serial, out);
      *out += ",\"attributes\":";
      attributes.AppendJson(record.id, out);
      *out += '}';
    }
    *out += ']';
  }
  *out += "}\n";
}

// The records of a serial and those of a text, each once, by ascending id.
void AddRecords(const std::string& serial, const std::vector<uint64_t>& ids, std::vector<TextRecord>* records) {
  const auto before = [](const TextRecord& record, uint64_t id) { return record.id < id; };
  for (const uint64_t id : ids) {
    const auto at = std::lower_bound(records->begin(), records->end(), id, before);
    if (at == records->end() || at->id != id) records->insert(at, {id, serial});
  }
}

// Texts [first, last) of all.
void LookUp(const Index& index, const Attributes& attributes, bool csv, std::span<Query> texts, Output* output,
            Tally* tally) {
  std::vector<std::string> serials;
  std::vector<std::string_view> whole;
  for (Query& text : texts) {
    serials.push_back(SerialOf(index, &text));
    whole.push_back(text.pattern);
  }
  const std::vector<std::string_view> views(serials.begin(), serials.end());
  const std::vector<uint64_t> marks = index.Lookup(views);
  tally->asked += texts.size();
  std::vector<std::vector<TextRecord>> found = FindTexts(index, whole);
  std::string out;
  for (size_t i = 0; i < texts.size(); ++i) {
    Query& text = texts[i];
    std::vector<TextRecord>& records = found[i];
    if (text.error.empty() && marks[i] != BURIN_NO_MARK) AddRecords(serials[i], index.mark_records(marks[i]), &records);
    if (!records.empty()) text.error.clear();
    if (csv) {
      AppendCsvRecords(text, records, index, attributes, &out);
    } else {
      AppendJsonRecords(text, serials[i], records, index, attributes, &out);
    }
    tally->found += records.empty() ? 0 : 1;
    if (text.error.empty() && records.empty() && tally->without_record++ == 0) {
      tally->first_without = text.where + ": '" + text.pattern + "'";
    }
    if (!text.error.empty() && tally->refused++ == 0) tally->first_refusal = text.where + ": " + text.error;
  }
  output->Write(out);
}

// Many at a time; one at a time where somebody waits for the answer.
void LookUpList(const Index& index, const Attributes& attributes, bool csv, const std::string& path, Output* output,
                Tally* tally) {
  QueryReader reader = QueryReader::List(path);
  const size_t together = reader.waits() ? 1 : kTogether;
  if (reader.waits()) output->Flush();
  std::vector<Query> texts;
  for (bool more = true; more;) {
    texts.emplace_back();
    more = reader.Next(&texts.back());
    if (!more) texts.pop_back();
    if (texts.empty() || (more && texts.size() < together)) continue;
    LookUp(index, attributes, csv, texts, output, tally);
    if (reader.waits()) output->Flush();
    texts.clear();
  }
}

int Lookup(const LookupOptions& options) {
  if (options.texts.empty() == options.serials.empty()) {
    throw Failure(kUsage, "lookup: expected either TEXT or --serials");
  }
  Paths("lookup").ReadsIndex("INDEX", options.index).Reads("--serials", options.serials).Check();
  const Index index(options.index, CheckedOptions(options.check));
  burin_registry_state state = BURIN_REGISTRY_STATE_INIT;
  if (burin_index_get_registry_state(index.get(), &state, nullptr) == BURIN_OK &&
      (state.rules & BURIN_RULE_NEEDS_CASE) != 0) {
    throw Failure(kUsage, "lookup: this registry asks for which case: use match --within 0 --case");
  }
  const Attributes attributes(index);
  const bool csv = options.format == "csv";
  Output output;
  if (csv) {
    std::string header = "query_id,query,serial,record_id,key,source";
    attributes.AppendCsvHeader({"query_id", "query", "record_id"}, &header);
    output.Write(header + "\n");
  }
  Tally tally;
  if (options.serials.empty()) {
    std::vector<Query> texts = TextsOf(options);
    LookUp(index, attributes, csv, texts, &output, &tally);
  } else {
    LookUpList(index, attributes, csv, options.serials, &output, &tally);
  }
  output.Flush();
  if (tally.refused > 0) {
    const std::string more = tally.refused == 1 ? "" : " (and " + Counted(tally.refused - 1, "more") + ")";
    throw Failure(options.serials.empty() ? kUsage : kBadInput, tally.first_refusal + more);
  }
  if (tally.without_record > 0 && !options.serials.empty()) {
    PrintError(tally.first_without + " has no record; " + Number(tally.without_record) + " of " +
               Counted(tally.asked, "number") + " have none");
  }
  return tally.found > 0 ? kDone : kNoHit;
}

}  // namespace

void AddLookup(CLI::App* app, Run* run) {
  CLI::App* command =
      app->add_subcommand("lookup", "Find the records of whole serials, or of whole recorded texts, exactly");
  auto options = std::make_shared<LookupOptions>();
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_option("TEXT", options->texts, "Numbers, which are folded, or cells as recorded");
  command->add_option("--serials", options->serials, "A file with one number a line instead of TEXT; - is stdin");
  AddCheckOption(command, &options->check);
  command->add_option("--format", options->format, "csv (default) or ndjson")->check(CLI::IsMember({"csv", "ndjson"}));
  command->footer(
      "A number finds the records of its serial. A text finds the records whose cell it is, to the letter, whatever "
      "that\n"
      "was read as: several numbers, a partial record, none. No edits, no unreadable characters: that is match.\n\n"
      "Examples:\n"
      "  burin lookup marks.burin A1-3948\n  burin lookup marks.burin --serials seized.txt --format ndjson\n\n"
      "Exit codes: 0 some number has records; 1 none has; 2 usage; 3 a bad line in --serials.\n");
  command->callback([options, run] { *run = [options] { return Lookup(*options); }; });
}

}  // namespace burin::tool
