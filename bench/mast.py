#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A ship of wires of about N segments: a hull of grid, a mast with a whip, and a whip on the bow.

usage: mast.py N [ground] > deck.nec

Hull 20 x 6 x 3 m, all six faces a square grid of one segment per edge; mast of 8 m with a whip of 3 m in the
middle of its deck, whip of 2.4 m on the bow, loaded with 50 ohm; free space, 30 MHz. The pitch of the grid
follows from N, the radius of its wires from the pitch: the surface of the wires is that of the sheet. With "ground"
the ship hangs 2 m above average soil (GN 2, relative permittivity 13, 5 mS/m), as NEC-2 wants it.
"""
import math
import sys

LENGTH, WIDTH, HEIGHT = 20.0, 6.0, 3.0
MAST, WHIP, BOW = 16, 9, 9  # segments


def hull(pitch):
    """Edges of the grid, as pairs of points, sorted."""
    sizes = (LENGTH, WIDTH, HEIGHT)
    origin = (-LENGTH / 2, -WIDTH / 2, 0.0)
    counts = [max(1, round(size / pitch)) for size in sizes]

    def point(index):
        return tuple(round(o + s * i / n, 6) for o, s, i, n in zip(origin, sizes, index, counts))

    edges = set()
    for i in range(counts[0] + 1):
        for j in range(counts[1] + 1):
            for k in range(counts[2] + 1):
                start = (i, j, k)
                for axis in range(3):
                    end = tuple(x + (axis == a) for a, x in enumerate(start))
                    on_face = any(a == b and a in (0, n) for a, b, n in zip(start, end, counts))
                    if end[axis] <= counts[axis] and on_face:
                        edges.add((point(start), point(end)))
    return sorted(edges)


def deck(segments, ground=False):
    """The deck nearest to so many segments, and how many it has."""
    whips = MAST + WHIP + BOW
    best = None
    for step in range(400):
        pitch = math.sqrt(792.0 / segments) * (1.15 - 0.001 * step)
        edges = hull(pitch)
        count = len(edges) + whips
        if best is None or abs(count - segments) < abs(best[0] - segments):
            best = (count, pitch, edges)
        if count > 1.1 * segments:
            break
    count, pitch, edges = best
    nodes = sorted({point for edge in edges for point in edge if abs(point[2] - HEIGHT) < 1e-6})
    centre = min(nodes, key=lambda p: (p[0] ** 2 + p[1] ** 2, p))
    bow = min(nodes, key=lambda p: ((p[0] - 9) ** 2 + p[1] ** 2, p))
    radius = pitch / (2 * math.pi)
    lines = [f"CM wire-grid hull 20x6x3 m, mast 8 m with whip 3 m, bow whip 2.4 m; pitch {pitch:.4f} m", "CE"]
    for start, end in edges:
        lines.append("GW 1 1 %.6f %.6f %.6f %.6f %.6f %.6f %.6f" % (*start, *end, radius))
    for tag, count_, (x, y), low, high, thick in ((2, MAST, centre[:2], 3.0, 11.0, 0.03),
                                                  (3, WHIP, centre[:2], 11.0, 14.0, 0.01),
                                                  (4, BOW, bow[:2], 3.0, 5.4, 0.01)):
        lines.append(f"GW {tag} {count_} {x:.6f} {y:.6f} {low} {x:.6f} {y:.6f} {high} {thick}")
    lines += ["GM 0 0 0 0 0 0 0 2", "GE 1", "GN 2 0 0 0 13 .005"] if ground else ["GE 0"]
    lines += ["FR 0 1 0 0 30 0", "EX 0 3 1 0 1 0", "LD 4 4 1 1 50 0",
              "RP 0 19 36 1001 0 0 10 10", "EN"]
    return "\n".join(lines) + "\n", count


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3) or sys.argv[2:] not in ([], ["ground"]):
        sys.exit(__doc__)
    sys.stdout.write(deck(int(sys.argv[1]), len(sys.argv) == 3)[0])
