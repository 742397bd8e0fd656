/*
 * Training: a channel's numbers from pairs of readings and marks, or of two readings of one mark whose truth nobody
 * knows. What is learnt, how, and from how many pairs: docs/training.md.
 */
#ifndef BURIN_TRAIN_H_
#define BURIN_TRAIN_H_

#include "burin/builder.h"
#include "burin/channel.h"
#include "burin/export.h"
#include "burin/status.h"
#include "burin/table.h"

BURIN_BEGIN_DECLS

/* Collects pairs in memory, and trains. One thread at a time. Since 0.1. */
typedef struct burin_trainer burin_trainer;

/*
 * How far training is: `training` of `trainings` is under way (those before the last hold a part of the pairs out), in
 * its iteration `iteration`; the mean natural logarithm of the likelihood of a pair. Non-zero stops: BURIN_CANCELLED.
 * On the calling thread. Since 0.1.
 */
typedef int32_t (*burin_training_fn)(void* user, uint32_t training, uint32_t trainings, uint32_t iteration,
                                     double log_likelihood);

/*
 * What pairs are. Since 0.1.
 */
enum {
  BURIN_PAIRS_ALL = 0,     /* `read` and `true`: readings and their marks, right ones in their proportion. */
  BURIN_PAIRS_ERRORS = 1,  /* The same, but only of readings that were found wrong, as registers of corrections are. */
  BURIN_PAIRS_READINGS = 2 /* `read` and `again`: two readings of one mark, whose truth nobody knows. */
};

/* Since 0.1. */
typedef struct burin_trainer_options {
  uint32_t struct_size;
  uint32_t kind; /* BURIN_PAIRS_... */
  /* 1: readings are in the syntax of docs/patterns.md; of BURIN_PAIRS_ALL. 0: plain texts. */
  uint32_t patterns;
  /* Parts that are held out of training in turn, so that each pair is judged by a channel that has not seen it: at
   * most 100; 1: none are; 0: BURIN_DEFAULT_FOLDS. */
  uint32_t folds;
  const burin_channel* parent; /* What to begin with and be smoothed towards; NULL: typed. Borrowed for the call. */
  double weight;               /* What the parent's word weighs (docs/training.md): to 1e9; 0: the default. */
  const char* name;            /* Of the new channel, as docs/channels.md allows; NULL: trained. Borrowed. */
  const char* set;             /* What the pairs are, for the channel's provenance, or NULL. Borrowed. */
  const char* date;            /* A date for it, or NULL: no clock is read. Borrowed. */
  /* As in burin_builder_options, for pairs of tables that cannot be used. */
  const char* rejects_path;
  burin_reject_fn on_reject;
  void* reject_user;
  burin_training_fn on_progress; /* Or NULL. */
  void* progress_user;
  uint32_t threads; /* Of burin_trainer_run, the calling one among them: at most BURIN_MAX_THREADS; 0 is 1. The result
                     * does not depend on it. */
  uint32_t reserved;
} burin_trainer_options;
#define BURIN_TRAINER_OPTIONS_INIT \
  { sizeof(burin_trainer_options), 0, 0, 0, NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 0 }

#define BURIN_DEFAULT_FOLDS 5
#define BURIN_DEFAULT_TRAINING_WEIGHT 2.0

/*
 * A trainer without pairs. BURIN_IO: the rejects file cannot be made. BURIN_OUT_OF_RANGE: a number is. BURIN_INVALID_
 * ARGUMENT: `patterns` with another kind than BURIN_PAIRS_ALL. Since 0.1.
 */
BURIN_API burin_status burin_trainer_create(const burin_trainer_options* options, burin_trainer** out,
                                            burin_error** error);

/* Releases a trainer. Channels that it trained live on. Since 0.1. */
BURIN_API void burin_trainer_destroy(burin_trainer* trainer);

/*
 * Adds a pair: a reading and its mark, or another reading, folded like recorded marks. `weight`: as so many pairs,
 * above 0 and at most 1e9. BURIN_INVALID_ARGUMENT, and nothing is added: a text that is not one complete serial of at
 * most 64 symbols, a pattern that is none, of errors a reading that is the mark. BURIN_STATE: trained before. Since
 * 0.1.
 */
BURIN_API burin_status burin_trainer_add_pair(burin_trainer* trainer, burin_view read, burin_view other, double weight,
                                              burin_error** error);

/*
 * Adds the pairs of a table. `mapping` names the columns read, true or again, and weight (optional) in `columns`;
 * without any, those with these headers are taken. It has no attributes; on_progress is as for burin_builder_add_table.
 * A row that cannot be used is rejected. BURIN_INVALID_ARGUMENT, before any row is read: no column, a name that is none
 * of these. Since 0.1.
 */
BURIN_API burin_status burin_trainer_add_table(burin_trainer* trainer, burin_table* table, const burin_mapping* mapping,
                                               burin_error** error);

/* What training came to. Set struct_size before the call. Since 0.1. */
typedef struct burin_training_report {
  uint32_t struct_size;
  uint32_t iterations; /* Of the training on all pairs. */
  uint64_t pairs;      /* Trained on. */
  uint64_t rejected;   /* Rows of tables. */
  double weight;       /* The sum of their weights. */
  /* Sums over pairs of weight times the natural logarithm of a pair's likelihood, outliers allowed for: under the
   * trained channel, and under the parent. */
  double log_likelihood;
  double parent_log_likelihood;
  /* The same over pairs that were held out, each judged by a channel trained on the other parts; and the sum of their
   * weights. All 0 without. */
  double held_out_log_likelihood;
  double held_out_parent_log_likelihood;
  double held_out_weight;
  double outliers; /* The share of pairs that have nothing to do with each other. */
} burin_training_report;
#define BURIN_TRAINING_REPORT_INIT \
  { sizeof(burin_training_report), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }

/*
 * Trains on all pairs. The channel is a file like any other (burin_channel_source), with no validated_by: a channel's
 * own pairs are no trial of it. *report, unless NULL, is filled as far as its struct_size goes. The same pairs and
 * options give the same bytes, in any order of pairs. Once only. BURIN_BAD_INPUT: rows were rejected and the options
 * name nowhere for them to go. BURIN_INVALID_ARGUMENT: the name is none for a channel. BURIN_CANCELLED. Since 0.1.
 */
BURIN_API burin_status burin_trainer_run(burin_trainer* trainer, burin_channel** out, burin_training_report* report,
                                         burin_error** error);

/* What was held at a limit of channel files though the pairs say more: line `i`, NUL-terminated; NULL: there is none.
 * Lives as long as the trainer. Since 0.1. */
BURIN_API const char* burin_trainer_note(const burin_trainer* trainer, size_t i);

/*
 * After training, of pair `i` as added: the probability that its two sides have to do with each other. 0 for a pair
 * that there is none of. Since 0.1.
 */
BURIN_API double burin_trainer_related(const burin_trainer* trainer, size_t i);

/*
 * After training: a CSV file of all pairs in the order they were added, with file, row, read, other (both folded),
 * weight and related (six digits). There whole or not at all. BURIN_STATE: not trained. BURIN_IO. Since 0.1.
 */
BURIN_API burin_status burin_trainer_write_pairs(const burin_trainer* trainer, const char* path, burin_error** error);

BURIN_END_DECLS

#endif
