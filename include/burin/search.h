/*
 * Search: which records do not contradict a reading? Exact: no record within the cost asked for is missed, unless the
 * result says that a budget stopped it.
 */
#ifndef BURIN_SEARCH_H_
#define BURIN_SEARCH_H_

#include "burin/channel.h"
#include "burin/export.h"
#include "burin/index.h"
#include "burin/reading.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* What a difference between reading and mark costs. Since 0.1. */
enum {
  BURIN_COSTS_CHANNEL = 0,     /* -ln probability under a channel, in 1/64 nat. */
  BURIN_COSTS_OSA = 1,         /* 1 an edit: insert, delete, substitute, swap neighbours. */
  BURIN_COSTS_LEVENSHTEIN = 2, /* The same without swaps. */
  BURIN_COSTS_HAMMING = 3      /* Substitutions only; gaps of the reading still take any length. */
};

/* What counts as one match. Since 0.1. */
enum {
  BURIN_BY_RECORD = 0,
  BURIN_BY_SERIAL = 1, /* The first record of each serial stands for it. */
  BURIN_BY_WEAPON = 2  /* The best record of each value of the attribute weapon; records without one stand alone. */
};

/* 1/64 nat: a factor e in probability is so much cost. */
#define BURIN_COSTS_PER_NAT 64
/* For within: at any cost. */
#define BURIN_WITHIN_ANY (-1)

/* What to search for. Everything is borrowed for the call. Since 0.1. */
typedef struct burin_search_options {
  uint32_t struct_size;

  /* What is found. */
  uint32_t costs;      /* BURIN_COSTS_... */
  const char* channel; /* With BURIN_COSTS_CHANNEL: the name of one of the library's; NULL: "typed". Else NULL. */
  int32_t within;      /* With unit costs: edits, at most; BURIN_WITHIN_ANY: any number, with `top` only. */
  uint32_t max_cost;   /* With a channel: 1/64 nat above the best cost that any mark could have; 0: 18 nats. */
  uint64_t top;        /* The best N. 0: all with unit costs, 10 with a channel. UINT64_MAX: all. */
  uint32_t by;         /* BURIN_BY_... */
  uint32_t reserved;

  /* Which records count at all; all conditions must hold. */
  /* Conditions on attributes: a=v, a=v|w, a!=v, year>=1990, a= (absent), as docs/patterns.md describes. */
  const char* const* where;
  size_t where_count;
  /* The mark's class (attribute mark_class) is one of these. */
  const char* const* classes;
  size_t class_count;
  /* The component (attribute component) is one of these. */
  const char* const* components;
  size_t component_count;
  /* As of a day, month or year: records whose attribute date lies wholly after it do not count. NULL: any. */
  const char* date;

  /* When to give up; the result then is BURIN_OK with burin_result_complete 0, and holds what was seen of the levels of
   * cost before, in order, and of the level at hand some. */
  uint64_t max_work;    /* Units of burin_result_work; 0: no limit. The same outcome on every machine. */
  uint64_t deadline_ms; /* Milliseconds from the call on; 0: none. A search that is stopped hands over at most some
                           ten thousands of matches: to do more would take longer than the deadline allows. */
  burin_cancel_fn cancel;
  void* cancel_user;
  /* Stop where there are more matches than this, with so many of them; 0: no limit. Levels of cost (edits, or some
   * nats) are searched one after the other then, which costs one search for each: the result holds all matches below
   * the certificate, and at the level where it stopped some, the same on every machine. */
  uint64_t max_hits;
  /* With BURIN_COSTS_CHANNEL: this channel, and `channel` is NULL. Else NULL. */
  const burin_channel* own_channel;
  /* 1: weigh the evidence (burin/evidence.h); with a channel only. The matches then are the best by summed cost, and
   * evidence says how it stands with all records. A stream cannot weigh. */
  uint32_t evidence;
  uint32_t reserved_evidence; /* 0. */
  double prior_present;       /* That the registry holds the mark, above 0 and below 1; 0: 0.9. */
  double min_log10_lr;        /* What is not excluded: log10_lr from here on, -400 .. 400. */
  /* Further evidence (burin/joint.h); with a channel only. `evidence` weighs beliefs with the reading, and is 0 with
   * further readings or marks. NULL: none. */
  const struct burin_joint_options* joint;
  /* For which case the search is: needed, and not empty, where the registry's rules say so (burin/registry.h). It
   * changes nothing else. NULL: not said. */
  const char* case_number;
  /* The records that may be seen, as bits: bit id % 64 of word id / 64 for the record of that id, ids beyond the words
   * not among them. What is hidden changes nothing that a search says, evidence and not_searched included, but what it
   * costs: burin_result_work, when a budget runs out, and estimates. NULL: all. A receipt cannot repeat it. */
  const uint64_t* visible;
  size_t visible_words;
  /* Stop where there are more matches than so many bytes hold; 0: no limit. A match takes BURIN_BYTES_PER_MATCH of
   * them, or BURIN_BYTES_PER_WEIGHED_MATCH with evidence or with several marks of a weapon, however long the texts of
   * the index are; one match fits always. A search that could find more then goes as with max_hits; with evidence, what
   * does not fit is not weighed. `top` within what fits needs no bound. What a walk meets on its way, 16 bytes a mark,
   * and the index itself are not in it. A count keeps no matches, and takes no notice. Of a batch, for each reading. */
  uint64_t max_memory;
} burin_search_options;
/* What max_memory takes a match for. Since 0.1. */
#define BURIN_BYTES_PER_MATCH 512
#define BURIN_BYTES_PER_WEIGHED_MATCH 1024
#define BURIN_SEARCH_OPTIONS_INIT                                                                                     \
  {                                                                                                                   \
    sizeof(burin_search_options), 0, NULL, 0, 0, 0, 0, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, NULL, NULL, 0, NULL, \
        0, 0, 0, 0, NULL, NULL, NULL, 0, 0                                                                            \
  }

