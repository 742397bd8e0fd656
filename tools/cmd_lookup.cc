// burin lookup: the records of whole serials, exactly and many at a time.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "attributes.h"
#include "commands.h"
#include "failure.h"
#include "index_input.h"
#include "output.h"
#include "paths.h"
#include "queries.h"

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

// The serial of a text. What stands for unreadable would be folded away and some other serial found: it is refused.
std::string SerialOf(Query* query) {
  if (!query->error.empty()) return "";
  try {
    if (query->pattern.find_first_of("?_*") == std::string::npos) return Fold(query->pattern);
    query->error = "it has unreadable characters: that is a pattern for match";
  } catch (const Exception& exception) {
    query->error = exception.what();
  }
  return "";
}

void AppendCsvRecords(const Query& query, const std::string& serial, const std::vector<uint64_t>& records,
                      const Index& index, const Attributes& attributes, std::string* out) {
  const uint32_t source = index.FindAttribute("source");
  for (const uint64_t record : records) {
    AppendCsv(query.id, out);
    AppendCsvNext(query.pattern, out);
    AppendCsvNext(serial, out);
    *out += ',';
    AppendNumber(record, out);
    AppendCsvNext(index.key(record), out);
    AppendCsvNext(index.attribute_text(record, source), out);
    attributes.AppendCsv(record, out);
    *out += '\n';
  }
}

void AppendJsonRecords(const Query& query, const std::string& serial, const std::vector<uint64_t>& records,
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
    for (const uint64_t record : records) {
      *out += record == records.front() ? "{\"record_id\":\"" : ",{\"record_id\":\"";
      AppendNumber(record, out);
      *out += "\",\"key\":";
      AppendJson(index.key(record), out);
      *out += ",\"source\":";
      AppendJson(index.attribute_text(record, source), out);
      *out += ",\"attributes\":";
      attributes.AppendJson(record, out);
      *out += '}';
    }
    *out += ']';
  }
  *out += "}\n";
}

// Texts [first, last) of all.
void LookUp(const Index& index, const Attributes& attributes, bool csv, std::span<Query> texts, Output* output,
            Tally* tally) {
  std::vector<std::string> serials;
  for (Query& text : texts) serials.push_back(SerialOf(&text));
  const std::vector<std::string_view> views(serials.begin(), serials.end());
  const std::vector<uint64_t> marks = index.Lookup(views);
  tally->asked += texts.size();
  std::string out;
  for (size_t i = 0; i < texts.size(); ++i) {
    const Query& text = texts[i];
    const bool found = text.error.empty() && marks[i] != BURIN_NO_MARK;
    const std::vector<uint64_t> records = found ? index.mark_records(marks[i]) : std::vector<uint64_t>();
    (csv ? AppendCsvRecords : AppendJsonRecords)(text, serials[i], records, index, attributes, &out);
    tally->found += found ? 1 : 0;
    if (text.error.empty() && !found && tally->without_record++ == 0) {
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
  CLI::App* command = app->add_subcommand("lookup", "Find the records of whole serials, exactly");
  auto options = std::make_shared<LookupOptions>();
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_option("TEXT", options->texts, "Numbers as recorded; they are folded");
  command->add_option("--serials", options->serials, "A file with one number a line instead of TEXT; - is stdin");
  AddCheckOption(command, &options->check);
  command->add_option("--format", options->format, "csv (default) or ndjson")->check(CLI::IsMember({"csv", "ndjson"}));
  command->footer(
      "No edits, no unreadable characters, no partial records: that is match.\n\nExamples:\n"
      "  burin lookup marks.burin A1-3948\n  burin lookup marks.burin --serials seized.txt --format ndjson\n\n"
      "Exit codes: 0 some number has records; 1 none has; 2 usage; 3 a bad line in --serials.\n");
  command->callback([options, run] { *run = [options] { return Lookup(*options); }; });
}

}  // namespace burin::tool
