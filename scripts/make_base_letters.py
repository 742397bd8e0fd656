#!/usr/bin/env python3
"""Makes src/mark/fold/data/base_letters.tsv: the Latin letter A to Z of each letter that is one with marks or strokes.

A letter gets a row for the first of these reasons that holds:
  marks    its canonical decomposition is a letter A to Z and combining marks, or a letter that has a row and marks
  alike    the same of a Cyrillic or Greek letter that lookalikes.tsv takes for a Latin one
  name     Unicode calls it LATIN ... LETTER X WITH ..., X a single letter: strokes, hooks and tails do not decompose
  by hand  it is in BY_HAND below, which says why
Letters that have no single base letter (Æ, Œ, Þ, ẞ, Ŋ, Ə) have no row and stay what they are.

usage: make_base_letters.py ROOT          writes the table
       make_base_letters.py ROOT --check  says whether the table is what would be written; exit code 1 if not, 0 if this
                                          Python has another version of Unicode than the table and nothing can be said
"""
import os
import re
import sys
import unicodedata

BY_HAND = {
    "\u00D0": ("D", "no stroke by its name, but stamped as \u0110 is, from which nobody can tell it"),
    "\u0189": ("D", "African D, stamped as \u0110 is"),
    "\u0237": ("J", "j without its dot, as \u0131 is i without it"),
}
NAME = re.compile(r"LATIN (?:CAPITAL|SMALL) LETTER (?:DOTLESS )?([A-Z])(?: WITH .+)")
HEAD = """\
# What folding makes of Latin letters with marks or strokes: the letter A to Z that they are made of. Made by
# scripts/make_base_letters.py, which has the rules and their reasons; not to be edited by hand.
# Compared after upper case and NFKC, so a letter with an upper case of its own has a row for that alone.
# Columns: the symbol; its letter; its code point and name; why.
# Unicode {version}
"""


def look_alikes(root):
    table = {}
    with open(os.path.join(root, "src/mark/fold/data/lookalikes.tsv"), encoding="utf-8") as file:
        for line in file:
            if not line.startswith("#"):
                symbol, letter = line.rstrip("\n").split("\t")[:2]
                if letter != "-":
                    table[symbol] = letter
    return table


def is_mark(symbol):
    return unicodedata.category(symbol).startswith("M")


def by_name(symbol):
    match = NAME.fullmatch(unicodedata.name(symbol, ""))
    return match.group(1) if match else None


def base_of(symbol, alike):
    """The letter of a symbol and why, or None."""
    if symbol in BY_HAND:
        return BY_HAND[symbol]
    first, *marks = unicodedata.normalize("NFD", symbol)
    if all(map(is_mark, marks)):
        upper = first.upper()
        if marks and "A" <= upper <= "Z":
            return upper, "marks"
        if marks and upper in alike:
            return alike[upper], "alike"
        if by_name(first):
            return by_name(first), "name"
    return None


def made(root):
    alike = look_alikes(root)
    rows = []
    for point in range(0x80, 0x110000):
        symbol = chr(point)
        # What compatibility forms or upper case replace by another symbol never gets to the table.
        if not unicodedata.category(symbol).startswith("L") or unicodedata.normalize("NFKC", symbol) != symbol:
            continue
        if len(symbol.upper()) == 1 and symbol.upper() != symbol:
            continue
        base = base_of(symbol, alike)
        if base:
            rows.append(f"{symbol}\t{base[0]}\tU+{point:04X} {unicodedata.name(symbol)}\t{base[1]}\n")
    return HEAD.format(version=unicodedata.unidata_version) + "".join(rows)


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["--check"]):
        sys.exit(__doc__)
    root = sys.argv[1]
    path = os.path.join(root, "src/mark/fold/data/base_letters.tsv")
    if not sys.argv[2:]:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(made(root))
        return
    with open(path, encoding="utf-8", newline="") as file:
        there = file.read()
    version = re.search(r"^# Unicode (\S+)$", there, re.MULTILINE)
    if version is None:
        sys.exit(f"{path}: does not say its version of Unicode")
    if version.group(1) != unicodedata.unidata_version:
        print(f"{path}: of Unicode {version.group(1)}, this Python has {unicodedata.unidata_version}: not compared")
    elif there != made(root):
        sys.exit(f"{path}: is not what scripts/make_base_letters.py makes: run it again")


if __name__ == "__main__":
    main()
