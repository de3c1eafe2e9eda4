Optimisation: goals, bounds, logs and the best model.

A dipole of 2 mm at 150 MHz comes to resonance a few per cent short of half a wavelength, 0.4997 m half; the file keeps
everything but the number.

    $ printf 'CE\nSY half=0.5, r=.001 '"'"' half=0.6 is too long\nGW 1 21 0 0 -half 0 0 half r\nGE\nEX 0 1 11 0 1\nFR 0 1 0 0 150\nRP 0 19 1 1000 0 0 10 0\nEN\n' > half.nec
    $ alicorn optimize -q half.nec --variable half=0.4:0.55 --goal 'reactance = 0' -o best.nec
    variable                                 start          best
    half                                       0.5 * (glob)
    
    goal, worst figure                       start          best
    reactance = 0 * 49.* ohm  met (glob)
    
    objective * (glob)
    * evaluations, * (glob)
    $ sed 's/half=0.47[0-9]*,/half=0.5,/' best.nec | cmp - half.nec

The same command takes all from the log; a cut log too. Another file's is refused.

    $ alicorn optimize -q half.nec --variable half=0.4:0.55 --goal 'reactance = 0' | tail -1 | sed 's/ evaluations//' | awk '{print ($1 + 0 == $2 + 0) ? "all known" : "solved again"}'
    all known
    $ head -c 200 half.nec.alicorn-optimize > cut; alicorn optimize -q half.nec --variable half=0.4:0.55 --goal 'reactance = 0' --log cut > /dev/null; cmp cut half.nec.alicorn-optimize
    $ alicorn optimize -q best.nec --variable half=0.4:0.55 --goal 'reactance = 0' --log cut
    ! cut: error: comes from another file, other options, variables or goals; remove it, or name another log
    [3]

Wrong use is named before anything is solved, and a direction that no pattern has after the first solve.

    $ alicorn optimize half.nec --variable half=0.4:0.55 --goal 'swr < 2'
    ! alicorn: error: goal 'swr < 2': expected vswr[:PORT], isolation[:A,B], gain:THETA,PHI, front-to-back:THETA,PHI, resistance[:PORT] or reactance[:PORT], then <= LIMIT, >= LIMIT, = LIMIT, min or max, then perhaps weight W
    [2]
    $ alicorn optimize half.nec --variable width=0.4:0.55 --goal 'vswr <= 2'
    ! alicorn: error: half.nec does not define 'width' where it could be replaced
    [2]
    $ alicorn optimize half.nec --variable half=0.4:0.55 --goal 'gain:91,0 max' --log other
    ! alicorn: error: goal 'gain:91,0 max': the model has no such direction in its patterns, both ends of it for front-to-back
    [2]
    $ alicorn optimize half.nec --variable half=0.4:0.55 --goal 'vswr <= 2' --algorithm slsqp --log third
    ! alicorn: error: algorithm slsqp needs derivatives, which solves do not give; expected one of BOBYQA, COBYLA, NELDER-MEAD, SBPLX, PRAXIS, DIRECT, DIRECT-L, CRS2, ISRES, ESCH
    [2]

Candidates without result do not end the search, but if there is no other.

    $ alicorn optimize -q half.nec --variable r=-0.002:0.001:0.01 --goal 'resistance max' --evaluations 12 --algorithm DIRECT --log fourth | tail -1 | grep -c ' [1-9][0-9]* without result'
    1
    $ alicorn optimize -q half.nec --variable r=-0.002:-0.001 --variable half=0.4:0.55 --set r=1 --goal 'vswr <= 2' --log fifth
    ! alicorn: error: 'r' starts at 0.001, expected within -0.002 … -0.001
    [2]

Variables of a project; comments and everything else stay.

    $ alicorn optimize -q mast.yaml --variable height=2:5 --goal 'isolation max' --evaluations 5 -o better.yaml > /dev/null; diff mast.yaml better.yaml | sed 's/height: [2-5][.0-9]*,/height: X,/' | sort -u | grep -c 'height: X, whip: =0.5 }'
    2
