#!/usr/bin/env python3
"""Interrupts a command after some processor time and prints its exit code and how long it still ran.

usage: interrupt.py SIGNAL SECONDS COMMAND...     prints: CODE MILLISECONDS (of processor time)
"""
import os
import signal
import subprocess
import sys
import time


def processor_seconds(pid):
    with open(f"/proc/{pid}/schedstat", encoding="ascii") as file:
        return int(file.read().split()[0]) / 1e9


def main():
    number = getattr(signal, "SIG" + sys.argv[1])
    begin = float(sys.argv[2])
    # What a shell starts in the background would ignore interrupts.
    default = lambda: signal.signal(number, signal.SIG_DFL)
    with subprocess.Popen(sys.argv[3:], stdout=subprocess.DEVNULL, preexec_fn=default) as process:
        used = 0.0
        while process.poll() is None:
            used = processor_seconds(process.pid)
            if used >= begin:
                process.send_signal(number)
                break
            time.sleep(0.005)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        print(process.returncode, round(1000 * (usage.ru_utime + usage.ru_stime - used)))


main()
