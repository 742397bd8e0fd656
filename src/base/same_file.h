// Whether two paths lead to one file.
#ifndef BURIN_SRC_BASE_SAME_FILE_H_
#define BURIN_SRC_BASE_SAME_FILE_H_

#include <string>

namespace burin::internal {

// By device and inode, so that links of either kind are seen through; what is not there yet by the directory that it
// would be in and its name. What is neither a file nor a directory (a device, a pipe) is never the same.
bool SameFile(const std::string& a, const std::string& b);

}  // namespace burin::internal

#endif
