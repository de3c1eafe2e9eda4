# SPDX-License-Identifier: Apache-2.0
"""The checks of conducting bodies, alone and with wires; what they measure is in bodies.py and twins.py."""
import math

import bodies
import power
import twins
from engine import Failure, complex_impedance, relative

# cells of the geodesic sphere, vertices moved out to keep the volume, largest mean error [dB]; edges of λ/10
BISTATIC = ((12, False, 0.05), (12, True, 0.012))
BISTATIC_LONG = ((24, False, 0.015), (24, True, 0.003))  # λ/20: 17,280 unknowns
COMBINED = ((12, 0.10),)
COMBINED_LONG = ((24, 0.03),)
# radius, segments: half a wavelength, fed in the middle
THICK = ((0.005, 25), (0.01, 13), (0.02, 7))


def measure(engine, jobs):
    """{name: answer or Failure} of [(name, function, arguments)], side by side."""
    def one(job):
        name, function, *arguments = job
        try:
            return name, function(engine, *arguments)
        except Failure as failure:
            return name, failure
    return dict(engine.map(one, jobs))


class Answers:
    """Checks on measured answers; one that is missing fails with its reason."""

    def __init__(self, checks, answers):
        self.checks = checks
        self.answers = answers

    def check(self, name, judge):
        """judge(answer) -> (good, detail)."""
        answer = self.answers[name]
        good, detail = (False, str(answer)) if isinstance(answer, Failure) else judge(answer)
        self.checks.check(good, name, detail)

    def get(self, name):
        answer = self.answers[name]
        if isinstance(answer, Failure):
            raise answer
        return answer


def run(engine, checks):
    jobs = sphere_jobs(engine) + antenna_jobs(engine) + twin_jobs() + power_jobs()
    answers = Answers(checks, measure(engine, jobs))
    for part in (check_spheres, check_antennas, check_twins, check_power):
        part(engine, checks, answers)


def sphere_jobs(engine):
    jobs = [("sphere, ka = 1, towards the transmitter", bodies.sphere_ka1, 5)]
    for cuts, keep, limit in BISTATIC + BISTATIC_LONG * engine.long:
        jobs.append((bistatic_name(cuts, keep), bodies.sphere_bistatic, cuts, keep))
    for cuts, _ in COMBINED + COMBINED_LONG * engine.long:
        jobs.append((combined_name(cuts), bodies.sphere_bistatic, cuts, False, 0.5))
    for cuts, _ in dipole_meshes(engine):
        jobs.append((dipole_name(cuts), bodies.dipoles_on_sphere, cuts))
    jobs += [(f"sphere at ka = {x:g}", bodies.low_frequency, x) for x in (1e-3, 1e-5)]
    return jobs


def bistatic_name(cuts, keep):
    return f"sphere of 1 λ, edges λ/{10 * cuts / 12:.0f}, {'its volume kept' if keep else 'vertices on the sphere'}"


def combined_name(cuts):
    return f"sphere of 1 λ, edges λ/{10 * cuts / 12:.0f}, combined field equation"


def dipole_name(cuts):
    return f"dipoles above a sphere of 1 λ, edges λ/{10 * cuts / 12:.0f}"


def dipole_meshes(engine):
    """Cells of the sphere, tolerance in dB."""
    return ((12, 0.1),) + ((24, 0.03),) * engine.long


def check_spheres(engine, checks, answers):
    exact = bodies.spheres.cross_section(1.0, 0)[0]
    answers.check("sphere, ka = 1, towards the transmitter", lambda a: (
        abs(a[0] / exact - 1) <= 1e-3,
        f"σ/(π a²) = {a[0]:.5f} with {a[1]} unknowns, Mie {exact:.5f}, within 0.1 %"))
    for cuts, keep, limit in BISTATIC + BISTATIC_LONG * engine.long:
        answers.check(bistatic_name(cuts, keep), lambda a, most=limit: (
            a[0] <= most, f"mean |error| {a[0]:.4f} dB with {a[1]} unknowns, at most {most} dB"))
    for cuts, limit in COMBINED + COMBINED_LONG * engine.long:
        answers.check(combined_name(cuts), lambda a, most=limit: (
            a[0] <= most, f"mean |error| {a[0]:.4f} dB with {a[1]} unknowns, at most {most} dB"))
    gains, resistance = bodies.exact_dipoles()
    for cuts, limit in dipole_meshes(engine):
        answers.check(dipole_name(cuts), lambda a, most=limit: (
            max(abs(x - y) for x, y in zip(a[0], gains)) <= most,
            f"maximum coupling {', '.join(f'{x:.3f}' for x in a[0])} dB, exact "
            f"{', '.join(f'{x:.3f}' for x in gains)} dB, within {most} dB"))
        answers.check(dipole_name(cuts), lambda a: (
            abs(a[1] / resistance - 1) <= 0.005,
            f"R/R alone = {a[1]:.4f}, exact {resistance:.4f}, within 0.5 %"))
    monopole = answers.get("sphere at ka = 0.001")[1]
    for x in (1e-3, 1e-5):
        answers.check(f"sphere at ka = {x:g}", lambda a: (
            abs(a[0] - 1) <= 1e-4 and abs(a[1] / monopole - 1) <= 1e-4,
            f"cross-section {a[0]:.6f} of the exact one, R/(ka)² of a monopole on it {a[1]:.5f} Ω, no breakdown"))


