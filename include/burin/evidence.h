/*
 * Evidence: how strongly does a reading support one record, against everything else that could have produced it?
 *
 * A search under a channel with `evidence` in its options (search.h) weighs what it finds: the likelihood of each match
 * as a sum over all alignments, a likelihood ratio against another mark of the population, and a posterior in a
 * registry that may lack the true record. docs/evidence.md has the formulas, and what each number means and does not
 * mean. A match is "not excluded", never "identified".
 */
#ifndef BURIN_EVIDENCE_H_
#define BURIN_EVIDENCE_H_

#include "burin/export.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Bits of burin_weight.flags; further ones may come. Since 0.1. */
enum {
  BURIN_WEIGHT_NOT_EXCLUDED = 1, /* log10_lr, before it was capped, is at least min_log10_lr. */
  BURIN_WEIGHT_CAPPED = 2        /* log10_lr lay outside what the channel was validated for, and is its limit. */
};

/*
 * What evidence says of one match. Fixed for ever: 48 bytes. Logarithms are decimal. With BURIN_BY_SERIAL and
 * BURIN_BY_WEAPON the posteriors are of all records of the serial or weapon together, the rest of the record that
 * stands for them. Since 0.1.
 */
typedef struct burin_weight {
  /* P(reading | this mark), summed over all alignments; with beliefs (burin/joint.h) times what is said of this record
   * over what is said of an average one. */
  double log10_likelihood;
  double log10_lr;      /* "the mark is this record's" against "it is another mark of this population". */
  double posterior;     /* That this is the mark, given the prior. 0 .. 1. */
  double posterior_low; /* Bounds of the posterior that scoring every record would give, given the model. */
  double posterior_high;
  uint32_t flags;    /* BURIN_WEIGHT_... */
  uint32_t reserved; /* 0. */
} burin_weight;

/*
 * The weights of a result, *count of them, parallel to burin_result_matches. NULL where the search was asked for no
 * evidence, or found nothing. Live as long as the result. Since 0.1.
 */
BURIN_API const burin_weight* burin_result_weights(const burin_result* result, size_t* count);

/* Bits of burin_evidence.flags; further ones may come. Since 0.1. */
enum {
  BURIN_EVIDENCE_AMBIGUOUS = 1,        /* More than one match has at least a tenth of the best one's likelihood. */
  BURIN_EVIDENCE_MORE_NOT_EXCLUDED = 2 /* Records that were not weighed may not be excluded either. */
};

/* What evidence says of a reading as a whole. New members go to the end. Since 0.1. */
typedef struct burin_evidence {
  uint32_t struct_size; /* Set by the caller. */
  int32_t complete;     /* 1: what was not seen weighs less than 1 % of what was. */
  uint32_t flags;       /* BURIN_EVIDENCE_... */
  uint32_t reserved;    /* 0. */
  double prior_present; /* That the registry holds the mark, before the reading. */
  uint64_t population;  /* N: records that count and have a mark that can be searched. */
  /* Posterior that the mark is none of the registry's, and its bounds as of burin_weight. */
  double not_in_registry;
  double not_in_registry_low;
  double not_in_registry_high;
  uint64_t not_excluded;    /* Records with at least min_log10_lr, listed or not. */
  double chance_hits;       /* Expected unrelated marks, in N of the population, that explain the reading as well as the
                               best match: a bound from above. 0 without a match. */
  double log10_seen;        /* Likelihoods of the records weighed, in sum. */
  double log10_unseen;      /* Of all others, at most. Minus infinity: there are none, or none can weigh anything. */
  double log10_population;  /* P(reading | a mark of the population). */
  char statistics_hash[72]; /* SHA-256 of the counts that the population was made from; NUL-terminated. */
} burin_evidence;
#define BURIN_EVIDENCE_INIT \
  { sizeof(burin_evidence), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, "" }

/*
 * The evidence of a result. BURIN_STATE: the search was asked for none. Since 0.1.
 */
BURIN_API burin_status burin_result_evidence(const burin_result* result, burin_evidence* evidence, burin_error** error);

/*
 * The verbal equivalent of a likelihood ratio (ENFSI's scale), such as "strong support"; for ratios below 1 it is of
 * the other proposition. Static. Since 0.1.
 */
BURIN_API const char* burin_verbal_band(double log10_lr);

/*
 * The verbal equivalent of match `i`. NULL: the channel has no validation, there is no match `i`, no evidence, or
 * beliefs were weighed too, which nobody validated. Static. Since 0.1.
 */
BURIN_API const char* burin_result_verbal(const burin_result* result, size_t i);

/* The propositions of a likelihood ratio in words. Static. Since 0.1. */
BURIN_API const char* burin_proposition_same(void);
BURIN_API const char* burin_proposition_other(void);

BURIN_END_DECLS

#endif /* BURIN_EVIDENCE_H_ */
