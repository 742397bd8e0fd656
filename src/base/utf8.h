// Which part of a text is valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). Eight ASCII
// bytes at a time.
#ifndef BURIN_SRC_BASE_UTF8_H_
#define BURIN_SRC_BASE_UTF8_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace burin::internal {

// Length of the longest valid prefix: text.size() if all of it is.
size_t ValidUtf8Prefix(std::string_view text);

// U+FFFD.
inline constexpr std::string_view kReplacementCharacter = "\xEF\xBF\xBD";

// Appends `text` with every byte that is not part of valid UTF-8 replaced by U+FFFD.
void AppendAsUtf8(std::string_view text, std::string* out);

}  // namespace burin::internal

#endif
