// Formats as a table, CSV or JSON.
#include "tools/match/format_rows.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <string_view>

namespace burin::tool {
namespace {

std::string Share(double weight) {
  char digits[32];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), weight, std::chars_format::general, 6).ptr;
  return std::string(digits, static_cast<size_t>(end - digits));
}

std::string Year(uint32_t year) { return year == 0 ? std::string() : Number(year); }

std::string Years(const burin_format& format) {
  if (format.first_year == format.last_year) return Year(format.first_year);
  return Year(format.first_year) + "-" + Year(format.last_year);
}

std::string_view FitName(uint32_t fit) {
  switch (fit) {
    case BURIN_MAKER_FITS:
      return "fits";
    case BURIN_MAKER_OTHER_MODEL:
      return "other model";
    case BURIN_MAKER_DOES_NOT_FIT:
      return "does not fit";
    default:
      return "unknown maker";
  }
}

// Cells under their heads; the first column to the right, the others to the left.
class Columns {
 public:
  static constexpr size_t kCount = 6;
  using Row = std::array<std::string, kCount>;

  void Add(Row row, std::string note) {
    for (size_t i = 0; i < kCount; ++i) widths_[i] = std::max(widths_[i], WidthOf(row[i]));
    rows_.emplace_back(std::move(row), std::move(note));
  }

  std::string Text() const {
    std::string out;
    for (const auto& [row, note] : rows_) {
      std::string line = "  " + std::string(widths_[0] - WidthOf(row[0]), ' ') + row[0];
      for (size_t i = 1; i < kCount; ++i) {
        if (widths_[i] == 0) continue;
        line += "  " + row[i] + std::string(widths_[i] - WidthOf(row[i]), ' ');
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += line + "\n";
      if (!note.empty()) out += std::string(widths_[0] + 4, ' ') + note + "\n";
    }
    return out;
  }

 private:
  std::array<size_t, kCount> widths_ = {};
  std::vector<std::pair<Row, std::string>> rows_;
};

// A source is a long text that many rows share: it is listed once, below, by number.
std::string ListedRows(const std::vector<burin_format>& listed) {
  std::vector<std::string_view> sources;
  Columns columns;
  const auto any = [&listed](auto has) { return std::any_of(listed.begin(), listed.end(), has); };
  const bool models = any([](const burin_format& format) { return *format.model != 0; });
  const bool years = any([](const burin_format& format) { return !Years(format).empty(); });
  columns.Add({"seen", "maker", models ? "model" : "", "format", years ? "years" : "", "source"}, "");
  for (const burin_format& format : listed) {
    const auto at = std::find(sources.begin(), sources.end(), format.source);
    const size_t number = static_cast<size_t>(at - sources.begin()) + 1;
    if (at == sources.end()) sources.emplace_back(format.source);
    columns.Add({format.counted != 0 ? Number(format.seen) : "-", *format.maker == 0 ? "-" : Printable(format.maker),
                 Printable(format.model), Printable(format.words), Years(format), "[" + Number(number) + "]"},
                Printable(format.note));
  }
  std::string out = columns.Text() + "\n";
  for (size_t i = 0; i < sources.size(); ++i) out += "[" + Number(i + 1) + "] " + Printable(sources[i]) + "\n";
  return out + "\n";
}

std::string Table(const FormatAnswer& answer) {
  std::string out = "Reading: " + Printable(answer.pattern) + "\n  " + Printable(answer.words) + "\n\n";
  const size_t count = answer.listed.size();
  if (count > 0) out += ListedRows(answer.listed);
  if (answer.maker) {
    out += "Maker: " + Printable(answer.maker->explanation) + ".\n";
  } else if (count == 0) {
    out += "No known format fits.\n";
  } else {
    out += count == 1 ? "1 known format fits.\n" : Number(count) + " known formats fit.\n";
  }
  return out + "Known is what was seen or written down, not all that was made.\n";
}

std::string Csv(const FormatAnswer& answer) {
  std::string out = "maker,model,pattern,words,seen,first_year,last_year,weight,source,note\n";
  for (const burin_format& format : answer.listed) {
    AppendCsv(format.maker, &out);
    AppendCsvNext(format.model, &out);
    AppendCsvNext(format.pattern, &out);
    AppendCsvNext(format.words, &out);
    AppendCsvNext(format.counted != 0 ? Number(format.seen) : "", &out);
    AppendCsvNext(Year(format.first_year), &out);
    AppendCsvNext(Year(format.last_year), &out);
    AppendCsvNext(Share(format.weight), &out);
    AppendCsvNext(format.source, &out);
    AppendCsvNext(format.note, &out);
    out += '\n';
  }
  return out;
}

void AppendText(std::string_view name, std::string_view text, std::string* out) {
  AppendJsonName(name, out);
  AppendJson(text, out);
}

// `value` is JSON as it stands; an empty one is null.
void AppendValue(std::string_view name, std::string_view value, std::string* out) {
  AppendJsonName(name, out);
  *out += value.empty() ? "null" : value;
}

std::string JsonOf(const burin_format& format) {
  std::string out = "{";
  AppendText("maker", format.maker, &out);
  AppendText("model", format.model, &out);
  AppendText("pattern", format.pattern, &out);
  AppendText("words", format.words, &out);
  AppendValue("seen", format.counted != 0 ? Number(format.seen) : "", &out);
  AppendValue("first_year", Year(format.first_year), &out);
  AppendValue("last_year", Year(format.last_year), &out);
  AppendValue("weight", Share(format.weight), &out);
  AppendText("source", format.source, &out);
  AppendText("note", format.note, &out);
  return out + "}";
}

std::string Ndjson(const FormatAnswer& answer) {
  std::string out = "{";
  AppendText("query", answer.pattern, &out);
  AppendText("words", answer.words, &out);
  if (answer.maker) {
    AppendText("maker", answer.maker->name, &out);
    AppendText("model", answer.maker->model, &out);
    AppendText("fit", FitName(answer.maker->verdict.fit), &out);
    AppendText("explanation", answer.maker->explanation, &out);
    AppendValue("weight", Share(answer.maker->verdict.weight), &out);
    AppendValue("unlisted", Share(answer.maker->verdict.unlisted), &out);
  }
  AppendJsonName("formats", &out);
  out += '[';
  for (size_t i = 0; i < answer.listed.size(); ++i) out += (i == 0 ? "" : ",") + JsonOf(answer.listed[i]);
  return out + "]}\n";
}

}  // namespace

std::string RowsOf(const FormatAnswer& answer, Format format) {
  switch (format) {
    case Format::kCsv:
      return Csv(answer);
    case Format::kNdjson:
      return Ndjson(answer);
    default:
      return Table(answer);
  }
}

}  // namespace burin::tool
