# SPDX-License-Identifier: Apache-2.0
"""Write the tables of docs/validation.md anew, each between `<!-- table NAME -->` and `<!-- end -->`."""
import re

import average_gain
import bodies
import convergence
import grounding
import nec2
import patches
import power
import sommerfeld
import statics
import truth
from engine import HERE, Failure, complex_impedance, example_folder, refined, relative

PAGE = HERE.parent.parent / "docs" / "validation.md"
CONVERGED = ("--degree", "3", "--refine", "2", "--no-error-bars")
FINER_LIMIT = 450  # segments up to which NEC-2 is asked again with three times as many


def ohms(z):
    if z is None:
        return "–"
    digits = 4 if abs(z) < 1e4 else 5
    return f"{z.real:.{digits}g} {'−' if z.imag < 0 else '+'} j{abs(z.imag):.{digits}g}"


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def markdown(head, rows):
    return "\n".join(["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
                     + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]) + "\n"


def truth_table(engine):
    rows = []
    for name, trusted, tolerance, why in truth.IMPEDANCES:
        values = [truth.first_impedance(engine, truth.own(name), options) for options in truth.SETTINGS]
        rows.append((f"`{name}`", ohms(trusted), percent(tolerance), *map(ohms, values),
                     percent(max(relative(z, trusted) for z in values), 2), why))
    for name, exact, uniform in truth.STUBS:
        values = [truth.first_impedance(engine, truth.own(name), options) for options in truth.SETTINGS]
        rows.append((f"`{name}`", f"X {exact:.4g}, uniform current {uniform:.4g}", "between", *map(ohms, values),
                     percent(max(z.imag for z in values) / exact - 1), "two-wire line and its end bar"))
    sizes = [[abs(truth.first_impedance(engine, truth.thick_dipole(n), options))
              for n in truth.THICK_SEGMENTS] for options in truth.SETTINGS]
    rows.append(("thick dipole, n = 11 … 81", "settles", "0.5 %",
                 *(f"{min(s):.5g} … {max(s):.5g}" for s in sizes),
                 percent(max(max(s) / min(s) - 1 for s in sizes), 2), "size of Z; a = 0.02 λ, gap of fixed width"))
    for circumference in truth.SMALL_LOOPS:
        text, expected = truth.small_loop(circumference)
        values = [truth.first_impedance(engine, text, options).real for options in truth.SETTINGS]
        rows.append((f"loop of {circumference:g} λ", f"R {expected:.5g}", "0.1 %",
                     *(f"R {value:.5g}" for value in values),
                     percent(max(abs(value / expected - 1) for value in values), 2), "magnetic dipole"))
    for name, expected in truth.LARGER_LOOPS:
        values = [truth.first_impedance(engine, truth.own(name), options).real for options in truth.SETTINGS]
        rows.append((f"`{name}`", f"R {expected:.5g}", "2 %", *(f"R {value:.5g}" for value in values),
                     percent(max(abs(value / expected - 1) for value in values), 2), "NEC-2"))
    return markdown(("case", "trusted [Ω]", "tolerance", "default", "--refine 2", "off by", "source"), rows)


def statics_table(engine):
    rows = [(name, f"{1e12 * exact:.2f}", f"{1e12 * ours:.2f}", percent(ours / exact - 1, 2),
             f"{1e12 * theirs:.2f}" if theirs else "–", percent(theirs / exact - 1) if theirs else "–")
            for name, exact, ours, theirs in statics.measure(engine)]
    return markdown(("structure", "electrostatics [pF]", "Alicorn", "off by", "NEC-2", "off by"), rows)


def convergence_table(engine):
    rows = []
    for label, options in (("default", ()), ("--degree 1", ("--degree", "1")), ("--degree 2", ("--degree", "2")),
                           ("--refine 2", ("--refine", "2")), ("--no-split-ends", ("--no-split-ends",))):
        measured = convergence.measure(engine, options)
        result = convergence.figures(measured)
        unknowns = sum(row[4] for row in measured)
        rows.append((label, result["decks"], percent(result["within"]), percent(result["median"], 3),
                     percent(relative(measured[0][1], measured[0][3]), 2), percent(result["covered"]),
                     f"{result['ratio']:.1f}", f"{result['ratio_low']:.1f} … {result['ratio_high']:.1f}", unknowns))
    return markdown(("settings", "decks", "within 2 %", "median error", "worst", "covered by the bar",
                     "median bar/error", "10 … 90 %", "unknowns, all decks"), rows)


