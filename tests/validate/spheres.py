# SPDX-License-Identifier: Apache-2.0
"""Exact series for perfectly conducting spheres, independent of any mesh: scattering of plane waves (Mie),
coupling of short radial dipoles, and the pattern of a very short radial monopole. Time factor e^{+jωt}, x = ka.

With u_n(x) = x z_n(x) for the spherical Bessel functions j_n and h_n = j_n - j y_n, every series is a sum over n
of terms in the ratios a_n = u'_n of j over u'_n of h (TM) and b_n = j_n/h_n (TE)."""
import cmath
import math


def riccati(x, count):
    """x j_n(x), x h_n(x) and their derivatives for n = 0 … count - 1: four lists. j by backward, y by forward
    recurrence, each the stable one."""
    start = count + int(x) + 30
    j = [0.0] * (start + 2)
    j[start] = 1e-300
    for n in range(start, 0, -1):
        j[n - 1] = (2 * n + 1) / x * j[n] - j[n + 1]
        if abs(j[n - 1]) > 1e200:
            j = [value * 1e-200 for value in j]
    first = math.sin(x)
    # normalise by the larger of the two that are known
    second = math.sin(x) / x - math.cos(x)
    scale = first / j[0] if abs(first) > abs(second) else second / j[1]
    j = [value * scale for value in j]
    y = [-math.cos(x), -math.cos(x) / x - math.sin(x)]
    for n in range(1, count):
        y.append((2 * n + 1) / x * y[n] - y[n - 1])
    h = [complex(j[n], -y[n]) for n in range(count)]
    before = [complex(math.cos(x), -math.sin(x))] + h  # x h_{-1} = e^{-jx}: x j_{-1} = cos x, x y_{-1} = sin x
    slope_h = [before[n] - n / x * h[n] for n in range(count)]
    slope_j = [value.real for value in slope_h]
    return j[:count], h, slope_j, slope_h


def angular(theta, count):
    """π_n = P_n^1/sin θ and τ_n = dP_n^1/dθ for n = 0 … count - 1, and P_n; without the phase (-1)^m."""
    c = math.cos(theta)
    pi, tau, legendre = [0.0, 1.0], [0.0, c], [1.0, c]
    for n in range(2, count):
        pi.append(((2 * n - 1) * c * pi[n - 1] - n * pi[n - 2]) / (n - 1))
        tau.append(n * c * pi[n] - (n + 1) * pi[n - 1])
        legendre.append(((2 * n - 1) * c * legendre[n - 1] - (n - 1) * legendre[n - 2]) / n)
    return pi, tau, legendre


def terms(x):
    return int(x + 4.05 * x ** (1 / 3)) + 12


def cross_section(x, bistatic):
    """(σ_VV, σ_HH)/(π a²) at an angle in degrees from the direction of the transmitter: V in the plane of
    scattering, H across it."""
    count = terms(x)
    j, h, slope_j, slope_h = riccati(x, count)
    scattering = math.pi - math.radians(bistatic)
    pi, tau, _ = angular(scattering, count)
    across = along = 0j
    for n in range(1, count):
        electric, magnetic = slope_j[n] / slope_h[n], j[n] / h[n]
        weight = (2 * n + 1) / (n * (n + 1))
        across += weight * (electric * pi[n] + magnetic * tau[n])
        along += weight * (electric * tau[n] + magnetic * pi[n])
    return tuple(4 * abs(s) ** 2 / x ** 2 for s in (along, across))


def dipole_pair(ka, kb, degrees):
    """Z12/R of two short radial dipoles at the distance b from the centre, this far apart, in units of their
    resistance in free space; for 0 degrees the real part only (the reactance is that of their length)."""
    count = int(8 / math.log(kb / ka)) + 20  # terms fall like (a/b)^2n
    _, _, slope_j, slope_h = riccati(ka, count)
    _, h, _, _ = riccati(kb, count)
    _, _, legendre = angular(math.radians(degrees), count)
    scattered = sum(n * (n + 1) * (2 * n + 1) * slope_j[n] * h[n] * (h[n] / slope_h[n]) * legendre[n]
                    for n in range(1, count)) / kb ** 4
    if degrees == 0:
        return 1 - 1.5 * scattered.real
    # both dipoles and the line between them lie in one plane: each makes the angle 90° - half of it
    half = math.radians(degrees) / 2
    distance = 2 * kb * math.sin(half)
    along = -math.sin(half) ** 2  # (p1·R̂)(p2·R̂)
    across = math.cos(2 * half) - along
    phase = cmath.exp(-1j * distance)
    direct = 1.5 * phase * (across * (1j / distance + 1 / distance ** 2 - 1j / distance ** 3)
                            - 2 * along * (1 / distance ** 2 - 1j / distance ** 3))
    return direct - 1.5 * scattered


def available_gain_db(z11, z12, z22):
    """Maximum available gain of a reciprocal two-port, both ends matched at once."""
    linvill = abs(z12) ** 2 / (2 * z11.real * z22.real - (z12 * z12).real)
    return 10 * math.log10((1 - math.sqrt(1 - linvill ** 2)) / linvill)


def monopole_pattern(ka, step=0.05):
    """A radial current element on the sphere: its largest directivity in dBi and the angle from it."""
    count = terms(ka)
    _, _, _, slope_h = riccati(ka, count)
    angles = [step * i for i in range(int(180 / step) + 1)]
    power = []
    for degrees in angles:
        theta = math.radians(degrees)
        pi, _, _ = angular(theta, count)
        power.append(abs(sum(1j ** n * (2 * n + 1) / slope_h[n] * pi[n] * math.sin(theta)
                             for n in range(1, count))) ** 2)
    mean = 0.5 * math.radians(step) * sum(p * math.sin(math.radians(a)) for p, a in zip(power, angles))
    best = max(range(len(power)), key=power.__getitem__)
    return 10 * math.log10(power[best] / mean), angles[best]
