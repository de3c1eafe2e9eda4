#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The projects in examples/, with their decks, and those in examples/decks are read, meshed and linted without a finding.
Its radios are analysed with the S-parameters of both masts.

usage: examples.py ALICORN
"""
import re
import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


def run(program, *arguments):
    return subprocess.run([program, *arguments], cwd=EXAMPLES, capture_output=True, text=True)


def lint(program, name):
    done = run(program, "lint", name)
    said = done.stdout + done.stderr
    return "" if done.returncode == 0 and said == f"{name}: 0 errors, 0 warnings\n" else said


def analyse(program, name):
    said = ""
    for network in sorted(EXAMPLES.glob("*-mast/*.s8p")):
        done = run(program, "cosite", name, "--s", network)
        notes = [line for line in done.stderr.splitlines() if not re.search(r": note: .*\[no-path-data\]$", line)]
        if done.returncode or notes or "Worst margin" not in done.stdout:
            said += f"{name} with {network.name}: {done.stdout}{done.stderr}"
    return said


def main(program):
    files = sorted([*EXAMPLES.glob("decks/*.nec"), *EXAMPLES.rglob("*.yaml")])
    projects = [file for file in files if file.suffix == ".yaml"]
    failed = not projects
    for file in files:
        check = analyse if file.name == "radios.yaml" else lint
        said = check(program, file.relative_to(EXAMPLES))
        print(said, end="")
        failed = failed or said != ""
    return int(failed)


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(Path(sys.argv[1]).resolve()))
