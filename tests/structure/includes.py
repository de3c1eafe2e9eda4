#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fail on an #include that points against the flow of ARCHITECTURE.md (rules in rooms.txt)."""
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*(["<])([^">]+)[">]')


def read_rules(path):
    """Return ({room: allowed rooms}, {library header: allowed rooms})."""
    rooms, libraries = {}, {}
    for line in path.read_text(encoding="utf-8").splitlines():
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, _, allowed = line.partition(":")
        if name.startswith("<"):
            libraries[name.strip("<> ")] = set(allowed.split())
        else:
            rooms[name] = set(allowed.split())
    for room, allowed in rooms.items():
        for other in allowed - rooms.keys():
            raise SystemExit(f"rooms.txt: {room} names the unknown room {other}")
    return rooms, libraries


def room_of(path):
    parts = path.relative_to(ROOT).parts
    return {"src": parts[1], "include": "public"}.get(parts[0], parts[0])


def complaint(room, quote, header, rooms, libraries):
    """Why this #include is wrong, or None."""
    if header in libraries:
        return None if room in libraries[header] else f"<{header}> belongs to {sorted(libraries[header])}"
    if quote == "<":
        return None
    first = header.split("/")[0]
    if first == "alicorn" or "/" not in header:
        return None  # public, or a sibling in the same folder
    if first not in rooms:
        return f'"{header}" names no room'
    if first == room or first in rooms[room]:
        return None
    return f'{room} may not include "{header}"'


def main():
    rooms, libraries = read_rules(ROOT / "tests/structure/rooms.txt")
    files = [path for tree in ("include", "src", "view", "cli", "examples")
             for path in sorted((ROOT / tree).rglob("*.*")) if path.suffix in (".c", ".h", ".inc")]
    failures = []
    for path in files:
        place, room = path.relative_to(ROOT), room_of(path)
        if room not in rooms:
            failures.append(f"{place}: folder {room} is not in tests/structure/rooms.txt")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            reason = match and complaint(room, *match.groups(), rooms, libraries)
            if reason:
                failures.append(f"{place}:{number}: {reason}")
    print("".join(f"{line}\n" for line in failures), end="")
    if not files:
        failures.append("no source files found")
    print(f"{len(files)} files, {len(failures)} includes against the flow")
    return 1 if failures else 0


sys.exit(main())
