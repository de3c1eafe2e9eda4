# SPDX-License-Identifier: Apache-2.0
"""Wires over soil and sea, solved exactly, against integrals over plane waves, a trusted value and NEC-2.

The decks are generated: frequencies shift the soil only, lengths are in wavelengths. NEC-2's values are stored
(soil.json): Debian's nec2c 1.3 has two errors in its Sommerfeld integrals which the original Fortran has not; they
are those of nec2c with both mended, which prints the same digits as the Fortran where those are known."""
import cmath
import json
import math
import re

from engine import HERE, execute_last, relative
from families import MEGAHERTZ, Deck
from truth import first_impedance, own

EPSILON_0 = 8.8541878128e-12
# name: relative permittivity, conductivity [S/m]
SOILS = {"poor": (4, 0.001), "average": (13, 0.005), "good": (20, 0.03), "sea": (81, 5)}
AT = (("poor", 7), ("average", 1.9), ("average", 28.5), ("good", 1.9), ("good", 14), ("sea", 7), ("sea", 150))

LIMIT = 0.02  # of |Z|, by which two programs may differ in what the soil changes


def permittivity(soil, mhz):
    real, conductivity = SOILS[soil]
    return real - 1j * conductivity / (2e6 * math.pi * mhz * EPSILON_0)


def over(text, soil, mhz):
    """A deck of free space over this soil as it is at this frequency, which the deck need not have."""
    epsilon = permittivity(soil, mhz)
    sigma = -epsilon.imag * 2e6 * math.pi * MEGAHERTZ * EPSILON_0
    return text.replace("GE 0\n", f"GE 1\nGN 2 0 0 0 {epsilon.real:.9g} {sigma:.9g}\n")


# ---- short dipoles, by their spectrum of plane waves ----

GAUSS = [(side * x, w) for side in (-1, 1) for x, w in (
    (0.1834346424956498, 0.3626837833783620), (0.5255324099163290, 0.3137066458778873),
    (0.7966664774136267, 0.2223810344533745), (0.9602898564975363, 0.1012285362903763))]


def pieces(function, start, end, count):
    """Integral by `count` pieces of 8 Gauss points."""
    width = (end - start) / count
    return 0.5 * width * sum(w * function(start + (i + 0.5 + 0.5 * x) * width)
                             for i in range(count) for x, w in GAUSS)


def decaying(square):
    root = cmath.sqrt(square)
    return -root if root.imag > 0 else root


def reflected_impedance(height, epsilon, upright):
    """What a half-space adds to the impedance of a Hertzian dipole `height` wavelengths above it, by the
    dipole's radiation resistance in free space: the reflected field at the dipole, integrated over the wave
    number along the ground (that of free space is 1). Nothing here is shared with the program."""
    def reflected(s):
        up, down = decaying(1 - s * s), decaying(epsilon - s * s)
        across = (up - down) / (up + down)                       # of H-plane (TE) waves
        along = (epsilon * up - down) / (epsilon * up + down)    # of E-plane (TM) waves, of the magnetic field
        wave = cmath.exp(-4j * math.pi * up * height) * s
        if upright:
            return 1.5 * along * s * s / up * wave
        return 0.75 * (across / up - along * up) * wave

    def detour(t):  # above the branch point at 1, the pole and, for small |ε|, the second branch point
        slope = 0.1 * math.pi / 2 * math.cos(math.pi * t / 2)
        return reflected(t + 0.1j * math.sin(math.pi * t / 2)) * (1 + 1j * slope)
    far = 2 + 40 / (4 * math.pi * height)
    return pieces(detour, 0, 2, 120) + pieces(reflected, 2, far, 300)


def short_dipole(height, upright):
    """A dipole of a twentieth of its height, of a fiftieth of a wavelength at most."""
    half = min(0.025 * height, 0.01)
    deck = Deck()
    ends = [(0, 0, height + side * half) if upright else (0, side * half, height) for side in (-1, 1)]
    deck.wire(11, *ends, half / 200)
    deck.feed(1, 6)
    return deck.text()


SHORT_HEIGHTS = (0.02, 0.05, 0.1, 0.25, 0.49, 0.51, 1.0)


