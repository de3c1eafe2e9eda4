# SPDX-License-Identifier: Apache-2.0
"""Structures whose answers must be the same: bodies on perfect ground and their doubles in free space, bodies
turned and shifted, networks seen from either end."""
import math

import meshes
from engine import complex_impedance, relative
from projects import MEGAHERTZ, Project, matrix


def half_cylinder(rows=4, sides=12):
    """A cylinder that stands on z = 0, without its bottom: radius 0.1 m, height 0.2 m. A vertex lies on its
    axis at the top, and another at (0.1, 0, 0.1)."""
    profile = [(0.1, 0.2 * i / rows) for i in range(rows + 1)] + [(0.05, 0.2), (0.0, 0.2)]
    return meshes.revolved(profile, sides)


def below(point):
    return point[0], point[1], -point[2] if point[2] else 0.0


WIRES = (("top", [(0, 0, 0.2), (0.05, 0, 0.42)]), ("side", [(0.1, 0, 0.1), (0.28, 0.1, 0.16)]))


def ground_twin(engine):
    """Largest differences of Z between two monopoles on a cylinder on perfect ground and the same with the image
    made of wires and triangles: relative to the largest element."""
    half = half_cylinder()
    project = Project(engine).mesh(half).over_ground()
    double = Project(engine).mesh(meshes.Mesh().add(half).add(half, below, flip=True))
    for name, points in WIRES:
        project.wire(name, points, 1e-3, 7).port(name, name)
    for name, points in WIRES:
        double.wire(name, points, 1e-3, 7).port(name, name)
    for name, points in WIRES:
        # the image of a current turns round: this wire runs from its tip to the body
        double.wire(f"{name}-image", [below(p) for p in reversed(points)], 1e-3, 7)
        double.port(f"{name}-image", f"{name}-image")
    z, full = matrix(project.solve()), matrix(double.solve())
    folded = [[full[i][j] + full[i][j + 2] for j in range(2)] for i in range(2)]
    return max(abs(z[i][j] - folded[i][j]) for i in range(2) for j in range(2)) / abs(z[0][0])


def cross_section_twin(engine):
    """The same for the cross-section of a box at grazing incidence, where the direct and the reflected wave are
    one: vertical polarisation, four times that of the double. In dB."""
    half = meshes.box((0.5, 0.3, 0.4), (5, 3, 4), bottom=False)
    request = "rcs: { theta: 90, phi: [0, 90, 30] }"
    project = Project(engine).mesh(half).over_ground().request(request)
    double = Project(engine).mesh(meshes.Mesh().add(half).add(half, below, flip=True)).request(request)
    return max(abs(a["vv_dbsm"] - b["vv_dbsm"] - 20 * math.log10(2))
               for a, b in zip(project.solve()["rcs"], double.solve()["rcs"]))


def loop_twin(engine):
    """A wire loop attached to a sphere at both ends, driven where it crosses the plane of symmetry, beside half
    of it on perfect ground, which has half its impedance: relative difference, and the impedance."""
    profile = [(0.1 * math.cos(math.radians(15 * i)), 0.1 * math.sin(math.radians(15 * i))) for i in range(7)]
    profile[-1] = (0.0, 0.1)
    half = meshes.revolved(profile, 12)
    root = (profile[3][0], 0, profile[3][1])
    arm = [root, (0.2, 0, 0.2), (0.3, 0, 0.1), (0.3, 0, 0)]
    project = Project(engine).mesh(half).wire("w", list(reversed(arm)), 1e-3, 7).over_ground()
    z = complex_impedance(project.port("P", "w", "start").solve()["sources"][0])
    double = Project(engine).mesh(meshes.Mesh().add(half).add(half, below, flip=True))
    double.wire("w", list(reversed(arm)), 1e-3, 7).wire("v", [below(p) for p in arm], 1e-3, 7)
    full = complex_impedance(double.port("P", "w", "start").solve()["sources"][0])
    return relative(2 * z, full), full


def mixed_project(engine, move=None):
    """A monopole on a sphere beside a dipole and a plate with a port along a line of its edges."""
    sphere = meshes.with_pole(meshes.geodesic(4, 0.1, False))
    top = max(v[2] for v in sphere.vertices)
    grid = [0.05 * i - 0.1 for i in range(5)]
    board = meshes.plate(grid, grid).moved(meshes.shifted(0.4, 0, 0))
    project = Project(engine, move=move).mesh(sphere).mesh(board)
    project.wire("whip", [(0, 0, top), (0, 0, 0.3)], 1e-3, 9).port("A", "whip", "start")
    project.wire("dipole", [(0, 0.25, -0.2), (0, 0.3, 0.2)], 2e-3, 9).port("B", "dipole")
    return project.edge("C", [(0.4, y, 0) for y in grid], closed=False)


def mixed(engine, move=None):
    return matrix(mixed_project(engine, move).solve())


def scattering(engine):
    return matrix(mixed_project(engine).solve(), "s")


def largest_gain(s):
    """The largest singular value of a matrix, by iteration."""
    count = len(s)
    vector = [1.0 + 0.3j * i for i in range(count)]
    for _ in range(200):
        forward = [sum(s[i][j] * vector[j] for j in range(count)) for i in range(count)]
        vector = [sum(s[i][j].conjugate() * forward[i] for i in range(count)) for j in range(count)]
        norm = math.sqrt(sum(abs(v) ** 2 for v in vector))
        vector = [v / norm for v in vector]
    return math.sqrt(norm)


def turned(point):
    return meshes.shifted(3, -2, 5)(meshes.rotated((1, 2, -1), 77)(point))


def largest_difference(a, b):
    """Of two matrices, relative to the largest element."""
    return max(abs(x - y) for r, s in zip(a, b) for x, y in zip(r, s)) / max(abs(x) for r in a for x in r)
