#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compare two masts with the same ports side by side.

usage: compare_masts.py A.json B.json    ports, isolation and horizon cuts of `alicorn solve --json` at one frequency
       compare_masts.py A.csv B.csv      median cross-sections of `alicorn rcs --csv`

Prints tables in Markdown: of each port |S_ii|, gain over all azimuths of the pattern asked for, then the worst pairs.
"""
import csv
import itertools
import json
import math
import statistics
import sys


def decibels(entry):
    magnitude = math.hypot(*entry)
    return 20 * math.log10(magnitude) if magnitude > 0 else -math.inf


def print_row(*cells):
    print("| " + " | ".join(cell if isinstance(cell, str) else f"{cell:.1f}" for cell in cells) + " |")


def cut_of(solve):
    """Smallest and largest gain [dBi] over the directions of the pattern."""
    gains = [gain for row in solve["patterns"][0]["total_dbi"] for gain in row]
    return f"{min(gains):.1f} … {max(gains):.1f}"


def compare_ports(solves):
    """solves [mast][port]: each port is driven in turn, and all of S stands in each."""
    masts = [mast[0] for mast in solves]
    names = masts[0]["ports"]
    if masts[1]["ports"] != names:
        sys.exit("the masts have different ports")
    print(f"At {masts[0]['frequency_hz'] / 1e6:g} MHz, unknowns: {masts[0]['unknowns']} and {masts[1]['unknowns']}\n")
    print_row("port", "|S| A [dB]", "|S| B [dB]", "gain A [dBi]", "gain B [dBi]")
    print_row(*["---"] * 5)
    for i, name in enumerate(names):
        print_row(name, *[decibels(mast["s"][i][i]) for mast in masts], *[cut_of(mast[i]) for mast in solves])
    print("\nIsolation [dB], pairs by the worse of the two\n")
    print_row("pair", "A", "B")
    print_row(*["---"] * 3)
    pairs = [(f"{names[i]}, {names[j]}", *[-decibels(mast["s"][i][j]) for mast in masts])
             for i, j in itertools.combinations(range(len(names)), 2)]
    for pair in sorted(pairs, key=lambda pair: min(pair[1:]))[:10]:
        print_row(*pair)


def check(mast):
    """Largest |S_ij - S_ji| and the largest share of a drive's power that arrives at all ports together."""
    s, size = mast["s"], len(mast["ports"])
    asymmetry = max(abs(complex(*s[i][j]) - complex(*s[j][i])) for i in range(size) for j in range(size))
    outgoing = max(sum(math.hypot(*s[j][i]) ** 2 for j in range(size)) for i in range(size))
    return asymmetry, outgoing


def compare_rcs(files):
    print_row("median over the directions [dBsm]", "A", "B")
    print_row(*["---"] * 3)
    rows = [list(csv.DictReader(open(file, encoding="utf-8"))) for file in files]
    for column in ("vv_dbsm", "hh_dbsm"):
        print_row(column[:2].upper(), *[statistics.median(float(row[column]) for row in mast) for mast in rows])


def main(files):
    if files[0].endswith(".csv"):
        compare_rcs(files)
        return
    solves = [json.load(open(file, encoding="utf-8"))["solves"] for file in files]
    compare_ports(solves)
    for file, mast in zip(files, solves):
        asymmetry, outgoing = check(mast[0])
        print(f"\n{file}: largest |S_ij − S_ji| {asymmetry:.1e}, largest Σ|S_ji|² {outgoing:.6f}")


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(sys.argv[1:])
