# SPDX-License-Identifier: Apache-2.0
"""Wires over, in and across a half-space where the answer is known: the half-space turns into air or into a perfect
conductor, is far away, is electrically thin, or the wire is so short that integrals over plane waves tell all."""
import cmath
import math

import statics
from engine import Failure, relative
from families import MEGAHERTZ, Deck

SQUARE = ((1, 0), (0, 1), (-1, 0), (0, -1))
# name: wires (segments, start, end, radius), ports (tag, segment); lengths in wavelengths of the air
ABOVE = {
    "level": ([(11, (0, -.2, .3), (0, .2, .3), .001)], [(1, 6)]),
    "upright": ([(11, (0, 0, .05), (0, 0, .5), .001)], [(1, 6)]),
    "slanting and bent": ([(11, (0, -.2, .02), (.1, .2, .3), .001), (7, (.1, .2, .3), (.3, .2, .3), .001)], [(1, 6)]),
}
STANDING = {
    "monopole": ([(7, (0, 0, 0), (0, 0, .25), .001)], [(1, 4)]),
    "loop": ([(7, (0, 0, 0), (0, 0, .25), .001), (7, (0, 0, .25), (.2, 0, .25), .001),
              (7, (.2, 0, .25), (.2, 0, 0), .002)], [(1, 4), (2, 4)]),
}
ON_BOTH_SIDES = {
    "close above": ([(11, (0, -.2, .002), (0, .2, .002), .0005)], [(1, 6)]),
    "lying in the interface": ([(11, (0, -.2, 0), (0, .2, 0), .001)], [(1, 6)]),
    "close below": ([(11, (0, -.2, -.01), (0, .2, -.01), .001)], [(1, 6)]),
    "upright below": ([(11, (0, 0, -.05), (0, 0, -.4), .001)], [(1, 6)]),
    "upright across": ([(11, (0, 0, -.2), (0, 0, .25), .001)], [(1, 3)]),
    "slanting across": ([(11, (0, -.2, -.2), (.1, .2, .15), .001)], [(1, 8)]),
    "radials below": ([(7, (0, 0, -.01), (0, 0, .25), .001)] +
                      [(5, (0, 0, -.01), (.2 * x, .2 * y, -.03), .001) for x, y in SQUARE], [(1, 4)]),
    "above, below and across": ([(11, (0, -.2, .1), (0, .2, .1), .001), (11, (.1, -.1, -.05), (.1, .2, -.2), .001),
                                 (9, (.3, 0, -.1), (.3, .05, .2), .002)], [(1, 6), (2, 5), (3, 6)]),
}


def deck_of(antenna, ground="", frequency=1.0):
    """A deck over a ground (its GN card); frequency in units of the one with a wavelength of 1 m."""
    wires, ports = antenna
    deck = Deck()
    for segments, start, end, radius in wires:
        deck.wire(segments, start, end, radius)
    if ground:
        deck.card(ground)
    for tag, segment in ports:
        deck.feed(tag, segment)
    text = deck.text(frequency)
    return text.replace("GE 0", "GE 1") if antenna in STANDING.values() else text


def soil_card(permittivity, conductivity=0.0):
    return f"GN 2 0 0 0 {permittivity:.12g} {conductivity:.12g}"


def matrix(engine, text, *options):
    """Impedances between the ports."""
    solve = engine.solve(text, *options)["solves"][0]
    if len(solve["sources"]) == 1:
        return [[complex(*solve["sources"][0]["impedance"])]]
    return [[complex(*entry) for entry in row] for row in solve["z"]]


def difference(z, reference):
    """Largest one, over the largest self impedance."""
    ports = range(len(reference))
    return max(abs(z[i][j] - reference[i][j]) for i in ports for j in ports) / \
        max(abs(reference[i][i]) for i in ports)


# ---- air and conductor ----

def check_air(engine, checks):
    """eps = 1 and nearly so. Wires are cut at z = 0 then, which shows at low degrees."""
    antennas = {**ABOVE, **ON_BOTH_SIDES}

    def one(item):
        name, antenna = item
        free = matrix(engine, deck_of(antenna), "--degree", "3")
        return name, *(difference(matrix(engine, deck_of(antenna, card), "--degree", "3"), free)
                       for card in (soil_card(1), soil_card(1.000002, 2e-8)))
    rows = engine.map(one, antennas.items())
    worst = max((max(row[1:]), row[0]) for row in rows)
    checks.check(worst[0] <= 1e-4, "soil like air is no soil, within 1e-4",
                 f"{len(rows)} antennas, worst {worst[0]:.1e} ({worst[1]})")


def check_conductor(engine, checks):
    """Skin depth 9e-5 wavelengths at the first conductivity, a tenth of it at the second: what is left falls
    with it."""

    def one(item):
        name, antenna = item
        perfect = matrix(engine, deck_of(antenna, "GN 1"))
        return name, *(difference(matrix(engine, deck_of(antenna, soil_card(10, sigma))), perfect)
                       for sigma in (1e5, 1e7))
    for name, good, better in engine.map(one, {**ABOVE, **STANDING}.items()):
        checks.check(better <= 1e-3 and better <= 0.2 * good, f"over a very good conductor: {name}",
                     f"{better:.1e} from a perfect one, {good:.1e} with a hundredth of the conductivity")


