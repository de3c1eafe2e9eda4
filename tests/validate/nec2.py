# SPDX-License-Identifier: Apache-2.0
"""Agreement with NEC-2 where NEC-2 can be trusted, and a stated reason wherever the two differ.

Our own decks are compared with stored values on which nec2c and the original Fortran agree (nec2.json); the
examples of Debian's xnec2c package with nec2c itself, which need not be installed for Alicorn.

A deck is benign if NEC-2's own rules for good models are kept: no wire that touches a lossy ground, no reflection
coefficients, segments at least eight radii long, one radius and segments within a factor of two of each other at
every joint, at most two wires in a joint, no bend at a source, no wires that touch without a joint."""
import json
import math
import re
import statistics
from collections import defaultdict

from engine import HERE, Failure, complex_impedance, example_folder, execute_last
from engine import fewer_frequencies, own_decks, refined, relative
from families import free_space

LIMIT = 0.05

# reason classes of explained.txt: name, what the deck must show for it
REASONS = {
    "stepped-radius": lambda f: f.step > 1.01,
    "thick-segments": lambda f: f.slenderness < 8,
    "bent-feed": lambda f: f.feed_angle < 120,
    "many-wires-joint": lambda f: f.fan >= 3,
    "touching-wires": lambda f: bool(f.lint & {"end-touches-middle", "wires-nearly-touch",
                                               "duplicate-wire", "wires-cross", "wires-overlap"}),
    "lossy-ground": lambda f: f.lossy_ground,
    "touching-soil": lambda f: f.touches_soil,
    "patches": lambda f: f.patches,
}


class Facts:
    """What a deck's geometry is like, from the segments of a solve and from the lint."""

    def __init__(self, text, solve, lint):
        segments = solve["currents"]
        driven = {source["segment"] for source in solve["sources"]}
        self.lossy_ground = bool(re.search(r"^GN[ ,\t]+0", text, re.M))
        self.touches_soil = bool(re.search(r"^GN[ ,\t]+2", text, re.M)) and \
            any(abs(abs(s["centre"][2]) - 0.5 * s["length"] * abs(s["direction"][2])) < 1e-3 * s["length"]
                for s in segments)
        self.patches = bool(re.search(r"^S[PM]", text, re.M))
        self.lint = lint
        self.count = len(segments)
        self.slenderness = min(s["length"] / s["radius"] for s in segments)
        self.step = self.unevenness = 1.0
        self.feed_angle = 180.0
        self.fan = 0
        for ends in self.joints(segments).values():
            self.fan = max(self.fan, len(ends))
            for i, (one, away_one) in enumerate(ends):
                for other, away_other in ends[:i]:
                    self.step = max(self.step, ratio(one["radius"], other["radius"]))
                    self.unevenness = max(self.unevenness, ratio(one["length"], other["length"]))
                    if not driven & {one["segment"], other["segment"]}:
                        continue
                    cosine = sum(x * y for x, y in zip(away_one, away_other))
                    angle = math.degrees(math.acos(max(-1, min(1, cosine))))
                    self.feed_angle = min(self.feed_angle, angle)

    @staticmethod
    def joints(segments):
        """Ends that lie together: {place: [(segment, unit vector away from the joint), ...]}."""
        quantum = 1e-3 * min(s["length"] for s in segments)
        nodes = defaultdict(list)
        for segment in segments:
            for side in (-1, 1):
                end = [c + side * 0.5 * segment["length"] * d
                       for c, d in zip(segment["centre"], segment["direction"])]
                away = [-side * d for d in segment["direction"]]
                nodes[tuple(round(x / quantum) for x in end)].append((segment, away))
        return nodes

    def benign(self):
        return not (self.lossy_ground or self.touches_soil or self.patches or self.slenderness < 8 or self.step > 1.01
                    or self.unevenness > 2 or self.fan > 2 or self.feed_angle < 120 or REASONS["touching-wires"](self))


def ratio(a, b):
    return max(a / b, b / a)


def explained():
    """{deck: [reason class, ...]} of explained.txt."""
    table = {}
    for line in (HERE / "explained.txt").read_text(encoding="utf-8").splitlines():
        fields = line.split("#")[0].split()
        if fields:
            table[fields[0]] = fields[1:]
    return table


