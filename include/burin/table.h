/* Rows in: CSV and TSV files, read once, forward, in bounded memory, decoded to UTF-8. */
#ifndef BURIN_TABLE_H_
#define BURIN_TABLE_H_

#include "burin/export.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* A table being read. One thread at a time. Since 0.1. */
typedef struct burin_table burin_table;

/* How a table is written. Since 0.1. */
typedef struct burin_table_options {
  uint32_t struct_size;
  /* ',', ';' or '\t'; 0: what a first line `sep=;` says, which is no row, else the one that occurs most in the first
   * line outside quotes. '\n': the file is a list, with one item a line, quoted as in a table or as it stands but for
   * blanks around it; blank lines are skipped. It has one column, and with no_header may be empty. */
  uint32_t separator;
  /* utf-8 (or NULL), unicode (utf-8, or utf-16 if a byte order mark says so), utf-16, cp1250, cp1251, cp1252, cp1256,
   * iso-8859-5. A byte order mark is dropped. Borrowed for the call. */
  const char* encoding;
  uint32_t no_header; /* 1: the first line is data, and columns are named 1, 2, 3, ... */
  uint32_t reserved;
  /* Asked before each piece (1 MiB) that is read, and when a signal comes while a pipe or a terminal is waited for, in
   * burin_table_open and whatever reads the table: non-zero gives up with BURIN_CANCELLED. NULL: reading goes on. */
  burin_cancel_fn cancel;
  void* cancel_user;
} burin_table_options;
#define BURIN_TABLE_OPTIONS_INIT \
  { sizeof(burin_table_options), 0, NULL, 0, 0, NULL, NULL }

/*
 * Opens a file (RFC 4180: quoted fields may hold separators, quotes and line breaks); "-" is standard input. In TSV a
 * cell that begins with a quote and does not end with one, or would lead over the line's end to other cells, is read as
 * it stands. Messages name the file. BURIN_INVALID_ARGUMENT: encoding or separator. BURIN_IO: missing, unreadable, a
 * directory. BURIN_BAD_INPUT: no header line; a workbook, a packed file or a database instead of text, the message says
 * which. BURIN_CANCELLED. Since 0.1.
 */
BURIN_API burin_status burin_table_open(const char* path, const burin_table_options* options, burin_table** out,
                                        burin_error** error);

/* Closes a table. Since 0.1. */
BURIN_API void burin_table_destroy(burin_table* table);

/* The number of columns; 0 if `table` is NULL. Since 0.1. */
BURIN_API size_t burin_table_column_count(const burin_table* table);

/*
 * The name of column `i`, NUL-terminated; NULL if there is none. Two columns may have one name; who maps it gets an
 * error. Bytes that are no text stand in a name as U+FFFD. Lives as long as the table. Since 0.1.
 */
BURIN_API const char* burin_table_column_name(const burin_table* table, size_t i);

/*
 * Of the rows to come only these columns, numbered from 0, are used: text of others that cannot be decoded, that is
 * over 1 MiB or badly quoted makes no row bad, and a row that goes on behind the last used column may be short. Until
 * then all are used. Whatever maps a table calls this itself. BURIN_OUT_OF_RANGE: there is no such column. Since 0.1.
 */
BURIN_API burin_status burin_table_use(burin_table* table, const size_t* columns, size_t count, burin_error** error);

/* What burin_table_next has come to. Since 0.1. */
enum {
  BURIN_ROW_END = 0,  /* There are no more rows. */
  BURIN_ROW_GOOD = 1, /* burin_table_fields holds it. */
  BURIN_ROW_BAD = 2   /* It is unusable (burin_table_bad_reason), and reading goes on behind it. */
};

/*
 * Reads the next row and sets *state to BURIN_ROW_.... BURIN_IO, BURIN_NO_MEMORY: reading itself failed, and the
 * table is at its end; so it is after BURIN_BAD_INPUT, a line of more than 64 MiB. BURIN_CANCELLED: the options'
 * callback said so. Since 0.1.
 */
BURIN_API burin_status burin_table_next(burin_table* table, uint32_t* state, burin_error** error);

/*
 * The fields of the current row, unquoted, UTF-8: *count of them, as many as there are columns. NULL and 0 unless the
 * row is good. Live until the next row. Since 0.1.
 */
BURIN_API const burin_view* burin_table_fields(const burin_table* table, size_t* count);

/* The number of the current row, from 1; bad rows count, the header does not. 0 before the first. Since 0.1. */
BURIN_API uint64_t burin_table_row(const burin_table* table);

/* The line of the file on which the current row begins, from 1. Since 0.1. */
BURIN_API uint64_t burin_table_line(const burin_table* table);

/*
 * Of a bad row: the column at fault ("": none in particular), what is wrong with it, and the text at fault,
 * shortened. All NUL-terminated; "" if the row is good. Live until the next row. Since 0.1.
 */
BURIN_API const char* burin_table_bad_column(const burin_table* table);
BURIN_API const char* burin_table_bad_reason(const burin_table* table);
BURIN_API const char* burin_table_bad_text(const burin_table* table);

/* Bytes of the file read so far, and the bytes it has where that is known (a regular file), else 0. Since 0.1. */
BURIN_API uint64_t burin_table_bytes_read(const burin_table* table);
BURIN_API uint64_t burin_table_bytes_total(const burin_table* table);

BURIN_END_DECLS

#endif
