#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""NEC-2's own witness about decks on which it differs from Alicorn: its average gain.

What an antenna takes in it radiates or loses. NEC-2 gets the input power from the current at the source, but
the radiated power and the losses from the currents everywhere, so that the average gain over the sphere plus
the share of the losses leaves 1 when the current at the source does not fit the others. The input resistance
times that sum is the resistance that belongs to NEC-2's own currents.

usage: average_gain.py [--alicorn PROGRAM] [--nec2c PROGRAM] [--jobs N]

Prints, for every deck that differs by more than 5 % (lossy ground aside), both resistances, what both programs
account for, and NEC-2's corrected resistance, as the table of docs/validation.md. Needs nec2c.
"""
import argparse
import os
import re
import statistics
import sys

import nec2
from engine import HERE, Engine, Failure, example_folder, execute_last, relative

# points of the sphere that NEC-2 averages over: steps of 2 degrees in theta and 5 in phi, average wanted and
# nothing printed per direction (XNDA 1002)
SPHERE = "RP 0 91 72 1002 0 0 2 5"
HALF_SPHERE = "RP 0 46 72 1002 0 0 2 5"
FITS = 0.05  # corrected resistances that differ by less are explained


class Row:
    """One deck at the source and frequency where the two differ most."""

    def __init__(self, engine, each):
        self.name = each.name
        pair = max(each.pairs, key=lambda p: relative(p[3], p[2]))
        index = each.pairs.index(pair)
        self.frequency, _, self.nec, self.ours, _ = pair
        full = 2.0 if re.search(r"^GN", each.text, re.M) else 1.0
        solves = [solve for solve in engine.solve(each.text)["solves"] for _ in solve["sources"]]
        power = solves[index]["power"]
        lost = (power["structure_loss_w"] + power["network_loss_w"]) / power["input_w"]
        self.ours_sum = solves[index]["gain"]["average"] / full + lost
        self.nec_sum = nec2_sums(engine, each.nec_text, full)[index]
        self.corrected = self.nec.real * self.nec_sum
        self.before = relative(self.nec.real, self.ours.real)
        self.after = relative(self.corrected, self.ours.real)


def listed(listing, name):
    """The numbers behind a name in a NEC-2 listing, one per solve."""
    return [float(value) for value in re.findall(rf"{name} *[:=]? *([-+\d.]+E[-+]\d+)", listing, re.I)]


def nec2_sums(engine, text, full):
    """NEC-2's average gain (`full` times it) and losses over input power for every source of a deck in turn, as
    the impedances of a comparison are."""
    pattern = SPHERE if full == 1.0 else HALF_SPHERE
    text = execute_last(text).replace("\nXQ\n", f"\n{pattern}\n")
    blocks = engine.listing(text)
    listing = engine.write(text).with_suffix(".out").read_text(encoding="utf-8", errors="replace")
    columns = [listed(listing, name) for name in
               ("AVERAGE POWER GAIN", "INPUT POWER", "STRUCTURE LOSS", "NETWORK LOSS")]
    if any(len(column) != len(blocks) for column in columns):
        raise Failure(f"{[len(column) for column in columns]} averages and powers for {len(blocks)} solves")
    return [average / full + (structure + network) / power
            for average, power, structure, network, (_, sources) in zip(*columns, blocks) for _ in sources]


def measure(engine):
    """([Row, ...] in the order of explained.txt, [(deck, why it is left out), ...])."""
    compared = nec2.own_comparisons(engine)
    folder, why = example_folder(engine)
    if folder:
        compared += nec2.example_comparisons(engine, nec2.example_decks(folder))
    else:
        print(f"xnec2c's examples are left out: {why}", file=sys.stderr)
    order = list(nec2.explained())
    large = [each for each in compared if not each.problem and each.worst() > nec2.LIMIT]
    large.sort(key=lambda each: order.index(each.name) if each.name in order else len(order))

    def one(each):
        if each.facts.lossy_ground:
            return each.name, "lossy ground"
        try:
            return Row(engine, each)
        except Failure as failure:
            return each.name, str(failure)
    found = engine.map(one, large)
    return ([row for row in found if isinstance(row, Row)],
            [row for row in found if not isinstance(row, Row)])


HEAD = ("deck", "MHz", "R NEC-2 [Ω]", "power found, NEC-2", "R × power found", "R Alicorn",
        "power found, Alicorn", "R apart", "R apart after correction", "reasons")


def cells(row, reasons):
    return (f"`{row.name}`", f"{row.frequency * 1e-6:g}", f"{row.nec.real:.4g}", f"{row.nec_sum:.3f}",
            f"{row.corrected:.4g}", f"{row.ours.real:.4g}", f"{row.ours_sum:.3f}",
            f"{100 * row.before:.1f} %", f"{100 * row.after:.1f} %", " ".join(reasons))


def markdown(rows, left_out):
    """The table and what it amounts to."""
    def summary(what, chosen):
        before, after = (statistics.median(getattr(row, name) for row in chosen)
                         for name in ("before", "after"))
        fitting = sum(row.after <= FITS for row in chosen)
        return (f"{what}: {len(chosen)} decks; R apart by {100 * before:.1f} % in the median, "
                f"{100 * after:.1f} % after correction, {fitting} within {100 * FITS:.0f} %.")
    reasons = nec2.explained()
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    lines += ["| " + " | ".join(cells(row, reasons.get(row.name, ["?"]))) + " |" for row in rows]
    off = [row for row in rows if abs(row.nec_sum - 1.0) > FITS]
    lines += ["", summary("All", rows)]
    if off:
        lines += ["", summary(f"Power found by NEC-2 off by more than {100 * FITS:.0f} %", off)]
    if left_out:
        lines += ["", "Left out: " + "; ".join(f"`{name}` ({why})" for name, why in left_out) + "."]
    return "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--alicorn", default=HERE.parent.parent / "build" / "test" / "cli" / "alicorn")
    parser.add_argument("--nec2c", default="nec2c")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    engine = Engine(arguments.alicorn, arguments.nec2c, arguments.jobs)
    if not engine.available(engine.nec2c):
        print("nec2c is not installed: nothing to compare", file=sys.stderr)
        return 77  # skipped
    print(markdown(*measure(engine)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
