#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A perfectly conducting sphere of triangles, and a project that asks for its cross-section.

usage: sphere.py UNKNOWNS FOLDER

An icosahedron's faces are cut into FREQUENCY x FREQUENCY triangles, which are put onto the sphere:
20 FREQUENCY^2 triangles and 30 FREQUENCY^2 unknowns. The radius is chosen for edges of about a tenth
of the wavelength at 300 MHz, whatever the size, as they would be in practice.
"""
import math
import sys
from pathlib import Path

from mast_ports import write_mesh

FREQUENCY_MHZ = 300
WAVELENGTH = 299.792458 / FREQUENCY_MHZ  # [m]
EDGE = 0.1 * WAVELENGTH


def icosahedron():
    """Twelve corners on the unit sphere, and twenty triangles seen counterclockwise from outside."""
    golden = (1 + math.sqrt(5)) / 2
    corners = [(x, y, 0.0) for x in (-1, 1) for y in (-golden, golden)]
    corners = [point[shift:] + point[:shift] for shift in range(3) for point in corners]
    length = math.hypot(1, golden)
    corners = [tuple(x / length for x in point) for point in corners]
    side = 2 / length
    near = lambda a, b: abs(math.dist(corners[a], corners[b]) - side) < 1e-6
    faces = []
    for a in range(12):
        for b in range(a + 1, 12):
            for c in range(b + 1, 12):
                if near(a, b) and near(b, c) and near(a, c):
                    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = (corners[i] for i in (a, b, c))
                    outward = (ax * (by * cz - bz * cy) + ay * (bz * cx - bx * cz) + az * (bx * cy - by * cx))
                    faces.append((a, b, c) if outward > 0 else (a, c, b))
    return corners, faces


def sphere(unknowns):
    """Vertices, triangles and the unknowns there really are, for the nearest size that exists."""
    cuts = max(1, round(math.sqrt(unknowns / 30)))
    corners, faces = icosahedron()
    radius = EDGE * math.sqrt(len(faces) * cuts * cuts * math.sqrt(3) / (16 * math.pi))
    vertices, numbers, triangles = [], {}, []

    def number(a, b, c, i, j):
        """The vertex i steps towards b and j towards c of a face's corner a."""
        weights = sorted((corner, weight) for corner, weight in ((a, cuts - i - j), (b, i), (c, j)) if weight)
        key = tuple(weights)
        if key not in numbers:
            point = [sum(corners[corner][x] * weight for corner, weight in weights) for x in range(3)]
            length = math.hypot(*point)
            numbers[key] = len(vertices)
            vertices.append(tuple(radius * x / length for x in point))
        return numbers[key]

    for a, b, c in faces:
        for i in range(cuts):
            for j in range(cuts - i):
                p, q, r = (number(a, b, c, *step) for step in ((i, j), (i + 1, j), (i, j + 1)))
                triangles.append((p, q, r))
                if i + j < cuts - 1:
                    triangles.append((q, number(a, b, c, i + 1, j + 1), r))
    return vertices, triangles, 30 * cuts * cuts


def write_project(folder, unknowns, electric_share=1):
    """Write sphere.msh and sphere.yaml; returns the project's path and its unknowns."""
    vertices, triangles, count = sphere(unknowns)
    write_mesh(folder / "sphere.msh", vertices, triangles)
    project = folder / "sphere.yaml"
    project.write_text(
        "alicorn: 1\nname: A sphere\nparts:\n"
        f"  - {{ name: sphere, mesh: sphere.msh, electric_share: {electric_share} }}\n"
        f"frequencies: {FREQUENCY_MHZ} MHz\nrequests:\n  - rcs: {{ theta: 90, phi: 0 }}\n", encoding="utf-8")
    return project, count


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    print(*write_project(Path(sys.argv[2]), int(sys.argv[1])))
