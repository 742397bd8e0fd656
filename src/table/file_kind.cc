#include "src/table/file_kind.h"

#include <algorithm>
#include <iterator>

namespace burin::internal {
namespace {

using std::string_view_literals::operator""sv;

struct Signature {
  std::string_view bytes;  // At least 4.
  std::string_view kind;
};

constexpr std::string_view kZip = "PK\x03\x04";

constexpr Signature kSignatures[] = {
    {kZip, "is a ZIP file; expected CSV or TSV text: unpack it, or save the sheet of a workbook as CSV (UTF-8)"},
    {"\xD0\xCF\x11\xE0",
     "is an old Excel workbook (.xls) or another OLE document; expected CSV or TSV text: save the sheet as CSV "
     "(UTF-8)"},
    {"\x1F\x8B\x08\x00"sv, "is compressed (gzip); expected CSV or TSV text: unpack it first"},
    {"\x1F\x8B\x08\x08", "is compressed (gzip); expected CSV or TSV text: unpack it first"},
    {"\xFD"
     "7zXZ",
     "is compressed (xz); expected CSV or TSV text: unpack it first"},
    {"\x28\xB5\x2F\xFD", "is compressed (zstd); expected CSV or TSV text: unpack it first"},
    {"BZh91AY&SY", "is compressed (bzip2); expected CSV or TSV text: unpack it first"},
    {"%PDF-", "is a PDF file; expected CSV or TSV text"},
    {"SQLite format 3\0"sv, "is an SQLite database; expected CSV or TSV text: export the table as CSV"},
    {"\x00\x01\x00\x00Standard "sv, "is an Access database; expected CSV or TSV text: export the table as CSV (UTF-8)"},
    {"PAR1", "is a Parquet file; expected CSV or TSV text: export it as CSV"},
};

struct Workbook {
  std::string_view name;  // Of a part, or what the first part says the whole is.
  std::string_view kind;
};

// What is packed as ZIP. Names of parts stand in the file as they are.
constexpr Workbook kWorkbooks[] = {
    {"opendocument.spreadsheet",
     "is an OpenDocument spreadsheet (.ods); expected CSV or TSV text: save the sheet as CSV (UTF-8)"},
    {"opendocument.text", "is an OpenDocument text (.odt); expected CSV or TSV text"},
    {"word/", "is a Word document (.docx); expected CSV or TSV text"},
    {"xl/", "is an Excel workbook (.xlsx); expected CSV or TSV text: save the sheet as CSV (UTF-8)"},
    {"[Content_Types].xml",
     "is an Office document, such as an Excel workbook (.xlsx); expected CSV or TSV text: save the sheet as CSV "
     "(UTF-8)"},
};

const Signature* Find(std::string_view first) {
  const auto* found = std::find_if(std::begin(kSignatures), std::end(kSignatures),
                                   [&](const Signature& signature) { return first.starts_with(signature.bytes); });
  return found == std::end(kSignatures) ? nullptr : found;
}

}  // namespace

bool IsOtherFile(std::string_view first) { return Find(first) != nullptr; }

std::string_view KindOfFile(std::string_view first) {
  const Signature* const signature = Find(first);
  if (signature == nullptr) return {};
  if (signature->bytes != kZip) return signature->kind;
  for (const Workbook& workbook : kWorkbooks) {
    if (first.find(workbook.name) != std::string_view::npos) return workbook.kind;
  }
  return signature->kind;
}

}  // namespace burin::internal
