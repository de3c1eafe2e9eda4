#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The tables in README.md are what the program prints, within 1 % of each number but the error bars.

usage: readme.py ALICORN

A table begins with `$ ./run` and the arguments. With --update the tables are replaced by what the program prints.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"(?<=```text\n)\$ \./run ([^\n]+)\n(.*?)(?=```)", re.S)
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


def output_of(program, arguments):
    return subprocess.run([program, *arguments.split()], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def main(program, updating):
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    if updating:
        readme.write_text(BLOCK.sub(lambda block: f"$ ./run {block[1]}\n" + output_of(program, block[1]), text),
                          encoding="utf-8")
        return 0
    blocks = BLOCK.findall(text)
    failed = not blocks
    for arguments, shown in blocks:
        output = output_of(program, arguments)
        if not close(numbers_of(shown), numbers_of(output)):
            print(f"README.md shows for {arguments}\n{shown}", f"the program prints\n{output}", sep="\n")
            failed = True
    return int(failed)


arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
if len(arguments) != 1:
    sys.exit(__doc__)
sys.exit(main(Path(arguments[0]).resolve(), "--update" in sys.argv))
