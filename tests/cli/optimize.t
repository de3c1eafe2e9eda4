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
    ! alicorn: error: goal 'swr < 2': expected requirements, or vswr[:PORT], isolation[:A,B], gain:THETA,PHI, front-to-back:THETA,PHI, resistance[:PORT] or reactance[:PORT], then <= LIMIT, >= LIMIT, = LIMIT, min or max, then perhaps weight W
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

    $ alicorn optimize half.nec --variable half=0.4:0.55 --goal 'vswr <= 2' --algorithm DIRECT --starts 3 --log third
    ! alicorn: error: DIRECT searches everywhere from one start, expected a local algorithm for 3 starts
    [2]

Several starts share the evaluations.

    $ alicorn optimize -q half.nec --variable half=0.4:0.55 --goal 'reactance min' --starts 3 --evaluations 9 --log starts | tail -1; tail -n +5 starts | wc -l
    9 evaluations, * used up (glob)
    * (glob)

Candidates without result do not end the search, but if there is no other.

    $ alicorn optimize -q half.nec --variable r=-0.002:0.001:0.01 --goal 'resistance max' --evaluations 12 --algorithm DIRECT --log fourth | tail -1 | grep -c ' [1-9][0-9]* without result'
    1
    $ alicorn optimize -q half.nec --variable r=-0.002:-0.001 --variable half=0.4:0.55 --set r=1 --goal 'vswr <= 2' --log fifth
    ! alicorn: error: 'r' starts at 0.001, expected within -0.002 … -0.001
    [2]

Variables of a project; comments and everything else stay.

    $ alicorn optimize -q mast.yaml --variable height=2:5 --goal 'isolation max' --evaluations 5 -o better.yaml > /dev/null; diff mast.yaml better.yaml | sed 's/height: [2-5][.0-9]*,/height: X,/' | sort -u | grep -c 'height: X, whip: =0.5 }'
    2

Without a goal the requirements of the project are the goals, as the check judges them; they may be goals among others.

    $ sed 's/max: 2 /max: 2.835 /; s/percent: 50/percent: 30/' check.yaml > required.yaml; alicorn check -q required.yaml | sed -n '/^fail/,+1p'
    fail       line 22: vswr at most 2.835
               worst 2.843 (2.838 to 2.848)
    $ alicorn optimize -q required.yaml --variable height=2:5 -o passing.yaml
    variable                                    start          best
    height                                          3 * (glob)
    
    goal, worst figure                          start          best
    isolation >= 6 (line 21)                  36.1282 * dB  pass (glob)
    vswr <= 2.835 (line 22)                   2.84278 *  pass (glob)
    return_loss >= 3 (line 23)                6.76757 * dB  pass (glob)
    gain <= 9 (line 24)                       8.29206 * dBi  pass (glob)
    ripple <= 1.5 (line 25)                  0.470753 * dB  pass (glob)
    coverage with 0 dBi >= 30 (line 26) * %  pass (glob)
    
    objective * 0 (glob)
    * evaluations, * all goals are met (glob)
    $ alicorn check -q passing.yaml | tail -1
    6 verdicts: 6 passed, 0 failed, 0 undecided
    $ alicorn optimize -q required.yaml --variable height=2:5 --goal requirements --goal 'isolation max' --evaluations 4 --log both | sed -n '5,6p'
    isolation max                             36.1282 * dB (glob)
    isolation >= 6 (line 21)                  36.1282 * dB  pass (glob)

Their figures are in the log, too; other requirements are another search.

    $ alicorn optimize -q required.yaml --variable height=2:5 | tail -1 | awk '{print ($1 == $3) ? "all known" : "solved again"}'
    all known
    $ sed -i 's/max: 2.835 /max: 2.83 /' required.yaml; alicorn optimize -q required.yaml --variable height=2:5
    ! required.yaml.alicorn-optimize: error: comes from another file, other options, variables or goals; remove it, or name another log
    [3]

A limit inside the error bar is not met; what stays undecided is said.

    $ sed 's/max: 2 /max: 2.843 /' check.yaml > doubt.yaml; alicorn optimize -q doubt.yaml --variable height=2:5 --evaluations 1 | grep -e vswr -e objective -e evaluation
    vswr <= 2.843 (line 22)                   2.84278       2.84278  undecided
    objective * (glob)
    1 evaluation, 0 of them known before, 0 without result: the evaluations are used up

Radios are judged with the S of every candidate; when their file changes, so does the search.

    $ sed 's/"1"/UHF-1/; s/"2"/VHF-1/' radios.yaml > pair-radios.yaml; sed '/^requirements/q' check.yaml > heard.yaml; echo '  - { cosite: { radios: pair-radios.yaml, max_db: 25, aggressor: A, victim: B }, frequencies: [100 MHz, 200 MHz] }' >> heard.yaml
    $ alicorn optimize -q heard.yaml --variable height=2:5 --evaluations 10 | tail -4
    cosite <= 25 (line 21)                 26.9917 * dB  undecided (glob)
    
    objective                               4.0225             0
    * evaluations, * 0 without result: no limit is missed, but some verdicts are undecided (glob)
    $ echo '# changed' >> pair-radios.yaml; alicorn optimize -q heard.yaml --variable height=2:5 --evaluations 10
    ! heard.yaml.alicorn-optimize: error: comes from another file, other options, variables or goals; remove it, or name another log
    [3]

Mistakes in the file are named as by every other command, before the search; so is what there is to search for.

    $ sed 's/max: 2 /maxx: 2 /' check.yaml > slip.yaml; alicorn optimize slip.yaml --variable height=2:5
    ! slip.yaml:22:13: error: requirements[2].vswr: the key 'max' is missing (largest)
    ! slip.yaml:22:15: error: requirements[2].vswr: unknown key 'maxx', did you mean 'max'?
    [3]
    $ sed 's/^GE/GX/' half.nec > slip.nec; alicorn optimize slip.nec --variable half=0.4:0.55 --goal 'vswr <= 2'
    ! slip.nec:4:1: warning: GX has no effect: there is no wire or patch before it [no-effect]
    ! slip.nec:5:1: error: EX within the geometry, expected a GE card before it
    [3]
    $ alicorn optimize mast.yaml --variable height=2:5 --log none
    ! alicorn: error: mast.yaml: no `requirements:` that could be goals, expected them in the project, or other goals
    [2]
    $ alicorn optimize half.nec --variable half=0.4:0.55 --log none
    ! alicorn: error: half.nec: no `requirements:` that could be goals, expected them in the project, or other goals
    [2]

A search that is interrupted in the midst of a candidate leaves a log of whole lines, prints the best so far, and goes on to the same end.

    $ printf 'CE\nSY half=0.5, r=.001\nGW 1 21 0 0 -half 0 0 half r\nGE\nEX 0 1 11 0 1\nFR 0 10 0 0 140 2\nXQ\nEN\n' > many.nec; echo '-q many.nec --variable half=0.4:0.55 --variable r=.001:.01 --goal vswr<=1.1 --algorithm CRS2 --tolerance 0 --evaluations 40' > search
    $ python3 interrupt.py INT slow.log 300 alicorn optimize $(cat search) --log slow.log | tail -1
    * evaluations, * interrupted (glob)
    ! alicorn: error: interrupted* (glob)
    $ alicorn optimize $(cat search) --log slow.log | tail -1; alicorn optimize $(cat search) --log whole.log | tail -1; cmp slow.log whole.log
    40 evaluations, * (glob)
    40 evaluations, 1 of them known before, 0 without result: the evaluations are used up
