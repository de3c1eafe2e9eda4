# SPDX-License-Identifier: Apache-2.0
"""What is known about wires, at default settings and with every segment halved."""
import math

from engine import DECKS, Failure, complex_impedance, relative
from families import Deck

SETTINGS = ((), ("--refine", "2"))

# deck, trusted impedance, tolerance, where it is from and why the tolerance
IMPEDANCES = (
    ("own__fd_unequal_67", 532 + 10j, 0.03,
     "transmission-line theory 533, MININEC 530.5+j1.5 (Cebik); they differ by a per cent or two in X"),
    ("own__fd_unequal_123", 532 + 10j, 0.03, "the same antenna, finer"),
    ("own__fd_equal_67", 285.71 + 3.92j, 0.02, "NEC-2 is right with equal radii, to its own convergence"),
) + tuple((f"own__leeson_c2_x{n}", 72.01 - 2.33j, 0.025,
           "NEC-5's extrapolated pair; open ends move X by an ohm between formulations")
          for n in (1, 2, 4, 8)) \
  + tuple((f"own__leeson_c4_x{n}", 73.87 - 1.73j, 0.025, "as c2") for n in (1, 2, 4, 8))

# deck, exact reactance, with uniform current around the wires: line of Z0 = eta/pi acosh(s/2a), and end bar
STUBS = (("own__stub_D2", 157.9 + 4.4, 170.6), ("own__stub_D1.5", 115.4 + 2.7, 134.4))

THICK_SEGMENTS = (11, 15, 21, 31, 41, 61, 81)
# circumference in wavelengths where the formula holds, and larger ones with the resistance of NEC-2
SMALL_LOOPS = (1e-5, 1e-4, 1e-3, 0.01)
LARGER_LOOPS = (("own__smallloop_C0.05", 0.00123722), ("own__smallloop_C0.1", 0.0214576),
                ("own__smallloop_C0.2", 0.484577))


def own(name):
    return (DECKS / f"{name}.nec").read_text(encoding="utf-8")


def first_impedance(engine, text, options):
    return complex_impedance(engine.solve(text, *options)["solves"][0]["sources"][0])


def thick_dipole(segments):
    """own__thick_a0.02: half a wavelength, radius 0.02 λ."""
    text = own("own__thick_a0.02_n11").replace("GW 1 11 ", f"GW 1 {segments} ")
    return text.replace("EX 0 1 6 ", f"EX 0 1 {(segments + 1) // 2} ")


def small_loop(circumference):
    """A regular polygon of 24 sides, a thousandth of its circumference thick, wavelength 1 m; and its
    radiation resistance as a magnetic dipole, R = 320 π⁴ (A/λ²)², which is 20 π² (C/λ)⁴ for a circle."""
    sides, radius = 24, circumference / (2 * math.pi)
    deck = Deck()
    points = [(radius * math.cos(2 * math.pi * i / sides), radius * math.sin(2 * math.pi * i / sides), 0)
              for i in range(sides + 1)]
    deck.path(points, 1, circumference / 1000)
    deck.feed(1, 1)
    area = 0.5 * sides * radius ** 2 * math.sin(2 * math.pi / sides)
    return deck.text(), 320 * math.pi ** 4 * area ** 2


def run(engine, checks):
    for options in SETTINGS:
        suffix = f" ({' '.join(options)})" if options else ""
        jobs = [own(name) for name, *_ in IMPEDANCES] + [own(name) for name, *_ in STUBS] + \
               [thick_dipole(n) for n in THICK_SEGMENTS] + [small_loop(c)[0] for c in SMALL_LOOPS] + \
               [own(name) for name, _ in LARGER_LOOPS]
        engine.map(lambda text, o=options: attempt(engine, text, o), jobs)
        for name, trusted, tolerance, why in IMPEDANCES:
            z = first_impedance(engine, own(name), options)
            checks.check(relative(z, trusted) <= tolerance, f"{name}{suffix}",
                         f"{z:.5g}, expected {trusted:.5g} within {100 * tolerance:.3g} %: {why}")
        check_stubs(engine, checks, options, suffix)
        check_thick(engine, checks, options, suffix)
        check_loops(engine, checks, options, suffix)
        check_coupling(engine, checks, options, suffix)
    check_uneven_cut(engine, checks)
    check_refusals(engine, checks)


