#include "src/query_log/log_beginning.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "src/base/bytes.h"
#include "src/base/sha256.h"
#include "src/query_log/log_lock.h"
#include "src/text/canonical_json.h"

namespace burin::internal {
namespace {

// In the file itself, for whoever reads it without our documents.
constexpr const char* kNotProtected[] = {
    "chain.ndjson and chain.head, against whoever writes both anew, puts both back to an earlier state, or removes "
    "both: "
    "only a head that was noted elsewhere shows it (burin audit verify --head)",
    "chain.head alone, put back to the moment at which the last line was being written: no line differs then",
    "a line without its end at the end of chain.ndjson, while chain.head says that it is being written: its query was "
    "not "
    "answered",
    "lines not yet synced when the machine stops: without --log-sync those within 50 ms behind a synced one, until the "
    "next line, flush or close",
    "members of lines: they are what the caller said"};

Json FirstLine(std::string_view time, uint64_t links, const LogGap& gap) {
  Json line = {{"chain", kChainFile}, {"format", kLogFormat}, {"line", 0},
               {"links", links},      {"previous", ""},       {"time", time}};
  line["not_protected"] = kNotProtected;
  if (!gap.empty()) line["gap"] = JsonOf(gap);
  return line;
}

Json LinkLine(const LogLink& link) {
  Json line = {{"bytes", link.bytes}, {"chain", link.chain}, {"lines", link.lines}, {"sha256", link.sha256}};
  if (!link.rest.empty()) line["rest"] = link.rest;
  return line;
}

}  // namespace

Result<LogLink> LinkOf(const std::string& name, std::string_view bytes) {
  const ChainText text(bytes);
  LogLink link;
  link.chain = name;
  link.bytes = bytes.size();
  link.lines = text.lines;
  for (const auto& [from, to] : {std::pair(text.last, &link.sha256), std::pair(text.rest, &link.rest)}) {
    if (from.empty()) continue;
    Result<std::string> hash = Sha256Hex(from);
    if (!hash.ok()) return hash.status();
    *to = *std::move(hash);
  }
  return link;
}

LogLink LinkIn(const Json& line) {
  return {TextIn(line, "chain"), NumberIn(line, "bytes"), NumberIn(line, "lines"), TextIn(line, "sha256"),
          TextIn(line, "rest")};
}

Result<std::vector<std::string>> OldChains(Disk& disk, const std::string& directory) {
  std::vector<std::string> names;
  if (const int code = disk.List(directory, &names); code < 0) return LogFailure(directory, "read", code);
  std::erase_if(names, [](const std::string& name) { return !IsOldChainName(name); });
  std::sort(names.begin(), names.end());
  return names;
}

Result<std::string> BeginLog(Disk& disk, const std::string& directory, std::string_view time, const LogGap& gap) {
  const Result<std::vector<std::string>> names = OldChains(disk, directory);
  if (!names.ok()) return names.status();
  std::string text = CanonicalJson(FirstLine(time, names->size(), gap));
  Result<std::string> hash = Sha256Hex(text);
  text += '\n';
  for (uint64_t i = 0; i < names->size() && hash.ok(); ++i) {
    const std::string path = directory + "/" + (*names)[i];
    if (disk.KindOf(path) != Disk::Kind::kFile) return Status(StatusCode::kIo, path + ": is no regular file");
    MappedFile::Options options;
    options.read_into_memory = true;
    const Result<MappedFile> file = disk.Map(path, options);
    if (!file.ok()) return file.status();
    const Result<LogLink> link = LinkOf((*names)[i], AsText(file->bytes()));
    if (!link.ok()) return link.status();
    Json line = LinkLine(*link);
    line["line"] = i + 1;
    line["previous"] = *hash;
    const std::string one = CanonicalJson(line);
    hash = Sha256Hex(one);
    text += one + '\n';
  }
  if (!hash.ok()) return hash.status();
  return text;
}

}  // namespace burin::internal
