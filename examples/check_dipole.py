#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The dipole's answer must lie where an independent engine has it, and carry an error bar.

One straight wire of one radius: here NEC-2 can be trusted to 1-2 %. nec2c 1.3 gives, for 11, 21, 41, 81 segments,
71.47-1.13j, 71.75-0.23j, 72.00+0.42j, 72.19+0.79j ohm; the reactance creeps because its gap narrows.
"""
import re
import subprocess
import sys

NEC2 = complex(72.0, 0.4)

output = subprocess.run(sys.argv[1:], check=True, capture_output=True, text=True).stdout
print(output, end="")
match = re.match(r"Z = (\S+) ([+-]\S+)j ohm, discretisation error about (\S+) ohm\n$", output)
if not match:
    sys.exit("unexpected output")
resistance, reactance, bar = map(float, match.groups())
difference = abs(complex(resistance, reactance) - NEC2)
print(f"difference from NEC-2 {difference:.2f} ohm")
sys.exit(0 if difference < 0.02 * abs(NEC2) and 0 < bar < 0.05 * abs(NEC2) else 1)
