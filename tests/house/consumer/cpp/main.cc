// Says which Burin it was compiled with and which one it runs with; they must be the same.
#include <burin/burin.hpp>
#include <iostream>
#include <string>

int main() {
  const std::string compiled = std::to_string(BURIN_VERSION_MAJOR) + "." + std::to_string(BURIN_VERSION_MINOR) + "." +
                               std::to_string(BURIN_VERSION_PATCH);
  std::cout << "C++: compiled with " << compiled << ", running with " << burin_version_string() << "\n";
  return compiled == burin_version_string() ? 0 : 1;
}