def ground_table(engine):
    """A 5 m dipole at 28.5 MHz near a ground of 13, 0.005 S/m: reflection coefficients of both programs beside
    NEC-2's Sommerfeld integrals."""
    rows = []
    for upright in (False, True):
        for height in (0.02, 0.05, 0.1, 0.2, 0.4):
            z = height * 299.792458 / 28.5
            ends = f"0 0 {z:.6g} 0 0 {z + 5:.6g}" if upright else f"0 -2.5 {z:.6g} 0 2.5 {z:.6g}"
            deck = f"CE\nGW 1 41 {ends} .0005\nGE 0\nGN %d 0 0 0 13 .005\n" \
                   "EX 0 1 21 0 1\nFR 0 1 0 0 28.5\nXQ\nEN\n"
            exact, coefficients = (engine.listing(deck % kind)[0][1][0][2] for kind in (2, 0))
            ours = truth.first_impedance(engine, deck % 0, ())
            rows.append(("upright, lower end" if upright else "level", f"{height:g} λ", ohms(exact),
                         ohms(coefficients), percent(relative(coefficients, exact)), ohms(ours),
                         percent(relative(ours, exact))))
    return markdown(("dipole", "height", "NEC-2, Sommerfeld [Ω]", "NEC-2, reflection coefficients", "off by",
                     "Alicorn, reflection coefficients", "off by"), rows)


def sommerfeld_tables(engine):
    """Short dipoles by height; the antennas that nec2c has wrong; xnec2c's decks over Sommerfeld ground."""
    rows = sommerfeld.short_rows(engine)
    short = []
    for height in sommerfeld.SHORT_HEIGHTS:
        chosen = [row for row in rows if row[3] == height]
        short.append((f"{height:g} λ", percent(max(sommerfeld.off(row[4], row[5]) for row in chosen), 3),
                      percent(max(abs((1 + row[6]) / (1 + row[4].real) - 1) for row in chosen), 2)))
    hit = []
    for row in sommerfeld.antenna_rows(engine):
        shipped = [engine.listing(deck)[0][1][0][2] for deck in row.decks]
        if max(row.apart(), row.apart(*shipped)) > sommerfeld.LIMIT:
            hit.append((row.name, ohms(shipped[0]), ohms(row.nec), ohms(row.ours), percent(row.apart(*shipped)),
                        percent(row.apart(), 2)))
    tables = {"sommerfeld": markdown(("height", "Alicorn, worst", "NEC-2, worst"), short),
              "sommerfeld-nec2c": markdown(("antenna, (lowest) height, soil", "nec2c 1.3 [Ω]", "NEC-2, mended",
                                            "Alicorn", "nec2c apart", "NEC-2 apart"), hit)}
    folder, _ = example_folder(engine)
    if folder:
        tables["sommerfeld-examples"] = markdown(
            ("deck", "MHz", "Fortran [Ω]", "nec2c", "segments × 3", "× 9", "Alicorn", "× 9", "apart",
             "apart in free space", "why"), engine.map(lambda each: example_row(engine, folder, *each),
                                                       sommerfeld.EXAMPLES))
    return tables


def example_row(engine, folder, name, mhz, fortran, why):
    text, free = sommerfeld.example(folder, name, mhz)

    def nec(deck):
        return engine.listing(deck)[0][1][0][2]
    found = [nec(text), nec(refined(text, 3)), nec(refined(text, 9))]
    touches = "touches" in why
    ours = [truth.first_impedance(engine, deck, ()) for deck in (text, refined(text, 9))]
    apart_free = "–" if touches else percent(relative(truth.first_impedance(engine, free, ()), nec(free)))
    return (f"`{name}`", f"{mhz:g}", ohms(fortran), *map(ohms, found), *map(ohms, ours),
            percent(relative(ours[0], found[0])), apart_free, why)


