/*
 * The query log: who asked what, why and for which case, and which records were the answer, in lines that are chained
 * by SHA-256, so that no line can be changed, taken out or put in without its being noticed. The format is
 * docs/query-log.md. A registry can say that searches need a case (burin_registry_set_rules).
 */
#ifndef BURIN_QUERY_LOG_H_
#define BURIN_QUERY_LOG_H_

#include "burin/export.h"
#include "burin/index.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* A log as one process writes to it. Any number of threads may add to it, and any number of processes at once. Since
 * 0.1. */
typedef struct burin_query_log burin_query_log;

/* Since 0.1. */
typedef struct burin_query_log_options {
  uint32_t struct_size;
  /* 1: lines are written at once, and on disk when the system gets to it. 0: burin_query_log_add comes back when the
   * line is on disk. */
  uint32_t no_sync;
  /* 1: lines are put on disk in groups: one that is added 50 ms or more after the last sync of this log is on disk when
   * burin_query_log_add comes back; one that is added sooner is with the next such line, with burin_query_log_sync, or
   * with burin_query_log_destroy, whichever is first. Nothing syncs behind the caller's back: one who adds two lines
   * and then is idle calls burin_query_log_sync. A process that is killed loses nothing; a machine that stops may lose
   * the lines that wait, which the log then says. */
  uint32_t group_syncs;
  uint32_t reserved;
  burin_cancel_fn cancel; /* Asked while another process has the log locked, from the calling thread; or NULL. */
  void* cancel_user;
} burin_query_log_options;
#define BURIN_QUERY_LOG_OPTIONS_INIT \
  { sizeof(burin_query_log_options), 0, 0, 0, NULL, NULL }

/*
 * Opens a log, a directory, or begins one: the directory is made if it is not there. Chains of an earlier version that
 * are there are linked by the first lines. `time` is now, in the form 2026-11-26T18:07:33Z: the library does not ask
 * what day it is. NULL options: the defaults. BURIN_IO: it cannot be made, written or locked, or another process had it
 * locked for ten seconds. BURIN_INVALID_ARGUMENT: another form of time. BURIN_CANCELLED. Since 0.1.
 */
BURIN_API burin_status burin_query_log_open(const char* directory, const char* time,
                                            const burin_query_log_options* options, burin_query_log** out,
                                            burin_error** error);

/* Syncs what waits for it, and closes. No thread may be adding to it. Since 0.1. */
BURIN_API void burin_query_log_destroy(burin_query_log* log);

/*
 * What the log cannot know. Texts may be NULL, not said; each is UTF-8 of at most 4096 bytes. Borrowed for the call.
 * Since 0.1.
 */
typedef struct burin_query_entry {
  uint32_t struct_size;
  uint32_t reserved;
  const char* time; /* Of the query, as of burin_query_log_open. */
  const char* actor;
  const char* purpose;
  const char* case_number;
  const char* asked; /* What the user typed, options and all: of a joint search nothing else says it. */
  const char* index_path;
} burin_query_entry;
#define BURIN_QUERY_ENTRY_INIT \
  { sizeof(burin_query_entry), 0, NULL, NULL, NULL, NULL, NULL, NULL }

/*
 * Adds a query and its answer, to be called before the answer is shown to anybody: the reading, the options, how many
 * matches, and the ids of the first 10,000. `index` is the one that was searched. BURIN_INVALID_ARGUMENT: a text is
 * too long or not UTF-8, the result is of another index. BURIN_CANCELLED: the cancel function said so while another
 * process had the log locked; nothing was written, as when BURIN_IO says that another had it locked for ten seconds.
 * Any other BURIN_IO: the line could not be written; from then on this log answers nothing else. Since 0.1.
 */
BURIN_API burin_status burin_query_log_add(burin_query_log* log, const burin_query_entry* entry,
                                           const burin_index* index, const burin_result* result, burin_error** error);

/*
 * What was added so far is on disk when this comes back, unless no_sync was asked for. Costs nothing where nothing
 * waits: a server with group_syncs calls it from a timer. BURIN_IO: as burin_query_log_add. Since 0.1.
 */
BURIN_API burin_status burin_query_log_sync(burin_query_log* log, burin_error** error);

/* A log that was read and found sound. Immutable. Since 0.1. */
typedef struct burin_audit burin_audit;

/*
 * Reads all of a log and checks every line, and the head beside the chain; `heads` (NULL: none) is what
 * burin_audit_heads said at earlier times and somebody kept elsewhere, or hashes of it, one a line: every chain must
 * still have the lines of then. BURIN_CORRUPT: something was changed, or is missing, or there is no log: one line names
 * file and line. BURIN_BAD_INPUT: `heads` is no such text. BURIN_IO. Since 0.1.
 */
BURIN_API burin_status burin_audit_open(const char* directory, const char* heads, size_t heads_size, burin_audit** out,
                                        burin_error** error);

/* Since 0.1. */
BURIN_API void burin_audit_destroy(burin_audit* audit);

/* Since 0.1. */
typedef struct burin_audit_chain {
  const char* name; /* Living as long as the audit. */
  const char* sha256;
  uint64_t lines;      /* Whole ones, the first included. */
  uint32_t unfinished; /* 1: a last line without its end: its writer was stopped, or is writing it. */
  uint32_t reserved;
} burin_audit_chain;

/* How many chains there are: one, and those that earlier versions left; one of them, by the order of their names. Since
 * 0.1. */
BURIN_API size_t burin_audit_chain_count(const burin_audit* audit);
BURIN_API burin_status burin_audit_get_chain(const burin_audit* audit, size_t i, burin_audit_chain* chain,
                                             burin_error** error);

/* How many queries there are; the line of one, in the order of their times: JSON, not NUL-terminated. Since 0.1. */
BURIN_API size_t burin_audit_query_count(const burin_audit* audit);
BURIN_API burin_status burin_audit_get_query(const burin_audit* audit, size_t i, const char** json, size_t* size,
                                             burin_error** error);

/* What to note elsewhere: a line "SHA256 LINES CHAIN", of a log that only earlier versions wrote one for each chain.
 * NUL-terminated, living as long as the audit. Since 0.1. */
BURIN_API const char* burin_audit_heads(const burin_audit* audit, size_t* size);

/* What is no damage and somebody should know, of writers that were stopped for instance: one line each. NUL-terminated,
 * living as long as the audit. Since 0.1. */
BURIN_API const char* burin_audit_notes(const burin_audit* audit, size_t* size);

BURIN_END_DECLS

#endif
