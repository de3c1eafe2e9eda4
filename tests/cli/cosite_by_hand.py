#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Two scenes of radios, worked from the textbook's formulas below and compared with `alicorn cosite` to 0.05 dB.

usage: cosite_by_hand.py ALICORN

The formulas are those that docs/theory/cosite.md cites, written out again for one scene each: nothing is searched, summed over
channels or read from the same tables.
"""
import cmath
import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

TOLERANCE = 0.05
LIGHT, VACUUM = 299792458.0, 8.8541878128e-12


def db(power):
    return 10 * math.log10(power)


def dbm(watts):
    return 30 + db(watts)


def noise_dbm(bandwidth, figure):
    return dbm(1.380649e-23 * 290 * bandwidth) + figure


def two_ray_db(f, h1, h2, distance, permittivity, conductivity):
    """Gain between isotropic vertical antennas over flat ground."""
    k = 2 * math.pi * f / LIGHT
    near, far = math.hypot(distance, h1 - h2), math.hypot(distance, h1 + h2)
    n2 = permittivity - 1j * conductivity / (2 * math.pi * f * VACUUM)
    sine, cosine = (h1 + h2) / far, distance / far
    root = cmath.sqrt(n2 - cosine ** 2)
    fresnel = (n2 * sine - root) / (n2 * sine + root)
    field = cmath.exp(-1j * k * near) / near + fresnel * cmath.exp(-1j * k * far) / far
    return 20 * math.log10(abs(field) / (2 * k))


def cable_db(f, length, loss_per_metre_100mhz):
    return length * loss_per_metre_100mhz * math.sqrt(f / 100e6)


def chebyshev_db(f, order, ripple, low, high):
    """Band-pass."""
    centre, width = math.sqrt(low * high), high - low
    omega = abs(f / centre - centre / f) * centre / width
    wave = math.cos(order * math.acos(omega)) if omega <= 1 else math.cosh(order * math.acosh(omega))
    return db(1 + (10 ** (ripple / 10) - 1) * wave ** 2)


# ---- two ships ----

SHIPS = """alicorn-radios: 1
platforms:
  - { name: one, free_space: true }
  - { name: two, at: [1500, 0, 0], free_space: true }
between: { path: two-ray }
ground: { permittivity: 80, conductivity: 4 }
radios:
  - name: VHF
    platform: one
    at: [0, 0, 22]
    gain: 5 dBi
    channels: 156.8 MHz
    transmitter: { power: 25 W, bandwidth: 16 kHz, noise: [[100 kHz, -130], [10 MHz, -160]], harmonics: { constant: -60, highest: 2 } }
    chain: [cable: { length: 20 m, loss: [[100 MHz, 7 dB/100m]] }]
  - name: AIS
    platform: two
    at: [0, 0, 18]
    gain: 2 dBi
    channels: 161.975 MHz
    receiver: { bandwidth: 16 kHz, noise_figure: 8, allowed_inr: -6, selectivity: [[8 kHz, 0], [25 kHz, 75]], p1db: -30 }
    chain: [filter: { shape: band-pass, order: 4, ripple: 0.2, low: 159 MHz, high: 164 MHz, loss: 0.8 }]
  - name: UHF
    platform: two
    at: [0, 0, 25]
    gain: 1 dBi
    channels: 313.6 MHz
    receiver: { bandwidth: 25 kHz, sensitivity: -105, required_snr: 10 }
