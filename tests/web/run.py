#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check the page: its types, its unit tests, that it builds, and that it is small enough.

usage: run.py FOLDER

Works on a copy of web/ in FOLDER, as tools/build_page.py does. Output is TAP.
"""
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
from build_page import copy_sources, install, run  # noqa: E402


class Tap:
    """Cases as they come, the plan at the end."""

    def __init__(self):
        self.count = 0
        self.failed = 0

    def case(self, good, name, why=""):
        self.count += 1
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.count} - {name}")
        if not good:
            print("".join(f"# {line}\n" for line in why.splitlines()), end="", flush=True)


def unit_tests(folder, tap):
    report = folder / "vitest.json"
    _, said = run(folder, "npx", "--no-install", "vitest", "run", "--reporter=json", f"--outputFile={report}")
    if not report.exists():
        tap.case(False, "unit tests", said)
        return
    for file in json.loads(report.read_text(encoding="utf-8"))["testResults"]:
        name = Path(file["name"]).name
        for case in file["assertionResults"]:
            tap.case(case["status"] == "passed", f"{name}: {case['fullName']}", "\n".join(case["failureMessages"]))
        if not file["assertionResults"]:
            tap.case(False, name, file.get("message", "") or "no test in it")


def main(folder):
    tap = Tap()
    copy_sources(folder)
    good, said = install(folder)
    tap.case(good, "packages", said)
    if good:
        scripts = json.loads((folder / "package.json").read_text(encoding="utf-8"))["scripts"]
        tap.case(*case_of("types", run(folder, "npm", "run", "types")))
        unit_tests(folder, tap)
        tap.case(*case_of("build", run(folder, "npm", "run", "build")))
        if "size" in scripts:
            tap.case(*case_of("size", run(folder, "npm", "run", "size")))
    print(f"1..{tap.count}")
    return 1 if tap.failed else 0


def case_of(name, result):
    """Arguments of a case from a name and what a command did."""
    return result[0], name, result[1]


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(Path(sys.argv[1])))
