/*
 * Builds an index of six records, then asks which of them a damaged serial number can be: the third character is a 3 or
 * an 8, the fourth cannot be read, the last one looks doubtful. Prints each match with what became of each character.
 *
 * usage: build_and_match [INDEX], where INDEX is the file to make (and to remove again).
 */
#include <burin/burin.h>
#include <stdio.h>
#include <string.h>

static burin_view View(const char* text) {
  burin_view view = {NULL, 0};
  view.data = text;
  view.size = strlen(text);
  return view;
}

/* Rows as a registry might hold them: key, mark as recorded, maker. */
static burin_status Build(const char* path, burin_error** error) {
  static const char* const rows[][3] = {{"W-1", "A1-3948", "Astra"},  {"W-2", "A1 8047", "Astra"},
                                        {"W-3", "B77120", "Beretta"}, {"W-4", "A18?47", "Astra"},
                                        {"W-5", "unknown", "Colt"},   {"W-6", "A13074", "Star"}};
  burin_builder* builder = NULL;
  burin_status status = burin_builder_create(NULL, &builder, error);
  if (status == BURIN_OK) status = burin_builder_add_attribute(builder, "maker", 0, NULL, error);
  for (size_t i = 0; status == BURIN_OK && i < sizeof(rows) / sizeof(rows[0]); ++i) {
    burin_view maker = View(rows[i][2]);
    burin_row row = BURIN_ROW_INIT;
    row.key = View(rows[i][0]);
    row.source = View("example");
    row.text = View(rows[i][1]);
    row.attributes = &maker;
    row.attribute_count = 1;
    status = burin_builder_add_row(builder, &row, error);
  }
  if (status == BURIN_OK) status = burin_builder_write(builder, path, error);
  burin_builder_destroy(builder);
  return status;
}

static void PrintMatch(burin_result* result, size_t i, const burin_match* match, const burin_reading* reading) {
  static const char* const words[] = {"", "kept", "substituted", "lost", "added", "swapped", "unread"};
  const burin_move* moves = NULL;
  size_t count = 0;
  printf("%s  %s  (recorded as \"%s\"), %u edits\n", burin_result_key(result, i, NULL),
         burin_result_serial(result, i, NULL), burin_result_text(result, i, NULL), (unsigned)match->edits);
  if (burin_result_alignment(result, i, &moves, &count, NULL) != BURIN_OK) return;
  for (size_t m = 0; m < count; ++m) {
    const char* element = burin_reading_element_text(reading, (size_t)moves[m].element, NULL);
    printf("    %-5s %s\n", element == NULL ? "" : element, words[moves[m].kind]);
  }
}

static burin_status Match(const char* path, const char* pattern, burin_error** error) {
  burin_index* index = NULL;
  burin_reading* reading = NULL;
  burin_searcher* searcher = NULL;
  burin_result* result = NULL;
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  options.costs = BURIN_COSTS_OSA; /* 1 an edit; without this, likelihoods. */
  options.within = 1;
  burin_status status = burin_index_open(path, NULL, &index, error);
  if (status == BURIN_OK) status = burin_reading_parse(pattern, strlen(pattern), NULL, &reading, error);
  if (status == BURIN_OK) status = burin_searcher_create(index, &searcher, error);
  if (status == BURIN_OK) status = burin_search(searcher, reading, &options, &result, error);
  if (status == BURIN_OK) {
    size_t count = 0;
    const burin_match* matches = burin_result_matches(result, &count);
    printf("%s: %s\n", pattern, burin_reading_words(reading));
    for (size_t i = 0; i < count; ++i) PrintMatch(result, i, &matches[i], reading);
  }
  burin_result_destroy(result);
  burin_searcher_destroy(searcher);
  burin_reading_destroy(reading);
  burin_index_destroy(index);
  return status;
}

int main(int argc, char** argv) {
  const char* path = argc > 1 ? argv[1] : "build_and_match_c.burin";
  burin_error* error = NULL;
  burin_status status = Build(path, &error);
  if (status == BURIN_OK) status = Match(path, "A1[38]?47~", &error);
  if (status != BURIN_OK) fprintf(stderr, "build_and_match: %s\n", burin_error_message(error));
  burin_error_destroy(error);
  remove(path);
  return status == BURIN_OK ? 0 : 1;
}
