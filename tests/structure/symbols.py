#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prove on the compiled library what STYLE promises about it.

usage: symbols.py SHARED_LIBRARY ARCHIVE...

- the shared library exports exactly the functions that the public headers declare;
- the objects call none of the functions in forbidden_symbols.txt;
- the objects hold no writable data: two solves in two threads share nothing.
"""
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DECLARATION = re.compile(r"ALICORN_API\s[^;{}()]*?\b(alicorn_\w+)\s*\(")
# Relocated constants and compiler bookkeeping are not writable state.
WRITABLE = re.compile(r"^(\.data(?!\.rel\.ro)|\.bss|\.tdata|\.tbss|\.lbss|\.ldata|\*COM\*)")


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def declared_functions():
    text = "".join(path.read_text(encoding="utf-8")
                   for path in sorted((ROOT / "include/alicorn").glob("*.h")))
    return set(DECLARATION.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S)))


def exported_symbols(library):
    return {line.split()[-1].split("@")[0]
            for line in run("nm", "-D", "--defined-only", library).splitlines()}


def check_exports(library):
    declared, exported = declared_functions(), exported_symbols(library)
    return ([f"{name}: declared in include/alicorn, not exported" for name in sorted(declared - exported)]
            + [f"{name}: exported, not declared in include/alicorn"
               for name in sorted(exported - declared)])


def forbidden_names():
    lines = (ROOT / "tests/structure/forbidden_symbols.txt").read_text(encoding="utf-8").splitlines()
    return {line.split(":")[0] for line in lines if line and not line.startswith("#")}


def check_calls(archive):
    forbidden, failures, member = forbidden_names(), [], "?"
    for line in run("nm", "--undefined-only", archive).splitlines():
        if line.endswith(":"):
            member = Path(line[:-1]).name
        elif line.strip():
            symbol = line.split()[-1]
            plain = re.sub(r"^__(\w+)_chk$", r"\1", symbol)
            if plain in forbidden:
                failures.append(f"{member}: uses {symbol}")
    return failures


def check_data(archive):
    failures, member = [], "?"
    for line in run("objdump", "-t", archive).splitlines():
        if ":" in line and "file format" in line:
            member = Path(line.split(":")[0]).name
            continue
        fields = line.split("\t")
        if len(fields) != 2:
            continue
        section = fields[0].split()[-1]
        size, _, name = fields[1].partition(" ")
        # section and file symbols have size 0; an empty section is no data
        if WRITABLE.match(section) and int(size, 16) > 0:
            failures.append(f"{member}: {name.strip()} is writable data in {section}"
                            + (" (a named critical section locks every solve of the process; "
                               "use an omp_lock_t of the solve)" if "gomp_critical" in name else ""))
    return failures


def main(library, *archives):
    failures = check_exports(library)
    for archive in archives:
        failures += check_calls(archive) + check_data(archive)
    print("".join(f"{line}\n" for line in failures), end="")
    print(f"{len(declared_functions())} public functions, {len(archives)} archives, "
          f"{len(failures)} failures")
    return 1 if failures else 0


if len(sys.argv) < 3:
    sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))
