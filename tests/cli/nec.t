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
    ! missing.nec: error: there is no such file, expected a NEC deck
    [3]
    $ alicorn nec -h | head -1
    Usage: alicorn nec [OPTIONS]
