Requirements of wires, whose errors are estimated.

    $ alicorn check check.yaml --quiet --junit verdicts.xml
    pass       line 21: isolation at least 6 dB
               worst 36.13 dB (36.1 to 36.16)
               at VHF-1 to UHF-1, 150 MHz
    fail       line 22: vswr at most 2
               worst 2.843 (2.838 to 2.848)
               at UHF-1, 160 MHz
    pass       line 23: return_loss at least 3 dB
               worst 6.768 dB (6.756 to 6.779)
               at VHF-1, 160 MHz
    pass       line 24: gain at most 9 dBi
               worst 8.292 dBi (8.274 to 8.31)
               at UHF-1, 160 MHz, theta 90, phi 120
    pass       line 25: ripple at most 1.5 dB
               worst 0.4708 dB (0.4403 to 0.5012)
               at VHF-1, 150 MHz, theta 90, phi 100
    pass       line 26: coverage with 0 dBi at least 50 %
               worst 54.07 % (53.87 to 54.28)
               at UHF-1, 160 MHz, theta 0, phi 0
    6 verdicts: 5 passed, 1 failed, 0 undecided
    [5]
    $ python3 -c "import xml.dom.minidom as x; d = x.parse('verdicts.xml').documentElement; print(d.getAttribute('tests'), len(d.getElementsByTagName('failure')))"
    6 1

The mast of the examples on a coarse mesh, by the name of its folder: a requirement that passes, one that fails, and one that nobody can tell.

    $ alicorn check unified-mast --quiet --set edges=4
    pass       line 63: isolation at least 40 dB
               worst 43.24 dB (42.94 to 43.54, assumed)
               at AIS to UHF, 162 MHz
    pass       line 64: vswr at most 2.5
               worst 1.84 (1.83 to 1.85, assumed)
               at AIS, 162 MHz
    undecided  line 65: coverage with -3 dBi at least 81 %
               worst 81.23 % (80.73 to 81.73, assumed)
               at AIS, 162 MHz, theta 86, phi 264
    fail       line 66: ripple at most 8 dB
               worst 10.42 dB (10.12 to 10.72, assumed)
               at AIS, 162 MHz, theta 88, phi 265
    pass       line 67: rcs (vv) of 50 % of the sector at most 22 dBsm
               worst 19.65 dBsm (19.55 to 19.75, assumed)
               at 162 MHz, theta 85, phi 84
    undecided  line 68: cosite at most 0 dB
               worst -4.091 dB (error not estimated)
               at VHF to AIS, 162.025 MHz, in channel
               of 6 disturbances there is no path data
    6 verdicts: 3 passed, 1 failed, 2 undecided
    [5]

The other kinds, some with frequencies of their own.

    $ alicorn check beacon.yaml --quiet | sed -n '/efficiency/,+2p'
    pass       line 23: efficiency at least 40 %
               worst 41.15 % (error not estimated)
               at C, 1000 MHz
    fail       line 24: efficiency at least 40 %
               worst 11.59 % (error not estimated)
               at C, 1050 MHz
    $ alicorn check beacon.yaml --quiet --json - | python3 -c "import json, sys; [print(v['verdict'], v['requirement'], v['detail'], round(v['value'], 1) if v['value'] and v['value'] < 300 else 'endless', v['unit']) for v in json.load(sys.stdin)['verdicts']]"
    fail tacan 15 Hz depth 0.3 
    fail tacan 135 Hz depth 0.0 
    pass tacan sum of depths 0.3 
    undecided tacan rss of orders 2-6 0.2 
    pass tacan rss of orders 18 and 27 0.0 
    pass tacan order 7 0.0 
    pass tacan order 8 0.0 
    pass tacan order 10 0.0 
    pass tacan order 11 0.0 
    pass tacan rss of orders 7, 8, 10, 11 0.0 
    undecided tacan error of the 15 Hz bearing 0.0 deg
    undecided tacan error of the 135 Hz bearing 0.0 deg
    fail axial_ratio None endless dB
    pass efficiency None 41.1 %
    fail efficiency None 11.6 %
    pass rcs vv -14.0 dBsm
    pass rcs largest -13.8 dBsm
    $ alicorn check beacon.yaml --dry-run | head -2
    solves          21
    factorisations  3

