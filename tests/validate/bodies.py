# SPDX-License-Identifier: Apache-2.0
"""What is known about conducting bodies, alone and with wires: exact series, published values, and the same
antennas made of triangles only."""
import math

import meshes
import spheres
from engine import HERE, complex_impedance
from projects import MEGAHERTZ, Project, matrix

SURFACES = HERE / "surfaces"
BICONE = 45.65 + 32.09j  # Ω at kL = 1: solid, spherical caps, half-angle 39.2°; mode matching, converged
KL1 = 1 / (2 * math.pi)


def sphere_ka1(engine, cuts, keep_volume=True):
    """σ/(π a²) towards the transmitter of the sphere of 1 m at ka = 1, and the number of unknowns."""
    project = Project(engine, MEGAHERTZ / (2 * math.pi)).mesh(meshes.geodesic(cuts, 1.0, keep_volume))
    solve = project.request("rcs: { theta: 0, phi: 0 }").solve()
    return 10 ** (solve["rcs"][0]["vv_dbsm"] / 10) / math.pi, solve["unknowns"]


def sphere_bistatic(engine, cuts, keep_volume=True, electric_share=None):
    """Mean |dB| between the bistatic cross-section of a sphere of one wavelength's radius and the exact one, over
    0 to 180° and both polarisations, nothing below 80 dB under the largest; and the number of unknowns."""
    project = Project(engine).mesh(meshes.geodesic(cuts, 1.0, keep_volume), electric_share)
    project.request("rcs: { theta: 0, phi: 0, receive: { theta: [0, 180, 1], phi: 0 } }")
    solve = project.solve()
    rows = [spheres.cross_section(2 * math.pi, angle) for angle in range(181)]
    floor = max(max(row) for row in rows) * 1e-8
    found = [tuple(10 ** (row[f"{p}_dbsm"] / 10) / math.pi for p in ("vv", "hh")) for row in solve["rcs"]]
    errors = [abs(10 * math.log10(max(ours, floor) / max(exact, floor)))
              for a, b in zip(found, rows) for ours, exact in zip(a, b)]
    return sum(errors) / len(errors), solve["unknowns"]


def monocone(sides, pieces, foot, half_angle=39.2):
    """Half of the bicone of kL = 1 on perfect ground at 1 m wavelength, and the polygon along which it is fed:
    `pieces` triangles along the slant, growing from a short upright tube in place of the last `foot` of it.
    The polygons have the circles' area."""
    theta = math.radians(half_angle)
    widen = math.sqrt(math.pi / (sides / 2 * math.sin(2 * math.pi / sides)))
    slant = [foot]
    while slant[-1] < KL1:
        slant.append(slant[-1] + min(KL1 / pieces, slant[-1] * 2 * math.pi * math.sin(theta) / sides))
    power = math.log(KL1 / foot) / math.log(slant[-1] / foot)
    slant = [foot * (r / foot) ** power for r in slant]
    cap = max(2, round(pieces * theta))
    profile = [(foot * math.sin(theta), 0.0)] + [(r * math.sin(theta), r * math.cos(theta)) for r in slant]
    profile += [(KL1 * math.sin(theta * (1 - i / cap)), KL1 * math.cos(theta * (1 - i / cap)))
                for i in range(1, cap)]
    profile = [(widen * rho, z) for rho, z in profile] + [(0.0, KL1)]
    return meshes.revolved(profile, sides), meshes.ring(profile[0][0], 0.0, sides)


def bicone_solve(engine, sides, pieces, foot=KL1 / 640):
    mesh, base = monocone(sides, pieces, foot)
    return Project(engine).mesh(mesh).edge("P", base).over_ground().solve()


def bicone(engine, *arguments):
    """Its impedance, twice that of its half on ground, and the number of unknowns."""
    solve = bicone_solve(engine, *arguments)
    return 2 * complex_impedance(solve["sources"][0]), solve["unknowns"]


DIPOLE_ANGLES = (30, 90, 180)


def dipoles_on_sphere(engine, cuts, electric_share=None):
    """Maximum available gain [dB] between short radial dipoles 0.05 λ above a sphere of one wavelength's radius,
    30, 90 and 180° apart, and the first one's resistance over that in free space."""
    def add(project, index, degrees):
        x, z = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        project.wire(f"d{index}", [(1.04 * x, 0, 1.04 * z), (1.06 * x, 0, 1.06 * z)], 1e-4, 5)
        project.port(f"P{index}", f"d{index}")
    project = Project(engine).mesh(meshes.geodesic(cuts), electric_share)
    for index, degrees in enumerate((0, *DIPOLE_ANGLES)):
        add(project, index, degrees)
    solve = project.solve()
    z = matrix(solve)
    alone = Project(engine)
    add(alone, 0, 0)
    gains = [spheres.available_gain_db(z[0][0], z[0][i], z[i][i]) for i in range(1, len(z))]
    return gains, z[0][0].real / matrix(alone.solve())[0][0].real, solve["unknowns"]


