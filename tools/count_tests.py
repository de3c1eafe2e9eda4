#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Add up what `meson test` ran.

usage: count_tests.py TESTLOG.json...

Prints one line per test program, what it wants to be seen ("## …"), and the whole output of those that failed. The last line of standard output is
`N passed, N failed`, where programs that count their own cases (cmocka, TAP) enter with those. Exit status 1 if
anything failed or a log is missing: a build that broke counts as one failure.
"""
import json
import re
import sys
from pathlib import Path

GOOD = {"OK", "EXPECTEDFAIL"}


def cases(test):
    """Passed and failed cases inside one test program."""
    output = test.get("stdout", "") + test.get("stderr", "")
    passed = sum(map(int, re.findall(r"^\[  PASSED  \] (\d+) test", output, re.M)))
    failed = sum(map(int, re.findall(r"^\[  FAILED  \] *(?:tests: )?(\d+) test", output, re.M)))
    passed += len(re.findall(r"^ok \d+", output, re.M))
    failed += len(re.findall(r"^not ok \d+", output, re.M))
    if test["result"] in GOOD:
        return max(passed, 1), failed
    return passed, max(failed, 1)


def report(test, passed, failed):
    good = failed == 0
    count = f"{passed} passed" + (f", {failed} FAILED" if failed else "")
    print(f"{'ok  ' if good else 'FAIL'} {test['name']:<44} {test['duration']:7.2f} s  {count}")
    for line in test.get("stdout", "").splitlines():
        if good and line.startswith("## "):
            print(f"     {line[3:]}")
    if not good:
        print(f"---- {test['name']}: {test['result']}")
        print(test.get("stdout", "") + test.get("stderr", "") + "----")


def main(logs):
    total_passed = total_failed = 0
    for log in map(Path, logs):
        if not log.exists():
            print(f"FAIL {log}: nothing ran")
            total_failed += 1
            continue
        for line in log.read_text(encoding="utf-8").splitlines():
            test = json.loads(line)
            if test["result"] == "SKIP":
                print(f"skip {test['name']}")
                continue
            passed, failed = cases(test)
            report(test, passed, failed)
            total_passed += passed
            total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed or not total_passed else 0


sys.exit(main(sys.argv[1:]))
