#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Check the page: its types, its unit tests, that it builds, and that it is small enough.

usage: run.py FOLDER

Works on a copy of web/ in FOLDER, where packages are installed from the npm registry as package-lock.json says. Output is TAP.
"""
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


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


def copy_sources(folder):
    """web/ as it is, but for what is installed or built; what is installed in the copy stays."""
    skipped = {"node_modules", "dist"}
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        if old.name not in skipped:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for source in (ROOT / "web").iterdir():
        if source.name in skipped:
            continue
        target = folder / source.name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def run(folder, *command):
    """Whether a command succeeds, and all that it says."""
    result = subprocess.run(command, cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                            stderr=subprocess.STDOUT, timeout=600, env={**os.environ, "NO_COLOR": "1", "CI": "1"})
    return result.returncode == 0, result.stdout


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
    good, said = run(folder, "npm", "ci", "--no-audit", "--no-fund")
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
