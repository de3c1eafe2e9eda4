#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Build the page of `alicorn view` and the template of `alicorn report` from web/.

usage: build_page.py WORK OUTPUT

WORK becomes a copy of web/, where packages are installed from the npm registry as package-lock.json says; what is built goes
to OUTPUT. Nothing is written below web/ itself.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[1] / "web"
KEPT = {"node_modules", "dist", "package-lock.installed"}


def copy_sources(work):
    """web/ as it is, but for what is installed or built; what is installed in the copy stays."""
    work.mkdir(parents=True, exist_ok=True)
    for old in work.iterdir():
        if old.name not in KEPT:
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    for source in SOURCES.iterdir():
        if source.name in KEPT:
            continue
        target = work / source.name
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)


def run(work, *command):
    """Whether a command succeeds, and all that it says."""
    result = subprocess.run(command, cwd=work, text=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=False,
                            stderr=subprocess.STDOUT, timeout=600, env={**os.environ, "NO_COLOR": "1", "CI": "1"})
    return result.returncode == 0, result.stdout


def install(work):
    """Install the packages, unless those of this very lock file are there. As `run`."""
    lock, installed = (work / name for name in ("package-lock.json", "package-lock.installed"))
    if installed.exists() and installed.read_bytes() == lock.read_bytes():
        return True, ""
    installed.unlink(missing_ok=True)
    good, said = run(work, "npm", "ci", "--include=dev", "--no-audit", "--no-fund")
    if good:
        shutil.copy(lock, installed)
    return good, said


def build(work, output):
    """As `run`."""
    copy_sources(work)
    good, said = install(work)
    if good:
        good, said = run(work, "npm", "run", "build")
    if good:
        shutil.rmtree(output, ignore_errors=True)
        shutil.copytree(work / "dist", output)
    return good, said


def main(work, output):
    good, said = build(Path(work), Path(output))
    print("" if good else said, end="")
    return 0 if good else 1


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
