/*
 * How much is there to find? An estimate before anything is enumerated, so that a server can refuse `?*`; and the exact
 * number, without the matches.
 */
#ifndef BURIN_ESTIMATE_H_
#define BURIN_ESTIMATE_H_

#include "burin/export.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* What a search can be expected to find. Set struct_size before the call. Since 0.1. */
typedef struct burin_estimate {
  uint32_t struct_size;
  uint32_t reserved;
  /* Matches within the cost, expected: all of them, whatever `top` and `max_hits` say. */
  double matches;
  /* There are no more than so many: a bound that holds, often a generous one. */
  uint64_t at_most;
  /* Units of burin_result_work, by order of magnitude, for finding them all. */
  double work;
} burin_estimate;
#define BURIN_ESTIMATE_INIT \
  { sizeof(burin_estimate), 0, 0, 0, 0 }

/*
 * Estimates what burin_search would find with these options; budgets play no part. Enumerates nothing: the time depends
 * on the reading and the lengths of serials, not on their number; tens of microseconds with unit costs, some hundreds
 * under a channel.
 *
 * Serials of one length are taken as random over the symbols that occur at each position; known symbols at the start of
 * a reading that allows no edit are looked up and count exactly. On evenly spread serials `matches` is right for `?`,
 * sets, one gap and substitutions, and too high by a small factor where a reading can lie over a mark in several ways.
 * Real serials are not evenly spread: expect it to be right within a factor of some, not within per cent. Conditions
 * count by a sample of 128 records, partial records by one of 16. Errors are those of burin_search. Since 0.1.
 */
BURIN_API burin_status burin_search_estimate(burin_searcher* searcher, const burin_reading* reading,
                                             const burin_search_options* options, burin_estimate* estimate,
                                             burin_error** error);

/* How many matches there are. Set struct_size before the call. Since 0.1. */
typedef struct burin_count {
  uint32_t struct_size;
  int32_t complete;      /* 1: all were counted. 0: a budget stopped it; there are `matches` at least. */
  uint32_t certificate;  /* As burin_result_certificate. */
  uint32_t reserved;     /* 0. */
  uint64_t matches;      /* One for each record, serial or weapon, as `by` says. */
  uint64_t work;         /* As burin_result_work. */
  uint64_t not_searched; /* As burin_result_not_searched. */
} burin_count;
#define BURIN_COUNT_INIT \
  { sizeof(burin_count), 0, 0, 0, 0, 0, 0 }

/*
 * Counts the matches of burin_search with these options and `top` = UINT64_MAX, exactly, without keeping them: `top`
 * plays no part. Conditions, budgets and max_hits do, and errors are those of burin_search. Takes the time of the
 * search but for sorting. Since 0.1.
 */
BURIN_API burin_status burin_search_count(burin_searcher* searcher, const burin_reading* reading,
                                          const burin_search_options* options, burin_count* count, burin_error** error);

BURIN_END_DECLS

#endif
