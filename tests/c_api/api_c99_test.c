/* The C API from C99: every header compiles, every macro initialises without a warning, a small round trip works. */
#include <stdio.h>
#include <string.h>

#include "burin/burin.h"

static int failures = 0;

static void Check(int condition, const char* what) {
  if (condition) return;
  fprintf(stderr, "failed: %s\n", what);
  ++failures;
}

static burin_view View(const char* text) {
  burin_view view = {NULL, 0};
  view.data = text;
  view.size = strlen(text);
  return view;
}

static void CheckInitialisers(void) {
  burin_recorded_options recorded = BURIN_RECORDED_OPTIONS_INIT;
  burin_reading_options reading = BURIN_READING_OPTIONS_INIT;
  burin_table_options table = BURIN_TABLE_OPTIONS_INIT;
  burin_builder_options builder = BURIN_BUILDER_OPTIONS_INIT;
  burin_row row = BURIN_ROW_INIT;
  burin_mapping mapping = BURIN_MAPPING_INIT;
  burin_builder_counts counts = BURIN_BUILDER_COUNTS_INIT;
  burin_index_options index = BURIN_INDEX_OPTIONS_INIT;
  burin_index_info info = BURIN_INDEX_INFO_INIT;
  burin_element element = BURIN_ELEMENT_INIT;
  burin_search_options search = BURIN_SEARCH_OPTIONS_INIT;
  burin_estimate estimate = BURIN_ESTIMATE_INIT;
  burin_count count = BURIN_COUNT_INIT;
  burin_format format = BURIN_FORMAT_INIT;
  burin_maker_verdict verdict = BURIN_MAKER_VERDICT_INIT;
  Check(recorded.struct_size == sizeof(recorded) && recorded.unreadable == NULL, "recorded options");
  Check(format.struct_size == sizeof(format) && format.maker == NULL, "format");
  Check(verdict.struct_size == sizeof(verdict) && verdict.fit == BURIN_MAKER_UNKNOWN, "verdict of a maker");
  Check(reading.struct_size == sizeof(reading) && reading.ncic == 0, "reading options");
  Check(table.struct_size == sizeof(table) && table.no_header == 0, "table options");
  Check(builder.struct_size == sizeof(builder) && builder.profile == BURIN_PROFILE_FAST, "builder options");
  Check(row.struct_size == sizeof(row) && row.attributes == NULL, "row");
  Check(mapping.struct_size == sizeof(mapping) && mapping.progress_user == NULL, "mapping");
  Check(counts.struct_size == sizeof(counts) && counts.missing[7] == 0, "counts");
  Check(index.struct_size == sizeof(index) && index.populate == 0, "index options");
  Check(info.struct_size == sizeof(info) && info.missing[7] == 0, "index info");
  Check(element.struct_size == sizeof(element) && element.beneath == 0, "element");
  Check(search.struct_size == sizeof(search) && search.max_hits == 0 && search.max_memory == 0, "search options");
  Check(estimate.struct_size == sizeof(estimate) && estimate.at_most == 0, "estimate");
  Check(count.struct_size == sizeof(count) && count.not_searched == 0, "count");
}

static void Build(const char* path) {
  static const char* const serials[] = {"A123", "A124", "B9"};
  burin_builder* builder = NULL;
  Check(burin_builder_create(NULL, &builder, NULL) == BURIN_OK, "create");
  for (size_t i = 0; i < 3; ++i) {
    burin_row row = BURIN_ROW_INIT;
    row.text = View(serials[i]);
    Check(burin_builder_add_row(builder, &row, NULL) == BURIN_OK, "row");
  }
  Check(burin_builder_write(builder, path, NULL) == BURIN_OK, "write");
  burin_builder_destroy(builder);
}

