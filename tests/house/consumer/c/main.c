/* Says which Burin it was compiled with and which one it runs with; they must be the same. */
#include <burin/burin.h>
#include <stdio.h>
#include <string.h>

int main(void) {
  char compiled[32];
  snprintf(compiled, sizeof(compiled), "%d.%d.%d", BURIN_VERSION_MAJOR, BURIN_VERSION_MINOR, BURIN_VERSION_PATCH);
  printf("C: compiled with %s, running with %s\n", compiled, burin_version_string());
  return strcmp(compiled, burin_version_string()) == 0 ? 0 : 1;
}
