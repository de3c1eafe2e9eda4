#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Test the page in a browser: `alicorn view` on copies of the examples, in headless Chromium.

usage: run.py PROGRAM FOLDER [--pictures DIR] [--only NAME]...

PROGRAM is `alicorn`. In a copy of this folder below FOLDER packages are installed from the npm registry as package-lock.json says. Output is
TAP; without Node.js or Chromium everything is skipped. --pictures makes the screenshots of the documentation instead, into DIR; --only runs the groups named.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def skip(why):
    print(f"1..0 # SKIP {why}")
    sys.exit(0)


def install(folder):
    """Copy of the tests with their packages; what is installed stays as long as it is what is asked for."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(HERE, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
    stamp = folder / "installed.json"
    asked = (HERE / "package-lock.json").read_text(encoding="utf-8")
    if stamp.exists() and stamp.read_text(encoding="utf-8") == asked:
        return
    done = subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=folder, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, timeout=300, check=False)
    if done.returncode != 0:
        print("1..1\nnot ok 1 - packages\n" + "".join(f"# {line}\n" for line in done.stdout.splitlines()))
        sys.exit(1)
    stamp.write_text(asked, encoding="utf-8")


def main(arguments):
    if len(arguments) < 2:
        sys.exit(__doc__)
    program, folder = Path(arguments[0]).resolve(), Path(arguments[1]).resolve()
    for tool in ("node", "npm"):
        if not shutil.which(tool):
            skip(f"there is no {tool}: ./test installs it")
    browser = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not browser:
        skip("there is no Chromium: ./test installs it")
    install(folder)
    os.execvp("node", ["node", str(folder / "main.mjs"), "--program", str(program), "--root", str(ROOT), "--browser", browser,
                       "--folder", str(folder / "work"), *arguments[2:]])


main(sys.argv[1:])