static void Match(const char* path) {
  burin_index* index = NULL;
  burin_reading* reading = NULL;
  burin_searcher* searcher = NULL;
  burin_result* result = NULL;
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  size_t count = 0;
  const burin_match* matches;
  options.costs = BURIN_COSTS_LEVENSHTEIN;
  options.within = 1;
  Check(burin_index_open(path, NULL, &index, NULL) == BURIN_OK, "open");
  Check(burin_reading_parse("A12[3]", 6, NULL, &reading, NULL) == BURIN_OK, "parse");
  Check(burin_searcher_create(index, &searcher, NULL) == BURIN_OK, "searcher");
  Check(burin_search(searcher, reading, &options, &result, NULL) == BURIN_OK, "search");
  matches = burin_result_matches(result, &count);
  Check(count == 2 && matches[0].edits == 0 && matches[1].edits == 1, "matches");
  Check(strcmp(burin_result_serial(result, 1, NULL), "A124") == 0, "serial");
  Check(strcmp(burin_result_key(result, 1, NULL), "2") == 0, "key");
  burin_result_destroy(result);
  burin_searcher_destroy(searcher);
  burin_reading_destroy(reading);
  burin_index_destroy(index);
}

static int32_t CountMatch(void* user, burin_result* result, size_t i) {
  Check(strcmp(burin_result_serial(result, i, NULL), i == 0 ? "A123" : "A124") == 0, "streamed serial");
  ++*(size_t*)user;
  return 0;
}

static void AskOtherwise(const char* path) {
  burin_index* index = NULL;
  burin_reading* reading = NULL;
  burin_searcher* searcher = NULL;
  burin_result* result = NULL;
  const burin_reading* readings[1];
  burin_status status = BURIN_INTERNAL;
  burin_search_options options = BURIN_SEARCH_OPTIONS_INIT;
  burin_estimate estimate = BURIN_ESTIMATE_INIT;
  burin_count count = BURIN_COUNT_INIT;
  burin_view serial = View("B9");
  uint64_t mark = BURIN_NO_MARK;
  size_t streamed = 0;
  options.costs = BURIN_COSTS_LEVENSHTEIN;
  options.within = 1;
  Check(burin_index_open(path, NULL, &index, NULL) == BURIN_OK, "open");
  Check(burin_reading_parse("A12[3]", 6, NULL, &reading, NULL) == BURIN_OK, "parse");
  Check(burin_searcher_create(index, &searcher, NULL) == BURIN_OK, "searcher");
  Check(burin_search_estimate(searcher, reading, &options, &estimate, NULL) == BURIN_OK, "estimate");
  Check(estimate.at_most == 2 && estimate.matches > 0, "what can be expected");
  Check(burin_search_count(searcher, reading, &options, &count, NULL) == BURIN_OK, "count");
  Check(count.matches == 2 && count.complete == 1, "matches counted");
  Check(burin_search_stream(searcher, reading, &options, CountMatch, &streamed, &result, NULL) == BURIN_OK, "stream");
  Check(streamed == 2 && burin_result_complete(result) == 1, "matches streamed");
  burin_result_destroy(result);
  readings[0] = reading;
  Check(burin_search_batch(index, readings, 1, &options, 2, &result, &status, NULL) == BURIN_OK, "batch");
  Check(status == BURIN_OK && burin_result_certificate(result) == 2, "result of a batch");
  burin_result_destroy(result);
  Check(burin_index_lookup(index, &serial, 1, &mark, NULL) == BURIN_OK && mark == 0, "lookup");
  burin_searcher_destroy(searcher);
  burin_reading_destroy(reading);
  burin_index_destroy(index);
}

static void CheckErrors(void) {
  burin_reading* reading = NULL;
  burin_error* error = NULL;
  Check(burin_reading_parse("A[", 2, NULL, &reading, &error) == BURIN_INVALID_ARGUMENT, "malformed");
  Check(reading == NULL && burin_error_position(error) == 3, "column");
  Check(strchr(burin_error_message(error), '\n') == NULL, "one line");
  burin_error_destroy(error);
}

int main(void) {
  const char* path = "api_c99_test.burin";
  CheckInitialisers();
  CheckErrors();
  Build(path);
  Match(path);
  AskOtherwise(path);
  remove(path);
  return failures == 0 ? 0 : 1;
}
