/*
 * Readings: what somebody could read of a mark. The query of every search.
 *
 * A reading is parsed from a pattern ("A1?[38]4*", the syntax of docs/patterns.md), or built arc by arc as a lattice;
 * the two are the same thing. Beside it stand options about the mark as a whole: its length, the part of it that was
 * read.
 */
#ifndef BURIN_READING_H_
#define BURIN_READING_H_

#include "burin/export.h"
#include "burin/status.h"
#include "burin/text.h"

BURIN_BEGIN_DECLS

/* A reading. Immutable: any number of threads may search with one. Since 0.1. */
typedef struct burin_reading burin_reading;

/* Which part of the mark was read. Since 0.1. */
enum {
  BURIN_PART_WHOLE = 0, /* All of it. */
  BURIN_PART_START = 1, /* Its start: anything may follow. */
  BURIN_PART_END = 2,   /* Its end: anything may stand before. */
  BURIN_PART_MIDDLE = 3 /* Anything may stand before and follow. */
};

/* What is known beside the text. Since 0.1. */
typedef struct burin_reading_options {
  uint32_t struct_size;
  uint32_t min_length; /* Symbols of the whole mark, at least: 0 .. BURIN_MAX_SYMBOLS. */
  uint32_t max_length; /* At most: min_length .. BURIN_MAX_SYMBOLS; 0: BURIN_MAX_SYMBOLS. */
  uint32_t part;       /* BURIN_PART_... */
  /* 1: the rule of NCIC and its state systems: O and 0 are the same, and letters between the first and the last digit
   * of either side do not count. 0: not. */
  uint32_t ncic;
  uint32_t reserved;
} burin_reading_options;
#define BURIN_READING_OPTIONS_INIT \
  { sizeof(burin_reading_options), 0, 0, 0, 0, 0 }

/*
 * Parses a pattern of `size` bytes of UTF-8. BURIN_INVALID_ARGUMENT: it is malformed; the message says what was
 * expected and burin_error_position the column, in code points from 1. BURIN_OUT_OF_RANGE: a length or part outside
 * its range. May be called by several threads. Since 0.1.
 */
BURIN_API burin_status burin_reading_parse(const char* pattern, size_t size, const burin_reading_options* options,
                                           burin_reading** out, burin_error** error);

/* Releases a reading. Results of searches do not need it. Since 0.1. */
BURIN_API void burin_reading_destroy(burin_reading* reading);

/*
 * The reading restated in words, options included, so that whoever typed it sees what it was taken to mean: one line
 * of English, NUL-terminated. "" if `reading` is NULL. Lives as long as the reading. Since 0.1.
 */
BURIN_API const char* burin_reading_words(const burin_reading* reading);

/*
 * The number of elements: what burin_move.element (search.h) counts, from 0. Those of the pattern, or of the lattice
 * in the order in which arcs were added, come first, and the options `part` and `ncic` may add others; with `ncic`
 * all of them are new. Since 0.1.
 */
BURIN_API size_t burin_reading_element_count(const burin_reading* reading);

/*
 * An element as it is to be shown: "A", "[38]", "?", "*". It is the part of the pattern that the element came from,
 * where it came from one (repetitions of one item share it); else its members written as a pattern. NUL-terminated;
 * *size, unless NULL, receives the bytes. NULL: there is no such element. Lives as long as the reading. Since 0.1.
 */
BURIN_API const char* burin_reading_element_text(const burin_reading* reading, size_t element, size_t* size);

/*
 * Where that part stands in the pattern: bytes [*begin, *end). Both 0 where there is none. Either pointer may be
 * NULL. Since 0.1.
 */
BURIN_API void burin_reading_element_span(const burin_reading* reading, size_t element, size_t* begin, size_t* end);

/*
 * A reading under construction: slots in a row, from slot 0, where it starts, to the last one added, where it ends,
 * and arcs between them. An arc with an element reads one character; an empty arc is free passage; an arc from a slot
 * to itself is a loop: its element any number of times. A[38]* is
 *
 *   slot 0 --A--> slot 1 --[38]--> slot 2 --empty--> slot 3, with a loop of any symbol
 *
 * One thread at a time. Since 0.1.
 */
typedef struct burin_lattice burin_lattice;

/* How sure the examiner is of an element. A channel prices it; unit costs ignore it. Since 0.1. */
enum {
  BURIN_DOUBT_CERTAIN = 0,
  BURIN_DOUBT_PROBABLE = 1, /* `~` */
  BURIN_DOUBT_POSSIBLE = 2  /* `~~` */
};

/* Bits of burin_element.flags. Since 0.1. */
enum {
  BURIN_ELEMENT_EXCEPT = 1, /* Any symbol but those named; with none named, any symbol at all (`?`). */
  BURIN_ELEMENT_ALTERED = 2 /* `!`: looks altered. */
};

/* One read character. Since 0.1. */
typedef struct burin_element {
  uint32_t struct_size;
  uint32_t flags; /* BURIN_ELEMENT_..., or 0. */
  /* Folded symbols as code points, each once: `symbol_count` of them. Borrowed for the call. */
  const uint32_t* symbols;
  size_t symbol_count;
  /* NULL: all weigh the same. Else the relative support of each symbol, as many as there are, finite and above 0: what
   * the mark alone says, before any candidate. Not together with BURIN_ELEMENT_EXCEPT. */
  const double* support;
  uint32_t doubt;   /* BURIN_DOUBT_... */
  uint32_t beneath; /* With BURIN_ELEMENT_ALTERED: the symbol seen beneath, or 0. */
} burin_element;
#define BURIN_ELEMENT_INIT \
  { sizeof(burin_element), 0, NULL, 0, NULL, 0, 0 }

/* A lattice with slot 0 and no arcs. Since 0.1. */
BURIN_API burin_status burin_lattice_create(burin_lattice** out, burin_error** error);

/* Releases a lattice. Readings made from it do not need it. Since 0.1. */
BURIN_API void burin_lattice_destroy(burin_lattice* lattice);

/*
 * Adds a slot behind the last one; *slot, unless NULL, is its number. BURIN_OUT_OF_RANGE: over 1024 slots. Since 0.1.
 */
BURIN_API burin_status burin_lattice_add_slot(burin_lattice* lattice, uint32_t* slot, burin_error** error);

/*
 * Adds an arc that reads `element`; *number, unless NULL, receives the number of the element. from < to, or from ==
 * to for a loop, of which a slot has at most one. BURIN_INVALID_ARGUMENT: not so, a symbol that folding would change
 * or remove, no symbols, or bad support. BURIN_OUT_OF_RANGE: no such slot, doubt out of range, over 4096 arcs. Since
 * 0.1.
 */
BURIN_API burin_status burin_lattice_add_arc(burin_lattice* lattice, uint32_t from, uint32_t to,
                                             const burin_element* element, uint32_t* number, burin_error** error);

/* Adds free passage, from < to: an optional item, a branch of a group. Errors as above. Since 0.1. */
BURIN_API burin_status burin_lattice_add_empty(burin_lattice* lattice, uint32_t from, uint32_t to, burin_error** error);

/*
 * Makes a reading from a copy of the lattice, which can go on growing. BURIN_INVALID_ARGUMENT: the end cannot be
 * reached from the start. BURIN_OUT_OF_RANGE: options, as for burin_reading_parse. Since 0.1.
 */
BURIN_API burin_status burin_reading_from_lattice(const burin_lattice* lattice, const burin_reading_options* options,
                                                  burin_reading** out, burin_error** error);

BURIN_END_DECLS

#endif
