#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare the currents of a VTU file with the CSV files of the same run.

usage: vtu.py FILE.vtu FACES.csv SEGMENTS.csv FREQUENCY_HZ
"""
import base64
import csv
import math
import struct
import sys
import xml.etree.ElementTree as tree

VTU, FACES, SEGMENTS, FREQUENCY = sys.argv[1:]


def array(name):
    """Values of an array of doubles, behind the eight bytes of its size."""
    text = tree.parse(VTU).find(f".//DataArray[@Name='{name}']").text
    return [value for value, in struct.iter_unpack("<d", base64.b64decode(text)[8:])]


def rows(name):
    with open(name, newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["frequency_hz"] == FREQUENCY]


def difference(values, others):
    """Largest difference over the largest value."""
    return max(abs(a - b) for a, b in zip(values, others, strict=True)) / max(map(abs, others))


faces, segments = rows(FACES), rows(SEGMENTS)
worst = 0.0
for part in "re", "im":
    density = [float(face[f"j{axis}_{part}_a_per_m"]) for face in faces for axis in "xyz"]
    charge = [float(face[f"charge_{part}_c_per_m2"]) for face in faces]
    current = [float(segment[f"current_{part}_a"]) for segment in segments]
    worst = max(worst, difference(array(f"J_{part}")[:3 * len(faces)], density),
                difference(array(f"charge_{part}")[:len(faces)], charge),
                difference(array(f"I_{part}")[len(faces):], current))
magnitude = [math.hypot(*pair) for pair in zip(array("I_re"), array("I_im"))][len(faces):]
worst = max(worst, difference(array("I_abs")[len(faces):], magnitude))
absent = array("J_abs")[len(faces):] + array("I_abs")[:len(faces)]
print(f"{len(faces)} triangles and {len(segments)} segments,",
      "equal to 8 digits," if worst < 1e-8 else f"different by {worst:g},",
      "nothing else" if all(map(math.isnan, absent)) else "numbers where there should be none")
