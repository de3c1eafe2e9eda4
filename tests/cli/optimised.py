#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The searches of examples/README.md, as they stand there, find what it says.

usage: optimised.py ALICORN
"""
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"

# By the file that is written: goal -> what it is at the start, within 1 %, and least and most of the best.
EXPECTED = {
    "yagi-better.nec": {"vswr <= 1.2": (1.156, 1.0, 1.2), "front-to-back:90,0 >= 24": (20.9, 24.0, 30.0)},
    "mast-pair-better.nec": {"isolation:1,2 max": (27.5, 39.5, 41.0), "vswr:2 <= 2": (1.746, 1.0, 2.01)},
    "pair-better.yaml": {"isolation >= 35 (line 18)": (27.5, 35.0, 41.0), "vswr <= 2 (line 19)": (1.747, 1.0, 2.0)},
}
EVALUATIONS = 100


def commands():
    """Arguments of all searches, with the folder they are to be run in."""
    folder = EXAMPLES
    text = (EXAMPLES / "README.md").read_text(encoding="utf-8").replace("\\\n", " ")
    for line in re.findall(r"^    (.*)$", text, re.M):
        words = shlex.split(line, posix=True) if line.startswith(("cd ", "../../run optimize ")) else [""]
        if words[0] == "cd":
            folder = (EXAMPLES.parent if words[1].startswith("examples") else folder) / words[1]
        elif words[0]:
            yield folder.resolve(), words[1:]


def figures(said):
    """Goal -> (start, best), and the number of evaluations."""
    rows = re.findall(r"^(\S.*?)  +(\S+)  +([\d.]+)(?: \w+)?(?:  [\w ]+)?$", said, re.M)
    evaluations = re.search(r"^(\d+) evaluations", said, re.M)
    return {name: (float(start), float(best)) for name, start, best in rows if start != "start"}, int(evaluations[1])


def judge(name, said):
    found, evaluations = figures(said)
    wrong = [] if evaluations <= EVALUATIONS else [f"{evaluations} evaluations"]
    for goal, (start, least, most) in EXPECTED[name].items():
        at_start, best = found.get(goal, (0.0, 0.0))
        if abs(at_start - start) > 0.01 * start or not least <= best <= most:
            wrong.append(f"{goal}: {at_start} and {best}, expected {start} and {least} to {most}")
    return wrong


def search(program, folder, arguments):
    """What is wrong with one search, and the file it writes."""
    with tempfile.TemporaryDirectory() as copy:
        work = shutil.copytree(folder, Path(copy) / folder.name)
        done = subprocess.run([program, *arguments, "--quiet"], cwd=work, capture_output=True, text=True)
        name = arguments[arguments.index("-o") + 1]
        wrong = judge(name, done.stdout) if done.returncode == 0 else [f"status {done.returncode}"]
        # the written model is the best one: a requirement that was met is met again
        if name.endswith(".yaml") and done.returncode == 0:
            check = subprocess.run([program, "check", "--quiet", "--strict", name], cwd=work, capture_output=True, text=True)
            wrong += [] if check.returncode == 0 else [check.stdout + check.stderr]
        return name, [*wrong, done.stdout, done.stderr] if wrong else []


def main(program):
    missing = set(EXPECTED)
    failed = False
    for folder, arguments in commands():
        name, wrong = search(program, folder, arguments)
        missing.discard(name)
        failed = failed or bool(wrong)
        print(name, *(wrong or ["is as README.md says"]), sep="\n")
    if missing:
        print("README.md does not make", *missing)
    return int(failed or bool(missing))


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(Path(sys.argv[1]).resolve()))
