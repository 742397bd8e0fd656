// Builds an index of six records, then asks which of them a damaged serial number can be: the third character is a 3 or
// an 8, the fourth cannot be read, the last one looks doubtful. Prints each match with the reading laid over it.
//
// usage: build_and_match [INDEX], where INDEX is the file to make (and to remove again).
#include <burin/burin.hpp>

#include <cstdio>
#include <iostream>
#include <string>

namespace {

// The reading, and below each character what became of it: = kept, x another one, - lost, + added, ~ swapped, * unread.
void PrintAlignment(burin::Result& result, std::size_t i, const burin::Reading& reading) {
  std::string read, kinds;
  for (const burin_move& move : result.alignment(i)) {
    const std::string_view text = move.element < 0 ? "" : reading.element_text(static_cast<std::size_t>(move.element));
    read += ' ' + std::string(text) + std::string(text.empty() ? 1 : 0, ' ');
    kinds += ' ' + std::string(1, " =x-+~*"[move.kind]) + std::string(text.empty() ? 0 : text.size() - 1, ' ');
  }
  std::cout << "   " << read << "\n   " << kinds.erase(kinds.find_last_not_of(' ') + 1) << "\n";
}

void BuildAndMatch(const std::string& path) {
  burin::Builder builder;
  builder.AddAttribute("maker");
  builder.AddRow("W-1", "example", "A1-3948", {"Astra"});
  builder.AddRow("W-2", "example", "A1 8047", {"Astra"});
  builder.AddRow("W-3", "example", "B77120", {"Beretta"});
  builder.AddRow("W-4", "example", "A18?47", {"Astra"});
  builder.AddRow("W-5", "example", "unknown", {"Colt"});
  builder.AddRow("W-6", "example", "A13074", {"Star"});
  builder.Write(path);

  const burin::Index index(path);
  burin::Searcher searcher(index);
  const burin::Reading reading("A1[38]?47~");
  burin::Result result = searcher.Find(reading, {.top = 3, .where = {"maker=astra|star"}});
  std::cout << reading.words() << "\n";
  for (std::size_t i = 0; i < result.matches().size(); ++i) {
    std::cout << result.key(i) << "  " << result.serial(i) << "  " << result.matches()[i].cost << "/64 nat\n";
    PrintAlignment(result, i, reading);
  }
}

}  // namespace

int main(int argc, char** argv) {
  const std::string path = argc > 1 ? argv[1] : "build_and_match_cc.burin";
  int status = 0;
  try {
    BuildAndMatch(path);
  } catch (const burin::Exception& exception) {
    std::cerr << "build_and_match: " << exception.what() << "\n";
    status = 1;
  }
  std::remove(path.c_str());
  return status;
}