def grounding_tables(engine):
    feet = []
    for radius, sigma in grounding.FEET:
        z = truth.first_impedance(engine, grounding.two_feet(radius, sigma), grounding.DISC)
        exact = grounding.spreading(radius, sigma)
        feet.append((f"{1e3 * radius:g} mm", f"{sigma:g}", f"{exact:.5g}", f"{z.real:.5g}",
                     percent(z.real / exact - 1, 2)))
    monopoles = [(f"{1e3 * radius:g} mm", f"{epsilon:g}, {sigma:g}", *map(ohms, ours), *map(ohms, theirs),
                  ohms(discs[0]), ohms(discs[-1]))
                 for radius, epsilon, sigma, ours, discs, theirs in grounding.monopole_rows(engine)]
    connected = [(name, ohms(published), ohms(truth.first_impedance(engine, grounding.connected(ground), ())))
                 for name, ground, published in grounding.CONNECTED]
    electrodes = []
    for name, wires in grounding.ELECTRODES:
        exact, z = grounding.leakage(wires), truth.first_impedance(engine, grounding.electrode_deck(wires), ())
        electrodes.append((name, f"{exact:.2f}", f"{z.real:.2f}", percent(z.real / exact - 1, 2)))
    plain = ("--no-error-bars",)
    couplings = [(count, f"{height:g} m", ohms(value), ohms(grounding.coupling(engine, count, height)))
                 for count, height, value in grounding.COUPLINGS]
    published = []
    for name, deck, value, _, who in grounding.PUBLISHED:
        ours = [truth.first_impedance(engine, deck(times), plain) for times in (1, 4)]
        published.append((name, who, ohms(value), *map(ohms, ours), percent(relative(ours[1], value))))
    brown = [(f"{feet} ft", count, reading,
              f"{truth.first_impedance(engine, grounding.brown(feet, count), plain).real:.1f}")
             for feet, readings in grounding.BROWN.items() for count, reading in readings.items()
             if count <= 30 or engine.long]
    ladder = []
    for count, times in grounding.LADDER:
        if count <= 30 or engine.long:
            solves = [engine.solve(grounding.ladder(count, n), *plain)["solves"][0] for n in times]
            values = [complex_impedance(solve["sources"][0]) for solve in solves] + [None] * (3 - len(times))
            ladder.append((count, *map(ohms, values), percent(relative(values[0], values[1]), 2)))
    return {"grounding-electrodes": markdown(("electrode", "by pulses [Ω]", "Alicorn", "off by"), electrodes),
            "grounding-published": markdown(("vertical", "of", "published [Ω]", "Alicorn", "segments × 4", "apart"),
                                            published),
            "grounding-coupling": markdown(("radials", "height", "NEC-5 [Ω]", "Alicorn"), couplings),
            "grounding-brown": markdown(("radials", "number", "measured [Ω]", "Alicorn"), brown),
            "grounding-ladder": markdown(("radials", "segments × 1 [Ω]", "× 2", "× 4", "× 1 from × 2"), ladder),
            "grounding": markdown(("radius", "σ [S/m]", "exact [Ω]", "Alicorn", "off by"), feet),
            "grounding-monopole": markdown(("radius", "soil", *(f"Alicorn × {n} [Ω]" for n in grounding.TIMES),
                                            *(f"nec2c × {n}" for n in grounding.TIMES), "disc",
                                             "disc, refined × 8"), monopoles),
            "grounding-connected": markdown(("ground", "NEC-5 [Ω]", "Alicorn"), connected)}


class Evidence:
    """What each engine says when a deck is solved more finely, and on thin wires of one radius."""

    def __init__(self, engine, each):
        pair = max(each.pairs, key=lambda p: relative(p[3], p[2]))
        index = each.pairs.index(pair)
        self.name, self.facts = each.name, each.facts
        self.frequency, _, self.nec, self.ours, self.error = pair
        self.finer = self.converged = self.thin = None
        try:
            document = engine.solve(each.text, *CONVERGED)
            values = [complex_impedance(source) for solve in document["solves"] if solve["sources"]
                      for source in solve["sources"]]
            self.converged = values[index]
            if each.facts.count <= FINER_LIMIT:
                text = each.nec_text
                self.finer = self.listed(engine, refined(text, 3))[index]
            if each.facts.patches:
                return
            thin = nec2.as_segments(engine, each.text, thin=True)
            source = self.listed(engine, thin)[index]
            document = engine.solve(thin)
            values = [complex_impedance(s) for solve in document["solves"] for s in solve["sources"]]
            self.thin = relative(values[index], source)
        except (Failure, IndexError):
            pass

    @staticmethod
    def listed(engine, text):
        return [z for _, block in engine.listing(text) for _, _, z in block]

    def row(self, reasons):
        return (f"`{self.name}`", f"{self.frequency * 1e-6:g}", ohms(self.nec), ohms(self.finer),
                f"{ohms(self.ours)} ± {self.error:.2g}" if self.error is not None else ohms(self.ours),
                ohms(self.converged), percent(relative(self.ours, self.nec)),
                percent(self.thin) if self.thin is not None else "–", reasons)


