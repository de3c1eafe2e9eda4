#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The projects in examples/, with their decks, and those in examples/decks are read, meshed and linted without a finding.

usage: examples.py ALICORN
"""
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def main(program):
    files = sorted([*EXAMPLES.glob("decks/*.nec"), *EXAMPLES.rglob("*.yaml")])
    failed = not any(file.suffix == ".yaml" for file in files)
    for file in files:
        name = file.relative_to(EXAMPLES)
        lint = subprocess.run([program, "lint", name], cwd=EXAMPLES, capture_output=True, text=True)
        said = lint.stdout + lint.stderr
        if lint.returncode or said != f"{name}: 0 errors, 0 warnings\n":
            print(said, end="")
            failed = True
    return int(failed)


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(Path(sys.argv[1]).resolve()))
