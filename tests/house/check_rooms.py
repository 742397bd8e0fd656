#!/usr/bin/env python3
"""Checks that docs/architecture.md is a true map of src/ and tools/, and that rooms are rooms.

usage: check_rooms.py ROOT | check_rooms.py --self-test

A room is a folder of src/ or tools/ that holds files. Folders called data, with all below, belong to the room they lie
in.
- Every room is in a table of docs/architecture.md, and every room there is in the tree, with the rank that it has in
  check_ranks.py.
- No folder holds more than 30 files. A folder that has rooms in it is none itself. A folder of data lies in a room. A
  room lies where CMake's patterns find it, and is not called build: git and other tests pass over what is called so.
- No header includes itself, by whatever way, and no room another one that includes it.
- A file x.cc of src, or x_part.cc, begins with its own header x.h, but for the C functions in src/c_api/*/api_*.cc.
- A file or function that docs/architecture.md names is there.
"""
import os
import re
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import check_ranks  # noqa: E402

MAP = "docs/architecture.md"
MOST_FILES = 30
CODE = (".h", ".cc", ".inc")
ROW = re.compile(r"^\| (\d+) \| `((?:src|tools)(?:/[^`]*)?)` \| .*\|$")
FILE = re.compile(r"`([a-z0-9_/]+\.(?:h|cc|inc|py|md))`")
FUNCTION = re.compile(r"`(?:\w+::)*(\w+)\(\)`")


def tree_of(root):
    """Folder -> names of its files, for src and tools."""
    folders = {}
    for top in ("src", "tools"):
        for path, below, names in os.walk(os.path.join(root, top)):
            below[:] = sorted(f for f in below if not f.startswith(".") and f != "__pycache__")
            folder = os.path.relpath(path, root).replace(os.sep, "/")
            folders[folder] = sorted(name for name in names if name != "CMakeLists.txt")
    return folders


