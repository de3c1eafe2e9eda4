Two dipoles, and the same farther apart: what changed in S, its error bars, and the echo.

    $ sed 's/d=0.5/d=0.7/' pair.nec > far.nec
    $ alicorn compare -q pair.nec far.nec --rcs-theta 90 --rcs-phi 0:330:30 --sectors 1 --list 2
    A  pair.nec
    B  far.nec
    
    Ports, the worst of all frequencies
    port  |S| [dB] A      B  change  VSWR A     B  change  |S_A − S_B|
    1          −13.2  −16.5    −3.3    1.56  1.35   −0.21       0.0819
    2          −13.2  −16.5    −3.3    1.56  1.35   −0.21       0.0819
    
    Isolation [dB], least of all frequencies
    pair      A     B  change   A's at   B's at
    1 – 2  13.8  15.4    +1.6  300 MHz  300 MHz
    worst of all: A 13.8 dB (1 – 2), B 15.4 dB (1 – 2)
    
    Cross-sections [dBsm] over azimuth
    polarisation       at  median A     B  change  90 % A    B  change  max A    B  change
    VV            300 MHz       2.5  −3.2    −5.6     6.3  8.9    +2.6    6.3  8.9    +2.6
    
    Cross-sections [dBsm], point by point: 2 of 36
    of       at  theta   phi    A    B  change     ±
    VV  300 MHz    90°   90°  6.3  8.9    +2.6  0.04
    VV  300 MHz    90°  270°  6.3  8.9    +2.6  0.04
    
    Changes are B − A, those for the worse first.

To both the same may be done. Nothing changed between a deck and itself, nor between it and the file that it wrote; the file is interpolated where only the deck was solved.

    $ alicorn compare -q pair.nec far.nec --set d=0.6 | grep 1
    1          −15.6  −15.6    ~0.0    1.40  1.40   ~0.00       0.0000
    2          −15.6  −15.6    ~0.0    1.40  1.40   ~0.00       0.0000
    1 – 2  14.4  14.4    ~0.0  300 MHz  300 MHz
    worst of all: A 14.4 dB (1 – 2), B 14.4 dB (1 – 2)
    $ sed 's/^FR.*/FR 0 3 0 0 290 10/' pair.nec > sweep.nec; alicorn solve -q sweep.nec --touchstone sweep.s2p > sweep.txt
    $ alicorn compare -q sweep.nec sweep.s2p --json same.json --csv same.csv | sed -n '1,6p'
    A  sweep.nec
    B  sweep.s2p
    
    Ports, the worst of all frequencies
    port  |S| [dB] A      B  change  VSWR A     B  change  |S_A − S_B|
    1          −10.2  −10.2     0.0    1.90  1.90    0.00       0.0000
    $ python3 -c "import json; d = json.load(open('same.json')); print(len(d['points']), max(abs(r['change']) for r in d['points']) < 1e-8, d['only'], any(r['interpolated_b'] for r in d['points']))"
    36 True [] False
    $ python3 -c "import csv, json; d = json.load(open('same.json')); r = list(csv.DictReader(open('same.csv'))); print(len(r) == len(d['points']) + len(d['summary']), r[-1]['list'], all(abs(float(a['change']) - b['change']) < 1e-12 for a, b in zip(r, d['summary'] + d['points'])))"
    True point True
    $ sed 's/^FR.*/FR 0 2 0 0 295 20/' pair.nec | alicorn compare -q - sweep.s2p --list 1 | grep -v '^B'
    A  -
    only in B: S at 3 frequencies, 290 MHz to 310 MHz
    only in A: S at 1 frequency, 315 MHz
    
    Ports, the worst of all frequencies: 1 of 2
    port  |S| [dB] A       B  change  VSWR A      B  change  |S_A − S_B|
    1          −12.1  *−12.1     0.0    1.66  *1.66    0.00       0.0019
    
    Isolation [dB], least of all frequencies
    pair      A      B  change   A's at   B's at
    1 – 2  13.8  *13.9    +0.1  295 MHz  295 MHz
    worst of all: A 13.8 dB (1 – 2), B 13.9 dB (1 – 2)
    
    Changes are B − A, those for the worse first. *: interpolated.

