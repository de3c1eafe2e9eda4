#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table in README.md is what the program prints, within 1 % of each number but the error bars.

usage: readme.py ALICORN

With --update the table is replaced by what the program prints.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?<=```text\n\$ \./run\n)(.*?)(?=```)", re.S)
NUMBER = re.compile(r"\d+\.?\d*")
ERROR_BAR = re.compile(r"± *[\d.]+")


def numbers_of(text):
    """One list of numbers per line of the table; the times on the last line are not compared."""
    return [list(map(float, NUMBER.findall(ERROR_BAR.sub("", line)))) for line in text.splitlines()
            if not line.strip().startswith("solved")]


def close(ours, theirs):
    return len(ours) == len(theirs) and all(
        len(a) == len(b) and all(abs(x - y) <= 0.01 * max(x, y) + 0.1 for x, y in zip(a, b))
        for a, b in zip(ours, theirs))


def main(program, updating):
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    block = BLOCK.search(text)
    output = subprocess.run([program, "solve", "examples/decks/yagi-144mhz.nec"], cwd=ROOT, check=True,
                            capture_output=True, text=True).stdout
    if updating:
        readme.write_text(BLOCK.sub(lambda _: output, text), encoding="utf-8")
        return 0
    if block and close(numbers_of(block[0]), numbers_of(output)):
        return 0
    print("README.md shows\n" + (block[0] if block else "no table"), "the program prints\n" + output, sep="\n")
    return 1


arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
if len(arguments) != 1:
    sys.exit(__doc__)
sys.exit(main(Path(arguments[0]).resolve(), "--update" in sys.argv))
