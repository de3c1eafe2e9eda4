#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every warning and note that the library can report is known to --off, and nothing else is: the names in the
calls that report, and the lint's table, are those that src/mesh/finding_names.c hands out."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPORTED = (r'ALICORN_(?:WARNING|NOTE),\s*"([a-z0-9-]+)"',  # calls
            r'ALICORN_(?:WARNING|NOTE),\s*\.name\s*=\s*"([a-z0-9-]+)"')  # initialisers of a diagnostic
LINT = r'X\(\w+,\s*"([a-z0-9-]+)",\s*(?:WARNING|NOTE),'


def main():
    source = ROOT / "src"
    text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(source.rglob("*.c")))
    reported = {name for pattern in REPORTED for name in re.findall(pattern, text)}
    lint = set(re.findall(LINT, (source / "mesh/lint.h").read_text(encoding="utf-8")))
    listed = set(re.findall(r'"([a-z0-9-]+)"', (source / "mesh/finding_names.c").read_text(encoding="utf-8")))
    missing, idle = sorted(reported - lint - listed), sorted(listed - (reported - lint))
    print(f"{len(lint)} findings of the lint, {len(reported - lint)} of readers and solve")
    for name in missing:
        print(f"src/mesh/finding_names.c: {name} is reported but missing")
    for name in idle:
        print(f"src/mesh/finding_names.c: {name} is listed, but nothing reports it, or the lint does")
    return 1 if missing or idle or len(lint) < 20 or len(reported) < 10 else 0


sys.exit(main())
