# SPDX-License-Identifier: Apache-2.0
"""Free-space decks of the common kinds of wire antenna, generated: the same every time.

Lengths are in wavelengths at 299.792458 MHz, where the wavelength is 1 m; other frequencies shift the
antenna off its resonance. free_space() returns [(name, text)].
"""
import math

MEGAHERTZ = 299.792458  # 1 m


class Deck:
    """Cards in the making; wires get tags 1, 2, … in the order they are added."""

    def __init__(self):
        self.wires = []
        self.control = []

    def wire(self, segments, start, end, radius):
        self.wires.append("GW %d %d %s %s %.9g" % (
            len(self.wires) + 1, segments, " ".join("%.9g" % x for x in start),
            " ".join("%.9g" % x for x in end), radius))
        return len(self.wires)

    def path(self, points, segments, radius):
        """Wires along a list of points; the tag of the first."""
        first = len(self.wires) + 1
        for start, end in zip(points, points[1:]):
            self.wire(segments, start, end, radius)
        return first

    def card(self, text):
        self.control.append(text)

    def feed(self, tag, segment, voltage=1.0):
        self.card(f"EX 0 {tag} {segment} 0 {voltage} 0")

    def text(self, frequency=1.0):
        """frequency in units of the one at which lengths are wavelengths."""
        return "\n".join(["CE", *self.wires, "GE 0", *self.control,
                          f"FR 0 1 0 0 {MEGAHERTZ * frequency:.9g} 0", "XQ", "EN", ""])


def ring(count, radius, z=0.0, turn=0.0):
    """Closed polygon in a plane z = constant."""
    return [(radius * math.cos(turn + 2 * math.pi * i / count),
             radius * math.sin(turn + 2 * math.pi * i / count), z) for i in range(count)] + \
           [(radius * math.cos(turn), radius * math.sin(turn), z)]


