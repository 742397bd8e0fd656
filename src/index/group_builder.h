// Sorts the serials of one length and encodes their distinct ones as a section KEYS, noting who has which (postings).
//
// Packed keys of 64 bits are sorted with their records by radix, a byte at a time (about 20 ns a serial, 32 bytes each
// while it runs); those of 128 bits and long ones by comparison.
#ifndef BURIN_SRC_INDEX_GROUP_BUILDER_H_
#define BURIN_SRC_INDEX_GROUP_BUILDER_H_

#include <vector>

#include "src/base/bytes.h"
#include "src/base/status.h"
#include "src/index/key_group.h"
#include "src/index/postings.h"
#include "src/index/serial_rows.h"

namespace burin::internal {

// Appends the keys to `section` and each row's record to `postings`, frees the rows, answers the group's shape.
// REQUIRES: rows->size() > 0.
Result<GroupShape> BuildGroup(SerialRows* rows, ByteWriter* section, PostingsWriter* postings);

}  // namespace burin::internal

#endif