"""


def ships():
    """Broadband noise, carrier and blocking over two rays, and a harmonic."""
    carrier, channel = 156.8e6, 161.975e6

    def path(f, height, gain):
        return 5 + gain + two_ray_db(f, 22, height, 1500, 80, 4) - cable_db(f, 20, 0.07)

    def ais_filter(f):
        return 0.8 + chebyshev_db(f, 4, 0.2, 159e6, 164e6)

    power, noise = dbm(25), noise_dbm(16e3, 8)
    limit = noise - 6
    # a skirt of 75 dB in 17 kHz lets through as much as 17 kHz/(75 dB in nepers of power) more on each side
    through = 16e3 + 2 * 17e3 / (75 * math.log(10) / 10)
    density = -130 - 30 * (channel - carrier - 100e3) / 9.9e6
    at_carrier = power + path(carrier, 18, 2) - ais_filter(carrier)
    heard = power + density + db(through) + path(channel, 18, 2) - ais_filter(channel)
    return {("AIS", "broadband noise", "in channel"): heard - limit,
            ("AIS", "carrier", "out of channel"): at_carrier - 75 - limit,
            ("AIS", "carrier", "blocking"): at_carrier + 30,
            ("UHF", "harmonic", "in channel"): power - 60 + path(313.6e6, 25, 1) + 105 + 10}, {
                "AIS": db(10 ** ((heard - limit) / 10) + 10 ** ((at_carrier - 75 - limit) / 10))}, {
                    ("AIS", "broadband noise"): db(1 + 10 ** ((heard - noise) / 10))}


# ---- one mast ----

ANTENNAS = {  # MHz: S11 S21 S31 S22 S32 S33, ports A B C, 50 ohm
    235.0: (0.2 + 0.1j, 0.03 - 0.01j, 0.006 + 0.004j, -0.1 + 0.3j, 0.002 - 0.007j, 0.4 - 0.3j),
    243.0: (0.1 - 0.2j, -0.02 + 0.03j, 0.004 - 0.006j, 0.2 + 0.2j, 0.005 + 0.003j, -0.3 + 0.45j),
    245.7: (-0.3 + 0.1j, 0.01 + 0.02j, -0.005 + 0.003j, 0.1 - 0.1j, -0.004 + 0.005j, 0.5 + 0.1j),
    251.0: (0.1 + 0.1j, 0.025 + 0.02j, 0.003 + 0.008j, -0.2 - 0.1j, 0.006 - 0.002j, -0.2 - 0.5j),
}
PAD = (0.25 - 0.1j, 0.6 + 0.3j, 0.6 + 0.3j, -0.15 + 0.3j)  # 75 ohm, at all frequencies

MAST = """alicorn-radios: 1
network: mast.s3p
radios:
  - name: A
    port: "1"
    channels: 243 MHz
    transmitter: { power: 100 W, bandwidth: 5 kHz, reverse_intermodulation: [{ order: 3, loss: 12 dB }] }
    chain: [isolator: { loss: 0.5 dB, isolation: 22 dB }]
  - name: B
    port: "2"
    channels: [251 MHz, 245.7 MHz]
    transmitter: { power: 50 W, bandwidth: 5 kHz }
    chain: [attenuator: 1.5 dB]
  - name: C
    port: "3"
    channels: 235 MHz
    receiver:
      bandwidth: 16 kHz
      noise_figure: 9
      selectivity: [[20 kHz, 90]]
      preselection: [[2 MHz, 0], [22 MHz, 40]]
      iip3: 12
      ifs: [21.4 MHz]
      lo: above
      responses: [{ p: 2, q: 2, rejection: 65 dB }]
    chain: [network: pad.s2p]