# ---- short dipoles in lossless soil ----

def gauss(count):
    """Gauss-Legendre rule: [(node, weight), ...]"""
    rule = []
    for i in range(count):
        x = math.cos(math.pi * (i + 0.75) / (count + 0.5))
        for _ in range(30):
            before, p = 1.0, x
            for n in range(2, count + 1):
                before, p = p, ((2 * n - 1) * x * p - (n - 1) * before) / n
            slope = count * (x * p - before) / (x * x - 1)
            x -= p / slope
        rule.append((x, 2 / ((1 - x * x) * slope * slope)))
    return rule


RULE = gauss(16)


def integral(function, start, end, tolerance, whole=None, depth=0):
    """Adaptive, by halves."""
    def panel(low, high):
        return 0.5 * (high - low) * sum(w * function(0.5 * (low + high) + 0.5 * (high - low) * x) for x, w in RULE)
    middle = 0.5 * (start + end)
    left, right = panel(start, middle), panel(middle, end)
    whole = panel(start, end) if whole is None else whole
    if abs(left + right - whole) < tolerance or depth > 14:
        return left + right
    return integral(function, start, middle, 0.6 * tolerance, left, depth + 1) + \
        integral(function, middle, end, 0.6 * tolerance, right, depth + 1)


def decaying(square):
    root = cmath.sqrt(square)
    return -root if root.imag > 0 else root


def power_ratio(upright, depth, permittivity):
    """Power of a point dipole in lossless soil below air, over that in soil alone: the plane waves of its field, each
    with Fresnel's coefficient, on an ellipse above all branch points and then along the real axis; depth in
    wavelengths of the soil."""
    k, other = 2 * math.pi, 4 * math.pi ** 2 / permittivity

    def wave(t):
        own, beyond = decaying(k * k * (1 - t * t)), decaying(other - k * k * t * t)
        tm = (own / permittivity - beyond) / (own / permittivity + beyond)
        te = (own - beyond) / (own + beyond)
        cosine = own / k
        shape = 1.5 * tm * t ** 3 if upright else 0.75 * (te - cosine * cosine * tm) * t
        return shape / cosine * cmath.exp(-2j * own * depth)

    def ellipse(u):
        angle = math.pi * (1 - u)
        place = 0.75 * (1 + math.cos(angle)) + 0.3j * math.sin(angle)
        return wave(place) * (0.75 * math.sin(angle) - 0.3j * math.cos(angle)) * math.pi
    total, end, step = integral(ellipse, 0, 1, 1e-8), 1.5, max(1 / (k * depth), 0.5)
    while True:
        more = integral(wave, end, end + step, 1e-9)
        total += more
        end += step
        if abs(more) < 1e-9:
            return 1 + total.real


def short_dipole(upright, depth, length):
    y, z = (0, 0.5 * length) if upright else (0.5 * length, 0)
    return [(5, (0, -y, -depth - z), (0, y, -depth + z), length / 1000)], [(1, 3)]


def check_short(engine, checks):
    """The error of a dipole's length falls with its square, so that two lengths tell that of none."""
    cases = [(permittivity, upright, depth) for permittivity in (2, 10, 81) for upright in (False, True)
             for depth in (0.05, 0.2, 1.0)]

    def one(case):
        permittivity, upright, depth = case
        index, ratios = math.sqrt(permittivity), []
        for length in (0.02, 0.01):
            antenna = short_dipole(upright, depth / index, length / index)
            buried = matrix(engine, deck_of(antenna, soil_card(permittivity)))[0][0].real
            ratios.append(index * buried / matrix(engine, deck_of(antenna, frequency=index))[0][0].real)
        exact = power_ratio(upright, depth, permittivity)
        return abs((4 * ratios[1] - ratios[0]) / 3 - exact) / max(exact, 1.0), case
    worst = max(engine.map(one, cases))
    checks.check(worst[0] <= 1e-4, "resistance of short dipoles in lossless soil, within 1e-4",
                 f"{len(cases)} dipoles, worst {worst[0]:.1e} ({worst[1]})")


# ---- far below ----

def check_deep(engine, checks):
    """Twenty wavelengths below. The mean of two depths a quarter of a wavelength apart is all but free of what comes
    back from the interface."""
    permittivity, half, depth = 4, 0.11, 10.0
    index = math.sqrt(permittivity)
    bent = [(9, (0, -half, 0), (0, half, 0), .0005), (5, (0, half, 0), (.05, half, .08), .0005)]

    def lowered(by):
        return [(n, (*start[:2], start[2] - by), (*end[:2], end[2] - by), radius) for n, start, end, radius in bent]
    alone = matrix(engine, deck_of((bent, [(1, 4)]), frequency=index))[0][0] / index
    mean = sum(matrix(engine, deck_of((lowered(by), [(1, 4)]), soil_card(permittivity)))[0][0]
               for by in (depth, depth + 0.25 / index)) / 2
    checks.check(relative(mean, alone) <= 1e-4,
                 "deep in a medium: impedance in space at the same wavelength, over its index",
                 f"{mean:.4f} and {alone:.4f}, within 1e-4")


