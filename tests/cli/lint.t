`alicorn lint`: findings on standard output, their number on standard error.

    $ alicorn lint dipole.nec
    ! dipole.nec: 0 errors, 0 warnings
    $ alicorn lint broken.nec
    broken.nec:3:6: error: GW I2 (number of segments): *eleven* (glob)
    broken.nec:4:1: error: GW F7 (wire radius): * (glob)
    broken.nec:6:1: error: SP (surface patch) is not supported yet* (glob)
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
