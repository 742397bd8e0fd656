#!/usr/bin/env python3
"""Runs a command and writes the most memory that it held, in KiB, to a file.

usage: peak.py FILE COMMAND...     exit code: the command's
"""
import resource
import subprocess
import sys

code = subprocess.call(sys.argv[2:])
with open(sys.argv[1], "w", encoding="ascii") as file:
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=file)
sys.exit(code)