def nec2_tables(engine):
    """Own decks, then xnec2c's; those over 5 % with evidence, those over 2 % with what their geometry shows."""
    table = nec2.explained()
    folder, _ = example_folder(engine)
    compared = nec2.own_comparisons(engine)
    if folder:
        compared += nec2.example_comparisons(engine, nec2.example_decks(folder))
    compared = [each for each in compared if not each.problem]
    large = [each for each in compared if each.worst() > nec2.LIMIT]
    evidence = engine.map(lambda each: Evidence(engine, each), large)
    head = ("deck", "MHz", "NEC-2 [Ω]", "NEC-2, segments × 3", "Alicorn, with error bar", "Alicorn, converged",
            "apart", "apart on thin wires of one radius", "reasons")
    rows = [each.row(" ".join(table.get(each.name, ["?"]))) for each in evidence]
    small = [each for each in compared if 0.02 < each.worst() <= nec2.LIMIT]
    small_rows = []
    for each in sorted(small, key=lambda e: -e.worst()):
        frequency, _, nec, ours, _ = max(each.pairs, key=lambda p: relative(p[3], p[2]))
        shown = " ".join(name for name, test in nec2.REASONS.items() if test(each.facts))
        finer = None
        if each.facts.count <= FINER_LIMIT:
            index = max(range(len(each.pairs)), key=lambda i: relative(each.pairs[i][3], each.pairs[i][2]))
            finer = Evidence.listed(engine, refined(each.nec_text, 3))[index]
        small_rows.append((f"`{each.name}`", f"{frequency * 1e-6:g}", ohms(nec), ohms(finer), ohms(ours),
                           percent(relative(ours, nec)), shown or "width of the source's gap"))
    small_head = ("deck", "MHz", "NEC-2 [Ω]", "NEC-2, segments × 3", "Alicorn", "apart", "what the geometry shows")
    shares = []
    for label, chosen in (("own decks", [e for e in compared if e.name.startswith("own__")]),
                          ("xnec2c's examples", [e for e in compared if not e.name.startswith("own__")]),
                          ("generated decks, segments × 3", nec2.generated_comparisons(engine))):
        benign = sorted(e.worst() for e in chosen if e.facts.benign())
        shares.append((label, len(chosen), sum(e.worst() <= nec2.LIMIT for e in chosen), len(benign),
                       sum(w <= nec2.LIMIT for w in benign), percent(benign[len(benign) // 2], 2),
                       percent(benign[-1], 2)))
    share_head = ("set", "decks", "within 5 %", "benign", "of these within 5 %", "median", "worst")
    return {"nec2": markdown(share_head, shares), "nec2-large": markdown(head, rows),
            "nec2-small": markdown(small_head, small_rows)}


def power_table(engine):
    worst = []
    for name, text in power.power_decks():
        for solve in engine.solve(text)["solves"]:
            ratio = power.ratio(solve)
            if ratio is not None:
                worst.append((abs(ratio - 1), ratio, name))
    worst.sort(reverse=True)
    return markdown(("deck", "far-field power over radiated power"),
                    [(f"`{name}`", f"{ratio:.4f}") for _, ratio, name in worst[:5]])


def surfaces_tables(engine):
    """Errors against unknowns: the sphere's cross-section, the bicone, the monopole on a plate."""
    cuts = (6, 8, 10, 12, 14, 17) + (24,) * engine.long
    on, kept, combined = (engine.map(lambda n, o=options: bodies.sphere_bistatic(engine, n, *o), cuts)
                          for options in ((False,), (True,), (False, 0.5)))
    edges = [bodies.meshes.geodesic(n).edge() for n in cuts]
    sphere = [(a[1], f"λ/{1 / edge:.1f}", f"{a[0]:.4f}", f"{b[0]:.4f}", f"{c[0]:.4f}")
              for edge, a, b, c in zip(edges, on, kept, combined)]
    grids = ((8, 5), (12, 7), (16, 10), (20, 12), (24, 16))
    cones = engine.map(lambda grid: bodies.bicone(engine, *grid), grids)
    feet = [bodies.bicone(engine, 16, 10, bodies.KL1 / n)[0] for n in (40, 160, 640, 2560)]
    bicone = [(unknowns, sides, pieces, ohms(z), percent(relative(z, bodies.BICONE), 2))
              for (sides, pieces), (z, unknowns) in zip(grids, cones)]
    edges = (0.1, 0.07, 0.05, 0.035, 0.025)
    wires = engine.map(lambda edge: bodies.plate_monopole(engine, edge), edges)
    tubes = engine.map(lambda edge: bodies.tube(engine, bodies.gap_heights(0.00625), 5, edge), edges)
    last = wires[-1][0]
    plate = [(unknowns, f"λ/{1 / edge:.0f}", ohms(z), percent(relative(z, last), 2), ohms(tube),
              percent(relative(z, tube), 2))
             for edge, (z, unknowns), tube in zip(edges, wires, tubes)]
    counts = (5, 10, 20, 40, 80)
    gaps = [(n, f"{1e3 * 0.125 / n:.3g} mm", ohms(bodies.plate_monopole(engine, 0.035, 0.02, n)[0]),
             ohms(bodies.tube(engine, bodies.gap_heights(0.125 / n), 5, 0.035)),
             ohms(bodies.ground_monopole(engine, n)), ohms(bodies.tube(engine, bodies.gap_heights(0.125 / n), 5)))
            for n in counts]
    return {"surfaces": markdown(("unknowns", "edges", "EFIE, vertices on the sphere", "EFIE, volume kept",
                                  "CFIE, α = 0.5, vertices on the sphere"), sphere),
            "surfaces-bicone": markdown(("unknowns", "sides", "pieces along the slant", "Z [Ω]", "off by"), bicone),
            "surfaces-foot": markdown(("tube in place of the tip", "Z [Ω]", "off by"),
                                      [(f"L/{n}", ohms(z), percent(relative(z, bodies.BICONE), 2))
                                       for n, z in zip((40, 160, 640, 2560), feet)]),
            "surfaces-plate": markdown(("unknowns", "edges", "wire [Ω]", "from the last", "tube of triangles",
                                        "wire and tube apart"), plate),
            "surfaces-gap": markdown(("segments", "gap", "wire on the plate [Ω]", "tube on the plate",
                                      "wire on infinite ground", "tube on infinite ground"), gaps)}


def patches_tables(engine):
    def pair(impedances, gain):
        return f"{', '.join(map(ohms, impedances))} ({gain:.3f})"
    satellite = [(segments, *(pair(*each) for each in found), pair(*ours))
                 for segments, found, ours in patches.satellite_rows(engine)]
    hoverman = [(f"{mhz:g}", *(f"{ohms(z)} ({gain:.3f})" for z, gain in found))
                for mhz, *found in patches.hoverman_rows(engine)]
    counts = ["×".join(map(str, each)) for each in patches.PATCHES]
    tables = {"patches": markdown(("segments", *(f"NEC-2, {each} patches [Ω]" for each in counts), "Alicorn"),
                                  satellite)}
    if hoverman:
        tables["patches-sheet"] = markdown(("MHz", "NEC-2, patches [Ω]", "NEC-2, grid of wires", "Alicorn"), hoverman)
    return tables


# name of a table, or of the first of several -> what makes it, or them
MAKERS = {"truth": truth_table, "statics": statics_table, "surfaces": surfaces_tables,
          "patches": patches_tables, "convergence": convergence_table,
          "power": power_table, "ground": ground_table, "sommerfeld": sommerfeld_tables,
          "grounding": grounding_tables, "nec2": nec2_tables,
          "average-gain": lambda engine: average_gain.markdown(*average_gain.measure(engine))}


def write(engine, names):
    """Write these tables, or all of them, each when it is done: the page may change meanwhile."""
    for first in names or MAKERS:
        made = MAKERS[first](engine)
        page = PAGE.read_text(encoding="utf-8")
        for name, table in (made if isinstance(made, dict) else {first: made}).items():
            page, count = re.subn(rf"(<!-- table {name} -->\n).*?(<!-- end -->)",
                                  lambda m, t=table: m.group(1) + "\n" + t + "\n" + m.group(2), page, flags=re.S)
            if not count:
                print(f"{PAGE.name} has no place for the table {name}")
        PAGE.write_text(page, encoding="utf-8")
    print(f"wrote {PAGE}")
