#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Four coupled dipoles fed by waves of given amplitudes, judged as a beacon from the patterns of each port alone, against a deck
with all four generators on, each behind its resistance: the orders of the envelope must be the same.

usage: superpose.py ALICORN
"""
import cmath
import json
import math
import subprocess
import sys

PLACES = [(0, 0), (0.5, 0), (-0.25, 0.433), (-0.25, -0.433)]
WEIGHTS = [(1, 0), (0.5, 90), (0.7, -45), (0.3, 10)]
TOLERANCE = 1e-9


def project():
    wires = "".join(f"  - {{ name: w{i}, wire: {{ from: [{x}, {y}, 0.02], to: [{x}, {y}, 0.48], radius: 2 mm, segments: 9 }} }}\n"
                    for i, (x, y) in enumerate(PLACES))
    ports = "".join(f"  - {{ name: P{i}, wire: w{i} }}\n" for i in range(len(PLACES)))
    weights = ", ".join(f"[{size}, {phase}]" for size, phase in WEIGHTS)
    return (f"alicorn: 1\nparts:\n{wires}ports:\n{ports}frequencies: 300 MHz\n"
            f"requirements:\n  - {{ tacan: {{ weights: [{weights}] }}, theta: [70, 70], step: 3 }}\n")


def deck():
    cards = ["CE"]
    cards += [f"GW {i + 1} 9 {x} {y} 0.02 {x} {y} 0.48 0.002" for i, (x, y) in enumerate(PLACES)] + ["GE"]
    cards += [f"LD 0 {i + 1} 5 5 50 0 0" for i in range(len(PLACES))]
    for i, (size, phase) in enumerate(WEIGHTS):
        voltage = 2 * math.sqrt(50) * cmath.rect(size, math.radians(phase))
        cards.append(f"EX 0 {i + 1} 5 0 {voltage.real:.12g} {voltage.imag:.12g}")
    return "\n".join(cards + ["FR 0 1 0 0 300 0", "RP 0 1 120 1000 70 0 1 3", "EN", ""])


def answer(program, command, text):
    result = subprocess.run([program, command, "-", "--quiet", "--json", "-"], input=text, capture_output=True, text=True,
                            timeout=120, check=False)
    return json.loads(result.stdout)


def orders(envelope):
    """Depths of the Fourier orders 0 … 27 of one turn."""
    count, mean = len(envelope), sum(envelope) / len(envelope)
    return [2 * abs(sum(e * cmath.exp(-2j * math.pi * n * k / count) for k, e in enumerate(envelope))) / count / mean
            for n in range(28)]


def main(program):
    verdicts = answer(program, "check", project())["verdicts"]
    judged = {verdict["detail"]: verdict["value"] for verdict in verdicts}
    pattern = answer(program, "solve", deck())["solves"][0]["patterns"][0]
    depth = orders([abs(complex(*row[0])) for row in pattern["e_theta"]])
    wanted = {"15 Hz depth": depth[1], "135 Hz depth": depth[9], "rss of orders 2-6": math.hypot(*depth[2:7]),
              "rss of orders 18 and 27": math.hypot(depth[18], depth[27]), "order 7": depth[7], "order 8": depth[8],
              "order 10": depth[10], "order 11": depth[11]}
    failed = 0
    print(f"1..{len(wanted)}")
    for number, (name, value) in enumerate(wanted.items(), 1):
        good = abs(judged[name] - value) < TOLERANCE
        failed += not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}: {judged[name]:.12g}, all generators on {value:.12g}")
    return 1 if failed else 0


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(sys.argv[1]))
