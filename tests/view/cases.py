# SPDX-License-Identifier: Apache-2.0
"""Methods of an object as test cases, told in TAP."""
import sys
import time
import traceback


def run_cases(tests):
    """Call every method of the object's class in the order they stand there; those that raise have failed. How many did."""
    names = [name for name, value in vars(type(tests)).items() if callable(value) and not name.startswith("_")]
    print(f"1..{len(names)}")
    failed = 0
    for number, name in enumerate(names, 1):
        begin = time.monotonic()
        try:
            getattr(tests, name)()
            print(f"ok {number} - {name.replace('_', ' ')} # {time.monotonic() - begin:.1f} s")
        except Exception:  # whatever it is, the other tests are told, too
            failed += 1
            print(f"not ok {number} - {name.replace('_', ' ')}")
            print("".join(f"# {line}\n" for line in traceback.format_exc().splitlines()), end="")
        sys.stdout.flush()
    return failed
