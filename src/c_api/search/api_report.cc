// Reports through the C API.
#include "burin/report.h"

#include "src/c_api/common/guard.h"
#include "src/c_api/search/receipt_facts.h"
#include "src/report/report.h"

namespace burin::internal {
namespace {

static_assert(BURIN_REPORT_INVESTIGATIVE == static_cast<int>(ReportKind::kInvestigative));
static_assert(BURIN_REPORT_EVALUATIVE == static_cast<int>(ReportKind::kEvaluative));

Status Render(burin_receipt* receipt, const burin_report_options* options) {
  burin_report_options known = BURIN_REPORT_OPTIONS_INIT;
  if (Status status = ReadOptions(options, sizeof(known), &known); !status.ok()) return status;
  if (known.kind != BURIN_REPORT_INVESTIGATIVE && known.kind != BURIN_REPORT_EVALUATIVE) {
    return OutOfRange("there is no kind " + std::to_string(known.kind) + " of reports");
  }
  ReportOptions wanted;
  wanted.kind = static_cast<ReportKind>(known.kind);
  if (known.prior != 0) {
    if (!(known.prior > 0 && known.prior < 1)) return OutOfRange("prior is above 0 and below 1");
    if (wanted.kind != ReportKind::kEvaluative) return Invalid("a prior belongs to an evaluative report");
    wanted.prior = known.prior;
  }
  Receipt content = {receipt->result, receipt->context, receipt->hash};
  if (content.sha256.empty()) {
    Result<std::string> hash = HashResult(receipt->result);
    if (!hash.ok()) return hash.status();
    content.sha256 = *std::move(hash);
  }
  receipt->html = RenderReport(content, wanted);
  return Status();
}

}  // namespace
}  // namespace burin::internal

using namespace burin::internal;  // NOLINT: definitions of C functions only.

extern "C" {

burin_status burin_receipt_render(burin_receipt* receipt, const burin_report_options* options, const char** html,
                                  size_t* size, burin_error** error) {
  if (html != nullptr) *html = nullptr;
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (html == nullptr) return IsNull("html");
    if (Status status = Render(receipt, options); !status.ok()) return status;
    *html = Answer(receipt->html, size);
    return Status();
  });
}

burin_status burin_receipt_write_report(burin_receipt* receipt, const burin_report_options* options, const char* path,
                                        burin_error** error) {
  return Guard(error, [&]() -> Status {
    if (receipt == nullptr) return IsNull("receipt");
    if (Status status = Render(receipt, options); !status.ok()) return status;
    return WriteDocument(receipt->html, path);
  });
}

}  // extern "C"