class Comparison:
    """One deck in both engines."""

    def __init__(self, name, text):
        self.name = name
        self.text = text
        self.nec_text = text
        self.facts = None
        self.pairs = []  # (frequency_hz, segment, NEC-2, Alicorn, error estimate)
        self.problem = None

    def worst(self):
        return max(relative(ours, nec) for _, _, nec, ours, _ in self.pairs)

    def median(self):
        return statistics.median(relative(ours, nec) for _, _, nec, ours, _ in self.pairs)


def lint_names(engine, text):
    """Names of the warnings that the lint gives for a deck."""
    try:
        report = engine.call([engine.alicorn, "lint", str(engine.write(text))], str)
    except Failure as failure:
        report = str(failure)
    return set(re.findall(r"\[([a-z-]+)\]$", report, re.M))


def compare(engine, name, text, blocks, options=()):
    """Impedances block by block, in order: blocks is NEC-2's list."""
    result = Comparison(name, text)
    try:
        document = engine.solve(text, *options)
        blocks = blocks()
    except Failure as failure:
        result.problem = str(failure)
        return result
    solves = [solve for solve in document["solves"] if solve["sources"]]
    if len(solves) != len(blocks):
        result.problem = f"{len(solves)} solves, NEC-2 has {len(blocks)}"
        return result
    for solve, (frequency_mhz, sources) in zip(solves, blocks):
        if [s["segment"] for s in solve["sources"]] != [s[1] for s in sources] or \
                abs(solve["frequency_hz"] * 1e-6 / frequency_mhz - 1) > 1e-3:
            result.problem = f"sources or frequency differ from NEC-2's at {frequency_mhz} MHz"
            return result
        for source, (_, segment, nec) in zip(solve["sources"], sources):
            result.pairs.append((solve["frequency_hz"], segment, nec, complex_impedance(source),
                                 source["impedance_error"]))
    result.facts = Facts(text, solves[0], lint_names(engine, text))
    return result


def own_comparisons(engine, options=()):
    stored = json.loads((HERE / "nec2.json").read_text(encoding="utf-8"))

    def blocks_of(name):
        return [(frequency, [(int(tag), int(segment), complex(real, imaginary))
                             for tag, segment, real, imaginary in sources])
                for frequency, sources in stored[name]["nec2dx"] or stored[name]["nec2c"]]
    chosen = [(name, text) for name, text in own_decks()
              if "\nEX 0" in text and stored.get(name, {}).get("nec2c")]
    return engine.map(lambda deck: compare(engine, *deck, lambda: blocks_of(deck[0]), options), chosen)


def example_decks(folder):
    """xnec2c's decks that can be solved, as xnec2c means them, with short sweeps."""
    decks = []
    for path in sorted(folder.glob("*.nec")):
        text = path.read_text(encoding="utf-8", errors="replace")
        decks.append((path.stem, execute_last(fewer_frequencies(text, 2))))
    return decks


def as_segments(engine, text, thin=False):
    """The deck with every segment of Alicorn's reading as a wire of its own: xnec2c scales a range of tags by
    GS, which NEC-2 does not know: it would scale everything. If thin, all with one radius, the smallest
    there is and at most a thirtieth of the shortest segment."""
    document = engine.solve(text, "--degree", "1", "--no-error-bars")
    segments = document["solves"][0]["currents"]
    radius = min(min(s["radius"] for s in segments), min(s["length"] for s in segments) / 30)
    lines = ["CE"]
    for segment in segments:
        half = 0.5 * segment["length"]
        ends = [" ".join("%.7f" % (c + side * half * d)
                         for c, d in zip(segment["centre"], segment["direction"])) for side in (-1, 1)]
        lines.append(f"GW {segment['tag']} 1 {ends[0]} {ends[1]} {radius if thin else segment['radius']:.9g}")
    geometry = ("CM", "CE", "GW", "GA", "GH", "GM", "GR", "GX", "GS", "GC")
    return "\n".join(lines + [line for line in text.splitlines() if line[:2] not in geometry]) + "\n"


