# SPDX-License-Identifier: Apache-2.0
"""Count checks and say what failed."""


class Checks:
    """One line per check as it is made, in the Test Anything Protocol."""

    def __init__(self):
        self.passed = 0
        self.failed = 0

    def check(self, good, name, detail=""):
        self.passed += bool(good)
        self.failed += not good
        print(f"{'ok' if good else 'not ok'} {self.passed + self.failed} - {name}"
              f"{': ' if detail else ''}{detail}", flush=True)

    @staticmethod
    def figure(text):
        """A measured figure that ./test shows even if all is well."""
        print(f"## {text}", flush=True)

    @staticmethod
    def note(text):
        print(f"# {text}", flush=True)