PLATE = "monopole on a plate of 1 λ"


def antenna_jobs(engine):
    jobs = [("bicone, kL = 1", bodies.bicone, 16, 10),
            (PLATE, bodies.plate_monopole, 0.05),
            ("its tube", bodies.tube, bodies.gap_heights(0.00625), 5, 0.05),
            ("monopole on infinite ground", bodies.ground_monopole),
            ("its tube on infinite ground", bodies.tube, bodies.gap_heights(0.00625), 5),
            ("leaning monopole", bodies.plate_monopole, 0.05, 0.02, 20, "start", 8, 30.0),
            ("its leaning tube", bodies.tube, bodies.gap_heights(0.00625), 5, 0.05, 1e-3, 8, 30.0),
            ("cylinder", bodies.example_cylinder), ("box", bodies.example_box)]
    jobs += [(f"fan of {fan:g}", bodies.plate_monopole, 0.05, fan) for fan in (0.002, 0.005)]
    for radius, segments in THICK:
        jobs.append((f"wire of {radius:g}", bodies.plain_dipole, radius, segments))
        jobs.append((f"tube of {radius:g}", bodies.tube_dipole, radius, max(0.5 / segments, 4 * radius)))
    jobs += [(name, lambda e, n=name: e.solve(bodies.deck(n))) for name in ("cylinder.nec", "box.nec")]
    return jobs


def check_antennas(engine, checks, answers):
    answers.check("bicone, kL = 1", lambda a: (
        relative(a[0], bodies.BICONE) <= 0.02,
        f"{a[0]:.5g} with {a[1]} unknowns, exact {bodies.BICONE:.5g} within 2 %"))
    answers.check(PLATE, lambda a: (
        abs(a[0].real - 45) <= 1.5 and abs(a[0].imag - 19.7) <= 1,
        f"{a[0]:.5g}, expected 45 ± 1.5 + j(19.7 ± 1)"))
    for wire, tube, limit in ((PLATE, "its tube", 0.01),
                              ("monopole on infinite ground", "its tube on infinite ground", 0.005),
                              ("leaning monopole", "its leaning tube", 0.01)):
        compare(answers, wire, tube, limit)
    spread = [answers.get(PLATE)[0]] + [answers.get(f"fan of {fan:g}")[0] for fan in (0.002, 0.005)]
    checks.check(max(relative(z, spread[0]) for z in spread) <= 0.01, "monopole on fans of 2, 5 and 20 radii",
                 ", ".join(f"{z:.5g}" for z in spread))
    for radius, _ in THICK:
        compare(answers, f"wire of {radius:g}", f"tube of {radius:g}", 0.01)
    check_examples(checks, answers)


def first(answer):
    """The impedance of an answer that may have more to say."""
    return answer[0] if isinstance(answer, tuple) else answer


def compare(answers, wire, tube, limit):
    """The same antenna as a wire, attached or alone, and as triangles only, with gaps of one width."""
    exact = first(answers.get(tube))
    answers.check(wire, lambda a: (
        relative(first(a), exact) <= limit,
        f"{first(a):.5g}, a tube of triangles {exact:.5g}, within {100 * limit:g} %"))


