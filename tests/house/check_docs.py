#!/usr/bin/env python3
"""Checks that the documents tell the truth about the tree.

usage: check_docs.py ROOT | check_docs.py --self-test

- A fenced block after a line <!-- sample: FILE --> is, line by line and indentation aside, a run of lines of FILE.
- A relative link leads to a file that is there.
- Each of the documents that the house promises is there.
"""
import os
import re
import sys
import tempfile
import textwrap

PROMISED = ("README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "LICENSE", "docs/design.md",
            "docs/architecture.md")
SAMPLE = re.compile(r"^<!-- sample: (\S+) -->$")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def documents(root):
    for path, folders, names in os.walk(root):
        folders[:] = sorted(f for f in folders if not f.startswith((".", "build")) and f != "out")
        for name in sorted(names):
            if name.endswith(".md"):
                yield os.path.relpath(os.path.join(path, name), root)


def read_lines(path):
    with open(path, encoding="utf-8") as file:
        return [line.rstrip() for line in file.read().split("\n")]


def contains(lines, block):
    """Whether some run of lines equals block once both have lost their common indentation."""
    wanted = textwrap.dedent("\n".join(block))
    return any(textwrap.dedent("\n".join(lines[at:at + len(block)])) == wanted
               for at in range(len(lines) - len(block) + 1))


def check_samples(root, document, lines):
    for number, line in enumerate(lines):
        sample = SAMPLE.match(line)
        if not sample:
            continue
        if number + 1 >= len(lines) or not lines[number + 1].startswith("```"):
            yield f"{document}:{number + 1}: no fenced block after the sample's line"
            continue
        if "```" not in lines[number + 2:]:
            yield f"{document}:{number + 1}: the fenced block does not end"
            continue
        block = lines[number + 2:lines.index("```", number + 2)]
        source = os.path.join(root, sample.group(1))
        if not os.path.isfile(source):
            yield f"{document}:{number + 1}: there is no {sample.group(1)}"
        elif not contains(read_lines(source), block):
            yield f"{document}:{number + 1}: the sample differs from {sample.group(1)}"


def check_links(root, document, lines):
    fenced = False
    for number, line in enumerate(lines, 1):
        if line.startswith("```"):
            fenced = not fenced
        for target in [] if fenced else LINK.findall(re.sub(r"`[^`]*`", "", line)):
            if "://" in target or target.startswith("mailto:"):
                continue
            if not os.path.exists(os.path.join(root, os.path.dirname(document), target)):
                yield f"{document}:{number}: the link to {target} leads nowhere"


def check(root, promised=PROMISED):
    problems = [f"{path}:1: is missing" for path in promised if not os.path.isfile(os.path.join(root, path))]
    for document in documents(root):
        lines = read_lines(os.path.join(root, document))
        problems.extend(check_samples(root, document, lines))
        problems.extend(check_links(root, document, lines))
    return problems


def self_test():
    """Documents beside a file e.c that has the lines a, an indented b, an indented c."""
    samples = [
        ("<!-- sample: e.c -->\n```c\na\n  b\n```\n", None),
        ("<!-- sample: e.c -->\n```c\nb\nc\n```\n", None),
        ("<!-- sample: e.c -->\n```c\nb\n  c\n```\n", "differs"),
        ("<!-- sample: e.c -->\n```c\na\nc\n```\n", "differs"),
        ("<!-- sample: f.c -->\n```c\na\n```\n", "there is no"),
        ("<!-- sample: e.c -->\n\n```c\na\n```\n", "no fenced block"),
        ("<!-- sample: e.c -->\n```c\na\n", "does not end"),
        ("[x](e.c) [y](https://example.org/none) `[z](none)`\n", None),
        ("[x](none.md)\n", "leads nowhere"),
        ("[x](e.c#part)\n", None),
    ]
    wrong = 0
    for text, expected in samples:
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, "e.c"), "w", encoding="utf-8") as file:
                file.write("a\n  b\n  c\n")
            with open(os.path.join(root, "d.md"), "w", encoding="utf-8") as file:
                file.write(text)
            problems = check(root, promised=())
        good = not problems if expected is None else len(problems) == 1 and expected in problems[0]
        if not good:
            wrong += 1
            print(f"self-test: {text!r} gave {problems}, expected {expected!r}")
    print(f"self-test: {len(samples) - wrong} of {len(samples)} samples judged rightly")
    return 1 if wrong else 0


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    if sys.argv[1] == "--self-test":
        return self_test()
    problems = check(sys.argv[1])
    for problem in problems:
        print(problem)
    print(f"{len(problems)} untruths")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