Ports by name, patterns of named ports; what only one has is named.

    $ sed 's/^requirements.*/requests: [{ pattern: { theta: 80, phi: [0, 330, 30] } }]/; /^  - { [a-z_]*: {/d' check.yaml > a.yaml
    $ sed 's/name: VHF-1/name: HF/; s/160 MHz/170 MHz/' a.yaml > b.yaml
    $ alicorn compare -q a.yaml b.yaml --coverage 3 --list 1
    A  a.yaml
    B  b.yaml
    only in A: port VHF-1
    only in B: port HF
    only in A: S at 1 frequency, 160 MHz
    only in B: S at 1 frequency, 170 MHz
    only in A: 2 patterns of VHF-1, 150 MHz to 160 MHz
    only in A: 1 pattern of UHF-1, 160 MHz
    only in B: 2 patterns of HF, 150 MHz to 170 MHz
    only in B: 1 pattern of UHF-1, 170 MHz
    
    Ports, the worst of all frequencies
    port   |S| [dB] A      B  change  VSWR A     B  change  |S_A − S_B|
    UHF-1       −14.9  −14.9    ~0.0    1.44  1.44   ~0.00       0.0000
    
    Gain [dBi] over the directions of each pattern, 150 MHz
    port   min A      B  change  max A      B  change  % ≥ 3 A    B  change  ripple A    B  change
    UHF-1  −16.9  −16.9    ~0.0  −14.4  −14.4    ~0.0      0.0  0.0    ~0.0       2.5  2.5    ~0.0
    
    Gain [dBi], point by point: 1 of 12
    of          at  theta  phi      A      B  change     ±
    UHF-1  150 MHz    80°   0°  −15.5  −15.5    ~0.0  0.72
    
    Changes are B − A, those for the worse first. ~: within the error.
    $ alicorn compare -q check.yaml check.yaml --list 0 | tail -1
    Both have requirements: 'alicorn check' holds each against its own.

Margins with S made earlier. What is not known stays so.

    $ printf 'alicorn-radios: 1\nradios:\n- { name: A, port: 1, channels: 100 MHz, transmitter: { power: 10 W, bandwidth: 10 kHz } }\n- { name: B, port: 2, channels: 200 MHz, transmitter: { power: 1 W, bandwidth: 10 kHz }, receiver: { bandwidth: 10 kHz, sensitivity: -100, selectivity: [[1 MHz, 60 dB]] } }\n- { name: C, port: 1, channels: 900 MHz, receiver: { bandwidth: 10 kHz, sensitivity: -100, selectivity: [[1 MHz, 60 dB]] } }\n' > two.yaml
    $ for db in 20 35; do printf '# MHz S DB R 50\n90 -20 0 -%s 0 -%s 0 -20 0\n205 -20 0 -%s 0 -%s 0 -20 0\n' $db $db $db $db > $db.s2p; done
    $ alicorn compare -q 20.s2p 35.s2p --radios two.yaml | sed -n '/^Margins/,$p'
    Margins [dB], above 0: disturbed
    receiver  transmitter      A      B  change  by, in A                 in B
    B         A            +60.0  +45.0   −15.0  carrier, out of channel  the same
    C         B            +50.0  +35.0   −15.0  carrier, out of channel  the same
    1 more pair: nothing found, or no path data
    
    All at once [dB], as far as paths are known
    receiver       A       B  change
    B          +60.0   +45.0   −15.0
    C         +50.0?  +35.0?   −15.0
    
    VSWR, point by point
    ports       at         A     B  change  ±
    1       90 MHz      1.22  1.22    0.00
    1      205 MHz      1.22  1.22    0.00
    2       90 MHz      1.22  1.22    0.00
    2      205 MHz      1.22  1.22    0.00
    
    Isolation [dB], point by point
    ports        at         A     B  change  ±
    2 to 1   90 MHz      20.0  35.0   +15.0
    2 to 1  205 MHz      20.0  35.0   +15.0
    1 to 2   90 MHz      20.0  35.0   +15.0
    1 to 2  205 MHz      20.0  35.0   +15.0
    
    Changes are B − A, those for the worse first.
    ?: no path data for some of it, it may be worse.
    $ alicorn compare -q pair.nec far.nec --radios two.yaml --s-a 20.s2p --s-b 35.s2p --json - | python3 -c "import json, sys; print([(r['port'], r['from'], r['a'], r['b'], r['unknown_a'], r['how_b']) for r in json.load(sys.stdin)['summary'] if r['quantity'] == 'margin'])"
    [('B', 'A', 60, 45, False, 'carrier, out of channel'), ('C', 'A', None, None, True, None), ('C', 'B', 50, 35, False, 'carrier, out of channel')]

