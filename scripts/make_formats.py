#!/usr/bin/env python3
"""Makes src/mark/formats/data/formats.tsv from the tables in the folder formats beside it (SOURCE.md there says how).

usage: make_formats.py ROOT          writes the table
       make_formats.py ROOT --check  says whether the table is what would be written; exit code 1 if not
"""
import csv
import os
import re
import sys

LEAST_SEEN = 2
LEAST_SYMBOLS = 4
COUNTS = (
    ("seized_brazil.csv", "institutosoudapaz/isdp.armas c8246149, counts of seized firearms, Brazil 2017-2023"),
    ("crime_guns_us.csv", "JustlyAI/brady-crime-guns 7edf943c (MIT), counts of crime guns, Delaware"),
)
NO_MAKER = {"(unknown)", "SEM INFORMAÇÃO"}
# The name of each row's maker, with what else it is called.
SPELLINGS = {
    "SMITH & WESSON": ("S&W",),
    "FN HERSTAL": ("FN", "FABRIQUE NATIONALE"),
    "SPRINGFIELD ARMORY": ("SPRINGFIELD",),
    "HECKLER & KOCH": ("H&K", "HK"),
    "CENTURY ARMS INTERNATIONAL": ("CENTURY",),
    "SIG SAUER": ("SIG",),
}
NAME_OF = {other: name for name, others in SPELLINGS.items() for other in others}
HEAD = """\
# Formats of serials by maker: what numbers of a maker look like. Made by scripts/make_formats.py from the tables in
# formats/, which SOURCE.md there describes: change those. docs/formats.md has the rules of this file.
# Columns: maker, with other spellings behind "|", or "-"; model or "-"; pattern over folded serials; weapons seen with
# it or "-"; years, "1985", "1985-1990", "1985-", "-1990" or "-"; where it comes from; note or "-".
"""


def spelled(maker):
    name = NAME_OF.get(maker, maker)
    return "|".join((name,) + SPELLINGS.get(name, ()))


def folded(mask):
    """The format without separators, or None if the cell held more than one number."""
    mask = re.sub(r"^\W+|\W+$", "", mask)
    if re.search(r"[;,/(]", mask):
        return None
    return re.sub(r"\W", "", mask)


def pattern_of(mask):
    pattern = ""
    for run in re.finditer(r"A+|9+", mask):
        pattern += "[A-Z]" if run.group()[0] == "A" else "[0-9]"
        if len(run.group()) > 1:
            pattern += "{%d}" % len(run.group())
    return pattern


def counted(path, source):
    seen = {}
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            mask = folded(row["format"])
            if row["maker"] in NO_MAKER or mask is None:
                continue
            if not re.fullmatch(r"[A9]+", mask):
                raise SystemExit(f"{path}: '{row['format']}' is made of more than letters and digits")
            key = (spelled(row["maker"]), mask)
            seen[key] = seen.get(key, 0) + int(row["count"])
    for (maker, mask), count in seen.items():
        if count >= LEAST_SEEN and len(mask) >= LEAST_SYMBOLS:
            yield (maker, "-", pattern_of(mask), str(count), "-", source, "-")


def known(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("#"):
                continue
            row = line.rstrip("\n").split("\t")
            yield (spelled(row[0]),) + tuple(row[1:])


def table(root):
    folder = os.path.join(root, "src/mark/formats/data/formats")
    rows = list(known(os.path.join(folder, "known.tsv")))
    for name, source in COUNTS:
        rows += counted(os.path.join(folder, name), source)
    # By maker; the commonest first, what was not counted last; then as they are spelled.
    rows.sort(key=lambda row: (row[0] == "-", row[0], -int(row[3]) if row[3] != "-" else 0, row[2], row[1], row[5]))
    return HEAD + "".join("\t".join(row) + "\n" for row in rows)


def main(arguments):
    if len(arguments) not in (1, 2) or arguments[1:] not in ([], ["--check"]):
        raise SystemExit(__doc__.strip().split("\n\n")[1])
    path = os.path.join(arguments[0], "src/mark/formats/data/formats.tsv")
    text = table(arguments[0])
    if len(arguments) == 1:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        return 0
    with open(path, encoding="utf-8", newline="") as file:
        same = file.read() == text
    if not same:
        print(f"{path}: differs from what scripts/make_formats.py makes of its sources")
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
