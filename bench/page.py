#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tell how fast the page of `alicorn view` is, in headless Chromium: first paint, a sweep of 8 ports and 1000 points, the unified mast of 50,000 triangles turned.

usage: page.py PROGRAM FOLDER

FOLDER is for packages and copies. WebGL is done by the processor: times from frame to frame are not those of a graphics card, script time and draw calls are. It reports; it
does not judge.
"""
import subprocess
import sys
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[1] / "tests/e2e/run.py"


def main(arguments):
    if len(arguments) != 2:
        sys.exit(__doc__)
    done = subprocess.run([sys.executable, RUNNER, *arguments, "--only", "figures"], stdout=subprocess.PIPE, text=True, check=False)
    told = [line[3:] for line in done.stdout.splitlines() if line.startswith("## ")]
    print("\n".join(told) if done.returncode == 0 and told else done.stdout)
    return done.returncode


sys.exit(main(sys.argv[1:]))
