Adaptive sweeps: some frequencies are solved, the others interpolated; what is not known of these is a dash.

    $ alicorn solve sweep.yaml --dry-run | sed -n '1,3p'
    solves          202
    factorisations  at most 101
    unknowns        90
    $ alicorn solve sweep.yaml -q --json out.json --touchstone out.s2p > out.txt; grep nan out.txt
    [1]
    $ grep '^  sweep' out.txt | sed 's/sweep *[0-9]* of/sweep N of/; s/within 0.00[0-9]*/within X/; s/0\.99[0-9]*/0.99/'
      sweep N of 101 frequencies solved, the others interpolated: S within X (0.005 asked), largest singular value 0.99
    $ grep -c '^[0-9]' out.s2p; test $(grep -c '"interpolated": true' out.json) -gt 150 && echo most are interpolated
    101
    most are interpolated

The option asks for it in decks. What cannot be interpolated is solved, and that is said.

    $ sed 's/^FR.*/FR 0 21 0 0 280 2/; s/^RP.*/NE 0 1 1 1 1 0 0 0 0 0/' dipole.nec > near.nec
    $ alicorn solve near.nec --adaptive 0.001 > out.txt; grep -c ' sweep ' out.txt
    0
    ! alicorn: note: task 1 is solved at all its frequencies: it asks for near fields [not-adaptive]
    [1]
    $ alicorn solve dipole.nec --adaptive 2
    ! alicorn: error: --adaptive 2: expected a number from 0 to 1
    [2]
