#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Make one C file of the page's files, for view/assets.h.

usage: embed.py OUTPUT.c DEPFILE [--build FOLDER] [--must]

build_page.py builds the page in FOLDER. Without it, or if it fails and --must is not given, the list of files is empty:
`alicorn view` then serves its interface only. DEPFILE tells ninja of the files below web/.
"""
import gzip
import sys
from pathlib import Path

import build_page

TYPES = {
    ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml", ".png": "image/png", ".ico": "image/x-icon", ".json": "application/json", ".woff2": "font/woff2",
    ".wasm": "application/wasm", ".txt": "text/plain; charset=utf-8",
}


def read_files(folder):
    """[(path as requested, type, bytes, whether they are compressed)], index.html as "/"."""
    files = []
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        name = "/" + path.relative_to(folder).as_posix()
        if path.suffix not in TYPES:
            raise SystemExit(f"{path}: no type is known for {path.suffix}")
        plain = path.read_bytes()
        packed = gzip.compress(plain, 9, mtime=0)
        # `alicorn report` fills that one in
        small = len(packed) < len(plain) and name != "/report.html"
        files.append(("/" if name == "/index.html" else name, TYPES[path.suffix], packed if small else plain, small))
    return files


def c_bytes(data):
    return ",\n".join("    " + ", ".join(str(byte) for byte in data[i:i + 24]) for i in range(0, len(data), 24))


def c_file(files):
    lines = ["/* SPDX-License-Identifier: Apache-2.0 */", "/* Made by tools/embed.py. */", '#include "view/assets.h"', ""]
    for number, (_, _, data, _) in enumerate(files):
        lines.append(f"static const unsigned char data_{number}[] = {{\n{c_bytes(data)}}};")
    lines.append("\nconst view_asset view_assets[] = {")
    for number, (name, kind, data, small) in enumerate(files):
        lines.append(f'    {{"{name}", "{kind}", data_{number}, {len(data)}, {int(small)}}},')
    if not files:
        lines.append("    {0}, /* ISO C has no empty arrays */")
    lines.append(f"}};\nconst size_t view_asset_count = {len(files)};")
    return "\n".join(lines) + "\n"


def build(folder, must):
    """Build the page; what is said is shown if that fails. The files, none if it failed and need not succeed."""
    good, said = build_page.build(folder / "work", folder / "files")
    if good:
        return read_files(folder / "files")
    print(said, file=sys.stderr)
    if must:
        raise SystemExit("the page cannot be built")
    print("the page cannot be built: `alicorn view` will have none", file=sys.stderr)
    return []


def main(arguments):
    must = "--must" in arguments
    arguments = [argument for argument in arguments if argument != "--must"]
    if len(arguments) not in (2, 4) or (len(arguments) == 4 and arguments[2] != "--build"):
        raise SystemExit(__doc__)
    output, depfile = arguments[:2]
    files, sources = [], []
    if len(arguments) == 4:
        files = build(Path(arguments[3]), must)
        sources = [path for path in sorted(build_page.SOURCES.rglob("*"))
                   if path.is_file() and not build_page.KEPT & set(path.relative_to(build_page.SOURCES).parts)]
    Path(output).write_text(c_file(files), encoding="utf-8")
    Path(depfile).write_text(f"{output}: " + " ".join(str(path).replace(" ", "\\ ") for path in sources) + "\n",
                             encoding="utf-8")


main(sys.argv[1:])
