Plots are read as a person reads them: plotted.py takes values from what the axes say. The numbers are those of JSON and tables.

    $ alicorn plot vswr yagi-144mhz.nec -q -o vswr.svg; python3 plotted.py vswr.svg texts
    title: Standing wave ratio
    axis: Frequency [MHz] | VSWR
    legend: port 1
    small: yagi-144mhz.nec · 144 MHz to 146 MHz, 5 frequencies · z0 50 Ω · band: estimated error
    $ alicorn solve yagi-144mhz.nec -q | grep ' 145.0'
      145.0  1     44.62 + j1.64 ± 0.19         1.13      24.5 dB       10.74      99.1 %
    $ python3 plotted.py vswr.svg at 0 145
    1.13
    $ alicorn plot impedance yagi-144mhz.nec -q > z.svg; python3 plotted.py z.svg texts
    title: Impedance
    axis: Resistance R [Ω] | Frequency [MHz] | Reactance X [Ω]
    legend: port 1
    small: yagi-144mhz.nec · 144 MHz to 146 MHz, 5 frequencies · band: estimated error
    $ python3 plotted.py z.svg at 0 145 0; python3 plotted.py z.svg at 0 145 1
    44.6
    1.64
    $ alicorn plot return-loss yagi-144mhz.nec -q -o - > loss.svg; python3 plotted.py loss.svg at 0 145
    24.5
    $ alicorn plot s yagi-144mhz.nec -q --floor -40 --ceiling 0 -o s.svg; python3 plotted.py s.svg at 0 145
    -24.5
    $ alicorn plot smith yagi-144mhz.nec -q -o smith.svg; python3 plotted.py smith.svg smith 0
    -0.061-0.009j -0.070+0.017j
    $ alicorn solve -q yagi-144mhz.nec --json - | python3 -c 'import json, sys; s = [x["s"][0][0] for x in json.load(sys.stdin)["solves"]]; print(" ".join("%+.3f%+.3fj" % tuple(s[k]) for k in (0, -1)))'
    -0.061-0.009j -0.070+0.017j

Patterns, around and through the z axis; the cut goes through the largest gain.

    $ alicorn plot pattern yagi-144mhz.nec -q -o azimuth.svg; python3 plotted.py azimuth.svg texts
    title: Radiation pattern, azimuth cut at theta 90°
    axis:
    legend: 144 MHz | 144.5 MHz | 145 MHz | 145.5 MHz | 146 MHz
    small: yagi-144mhz.nec · 144 MHz to 146 MHz, 5 frequencies · gain, levels in dBi · phi from +x, counterclockwise
    $ for k in 0 2 4; do python3 plotted.py azimuth.svg around $k 0; done
    10.61
    10.74
    10.82
    $ alicorn plot pattern yagi-144mhz.nec -q --cut elevation --frequency 145 --floor -10 --component total --component phi -o elevation.svg
    $ python3 plotted.py elevation.svg texts; python3 plotted.py elevation.svg around 0 0
    title: Radiation pattern, elevation cut at phi 0°
    axis:
    legend: 145 MHz, total | 145 MHz, phi
    small: yagi-144mhz.nec · 145 MHz · gain, levels in dBi · angle from the zenith, phi to the right
    10.74
    $ alicorn solve inverted-v-40m.nec -q | sed -n '/MHz/,+1p' | head -2; alicorn plot pattern inverted-v-40m.nec -q --cut elevation -o half.svg; python3 plotted.py half.svg texts
    Inverted V for 7.1 MHz on a 12 m mast, over average soil.
    43 segments in 3 wires, ground εr 13, σ 0.005 S/m (reflection coefficients)
    title: Radiation pattern, elevation cut at phi 0°
    axis:
    legend: 7 MHz | 7.05 MHz | 7.1 MHz | 7.15 MHz | 7.2 MHz
    small: inverted-v-40m.nec · 7 MHz to 7.2 MHz, 5 frequencies · gain, levels in dBi · angle from the zenith, phi to the right