"""


def line(values):
    return " ".join(f"{v.real:.10g} {v.imag:.10g}" for v in values)


def write_networks(folder):
    rows = [f"{f} {line((a, b, c))}\n{line((b, d, e))}\n{line((c, e, g))}\n" for f, (a, b, c, d, e, g) in ANTENNAS.items()]
    (folder / "mast.s3p").write_text("# MHz S RI R 50\n" + "".join(rows))
    s11, s21, s12, s22 = PAD
    (folder / "pad.s2p").write_text("# MHz S RI R 75\n" + "".join(f"{f} {line((s11, s21, s12, s22))}\n" for f in (230, 255)))


def abcd(s, z1, z2):
    """Chain matrix of a two-port with real references; s: s11, s12, s21, s22."""
    s11, s12, s21, s22 = s
    scale = 2 * s21 * math.sqrt(z1 * z2)
    return ((z1 * (1 + s11) * (1 - s22) + z1 * s12 * s21) / scale, z1 * z2 * ((1 + s11) * (1 + s22) - s12 * s21) / scale,
            ((1 - s11) * (1 - s22) - s12 * s21) / scale, (z2 * (1 - s11) * (1 + s22) + z2 * s12 * s21) / scale)


def to_receiver_db(f, sender):
    """Gain from antenna A or B, fed from 50 ohm, through the pad into 75 ohm."""
    s11, _, s31, s22, s32, s33 = ANTENNAS[f]
    own, through = (s11, s31) if sender == "A" else (s22, s32)
    a1, b1, c1, d1 = abcd((own, through, through, s33), 50, 50)
    p11, p21, p12, p22 = PAD
    a2, b2, c2, d2 = abcd((p22, p21, p12, p11), 75, 75)  # from the antenna's side
    a, b, c, d = a1 * a2 + b1 * c2, a1 * b2 + b1 * d2, c1 * a2 + d1 * c2, c1 * b2 + d1 * d2
    return 20 * math.log10(abs(2 * math.sqrt(50 * 75) / (a * 75 + b + c * 50 * 75 + d * 50)))


def mast():
    """Products of both kinds, half the intermediate frequency, chains with mismatch in two references."""
    limit = noise_dbm(16e3, 9)
    a, b = dbm(100), dbm(50)
    # what comes from B into A's output, there turned into 2 243 - 251 = 235 MHz
    incoming = b - 1.5 + 20 * math.log10(abs(ANTENNAS[251.0][1])) - 22
    turned = incoming - 12 - 0.5 + to_receiver_db(235.0, "A")
    # the same in the receiver: 8 and 16 MHz off
    tone_a = a - 0.5 + to_receiver_db(243.0, "A") - 40 * 6 / 20
    tone_b = b - 1.5 + to_receiver_db(251.0, "B") - 40 * 14 / 20
    made = 2 * tone_a + tone_b - 2 * 12
    # LO 256.4 MHz, twice of it less 21.4 MHz is twice 245.7 MHz
    half = b - 1.5 + to_receiver_db(245.7, "B")
    return {("C", "transmitter intermodulation", "in channel"): turned - limit,
            ("C", "carrier", "receiver intermodulation"): made - limit,
            ("C", "carrier", "spurious response"): half - limit - 65,
            ("C", "carrier", "out of channel"): max(a - 0.5 + to_receiver_db(243.0, "A") - 90 - limit, half - 90 - limit)}, {}, {}


# ---- comparison ----

def compare(what, found, expected):
    good = found is not None and abs(found - expected) <= TOLERANCE
    shown = "nothing" if found is None else f"{found:.3f}"
    print(f"{'' if good else 'NOT '}{what}: {shown} dB, by hand {expected:.3f} dB")
    return good


def check(alicorn, name, text, work):
    margins, totals, deaf = work
    with tempfile.TemporaryDirectory() as folder:
        write_networks(Path(folder))
        (Path(folder) / "radios.yaml").write_text(text)
        run = subprocess.run([alicorn, "cosite", "radios.yaml", "--json", "-", "--no-plan", "--floor", "-300", "-q"], cwd=folder,
                             capture_output=True, text=True, timeout=60, check=True)
    document = json.loads(run.stdout)
    good = True
    for (victim, emission, response), expected in margins.items():
        entries = [e for e in document["interferences"] if (e["victim"], e["emission"], e["response"]) == (victim, emission, response)]
        found = max((e["margin_db"] for e in entries), default=None)
        good &= compare(f"{name}, {victim}: {emission}, {response}", found, expected)
        if (victim, emission) in deaf and entries:
            good &= compare(f"{name}, {victim} deaf by {emission}", entries[0]["desensitisation_db"], deaf[victim, emission])
    for total in document["all_at_once"]:
        if total["victim"] in totals:
            good &= compare(f"{name}, {total['victim']}: all at once", total["margin_db"], totals[total["victim"]])
    return good


def main():
    alicorn = str(Path(sys.argv[1]).resolve())
    good = check(alicorn, "two ships", SHIPS, ships())
    good &= check(alicorn, "one mast", MAST, mast())
    return 0 if good else 1


sys.exit(main())