def dipoles():
    for length in (0.05, 0.25, 0.45, 0.48, 0.7, 0.94, 1.25, 2.0):
        for radius in (1e-5, 1e-3, 5e-3):
            deck = Deck()
            segments = 2 * math.ceil(10 * length) + 9
            if length / segments < 2 * radius:
                segments = 9
            deck.wire(segments, (0, 0, -length / 2), (0, 0, length / 2), radius)
            deck.feed(1, (segments + 1) // 2)
            yield f"dipole_{length}_{radius:g}", deck.text()


def off_centre():
    for place in (3, 7):
        for frequency in (0.5, 1.0, 2.0):
            deck = Deck()
            deck.wire(21, (0, -0.24, 0), (0, 0.24, 0), 1e-3)
            deck.feed(1, place)
            yield f"windom_{place}_{frequency}", deck.text(frequency)


def yagis():
    elements = {3: [(-0.2, 0.495), (0.0, 0.47), (0.2, 0.44)],
                6: [(-0.2, 0.495), (0.0, 0.47), (0.1, 0.45), (0.3, 0.44), (0.55, 0.435), (0.8, 0.43)]}
    for count, lengths in elements.items():
        for frequency in (0.93, 1.0, 1.05):
            deck = Deck()
            for x, length in lengths:
                deck.wire(15, (x, -length / 2, 0), (x, length / 2, 0), 2.5e-3)
            deck.feed(2, 8)
            yield f"yagi_{count}_{frequency}", deck.text(frequency)


def loops():
    for sides in (3, 4, 16):
        for frequency in (0.1, 0.5, 1.05, 1.6):
            deck = Deck()
            corner = 1.0 / (2 * sides * math.sin(math.pi / sides))
            deck.path(ring(sides, corner), max(1, 24 // sides) | 1, 1e-3)
            deck.feed(1, (max(1, 24 // sides) | 1) // 2 + 1)
            yield f"loop_{sides}_{frequency}", deck.text(frequency)


def vees():
    for angle in (30, 60, 90, 130, 160):
        deck = Deck()
        arm, half = 0.24, math.radians(angle / 2)
        deck.wire(3, (0, -0.01, 0), (0, 0.01, 0), 5e-4)
        for side in (-1, 1):
            deck.wire(11, (0, side * 0.01, 0),
                      (arm * math.cos(half), side * (0.01 + arm * math.sin(half)), 0), 5e-4)
        deck.feed(1, 2)
        yield f"vee_{angle}", deck.text()


def folded():
    for spacing, thin in ((0.01, 1e-3), (0.03, 1e-3), (0.03, 2.5e-4), (0.01, 2e-3)):
        for frequency in (0.97, 1.03):
            deck = Deck()
            deck.wire(31, (0, -0.235, 0), (0, 0.235, 0), thin)
            deck.wire(1 if spacing < 0.02 else 2, (0, 0.235, 0), (0, 0.235, spacing), 1e-3)
            deck.wire(31, (0, 0.235, spacing), (0, -0.235, spacing), 1e-3)
            deck.wire(1 if spacing < 0.02 else 2, (0, -0.235, spacing), (0, -0.235, 0), 1e-3)
            deck.feed(1, 16)
            yield f"folded_{spacing}_{thin:g}_{frequency}", deck.text(frequency)


def quads():
    for frequency in (0.95, 1.0, 1.04, 1.1):
        deck = Deck()
        for x, side in ((0.0, 0.257), (-0.17, 0.268)):
            h = side / 2
            deck.path([(x, -h, -h), (x, h, -h), (x, h, h), (x, -h, h), (x, -h, -h)], 7, 1e-3)
        deck.feed(1, 4)
        yield f"quad_{frequency}", deck.text(frequency)


def log_periodics():
    for frequency in (0.9, 1.1, 1.3, 1.5):
        deck = Deck()
        length, x = 0.55, 0.0
        for _ in range(7):
            deck.wire(11, (x, -length / 2, 0), (x, length / 2, 0), length * 4e-3)
            x += 0.12 * length / 0.5
            length *= 0.86
        for tag in range(1, 7):
            deck.card(f"TL {tag} 6 {tag + 1} 6 -120 0 0 0 0 0")
        deck.feed(7, 6)
        yield f"log_periodic_{frequency}", deck.text(frequency)


def helices():
    for radius, pitch, turns in ((0.02, 0.02, 5), (0.06, 0.05, 4), (0.16, 0.22, 3), (0.16, 0.22, 6)):
        deck = Deck()
        per_turn = 12
        points = [(radius * math.cos(2 * math.pi * i / per_turn),
                   radius * math.sin(2 * math.pi * i / per_turn),
                   pitch * i / per_turn) for i in range(per_turn * turns + 1)]
        deck.path(points, 1, 1e-3)
        deck.feed(per_turn * turns // 2, 1)
        yield f"helix_{radius}_{turns}", deck.text()


def top_loaded():
    for arms in (2, 3, 4):
        for frequency in (0.3, 0.6, 1.0):
            deck = Deck()
            deck.wire(13, (0, 0, -0.1), (0, 0, 0.1), 2e-3)
            for side in (-0.1, 0.1):
                for i in range(arms):
                    phi = 2 * math.pi * i / arms
                    deck.wire(4, (0, 0, side), (0.08 * math.cos(phi), 0.08 * math.sin(phi), side), 1e-3)
            deck.feed(1, 7)
            yield f"top_loaded_{arms}_{frequency}", deck.text(frequency)


def tapered():
    steps = [(0.08, 6e-3), (0.16, 4.5e-3), (0.2, 3e-3), (0.237, 1.5e-3)]
    for count in (2, 3, 4):
        for frequency in (0.95, 1.02):
            deck = Deck()
            chosen = steps[:count - 1] + [(0.237, steps[count - 1][1])]
            deck.wire(7, (0, -chosen[0][0], 0), (0, chosen[0][0], 0), chosen[0][1])
            for side in (-1, 1):
                for (near, _), (far, radius) in zip(chosen, chosen[1:]):
                    deck.wire(4, (0, side * near, 0), (0, side * far, 0), radius)
            deck.feed(1, 4)
            yield f"tapered_{count}_{frequency}", deck.text(frequency)


def crossed():
    for arms, frequency in ((3, 1.0), (4, 1.0), (4, 0.7), (6, 1.0)):
        deck = Deck()
        deck.wire(9, (0, 0, 0), (0, 0, 0.2), 1e-3)
        for i in range(arms):
            phi = 2 * math.pi * i / arms
            deck.wire(7, (0, 0, 0), (0.22 * math.cos(phi), 0.22 * math.sin(phi), -0.05), 1e-3)
        deck.feed(1, 2)
        yield f"ground_plane_{arms}_{frequency}", deck.text(frequency)


def grids():
    for count, pitch in ((3, 0.1), (5, 0.08)):
        for frequency in (0.3, 1.0):
            deck = Deck()
            h = count * pitch / 2
            for i in range(count + 1):
                u = -h + i * pitch
                deck.wire(count, (u, -h, 0), (u, h, 0), pitch / 40)
                deck.wire(count, (-h, u, 0), (h, u, 0), pitch / 40)
            node = -h + (count // 2) * pitch
            tag = deck.wire(7, (node, node, 0), (node, node, 0.24), 1e-3)
            deck.feed(tag, 1)
            yield f"grid_{count}_{frequency}", deck.text(frequency)


def arrays():
    for spacing in (0.02, 0.05, 0.125, 0.25):
        for second in (1.0, -1.0):
            deck = Deck()
            for x in (0.0, spacing):
                deck.wire(13, (x, 0, -0.235), (x, 0, 0.235), 1e-3)
            deck.feed(1, 7)
            deck.feed(2, 7, second)
            yield f"pair_{spacing}_{'in' if second > 0 else 'anti'}phase", deck.text()


def bent():
    for height in (0.1, 0.2):
        for frequency in (0.8, 1.0):
            deck = Deck()
            deck.path([(0, 0, 0), (0, 0, height), (0.5 - height, 0, height)], 9, 5e-4)
            deck.feed(1, 4)
            yield f"inverted_l_{height}_{frequency}", deck.text(frequency)
    for folds in (3, 6):
        deck = Deck()
        points = [(0.04 * i, 0.03 * (i % 2), 0.0) for i in range(-folds, folds + 1)]
        deck.path(points, 3, 1e-3)
        deck.feed(folds, 3)
        yield f"meander_{folds}", deck.text()


def fans():
    for wires, angle in ((2, 40), (3, 30), (4, 60)):
        deck = Deck()
        deck.wire(3, (0, 0, -0.01), (0, 0, 0.01), 1e-3)
        half = math.radians(angle / 2)
        for side in (-1, 1):
            for i in range(wires):
                turn = -half + 2 * half * i / (wires - 1)
                deck.wire(9, (0, 0, side * 0.01),
                          (0.2 * math.sin(turn), 0, side * (0.01 + 0.2 * math.cos(turn))), 1e-3)
        deck.feed(1, 2)
        yield f"bow_tie_{wires}_{angle}", deck.text()


def loaded():
    for load in ("LD 0 1 8 8 0 2e-8 0", "LD 1 1 4 4 1e4 1e-8 2e-12", "LD 4 1 4 4 100 -200",
                 "LD 5 1 1 15 3e6 0 0"):
        deck = Deck()
        deck.wire(15, (0, -0.235, 0), (0, 0.235, 0), 1e-3)
        deck.feed(1, 8)
        deck.card(load)
        yield "loaded_" + "_".join(load.split()[1:4]), deck.text()


def free_space():
    """All of them."""
    decks = []
    for family in (dipoles, off_centre, yagis, loops, vees, folded, quads, log_periodics, helices,
                   top_loaded, tapered, crossed, grids, arrays, bent, fans, loaded):
        decks += family()
    return decks


if __name__ == "__main__":
    for deck_name, _ in free_space():
        print(deck_name)
