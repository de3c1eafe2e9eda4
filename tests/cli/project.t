Projects: wherever a deck may stand.

    $ alicorn lint mast.yaml
    ! mast.yaml: 0 errors, 0 warnings
    $ alicorn solve -q mast.yaml
    mast.yaml
    Two antennas on one mast
    20 segments in 2 wires, perfect ground
    ...
      150  UHF-1 * 7*.* ± * % (glob)
           VHF-1 * 4*.* ± * % (glob)
    ...
      largest |S| [dB]  UHF-1  VHF-1
    ...
    $ alicorn solve -q - < mast.yaml | head -2
    <stdin>
    Two antennas on one mast
    $ alicorn solve -q mast.yaml --json - | python3 -c 'import json,sys; d = json.load(sys.stdin); print(len(d["solves"]), d["solves"][0]["frequency_hz"], len(d["solves"][0]["s"]))'
    4 150000000 2
    $ alicorn solve -q mast.yaml --set height=3e3 | grep '^  UHF-1 *−'
      UHF-1 *  −15*.* (glob)
    $ alicorn solve -q mast.yaml --set hight=30
    ! mast.yaml: error: there is no variable 'hight' to set, expected one of height, whip
    [3]
    $ alicorn solve --dry-run -q mast.yaml | head -1
    solves          4

Each port is driven in turn; one may be chosen.

    $ sed 's/requests:.*/requests: [pattern: {step: 45, port: VHF-1}]/' mast.yaml > pattern.yaml; alicorn solve -q pattern.yaml --pattern-csv p.csv | grep -c 'VHF-1 *[0-9]'
    2
    $ wc -l < p.csv
    55

A line between parts is the line of a deck (`TL`).

    $ printf 'CE\nGW 1 9 0 0 0 0 0 .9 .001\nGW 2 9 .3 0 0 .3 0 .9 .001\nGE\nTL 1 5 2 5 -75 .4 0 0 .001 .002\nNT 1 3 2 3 .001 .002 -.003 .004 .005 .006\nEX 0 1 5 0 1\nFR 0 1 0 0 150\nXQ\nEN\n' > line.nec
    $ printf 'alicorn: 1\nparts:\n  - {name: a, wire: {from: [0, 0, 0], to: [0, 0, .9], radius: 1 mm, segments: 9}}\n  - {name: b, wire: {from: [.3, 0, 0], to: [.3, 0, .9], radius: 1 mm, segments: 9}}\nports: [{name: P, wire: a}]\nnetworks:\n  - {from: {port: P}, to: {wire: b}, line: {z0: 75, length: 0.2, velocity: 0.5, crossed: true, shunts: [[0, 0], [1 mS, 2 mS]]}}\n  - {from: {wire: a, at: =2.5/9}, to: {wire: b, at: =2.5/9}, admittance: {y11: [1 mS, 2 mS], y12: [-3 mS, 4 mS], y22: [.005, .006]}}\nfrequencies: 150 MHz\n' > line.yaml
    $ for f in line.nec line.yaml; do alicorn solve -q $f --json - | python3 -c 'import json,sys; z = json.load(sys.stdin)["solves"][0]["sources"][0]["impedance"]; print("%.6f %.6f" % tuple(z))'; done | uniq | wc -l
    1

Files lie beside the project.

    $ mkdir -p there && cp mast.yaml dipole.nec there && alicorn lint there/mast.yaml && rm there/dipole.nec && alicorn lint there/mast.yaml
    there/mast.yaml:9:11: error: parts[uhf].deck: the deck cannot be used: there is no such file, expected a NEC deck
    ! there/mast.yaml: 0 errors, 0 warnings
    ! there/mast.yaml: 1 error, 0 warnings
    [3]

Every error of a file in one go.

    $ printf 'alicorn: 1\nnmae: x\nvariables: {a: =b, b: =a}\nparts:\n  - name: column\n    cylinder: { radius: -1, height: 8 furlongs }\n  - name: w\n    wire: { from: [0,0,0], to: [0,0,.nan], radius: 1 mm }\nfrequencies: 1 GHz\nground: lava\nrequests: [s_parmeters]\n' > bad.yaml
    $ alicorn lint bad.yaml
    bad.yaml:2:1: error: unknown key 'nmae', did you mean 'name'?
    bad.yaml:3:24: error: symbol b: 'a' is defined by itself (line 3), expected a definition without a circle
    bad.yaml:6:25: error: parts[column].cylinder.radius: -1 m, expected more than 0 m
    bad.yaml:6:37: error: parts[column].cylinder.height: '8 furlongs' has an unknown unit, expected one of m, mm, cm, km, in, ft
    bad.yaml:8:37: error: parts[w].wire.to[3]: '.nan' is not a number, expected a number in m or =expression
    bad.yaml:10:9: error: ground: lava is no ground, expected free, perfect, sea, fresh water, wet, average, dry, city, ice, or mapping (ground)
    bad.yaml:11:12: error: requests[1]: unknown key 's_parmeters', did you mean 's_parameters'?
    ! bad.yaml: 7 errors, 0 warnings
    [3]
    $ alicorn solve nothing.yaml
    ! nothing.yaml: error: there is no such file, expected a NEC deck or a project
    [3]
    $ printf 'alicorn: 1\nparts: [{name: w, wire: {from: [0,0,0], to: [0,0,1], radius: 1 mm}}]\nports: [{name: P, wire: mast}]\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:3:25: error: ports[P].wire: 'mast' names no part, expected PART, PART.WIRE or PART[COPY].WIRE
    [3]

Shapes need gmsh.

    $ printf 'alicorn: 1\nparts: [{name: s, sphere: {radius: 1}}]\nfrequencies: 1e8\nrequests: [rcs: {theta: 0, phi: 0}]\n' > sphere.yaml
    $ PATH=/nowhere "$(command -v alicorn)" lint sphere.yaml
    ! sphere.yaml: error: cannot run 'gmsh': No such file or directory; gmsh is needed for shapes, not for decks and ready meshes
    ! sphere.yaml: 0 errors, 0 warnings
    [3]