Cross-sections, in both forms.

    $ alicorn plot rcs yagi-144mhz.nec -q --frequency 144 -o rcs.svg; python3 plotted.py rcs.svg texts; python3 plotted.py rcs.svg at 0 0
    title: Radar cross-section
    axis: Angle phi [°] | Cross-section [dBsm]
    legend: HH
    small: yagi-144mhz.nec · 144 MHz · no echo in VV · monostatic · theta 90° · first letter received, V along theta, H along phi | band: estimated error
    16.6
    $ alicorn plot rcs yagi-144mhz.nec -q --frequency 144 --polar -o round.svg; python3 plotted.py round.svg around 0 0
    16.57
    $ alicorn rcs yagi-144mhz.nec -q --frequency 144 | tail -1
        90.00     0.00 * 16.57 ± 0.04 * (glob)

Several ports, what is required of them, and errors as bands.

    $ alicorn plot vswr check.yaml -q -o two.svg; python3 plotted.py two.svg texts; python3 plotted.py two.svg limits; python3 plotted.py two.svg at 0 160
    title: Standing wave ratio
    axis: Frequency [MHz] | VSWR
    legend: port UHF-1 | port VHF-1
    small: check.yaml · 150 MHz to 160 MHz, 2 frequencies · z0 50 Ω · other ports terminated in theirs · band: estimated error
    required UHF-1: at most 2 (2)
    2.84
    $ alicorn plot return-loss check.yaml -q --port vhf-1 -o two.svg; python3 plotted.py two.svg texts; python3 plotted.py two.svg limits; python3 plotted.py two.svg at 0 160
    title: Return loss
    axis: Frequency [MHz] | Return loss [dB]
    legend: port VHF-1
    small: check.yaml · 150 MHz to 160 MHz, 2 frequencies · z0 50 Ω · other ports terminated in theirs · band: estimated error
    required VHF-1: at least 3 dB (3)
    6.77
    $ alicorn plot s check.yaml -q --pair VHF-1,UHF-1 -o two.svg; python3 plotted.py two.svg texts; python3 plotted.py two.svg limits; python3 plotted.py two.svg at 0 150; grep -c 'class="band"' two.svg
    title: S-parameters
    axis: Frequency [MHz] | |S| [dB]
    legend: S VHF-1, UHF-1
    small: check.yaml · 150 MHz to 160 MHz, 2 frequencies · S to, from · band: estimated error
    required isolation: at least 6 dB (-6)
    -36.1
    1
    $ alicorn plot isolation check.yaml -q -o two.svg; python3 plotted.py two.svg texts; python3 plotted.py two.svg cells
    title: Isolation
    axis: from port | to port
    legend:
    small: check.yaml · 150 MHz to 160 MHz, 2 frequencies · the worst of all frequencies, and where it is | isolation is −20 lg |S|, all other ports terminated
    36.1 36.1 UHF-1 VHF-1

A Touchstone file has everything about ports.

    $ alicorn plot vswr unified-mast/mast.s8p --port AIS --port TACAN -o mast.svg; python3 plotted.py mast.svg texts; python3 plotted.py mast.svg at 0 160
    title: Standing wave ratio
    axis: Frequency [MHz] | VSWR
    legend: port AIS | port TACAN
    small: mast.s8p · 30 MHz to 400 MHz, 75 frequencies · z0 50 Ω · other ports terminated in theirs · beyond the axis: port TACAN
    1.67
    $ alicorn plot s unified-mast/mast.s8p -o mast.svg; grep -c 'class="legend"' mast.svg
    36
    $ alicorn plot isolation unified-mast/mast.s8p --frequency 162 --port VHF --port AIS --port UHF -o mast.svg; python3 plotted.py mast.svg texts; python3 plotted.py mast.svg cells
    title: Isolation
    axis: from port | to port
    legend:
    small: mast.s8p · 162 MHz · isolation is −20 lg |S|, all other ports terminated
    41.8 35.2 41.8 43.1 35.2 43.1 VHF AIS UHF

The model, to scale.

    $ alicorn plot model dipole.nec --elevation 0 -o model.svg; python3 plotted.py model.svg drawn; python3 plotted.py model.svg texts
    11 wires, 0 triangles, 1 ports, 0.474 m
    title: Model
    axis:
    legend:
    small: dipole.nec · 0 m × 0 m × 0.474 m · 11 segments · the scale holds in the plane of the picture
    $ alicorn plot model unified-mast --set edges=4 -q --title 'Mast <of> "eight" & more' -o model.svg; python3 plotted.py model.svg drawn; python3 plotted.py model.svg texts | head -1
    165 wires, * triangles, 8 ports, 5.* m (glob)
    title: Mast <of> "eight" & more

