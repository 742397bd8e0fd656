// One attribute of an opened index, read from its section.
#ifndef BURIN_SRC_INDEX_ATTRIBUTE_VIEW_H_
#define BURIN_SRC_INDEX_ATTRIBUTE_VIEW_H_

#include <cstddef>
#include <memory>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/attribute.h"

namespace burin::internal {

// Borrows the section's bytes. O(1): neither records nor values are looked at. kCorrupt: not an attribute for so many
// records.
Result<std::unique_ptr<AttributeColumn>> OpenAttribute(ByteSpan section, uint64_t records);
// O(section): everything that docs/format-attributes.md says of it.
Status VerifyAttribute(ByteSpan section, uint64_t records);

}  // namespace burin::internal

#endif
