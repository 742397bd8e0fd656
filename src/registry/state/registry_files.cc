#include "src/registry/state/registry_files.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <utility>

namespace burin::internal {
namespace {

constexpr std::string_view kManifestPrefix = "manifest-";
constexpr std::string_view kSegmentPrefix = "segment-";
constexpr std::string_view kDeletionsPrefix = "deleted-";
constexpr std::string_view kPinPrefix = "pin-";
constexpr size_t kDigits = 16;

std::string Numbered(std::string_view prefix, uint64_t number) {
  char digits[kDigits];
  const auto end = std::to_chars(digits, digits + kDigits, number, 16).ptr;
  const auto used = static_cast<size_t>(end - digits);
  return std::string(prefix) + std::string(kDigits - used, '0') + std::string(digits, used);
}

}  // namespace

std::string ManifestName(uint64_t generation) { return Numbered(kManifestPrefix, generation); }
std::string SegmentName(uint64_t number) { return Numbered(kSegmentPrefix, number); }
std::string DeletionsName(uint64_t generation) { return Numbered(kDeletionsPrefix, generation); }
std::string PinName(std::string_view pin) { return std::string(kPinPrefix) + std::string(pin); }
std::string InDirectory(const std::string& directory, std::string_view name) {
  return directory + "/" + std::string(name);
}

std::optional<uint64_t> NumberOf(std::string_view name, std::string_view prefix) {
  if (!name.starts_with(prefix) || name.size() != prefix.size() + kDigits) return std::nullopt;
  uint64_t number = 0;
  const char* const end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, number, 16);
  if (stop != end || error != std::errc() || Numbered(prefix, number) != name) return std::nullopt;
  return number;
}

NamedFile ReadName(const std::string& name) {
  if (const auto number = NumberOf(name, kManifestPrefix)) return {name, NameKind::kManifest, *number, {}};
  if (const auto number = NumberOf(name, kSegmentPrefix)) return {name, NameKind::kSegment, *number, {}};
  if (const auto number = NumberOf(name, kDeletionsPrefix)) return {name, NameKind::kDeletions, *number, {}};
  if (name == kLockName) return {name, NameKind::kLock, 0, {}};
  if (name.find(".tmp-") != std::string::npos) return {name, NameKind::kTemporary, 0, {}};
  if (name.starts_with(kPinPrefix)) return {name, NameKind::kPin, 0, name.substr(kPinPrefix.size())};
  return {name, NameKind::kForeign, 0, {}};
}

bool IsPinName(const std::string& name) {
  constexpr size_t kMaxPinBytes = 100;
  const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
  return plain && !name.empty() && name.size() <= kMaxPinBytes && ReadName(PinName(name)).kind == NameKind::kPin;
}

Result<std::vector<NamedFile>> ListRegistry(Disk& disk, const std::string& directory) {
  std::vector<std::string> names;
  const int code = -disk.List(directory, &names);
  if (code == ENOTDIR) return Status(StatusCode::kCorrupt, directory + ": not a registry: it is no directory");
  if (code > 0) return Status(StatusCode::kIo, directory + ": cannot open: " + ErrnoText(code));
  std::sort(names.begin(), names.end());
  std::vector<NamedFile> files;
  for (const std::string& name : names) files.push_back(ReadName(name));
  return files;
}

std::vector<uint64_t> Generations(const std::vector<NamedFile>& files) {
  std::vector<uint64_t> generations;
  for (const NamedFile& file : files) {
    if (file.kind == NameKind::kManifest) generations.push_back(file.number);
  }
  std::sort(generations.begin(), generations.end());
  return generations;
}

Result<Manifest> ReadManifest(Disk& disk, const std::string& directory, const std::string& name, bool* gone) {
  const std::string path = InDirectory(directory, name);
  MappedFile::Options options;
  options.read_into_memory = true;
  Result<MappedFile> file = disk.Map(path, options);
  if (!file.ok()) {
    if (gone != nullptr) *gone = disk.KindOf(path) == Disk::Kind::kNothing;
    return file.status();
  }
  Manifest manifest;
  if (Status status = DecodeManifest(file->bytes(), path, &manifest); !status.ok()) return status;
  const auto generation = NumberOf(name, kManifestPrefix);
  if (generation && *generation != manifest.generation) {
    return Status(StatusCode::kCorrupt,
                  path + ": is the manifest of generation " + std::to_string(manifest.generation));
  }
  return manifest;
}

}  // namespace burin::internal
