# SPDX-License-Identifier: Apache-2.0
"""Wires that touch soil: what the contact resists, what is exact about it, and that refinement changes nothing."""
import math

from engine import complex_impedance, relative
from truth import first_impedance

# radius of the wires [m], conductivity of the soil [S/m]
FEET = ((0.001, 0.002), (0.005, 0.01), (0.02, 0.01), (0.02, 5))
SPAN = 10.0


def two_feet(radius, sigma):
    """A wire that stands on the soil with both ends, SPAN metres apart, fed in the middle with a kilohertz."""
    wires = f"GW 1 8 0 0 0 0 0 1 {radius}\nGW 2 15 0 0 1 {SPAN} 0 1 {radius}\nGW 3 8 {SPAN} 0 1 {SPAN} 0 0 {radius}\n"
    return f"CE\n{wires}GE 1\nGN 2 0 0 0 10 {sigma}\nEX 0 2 8 0 1\nFR 0 1 0 0 .001\nXQ\nEN\n"


def spreading(radius, sigma):
    """Direct-current resistance between two discs on the surface of a conducting half-space, far apart for
    their size: 1/(4 σ a) each, less the potential of one at the other."""
    return 2 * (1 / (4 * sigma * radius) - 1 / (2 * math.pi * sigma * SPAN))


# ---- a monopole that touches the ground, as finely divided as one likes ----

# radius [m], permittivity, conductivity [S/m]
MONOPOLES = ((0.005, 13, 0.005), (0.05, 13, 0.005), (0.005, 20, 0.03), (0.005, 81, 5))
TIMES = (1, 2, 4, 8)


def monopole(radius, epsilon, sigma, segments=10):
    """5 m at 15 MHz, a quarter of a wavelength."""
    return f"CE\nGW 1 {segments} 0 0 0 0 0 5 {radius}\nGE 1\nGN 2 0 0 0 {epsilon} {sigma}\n" \
           "EX 0 1 1 0 1\nFR 0 1 0 0 15\nXQ\nEN\n"


def monopole_rows(engine):
    """[(radius, epsilon, sigma, [Alicorn with --refine n], [NEC-2 with n times the segments] or None)]."""
    def one(kind):
        ours = [first_impedance(engine, monopole(*kind), ("--refine", str(n))) for n in TIMES]
        theirs = None
        if engine.available(engine.nec2c):
            theirs = [engine.listing(monopole(*kind, 10 * n))[0][1][0][2] for n in TIMES]
        return *kind, ours, theirs
    return engine.map(one, MONOPOLES)


# ---- checks ----

def run(engine, checks):
    for radius, sigma in FEET:
        z = complex_impedance(engine.solve(two_feet(radius, sigma))["solves"][0]["sources"][0])
        exact = spreading(radius, sigma)
        checks.check(abs(z.real / exact - 1) <= 2e-3, f"two feet of {1e3 * radius:g} mm on soil of {sigma:g} S/m",
                     f"R = {z.real:.5g} Ω, spreading resistance of discs {exact:.5g} Ω, within 0.2 %")
    for radius, epsilon, sigma, ours, theirs in monopole_rows(engine):
        moved = max(relative(z, ours[-1]) for z in ours)
        beside = f", nec2c by {100 * relative(theirs[0], theirs[-1]):.0f} %" if theirs else ""
        checks.check(moved <= 0.025, f"monopole of {1e3 * radius:g} mm on {epsilon:g}, {sigma:g} S/m, "
                                    f"segments × {TIMES[-1]}",
                     f"from {ours[0]:.4g} to {ours[-1]:.4g}, moved by {100 * moved:.2f} %{beside}")