def read(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read()


def is_data(folder):
    return "data" in folder.split("/")


def circle_in(graph):
    """The nodes of a circle, in its order; [] if there is none."""
    done = set()
    for start in sorted(graph):
        way, on_way, stack = [], set(), [(start, None)]
        while stack:
            node, rest = stack.pop()
            if rest is None:
                if node in on_way:
                    return way[way.index(node):] + [node]
                if node in done:
                    continue
                way.append(node)
                on_way.add(node)
                rest = sorted(graph.get(node, ()))
            if rest:
                stack.append((node, rest[1:]))
                stack.append((rest[0], None))
            else:
                done.add(node)
                on_way.discard(way.pop())
    return []


def check_map(root, rooms, ranks):
    text = read(root, MAP) if os.path.isfile(os.path.join(root, MAP)) else ""
    on_map = {}
    for number, line in enumerate(text.split("\n"), 1):
        row = ROW.match(line)
        if row:
            if row.group(2) in on_map:
                yield f"{MAP}:{number}: {row.group(2)} is on the map twice"
            on_map[row.group(2)] = int(row.group(1))
            if row.group(2) not in rooms:
                yield f"{MAP}:{number}: there is no room {row.group(2)}"
            elif ranks.get(row.group(2)) != int(row.group(1)):
                yield f"{MAP}:{number}: the rank of {row.group(2)} is {ranks.get(row.group(2))} in check_ranks.py"
    for room in rooms:
        if room not in on_map:
            yield f"{room}: is not on the map, {MAP}"
    for room in sorted(set(ranks) - set(rooms) - set(on_map)):
        yield f"{room}: has a rank in check_ranks.py, and is no room"


def check_names(root, folders):
    if not os.path.isfile(os.path.join(root, MAP)):
        return
    names = {name for files in folders.values() for name in files}
    code = "\n".join(read(root, f"{folder}/{name}") for folder, files in folders.items() for name in files
                     if name.endswith(CODE))
    words = set(re.findall(r"\b\w+(?=\()", code))
    for number, line in enumerate(read(root, MAP).split("\n"), 1):
        for name in FILE.findall(line):
            there = os.path.exists(os.path.join(root, name)) if "/" in name else name in names
            if not there:
                yield f"{MAP}:{number}: there is no {name}"
        for name in FUNCTION.findall(line):
            if name not in words:
                yield f"{MAP}:{number}: there is no {name}()"


def check_folders(folders):
    for folder, names in sorted(folders.items()):
        if len(names) > MOST_FILES:
            yield f"{folder}: {len(names)} files; {MOST_FILES} at most"
        if is_data(folder):
            room = folder[:folder.index("/data")]
            if not folders.get(room):
                yield f"{folder}: tables that lie in no room"
            continue
        top, depth = folder.split("/")[0], folder.count("/")
        if names and depth not in ((1, 2) if top == "src" else (1,)):
            deep = "one or two folders" if top == "src" else "one folder"
            yield f"{folder}: CMake looks for rooms {deep} deep in {top}"
        if os.path.basename(folder).startswith("build"):
            yield f"{folder}: git and other tests pass over folders of such names"
        if names and any(other.startswith(folder + "/") and not is_data(other) for other in folders):
            yield f"{folder}: has rooms in it, and files of its own"


def check_circles(root, folders):
    files, rooms = {}, {}
    for folder, names in folders.items():
        for name in names:
            if not name.endswith(CODE):
                continue
            lines = map(check_ranks.INCLUDE.match, read(root, f"{folder}/{name}").split("\n"))
            included = {line.group(2) for line in lines if line}
            files[f"{folder}/{name}"] = included
            rooms.setdefault(folder, set()).update(os.path.dirname(i) for i in included)
    for graph in (files, rooms):
        known = {node: {other for other in others if other in graph and (graph is files or other != node)}
                 for node, others in graph.items()}
        circle = circle_in(known)
        if circle:
            yield "includes go round: " + " -> ".join(circle)
            return


def check_own_headers(root, folders):
    for folder, names in folders.items():
        for name in names:
            if not name.endswith(".cc") or not folder.startswith("src/"):
                continue
            if folder.startswith("src/c_api/") and name.startswith("api_"):
                continue
            parts = name[:-3].split("_")
            own = [f"{folder}/{'_'.join(parts[:count])}.h" for count in range(1, len(parts) + 1)]
            lines = map(check_ranks.INCLUDE.match, read(root, f"{folder}/{name}").split("\n"))
            first = next((line.group(2) for line in lines if line), "")
            if first not in own:
                yield f"{folder}/{name}: its first include is not its own header {name[:-3]}.h"


def check(root, ranks):
    folders = tree_of(root)
    rooms = [folder for folder, names in sorted(folders.items()) if names and not is_data(folder)]
    return [*check_map(root, rooms, ranks), *check_names(root, folders), *check_folders(folders),
            *check_circles(root, folders), *check_own_headers(root, folders)]


def self_test():
    """A tree without fault, and what each change of it must be told: path -> text (None: no such file)."""
    ranks = {"src/base": 0, "src/mark/fold": 1, "tools/io": 0}
    table = "| Rank | Room | |\n|---|---|---|\n| 0 | `src/base` | a |\n| 1 | `src/mark/fold` | b |\n"
    table += "| 0 | `tools/io` | c |\n"
    good = {
        MAP: table + "`Fold()` is in `fold.cc`, `Of::Some()` in `src/base/a.h`.\n",
        "src/CMakeLists.txt": "",
        "src/base/a.h": "int Some();\n",
        "src/mark/fold/fold.h": '#include "src/base/a.h"\n',
        "src/mark/fold/fold.cc": '#include "src/mark/fold/fold.h"\nint Fold() {}\n',
        "src/mark/fold/fold_words.cc": '// More.\n#include "src/mark/fold/fold.h"\n\n#include <vector>\n',
        "src/mark/fold/data/a.tsv": "",
        "src/mark/fold/data/more/b.tsv": "",
        "tools/io/main.cc": "int main() {}\n",
    }
    many = {f"tools/io/f{i}.h": "" for i in range(MOST_FILES)}
    samples = [
        ({}, None),
        ({MAP: None}, "src/base: is not on the map"),
        ({MAP: table.replace("| 0 | `tools/io` | c |\n", "")}, "tools/io: is not on the map"),
        ({MAP: table + "| 2 | `src/mark/cells` | d |\n"}, "there is no room src/mark/cells"),
        ({MAP: table + "| 0 | `src/base` | a |\n"}, "on the map twice"),
        ({MAP: table.replace("| 1 |", "| 2 |")}, "the rank of src/mark/fold is 1"),
        ({MAP: table + "`Folds()`\n"}, "there is no Folds()"),
        ({MAP: table + "`folds.cc`\n"}, "there is no folds.cc"),
        ({MAP: table + "`src/mark/fold.cc`\n"}, "there is no src/mark/fold.cc"),
        ({"tools/io/main.cc": None, MAP: table.replace("| 0 | `tools/io` | c |\n", "")}, "has a rank in check_ranks"),
        ({"src/novel/a.h": ""}, "src/novel: is not on the map"),
        ({name: "" for name in list(many)[1:]}, None),
        (many, f"tools/io: {MOST_FILES + 1} files"),
        ({f"src/mark/fold/data/{i}.tsv": "" for i in range(MOST_FILES)}, f"src/mark/fold/data: {MOST_FILES + 1} files"),
        ({"src/mark/a.h": "", MAP: table + "| 1 | `src/mark` | d |\n"}, "src/mark: has rooms in it"),
        ({"src/a.cc": '#include "src/a.h"\n', "src/a.h": "", MAP: table + "| 1 | `src` | d |\n"}, "rooms one or two"),
        ({"src/a/b/c/d.h": "", MAP: table + "| 1 | `src/a/b/c` | d |\n"}, "rooms one or two folders deep"),
        ({"tools/a/b/d.h": "", MAP: table + "| 1 | `tools/a/b` | d |\n"}, "rooms one folder deep"),
        ({"src/build/d.h": "", MAP: table + "| 1 | `src/build` | d |\n"}, "pass over folders of such names"),
        ({"src/mark/data/a.tsv": ""}, "src/mark/data: tables that lie in no room"),
        ({"src/base/a.h": '#include "src/base/b.h"\nint Some();\n', "src/base/b.h": '#include "src/base/a.h"\n'},
         "src/base/a.h -> src/base/b.h -> src/base/a.h"),
        ({"src/base/a.h": '#include "src/base/a.h"\nint Some();\n'}, "src/base/a.h -> src/base/a.h"),
        ({"src/base/b.h": '#include "src/mark/fold/fold.h"\n'}, "src/base -> src/mark/fold -> src/base"),
        ({"src/mark/fold/sheet.cc": '#include "src/mark/fold/fold.h"\n'}, "not its own header sheet.h"),
        ({"src/mark/fold/fold.cc": '#include <vector>\n#include "src/mark/fold/fold.h"\nint Fold() {}\n'},
         "not its own header fold.h"),
    ]
    wrong = 0
    for change, expected in samples:
        files = {**good, **change}
        # These break more rules than one.
        several = change.get(MAP, "") is None or "src/a.cc" in change or expected == "on the map twice"
        rooms = {os.path.dirname(path) for path in change if path.startswith(("src/", "tools/"))}
        ranked = {**{room: 1 for room in rooms if not is_data(room)}, **ranks}
        with tempfile.TemporaryDirectory() as root:
            for path, text in files.items():
                if text is None:
                    continue
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(text)
            problems = check(root, ranked)
        found = expected is not None and any(expected in problem for problem in problems)
        good_sample = not problems if expected is None else found and (several or len(problems) == 1)
        if not good_sample:
            wrong += 1
            print(f"self-test: {sorted(change)} gave {problems}, expected {expected!r}")
    print(f"self-test: {len(samples) - wrong} of {len(samples)} samples judged rightly")
    return 1 if wrong else 0


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.argv[1] == "--self-test":
        return self_test()
    ranks = {f"src/{room}": rank for room, rank in check_ranks.RANKS.items()}
    ranks.update({f"tools/{room}": rank for room, rank in check_ranks.TOOL_RANKS.items()})
    problems = check(sys.argv[1], ranks)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} untruths and broken rules")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
