#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Run the commands of a .t file and compare what they say with what stands there.

usage: golden.py [--update] ALICORN FILE.t

    $ alicorn version
    alicorn 0.1.0
    $ alicorn solv deck.nec
    ! alicorn: error: unknown command 'solv', did you mean 'solve'?
    [2]

A line after `$ ` runs in a shell, in a folder with copies of interrupt.py, plotted.py, vtu.py, of the decks and projects beside the .t file and of
the decks in examples/decks, and the folder examples/unified-mast, without standard input. Then come standard output, standard error (each line behind `! `) and, unless it is 0, the exit status in
brackets. In expected lines `*` stands for any text where the line ends in ` (glob)`, and a lone `...` for any number of
lines. Everything else is a comment. Output is TAP. With --update the expected lines of the cases that fail are replaced by
what the commands said.
"""
import fnmatch
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def read_cases(path):
    """Cases as (comment lines, command, expected lines), and the lines after the last one."""
    cases, comment = [], []
    lines = path.read_text(encoding="utf-8").splitlines()
    while lines:
        line = lines.pop(0)
        if not line.startswith("    $ "):
            comment.append(line)
            continue
        expected = []
        while lines and lines[0].startswith("    ") and not lines[0].startswith("    $ "):
            expected.append(lines.pop(0)[4:])
        cases.append((comment, line[6:], expected))
        comment = []
    return cases, comment


def run(command, environment, folder):
    """Output lines, errors marked, and the exit status unless 0."""
    result = subprocess.run(["sh", "-c", command], cwd=folder, env=environment, text=True,
                            stdin=subprocess.DEVNULL, capture_output=True, timeout=120)
    lines = result.stdout.splitlines() + ["! " + line for line in result.stderr.splitlines()]
    return lines + ([f"[{result.returncode}]"] if result.returncode else [])


def line_matches(expected, actual):
    if expected.endswith(" (glob)"):
        pattern = re.sub(r"([\[\]?])", r"[\1]", expected[:-7])
        return fnmatch.fnmatchcase(actual, pattern)
    return expected == actual


def matches(expected, actual):
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    return bool(actual) and line_matches(expected[0], actual[0]) and matches(expected[1:], actual[1:])


def environment_for(program):
    keep = {name: value for name, value in os.environ.items()
            if name in ("HOME", "LD_LIBRARY_PATH", "OPENBLAS_CORETYPE") or name.endswith("SAN_OPTIONS")}
    return dict(keep, PATH=f"{program.parent}:/usr/bin:/bin", LC_ALL="C.UTF-8", OMP_NUM_THREADS="2")


def update(path, cases, outputs, rest):
    text = []
    for (comment, command, expected), actual in zip(cases, outputs):
        lines = expected if matches(expected, actual) else actual
        text += comment + ["    $ " + command] + ["    " + line for line in lines]
    path.write_text("\n".join(text + rest) + "\n", encoding="utf-8")


def main(program, path, updating):
    cases, rest = read_cases(path)
    failures, outputs = 0, []
    print(f"1..{len(cases)}")
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(environment_for(program), XDG_CACHE_HOME=f"{folder}/cache")
        for file in [*path.parent.glob("*.nec"), *path.parent.glob("*.yaml"), path.parent / "interrupt.py",
                     path.parent / "plotted.py", path.parent / "vtu.py",
                     *(ROOT / "examples/decks").glob("*.nec")]:
            shutil.copy(file, folder)
        shutil.copytree(ROOT / "examples/unified-mast", Path(folder) / "unified-mast")
        for number, (_, command, expected) in enumerate(cases, 1):
            actual = run(command, environment, folder)
            outputs.append(actual)
            good = matches(expected, actual)
            failures += not good
            print(f"{'ok' if good else 'not ok'} {number} - {command}")
            if not good:
                print(*["# expected: " + line for line in expected], sep="\n")
                print(*["# got:      " + line for line in actual], sep="\n", flush=True)
    if updating:
        update(path, cases, outputs, rest)
    return 1 if failures or not cases else 0


arguments = [argument for argument in sys.argv[1:] if argument != "--update"]
if len(arguments) != 2:
    sys.exit(__doc__)
sys.exit(main(Path(arguments[0]).resolve(), Path(arguments[1]).resolve(), "--update" in sys.argv))