/* Searches one index. Keeps it alive. One thread at a time: make one for each thread. Since 0.1. */
typedef struct burin_searcher burin_searcher;

/* Since 0.1. */
BURIN_API burin_status burin_searcher_create(const burin_index* index, burin_searcher** out, burin_error** error);

/* Releases a searcher; results do not need it. Since 0.1. */
BURIN_API void burin_searcher_destroy(burin_searcher* searcher);

/* What a search found. Keeps the index alive and needs nothing else. One thread at a time. Since 0.1. */
typedef struct burin_result burin_result;

/* Bits of burin_match.flags; further ones may come. Since 0.1. */
enum {
  BURIN_MATCH_PARTIAL = 1 /* The record is a partial one. */
};

/* burin_match.edits under a channel, which counts none. */
#define BURIN_NO_EDITS UINT32_MAX

/*
 * One match. Fixed for ever: 32 bytes. What evidence says of a match (likelihood ratio, posterior) is a second array,
 * beside this one and in its order: burin_result_weights (burin/evidence.h). Since 0.1.
 */
typedef struct burin_match {
  uint64_t record_id; /* As in the index: from 1. */
  uint64_t mark;      /* burin_mark.number of a serial or, with BURIN_MATCH_PARTIAL, of a partial record. */
  uint32_t cost;      /* Edits, or 1/64 nat: of the best alignment. */
  uint32_t edits;     /* With unit costs the cost; BURIN_NO_EDITS under a channel. */
  uint32_t flags;     /* BURIN_MATCH_... */
  uint32_t reserved;  /* 0. */
} burin_match;

/*
 * Searches. `options` NULL: the best 10 under the channel "typed". Unit costs: with `within` and without `top` all
 * records within so many edits, with both the best N among them, with BURIN_WITHIN_ANY the best N of all.
 * BURIN_INVALID_ARGUMENT: an unknown channel, a condition that cannot be read or names no attribute of this index
 * (the message lists them), classes or components that the index does not record, BURIN_WITHIN_ANY without `top`.
 * BURIN_STATE: the registry's rules ask for a case_number. BURIN_OUT_OF_RANGE: costs, by, within; with evidence, a
 * reading that has no likelihood (a loop so likely that it never ends). A budget that runs out, a deadline and a cancel
 * are no errors. Since 0.1.
 */
BURIN_API burin_status burin_search(burin_searcher* searcher, const burin_reading* reading,
                                    const burin_search_options* options, burin_result** out, burin_error** error);

/* Releases a result. Since 0.1. */
BURIN_API void burin_result_destroy(burin_result* result);