def attempt(engine, text, options):
    """Solve ahead, side by side; a failure comes up where the answer is used."""
    try:
        engine.solve(text, *options)
    except Failure:
        pass


def check_stubs(engine, checks, options, suffix):
    for name, exact, uniform in STUBS:
        x = first_impedance(engine, own(name), options).imag
        checks.check(0.97 * exact <= x <= 1.01 * uniform, f"{name}{suffix}",
                     f"X = {x:.5g}, exact {exact}, with uniform current around the wires {uniform}")


def check_thick(engine, checks, options, suffix):
    sizes = [abs(first_impedance(engine, thick_dipole(n), options)) for n in THICK_SEGMENTS]
    spread = max(sizes) / min(sizes) - 1
    checks.check(spread <= 0.005, f"thick dipole, 11 to 81 segments{suffix}",
                 f"|Z| {min(sizes):.5g} … {max(sizes):.5g}, {100 * spread:.2f} % apart, at most 0.5 %")


def check_loops(engine, checks, options, suffix):
    for circumference in SMALL_LOOPS:
        text, expected = small_loop(circumference)
        # the formula is the limit of small loops: its own error is about (2 pi C/λ)² / 6
        tolerance = 0.001 + 7 * circumference ** 2
        z = first_impedance(engine, text, options)
        checks.check(abs(z.real / expected - 1) <= tolerance, f"loop of {circumference} λ{suffix}",
                     f"R = {z.real:.5g}, magnetic dipole {expected:.5g}, within {100 * tolerance:.2g} %")
    for name, expected in LARGER_LOOPS:
        z = first_impedance(engine, own(name), options)
        # NEC-2's own value of the largest moves by 2.6 % when the segments, and so the gap, are cut in three
        checks.check(abs(z.real / expected - 1) <= 0.02, f"{name}{suffix}",
                     f"R = {z.real:.5g}, NEC-2 {expected:.5g}, within 2 %")


def check_coupling(engine, checks, options, suffix):
    """NEC's CP is the maximum available gain of the two-port: nec2c's for the same deck. 0.02 dB: the two
    engines' impedances differ by 1 %."""
    text = own("own__cp_two_monopoles")
    found = engine.solve(text, *options)["solves"][-1]["couplings"][0]["maximum_db"]
    checks.check(abs(found + 13.379) <= 0.02, f"own__cp_two_monopoles{suffix}",
                 f"maximum coupling {found:.3f} dB, NEC-2 -13.379 dB")


def check_uneven_cut(engine, checks):
    """The same straight monopole over ground, its upper part cut in segments twice and four times finer: once
    pairs of segments of a size and twice that size were mistaken for each other."""
    values = []
    for count in (3, 6, 12):
        deck = f"CE\nGW 1 12 0 0 0 0 0 24 .0025\nGW 2 {count} 0 0 24 0 0 30 .0025\nGE 1\nGN 1\n" \
               "EX 0 1 1 0 1\nFR 0 1 0 0 1.5\nXQ\nEN\n"
        values.append(first_impedance(engine, deck, ()))
    spread = max(relative(z, values[0]) for z in values)
    checks.check(spread <= 0.001, "monopole cut unevenly", f"{values[0]:.5g}, {100 * spread:.3f} % apart")


def check_refusals(engine, checks):
    """What cannot be solved is refused by name."""
    screen = "CE\nGW 1 5 0 0 1 0 0 2 .001\nGE 1\nGN 2 8 0 0 13 .005 9 .001\nEX 0 1 1 0 1\nFR 0 1 0 0 30\nXQ\nEN\n"
    for name, deck, word in (("a radial screen over GN 2", screen, "radial wires"),):
        try:
            engine.solve(deck)
            checks.check(False, f"{name} is refused")
        except Failure as failure:
            checks.check("status 3" in str(failure) and word in str(failure), f"{name} is refused",
                         str(failure).rsplit("/", 1)[-1])