One frequency has marks and bars in place of curves; the same input gives the same bytes; a prediction draws nothing.

    $ alicorn plot vswr pair.nec -q -o one.svg; python3 plotted.py one.svg at 1 300; grep -c 'class="bar"' one.svg
    1.56
    2
    $ alicorn plot vswr pair.nec -q | cmp - one.svg
    $ alicorn plot vswr - -q < pair.nec | grep -c 'standard input'
    2
    $ alicorn plot vswr pair.nec --dry-run -o none.svg | head -1; ls none.svg
    solves          1
    ! ls: cannot access 'none.svg': No such file or directory
    [2]

What cannot be drawn is refused, before a solve where that can be known, and nothing is written.

    $ alicorn plot vsw dipole.nec
    ! alicorn: error: there is no plot of kind 'vsw', did you mean 'vswr'?
    [2]
    $ alicorn plot vswr
    ! alicorn: error: plot needs KIND FILE, see 'alicorn help plot'
    [2]
    $ alicorn plot pattern pair.nec -q -o none.svg
    ! alicorn: error: no pattern is asked for: expected an RP card in the deck, or a pattern in the project's requests
    [2]
    $ alicorn plot vswr mast.yaml -q --port UHF -o none.svg
    ! alicorn: error: there is no port 'UHF'; the first of 2 is 'UHF-1'
    [2]
    $ alicorn plot vswr pair.nec -q --port 3 -o none.svg
    ! alicorn: error: there is no port '3'; the first of 2 is '1'
    [2]
    $ alicorn plot s pair.nec -q --pair 1,9 -o none.svg
    ! alicorn: error: '1,9' names no two ports, expected TO,FROM
    [2]
    $ alicorn plot isolation dipole.nec -q -o none.svg
    ! alicorn: error: isolation needs two ports, and there is one
    [2]
    $ alicorn plot isolation unified-mast/mast.s8p --frequency 500
    ! alicorn: error: there is no S at 500000000 Hz, only from 30000000 to 400000000 Hz
    [2]
    $ alicorn plot isolation pair.nec --frequency 300:310
    ! alicorn: error: isolation is drawn at one frequency, or the worst of all
    [2]
    $ alicorn plot pattern dipole.nec -q --component vv
    ! alicorn: error: there is no component 'vv' of pattern, expected one of total, theta, phi, major, minor
    [2]
    $ alicorn plot pattern dipole.nec -q --frequency 3 -o none.svg
    ! alicorn: error: there is no pattern with such a cut, of these frequencies, ports and task
    [2]
    $ alicorn plot pattern dipole.nec -q --cut azimuth -o none.svg
    ! alicorn: error: there is no pattern with such a cut, of these frequencies, ports and task
    [2]
    $ alicorn plot pattern yagi-144mhz.nec -q --cut azimuth --angle 200 -o none.svg
    ! alicorn: error: the pattern has no theta 200, only 0 to 180 degrees
    [2]
    $ alicorn plot vswr dipole.nec --cut azimuth
    ! alicorn: error: a plot of vswr has no use for a cut
    [2]
    $ alicorn plot vswr dipole.nec --theta 3
    ! alicorn: error: --theta, --phi and the --bistatic options are of rcs
    [2]
    $ alicorn plot vswr dipole.nec --floor 4 --ceiling 2
    ! alicorn: error: floor 4 and ceiling 2: expected a floor below the ceiling
    [2]
    $ alicorn plot rcs dipole.nec -q --theta 90 --phi 0 -o none.svg
    ! alicorn: error: cross-sections of one direction make no curve; expected several theta or phi
    [2]
    $ alicorn plot pattern unified-mast/mast.s8p
    ! alicorn: error: unified-mast/mast.s8p: a Touchstone file has no pattern, expected a deck or project
    [2]
    $ alicorn plot vswr dipole.nec -q --task 4
    ! alicorn: error: task 4 has no ports: nothing is driven by sources there
    [2]
    $ alicorn plot s unified-mast/mast.s8p -o nowhere/x.svg
    ! nowhere/x.svg: error: cannot write: No such file or directory
    [1]
    $ ls none.svg
    ! ls: cannot access 'none.svg': No such file or directory
    [2]