def exact_dipoles():
    ka, kb = 2 * math.pi, 2.1 * math.pi
    r = spheres.dipole_pair(ka, kb, 0)
    return [spheres.available_gain_db(r, spheres.dipole_pair(ka, kb, a), r) for a in DIPOLE_ANGLES], r


def plate_solve(engine, edge, fan=0.02, segments=20, at="start", sides=8, tilt=0.0):
    """A wire of 1 mm radius, λ/4 high, on a plate of 1 λ, whose triangles grow from a fan of this radius."""
    plate = meshes.radial_plate(fan, 0.5, edge, sides)
    meshes.band(plate, [(0.0, 0.0, 0.0)], meshes.ring(fan, 0.0, sides))
    project = Project(engine).mesh(plate)
    project.wire("w", [(0, 0, 0), (0.25 * math.tan(math.radians(tilt)), 0, 0.25)], 1e-3, segments)
    return project.port("P", "w", at).solve()


def plate_monopole(engine, *arguments):
    """Its impedance and the number of unknowns."""
    solve = plate_solve(engine, *arguments)
    return complex_impedance(solve["sources"][0]), solve["unknowns"]


def ground_monopole(engine, segments=20, at="start"):
    """The same on infinite ground."""
    project = Project(engine).wire("w", [(0, 0, 0), (0, 0, 0.25)], 1e-3, segments).over_ground()
    return complex_impedance(project.port("P", "w", at).solve()["sources"][0])


def graded(start, finest, coarsest, end, ratio=1.5):
    """Heights from `start` to `end` in steps that grow from `finest` to `coarsest`."""
    heights, step = [start], finest
    while heights[-1] < end - 1.2 * step:
        heights.append(heights[-1] + step)
        step = min(step * ratio, coarsest)
    stretch = (end - start) / (heights[-1] - start) if len(heights) > 1 else 1.0
    return [start + (z - start) * stretch for z in heights] if len(heights) > 1 else [start, end]


def gap_heights(gap):
    """Rings of a tube of 0.25 m: five of them span the gap, the others are further and further apart."""
    base = [gap * i / 4 for i in range(5)]
    return base + graded(base[-1], gap / 4, 0.01, 0.25)[1:]


# radius of the circle that is equivalent to a thin regular polygon's tube, over its circumradius
EQUIVALENT = {6: 0.9205, 8: 0.9550, 12: 0.9800}


def tube(engine, heights, gap, edge=None, radius=1e-3, sides=8, tilt=0.0):
    """A closed tube of triangles without any attachment, on a plate of 1 λ or, without `edge`, on infinite
    ground: a voltage spread over ports along the first `gap` rings. heights: where the rings are."""
    circle = radius / EQUIVALENT[sides] * 2 / (1 + math.cos(math.radians(tilt)))
    mesh = meshes.radial_plate(circle, 0.5, edge, sides) if edge else meshes.Mesh()
    slope = math.tan(math.radians(tilt))

    def ring(z):
        return [(x + slope * z, y, z) for x, y, _ in meshes.ring(circle, 0.0, sides)]
    rings = [ring(z) for z in heights]
    for lower, upper in zip(rings, rings[1:]):
        meshes.band(mesh, lower, upper)
    meshes.band(mesh, rings[-1], [(slope * heights[-1], 0.0, heights[-1])])
    project = Project(engine).mesh(mesh)
    for index in range(gap):
        project.edge(f"P{index}", rings[index])
    if not edge:
        project.over_ground()
    y = matrix(project.solve(), "y")
    return gap ** 2 / sum(value * math.copysign(1, y[0][i].real) * math.copysign(1, y[0][j].real)
                          for i, row in enumerate(y) for j, value in enumerate(row))


def plain_dipole(engine, radius, segments):
    project = Project(engine).wire("w", [(0, 0, -0.25), (0, 0, 0.25)], radius, segments).port("P", "w")
    return complex_impedance(project.solve()["sources"][0])


