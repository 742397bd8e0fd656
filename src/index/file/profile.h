// What an index is made for: the one choice between size and speed that a builder has.
#ifndef BURIN_SRC_INDEX_FILE_PROFILE_H_
#define BURIN_SRC_INDEX_FILE_PROFILE_H_

#include <cstdint>

namespace burin::internal {

enum class Profile : uint8_t {
  kFast = 0,   // Both orders of every group that can have them.
  kSmall = 1,  // Forward only: about half the size, slower where the beginning of a reading is damaged.
};

}  // namespace burin::internal

#endif
