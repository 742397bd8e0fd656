/*
 * Explanation: why does a reading cost what it costs against a record? Each move of an alignment (search.h) with a
 * reason, and single records explained whatever they cost.
 */
#ifndef BURIN_EXPLAIN_H_
#define BURIN_EXPLAIN_H_

#include "burin/export.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/*
 * Why a move is a difference. Under a channel a misread symbol has the reason that gives most of its probability; with
 * unit costs, and where a channel does not say why, it is BURIN_REASON_ANOTHER_SYMBOL. Further ones may come.
 * Since 0.1.
 */
enum {
  BURIN_REASON_NONE = 0, /* No difference. */
  BURIN_REASON_ANOTHER_SYMBOL = 1,
  BURIN_REASON_LOOK_ALIKE = 2,
  BURIN_REASON_STROKE_GAIN = 3,
  BURIN_REASON_STROKE_LOSS = 4,
  BURIN_REASON_NEIGHBOURING_KEY = 5,
  BURIN_REASON_KNOWN_PAIR = 6,         /* A pair that the channel lists. */
  BURIN_REASON_NO_RELATION = 7,        /* Any misreading. */
  BURIN_REASON_RESTAMPED = 8,          /* Said to be altered, and now a symbol without relation. */
  BURIN_REASON_SUPPORT = 9,            /* The stated support gives another symbol more. */
  BURIN_REASON_NOT_READ = 10,          /* A symbol lost. */
  BURIN_REASON_NOT_RECORDED = 11,      /* A symbol added. */
  BURIN_REASON_SWAPPED = 12,           /* Neighbours in the other order. */
  BURIN_REASON_REWRITTEN = 13,         /* One or two symbols read as one or two others. */
  BURIN_REASON_RECORD_UNREADABLE = 14, /* The record says nothing there. */
  /* What happened to the mark as a whole, and what it did to single symbols. */
  BURIN_REASON_PREFIX_LOST = 20,
  BURIN_REASON_SUFFIX_LOST = 21,
  BURIN_REASON_PREFIX_ADDED = 22,
  BURIN_REASON_SUFFIX_ADDED = 23,
  BURIN_REASON_ZEROS_ADDED = 24,
  BURIN_REASON_ZEROS_LOST = 25,
  BURIN_REASON_LAST_FOUR = 26, /* Only the last four symbols were read. */
  BURIN_REASON_LETTERS_LOST = 27,
  BURIN_REASON_BLOCKS_SWAPPED = 28 /* Letters and digits in the other order. */
};

/* "look-alike", "stroke gain" ...: a literal; "" for none, NULL for a number that is no reason. Since 0.1. */
BURIN_API const char* burin_reason_name(uint32_t reason);

/* Of one move. Since 0.1. */
typedef struct burin_reason {
  uint32_t reason; /* BURIN_REASON_... */
  uint32_t reserved;
  /* One line of English: "8 read where 3 is recorded: stroke gain". "" where there is no difference, and at the further
   * moves of a difference whose text stands at its first. NUL-terminated. */
  const char* text;
} burin_reason;

/*
 * The reasons of match `i`: *count of them, one for each move of burin_result_alignment and in that order. Made when
 * first asked for; live as long as the result. BURIN_OUT_OF_RANGE: there is no match `i`. Since 0.1.
 */
BURIN_API burin_status burin_result_reasons(burin_result* result, size_t i, const burin_reason** reasons, size_t* count,
                                            burin_error** error);

/*
 * One record as the only match, whatever it costs. Of the options, costs and channel count; conditions, limits and
 * budgets do not. No match: the record has no mark, one that is too long, of another length than the reading says, or
 * one that cannot be read so at all (hamming). BURIN_OUT_OF_RANGE: there is no such record. Takes up to a second for
 * ten million records, to find the record's mark. Since 0.1.
 */
BURIN_API burin_status burin_explain(burin_searcher* searcher, const burin_reading* reading,
                                     const burin_search_options* options, uint64_t record_id, burin_result** out,
                                     burin_error** error);

/*
 * The same for a text that is in no index, `size` bytes, read as a recorded cell is (burin_recorded_read): a match for
 * each mark in it, in their order, with record ids from 1. Since 0.1.
 */
BURIN_API burin_status burin_explain_text(const burin_reading* reading, const burin_search_options* options,
                                          const char* text, size_t size, burin_result** out, burin_error** error);

BURIN_END_DECLS

#endif