What cannot be compared is refused before anything is solved.

    $ alicorn compare pair.nec
    ! alicorn: error: compare needs A B, see 'alicorn help compare'
    [2]
    $ alicorn compare pair.nec missing.nec
    ! missing.nec: error: there is no such file, expected a NEC deck or a project
    [3]
    $ alicorn compare pair.nec missing.s2p
    ! missing.s2p: error: there is no such file, expected a Touchstone file (.sNp, .ts)
    [3]
    $ mkdir several; cp a.yaml b.yaml several; alicorn compare pair.nec several
    ! alicorn: error: several: 2 projects in this folder, expected one
    [2]
    $ alicorn compare sweep.nec sweep.s2p --rcs-phi 0:90
    ! alicorn: error: sweep.s2p: a Touchstone file has no cross-sections, expected a deck or project
    [2]
    $ alicorn compare sweep.s2p sweep.s2p --coverage 0
    ! alicorn: error: sweep.s2p: a Touchstone file has no patterns, expected a deck or project
    [2]
    $ alicorn compare pair.nec far.nec --s-b 20.s2p
    ! alicorn: error: --s-b needs --radios
    [2]
    $ alicorn compare pair.nec far.nec --radios two.yaml --s-b 20.s3p
    ! two.yaml:5:20: warning: radios[C].port: radio 'A' has this port, too: S does not tell how the two are kept apart, state it in isolations [port-shared]
    ! 20.s3p: error: there is no such file, expected a Touchstone file (.sNp, .ts)
    [3]
    $ alicorn compare - -
    ! alicorn: error: A and B cannot both be standard input
    [2]
    $ alicorn compare pair.nec far.nec --json - --csv -
    ! alicorn: error: --json and --csv cannot both go to standard output
    [2]
    $ alicorn compare pair.nec far.nec --json far.nec
    ! alicorn: error: far.nec: this would overwrite the input
    [2]
    $ alicorn compare pair.nec far.nec --sectors 0
    ! alicorn: error: --sectors 0: expected a whole number from 1 to 360
    [2]

Echoes of what nothing drives.

    $ for d in 0.5 0.7; do sed "/^EX/d; /^XQ/d; s/d=0.5/d=$d/" pair.nec > passive$d.nec; done; alicorn compare passive0.5.nec passive0.7.nec --rcs-theta 90 --rcs-phi 0:330:30 --sectors 1 --list 0
    A  passive0.5.nec
    B  passive0.7.nec
    
    Cross-sections [dBsm] over azimuth
    polarisation       at  median A     B  change  90 % A    B  change  max A    B  change
    VV            300 MHz       2.5  −3.2    −5.6     6.3  8.9    +2.6    6.3  8.9    +2.6
    
    Changes are B − A, those for the worse first.

Cross-sections that the projects themselves ask for, at every frequency.

    $ sed 's/^requirements.*/requests: [{ rcs: { theta: 80, phi: [0, 330, 30] } }]/; /^  - { [a-z_]*: {/d' check.yaml > echo.yaml; sed 's/radius: 4 mm/radius: 8 mm/' echo.yaml > thick.yaml
    $ alicorn compare -q echo.yaml thick.yaml --list 1 --sectors 2 --percentile 75
    A  echo.yaml
    B  thick.yaml
    
    Cross-sections [dBsm] over azimuth
    polarisation           at  median A    B  change  75 % A    B  change  max A    B  change
    VV                150 MHz       3.7  3.8    +0.1     3.8  3.9    +0.1    3.8  4.0    +0.1
    VV, 0° to 180°    150 MHz       3.7  3.8    +0.1     3.8  3.9    +0.1    3.8  4.0    +0.1
    VV, 180° to 360°  150 MHz       3.7  3.8    +0.1     3.8  3.9    +0.1    3.8  4.0    +0.1
    VV                160 MHz       3.0  3.3    +0.3     3.4  3.7    +0.3    3.7  3.9    +0.3
    VV, 0° to 180°    160 MHz       3.0  3.3    +0.3     3.4  3.7    +0.3    3.7  3.9    +0.3
    VV, 180° to 360°  160 MHz       3.0  3.3    +0.3     3.4  3.7    +0.3    3.7  3.9    +0.3
    
    Cross-sections [dBsm], point by point: 1 of 72
    of       at  theta   phi    A    B  change     ±
    VV  160 MHz    80°  120°  2.4  2.8    +0.3  0.02
    
    Changes are B − A, those for the worse first.
