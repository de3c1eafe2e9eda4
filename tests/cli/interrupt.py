#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Start a command, send it a signal as soon as a file of its own has grown, and exit as a shell would.

usage: interrupt.py SIGNAL FILE BYTES COMMAND [ARGUMENT ...]

A shell starts background commands with SIGINT ignored, and a fixed delay means something else on every machine.
"""
import os
import signal
import subprocess
import sys
import time


def size_of(path):
    return os.path.getsize(path) if os.path.exists(path) else 0


def main(name, path, size, *command):
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    process = subprocess.Popen(command)
    while process.poll() is None and size_of(path) < int(size):
        time.sleep(0.001)
    if process.poll() is None:
        process.send_signal(getattr(signal, "SIG" + name))
    status = process.wait()
    return 128 - status if status < 0 else status


if len(sys.argv) < 5:
    sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))