def short_rows(engine):
    """[(soil, MHz, upright, height, exact, Alicorn, NEC-2's real part or None)]; what the ground adds in units of
    the resistance in free space."""
    def added(values):
        return (values[0] - values[1]) / values[1].real

    def one(job):
        (soil, mhz), standing, height = job
        text = short_dipole(height, standing)
        pair = (over(text, soil, mhz), text)
        exact = reflected_impedance(height, permittivity(soil, mhz), standing)
        theirs = None
        if engine.available(engine.nec2c):
            theirs = added([engine.listing(each)[0][1][0][2] for each in pair]).real
        ours = added([first_impedance(engine, each, ("--degree", "3")) for each in pair])
        return soil, mhz, standing, height, exact, ours, theirs
    return engine.map(one, [(at, standing, height) for at in AT for standing in (False, True)
                            for height in SHORT_HEIGHTS])


# ---- antennas, against NEC-2 ----

def level(height):
    deck = Deck()
    deck.wire(41, (0, -0.24, height), (0, 0.24, height), 5e-4)
    deck.feed(1, 21)
    return deck.text()


def upright(height):
    deck = Deck()
    deck.wire(41, (0, 0, height), (0, 0, height + 0.48), 5e-4)
    deck.feed(1, 21)
    return deck.text()


def inverted_vee(height):
    """Arms at 45° from an apex at this height."""
    deck = Deck()
    drop = 0.24 / math.sqrt(2)
    deck.wire(3, (0, -0.01, height), (0, 0.01, height), 5e-4)
    for side in (-1, 1):
        deck.wire(15, (0, side * 0.01, height), (0, side * (0.01 + drop), height - drop), 5e-4)
    deck.feed(1, 2)
    return deck.text()


def level_loop(height):
    deck = Deck()
    side = 1.05 / 8
    deck.path([(-side, -side, height), (side, -side, height), (side, side, height), (-side, side, height),
               (-side, -side, height)], 11, 5e-4)
    deck.feed(1, 6)
    return deck.text()


def upright_loop(height):
    """A square that stands on an edge, fed there."""
    deck = Deck()
    side = 1.05 / 8
    deck.path([(0, -side, height), (0, side, height), (0, side, height + 2 * side),
               (0, -side, height + 2 * side), (0, -side, height)], 11, 5e-4)
    deck.feed(1, 6)
    return deck.text()


def yagi(height):
    deck = Deck()
    for x, length in ((-0.2, 0.495), (0.0, 0.47), (0.2, 0.44)):
        deck.wire(15, (x, -length / 2, height), (x, length / 2, height), 1e-3)
    deck.feed(2, 8)
    return deck.text()


ANTENNAS = ((level, (0.02, 0.05, 0.1, 0.25, 0.5, 1.0)), (upright, (0.02, 0.05, 0.25, 1.0)),
            (inverted_vee, (0.2, 0.4)), (level_loop, (0.05, 0.15, 0.5)), (upright_loop, (0.02, 0.1, 0.4)),
            (yagi, (0.1, 0.25, 0.5, 1.0)))

def low_over_conductor(soil, mhz, text):
    """Whether NEC-2's table of the ground is too coarse: soil with an index above 15, a wire lower than 0.03 λ."""
    low = min(float(line.split()[i]) for line in text.splitlines() if line.startswith("GW") for i in (5, 8))
    return abs(cmath.sqrt(permittivity(soil, mhz))) > 15 and low < 0.03


def perfect(text):
    return text.replace("GE 0\n", "GE 1\nGN 1\n")


class Row:
    """One antenna over one soil in both programs, and over perfect ground, where both have exact images: there
    they differ by how they divide wires."""

    def __init__(self, engine, stored, antenna, height, soil, mhz):
        text = antenna(height)
        self.name = f"{antenna.__name__.replace('_', ' ')}, {height:g} λ, {soil}, {mhz:g} MHz"
        self.decks = (over(text, soil, mhz), perfect(text))
        self.nec, self.nec_perfect = (complex(*z) for z in stored[self.name])
        self.ours, self.ours_perfect = (first_impedance(engine, deck, ()) for deck in self.decks)
        self.coarse = low_over_conductor(soil, mhz, text)

    def apart(self, nec=None, nec_perfect=None):
        """Difference of what sets the soil apart from a perfect ground, by |Z|."""
        nec, nec_perfect = nec or self.nec, nec_perfect or self.nec_perfect
        return abs((self.ours - self.ours_perfect) - (nec - nec_perfect)) / abs(nec)


