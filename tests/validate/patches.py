# SPDX-License-Identifier: Apache-2.0
"""NEC-2's surface patches beside Alicorn's triangles: the two patch decks of xnec2c's examples, and what NEC-2's
answers do when patches and segments are changed. For docs/validation.md."""
import math
import re

from engine import complex_impedance, example_folder, execute_last, fewer_frequencies

POWER = "RP 0 46 37 1001 0 0 4 10"


def with_power(text):
    return text.replace("\nXQ\n", f"\n{POWER}\n")


def nec2(engine, text):
    """[(MHz, impedances, average gain)] of a deck that ends with POWER."""
    blocks = engine.listing(text)
    listing = engine.write(text).with_suffix(".out").read_text(encoding="utf-8", errors="replace")
    gains = [float(gain) for gain in re.findall(r"AVERAGE POWER GAIN: *(\S+)", listing)]
    return [(mhz, [z for _, _, z in sources], gain) for (mhz, sources), gain in zip(blocks, gains)]


def alicorn(engine, text):
    """[(MHz, impedances, average gain)] of the same deck."""
    return [(solve["frequency_hz"] * 1e-6, [complex_impedance(source) for source in solve["sources"]],
             solve["gain"]["average"]) for solve in engine.solve(text, "--no-error-bars")["solves"]]


def as_grid(text, columns=16, rows=20):
    """gray_hoverman with its reflector, 0.8 m by 1 m, as a grid of wires whose surface is the sheet's."""
    width, height = 0.8 / columns, 1.0 / rows
    radius = min(width, height) / (2 * math.pi)
    grid = [f"GW 900 {rows} {x:g} 0 -.5 {x:g} 0 .5 {radius:g}"
            for x in (width * i - 0.4 for i in range(columns + 1))]
    grid += [f"GW 901 {columns} -.4 0 {z:g} .4 0 {z:g} {radius:g}"
             for z in (height * k - 0.5 for k in range(rows + 1))]
    lines = []
    for line in text.splitlines():
        lines += grid if line.startswith("SM") else [] if line.startswith("SC") else [line]
    return "\n".join(lines) + "\n"


def cylinder(sides, rows, rings, segments, megahertz=420):
    """The deck satellite with other numbers of patches and segments: a cylinder of 0.1 m radius and 0.22 m
    height, a wire on top and one on its side, both driven."""
    radius, half = 0.1, 0.11
    cards = ["CE"]
    for k in range(rows):
        for i in range(sides):
            angle = 2 * math.pi * i / sides
            cards.append(f"SP 0 0 {radius * math.cos(angle):.6g} {radius * math.sin(angle):.6g} "
                         f"{(2 * k + 1) * half / rows - half:.6g} 0 {math.degrees(angle):.6g} "
                         f"{2 * math.pi * radius / sides * 2 * half / rows:.6g}")
    rims = [radius * (i + 0.5) / (rings + 0.5) for i in range(rings + 1)]
    for side in (1, -1):
        cards.append(f"SP 0 0 0 0 {side * half} {90 * side} 0 {math.pi * rims[0] ** 2:.6g}")
        for i, (inner, outer) in enumerate(zip(rims, rims[1:])):
            count = 6 * (i + 1)
            for q in range(count):
                angle, rho = 2 * math.pi * (q + 0.5) / count, (inner + outer) / 2
                cards.append(f"SP 0 0 {rho * math.cos(angle):.6g} {rho * math.sin(angle):.6g} {side * half} "
                             f"{90 * side} 0 {math.pi * (outer ** 2 - inner ** 2) / count:.6g}")
    cards += [f"GW 1 {segments} 0 0 .11 0 0 .26 .002", f"GW 2 {segments} .1 0 0 .236 0 0 .002", "GE",
              f"FR 0 1 0 0 {megahertz}", "EX 0 2 1 0 1", "EX 0 1 1 0 1", POWER, "EN", ""]
    return "\n".join(cards)


PATCHES = ((12, 3, 1), (24, 9, 3), (48, 17, 6))
SEGMENTS = (3, 5, 7, 11, 15)


def satellite_rows(engine):
    """[(segments, [(impedances, average gain) of NEC-2 for each of PATCHES], Alicorn's)]."""
    decks = [[cylinder(*counts, segments) for counts in PATCHES] for segments in SEGMENTS]
    found = engine.map(lambda text: nec2(engine, text)[0][1:], [text for row in decks for text in row])
    ours = engine.map(lambda row: alicorn(engine, row[1])[0][1:], decks)
    width = len(PATCHES)
    return [(segments, found[i * width:(i + 1) * width], ours[i]) for i, segments in enumerate(SEGMENTS)]


def hoverman_rows(engine):
    """[(MHz, NEC-2's patches, NEC-2's grid, Alicorn)], each (impedance, average gain)."""
    folder, _ = example_folder(engine)
    if not folder:
        return []
    text = (folder / "gray_hoverman.nec").read_text(encoding="utf-8", errors="replace")
    text = with_power(execute_last(fewer_frequencies(text, 6)))
    columns = (nec2(engine, text), nec2(engine, as_grid(text)), alicorn(engine, text))
    return [(row[0][0], *((z[0], gain) for _, z, gain in row)) for row in zip(*columns)]