Radios take their S from the project; what has no path data keeps a requirement undecided.

    $ sed 's/"1"/UHF-1/; s/"2"/VHF-1/' radios.yaml > pair-radios.yaml
    $ printf '  - { cosite: { radios: pair-radios.yaml, max_db: 60 }, frequencies: [100 MHz, 200 MHz] }\n' | cat check.yaml - > pair.yaml
    $ alicorn check pair.yaml --quiet | tail -5
               worst 61.01 dB (error not estimated)
               at all to C, 305 MHz, all at once
               of 9 of 20 values the error is not estimated
               of 4 disturbances there is no path data
    7 verdicts: 5 passed, 2 failed, 0 undecided
    $ sed 's/max_db: 60/max_db: 60, victim: D/' pair.yaml | alicorn check - --quiet
    ! <stdin>:27:63: error: requirements[7].cosite.victim: there is no radio 'D' in that file
    [3]
    $ sed 's/pair-radios/radios/' pair.yaml | alicorn check - --quiet
    ! <stdin>:27:25: error: requirements[7].cosite.radios: the antenna '1' of radio 'A' is no port of the project
    ! <stdin>:27:25: error: requirements[7].cosite.radios: the antenna '2' of radio 'B' is no port of the project
    [3]

A check that was interrupted goes on where it was, and leaves nothing behind.

    $ alicorn check check.yaml --quiet --resume | tail -1; ls check.yaml*
    6 verdicts: 5 passed, 1 failed, 0 undecided
    check.yaml

A margin has the error bar of S: here 3.87 dB by 0.03 dB, in the limits and between.

    $ sed '/boat/d; /name: C/,$d' fleet.yaml > ship.yaml
    $ for limit in 4 3.88 3.8; do printf "  - { cosite: { radios: ship.yaml, max_db: $limit } }\n"; done | sed '1irequirements:' | cat mast.yaml - > margins.yaml
    $ alicorn check margins.yaml --quiet
    pass       line 22: cosite at most 4 dB
               worst 3.872 dB (3.841 to 3.903)
               at A to B, 155 MHz, blocking
    undecided  line 23: cosite at most 3.88 dB
               worst 3.872 dB (3.841 to 3.903)
               at A to B, 155 MHz, blocking
    fail       line 24: cosite at most 3.8 dB
               worst 3.872 dB (3.841 to 3.903)
               at A to B, 155 MHz, blocking
    3 verdicts: 1 passed, 1 failed, 1 undecided
    [5]

Without error bars the value decides alone. What cannot be judged is refused by name.

    $ printf 'alicorn: 1\nparts: [{name: w, wire: {from: [0,0,-0.24], to: [0,0,0.24], radius: 1 mm, segments: 9}}]\nports: [{name: A&B, wire: w}]\nfrequencies: 300 MHz\nrequirements: [{vswr: {max: 1.5}, assumed_error: 0}]\n' > one.yaml
    $ alicorn check one.yaml --quiet --strict --no-error-bars --junit -
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuite name="alicorn check" tests="1" failures="1" errors="0" skipped="0">
      <testcase classname="requirements" name="line 5: vswr at most 1.5">
        <failure message="fail: worst 1.583 (error not estimated) at A&amp;B, 300 MHz"/>
      </testcase>
    </testsuite>
    [5]
    $ alicorn check dipole.nec
    ! alicorn: error: nothing is required: no `requirements:`
    [2]
    $ sed 's/vswr: {max: 1.5}/ripple: {max_db: 1}, port: C/' one.yaml | alicorn check -
    ! <stdin>:5:44: error: requirements[1].port: there is no port 'C'
    [3]
    $ sed 's/vswr: {max: 1.5}/vswr: {max: 2}, ripple: {max_db: 1}/' one.yaml | alicorn check -
    ! <stdin>:5:16: error: requirements[1]: expected one of isolation, vswr, return_loss, gain, ripple, coverage, axial_ratio, efficiency, rcs, tacan, cosite and blind
    [3]
    $ sed 's/vswr: {max: 1.5}/gain: {min_dbi: 5, max_dbi: 2}/' one.yaml | alicorn check -
    ! <stdin>:5:23: error: requirements[1].gain: at least 5 and at most 2, expected a minimum below the maximum
    [3]
    $ sed 's/vswr: {max: 1.5}/isolation: {min_db: 5}/' one.yaml | alicorn check -
    ! <stdin>:5:16: error: requirements[1]: isolation needs two ports, and there is 1
    [3]
    $ sed 's/vswr: {max: 1.5}/gain: {min_dbi: -5}/; s/^freq/ground: sea\nfreq/; s/-0.24/0.1/' one.yaml | alicorn check -
    ! <stdin>:6:16: error: requirements[1]: over a lossy ground nothing arrives at theta 90, expected a sector that ends above, theta: [70, 88] say
    [3]