def antenna_rows(engine):
    stored = json.loads((HERE / "soil.json").read_text(encoding="utf-8"))
    return engine.map(lambda job: Row(engine, stored, *job), [(antenna, height, *at) for at in AT
                                                              for antenna, heights in ANTENNAS for height in heights])


# ---- the decks of xnec2c ----

# name, MHz at which to compare, the Fortran's impedance where it is known, why the two differ
EXAMPLES = (
    ("10-80m_G5RV", 3, 3.49457 - 90.518j, ""),
    ("10-80m_G5RV", 30, None, "as in free space: a line on one thick, short segment"),
    ("6-40m_5B4AZ-optimized", 18, None, "as in free space: a line on the wire's first segment"),
    ("80m_zepp", 3.5, None, "as in free space: a line on the wire's first segment, which is its gap"),
    ("40m-moxon", 6.9, None, "as in free space: bent elements whose ends face each other"),
    ("40m-moxon", 7.1, None, "as in free space"),
    ("20-40m_vert_sommerfeld_cliff", 6, 74.6466 - 199.922j, "touches the soil"),
    ("20-40m_vert_sommerfeld_cliff", 15, 71.0128 + 129.757j, "touches the soil"),
    ("buoy", 15, None, "touches the sea"),
    ("k9ay_5b4az", 1.8, None, "touches the soil"),
    ("k9ay_orig", 1.8, None, "touches the soil"),
)


def example(folder, name, mhz):
    """The deck with this frequency alone, and the same deck in free space."""
    text = execute_last((folder / f"{name}.nec").read_text(encoding="utf-8", errors="replace"))
    text = re.sub(r"^FR.*$", f"FR 0 1 0 0 {mhz}", text, flags=re.M)
    return text, re.sub(r"^GE.*$", "GE 0", re.sub(r"^GN.*\n", "", text, flags=re.M), flags=re.M)


# ---- checks ----

def off(exact, found):
    """Error of an impedance with what the ground adds, by the exact one or that of free space."""
    return abs(found - exact) / max(1, abs(1 + exact))


def check_short(engine, checks):
    rows = short_rows(engine)
    for soil, mhz, standing, height, exact, ours, _ in rows:
        if off(exact, ours) > 1e-3:
            checks.check(False, f"short dipole, {'upright' if standing else 'level'}, {height:g} λ over {soil}, "
                                f"{mhz:g} MHz", f"adds {ours:.6g}, by its plane waves {exact:.6g}")
    worst = max(off(exact, ours) for *_, exact, ours, _ in rows)
    checks.check(worst <= 1e-3, "what the ground adds to short dipoles, within 0.1 %",
                 f"{len(rows)} of them, worst {100 * worst:.3f} %")


def check_antennas(engine, checks):
    rows = antenna_rows(engine)
    for row in rows:
        if row.apart() > LIMIT:
            checks.check(row.coarse, f"{row.name} differs from NEC-2 by {100 * row.apart():.1f} %",
                         f"Alicorn {row.ours:.5g}, NEC-2 {row.nec:.5g}"
                         + ": its table is too coarse there" * row.coarse)
    trusted = [row.apart() for row in rows if not row.coarse]
    good = sum(row.apart() <= LIMIT for row in rows)
    checks.check(max(trusted) <= LIMIT, "antennas over soil, where NEC-2 can be trusted",
                 f"{len(trusted)} of them within {100 * max(trusted):.2f} %")
    checks.figure(f"antennas over soil: {good} of {len(rows)} within 2 % of NEC-2, the {len(trusted)} trusted ones "
                  f"within {100 * max(trusted):.2f} %")


def check_low(engine, checks):
    for options in ((), ("--refine", "2")):
        z = first_impedance(engine, own("own__lowdip_0.02"), options)
        checks.check(relative(z, 89.34 + 7.81j) <= 0.02, f"dipole 0.02 λ high {' '.join(options)}",
                     f"{z:.5g}, NEC-5 89.34+7.81j, within 2 %")


def run(engine, checks):
    check_short(engine, checks)
    check_low(engine, checks)
    check_antennas(engine, checks)
