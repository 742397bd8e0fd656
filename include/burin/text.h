/* Marks as text: what a text folds to, and what a cell of a registry records. docs/design.md, "Marks as text". */
#ifndef BURIN_TEXT_H_
#define BURIN_TEXT_H_

#include "burin/export.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Symbols in one mark, at most. Longer marks are kept, but no search can see them. */
#define BURIN_MAX_SYMBOLS 64

/*
 * Folds `size` bytes of UTF-8 to a serial: upper case, digits of every script as 0-9, separators dropped, Latin letters
 * without their marks and strokes, Cyrillic and Greek look-alikes as the Latin letter. Folding a serial again changes
 * nothing.
 *
 * Writes to `buffer` (`capacity` bytes, no terminator is added) and sets *needed, which must not be NULL, to the size
 * of the serial. If it does not fit, nothing is written: BURIN_OUT_OF_RANGE, or BURIN_OK with capacity 0, which asks
 * for the size. BURIN_INVALID_ARGUMENT: not valid UTF-8. May be called by several threads. Since 0.1.
 */
BURIN_API burin_status burin_fold(const char* text, size_t size, char* buffer, size_t capacity, size_t* needed,
                                  burin_error** error);

/*
 * The version of the folding, and of the rules by which cells are read: what burin_fold folds by. An index says in
 * burin_index_info.folding_version which one made its serials; readings are searched for in it by that, and
 * burin_index_fold folds by it. Cannot fail. Since 0.1.
 */
BURIN_API uint32_t burin_folding_version(void);

/* Why a record has no mark that can be searched. Values are stored in files and never change. Since 0.1. */
enum {
  BURIN_MISSING_NONE = 0, /* It has one. */
  BURIN_MISSING_UNKNOWN = 1,
  BURIN_MISSING_ILLEGIBLE = 2,
  BURIN_MISSING_NOT_PRESENT = 3,
  BURIN_MISSING_NOT_APPLICABLE = 4,
  BURIN_MISSING_NOT_RECORDED = 5, /* An empty cell too. */
  BURIN_MISSING_TOO_LONG = 6,     /* Over BURIN_MAX_SYMBOLS symbols. */
  BURIN_MISSING_OBLITERATED = 7,  /* It was there, and somebody removed or altered it. */
  BURIN_MISSING_NEVER_MARKED = 8, /* The weapon was made without one. */
  BURIN_MISSING_NOTHING_REPORTED = 9,
  BURIN_MISSING_TEXT = 10,   /* Words that say none of these, in a column of numbers. */
  BURIN_MISSING_DAMAGED = 11 /* A spreadsheet lost it: 1.23457E+11, #VALUE!. */
};
/* Kinds that arrays of counts have room for. Since 0.1. */
#define BURIN_MISSING_KINDS 16

/*
 * "unknown", "not present", ...; "" for BURIN_MISSING_NONE and for values that this library has not. Static. Since
 * 0.1.
 */
BURIN_API const char* burin_missing_name(uint32_t missing);

/* What one cell of a registry records: one or more marks. Immutable. Since 0.1. */
typedef struct burin_recorded burin_recorded;

/* How cells are read. Since 0.1. */
typedef struct burin_recorded_options {
  uint32_t struct_size;
  uint32_t reserved;
  /* Characters that mean "unreadable here": each stands for one, but `*` for any number, and for one if it is named
   * twice. NULL: "?_*". "": nothing is unreadable; else runs such as "A12##45" and signs such as U+25A1 are, too
   * (docs/marks.md 3). Borrowed for the call. */
  const char* unreadable;
} burin_recorded_options;
#define BURIN_RECORDED_OPTIONS_INIT \
  { sizeof(burin_recorded_options), 0, NULL }

/*
 * Reads a cell (`size` bytes of UTF-8) as burin_builder_add_row would: sentinels such as "n/a" are recognised,
 * several numbers are told apart, unreadable characters make a partial record, label words before a number go, notes
 * are told from it. BURIN_INVALID_ARGUMENT: not valid UTF-8. May be called by several threads. Since 0.1.
 */
BURIN_API burin_status burin_recorded_read(const char* text, size_t size, const burin_recorded_options* options,
                                           burin_recorded** out, burin_error** error);

/* Releases it. Since 0.1. */
BURIN_API void burin_recorded_destroy(burin_recorded* recorded);

/* The number of marks in the cell: at least 1; 0 if `recorded` is NULL. Since 0.1. */
BURIN_API size_t burin_recorded_count(const burin_recorded* recorded);

/*
 * BURIN_MISSING_NONE if mark `i` (from 0) can be searched, else why not. BURIN_MISSING_NONE for no such mark. Since
 * 0.1.
 */
BURIN_API uint32_t burin_recorded_missing(const burin_recorded* recorded, size_t i);

/* 1 if mark `i` is partial: some of it is unreadable; else 0. Since 0.1. */
BURIN_API int32_t burin_recorded_is_partial(const burin_recorded* recorded, size_t i);

/*
 * The serial of mark `i`, NUL-terminated; of a partial record its items, with `?` for one unreadable character and
 * `*` for any number. "" if there is none. *size, unless `size` is NULL, receives its bytes. NULL: there is no mark
 * `i`. Lives as long as `recorded`, and so do the next two. Since 0.1.
 */
BURIN_API const char* burin_recorded_serial(const burin_recorded* recorded, size_t i, size_t* size);

/* The component that a note in the cell names for mark `i`, as in "MDY272(cano)"; else "". Since 0.1. */
BURIN_API const char* burin_recorded_component(const burin_recorded* recorded, size_t i, size_t* size);

/*
 * What the cell says of mark `i` beside its number: `name` is "component", "location", "method", "condition", or
 * "cell_rule" for the rules that changed what was typed ("label note"). "" for others and for what is not said; NULL:
 * there is no mark `i`. Lives as long as `recorded`. Since 0.1.
 */
BURIN_API const char* burin_recorded_attribute(const burin_recorded* recorded, size_t i, const char* name,
                                               size_t* size);

/* The sentinel that mark `i` matched, as the table of sentinels spells it; else "". Since 0.1. */
BURIN_API const char* burin_recorded_sentinel(const burin_recorded* recorded, size_t i, size_t* size);

BURIN_END_DECLS

#endif
