# SPDX-License-Identifier: Apache-2.0
"""Default answers against the same formulation solved far more finely, and their error bars against what
is left (issue: at least 95 % within 2 %, at least 95 % covered, the bars less than ten times the error).

The reference is degree 4 on halved segments, ends split: on smooth currents that is four orders more than
the default, and the source's gap keeps its width."""
from engine import Failure, complex_impedance
from engine import own_decks, relative
from families import free_space

REFERENCE = ("--degree", "4", "--refine", "2", "--no-error-bars")
# of |Z|: below it, a deck's error is rounding and quadrature and says nothing on discretisation
FLOOR = 1e-6


def decks():
    """Generated families and our own decks in free space that have a source."""
    own = [(name, text) for name, text in own_decks()
           if "\nGN" not in text and "\nEX 0" in text]
    return free_space() + own


def measure(engine, options=()):
    """[(name, Z, estimate, reference Z, unknowns)], worst first, by the deck's first source."""
    def one(deck):
        name, text = deck
        try:
            document = engine.solve(text, *options)
            reference = engine.solve(text, *REFERENCE)
        except Failure as failure:
            return name, None, str(failure), None, 0
        source = document["solves"][0]["sources"][0]
        return (name, complex_impedance(source), source["impedance_error"],
                complex_impedance(reference["solves"][0]["sources"][0]), document["unknowns"])
    rows = engine.map(one, decks())
    return sorted(rows, key=lambda row: -relative(row[1], row[3]) if row[1] else -1e9)


def figures(rows):
    """Shares and medians of measured rows."""
    solved = [row for row in rows if row[1] is not None]
    errors = sorted(relative(z, reference) for _, z, _, reference, _ in solved)
    barred = [row for row in solved if row[2] is not None]
    ratios = sorted(estimate / max(abs(z - reference), FLOOR * abs(reference))
                    for _, z, estimate, reference, _ in barred)
    return {
        "decks": len(rows),
        "solved": len(solved),
        "within": sum(error <= 0.02 for error in errors) / len(rows),
        "median": errors[len(errors) // 2],
        "barred": len(barred),
        "covered": sum(row[2] >= abs(row[1] - row[3]) for row in barred) / len(rows),
        "ratio": ratios[len(ratios) // 2],
        "ratio_low": ratios[len(ratios) // 10],
        "ratio_high": ratios[9 * len(ratios) // 10],
    }


def run(engine, checks):
    rows = measure(engine)
    result = figures(rows)
    checks.check(result["decks"] >= 110 and result["solved"] == result["decks"],
                 "every free-space deck solves", f"{result['solved']} of {result['decks']}")
    checks.check(result["within"] >= 0.95, "default within 2 % of the converged value on 95 % of decks",
                 f"{100 * result['within']:.1f} %, median error {100 * result['median']:.3f} %")
    checks.check(result["covered"] >= 0.95, "error bar covers the converged value on 95 % of decks",
                 f"{100 * result['covered']:.1f} %")
    checks.check(result["ratio"] < 10, "error bar is on median less than ten times the error",
                 f"{result['ratio']:.1f}, 10 and 90 % at {result['ratio_low']:.1f}"
                 f" and {result['ratio_high']:.1f}")
    checks.figure(f"{result['decks']} free-space decks: within 2 % of their converged values "
                  f"{100 * result['within']:.1f} %, median error {100 * result['median']:.3f} %")
    checks.figure(f"error bars cover {100 * result['covered']:.1f} %, "
                  f"median ratio to the error {result['ratio']:.1f}")
    for name, z, estimate, reference, unknowns in rows[:5]:
        if z is None:
            checks.note(f"{name}: {estimate}")
            continue
        checks.note(f"largest error {100 * relative(z, reference):.2f} %: {name}, {z:.5g} ± {estimate:.2g},"
                    f" converged {reference:.5g}, {unknowns} unknowns")
    for name, z, estimate, reference, _ in rows:
        if z is not None and estimate is not None and abs(z - reference) > estimate:
            checks.note(f"not covered: {name}, {z:.6g} ± {estimate:.2g}, converged {reference:.6g}")
