// The names of the files of a registry (docs/registry-format.md), and what a listing of its directory says.
#ifndef BURIN_SRC_REGISTRY_STATE_REGISTRY_FILES_H_
#define BURIN_SRC_REGISTRY_STATE_REGISTRY_FILES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/disk.h"
#include "src/base/status.h"
#include "src/registry/state/manifest.h"

namespace burin::internal {

inline constexpr std::string_view kLockName = "lock";

std::string ManifestName(uint64_t generation);   // manifest-0000000000000001
std::string SegmentName(uint64_t number);        // segment-0000000000000001
std::string DeletionsName(uint64_t generation);  // deleted-0000000000000001
std::string PinName(std::string_view pin);       // pin-NAME
std::string InDirectory(const std::string& directory, std::string_view name);

// The number behind a prefix ("manifest-"), if the name is just that.
std::optional<uint64_t> NumberOf(std::string_view name, std::string_view prefix);
// "segment-..." and so on; left-overs: names that no reader looks at.
enum class NameKind : uint8_t { kManifest, kSegment, kDeletions, kPin, kLock, kTemporary, kForeign };
struct NamedFile {
  std::string name;
  NameKind kind = NameKind::kForeign;
  uint64_t number = 0;
  std::string pin;  // Of a pin.
};
NamedFile ReadName(const std::string& name);

// Whether a pin, or a hold, may be called so: 1 to 100 letters, digits, `-`, `_` and `.`.
bool IsPinName(const std::string& name);

// All names of a registry. kIo: no such directory, no directory, unreadable.
Result<std::vector<NamedFile>> ListRegistry(Disk& disk, const std::string& directory);
// The generations of its manifests, ascending.
std::vector<uint64_t> Generations(const std::vector<NamedFile>& files);

// Reads a manifest by its name. *gone, unless nullptr: there is no such file.
Result<Manifest> ReadManifest(Disk& disk, const std::string& directory, const std::string& name, bool* gone);

}  // namespace burin::internal

#endif
