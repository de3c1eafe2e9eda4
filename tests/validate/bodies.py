# SPDX-License-Identifier: Apache-2.0
"""What is known about conducting bodies, alone and with wires: exact series, published values, and the same
antennas made of triangles only."""
import math

import meshes
import spheres
from engine import HERE, Failure, complex_impedance, relative
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


def bicone(engine, sides, pieces, foot=KL1 / 640):
    mesh, base = monocone(sides, pieces, foot)
    solve = Project(engine).mesh(mesh).edge("P", base).over_ground().solve()
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


def plate_monopole(engine, edge, fan=0.02, segments=20, at="start", sides=8):
    """λ/4 of 1 mm radius on a plate of 1 λ, whose triangles grow from a fan of this radius."""
    plate = meshes.radial_plate(fan, 0.5, edge, sides)
    meshes.band(plate, [(0.0, 0.0, 0.0)], meshes.ring(fan, 0.0, sides))
    project = Project(engine).mesh(plate).wire("w", [(0, 0, 0), (0, 0, 0.25)], 1e-3, segments)
    solve = project.port("P", "w", at).solve()
    return complex_impedance(solve["sources"][0]), solve["unknowns"]


def ground_monopole(engine, segments=20, at="start"):
    """The same on infinite ground."""
    project = Project(engine).wire("w", [(0, 0, 0), (0, 0, 0.25)], 1e-3, segments).over_ground()
    return complex_impedance(project.port("P", "w", at).solve()["sources"][0])


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
