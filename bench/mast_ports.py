#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What seven more ports and a cut of cross-sections cost on a mast that is solved anyway.

usage: mast_ports.py [--alicorn PROGRAM] [--faces N] [--angles N] [--repetitions N] [--threads N]

A closed column of N triangles (3312 by default, about 5000 unknowns with its wires), eight quarter-wave
monopoles on it, 300 MHz. Solved once with one port, the other monopoles grounded, and once with all
eight ports driven in turn and the cross-sections for 361 directions. It reports the ratio of the wall
times, least of the repetitions, and where the time went; it does not judge.
"""
import argparse
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

AROUND, EDGE = 24, 0.105  # vertices of a ring; distance of neighbours [m]
RADIUS = EDGE * AROUND / (2 * math.pi)
WIRES = 8


def ring(radius, height, turn):
    step = 2 * math.pi / AROUND
    return [(radius * math.cos(step * (i + turn)), radius * math.sin(step * (i + turn)), height)
            for i in range(AROUND)]


def column(faces):
    """Vertices and triangles of a closed column; every ring is turned by half a step."""
    rows = max(2, round((faces - 6 * AROUND) / (2 * AROUND)))
    pitch = EDGE * math.sqrt(0.75)
    rings = [ring(0.5 * RADIUS, 0.0, 0.0)]
    rings += [ring(RADIUS, row * pitch, 0.5 * (row % 2)) for row in range(rows + 1)]
    rings.append(ring(0.5 * RADIUS, rows * pitch, 0.5 * (rows % 2)))
    vertices = [point for points in rings for point in points]
    triangles = []
    for low in range(len(rings) - 1):
        first, second = low * AROUND, (low + 1) * AROUND
        turned = 1 <= low <= rows and low % 2 == 0  # the upper ring is behind
        for i in range(AROUND):
            j = (i + 1) % AROUND
            if turned:
                triangles += [(first + i, first + j, second + j), (first + i, second + j, second + i)]
            else:
                triangles += [(first + i, first + j, second + i), (first + j, second + j, second + i)]
    for start, height, order in ((0, 0.0, -1), ((len(rings) - 1) * AROUND, rows * pitch, 1)):
        vertices.append((0.0, 0.0, height))
        for i in range(AROUND):
            pair = (start + i, start + (i + 1) % AROUND)[::order]
            triangles.append((*pair, len(vertices) - 1))
    return vertices, triangles, rows, pitch


def write_mesh(path, vertices, triangles):
    with open(path, "w", encoding="ascii") as out:
        out.write(f"$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n{len(vertices)}\n")
        for number, point in enumerate(vertices, 1):
            out.write("%d %.9f %.9f %.9f\n" % (number, *point))
        out.write(f"$EndNodes\n$Elements\n{len(triangles)}\n")
        for number, corners in enumerate(triangles, 1):
            out.write("%d 2 2 1 1 %d %d %d\n" % (number, *(corner + 1 for corner in corners)))
        out.write("$EndElements\n")


def project(vertices, rows, ports, requests):
    lines = ["alicorn: 1", "name: A mast with eight monopoles", "parts:",
             "  - { name: column, mesh: column.msh }"]
    for wire in range(WIRES):
        row = (wire + 1) * rows // (WIRES + 1)
        x, y, z = vertices[(row + 1) * AROUND + 3 * wire % AROUND]
        out = 1 + 0.25 / math.hypot(x, y)
        lines.append(f"  - {{ name: m{wire + 1}, wire: {{ from: [{x:.9f}, {y:.9f}, {z:.9f}],"
                     f" to: [{out * x:.9f}, {out * y:.9f}, {z:.9f}], radius: 3 mm, segments: 5 }} }}")
    lines.append("ports:")
    lines += [f"  - {{ name: P{wire + 1}, wire: m{wire + 1}, at: 0.1 }}" for wire in range(ports)]
    lines += ["frequencies: 300 MHz", "requests:", *requests]
    return "\n".join(lines) + "\n"


def run(program, folder, name, threads):
    """Wall time [s] and the first entry of the result."""
    document = folder / f"{name}.json"
    start = time.monotonic()
    subprocess.run([program, "solve", "-q", str(folder / f"{name}.yaml"), "--json", str(document),
                    "--threads", str(threads)], check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start, json.loads(document.read_text(encoding="utf-8"))


def main():
    here = Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--alicorn", default=here.parent / "build" / "release" / "cli" / "alicorn")
    parser.add_argument("--faces", type=int, default=3312)
    parser.add_argument("--angles", type=int, default=361)
    parser.add_argument("--repetitions", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0: all cores")
    arguments = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}")
    with tempfile.TemporaryDirectory(prefix="alicorn-bench-") as name:
        folder = Path(name)
        vertices, triangles, rows, _ = column(arguments.faces)
        write_mesh(folder / "column.msh", vertices, triangles)
        step = 360 / max(1, arguments.angles - 1)
        cases = {"one": (1, ["  - s_parameters"]),
                 "all": (WIRES, ["  - s_parameters",
                                 f"  - rcs: {{ theta: 90, phi: [0, {step * (arguments.angles - 1):.9g}, {step:.9g}] }}"])}
        for case, (ports, requests) in cases.items():
            text = project(vertices, rows, ports, requests)
            (folder / f"{case}.yaml").write_text(text, encoding="utf-8")
        walls = {case: [] for case in cases}
        facts = {}
        for _ in range(arguments.repetitions):
            for case in cases:
                wall, facts[case] = run(arguments.alicorn, folder, case, arguments.threads)
                walls[case].append(wall)
        for case, document in facts.items():
            timing = document["solves"][-1]["timing"]
            print(f"{case}: {min(walls[case]):.2f} s wall; {document['unknowns']} unknowns, {len(triangles)} triangles;"
                  f" fill {timing['fill_s']:.2f} s, factor {timing['factor_s']:.2f} s, solve {timing['solve_s']:.2f} s")
        print(f"ratio {min(walls['all']) / min(walls['one']):.2f}")


if __name__ == "__main__":
    sys.exit(main())
