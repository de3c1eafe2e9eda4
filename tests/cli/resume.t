A sweep that was interrupted goes on where it was, and ends with the output of a sweep that never was.

    $ sed 's/^FR.*/FR 0 300 0 0 200 0.5/' dipole.nec > sweep.nec
    $ alicorn solve -q sweep.nec --json whole.json > whole.txt
    $ python3 interrupt.py INT sweep.nec.alicorn-resume 100000 alicorn solve sweep.nec --resume --json part.json > part.txt
    ! alicorn: error: interrupted* (glob)
    ! sweep.nec.alicorn-resume: note: what is finished is kept here; the same command with --resume goes on
    [130]
    $ python3 -c 'import json; print(10 < len(json.load(open("part.json"))["solves"]) < 300)'
    True
    $ alicorn solve sweep.nec --resume --json resumed.json > resumed.txt
    ! sweep.nec.alicorn-resume: note: * of 300 frequencies are taken from an earlier run [resumed] (glob)
    $ ls *.alicorn-resume 2> /dev/null
    [2]
    $ python3 -c 'import json; a, b = (json.load(open(f)) for f in ("whole.json", "resumed.json")); [s.pop("timing") for s in a["solves"] + b["solves"]]; print(a == b, len(a["solves"]))'
    True 300
    $ grep -v ' fill ' whole.txt > a.txt; grep -v ' fill ' resumed.txt > b.txt; cmp a.txt b.txt

So does one that was killed, under any name, and with another number of threads.

    $ python3 interrupt.py KILL kept 100000 alicorn solve -q sweep.nec --checkpoint kept > killed.txt
    [137]
    $ alicorn solve sweep.nec --checkpoint kept --resume --threads 1 --json resumed.json > resumed.txt
    ! kept: note: * of 300 frequencies are taken from an earlier run [resumed] (glob)
    $ python3 -c 'import json; a, b = (json.load(open(f)) for f in ("whole.json", "resumed.json")); [s.pop("timing") for s in a["solves"] + b["solves"]]; print(a == b)'
    True

Nothing is mixed up, and no other file is touched.

    $ python3 interrupt.py KILL kept 100000 alicorn solve -q sweep.nec --checkpoint kept > killed.txt
    [137]
    $ alicorn solve sweep.nec --checkpoint kept
    ! kept: error: the checkpoint exists already; expected --resume to go on from it, or remove it to start again
    [2]
    $ alicorn solve sweep.nec --checkpoint kept --resume --refine 2
    ! kept: error: this checkpoint was made with --refine 1, and now it is 2; expected the same options, or remove it to start again
    [3]
    $ alicorn solve dipole.nec --checkpoint kept --resume
    ! kept: error: this checkpoint was made for another model: the ground, loads, sources, ports, frequencies or requests are different; expected the same model, or remove it to start again
    [3]
    $ alicorn solve pair.nec --checkpoint kept --resume
    ! kept: error: this checkpoint was made for another model: the wires are different; expected the same model, or remove it to start again
    [3]
    $ alicorn solve sweep.nec --checkpoint dipole.nec --resume
    ! dipole.nec: error: this is not a checkpoint of alicorn; expected another name, or remove it to start again
    [3]
    $ alicorn solve sweep.nec --checkpoint missing/kept
    ! missing/kept: error: the checkpoint cannot be opened (error 2)
    [1]
    $ alicorn solve sweep.nec --checkpoint same --json same
    ! alicorn: error: --json and --checkpoint name the same file: same
    [2]
    $ alicorn solve - --resume < sweep.nec
    ! alicorn: error: a deck from standard input has no name: --resume needs --checkpoint FILE
    [2]
