/*
 * Records in, an index file out.
 *
 * A row of a registry has a key, a source, the text of a mark and attributes. Its text becomes one record or, with
 * several numbers in one cell, several. The same rows in the same order give the same bytes, on every machine.
 */
#ifndef BURIN_BUILDER_H_
#define BURIN_BUILDER_H_

#include "burin/attribute.h"
#include "burin/export.h"
#include "burin/status.h"
#include "burin/table.h"
#include "burin/text.h"

BURIN_BEGIN_DECLS

/* Bytes of a key, at most. */
#define BURIN_MAX_KEY_BYTES 64

/* Collects rows. One thread at a time. Since 0.1. */
typedef struct burin_builder burin_builder;

/*
 * A row of a table that could not be used, as handed to a callback: all of it is borrowed for the call, and what is
 * not known is empty. Fixed for ever. Since 0.1.
 */
typedef struct burin_reject {
  const char* file;  /* The path of the table. */
  uint64_t row;      /* From 1; the header does not count. */
  uint64_t line;     /* Of the file, from 1. */
  burin_view column; /* The name of the column at fault. */
  burin_view reason; /* One line of English. */
  burin_view text;   /* The text at fault, shortened. */
} burin_reject;

/* Receives rejected rows. Non-zero stops: the call under way answers BURIN_CANCELLED. Since 0.1. */
typedef int32_t (*burin_reject_fn)(void* user, const burin_reject* reject);

/*
 * What an index is made for. Searches without a budget answer the same with either; what a budget stops, and work,
 * differ. Since 0.1.
 */
enum {
  BURIN_PROFILE_FAST = 0, /* Serials in two orders: searches begin at the better end of a reading. */
  BURIN_PROFILE_SMALL = 1 /* In one: about half the size of the other's keys; slower where readings begin damaged. */
};

/*
 * How values of integers and dates are read, as bits; 0 is fine for most. A value is what its type says
 * (BURIN_ATTRIBUTE_...), or: `1990.0`; a date with a time behind it, which is left out; `20140128`; day, month and a
 * year of four digits with one separator between them, whatever it is. With the year last, the order of day and month
 * is what is said here; if nothing is, a date is read where there is one way to read it (`17/10/2013`), never guessed.
 *
 * A value that cannot be read is absent, and its row is kept: the text as recorded (valid UTF-8, at most 4096 bytes)
 * becomes the value of the category NAME_recorded (of the first 55 bytes of NAME), and is counted. A row is rejected
 * for it if BURIN_VALUES_STRICT says so, or if the row has another NAME_recorded or that is no category. Since 0.1.
 */
enum {
  BURIN_VALUES_STRICT = 1,
  BURIN_VALUES_DAY_FIRST = 2,   /* 17/10/2013. One of these three at most. */
  BURIN_VALUES_MONTH_FIRST = 4, /* 10/17/2013 */
  BURIN_VALUES_YEAR_FIRST = 8   /* 2013/10/17: dates with the year last are not read. */
};

/* Since 0.1. */
typedef struct burin_builder_options {
  uint32_t struct_size;
  uint32_t values; /* BURIN_VALUES_...: of rows, and of tables whose mapping says nothing else. */
  /* Characters that mean "unreadable here": as in burin_recorded_options. Borrowed for the call. */
  const char* unreadable;
  /* A CSV file for rejected rows (file, row, line, column, reason, text), or NULL. It is created with the builder, as a
   * temporary file beside it, and is at its path once burin_builder_write has succeeded. A table that would be
   * overwritten by it, under whatever name, is refused by burin_builder_add_table (BURIN_INVALID_ARGUMENT). Borrowed
   * for the call. */
  const char* rejects_path;
  /* A function for rejected rows, or NULL; beside the file or instead of it. */
  burin_reject_fn on_reject;
  void* reject_user;
  /* Asked now and then while burin_builder_write runs, or NULL. */
  burin_cancel_fn cancel;
  void* cancel_user;
  uint32_t profile; /* BURIN_PROFILE_... */
  /* How many threads burin_builder_write works on, the calling one among them, at most BURIN_MAX_THREADS; 0 and 1: the
   * calling one alone. The others end before it returns; where the system gives fewer, fewer work. The bytes written
   * do not depend on it. Callbacks are called on the calling thread. */
  uint32_t threads;
  /* Bounds what the builder holds in memory to about so many bytes, at least BURIN_LEAST_MEMORY; 0: as many as it takes
   * (30 to 70 a record). The rest is laid aside in a file without a name, of which nothing is left however the process
   * ends. Not bounded are: the different values of attributes; of keys that are not rising numbers in each source, 9 to
   * 18 bytes each; the bytes of one section at a time. The bytes written do not depend on it. */
  uint64_t memory_bytes;
  /* Where that file is made: a directory, or NULL: TMPDIR of the environment, or /tmp. Borrowed for the call. */
  const char* temporary_directory;
  /* A table of the source's own sentinels, or NULL: its columns `text` and `kind` (as burin_missing_name says it). They
   * go before the library's and may be numbers, such as 9997. Borrowed for the call. */
  const char* sentinels;
} burin_builder_options;
#define BURIN_BUILDER_OPTIONS_INIT \
  { sizeof(burin_builder_options), 0, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0, 0, NULL, NULL }

