# SPDX-License-Identifier: Apache-2.0
"""Joints against electrostatics.

Far below resonance the reactance of a monopole over perfect ground is that of its capacitance, which depends
on how the charge divides at joints and nothing else. Here it is computed without currents, joints or
bases: pulses of charge, graded towards the wires' ends, the potential of each matched at the middle of every
other (reduced kernel, cells at least three radii long; 0.3 % by halving them). NEC-2 gives all wires
of a joint the charge that fits a single wire of their radius: right for two equal wires in line, wrong by
up to two thirds where a short wire feeds a fan."""
import math
from math import asinh, sqrt

from engine import complex_impedance
from families import Deck

EPSILON = 8.8541878128e-12
FREQUENCY = 1e4
SMALLEST, GROWTH, LARGEST = 3.0, 1.4, 1.0  # cells: in radii, from one to the next, in metres


def cells_of(length, radius):
    """Lengths of a wire's cells, from both ends towards the middle."""
    side, cell, used = [], SMALLEST * radius, 0.0
    while used + cell < length / 2 and cell < LARGEST:
        side.append(cell)
        used += cell
        cell *= GROWTH
    rest = length - 2 * used
    count = max(1, round(rest / min(cell, LARGEST)))
    return side + [rest / count] * count + side[::-1]


def pulses(wires):
    """[(start, direction, length, radius), ...]"""
    cells = []
    for start, end, radius in wires:
        length = math.dist(start, end)
        direction = [(y - x) / length for x, y in zip(start, end)]
        place = 0.0
        for cell in cells_of(length, radius):
            cells.append(([x + place * u for x, u in zip(start, direction)], direction, cell, radius))
            place += cell
    return cells


def potential(point, start, direction, length, square):
    """Integral of 1/sqrt(R^2 + square) along a cell."""
    across = [p - s for p, s in zip(point, start)]
    along = sum(a * u for a, u in zip(across, direction))
    distance = sqrt(max(sum(a * a for a in across) - along * along, 0.0) + square)
    return asinh(along / distance) - asinh((along - length) / distance)


def solve(matrix, right):
    """Gauss elimination without pivots: a matrix of potentials is dominated by its diagonal."""
    rows = [row + [value] for row, value in zip(matrix, right)]
    count = len(rows)
    for i in range(count):
        pivot = rows[i]
        for j in range(i + 1, count):
            factor = rows[j][i] / pivot[i]
            rows[j] = [0.0] * (i + 1) + [x - factor * y for x, y in zip(rows[j][i + 1:], pivot[i + 1:])]
    solution = [0.0] * count
    for i in reversed(range(count)):
        known = sum(rows[i][j] * solution[j] for j in range(i + 1, count))
        solution[i] = (rows[i][count] - known) / rows[i][i]
    return solution


def capacitance(wires, gap):
    """Of wires over perfect ground, fed across the lowest `gap` metres of the z axis, where the potential
    rises evenly: the charge is weighted with it, as a source over a finite gap weights the current."""
    cells = pulses(wires)
    middles = [[s + 0.5 * c * u for s, u in zip(start, direction)] for start, direction, c, _ in cells]
    mirror = (1, 1, -1)
    matrix = []
    for middle, (*_, radius) in zip(middles, cells):
        row = []
        for start, direction, cell, other in cells:
            square = 0.5 * (radius ** 2 + other ** 2)
            image = [s * m for s, m in zip(start, mirror)], [u * m for u, m in zip(direction, mirror)]
            row.append(potential(middle, start, direction, cell, square)
                       - potential(middle, *image, cell, square))
        matrix.append(row)
    raised = [min(z / gap, 1.0) if abs(x) + abs(y) < 1e-9 else 1.0 for x, y, z in middles]
    charge = solve(matrix, raised)
    return 4 * math.pi * EPSILON * sum(q * cell[2] * v for q, cell, v in zip(charge, cells, raised))


def fan(count, feed_radius, radius):
    top = (0.0, 0.0, 0.112)
    arms = [(math.cos(2 * math.pi * i / count), math.sin(2 * math.pi * i / count)) for i in range(count)]
    return [((0, 0, 0), top, feed_radius, 1)] + \
           [(top, (1.06 * x, 1.06 * y, 3.8), radius, 31) for x, y in arms]


def structures():
    """[(name, [(start, end, radius, segments), ...]), ...]; the first wire is fed at its first segment."""
    tee = [((0, 0, 0), (0, 0, 18), 2.5e-3, 12)] + \
          [((0, 0, 18), (0, y, 18), 2.5e-3, 6) for y in (-10, 10)]
    step = [((0, 0, 0), (0, 0, 5), 0.05, 11), ((0, 0, 5), (0, 0, 10), 0.005, 11)]
    return [("tee of three equal wires", tee), ("feed and six wires in a cone", fan(6, 3e-3, 3e-3)),
            ("thick feed and six wires", fan(6, 12.5e-3, 3e-3)), ("radius stepped by ten", step)]


def deck_of(wires):
    deck = Deck()
    for start, end, radius, segments in wires:
        deck.wire(segments, start, end, radius)
    deck.feed(1, 1)
    return deck.text(FREQUENCY * 1e-6 / 299.792458).replace("GE 0", "GE 1\nGN 1")


def gap_of(wires):
    start, end, _, segments = wires[0]
    return math.dist(start, end) / segments


def measure(engine):
    """[(name, electrostatics [F], Alicorn [F], NEC-2 [F] or None), ...]"""
    def one(structure):
        name, wires = structure
        text = deck_of(wires)

        def from_reactance(z):
            return -1 / (2 * math.pi * FREQUENCY * z.imag)
        ours = from_reactance(complex_impedance(engine.solve(text)["solves"][0]["sources"][0]))
        theirs = None
        if engine.available(engine.nec2c):
            theirs = from_reactance(engine.listing(text)[0][1][0][2])
        return name, capacitance([wire[:3] for wire in wires], gap_of(wires)), ours, theirs
    return engine.map(one, structures())


def run(engine, checks):
    for name, statics, ours, theirs in measure(engine):
        beside = f", NEC-2 {theirs * 1e12:.2f}" if theirs else ""
        checks.check(abs(ours / statics - 1) <= 0.005, name,
                     f"capacitance {ours * 1e12:.2f} pF, electrostatics {statics * 1e12:.2f} pF within 0.5 %"
                     + beside)
