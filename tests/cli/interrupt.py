#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Start a command, send it a signal as soon as it is ready for it, and exit as a shell would.

usage: interrupt.py SIGNAL FILE BYTES COMMAND [ARGUMENT ...]    ready: a file of its own has grown to that size
       interrupt.py SIGNAL - SECONDS COMMAND [ARGUMENT ...]     ready: it has handled the signal itself for so long

A shell starts background commands with SIGINT ignored, and a fixed delay means something else on every machine.
"""
import os
import signal
import subprocess
import sys
import time


def size_of(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def handles(process, number):
    """Whether the process has installed a handler of its own for a signal."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as file:
        caught = next(int(line.split()[1], 16) for line in file if line.startswith("SigCgt"))
    return caught >> (number - 1) & 1


def main(name, path, amount, *command):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    number = getattr(signal, "SIG" + name)
    process = subprocess.Popen(command)
    while process.poll() is None and not (handles(process, number) if path == "-" else size_of(path) >= int(amount)):
        time.sleep(0.001)
    if path == "-":
        time.sleep(float(amount))
    if process.poll() is None:
        process.send_signal(number)
    status = process.wait()
    return 128 - status if status < 0 else status


if len(sys.argv) < 5:
    sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))
