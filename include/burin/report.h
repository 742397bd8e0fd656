/*
 * Reports: a receipt as a page of HTML that needs nothing else, no network and no script, and prints on A4.
 */
#ifndef BURIN_REPORT_H_
#define BURIN_REPORT_H_

#include "burin/export.h"
#include "burin/receipt.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Since 0.1. */
enum {
  /* Which records to look at first: ranking, posteriors, differences. A lead, and no evidence for a court. */
  BURIN_REPORT_INVESTIGATIVE = 1,
  /* How strongly the reading supports each record: likelihood ratios with both propositions in words, the population
   * and its size, the verbal scale. No posterior, unless the reader's own prior is given: then a table over priors. */
  BURIN_REPORT_EVALUATIVE = 2
};

/* Since 0.1. */
typedef struct burin_report_options {
  uint32_t struct_size;
  uint32_t kind; /* BURIN_REPORT_... */
  /* Evaluative: the reader's prior probability that the mark is the record's, above 0 and below 1. 0: none is given. */
  double prior;
} burin_report_options;
#define BURIN_REPORT_OPTIONS_INIT \
  { sizeof(burin_report_options), BURIN_REPORT_INVESTIGATIVE, 0 }

/*
 * Renders a receipt, from nothing but itself: the same receipt and options give the same bytes. *html is NUL-terminated
 * and lives until the next call with this receipt; *size, unless NULL, receives the bytes. BURIN_OUT_OF_RANGE: kind,
 * prior. BURIN_INVALID_ARGUMENT: a prior for an investigative report, whose posteriors have the search's. Since 0.1.
 */
BURIN_API burin_status burin_receipt_render(burin_receipt* receipt, const burin_report_options* options,
                                            const char** html, size_t* size, burin_error** error);

/* Renders and writes the page, whole or not at all. Since 0.1. */
BURIN_API burin_status burin_receipt_write_report(burin_receipt* receipt, const burin_report_options* options,
                                                  const char* path, burin_error** error);

BURIN_END_DECLS

#endif
