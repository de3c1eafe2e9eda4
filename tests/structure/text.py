#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What can be checked by reading: licence lines, layout, citations, links, the version, forgotten files."""
import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TREES = ("include", "src", "view", "cli", "tests", "examples", "bench", "fuzz", "tools")
CITATION = re.compile(r"\[([A-Z][A-Za-z]+:\d{4}[a-z]?)\]")


def sources(*patterns):
    return sorted(path for tree in TREES for pattern in patterns
                  for path in (ROOT / tree).rglob(pattern))


def check_licence():
    """The SPDX line stands at the top (after a #! line) of every source file."""
    for path in sources("*.c", "*.h", "*.py", "*.sh"):
        head = path.read_text(encoding="utf-8").splitlines()[:2]
        if head and not any("SPDX-License-Identifier: Apache-2.0" in line for line in head):
            yield f"{path.relative_to(ROOT)}:1: no SPDX line"


def check_format():
    """clang-format has nothing to change."""
    files = [str(path) for path in sources("*.c", "*.h")]
    result = subprocess.run(["clang-format", "--dry-run", "-Werror", *files],
                            capture_output=True, text=True)
    places = re.findall(r"^(.*?):(\d+):\d+: error:", result.stderr, re.M)
    for name in sorted({name for name, _ in places}):
        lines = sorted({int(line) for other, line in places if other == name})
        yield f"{Path(name).relative_to(ROOT)}: clang-format would change lines {lines}"
    if result.returncode != 0 and not places:
        yield result.stderr


def check_citations():
    """Every [Key:Year] has its entry in docs/references.bib."""
    bibliography = (ROOT / "docs/references.bib").read_text(encoding="utf-8")
    known = set(re.findall(r"@\w+\{([^,\s]+),", bibliography))
    files = sources("*.c", "*.h", "*.py") + sorted((ROOT / "docs").rglob("*.md"))
    for path in files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for key in CITATION.findall(line):
                if key not in known:
                    yield f"{path.relative_to(ROOT)}:{number}: [{key}] is not in docs/references.bib"


def check_links():
    """Relative links of the documentation lead somewhere."""
    pages = sorted(ROOT.glob("*.md")) + sorted((ROOT / "docs").rglob("*.md"))
    for page in pages:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
            if "://" not in target and not (page.parent / target).exists():
                yield f"{page.relative_to(ROOT)}: dead link {target}"


def check_version():
    """The newest release in CHANGELOG.md is the version of the build."""
    build = re.search(r"version: '([^']+)'", (ROOT / "meson.build").read_text(encoding="utf-8"))
    changes = re.search(r"^## \[(\d[^\]]*)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    if not build or not changes or build[1] != changes[1]:
        yield f"meson.build says {build and build[1]}, CHANGELOG.md {changes and changes[1]}"


def check_built():
    """Every C file is part of the build: a forgotten test would pass forever."""
    commands = json.loads((Path(sys.argv[2]) / "compile_commands.json").read_text(encoding="utf-8"))
    built = {(Path(entry["directory"]) / entry["file"]).resolve() for entry in commands}
    for path in sources("*.c"):
        place = path.relative_to(ROOT)
        optional = place.parts[0] == "bench" or place.parts[:2] in (("tests", "fuzz"), ("tests", "tsan"))
        if path not in built and not optional:
            yield f"{place}: no meson.build names it"


CHECKS = {"licence": check_licence, "format": check_format, "citations": check_citations,
          "links": check_links, "version": check_version, "built": check_built}


def main(name):
    failures = list(CHECKS[name]())
    print("".join(f"{line}\n" for line in failures), end="")
    print(f"{name}: {len(failures)} failures")
    return 1 if failures else 0


if len(sys.argv) < 2 or sys.argv[1] not in CHECKS:
    sys.exit(f"usage: text.py {'|'.join(CHECKS)} [BUILD_FOLDER]")
sys.exit(main(sys.argv[1]))
