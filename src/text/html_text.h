// Text for HTML. Everything that comes from a receipt passes here: records are anybody's words.
#ifndef BURIN_SRC_TEXT_HTML_TEXT_H_
#define BURIN_SRC_TEXT_HTML_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace burin::internal {

// Fit for content and for attributes in double quotes: & < > " ' as entities, control characters and those that turn
// the direction of text as visible escapes, bytes that are not UTF-8 as U+FFFD.
std::string Escape(std::string_view text);

// The same characters visible, not yet fit for HTML, and at most so many of them: else the last is an ellipsis.
std::string Visible(std::string_view text, size_t most);

// "<NAME>TEXT</NAME>", the text escaped; `attributes` is HTML as it stands.
std::string Tagged(std::string_view name, std::string_view text, std::string_view attributes = {});

// A table with a head for each column, or for each row. Cells are HTML as they stand.
std::string ColumnTable(std::string_view caption, const std::vector<std::string>& heads,
                        const std::vector<std::vector<std::string>>& rows);
std::string RowTable(std::string_view caption, const std::vector<std::pair<std::string, std::string>>& rows);

// Numbers for people, the same in every locale.
std::string Decimals(double number, int decimals);   // "12.50"
std::string Significant(double number, int digits);  // "0.0012", "1.2e-07"
std::string Grouped(uint64_t number);                // "10,000,000"

}  // namespace burin::internal

#endif
