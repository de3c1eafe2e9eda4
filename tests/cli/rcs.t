Radar cross-sections. The deck needs no excitation.

    $ grep -v '^EX\|^RP\|^FR' dipole.nec > passive.nec; grep -c '^EX' passive.nec
    0
    [1]
    $ alicorn rcs passive.nec --frequency 300
    passive.nec
    
    300 MHz, wavelength 0.9993 m: monostatic radar cross-section [dBsm]
        θ [°]    φ [°]       VV               HH               HV               VH        
        90.00     0.00 * ± 0.*        −∞               −∞               −∞         (glob)
    $ alicorn rcs dipole.nec --theta 30:90:30 --phi 45 --bistatic-theta 60 | tail -4
        θ [°]    φ [°]     to θ     to φ       VV               HH               HV               VH        
        30.00    45.00    60.00     0.00 * (glob)
        60.00    45.00    60.00     0.00 * (glob)
        90.00    45.00    60.00     0.00 * (glob)

One factorisation per frequency, all directions at once, into files as well.

    $ alicorn rcs -q passive.nec --theta 0:180:2 --phi 0:359 --frequency 280:320:20 --csv all.csv --json all.json > all.txt
    $ head -1 all.csv; wc -l < all.csv
    task,frequency_hz,theta_inc_deg,phi_inc_deg,theta_deg,phi_deg,vv_dbsm,hv_dbsm,vh_dbsm,hh_dbsm,vv_error_db,hv_error_db,vh_error_db,hh_error_db
    98281
    $ python3 -c 'import json; d = json.load(open("all.json")); print([len(s["rcs"]) for s in d["solves"]], d["solves"][0]["drive"], sorted(d["solves"][2]["rcs"][45]))'
    [32760, 32760, 32760] plane_waves ['hh_dbsm', 'hh_error_db', 'hv_dbsm', 'hv_error_db', 'phi_deg', 'phi_inc_deg', 'theta_deg', 'theta_inc_deg', 'vh_dbsm', 'vh_error_db', 'vv_dbsm', 'vv_error_db']
    $ alicorn rcs dipole.nec --csv - | wc -l
    3

What it will take.

    $ alicorn rcs passive.nec --dry-run --theta 0:180 --frequency 280:320:20
    solves          3
    factorisations  3
    unknowns        * (glob)
    solver          dense
    memory          * MB of * MB (glob)
    time            * s: fill *, factor *, solve * (glob)
    $ alicorn rcs passive.nec --dry-run --theta 0:180 --frequency 300 --memory 0.001
    ! alicorn: error: * unknowns need * GB, and 0.001 GB are allowed, enough for 0; expected * (glob)
    [6]

A plane wave of the deck gives cross-sections of its own polarisation, the same ones.

    $ sed 's/^EX.*/EX 1 1 1 0 90 0/; s/^RP.*/RP 0 1 1 1000 90 0/; s/^FR.*/FR 0 1 0 0 300/' dipole.nec > wave.nec
    $ alicorn rcs passive.nec --frequency 300 --json a.json > a.txt && alicorn solve wave.nec --json b.json > b.txt
    $ python3 -c 'import json; a, b = (json.load(open(f))["solves"][0]["rcs"][0] for f in ("a.json", "b.json")); print(abs(a["vv_dbsm"] - b["vv_dbsm"]) < 1e-4, b["hh_dbsm"])'
    True None

What cannot be meant is refused.

    $ alicorn rcs dipole.nec --theta 0:90:-1
    ! alicorn: error: --theta 0:90:-1: expected START, START:STOP or START:STOP:STEP
    [2]
    $ alicorn rcs dipole.nec --theta 0:90:
    ! alicorn: error: --theta 0:90:: expected START, START:STOP or START:STOP:STEP
    [2]
    $ alicorn rcs dipole.nec --phi east
    ! alicorn: error: --phi east: expected START, START:STOP or START:STOP:STEP
    [2]
    $ alicorn rcs dipole.nec --theta 0:1e4
    ! alicorn: error: --theta 0:1e4: expected numbers from -3600 to 3600
    [2]
    $ alicorn rcs dipole.nec --theta 0:90:1e-5
    ! alicorn: error: --theta 0:90:1e-5: expected at most 1000000 values
    [2]
    $ alicorn rcs dipole.nec --theta 0:90:.01 --phi 0:359:.01
    ! alicorn: error: 323144901 pairs of directions, expected at most 10000000
    [2]
    $ alicorn rcs dipole.nec --frequency 0
    ! alicorn: error: --frequency 0: expected numbers from 1e-06 to 1000000000
    [2]
    $ alicorn rcs dipole.nec --task 2
    ! alicorn: error: there is no task 2
    [2]
    $ alicorn rcs broken.nec 2>&1 | tail -1
    broken.nec:8:1: error: unknown card 'QQ', expected a NEC-2 card, SY, or a comment behind '