/* Of burin_builder_options.memory_bytes: 64 MiB. Since 0.1. */
#define BURIN_LEAST_MEMORY 67108864

/*
 * An empty builder. BURIN_IO: the rejects file cannot be made. BURIN_OUT_OF_RANGE: there is no such profile, too
 * many threads, memory_bytes below BURIN_LEAST_MEMORY. BURIN_BAD_INPUT: `sentinels` has a text without words or twice,
 * or a kind that there is not; the message names file and row. A struct_size that ends
 * before `profile` stands for defaults from there on. Since 0.1.
 */
BURIN_API burin_status burin_builder_create(const burin_builder_options* options, burin_builder** out,
                                            burin_error** error);

/* Releases a builder and, if it was not written, what it has of a rejects file. Since 0.1. */
BURIN_API void burin_builder_destroy(burin_builder* builder);

/*
 * Declares an attribute for the rows to come; *number, unless NULL, is its place in burin_row.attributes. Attributes
 * are numbered from 0 in the order of declaration; declaring one again with the same type answers its number. `type`
 * is BURIN_ATTRIBUTE_...; a reserved name has its own type. BURIN_INVALID_ARGUMENT: another type before, or a name
 * that is empty, over 64 bytes or one of source, key, serial. Since 0.1.
 */
BURIN_API burin_status burin_builder_add_attribute(burin_builder* builder, const char* name, uint32_t type,
                                                   uint32_t* number, burin_error** error);

/* One row. Everything is UTF-8 and borrowed for the call. Since 0.1. */
typedef struct burin_row {
  uint32_t struct_size;
  uint32_t attribute_count; /* At most as many as are declared; those beyond are absent. */
  burin_view key;           /* Up to BURIN_MAX_KEY_BYTES bytes, unique within its source; empty: the row's number. */
  burin_view source;        /* Who holds the record; may be empty. */
  burin_view text;          /* The mark as recorded; empty: not recorded. */
  const burin_view* attributes; /* By number; an empty value is absent. */
} burin_row;
#define BURIN_ROW_INIT \
  { sizeof(burin_row), 0, {NULL, 0}, {NULL, 0}, {NULL, 0}, NULL }

/*
 * Adds a row. BURIN_INVALID_ARGUMENT: a key that is too long or was added before for this source, a value that its
 * type cannot read if values are strict, a text, key or source that is not UTF-8. Then nothing was added and the
 * builder can go on: this is not a rejected row, the caller decides. Rows are numbered from 1, over this call and
 * burin_builder_add_table together. Since 0.1.
 */
BURIN_API burin_status burin_builder_add_row(burin_builder* builder, const burin_row* row, burin_error** error);

/* Which column of a table goes where. Fixed for ever. Since 0.1. */
typedef struct burin_column {
  const char* name;   /* "serial", "key", "source" or a reserved name; of a further attribute, any name. */
  const char* column; /* The column's name in the header. */
  uint32_t type;      /* Of an attribute: BURIN_ATTRIBUTE_...; for the others 0. */
  uint32_t reserved;  /* 0. */
} burin_column;

/*
 * Told how far a table has been read, about every 64 Ki rows: bytes of the file read, bytes it has (0: not known),
 * and its rows so far. Non-zero stops: BURIN_CANCELLED. Since 0.1.
 */
typedef int32_t (*burin_progress_fn)(void* user, uint64_t bytes_read, uint64_t bytes_total, uint64_t rows);

/* How a table becomes rows. Everything is borrowed for the call. Since 0.1. */
typedef struct burin_mapping {
  uint32_t struct_size;
  uint32_t
      values; /* BURIN_VALUES_...: an order of dates takes the place of that of the options; strict if either is. */
  /* The columns to use. Without any, those whose headers are serial, key, source or a reserved name of an attribute. */
  const burin_column* columns;
  size_t column_count;
  /* Further attributes, beside either. */
  const burin_column* attributes;
  size_t attribute_count;
  /* The source of all rows, or NULL; where there is a column for it, of the rows in which that is empty. */
  const char* source;
  burin_progress_fn on_progress; /* Or NULL. */
  void* progress_user;
  uint32_t digitless; /* BURIN_DIGITLESS_...: what a text without any digit is. */
  uint32_t reserved_end;
} burin_mapping;
#define BURIN_MAPPING_INIT \
  { sizeof(burin_mapping), 0, NULL, 0, NULL, 0, NULL, NULL, NULL, 0, 0 }

