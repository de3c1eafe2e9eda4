# SPDX-License-Identifier: Apache-2.0
"""Power balance: what the far field carries away is what the sources put in less what is lost. For a
lossless antenna that is NEC's average gain of 1, or of 2 over perfect ground."""
from engine import Failure, own_decks
from families import free_space

TOLERANCE = 0.005


def power_decks():
    own = [(name, text) for name, text in own_decks() if "\nEX 0" in text and "\nGN 2" not in text]
    return free_space() + own


def ratio(solve):
    """Far-field power over radiated power, or None without sources."""
    power = solve.get("power")
    if not power or not solve["gain"] or not power["radiated_w"]:
        return None
    return power["far_field_w"] / power["radiated_w"]


def run(engine, checks):
    def one(deck):
        name, text = deck
        try:
            solves = engine.solve(text)["solves"]
        except Failure as failure:
            return name, None, None, str(failure)
        over_ground = 2.0 if "\nGN" in text else 1.0
        lossless = "\nLD" not in text
        values = [(ratio(solve), solve["gain"]["average"] / over_ground if lossless else 1.0)
                  for solve in solves if ratio(solve) is not None]
        worst = max(values, key=lambda pair: abs(pair[0] - 1) + abs(pair[1] - 1), default=(None, None))
        return name, *worst, ""
    rows = engine.map(one, power_decks())
    bad = [row for row in rows if row[1] is None or abs(row[1] - 1) > TOLERANCE
           or abs(row[2] - 1) > TOLERANCE]
    for name, balance, average, why in bad:
        checks.check(False, f"power balance of {name}",
                     why or f"far field over radiated {balance:.4f}, average gain {average:.4f}")
    worst = max((abs(row[1] - 1), row[0]) for row in rows if row[1] is not None)
    checks.check(not bad, "power balance and average gain within 0.5 %",
                 f"{len(rows)} decks, worst {100 * worst[0]:.2f} % ({worst[1]})")