def example_comparisons(engine, decks, options=()):
    def one(deck):
        name, text = deck
        nec_text = as_segments(engine, text) if re.search(r"^GS +[1-9]", text, re.M) else text
        result = compare(engine, name, text, lambda: engine.listing(nec_text), options)
        result.nec_text = nec_text
        return result
    return engine.map(one, decks)


def judge(checks, comparisons, what):
    """The checks that are the same for both sets of decks."""
    table = explained()
    for each in comparisons:
        if each.problem:
            checks.check(False, f"{each.name} runs in both", each.problem)
            continue
        if each.worst() <= LIMIT:
            continue
        reasons = table.get(each.name, [])
        frequency, segment, nec, ours, _ = max(each.pairs, key=lambda p: relative(p[3], p[2]))
        valid = reasons and all(REASONS[reason](each.facts) for reason in reasons)
        checks.check(valid, f"{each.name} differs from NEC-2 by {100 * each.worst():.1f} %, for a reason",
                     f"{frequency * 1e-6:g} MHz, segment {segment}: NEC-2 {nec:.5g}, Alicorn {ours:.5g}: "
                     f"{' '.join(reasons) or 'not in explained.txt'}")
    good = [each for each in comparisons if not each.problem]
    benign = [each for each in good if each.facts.benign()]
    within = sum(each.worst() <= LIMIT for each in benign) / max(len(benign), 1)
    median = statistics.median(each.worst() for each in benign) if benign else math.inf
    checks.check(within >= 0.9, f"{what}: benign decks within 5 % of NEC-2",
                 f"{100 * within:.0f} % of {len(benign)} (of {len(good)} decks)")
    differ = sum(each.worst() > LIMIT for each in good)
    checks.figure(f"{what}: {len(good)} beside NEC-2, {len(benign)} benign with median difference "
                  f"{100 * median:.2f} %; {differ} differ by more than 5 %, for reasons stated")
    checks.check(median <= 0.015, f"{what}: median difference of benign decks", f"{100 * median:.2f} %")
    return good


def check_runs(engine, checks, folder):
    """Every example as it is, at its first frequency: it runs, or is refused in one clear line."""
    def one(path):
        text = fewer_frequencies(path.read_text(encoding="utf-8", errors="replace"), 1)
        try:
            engine.solve(text, "--degree", "1", "--no-error-bars")
            return path.stem, True, "runs"
        except Failure as failure:
            line = re.fullmatch(r"status 3: .*?:(\d+:\d+: error: .* not supported yet.*)", str(failure))
            return path.stem, bool(line), line.group(1) if line else str(failure)
    rows = engine.map(one, sorted(folder.glob("*.nec")))
    for name, good, why in rows:
        if not good:
            checks.check(False, f"{name} runs or is refused", why)
        elif why != "runs":
            checks.note(f"{name} is refused: {why}")
    count = sum(why == "runs" for _, _, why in rows)
    checks.check(all(good for _, good, _ in rows), "every example of xnec2c runs or is refused in one line",
                 f"{count} of {len(rows)} run")


SETTLED = 0.03


def generated_comparisons(engine):
    """The generated decks with three times their segments, where they are benign and NEC-2 has settled: away
    from resonance an impedance depends on the width of the source's gap, which is its segment, in both
    programs, though not equally."""
    def one(deck):
        name, text = deck
        fine = refined(text, 3)
        coarse, settled = (engine.listing(each)[0][1][0][2] for each in (text, fine))
        if relative(settled, coarse) > SETTLED:
            return None
        return compare(engine, name, fine, lambda: engine.listing(fine))
    found = engine.map(one, free_space())
    return [each for each in found if each and (each.problem or each.facts.benign())]


def run(engine, checks):
    judge(checks, own_comparisons(engine), "own decks")
    if not engine.available(engine.nec2c):
        checks.note("generated decks and xnec2c's examples are left out: nec2c is not installed")
        return
    judge(checks, generated_comparisons(engine), "generated decks")
    folder, why = example_folder(engine)
    if folder is None:
        checks.note(f"xnec2c's examples are left out: {why}")
        return
    check_runs(engine, checks, folder)
    decks = example_decks(folder)
    judge(checks, example_comparisons(engine, decks), "xnec2c's examples")
