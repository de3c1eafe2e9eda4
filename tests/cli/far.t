What `alicorn solve` writes for other programs: far fields of FEKO, CST, HFSS and MSI Planet, isolation as CSV.

    $ sed 's/^RP.*/RP 0 13 24 1000 0 0 15 15/' dipole.nec > sphere.nec
    $ alicorn solve -q sphere.nec --ffe x.ffe --ffs x.ffs --ffd x.ffd | head -1
    sphere.nec
    $ ls x*
    x.ffd
    x.ffe
    x.ffs
    $ grep -c '^#Frequency' x.ffe; sed -n 1,3p x.ffd; sed -n '/samples/,+1p' x.ffs
    2
    0 180 13
    0 345 24
    Frequencies 2
    // >> Total #phi samples, total #theta samples
    25 13
    // >> Total #phi samples, total #theta samples
    25 13

The two cuts of MSI Planet may come from two patterns; what they lack is said.

    $ sed 's/^RP.*/RP 0 1 360 1000 90 0 1 1\nRP 0 360 1 1000 0 0 1 1/; s/^FR.*/FR 0 1 0 0 300 0/' dipole.nec > cuts.nec
    $ alicorn solve -q cuts.nec --msi cuts.msi > out.txt; sed -n '1p; 3,6p; /^HOR/,+1p; /^VER/,+1p' cuts.msi
    NAME cuts.nec
    FREQUENCY 300
    V_WIDTH 78.3
    FRONT_TO_BACK 0.00
    GAIN -0.01* dBd (glob)
    HORIZONTAL 360
    0 0.000
    VERTICAL 360
    0 0.000
    $ alicorn solve -q cuts.nec --msi y.msi --far-field-pattern 1 > out.txt
    ! alicorn: error: task 1: the patterns lack 0 of 360 directions in the horizontal and 358 in the vertical plane; * (glob)
    [2]

Where the result does not fit into one file, what differs comes before the extension.

    $ sed 's/^RP.*/RP 0 181 360 1000 0 0 1 1/' dipole.nec > fine.nec
    $ alicorn solve -q fine.nec --msi half.wave.msi > out.txt; ls half*
    half.wave-290MHz.msi
    half.wave-300MHz.msi
    $ alicorn solve -q fine.nec --msi -
    ! alicorn: error: --msi: these are 2 files, which cannot all go to standard output; expected a name
    [2]
    $ alicorn solve -q sphere.nec --ffd - | sed -n '3,4p'
    Frequencies 2
    Frequency 290000000

What a format cannot hold is refused with the reason.

    $ alicorn solve -q dipole.nec --ffs y.ffs > out.txt
    ! alicorn: error: pattern 1 of task 1 has theta from 0 to 90 and phi from 0 to 0 degrees; an .ffs file needs the whole sphere in equal steps: theta from 0 to 180, phi from 0 to 360 degrees
    [2]
    $ alicorn solve -q pair.nec --ffe y.ffe > out.txt
    ! alicorn: error: there is no pattern for .ffe files: * (glob)
    [2]
    $ alicorn solve -q dipole.nec --ffe nowhere/y.ffe
    ! nowhere/y.ffe: error: cannot write: No such file or directory
    [1]

What passes between the ports, one line per pair and direction.

    $ alicorn solve -q pair.nec --isolation-csv - | cut -d, -f1-4
    task,frequency_hz,from,to
    1,*,1,2 (glob)
    1,*,2,1 (glob)
    $ alicorn solve -q pair.nec | grep -c 'isolation  worst'
    1

Ports of a project are driven in turn: each has its own embedded pattern, the other port terminated.

    $ printf '%s\n' 'alicorn: 1' 'parts:' ' - {name: a, wire: {from: [0,0,-.25], to: [0,0,.25], radius: .001, segments: 11}}' ' - {name: b, wire: {from: [.4,0,-.25], to: [.4,0,.25], radius: .001, segments: 11}}' 'ports:' ' - {name: UHF/1, wire: a, at: 0.5}' ' - {name: AIS, wire: b, at: 0.5}' 'frequencies: 300e6' 'requests:' ' - pattern: {step: 15}' > pair.yaml
    $ alicorn solve -q pair.yaml --ffs e.ffs --ffe e.ffe --touchstone e.s2p | grep -A2 'into ports'
      port           impedance [Ω]  VSWR (50 Ω)  return loss  gain [dBi]  radiated  into ports
      UHF/1  97.2* + j48.4* ± * 7.2 dB        3.80    95.3 %       4.7 % (glob)
      AIS    97.2* + j48.4* ± * 7.2 dB        3.80    95.3 %       4.7 % (glob)
    $ ls e-*; grep '^#Conf' e.ffe; grep -vc '^[!#]' e.s2p
    e-AIS.ffs
    e-UHF_1.ffs
    #Configuration Name: task1 UHF/1
    #Configuration Name: task1 AIS
    1
    $ alicorn solve -q pair.yaml --json - | python3 -c 'import json,sys; [print(s["driven_port"], round((s["radiated_w"] + s["lost_w"] + s["power"]["termination_w"]) / s["power"]["input_w"], 6)) for s in json.load(sys.stdin)["solves"]]'
    UHF/1 1.0
    AIS 1.0
