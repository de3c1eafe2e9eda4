Real ground: by name in projects, by `GN 2` in decks.

    $ printf 'alicorn: 1\nparts: [{name: whip, wire: {from: [0, 0, 0.5], to: [0, 0, 5.5], radius: 1 cm, segments: 21}}]\nports: [{name: HF, wire: whip}]\nfrequencies: [15 MHz, 900 MHz]\nground: sea\n' > sea.yaml
    $ alicorn solve -q sea.yaml | head -2
    sea.yaml
    21 segments in 1 wire, ground εr 71.67, σ 4.791 S/m
    $ for g in average ice '{permittivity: 13, conductivity: 0.005}'; do sed "s/ground:.*/ground: $g/; s/, 900 MHz//" sea.yaml | alicorn solve -q - | sed -n 's/.*ground εr/εr/p'; done
    εr 13, σ 0.005 S/m
    εr 3.179, σ 1.489e-05 S/m
    εr 13, σ 0.005 S/m

What water does at the frequency is in the listing: 70, 5 S/m at HF and a little more near a gigahertz.

    $ alicorn solve -q sea.yaml --listing sea.out > /dev/null; grep -E 'DIELECTRIC CONST:|CONDUCTIVITY:' sea.out
                                RELATIVE DIELECTRIC CONST: 71.673
                                CONDUCTIVITY:  4.791E+00 MHOS/METER
                                RELATIVE DIELECTRIC CONST: 71.508
                                CONDUCTIVITY:  4.957E+00 MHOS/METER

A deck says the same by numbers; its dipole knows the ground is near.

    $ printf 'CE\nGW 1 81 0 -2.5 .2104 0 2.5 .2104 .0005\nGE 0\nGN 2 0 0 0 13 .005\nEX 0 1 41 0 1\nFR 0 1 0 0 28.5\nXQ\nEN\n' > low.nec
    $ alicorn solve -q low.nec | sed -n '2p; /port/{n;p}'
    81 segments in 1 wire, ground εr 13, σ 0.005 S/m
      1       1       41  89.* + j*.* (glob)

What is refused says why.

    $ sed 's/GN 2 0/GN 2 16/' low.nec | alicorn solve -q -
    ! <stdin>:4:6: error: GN I2 (number of radial wires: no screen over this ground, model them by wires): '16' is out of range, expected whole 0
    [3]
    $ sed 's/ground:.*/ground: {permittivity: 0.5, conductivity: 1}/' sea.yaml | alicorn solve -q -
    ! <stdin>:5:24: error: ground.permittivity: * (glob)
    [3]
    $ sed 's/ground:.*/ground: {permittivity: 5}/' sea.yaml | alicorn solve -q -
    ! <stdin>:5:9: error: ground: the key 'conductivity' is missing (conductivity)
    [3]