/*
 * What a text of a table without any digit is, unless it is a sentinel. burin_builder_add_row takes such a text for the
 * serial that it was given as. Since 0.1.
 */
enum {
  BURIN_DIGITLESS_BY_COLUMN = 0, /* No serial where fewer than one text in twenty is so: docs/marks.md 6. */
  BURIN_DIGITLESS_SERIAL = 1,
  BURIN_DIGITLESS_MISSING = 2
};

/*
 * Adds the rows of a table, from its current row's successor to its end. A row that cannot be used (bad quoting or
 * encoding of its text, key or source, a key that occurred before in its source, a value that its type cannot read if
 * values are strict) is rejected: it is counted and goes to the rejects file and the callback of the options. Columns
 * that are not mapped reject none (burin_table_use). BURIN_INVALID_ARGUMENT, before any row is read: no
 * column for the serial, a column that the table has not (the message lists those it has), a name mapped twice, a
 * name in `columns` that is not reserved. BURIN_BAD_INPUT: two columns have the name of one that is used. BURIN_IO,
 * BURIN_NO_MEMORY: reading failed; the rows before were added. BURIN_CANCELLED: a callback said so. Since 0.1.
 */
BURIN_API burin_status burin_builder_add_table(burin_builder* builder, burin_table* table, const burin_mapping* mapping,
                                               burin_error** error);

/* What was added so far. Set struct_size before the call. Since 0.1. */
typedef struct burin_builder_counts {
  uint32_t struct_size;
  uint32_t reserved;
  uint64_t rows;            /* Read, rejected ones included. */
  uint64_t rejected;        /* Rows of tables. */
  uint64_t records;         /* One for each mark. */
  uint64_t partial_records; /* Among them. */
  /* Among them, by BURIN_MISSING_...; [0] is 0. */
  uint64_t missing[BURIN_MISSING_KINDS];
} burin_builder_counts;
#define BURIN_BUILDER_COUNTS_INIT                      \
  {                                                    \
    sizeof(burin_builder_counts), 0, 0, 0, 0, 0, { 0 } \
  }

/* Fills *counts as far as its struct_size goes. Still answers once the builder was written. Since 0.1. */
BURIN_API burin_status burin_builder_get_counts(const burin_builder* builder, burin_builder_counts* counts,
                                                burin_error** error);

/*
 * The number of different sentinels met so far, and with them of texts that were no number (BURIN_MISSING_TEXT,
 * BURIN_MISSING_DAMAGED); of these, the first 10,000 different ones. Since 0.1.
 */
BURIN_API size_t burin_builder_sentinel_count(const burin_builder* builder);

/*
 * Sentinel `i`, in order of spelling, as the table of sentinels spells it, or the text, NUL-terminated;
 * *records, unless NULL, is how many records it was met in, *missing, unless NULL, what it means (BURIN_MISSING_...).
 * NULL: there is none. Lives as long as the builder; numbers hold until the next row is added. Since 0.1.
 */
BURIN_API const char* burin_builder_sentinel(const burin_builder* builder, size_t i, uint64_t* records,
                                             uint32_t* missing);

/*
 * Values of attributes that could not be read, in what was added so far. The number of attributes that have some. Since
 * 0.1.
 */
BURIN_API size_t burin_builder_unread_count(const burin_builder* builder);

/*
 * Attribute `i` of these, in order of name: its name, NUL-terminated; *rows, unless NULL, is how many rows have no
 * value for it because theirs could not be read. NULL: there is none. Lives until the next row is added. Since 0.1.
 */
BURIN_API const char* burin_builder_unread(const burin_builder* builder, size_t i, uint64_t* rows);

/*
 * Text `j` of that attribute, in order of spelling, as it is kept in NAME_recorded, NUL-terminated; *rows, unless NULL,
 * is how many rows have it. The first 1000 different ones are known. NULL: there is none. Lives until the next row is
 * added. Since 0.1.
 */
BURIN_API const char* burin_builder_unread_text(const burin_builder* builder, size_t i, size_t j, uint64_t* rows);

/*
 * Writes the index: to a temporary file beside `path`, flushed to disk and renamed, so that the file is there whole
 * or not at all. The rejects file, if the options name one, is on disk before that and gets its name behind it: rejects
 * that do not fit leave no index. The builder is spent afterwards, whatever the outcome; only its counts can still be
 * asked for. BURIN_INVALID_ARGUMENT: `path` is a table that was read or the rejects file, under whatever name.
 * BURIN_BAD_INPUT: rows were rejected and the options name nowhere for them to go, or not one row could be used;
 * nothing is written, the message gives their number and the first of them. BURIN_IO: the disk is full, `path` is a
 * directory. BURIN_CANCELLED: the cancel function said so; nothing is written. BURIN_STATE: written before. Since 0.1.
 */
BURIN_API burin_status burin_builder_write(burin_builder* builder, const char* path, burin_error** error);

BURIN_END_DECLS

#endif
