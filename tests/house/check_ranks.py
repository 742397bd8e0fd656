#!/usr/bin/env python3
"""Checks the rules of the house: who may include whom, include guards, length of files and lines.

usage: check_ranks.py ROOT             prints one line a broken rule; exit code 1 if there is any
       check_ranks.py ROOT --columns   the same for the length of lines alone
       check_ranks.py --self-test      proves on made-up trees that every rule is found when broken

A room is a folder that holds code. A room of src/ or tools/ includes itself and rooms of a lower rank, never a sibling.
"""
import os
import re
import sys
import tempfile

# By path below src/.
RANKS = {
    "base": 0,
    "text": 1, "codec": 1,
    "table": 2, "mark/fold": 2,
    "mark/cells": 3, "mark/pattern": 3,
    "mark/formats": 4, "population": 4,
    "channel/model": 5,
    "channel/file": 6, "channel/compile": 6,
    "channel/train": 7,
    "index/file": 8, "index/keys": 8,
    "index/columns": 9, "index/records": 9,
    "index/write": 10,
    "index/view": 11,
    "search/edits": 12, "search/costs": 12,
    "search/structural": 13, "search/partials": 13,
    "search/run": 14,
    "search/segments": 15,
    "evidence/explain": 16, "evidence/attributes": 16, "evidence/likelihood": 16,
    "registry/state": 17,
    "registry/change": 18,
    "receipt": 19,
    "query_log": 20, "report": 20,
    "query": 21,
    "c_api/common": 22,
    "c_api/rows": 23, "c_api/search": 23,
    "c_api/registry": 24,
}

# By path below tools/.
TOOL_RANKS = {
    "io": 0,
    "match": 1,
    "commands": 2,
}

# Libraries that only some places may see: pattern of the include, the places.
CONFINED = [
    (re.compile(r"^xxh(ash|3)\.h$"), ("src/base/",)),
    (re.compile(r"^utf8proc\.h$"), ("src/mark/fold/", "src/mark/pattern/", "tests/")),
    (re.compile(r"^openssl/"), ("src/base/",)),
    (re.compile(r"^re2/"), ("src/mark/formats/",)),
    (re.compile(r"^hwy/"),
     ("src/base/", "src/evidence/likelihood/", "src/index/keys/", "src/search/edits/", "tests/", "bench/")),
    (re.compile(r"^absl/"), ("src/", "tests/", "fuzz/", "bench/")),
    (re.compile(r"^CLI/"), ("tools/",)),
    (re.compile(r"^nlohmann/"), ("tools/", "src/text/", "tests/")),
    (re.compile(r"^(gtest|gmock)/"), ("tests/",)),
    (re.compile(r"^benchmark/"), ("bench/",)),
]

C_HEADERS = {"assert.h", "errno.h", "float.h", "inttypes.h", "limits.h", "math.h", "stdarg.h", "stdbool.h", "stddef.h",
             "stdint.h", "stdio.h", "stdlib.h", "string.h"}
CODE = (".h", ".hpp", ".c", ".cc", ".inc")
TEXT = CODE + (".py", ".sh", ".cmake")
FOLDERS = ("src", "include", "tools", "bindings", "examples", "tests", "fuzz", "bench", "cmake", "scripts")
MAX_LINES = 700
MAX_COLUMNS = 120
INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^">]+)[">]')


def files_of(root):
    for folder in FOLDERS:
        for path, folders, names in os.walk(os.path.join(root, folder)):
            folders[:] = sorted(f for f in folders if not f.startswith((".", "build")) and f != "testdata")
            for name in sorted(names):
                if name.endswith(TEXT) or name == "CMakeLists.txt":
                    yield os.path.relpath(os.path.join(path, name), root)


def room_of(path):
    """The folder of a file, without src/ or tools/."""
    return "/".join(path.split("/")[1:-1])


def check_rank(path, target, ranks):
    top, room, other = path.split("/")[0], room_of(path), room_of(target)
    for name in (room, other):
        if name not in ranks:
            return f"{top}/{name} has no rank"
    if other != room and ranks[other] >= ranks[room]:
        kind = "a sibling" if ranks[other] == ranks[room] else "of a higher rank"
        return f"{top}/{room} (rank {ranks[room]}) includes {top}/{other} (rank {ranks[other]}), {kind}"
    return None


def check_src_include(path, target):
    """A reason why the file of src/ must not include target, or None."""
    room = room_of(path)
    if room not in RANKS:
        return f"src/{room} has no rank"
    if target.startswith("burin/"):
        if room.split("/")[0] == "c_api" or target == "burin/version.h":
            return None
        return f"only src/c_api includes public headers, not src/{room}"
    if not target.startswith("src/") or target.count("/") < 2:
        return f'"{target}" is not spelled from the root'
    return check_rank(path, target, RANKS)


