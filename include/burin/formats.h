/*
 * Formats of makers: what the serials of a maker look like. Which of them does a serial or a reading fit, and is it
 * what this maker is known to have used?
 *
 * The library brings a table of formats that somebody counted or wrote down (docs/formats.md). It is an aid to
 * explanation and a soft prior. It knows what was seen, not all that was made, so it is no reason to drop a record.
 */
#ifndef BURIN_FORMATS_H_
#define BURIN_FORMATS_H_

#include "burin/export.h"
#include "burin/reading.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* A table of formats, numbered from 0 in the order of its file. Immutable: any number of threads may use one. Since
 * 0.1. */
typedef struct burin_formats burin_formats;

/*
 * Opens a table: a file in the form of docs/formats.md, "-" for standard input, or, with NULL, the one that the library
 * brings. BURIN_IO: missing, unreadable, a directory. BURIN_BAD_INPUT: a line that is no format; the message names
 * file, line and column and what was expected there. May be called by several threads. Since 0.1.
 */
BURIN_API burin_status burin_formats_open(const char* path, burin_formats** out, burin_error** error);

/* Releases a table. Since 0.1. */
BURIN_API void burin_formats_destroy(burin_formats* formats);

/* The number of formats; 0 if `formats` is NULL. Since 0.1. */
BURIN_API size_t burin_formats_count(const burin_formats* formats);

/* A format. Texts are UTF-8 and NUL-terminated, "" where the table has none, and live as long as the table. Since
 * 0.1. */
typedef struct burin_format {
  uint32_t struct_size;
  uint32_t counted;    /* 1: `seen` is known. 0: it is not, and is 0. */
  uint64_t seen;       /* Weapons seen with a serial of this format. */
  uint32_t first_year; /* Years of manufacture; 0: not known. */
  uint32_t last_year;
  /* The share of this format among the serials of its maker, 0 to 1, smoothed: docs/formats.md. */
  double weight;
  const char* maker;
  const char* model;
  const char* pattern; /* Over folded serials. */
  const char* words;   /* The pattern in words, "3 letters, 5 digits". */
  const char* source;  /* Where it is known from. */
  const char* note;
} burin_format;
#define BURIN_FORMAT_INIT \
  { sizeof(burin_format), 0, 0, 0, 0, 0.0, NULL, NULL, NULL, NULL, NULL, NULL }

/* Fills *format as far as its struct_size goes. BURIN_OUT_OF_RANGE: there is no format `i`. Since 0.1. */
BURIN_API burin_status burin_formats_get(const burin_formats* formats, size_t i, burin_format* format,
                                         burin_error** error);

/*
 * The formats that a reading fits: those that some serial which satisfies it has. Length, part and the rule of NCIC
 * count as in a search; weights, doubt and alteration are ignored. Their numbers are written to `fitting`, ascending;
 * *needed receives how many there are, at most burin_formats_count. BURIN_OUT_OF_RANGE: there are more than `capacity`,
 * and nothing is written. With capacity 0 it is BURIN_OK and only their number is asked for. Since 0.1.
 */
BURIN_API burin_status burin_formats_match(const burin_formats* formats, const burin_reading* reading,
                                           uint32_t* fitting, size_t capacity, size_t* needed, burin_error** error);

/*
 * The same for a whole serial of `size` bytes of UTF-8, which is folded first. BURIN_INVALID_ARGUMENT: not UTF-8. A
 * text that folds to more than BURIN_MAX_SYMBOLS symbols fits nothing. Since 0.1.
 */
BURIN_API burin_status burin_formats_match_serial(const burin_formats* formats, const char* text, size_t size,
                                                  uint32_t* fitting, size_t capacity, size_t* needed,
                                                  burin_error** error);

/* Whether a serial fits a maker. Values never change. Since 0.1. */
enum {
  BURIN_MAKER_UNKNOWN = 0,     /* No format of this maker is known. */
  BURIN_MAKER_FITS = 1,        /* A format of the maker fits; with a model that has formats, one of those. */
  BURIN_MAKER_OTHER_MODEL = 2, /* A format of the maker fits, but none of this model. */
  BURIN_MAKER_DOES_NOT_FIT = 3 /* No known format of the maker fits. */
};

/* What is known of a serial and a maker. Since 0.1. */
typedef struct burin_maker_verdict {
  uint32_t struct_size;
  uint32_t fit;    /* BURIN_MAKER_... */
  double weight;   /* The weights of the maker's fitting formats, summed; 0 if the maker is unknown. */
  double unlisted; /* The weight of formats of the maker that nobody listed; 1 if the maker is unknown. */
} burin_maker_verdict;
#define BURIN_MAKER_VERDICT_INIT \
  { sizeof(burin_maker_verdict), 0, 0.0, 0.0 }

/*
 * Judges what a match answered (`fitting`, `count` numbers) for a maker and, unless it is empty, a model. Names are
 * UTF-8 and compare as attributes do, without case; other spellings that the table knows are the maker too. *verdict is
 * filled as far as its struct_size goes. BURIN_OUT_OF_RANGE: a number that is none of a format. Since 0.1.
 */
BURIN_API burin_status burin_formats_judge(const burin_formats* formats, const uint32_t* fitting, size_t count,
                                           burin_view maker, burin_view model, burin_maker_verdict* verdict,
                                           burin_error** error);

/*
 * The same as one line of English with the commonest formats of the maker: "fits nothing that is known of ...". Written
 * to `buffer` as burin_fold does. Since 0.1.
 */
BURIN_API burin_status burin_formats_explain(const burin_formats* formats, const uint32_t* fitting, size_t count,
                                             burin_view maker, burin_view model, char* buffer, size_t capacity,
                                             size_t* needed, burin_error** error);

/* 1 if format `i` is of this maker, by any of its spellings; else 0. Since 0.1. */
BURIN_API int32_t burin_formats_is_of(const burin_formats* formats, size_t i, burin_view maker);

BURIN_END_DECLS

#endif
