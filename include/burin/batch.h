/*
 * Many searches in one call, on as many threads as the caller says. Everything is found as by burin_search, in the same
 * order: neither the number of threads nor the other readings change a byte of a result.
 */
#ifndef BURIN_BATCH_H_
#define BURIN_BATCH_H_

#include "burin/export.h"
#include "burin/index.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Threads of one call, at most. */
#define BURIN_MAX_THREADS 1024

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
 * max_work is for each reading. deadline_ms is for all together, from the call on: readings that it leaves no time for
 * have results that are not complete, with certificate 0. So has `cancel`, which ends all; it is asked by one thread at
 * a time, but not always by the same. Since 0.1.
 */
BURIN_API burin_status burin_search_batch(const burin_index* index, const burin_reading* const* readings, size_t count,
                                          const burin_search_options* options, uint32_t threads, burin_result** results,
                                          burin_status* statuses, burin_error** error);

BURIN_END_DECLS

#endif
