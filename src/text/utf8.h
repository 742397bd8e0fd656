// UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF): which part of a text is valid, eight
// ASCII bytes at a time, and code points to and from it.
#ifndef BURIN_SRC_TEXT_UTF8_H_
#define BURIN_SRC_TEXT_UTF8_H_

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

// UTF-8 and code points.
std::string ToUtf8(std::u32string_view code_points);
void AppendUtf8(char32_t code_point, std::string* out);
// Decodes the code point at `*at` and moves behind it; false (nothing moved) at an invalid sequence or the end.
bool DecodeUtf8(std::string_view utf8, size_t* at, char32_t* code_point);
// Replaces *text with all code points; false, and *text up to there, at an invalid sequence.
bool DecodeAll(std::string_view utf8, std::u32string* text);
bool IsValidUtf8(std::string_view utf8);

}  // namespace burin::internal

#endif