def check_examples(checks, answers):
    """Examples 6 and 4 of NEC-2's manual, beside finer meshes of our own. NEC-2's own values are of its patches
    and its gap on them: the reactances move with either (docs/validation.md)."""
    found = [complex_impedance(solve["sources"][0]) for solve in answers.get("cylinder.nec")["solves"]]
    top, side, gain = answers.get("cylinder")
    checks.check(max(relative(found[0], top), relative(found[1], side)) <= 0.03, "cylinder of example 6",
                 f"{found[0]:.5g}, {found[1]:.5g}, on a finer mesh {top:.5g}, {side:.5g}, within 3 %")
    checks.check(abs(found[0] / (17.793 - 117.91j) - 1) <= 0.05, "cylinder of example 6, upper wire",
                 f"{found[0]:.5g}, NEC-2 17.793-117.91j, within 5 %")
    coupling = answers.get("cylinder.nec")["solves"][-1]["couplings"][0]["maximum_db"]
    checks.check(abs(coupling - gain) <= 0.1 and abs(coupling + 13.709) <= 0.6, "cylinder of example 6, coupling",
                 f"{coupling:.3f} dB, on a finer mesh {gain:.3f}, NEC-2 -13.709 (-13.35 with finer patches)")
    found = complex_impedance(answers.get("box.nec")["solves"][0]["sources"][0])
    fine = answers.get("box")
    checks.check(relative(found, fine) <= 0.02 and abs(found.real / 180.73 - 1) <= 0.05, "box of example 4",
                 f"{found:.5g}, on a finer mesh {fine:.5g} within 2 %, NEC-2 180.73+217.65j")


def twin_jobs():
    return [("monopoles on a cylinder on ground", twins.ground_twin),
            ("cross-section of a box on ground", twins.cross_section_twin),
            ("loop on a sphere on ground", twins.loop_twin),
            ("mixed", twins.mixed), ("mixed, turned and shifted", twins.mixed, twins.turned)]


def check_twins(engine, checks, answers):
    answers.check("monopoles on a cylinder on ground", lambda a: (
        a <= 1e-6, f"Z differs by {a:.1e} from that of the structure and its image in free space"))
    answers.check("cross-section of a box on ground", lambda a: (
        a <= 1e-5, f"differs by {a:.1e} dB from that of the box and its image in free space"))
    answers.check("loop on a sphere on ground", lambda a: (
        a[0] <= 1e-6, f"half of {a[1]:.5g} to {a[0]:.1e}"))
    z = answers.get("mixed")
    answers.check("mixed, turned and shifted", lambda a: (
        twins.largest_difference(a, z) <= 1e-9,
        f"Z of sphere, plate, whip and dipole differs by {twins.largest_difference(a, z):.1e}"))
    uneven = twins.largest_difference(z, [list(column) for column in zip(*z)])
    checks.check(uneven <= 1e-6, "mixed structure is reciprocal", f"Z - Zᵀ: {uneven:.1e}")
    norm = twins.largest_gain(twins.scattering(engine))
    checks.check(norm <= 1 + 1e-3, "mixed structure is passive", f"largest singular value of S {norm:.7f}")


def power_jobs():
    """What has been solved above; only the short monopole is new."""
    decks = [(f"power of {name}", lambda e, n=name: e.solve(bodies.deck(n))["solves"])
             for name in ("box.nec", "cylinder.nec")]
    return decks + [("power of the bicone", lambda e: [bodies.bicone_solve(e, 16, 10)]),
                    ("power of the " + PLATE, lambda e: [bodies.plate_solve(e, 0.05)]),
                    ("power of the mixed structure", lambda e: [twins.mixed_project(e).solve()]),
                    ("power of a short monopole on a sphere", lambda e: [bodies.short_monopole(e, 12)])]


def check_power(_, checks, answers):
    """Far-field power over radiated power; that is the average gain, or half of it over ground."""
    for name, *_ in power_jobs():
        answers.check(name, lambda solves: (
            all(abs(power.ratio(solve) - 1) <= power.TOLERANCE for solve in solves),
            ", ".join(f"far field over radiated {power.ratio(solve):.6f}" for solve in solves) + ", within 0.5 %"))
    average = answers.get("power of box.nec")[0]["gain"]["average"]
    checks.check(abs(average - 2) <= 0.01, "box of example 4, average gain", f"{average:.5f}, NEC-2 1.80")
    exact, angle = bodies.spheres.monopole_pattern(2 * math.pi)
    gain = answers.get("power of a short monopole on a sphere")[0]["gain"]
    checks.check(abs(gain["max_dbi"] - exact) <= 0.03 and abs(gain["theta_deg"] - angle) <= 0.5,
                 "short monopole on a sphere of 1 λ",
                 f"{gain['max_dbi']:.4f} dBi at {gain['theta_deg']:.2f}°, exact {exact:.4f} dBi at {angle:.1f}° "
                 "for no height at all; within 0.03 dB and 0.5°")
