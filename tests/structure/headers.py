#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every header compiles alone and twice: the public ones as C11 and C++17, the private ones as C11.

Exempt are the *_text.h: kernel bodies that each variant's source includes once, after it has set their macros.
"""
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow", "-Werror"]
C11 = ["gcc", "-std=c11", "-x", "c", "-Wstrict-prototypes", "-D_POSIX_C_SOURCE=200809L", "-fopenmp"]
CXX17 = ["clang", "-std=c++17", "-x", "c++"]


def compile_alone(job):
    compiler, folder, header = job
    name = header.relative_to(ROOT / folder)
    source = f'#include "{name}"\n#include "{name}"\nextern int nonempty;\n'
    command = compiler + WARNINGS + ["-fsyntax-only", f"-I{ROOT}/include", "-"]
    if folder != "include":
        command.insert(-1, f"-I{ROOT}/{folder}")
    result = subprocess.run(command, input=source, capture_output=True, text=True)
    return f"{folder}/{name} ({compiler[1]})", result.returncode, result.stderr


def main():
    public = sorted((ROOT / "include").rglob("*.h"))
    jobs = [(compiler, "include", header) for header in public for compiler in (C11, CXX17)]
    jobs += [(C11, folder, header) for folder in ("src", "view", "cli")
             for header in sorted((ROOT / folder).rglob("*.h"))
             if not header.name.endswith("_text.h")]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(compile_alone, jobs))
    failures = [result for result in results if result[1] != 0]
    for name, _, messages in failures:
        print(f"{name}\n{messages}")
    print(f"{len(results)} compilations, {len(failures)} failures")
    return 1 if failures or not public else 0


sys.exit(main())
