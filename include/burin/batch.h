/*
 * Other ways to run a search: many readings in one call, on as many threads as the caller says; or one reading, whose
 * matches are handed over while the search goes on. Everything is found as by burin_search, in the same order: neither
 * the number of threads nor the other readings change a byte of a result.
 */
#ifndef BURIN_BATCH_H_
#define BURIN_BATCH_H_

#include "burin/export.h"
#include "burin/index.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/*
 * Searches with each of `count` readings, with the same options. `threads`: how many work on it, the calling one among
 * them; 0 and 1: the calling one alone. The others end before the call returns; where the system gives fewer, fewer
 * work.
 *
 * results[i] becomes the result of readings[i], which the caller destroys, or NULL if it has none; statuses[i], unless
 * `statuses` is NULL, says why: BURIN_OK, BURIN_INVALID_ARGUMENT for a reading that is NULL or too large for these
 * costs, BURIN_NO_MEMORY. The call answers BURIN_OK if every reading has a result, else the status of the first that
 * has none; the error's message begins with its place, "reading 3: ", from 0. The others have their results then. But
 * where the fault is in the options, or in `threads` (BURIN_OUT_OF_RANGE), nothing is searched and every status is
 * that.
 *
 * Some readings at a time are searched interleaved, which hides the latency of memory; with a budget (max_work, a
 * deadline, `cancel`) each is searched by itself. No answer differs from that of burin_search.
 *
 * max_work is for each reading. deadline_ms is for all together, from the call on: readings that it leaves no time for
 * have results that are not complete, with certificate 0. So has `cancel`, which ends all; it is asked by one thread at
 * a time, but not always by the same. Since 0.1.
 */
BURIN_API burin_status burin_search_batch(const burin_index* index, const burin_reading* const* readings, size_t count,
                                          const burin_search_options* options, uint32_t threads, burin_result** results,
                                          burin_status* statuses, burin_error** error);

/*
 * Receives match `i` of a result that grows: burin_result_matches, burin_result_serial and the others answer for it and
 * for those before; what they answer of the result as a whole is not known yet. Non-zero stops. It must not destroy the
 * result. Since 0.1.
 */
typedef int32_t (*burin_match_fn)(void* user, burin_result* result, size_t i);

/*
 * Searches as burin_search does and hands the matches over in the order of results, those of each level of cost as soon
 * as it is complete. A level is one edit or, under a channel, some nats: the first 2, then 4 at a time, then more. *out
 * becomes the result of all that was handed over. A level that a budget, max_hits, max_memory or the cancel function
 * leaves unfinished is not handed over: all matches that cost less than the certificate are there then, and no others.
 * Costs one search for each level up to the last; the last is nearly all of the work, unless readings match many
 * records at low cost. BURIN_CANCELLED: `on_match` said so; *out is NULL. Else as burin_search. Since 0.1.
 */
BURIN_API burin_status burin_search_stream(burin_searcher* searcher, const burin_reading* reading,
                                           const burin_search_options* options, burin_match_fn on_match, void* user,
                                           burin_result** out, burin_error** error);

BURIN_END_DECLS

#endif
