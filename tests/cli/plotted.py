#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Read a plot as a person does: by its texts, and by what its axes say of a curve.

usage: plotted.py FILE.svg texts               title, labels of axes, legend, caption
       plotted.py FILE.svg at CURVE X [PANEL]  value of curve CURVE (from 0) at X of the axis
       plotted.py FILE.svg around CURVE ANGLE  level of a curve of a polar plot
       plotted.py FILE.svg smith CURVE         first and last reflection coefficient
       plotted.py FILE.svg limits [PANEL]      what is required, and the value of its line
       plotted.py FILE.svg cells               numbers of a map
       plotted.py FILE.svg drawn               numbers of wires, triangles and ports, length of all wires by the scale

Whatever is asked, the document must be well-formed, with title and description, and no text may leave the page.
"""
import math
import re
import sys
import xml.etree.ElementTree as tree

SVG = "{http://www.w3.org/2000/svg}"
SIZES = {"title": 17, "axis": 13, "small": 11, "where": 9.5}
METRES = {"km": 1e3, "m": 1.0, "cm": 1e-2, "mm": 1e-3}


def kinds(element):
    return element.get("class", "").split()


def number(text):
    """Number at the front of a text, with a proper minus sign; None if there is none."""
    found = re.match(r"[−-]?\d+(\.\d+)?", text)
    return float(found[0].replace("−", "-")) if found else None


def place(element):
    moved = re.match(r"translate\((\S+) (\S+)\)", element.get("transform", ""))
    return tuple(map(float, moved.groups())) if moved else (float(element.get("x")), float(element.get("y")))


def points(path):
    return [tuple(map(float, pair.split())) for pair in re.findall(r"[ML](\S+ [^\sMLAZ]+)", path.get("d"))]


def check_page(root):
    """Texts are about as wide as their letters are many."""
    assert root.tag == SVG + "svg" and root.find(SVG + "title").text and root.find(SVG + "desc").text
    width, height = (float(root.get(key)) for key in ("width", "height"))
    for text in root.iter(SVG + "text"):
        x, y = place(text)
        size = next((SIZES[kind] for kind in kinds(text) if kind in SIZES), 12)
        reach = 0.5 * size * len(text.text) * (0 if text.get("transform") else 1)
        left = x - reach * (1 if "end" in kinds(text) else 0.5 if "middle" in kinds(text) else 0)
        assert left >= -1 and left + reach <= width + 1 and size / 2 < y <= height, (text.text, x, y)


def texts_of(root, kind):
    return [text for text in root.iter(SVG + "text") if kind in kinds(text)]


def line_through(marks):
    """Slope and value at 0 of the straight line through (pixel, value), which must hold for all of them."""
    (p, a), (q, b) = min(marks), max(marks)
    slope = (b - a) / (q - p)
    for pixel, value in marks:
        assert abs(a + slope * (pixel - p) - value) < 2e-3 * abs(b - a) + 1e-9, (pixel, value)
    return slope, a - slope * p


def panel_of(root, index):
    frames = [{key: float(rect.get(key)) for key in ("x", "y", "width", "height")}
              for rect in root.iter(SVG + "rect") if "rim" in kinds(rect)]
    return frames[index], frames[-1]


def axes(root, index):
    """Pixels to values of both axes of a panel, by their tick labels."""
    frame, lowest = panel_of(root, index)
    bottom = lowest["y"] + lowest["height"]
    across = [(place(text)[0], number(text.text)) for text in texts_of(root, "middle")
              if "axis" not in kinds(text) and abs(place(text)[1] - bottom - 18) < 1]
    upwards = [(place(text)[1] - 4, number(text.text)) for text in texts_of(root, "end")
               if place(text)[0] < frame["x"] and frame["y"] - 1 <= place(text)[1] - 4 <= frame["y"] + frame["height"] + 1]
    return line_through(across), line_through(upwards)


def traces(root, index=0):
    groups = [group for group in root.iter(SVG + "g") if group.get("clip-path")]
    found = groups[index] if groups else root
    return [path for path in found.iter(SVG + "path") if "trace" in kinds(path)]


def value_at(root, curve, wanted, index):
    (across, left), (upwards, zero) = axes(root, index)
    nearest = min(points(traces(root, index)[curve]), key=lambda point: abs(across * point[0] + left - wanted))
    return zero + upwards * nearest[1]


def limits(root, index):
    _, (upwards, zero) = axes(root, index)
    lines = [line for line in root.iter(SVG + "line") if "limit" in kinds(line)]
    names = [text.text for text in texts_of(root, "halo")]
    return [f"{name} ({zero + upwards * float(line.get('y1')):.3g})" for name, line in zip(names, lines, strict=True)]


def centre_of(root):
    rim = next(circle for circle in root.iter(SVG + "circle") if "rim" in kinds(circle))
    return float(rim.get("cx")), float(rim.get("cy")), float(rim.get("r"))


def level_around(root, curve, angle):
    """Polar curves are those of paths that are no samples of the legend, which have two points."""
    x, y, _ = centre_of(root)
    rings = [(math.hypot(place(text)[0] - x, place(text)[1] - 4 - y), number(text.text)) for text in texts_of(root, "halo")]
    slope, zero = line_through(rings)
    curves = [path for path in traces(root) if len(points(path)) > 2]
    turn = math.radians(angle)
    nearest = max(points(curves[curve]),
                  key=lambda point: ((point[0] - x) * math.cos(turn) + (y - point[1]) * math.sin(turn))
                  / max(math.hypot(point[0] - x, point[1] - y), 1e-9))
    return zero + slope * math.hypot(nearest[0] - x, nearest[1] - y)


def reflections(root, curve):
    x, y, radius = centre_of(root)
    curves = traces(root)[len(traces(root)) // 2:]  # behind the samples of the legend
    ends = [points(curves[curve])[k] for k in (0, -1)]
    return " ".join(f"{(u - x) / radius:+.3f}{(y - v) / radius:+.3f}j" for u, v in ends)


def drawn(root):
    wires = [points(path) for path in root.iter(SVG + "path") if "wire" in kinds(path)]
    faces = [path for path in root.iter(SVG + "path") if "face" in kinds(path)]
    ports = [circle for circle in root.iter(SVG + "circle") if "port" in kinds(circle)]
    label = [text.text for text in texts_of(root, "middle") if re.fullmatch(r"[\d.]+ (km|m|cm|mm)", text.text)][0]
    bar = max(abs(float(line.get("x2")) - float(line.get("x1"))) for line in root.iter(SVG + "line")
              if "rim" in kinds(line) and line.get("y1") == line.get("y2"))
    metres = float(label.split()[0]) * METRES[label.split()[1]] / bar
    length = sum(math.dist(*wire) for wire in wires) * metres
    return f"{len(wires)} wires, {len(faces)} triangles, {len(ports)} ports, {length:.3f} m"


def main(name, what, *arguments):
    root = tree.parse(name).getroot()
    check_page(root)
    numbers = [float(argument) for argument in arguments]
    index = int(numbers[2]) if what == "at" and len(numbers) > 2 else int(numbers[0]) if what == "limits" and numbers else 0
    if what == "texts":
        for kind in ("title", "axis", "legend", "small"):
            print(f"{kind}: {' | '.join(text.text for text in texts_of(root, kind))}".rstrip())
    elif what == "at":
        print(f"{value_at(root, int(numbers[0]), numbers[1], index):.3g}")
    elif what == "around":
        print(f"{level_around(root, int(numbers[0]), numbers[1]):.2f}")
    elif what == "smith":
        print(reflections(root, int(numbers[0])))
    elif what == "limits":
        print("\n".join(limits(root, index)))
    elif what == "cells":
        cells = [text.text for text in texts_of(root, "middle") if set(kinds(text)) <= {"middle", "white"}]
        print(" ".join(cells))
    elif what == "drawn":
        print(drawn(root))
    else:
        sys.exit(__doc__)


main(*sys.argv[1:])
