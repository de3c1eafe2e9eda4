`alicorn lint`: findings on standard output, their number on standard error.

    $ alicorn lint dipole.nec
    ! dipole.nec: 0 errors, 0 warnings
    $ alicorn lint broken.nec
    broken.nec:3:6: error: GW I2 (number of segments): *eleven* (glob)
    broken.nec:4:1: error: GW F7 (wire radius): * (glob)
    broken.nec:6:1: error: CW (catenary wire) belongs to NEC-4 or NEC-5* (glob)
    broken.nec:8:1: error: unknown card *QQ* (glob)
    ! broken.nec: 4 errors, 0 warnings
    [3]
    $ printf 'CE\nGW 1 3 0 0 0 0 0 1 .001\nGW 2 3 -1 0 .5 1 0 .5 .001\nGE\nEX 0 1 2 0 1\nFR 0 1 0 0 30\nXQ\nEN\n' > crossing.nec
    $ alicorn lint crossing.nec
    crossing.nec:2:1: warning: segment 2 of wire 1 (GW, line 2) crosses segment 2 of wire 2 (GW, line 3) at (0, 0, 0.5) m without a joint: NEC joins wires only at segment ends [wires-cross]
    ! crossing.nec: 0 errors, 1 warning
    $ alicorn lint crossing.nec --off wires-cross
    ! crossing.nec: 0 errors, 0 warnings
    $ alicorn lint --quiet crossing.nec
    crossing.nec:2:1: warning: segment 2 of wire 1 (GW, line 2) crosses segment 2 of wire 2 (GW, line 3) at (0, 0, 0.5) m without a joint: NEC joins wires only at segment ends [wires-cross]

A misspelt name switches nothing off, and is said so.

    $ alicorn lint crossing.nec --off wires-cros
    ! alicorn: error: --off: no warning is called 'wires-cros', did you mean 'wires-cross'?
    [2]
    $ alicorn lint crossing.nec --off unused-field,wires-cross
    ! crossing.nec: 0 errors, 0 warnings
    $ alicorn solve crossing.nec --off nonsense
    ! alicorn: error: --off: no warning is called 'nonsense'; a warning's name stands in brackets behind it
    [2]

Solving says the same warnings first, and so does the radar; --quiet and --off work there, too.

    $ alicorn solve crossing.nec --dry-run | head -1
    solves          1
    ! crossing.nec:2:1: warning: *[wires-cross] (glob)
    $ alicorn solve crossing.nec --dry-run --quiet | head -1
    solves          1
    $ alicorn solve crossing.nec --dry-run --off wires-cross | head -1
    solves          1
    $ alicorn rcs crossing.nec | head -1
    crossing.nec
    ! crossing.nec:2:1: warning: *[wires-cross] (glob)

What the lint calls an error is only a doubt if it can be solved all the same, and is said once if it cannot.

    $ printf 'CE\nGW 1 3 0 0 0 0 0 1 .001\nGW 2 4 0 0 .5 0 0 1.5 .001\nGE\nEX 0 1 2 0 1\nFR 0 1 0 0 30\nXQ\nEN\n' > overlap.nec
    $ alicorn lint overlap.nec
    overlap.nec:2:1: error: wire 1 (GW, line 2) and wire 2 (GW, line 3) share 0.5 m of their axes * (glob)
    ! overlap.nec: 1 error, 0 warnings
    [3]
    $ alicorn solve overlap.nec | head -1
    overlap.nec
    ! overlap.nec:2:1: warning: *[wires-overlap] (glob)
    $ printf 'CE\nGW 1 3 0 0 -1 0 0 1 .001\nGE 1\nGN 1\nEX 0 1 2 0 1\nFR 0 1 0 0 30\nXQ\nEN\n' > buried.nec
    $ alicorn solve buried.nec
    ! buried.nec:2:1: error: segment 1 (tag 1) reaches below the ground at z = 0, expected wires above it, or a lossy ground that is treated exactly (GN 2)
    [3]

Wires close to ground treated by reflection coefficients: the warning, and what the ground takes.

    $ printf 'CE\nGW 1 21 0 -2.5 1 0 2.5 1 .001\nGE 1\nGN 0 0 0 0 13 .005\nEX 0 1 11 0 1\nFR 0 1 0 0 28.5\nRP 0 3 3 1000 0 0 45 45\nEN\n' > low.nec
    $ alicorn solve low.nec | grep '^  ground'
      ground     * above it (* % of the input), * lost in it (* %) (glob)
    ! low.nec:2:1: warning: *[low-over-ground] (glob)
    $ sed 's/0 -2.5 1 0 2.5 1/0 0 0 0 0 1/; s/13 .005/4 .001/; s/EX 0 1 11/EX 0 1 1/' low.nec > foot.nec
    $ alicorn solve foot.nec | grep '^  power'
      power      −* in, less than nothing: see what 'alicorn lint' says (glob)
    ! foot.nec:2:1: warning: *[lossy-joint] (glob)
