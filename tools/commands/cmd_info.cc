// burin info: what an index holds, and what its parts weigh.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tools/commands/commands.h"
#include "tools/commands/sections.h"
#include "tools/io/failure.h"
#include "tools/io/index_input.h"
#include "tools/io/output.h"
#include "tools/io/paths.h"

namespace burin::tool {
namespace {

using Json = nlohmann::ordered_json;

struct InfoOptions {
  std::string index;
  std::string format = "table";
  bool check = false;
};

std::string FormatVersion(const burin_index_info& info) {
  return Number(info.format_major) + "." + Number(info.format_minor);
}

// Nothing for a file.
std::optional<burin_registry_state> StateOf(const Index& index) {
  burin_registry_state state = BURIN_REGISTRY_STATE_INIT;
  if (burin_index_get_registry_state(index.get(), &state, nullptr) != BURIN_OK) return std::nullopt;
  return state;
}

std::string RegistryLines(const Index& index) {
  const auto state = StateOf(index);
  if (!state) return "";
  std::string out = "  registry:          generation " + Number(state->generation) + ", " +
                    Counted(state->segments, "segment") + ", " + Number(state->deleted) + " deleted";
  if (!CallerBytes(index).empty()) out += ", caller's bytes '" + Printable(CallerBytes(index)) + "'";
  return out + "\n";
}

// An older folding answers as it always did, but takes no new records.
std::string FoldingText(uint32_t folding) {
  if (folding == burin_folding_version()) return Number(folding);
  return Number(folding) + " (the present one is " + Number(burin_folding_version()) + ")";
}

std::string Table(const std::string& path, const Index& index) {
  const burin_index_info info = index.info();
  std::string out = Printable(path) + ": index of format " + FormatVersion(info) + ", folding " +
                    FoldingText(info.folding_version) + ", " + Counted(info.file_bytes, "byte") + "\n";
  out += "  records:           " + Number(info.records) + "\n";
  out += "  different serials: " + Number(info.serials) + "\n";
  out += "  partial records:   " + Number(info.partial_records) + "\n";
  const GroupCounts groups = CountGroups(index);
  out += "  groups of keys:    " + Number(groups.all) + ", " + Number(groups.both_orders) + " in both orders\n";
  const std::string missing = MissingList(info.missing);
  out += "  without a mark:    " + (missing.empty() ? "0" : missing) + "\n";
  out += "  attributes:        ";
  for (uint32_t i = 0; i < index.attribute_count(); ++i) {
    out += (i == 0 ? "" : ", ") + Printable(index.attribute_name(i)) + " (" +
           burin_attribute_type_name(index.attribute_type(i)) + ")";
  }
  return out + "\n" + RegistryLines(index) + SectionTable(index);
}

std::string Ndjson(const std::string& path, const Index& index) {
  const burin_index_info info = index.info();
  const GroupCounts groups = CountGroups(index);
  Json json = {{"file", path},
               {"format", FormatVersion(info)},
               {"folding_version", info.folding_version},
               {"file_bytes", info.file_bytes},
               {"records", info.records},
               {"serials", info.serials},
               {"partial_records", info.partial_records},
               {"groups", groups.all},
               {"groups_in_both_orders", groups.both_orders},
               {"missing", Json::object()},
               {"attributes", Json::array()},
               {"sections", Json::array()}};
  if (const auto state = StateOf(index)) {
    json["registry"] = {{"generation", state->generation},
                        {"committed_at", state->committed_at},
                        {"segments", state->segments},
                        {"deleted", state->deleted},
                        {"next_record_id", std::to_string(state->next_record_id)}};
  }
  for (uint32_t kind = 1; kind < BURIN_MISSING_KINDS; ++kind) {
    const std::string name = burin_missing_name(kind);
    if (!name.empty()) json["missing"][name] = info.missing[kind];
  }
  for (uint32_t i = 0; i < index.attribute_count(); ++i) {
    json["attributes"].push_back(
        {{"name", std::string(index.attribute_name(i))}, {"type", burin_attribute_type_name(index.attribute_type(i))}});
  }
  for (const burin_section& section : index.sections()) {
    json["sections"].push_back({{"name", section.name}, {"bytes", section.bytes}, {"items", section.items}});
  }
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

int Info(const InfoOptions& options) {
  Paths("info").ReadsIndex("INDEX", options.index).Check();
  const Index index(options.index, CheckedOptions(options.check));
  Output output;
  output.Write(options.format == "ndjson" ? Ndjson(options.index, index) : Table(options.index, index));
  output.Flush();
  return kDone;
}

}  // namespace

void AddInfo(CLI::App* app, Run* run) {
  CLI::App* command = app->add_subcommand("info", "Say what an index holds, with the bytes of its sections");
  auto options = std::make_shared<InfoOptions>();
  command->add_option("INDEX", options->index, "The index")->required();
  command->add_option("--format", options->format, "table (default) or ndjson: one object on one line")
      ->check(CLI::IsMember({"table", "ndjson"}));
  AddCheckOption(command, &options->check);
  command->footer("Examples:\n  burin info marks.burin\n  burin info marks.burin --format ndjson\n");
  command->callback([options, run] { *run = [options] { return Info(*options); }; });
}

}  // namespace burin::tool
