/*
 * Joint evidence: what is known beside a reading. Believed attributes of the weapon are soft: they drop no record, but
 * each record pays for what it says otherwise, by documented prices (docs/joint.md).
 */
#ifndef BURIN_JOINT_H_
#define BURIN_JOINT_H_

#include "burin/export.h"
#include "burin/index.h"
#include "burin/reading.h"
#include "burin/search.h"
#include "burin/status.h"

BURIN_BEGIN_DECLS

/* Names of makers and calibres that mean the same. Immutable: any number of threads may use one. Since 0.1. */
typedef struct burin_synonyms burin_synonyms;

/*
 * Opens a table: a file in the form of docs/joint.md, "-" for standard input, whose rows count before those that the
 * library brings; or, with NULL, the library's alone. BURIN_IO: missing, unreadable, a directory. BURIN_BAD_INPUT: a
 * line that is no row; the message names file, line and column and what was expected there. Since 0.1.
 */
BURIN_API burin_status burin_synonyms_open(const char* path, burin_synonyms** out, burin_error** error);

/* Releases a table; results do not need it. Since 0.1. */
BURIN_API void burin_synonyms_destroy(burin_synonyms* synonyms);

/* 1 if two values (UTF-8) of an attribute mean the same by the table (NULL: the library's); else 0. Since 0.1. */
BURIN_API int32_t burin_synonyms_same(const burin_synonyms* synonyms, const char* attribute, burin_view a,
                                      burin_view b);

/* What somebody believes of the weapon. Fixed for ever: 32 bytes on 64-bit machines. Since 0.1. */
typedef struct burin_belief {
  const char* attribute;
  const char* value;    /* Read as the attribute's type: a category, an integer, a period. */
  double probability;   /* That the statement is right, between 0 and 1; 0: 0.95. */
  const void* reserved; /* NULL. */
} burin_belief;

/* A further mark of the same weapon. Fixed for ever. Since 0.1. */
typedef struct burin_asked_mark {
  const char* component; /* "barrel"; words of several languages are known (docs/marks.md). */
  const burin_reading* reading;
} burin_asked_mark;

/* Evidence beside the reading, for burin_search_options.joint. Everything is borrowed for the call. Since 0.1. */
typedef struct burin_joint_options {
  uint32_t struct_size;
  uint32_t reserved;
  const burin_belief* beliefs;
  size_t belief_count;
  const burin_synonyms* synonyms; /* NULL: those that the library brings. */
  /* Further marks of the weapon, of components other than the reading's. With such, matches are weapons. */
  const burin_asked_mark* marks;
  size_t mark_count;
  const char* component; /* Of the reading, with marks; NULL: the control component: frame, receiver, or not said. */
  /* Further readings of the mark that the search's reading is of, by others; with it 4 at most. */
  const burin_reading* const* also;
  size_t also_count;
} burin_joint_options;
#define BURIN_JOINT_OPTIONS_INIT \
  { sizeof(burin_joint_options), 0, NULL, 0, NULL, NULL, 0, NULL, NULL, 0 }

/*
 * A search with such options orders matches by the joint cost: the mark's and those of all statements. max_cost of the
 * search bounds the cost of the mark alone, so that a belief never hides a record. It looks at every record once, to
 * count how common values are. Beside what burin_search says, BURIN_INVALID_ARGUMENT: unit costs; an attribute that the
 * index does not have; a value that is none of its type; a probability that is none; and whatever would count twice: an
 * attribute believed twice, or believed and a condition of the search, or one name believed of maker and brand.
 *
 * With further marks each match is a weapon (the attribute weapon; a record without one is a weapon of its own): the
 * record that stands for it is the cheapest one of the first mark that it has, the control component's before others.
 * The joint cost holds what each mark costs and what is believed once. max_cost bounds each mark by itself, and one
 * that is within its bound makes the weapon a match. Refused are then an index without the attribute component, a
 * component twice, a condition on components, by serial.
 *
 * Several readings of one mark share its damage: their joint cost is the lowest over damage and alignments
 * (docs/joint.md), max_cost counts from the sum of what each reading costs at best. Readings that are too large to be
 * weighed together are refused. Lengths count for all readings of the mark.
 *
 * With `evidence` in the options of the search what is believed is weighed with the reading (burin/evidence.h), and
 * matches come in the order of the summed joint cost. Several marks and several readings are not weighed.
 *
 * Several marks and several readings are searched for by burin_search, and refused by streams, batches, estimates and
 * counts.
 */

/* What a term of a joint cost is about. Since 0.1. */
enum {
  BURIN_TERM_MARK = 1,     /* A reading against a mark. */
  BURIN_TERM_ATTRIBUTE = 2 /* A believed attribute. */
};

/* How a record stands to it. Values never change. Since 0.1. */
enum {
  BURIN_STANDS_AGREES = 1,  /* The record has the believed value, or a synonym. */
  BURIN_STANDS_RELATED = 2, /* Another attribute has it: the brand is what was believed to be the maker. */
  BURIN_STANDS_NEAR = 3,    /* A number one off; a period less than a year away. */
  BURIN_STANDS_DIFFERS = 4,
  BURIN_STANDS_ABSENT = 5,    /* The record does not say; the weapon has no such mark. */
  BURIN_STANDS_READ = 6,      /* Of a mark: it was read so, at this cost. */
  BURIN_STANDS_OTHER_PART = 7 /* Of a mark: the recorded one costs more than that another part was read. */
};

/* "agrees", "other part" ...: a literal; NULL for a number that says nothing. Since 0.1. */
BURIN_API const char* burin_stands_name(uint32_t stands);

/* A term of a match's joint cost; the costs of all terms add up to burin_match.cost. Fixed for ever. Since 0.1. */
typedef struct burin_joint_term {
  uint32_t kind;      /* BURIN_TERM_... */
  uint32_t number;    /* Which belief; of a mark 0 for the reading, else 1 + its place in the options. */
  uint32_t stands;    /* BURIN_STANDS_... */
  uint32_t cost;      /* 1/64 nat, never negative: 0 is what the best record that counts pays. */
  uint64_t record_id; /* Of a mark: whose it is; else 0. */
  const char* words;  /* English, NUL-terminated: "maker: stated Zastava, recorded Glock". */
} burin_joint_term;

/*
 * The terms of match `i`: *count of them, the mark's first. Made when first asked for; live as long as the result. A
 * search without joint options has the one term of its reading. BURIN_OUT_OF_RANGE: there is no match `i`. Since 0.1.
 */
BURIN_API burin_status burin_result_joint(burin_result* result, size_t i, const burin_joint_term** terms, size_t* count,
                                          burin_error** error);

BURIN_END_DECLS

#endif
