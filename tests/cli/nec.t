`alicorn nec` in the place of nec2c.

    $ cp dipole.nec deck.nec && alicorn nec -i deck.nec && ls deck.*
    deck.nec
    deck.out
    $ alicorn nec -ideck.nec -oother.out && grep -c 'ANTENNA INPUT PARAMETERS' other.out
    2
    $ alicorn nec -i deck.nec -o - | grep -c 'ANTENNA INPUT PARAMETERS'
    2
    $ cp deck.nec deck.out && alicorn nec -i deck.out
    ! alicorn: error: deck.out: this would overwrite the input
    [2]
    $ alicorn nec -i missing.nec
    ! missing.nec: error: there is no such file, expected a NEC deck or a project
    [3]
    $ alicorn nec -h | head -1
    Usage: alicorn nec [OPTIONS]

The PL card's plot file stands beside the deck, under nec2c's name for it.

    $ sed 's/^RP.*/PL 3 1 1 3\nRP 0 4 1 1000 0 0 30 0\nPL 0\nRP 0 9 1 1000 0 0 10 0/; s/^FR.*/FR 0 1 0 0 300/' dipole.nec > plot.nec
    $ alicorn nec -i plot.nec -o plot.out && cat plot.nec.plt
      0.0000E+00   0.0000E+00   0.0000E+00
      0.0000E+00  -9.9999E+02
      3.0000E+01   *E-01 * (glob)
      3.0000E+01  -*E+00 (glob)
      6.0000E+01   *E-01 * (glob)
      6.0000E+01   *E-01 (glob)
      9.0000E+01   *E-01 * (glob)
      9.0000E+01   2.1*E+00 (glob)
    $ sed 's/^RP.*/PL 1 2\nXQ/' dipole.nec > plot.nec && alicorn nec -i plot.nec -o plot.out && wc -l < plot.nec.plt
    22
    $ alicorn nec -i dipole.nec -o other.out && ls dipole.nec.plt 2> /dev/null
    [2]