# ---- slow enough for electrostatics ----

SLOW = 1e4  # Hz
# ends, segments, segment with the source; radius 1 cm
SLOW_WIRES = {"level above": ((0, -5, .3), (0, 5, .3), 11, 6), "level below": ((0, -5, -.05), (0, 5, -.05), 11, 6),
              "upright below": ((0, 0, -.1), (0, 0, -5), 11, 6), "across, fed below": ((0, 0, -5), (0, 0, 5), 12, 3),
              "across, fed in the interface": ((0, 0, -5), (0, 0, 5), 11, 6),
              "slanting across": ((0, -5, -.5), (0, 5, .7), 11, 9)}


def pieces_of(start, end, segments, fed):
    """A wire cut at its source's ends and at z = 0, so that cells are graded towards them."""
    cuts = {0.0, (fed - 1) / segments, fed / segments, 1.0}
    if start[2] * end[2] < 0:
        cuts.add(start[2] / (start[2] - end[2]))
    cuts = sorted(cuts)
    points = [tuple(x + t * (y - x) for x, y in zip(start, end)) for t in cuts]
    return [(a, b, 0.01) for a, b in zip(points, points[1:])]


def slow_admittance(start, end, segments, fed, permittivity):
    """Admittance over j omega [F], by pulses of charge with images in the interface of a medium of complex
    permittivity; the total charge is nothing."""
    cells = [cell for piece in pieces_of(start, end, segments, fed) for cell in statics.pulses([piece])]
    middles = [[s + 0.5 * cell * u for s, u in zip(first, direction)] for first, direction, cell, _ in cells]
    length, share, rows = math.dist(start, end), (permittivity - 1) / (permittivity + 1), []
    for middle, (*_, radius) in zip(middles, cells):
        row = []
        for other, (first, direction, cell, other_radius) in zip(middles, cells):
            square = 0.5 * (radius ** 2 + other_radius ** 2)
            direct = statics.potential(middle, first, direction, cell, square)
            if (middle[2] < 0) != (other[2] < 0):
                row.append(2 / (permittivity + 1) * direct)
                continue
            mirrored = [[x * m for x, m in zip(v, (1, 1, -1))] for v in (first, direction)]
            image = share * statics.potential(middle, *mirrored, cell, square)
            row.append((direct + image) / permittivity if middle[2] < 0 else direct - image)
        rows.append(row + [-1.0])
    voltage = [max(-0.5, min(0.5, math.dist(middle, start) / length * segments - fed + 0.5)) for middle in middles]
    sizes = [cell[2] for cell in cells]
    charge = statics.solve(rows + [sizes + [0.0]], voltage + [0.0])
    return 4 * math.pi * statics.EPSILON * sum(q * size * v for q, size, v in zip(charge, sizes, voltage))


def check_slow(engine, checks):
    """Dielectrics, and a conductor at frequencies with a skin depth far above the lengths. The cells leave 1.3e-3,
    as they do in space."""
    soils = ((4, 0.0), (30, 0.0), (10, 1e-3))

    def one(item):
        name, (start, end, segments, fed) = item
        off = []
        for real, sigma in soils:
            antenna = [(segments, start, end, 0.01)], [(1, fed)]
            text = deck_of(antenna, soil_card(real, sigma), SLOW * 1e-6 / MEGAHERTZ)
            permittivity = real - 1j * sigma / (2 * math.pi * SLOW * statics.EPSILON)
            exact = slow_admittance(start, end, segments, fed, permittivity)
            found = 1 / (2j * math.pi * SLOW * matrix(engine, text)[0][0])
            off.append(relative(found, exact))
        return max(off), name
    rows = engine.map(one, SLOW_WIRES.items())
    for off, name in rows:
        checks.check(off <= 2e-3, f"electrostatics of a wire {name}", f"{off:.1e} of the admittance, within 2e-3")


# ---- reciprocity ----

def check_reciprocity(engine, checks):
    """Ports above, below and across."""
    z = matrix(engine, deck_of(ON_BOTH_SIDES["above, below and across"], soil_card(13, .005)))
    worst = max(relative(z[i][j], z[j][i]) for i in range(3) for j in range(i))
    checks.check(worst <= 1e-6, "reciprocity between ports on both sides of the interface, within 1e-6",
                 f"{worst:.0e}")


def run(engine, checks):
    for check in (check_air, check_conductor, check_short, check_deep, check_slow, check_reciprocity):
        try:
            check(engine, checks)
        except Failure as failure:
            checks.check(False, check.__name__, str(failure))
