#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Install into an empty folder and use what is there as a stranger would.

usage: install.py BUILD_FOLDER PREFIX

- the headers, the shared library under its three names, the pkg-config file, the program, the manual page are there;
- the installed program runs without LD_LIBRARY_PATH;
- examples/dipole.c compiles with nothing but pkg-config's flags, and runs.
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*command, **environment):
    result = subprocess.run(list(map(str, command)), env={**os.environ, **environment}, text=True,
                            stdin=subprocess.DEVNULL, capture_output=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))}: exit {result.returncode}\n"
                 f"{result.stdout}{result.stderr}")
    return result.stdout.strip()


def check_files(prefix, library):
    ours = {path.name for path in (ROOT / "include/alicorn").glob("*.h")}
    theirs = {path.name for path in (prefix / "include/alicorn").glob("*.h")}
    assert ours == theirs and ours, f"installed headers: {ours ^ theirs}"
    for name in ("libalicorn.so", "libalicorn.so.0"):
        assert (library / name).exists(), f"no {name}"
    manual = prefix / "share/man/man1/alicorn.1"
    assert manual.read_text(encoding="utf-8").startswith(".TH ALICORN 1"), "no manual page"


def main(build, prefix_name):
    with tempfile.TemporaryDirectory() as folder:
        run("meson", "install", "-C", build, "--no-rebuild", "--destdir", folder)
        prefix = Path(folder) / prefix_name.lstrip("/")
        package = next(prefix.rglob("alicorn.pc"))
        library = package.parent.parent
        check_files(prefix, library)
        print(run(prefix / "bin/alicorn", "version", LD_LIBRARY_PATH=""))
        flags = run("pkg-config", "--cflags", "--libs", "alicorn",
                    PKG_CONFIG_PATH=str(package.parent), PKG_CONFIG_SYSROOT_DIR=folder).split()
        dipole = Path(folder) / "dipole"
        run("cc", "-std=c11", "-Wall", "-Wextra", "-Werror", ROOT / "examples/dipole.c", *flags,
            "-o", dipole)
        print(run(dipole, LD_LIBRARY_PATH=str(library)))


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
