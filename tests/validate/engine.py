# SPDX-License-Identifier: Apache-2.0
"""Run decks through Alicorn and nec2c and hand back what they say."""
import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
DECKS = HERE / "decks"
XNEC2C = Path("/usr/share/doc/xnec2c/examples")


class Failure(Exception):
    """An engine did not answer; the message says why."""


class Engine:
    """The two programs, a scratch folder, and a memory of what was asked before."""

    def __init__(self, alicorn, nec2c, jobs, long=False):
        self.long = long  # also what takes minutes
        self.patience = 3600 if long else 120
        self.alicorn = str(alicorn)
        self.nec2c = str(nec2c)
        self.pool = ThreadPoolExecutor(jobs)
        self.scratch = tempfile.TemporaryDirectory(prefix="alicorn-validate-")
        self.answers = {}

    def write(self, text):
        """A file that holds this deck or project."""
        suffix = ".yaml" if text.startswith("alicorn:") else ".nec"
        path = Path(self.scratch.name) / (hashlib.sha256(text.encode()).hexdigest()[:16] + suffix)
        if not path.exists():
            path.write_text(text, encoding="utf-8")
        return path

    def mesh(self, mesh):
        """The name by which a project of ours can mean this mesh."""
        text = mesh.text()
        path = Path(self.scratch.name) / (hashlib.sha256(text.encode()).hexdigest()[:16] + ".msh")
        if not path.exists():
            path.write_text(text, encoding="utf-8")
        return path.name

    def solve(self, text, *options, command="solve"):
        """Alicorn's JSON document for a deck or project; Failure with its last line if it refuses. Each
        process has one thread: the decks run side by side."""
        key = (text, options, command)
        if key not in self.answers:
            words = [self.alicorn, command, str(self.write(text)), "--json", "-", "--quiet",
                     "--threads", "1", *options]
            self.answers[key] = self.call(words, json.loads)
        return self.answers[key]

    def listing(self, text):
        """nec2c's impedances: [(frequency_mhz, [(tag, segment, impedance), ...]), ...]."""
        output = self.write(text).with_suffix(".out")
        if not output.exists():
            self.call([self.nec2c, "-i", str(self.write(text)), "-o", str(output)], str)
        return read_impedances(output.read_text(encoding="utf-8", errors="replace"))

    @staticmethod
    def available(program):
        """Whether a program can be started."""
        return shutil.which(program) is not None

    def call(self, command, convert, text_of="stdout"):
        try:
            result = subprocess.run(command, capture_output=True, text=True, timeout=self.patience,
                                    check=False, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise Failure(f"took more than {self.patience} s") from None
        if result.returncode:
            lines = (result.stderr or result.stdout).strip().splitlines()
            raise Failure(f"status {result.returncode}: {lines[-1] if lines else 'no message'}")
        return convert(getattr(result, text_of))

    def map(self, function, items):
        """function over items, side by side, answers in order."""
        return list(self.pool.map(function, items))


def complex_impedance(source):
    """Impedance of an entry of `sources`, or None."""
    return complex(*source["impedance"]) if source["impedance"] else None


def read_impedances(listing):
    """Impedances from a NEC-2 listing, block by block."""
    blocks = []
    frequency = None
    lines = iter(listing.splitlines())
    number = re.compile(r"[+-]?\d+\.\d+E[+-]\d+")
    for line in lines:
        match = re.search(r"FREQUENCY *: *([\d.E+-]+) *MHz", line, re.I)
        if match:
            frequency = float(match.group(1))
        if "ANTENNA INPUT PARAMETERS" not in line:
            continue
        next(lines)
        next(lines)
        block = []
        for line in lines:
            match = re.match(r"\s*(\d+)\s+(\d+)\s+(.*)", line)
            if not match:
                break
            values = [float(word) for word in number.findall(match.group(3))]
            if len(values) >= 6:
                block.append((int(match.group(1)), int(match.group(2)), complex(*values[4:6])))
        blocks.append((frequency, block))
    return blocks


def own_decks():
    """Our own decks: [(name, text)]."""
    return [(path.stem, path.read_text(encoding="utf-8")) for path in sorted(DECKS.glob("*.nec"))]


def example_folder(engine):
    """The folder of xnec2c's example decks, and None; or None and the reason why there is none. They are
    other people's work and so are read from Debian's package, not kept here."""
    if list(XNEC2C.glob("*.nec")):
        return XNEC2C, None
    folder = Path(engine.scratch.name)
    try:
        for command in (["apt-get", "download", "xnec2c"],
                        ["sh", "-c", "dpkg -x xnec2c_*.deb xnec2c"]):
            subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=60,
                           stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError) as error:
        return None, f"Debian's xnec2c package is neither installed nor to be had ({error})"
    return folder / "xnec2c" / XNEC2C.relative_to("/"), None


def fewer_frequencies(text, most):
    """The deck with no sweep of more than `most` points: the same ends, wider steps; one is the first."""
    lines = []
    for line in text.splitlines():
        fields = re.split(r"[\s,]+", line[2:].strip())
        if line[:2].upper() == "FR" and len(fields) > 5 and int(float(fields[1])) > most:
            points, step = int(float(fields[1])), float(fields[5])
            scale = (points - 1) / (most - 1) if most > 1 else 0.0
            step = step ** scale if int(float(fields[0])) else step * scale
            line = f"FR {int(float(fields[0]))} {most} 0 0 {fields[4]} {step:.9g}"
        lines.append(line)
    return "\n".join(lines) + "\n"


def refined(text, times):
    """The deck with every segment cut into an odd number of them; sources, loads and networks stay in the
    middle ones, so that a source's gap narrows with them, as it does for a user of NEC-2."""
    def middle(segment):
        return str(times * (int(float(segment)) - 1) + (times + 1) // 2)

    lines = []
    for line in text.splitlines():
        card, fields = line[:2].upper(), re.split(r"[\s,]+", line[2:].strip())
        if card in ("GW", "GA", "GH"):
            fields[1] = str(times * int(float(fields[1])))
        elif card == "EX":
            fields[2] = middle(fields[2])
        elif card in ("TL", "NT"):
            fields[1], fields[3] = middle(fields[1]), middle(fields[3])
        elif card == "LD" and fields[0] in ("0", "1", "4") and fields[2] == fields[3] != "0":
            fields[2] = fields[3] = middle(fields[2])
        elif card == "LD" and fields[2:4] != ["0", "0"]:
            fields[2] = str(times * (int(fields[2]) - 1) + 1)
            fields[3] = str(times * int(fields[3]))
        else:
            lines.append(line)
            continue
        lines.append(f"{card} {' '.join(fields)}")
    return "\n".join(lines) + "\n"


def execute_last(text):
    """The deck as xnec2c means it: it reads every card before it runs anything, whereas NEC-2 runs at the
    first RP, NE, NH or XQ with the cards seen so far. One XQ behind all other cards makes both read the
    same antenna. Requests for fields go; ZO, xnec2c's own card, stops nec2c and goes too."""
    lines = [line for line in text.splitlines()
             if line[:2].upper() not in ("RP", "NE", "NH", "XQ", "ZO", "EN")]
    return "\n".join(lines) + "\nXQ\nEN\n"


def relative(value, reference):
    """|value - reference| / |reference|."""
    return abs(value - reference) / abs(reference)
