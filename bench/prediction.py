#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What Alicorn said a solve would take, over what it took.

usage: prediction.py [--alicorn PROGRAM] [--threads N] FILE...

One line for each deck or project: unknowns, predicted and real time, their ratio, and the same of the memory. The
real time is processor time over the threads, so that other programs on the machine do little harm;
the real memory is the largest resident size. It reports; it does not judge.
"""
import argparse
import os
import re
import subprocess
import sys
from pathlib import Path

NUMBER = r"([0-9.e+-]+)"


def predict(command):
    """Unknowns, memory [MB] and time [s]."""
    text = subprocess.run([*command, "--dry-run"], check=True, capture_output=True, text=True).stdout
    return [float(re.search(rf"^{key} +{NUMBER}", text, re.M).group(1)) for key in ("unknowns", "memory", "time")]


def solve(command):
    """Peak memory [MB] and processor time [s]."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} failed with status {process.returncode}")
    return usage.ru_maxrss * 1024 / 1e6, usage.ru_utime + usage.ru_stime


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--alicorn", default=str(here.parent / "build" / "release" / "cli" / "alicorn"))
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("files", nargs="+", metavar="FILE")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")  # a thread that waits by spinning counts as busy
    print(f"{'':<32}{'unknowns':>9}{'time [s]':>10}{'real':>8}{'ratio':>7}{'memory [MB]':>13}{'real':>8}{'ratio':>7}")
    for file in arguments.files:
        command = [arguments.alicorn, "solve", "-q", file, "--threads", str(arguments.threads)]
        unknowns, memory, time = predict(command)
        real_memory, real_time = solve(command)
        real_time /= arguments.threads
        name = "/".join(Path(file).parts[-2:])[-31:]
        print(f"{name:<32}{unknowns:>9.0f}{time:>10.2f}{real_time:>8.2f}{time / real_time:>7.2f}"
              f"{memory:>13.1f}{real_memory:>8.1f}{memory / real_memory:>7.2f}", flush=True)


main()
