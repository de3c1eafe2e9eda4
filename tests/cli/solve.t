What `alicorn solve` writes, and where.

    $ alicorn solve dipole.nec
    dipole.nec
    Half-wave dipole, two frequencies
    11 segments in 1 wire, free space
    
      MHz  port * impedance [Ω]  VSWR (50 Ω)  return loss  gain [dBi]  efficiency (glob)
      290  1 * 6*.* − j*.* ± * 1.*  1*.* dB * 2.1* 100.0 % (glob)
      300  1 * 7*.* j*.* ± * 1.*  1*.* dB * 2.1* 100.0 % (glob)
    ...
      solved * unknowns, residual *e-1*; fill *s, factor *s, solve *s (glob)
    $ alicorn solve - < dipole.nec | head -2
    <stdin>
    Half-wave dipole, two frequencies
    $ alicorn solve -q dipole.nec --json - | python3 -c 'import json,sys; d = json.load(sys.stdin); print(len(d["solves"]), d["solves"][1]["frequency_hz"], d["solves"][0]["sources"][0]["segment"])'
    2 300000000 6

Results go into files, besides the summary on standard output.

    $ alicorn solve -q dipole.nec --pattern-csv p.csv --current-csv c.csv --json j.json --listing l.out --touchstone t.s1p
    dipole.nec
    ...
    $ wc -l < p.csv
    7
    $ wc -l < c.csv
    23
    $ python3 -m json.tool j.json /dev/null
    $ grep -c 'ANTENNA INPUT' l.out
    2
    $ grep '^#' t.s1p
    # Hz S RI R 50

Only one output can be standard output, and then nothing else is there.

    $ alicorn solve -q pair.nec --touchstone - | grep -v '^!' | head -1
    # Hz S RI R 50
    $ alicorn solve dipole.nec --listing l.out --current-csv - | head -1 | cut -d, -f1
    task

The name of a Touchstone file tells its version and the number of ports.

    $ alicorn solve -q dipole.nec --touchstone x.s2p
    dipole.nec
    ...
    ! alicorn: error: x.s2p: there is 1 port, expected the extension .s1p
    [2]
    $ alicorn solve -q pair.nec --touchstone x.ts >summary.txt; grep '^\[N' x.ts
    [Number of Ports] 2
    [Number of Frequencies] 1
    [Network Data]
    $ alicorn solve -q pair.nec --touchstone x.s2p --touchstone-version 2 >summary.txt; grep -c '^\[' x.s2p
    8

Ctrl-C keeps the frequencies that are finished.

    $ sed 's/^FR.*/FR 0 50000 0 0 200 0.005/' dipole.nec > slow.nec
    $ python3 interrupt.py INT - 1 alicorn solve slow.nec --json some.json > summary.txt
    ! alicorn: error: interrupted* (glob)
    [130]
    $ python3 -c 'import json; print(0 < len(json.load(open("some.json"))["solves"]) < 50000)'
    True

A checkpoint lets a later run go on, and is gone when the results are written.

    $ python3 interrupt.py INT - 1 alicorn solve slow.nec --checkpoint part > summary.txt
    ! alicorn: error: interrupted* (glob)
    ! part: note: *--resume* (glob)
    [130]
    $ sed 's/0 50000 0 0 200/0 9 0 0 200/' slow.nec > short.nec
    $ alicorn solve short.nec --checkpoint part > summary.txt
    ! *part* (glob)
    [2]
    $ alicorn solve short.nec --checkpoint part --resume > summary.txt
    ! *part* (glob)
    [3]
    $ alicorn solve short.nec --checkpoint short.part --resume | tail -n +2 > first.txt; ls short.part
    ! ls: * (glob)
    [2]
    $ alicorn solve - --resume < short.nec
    ! alicorn: error: *--checkpoint* (glob)
    [2]
    $ alicorn solve short.nec --json part --checkpoint part
    ! alicorn: error: --json and --checkpoint name the same file: part
    [2]

A dry run tells what a solve would take; what does not fit is refused with the figures.

    $ alicorn solve --dry-run two-whips.nec
    solves          9
    factorisations  9
    unknowns        * (glob)
    solver          dense
    memory          * MB of * MB (glob)
    time            * s: fill *, factor *, solve * (glob)
    $ alicorn solve --dry-run --degree 2 yagi-144mhz.nec | sed -n 's/^unknowns *//p' > predicted
    $ alicorn solve --degree 2 yagi-144mhz.nec --json - | python3 -c 'import json,sys; print(json.load(sys.stdin)["unknowns"])' | diff predicted -
    $ alicorn solve yagi-144mhz.nec --memory 1e-5
    ! alicorn: error: * unknowns need * GB, and 1e-05 GB are allowed, enough for 0; expected coarser segments* (glob)
    [6]
    $ alicorn solve --dry-run yagi-144mhz.nec --memory 1e-5 2> /dev/null
    [6]