def tube_dipole(engine, radius, gap, sides=12):
    """A tube half a wavelength long and open at its ends, a voltage spread evenly over a gap in its middle."""
    circle = radius / EQUIVALENT[sides]
    rings_in_gap = 9
    middle = [gap * (i / (rings_in_gap - 1) - 0.5) for i in range(rings_in_gap)]
    # fine at the gap and at the rim, where the charge has its singularity
    centre = 0.5 * (middle[-1] + 0.25)
    upper = graded(middle[-1], middle[1] - middle[0], 0.01, centre)
    upper += [0.25 + middle[-1] - z for z in reversed(upper[:-1])] if len(upper) > 1 else [0.25]
    upper = upper[:-1] + [0.25 - d for d in (radius / 8,)] + [0.25]
    heights = [-z for z in reversed(upper)] + middle[1:-1] + upper
    project = Project(engine).mesh(meshes.revolved([(circle, z) for z in heights], sides))
    for index, z in enumerate(middle):
        project.edge(f"P{index}", meshes.ring(circle, z, sides))
    y = matrix(project.solve(), "y")
    weight = [math.copysign(1 / (rings_in_gap - 1), y[0][i].real) for i in range(rings_in_gap)]
    weight[0] /= 2
    weight[-1] /= 2
    return 1 / sum(weight[i] * weight[j] * value for i, row in enumerate(y) for j, value in enumerate(row))


def example_cylinder(engine, sides=24, rows=12, rings=6):
    """Example 6 of NEC-2's manual on a rounder cylinder of the same surface: impedances with the other wire's source
    shorted, maximum coupling."""
    radius = 0.1 * math.sqrt(math.pi / (sides / 2 * math.sin(2 * math.pi / sides)))
    profile = [(0.0, -0.11)] + meshes.between((0, -0.11), (radius, -0.11), rings)
    profile += meshes.between((radius, -0.11), (radius, 0.11), rows)
    profile += meshes.between((radius, 0.11), (0.0, 0.11), rings)
    project = Project(engine, 465.84).mesh(meshes.revolved(profile, sides))
    project.wire("top", [(0, 0, 0.11), (0, 0, 0.23)], 1e-3, 4).port("A", "top", 0.125)
    project.wire("side", [(radius, 0, 0), (0.276, 0, 0)], 2e-3, 5).port("B", "side", 0.1)
    solve = project.solve()
    z, y = matrix(solve), matrix(solve, "y")
    return 1 / y[0][0], 1 / y[1][1], spheres.available_gain_db(z[0][0], z[0][1], z[1][1])


def example_box(engine, cells=10):
    """Example 4 of NEC-2's manual on a finer mesh."""
    project = Project(engine, 299.8).mesh(meshes.box((0.2, 0.2, 0.1), (cells, cells, cells // 2), bottom=False))
    project.wire("stem", [(0, 0, 0.1), (0, 0, 0.3)], 1e-3, 4).port("P", "stem", 0.125).over_ground()
    project.wire("arm", [(0, 0, 0.3), (0.15, 0, 0.3)], 1e-3, 2)
    project.wire("leg", [(0, 0, 0.3), (-0.15, 0, 0.3)], 1e-3, 2)
    return complex_impedance(project.solve()["sources"][0])


def short_monopole(engine, cuts, height=0.02):
    """The solve of a short monopole on a sphere of one wavelength's radius."""
    ball = meshes.with_pole(meshes.geodesic(cuts))
    top = max(v[2] for v in ball.vertices)
    project = Project(engine).mesh(ball).wire("w", [(0, 0, top), (0, 0, top + height)], 1e-4, 3)
    return project.port("P", "w", "start").solve()


def deck(name):
    return (SURFACES / name).read_text(encoding="utf-8")


def low_frequency(engine, x):
    """The geodesic sphere at ka = x: cross-section over the exact one; R/x² of a monopole on it."""
    ball = meshes.with_pole(meshes.geodesic(5))
    top = max(v[2] for v in ball.vertices)
    project = Project(engine, MEGAHERTZ / (2 * math.pi) * x).mesh(ball)
    solve = project.request("rcs: { theta: 0, phi: 0 }").solve()
    share = 10 ** (solve["rcs"][0]["vv_dbsm"] / 10) / math.pi / spheres.cross_section(x, 0)[0]
    project = Project(engine, MEGAHERTZ / (2 * math.pi) * x).mesh(ball)
    project.wire("w", [(0, 0, top), (0, 0, top + 0.5)], 0.01, 5).port("P", "w", "start")
    return share, complex_impedance(project.solve()["sources"][0]).real / x ** 2