/*
 * The matches, *count of them, in order: cost, then serial (length in symbols, then code points), then record id. With
 * evidence the cost is summed: -ln likelihood in 1/64 nat, to the nearest, of all alignments together.
 * NULL where there are none. Live as long as the result. Since 0.1.
 */
BURIN_API const burin_match* burin_result_matches(const burin_result* result, size_t* count);

/*
 * 1: everything that was asked for was found. 0: a budget (max_work, max_hits, max_memory), the deadline or the cancel
 * function stopped it. Since 0.1.
 */
BURIN_API int32_t burin_result_complete(const burin_result* result);

/* The certificate: every record that counts and costs less than this was seen, complete or not. Since 0.1. */
BURIN_API uint32_t burin_result_certificate(const burin_result* result);

/*
 * The channel that was searched under: its name and its hash (burin_channel_info), NUL-terminated, living as long as
 * the result. NULL with unit costs. Since 0.1.
 */
BURIN_API const char* burin_result_channel_name(const burin_result* result);
BURIN_API const char* burin_result_channel_hash(const burin_result* result);

/* The lowest cost that any mark could have against this reading; UINT32_MAX: it fits no mark. Since 0.1. */
BURIN_API uint32_t burin_result_best_cost(const burin_result* result);

/* Units of work: nodes visited and marks scored. The same on every machine. Since 0.1. */
BURIN_API uint64_t burin_result_work(const burin_result* result);

/* Records that no search can see, because their mark is missing or too long. Since 0.1. */
BURIN_API uint64_t burin_result_not_searched(const burin_result* result);

/*
 * Of match `i`: the serial (of a partial record its items, with `?` and `*`), the text as recorded, the record's key
 * and source. NUL-terminated; *size, unless NULL, receives the bytes. Made when first asked for. NULL: there is no
 * match `i`, or no memory. Live as long as the result. Since 0.1.
 */
BURIN_API const char* burin_result_serial(burin_result* result, size_t i, size_t* size);
BURIN_API const char* burin_result_text(burin_result* result, size_t i, size_t* size);
BURIN_API const char* burin_result_key(burin_result* result, size_t i, size_t* size);
BURIN_API const char* burin_result_source(burin_result* result, size_t i, size_t* size);

/* What happened to one character. Since 0.1. */
enum {
  BURIN_MOVE_KEPT = 1,        /* The element holds the mark's symbol, or the mark is unreadable there. */
  BURIN_MOVE_SUBSTITUTED = 2, /* It does not. */
  BURIN_MOVE_LOST = 3,        /* A symbol of the mark that the reading has not. */
  BURIN_MOVE_ADDED = 4,       /* An element of the reading that the mark has not. */
  BURIN_MOVE_SWAPPED = 5,     /* Neighbours in the other order: two moves in a row. */
  BURIN_MOVE_UNREAD = 6,      /* A symbol of the mark under a gap of the reading (`*`). */
  BURIN_MOVE_REWRITTEN = 7,   /* One or two symbols read as one or two others: a move for each, in their order. */
  /* What happened to the mark as a whole (a beginning or an end lost or added, zeros, letters, blocks), and its cost;
   * no element and no symbol. Symbols lost so and elements added so follow or come before, and cost nothing more. */
  BURIN_MOVE_CHANGED = 8
};

/* One step of an alignment. Fixed for ever: 16 bytes. Since 0.1. */
typedef struct burin_move {
  uint32_t kind;    /* BURIN_MOVE_... */
  int32_t element;  /* Of the reading, for burin_reading_element_text; -1: none. */
  int32_t position; /* Symbol of the serial (item of a partial record), from 0; -1: none. A `*` item may come often. */
  uint32_t cost;
} burin_move;

/*
 * How the reading lies over match `i` at the least cost: *count moves in reading order. Where several alignments cost
 * the same, the choice is fixed. Of a weapon with several marks (burin/joint.h): of the mark that stands for it, under
 * the reading of that mark. Made when first asked for; lives as long as the result. BURIN_OUT_OF_RANGE: there is
 * no match `i`. Since 0.1.
 */
BURIN_API burin_status burin_result_alignment(burin_result* result, size_t i, const burin_move** moves, size_t* count,
                                              burin_error** error);

BURIN_END_DECLS

#endif