The matrix is compressed where that is asked for, and the results say so.

    $ alicorn solve --solver compressed two-whips.nec --json - | grep -c '"solver": "compressed"'
    9
    $ alicorn solve --solver compressed two-whips.nec | grep -c 'unknowns, compressed to'
    1
    $ alicorn solve --dry-run --solver compressed two-whips.nec | grep solver
    solver          compressed
    $ alicorn solve --solver sparse two-whips.nec
    ! alicorn: error: --solver sparse: expected auto|dense|compressed
    [2]

The time comes from rates of the machine, which are measured once and kept in a cache. A damaged one is measured anew,
and one that cannot be written is none.

    $ alicorn solve -n two-whips.nec > first; head -c 7 cache/alicorn/rates-*; echo; cat cache/alicorn/rates-* | wc -l
    Alicorn
    7
    $ for i in 1 2 3; do sed -i 's/^wire_pair .*/wire_pair 1e3/' cache/alicorn/rates-*; alicorn solve -n two-whips.nec | sed -n 's/^time *//p'; done | uniq | wc -l
    1
    $ sed -i 's/^wire_pair .*/wire_pair nonsense/' cache/alicorn/rates-*; alicorn solve -n two-whips.nec | grep -c '^time'; grep -c nonsense cache/alicorn/rates-*
    1
    0
    [1]
    $ XDG_CACHE_HOME=/dev/null alicorn solve -n two-whips.nec | grep -c '^time'
    1
    $ XDG_CACHE_HOME= HOME= alicorn solve -n two-whips.nec | grep -c '^time'
    1
    $ XDG_CACHE_HOME= HOME=$PWD alicorn solve -n two-whips.nec | grep -c '^time'; ls .cache/alicorn | grep -c rates
    1
    1
    $ rm -r cache; alicorn solve two-whips.nec | head -1; ls cache/alicorn | grep rates
    two-whips.nec
    [1]

Triangles are counted before anything is integrated, and integrals can be interrupted.

    $ printf 'CE\nSM %d %d -1 -1 0 1 -1 0\nSC 0 0 1 1 0\nGW 1 9 0 0 0 0 0 .25 .001\nGE\nFR 0 1 0 0 300\nEX 0 1 1 0 1\nXQ\nEN\n' 90 90 > plate.nec
    $ sed 's/^SM 90 90/SM 150 150/' plate.nec > large.nec; python3 interrupt.py INT - 1 alicorn solve -q large.nec
    ! alicorn: error: interrupted* (glob)
    [130]
    $ alicorn solve --dry-run plate.nec | head -3
    solves          1
    factorisations  1
    unknowns        24* (glob)
    $ timeout 20 alicorn solve plate.nec --memory 0.1
    ! alicorn: error: 24* unknowns need * GB, and 0.1 GB are allowed, enough for *; expected coarser segments and triangles, * (glob)
    [6]

The example decks solve without a complaint.

    $ for deck in yagi-144mhz inverted-v-40m two-whips; do alicorn solve $deck.nec | head -1; done
    yagi-144mhz.nec
    inverted-v-40m.nec
    two-whips.nec

Symbols of the deck can be given other values.

    $ alicorn solve pair.nec --set d=0.25 --json - | python3 -c 'import json,sys; print(json.load(sys.stdin)["solves"][0]["ports"])'
    ['1', '2']
    $ alicorn solve pair.nec --set dd=0.25
    ! pair.nec: error: there is no symbol 'dd' to set, expected one of d
    [3]

A deck that cannot be read is refused with every mistake in it.

    $ alicorn solve broken.nec
    ! broken.nec:3:6: error: GW I2 (number of segments): *eleven* (glob)
    ! broken.nec:4:1: error: GW F7 (wire radius): * (glob)
    ! broken.nec:6:1: error: CW (catenary wire) belongs to NEC-4 or NEC-5* (glob)
    ! broken.nec:8:1: error: unknown card *QQ* (glob)
    [3]

The deck's errors do not depend on where it comes from.

    $ alicorn solve - < broken.nec 2>&1 | sed -n 1p
    <stdin>:3:6: error: GW I2 (number of segments): *eleven* (glob)
    $ alicorn solve /
    ! /: error: the file cannot be read (error 21)
    [3]
    $ : > empty.nec && alicorn solve empty.nec
    ! empty.nec:1:1: error: there are no cards, expected a NEC-2 deck
    [3]