def check_include(path, bracket, target):
    for pattern, places in CONFINED:
        if pattern.match(target):
            if not path.startswith(places):
                return f"{target} may be included in {', '.join(places)} only"
            return None
    top = path.split("/")[0]
    if top == "include":
        if target.startswith("burin/"):
            return None
        if path.endswith(".hpp"):
            return None if bracket == "<" and "/" not in target else f"a public C++ header includes {target}"
        return None if bracket == "<" and target in C_HEADERS else f"a public C header includes {target}"
    if bracket == "<":
        return f"{target} belongs in quotes" if target.startswith(("src/", "burin/")) and top == "src" else None
    if top == "src":
        return check_src_include(path, target)
    if top in ("tools", "bindings", "examples"):
        if target.startswith("burin/"):
            return None
        if top == "tools" and target.startswith("tools/"):
            return check_rank(path, target, TOOL_RANKS)
        return f"{top}/ sees public headers only, not {target}"
    return None


def guard_of(path):
    name = path[len("include/burin/"):] if path.startswith("include/burin/") else path
    return "BURIN_" + re.sub(r"[^A-Za-z0-9]", "_", name).upper() + "_"


def lines_of(root, path):
    with open(os.path.join(root, path), encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    return lines[:-1] if lines[-1] == "" else lines


def check_columns(root):
    for path in files_of(root):
        for number, line in enumerate(lines_of(root, path), 1):
            if len(line) > MAX_COLUMNS:
                yield f"{path}:{number}: {len(line)} columns; {MAX_COLUMNS} at most"


def check_file(root, path):
    lines = lines_of(root, path)
    if len(lines) > MAX_LINES:
        yield f"{path}:{MAX_LINES + 1}: {len(lines)} lines; {MAX_LINES} at most"
    for number, line in enumerate(lines, 1):
        if path.endswith(CODE):
            include = INCLUDE.match(line)
            reason = include and check_include(path, include.group(1), include.group(2))
            if reason:
                yield f"{path}:{number}: {reason}"
    if path.endswith((".h", ".hpp")):
        guard = guard_of(path)
        directives = [line.strip() for line in lines if line.startswith("#")]
        if directives[:2] != [f"#ifndef {guard}", f"#define {guard}"]:
            yield f"{path}:1: the include guard must be {guard}"


def check(root):
    problems = []
    names = {}
    for path in files_of(root):
        problems.extend(check_file(root, path))
        if path.startswith("src/") and path.endswith(CODE):
            other = names.setdefault(os.path.basename(path), path)
            if other != path:
                problems.append(f"{path}:1: another file has this name: {other}")
    return problems


def self_test():
    """Each sample breaks one rule (or none): path, text, what the complaint must contain (None: no complaint)."""
    def header(path, body=""):
        return f"#ifndef {guard_of(path)}\n#define {guard_of(path)}\n{body}\n#endif\n"

    samples = [
        ("src/mark/fold/a.cc", '#include "src/base/status.h"\n', None),
        ("src/mark/fold/a.cc", '#include "src/mark/fold/a.h"\n#include <vector>\n', None),
        ("src/mark/fold/a.cc", '#include "src/codec/b.h"\n', None),
        ("src/mark/fold/a.cc", '#include "src/mark/cells/b.h"\n', "of a higher rank"),
        ("src/mark/cells/a.cc", '#include "src/mark/pattern/b.h"\n', "a sibling"),
        ("src/mark/cells/a.cc", '#include "src/mark/fold/b.h"\n', None),
        ("src/mark/cells/a.cc", '#include "src/mark/fold/c.h"\n#include "src/novel/b.h"\n', "src/novel has no rank"),
        ("src/base/a.cc", '#include "src/mark/fold/b.h"\n', "of a higher rank"),
        ("src/search/run/a.cc", '  #  include "src/evidence/explain/b.h"\n', "of a higher rank"),
        ("src/search/run/a.cc", '#include "b.h"\n', "not spelled from the root"),
        ("src/novel/a.cc", '#include "src/base/b.h"\n', "has no rank"),
        ("src/mark/fold/a.cc", '#include "src/novel/b.h"\n', "has no rank"),
        ("src/index/keys/a.cc", '#include "burin/burin.h"\n', "only src/c_api"),
        ("src/index/keys/a.cc", '#include <src/search/run/b.h>\n', "belongs in quotes"),
        ("src/index/keys/a.cc", '#include "burin/version.h"\n', None),
        ("src/c_api/rows/a.cc", '#include "burin/burin.h"\n#include "src/evidence/explain/b.h"\n', None),
        ("src/index/keys/a.cc", "#include <utf8proc.h>\n", "src/mark/fold/, src/mark/pattern/, tests/ only"),
        ("src/index/keys/a.cc", '#include "tests/reference/b.h"\n', "not spelled from the root"),
        ("src/index/keys/a.cc", "#include <re2/re2.h>\n", "src/mark/formats/ only"),
        ("src/base/a.cc", "#include <xxhash.h>\n", None),
        ("src/codec/a.cc", "#include <xxhash.h>\n", "src/base/ only"),
        ("src/channel/model/a.cc", "#include <openssl/evp.h>\n", "src/base/ only"),
        ("src/text/a.cc", "#include <nlohmann/json.hpp>\n", None),
        ("src/channel/model/a.cc", "#include <nlohmann/json.hpp>\n", "src/text/, tests/ only"),
        ("tools/io/a.cc", '#include "src/base/status.h"\n', "public headers only"),
        ("tools/io/a.cc", '#include "b.h"\n', "public headers only"),
        ("tools/io/a.cc", '#include "tools/match/b.h"\n', "of a higher rank"),
        ("tools/match/a.cc", '#include "tools/io/b.h"\n#include "tools/match/c.h"\n', None),
        ("tools/match/a.cc", '#include "tools/novel/b.h"\n', "tools/novel has no rank"),
        ("src/c_api/common/a.cc", '#include "src/c_api/rows/b.h"\n', "of a higher rank"),
        ("tools/io/a.cc", "#include <CLI/CLI.hpp>\n#include <burin/burin.hpp>\n", None),
        ("tools/io/a.cc", "#include <absl/strings/str_cat.h>\n", "only"),
        ("examples/a.c", '#include "tests/reference/b.h"\n', "public headers only"),
        ("examples/a.c", "#include <nlohmann/json.hpp>\n", "only"),
        ("bindings/x/a.c", '#include "src/base/status.h"\n', "public headers only"),
        ("include/burin/a.h", header("include/burin/a.h", "#include <stdint.h>\n#include <burin/b.h>"), None),
        ("include/burin/a.h", header("include/burin/a.h", "#include <vector>"), "a public C header"),
        ("include/burin/a.h", header("include/burin/a.h", '#include "src/base/status.h"'), "a public C header"),
        ("include/burin/a.hpp", header("include/burin/a.hpp", "#include <vector>"), None),
        ("include/burin/a.hpp", header("include/burin/a.hpp", "#include <absl/types/span.h>"), "only"),
        ("src/mark/fold/a.h", "#ifndef A_H\n#define A_H\n#endif\n", "BURIN_SRC_MARK_FOLD_A_H_"),
        ("src/mark/fold/a.h", "#pragma once\n", "BURIN_SRC_MARK_FOLD_A_H_"),
        ("src/mark/fold/a.h", header("src/mark/fold/a.h"), None),
        ("src/mark/fold/a.cc", "int a;\n" * 700, None),
        ("src/mark/fold/a.cc", "int a;\n" * 701, "701 lines"),
        ("src/mark/fold/a.cc", "//" + "x" * 118 + "\n", None),
        ("src/mark/fold/a.cc", "//" + "x" * 119 + "\n", "121 columns"),
        ("scripts/a.sh", "#" + "x" * 120 + "\n", "121 columns"),
    ]
    wrong = 0
    for path, text, expected in samples:
        with tempfile.TemporaryDirectory() as root:
            full = os.path.join(root, path)
            os.makedirs(os.path.dirname(full))
            with open(full, "w", encoding="utf-8") as file:
                file.write(text)
            problems = check(root) + list(check_columns(root))
        good = not problems if expected is None else len(problems) == 1 and expected in problems[0]
        if not good:
            wrong += 1
            print(f"self-test: {path}: {text[:60]!r} gave {problems}, expected {expected!r}")
    with tempfile.TemporaryDirectory() as root:
        for folder in ("base", "mark"):
            os.makedirs(os.path.join(root, "src", folder))
            with open(os.path.join(root, "src", folder, "same.cc"), "w", encoding="utf-8") as file:
                file.write("int a;\n")
        if len(check(root)) != 1:
            wrong += 1
            print("self-test: two files of one name were not found")
    print(f"self-test: {len(samples) + 1 - wrong} of {len(samples) + 1} samples judged rightly")
    return 1 if wrong else 0


def main():
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--columns"]):
        print(__doc__, file=sys.stderr)
        return 2
    problems = list(check_columns(sys.argv[1])) if sys.argv[2:] else check(sys.argv[1])
    for problem in problems:
        print(problem)
    print(f"{len(problems)} broken rules")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
