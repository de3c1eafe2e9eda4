`alicorn mesh`: how good a mesh is, and files of it; `solve --vtu`: the currents on it.

A tetrahedron with a monopole on its tip.

    $ printf '$MeshFormat\n2.2 0 8\n$EndMeshFormat\n$Nodes\n4\n1 0 0 0\n2 .1 0 0\n3 0 .1 0\n4 0 0 .1\n$EndNodes\n$Elements\n4\n1 2 2 1 1 1 3 2\n2 2 2 1 1 1 2 4\n3 2 2 1 1 1 4 3\n4 2 2 1 1 2 3 4\n$EndElements\n' > tip.msh
    $ printf 'alicorn: 1\nparts:\n  - {name: tip, mesh: tip.msh}\n  - {name: whip, wire: {from: [0, 0, .1], to: [0, 0, .6], radius: 1 mm, segments: 11}}\nports: [{name: W, wire: whip, at: start}]\nfrequencies: [140 MHz, 150 MHz]\nrequests: [currents: {}, near: {from: [1, 0, 0], to: [2, 0, 0], count: [3, 1, 1]}]\n' > tip.yaml
    $ alicorn mesh tip.yaml
    tip.yaml
    highest frequency 150 MHz, wavelength 1.999 m
    
      surface  triangles  area [m²]  longest edge [m]    [λ]  body
      tip              4    0.02366            0.1414  0.071  closed
    
      mesh           4 triangles, 4 vertices, 6 edges
      bodies         1, 1 of them closed
      longest edge   0.1414 m, 0.0708 λ; triangle 1 of tip, at (0.05, 0.05, 0) m
      shortest edge  0.1 m, 0.05 λ; triangle 1 of tip, at (0, 0.05, 0) m
      worst angle    45°; triangle 1 of tip, at (0, 0.1, 0) m
      open edges     0
      shared edges   0 with more than two triangles
      attachments    1; wires and surfaces meet here:
                     segment 1 (tag 1) with its end 1, on tip at (0, 0, 0.1) m: 3 triangles, 0.1 m wide (100 radii)
      wires          11 segments
      unknowns       34: 6 on surfaces, 28 on wires
    $ alicorn mesh dipole.nec
    dipole.nec
    highest frequency 300 MHz, wavelength 0.9993 m
    
      surfaces       none
      wires          11 segments
      unknowns       33: 0 on surfaces, 33 on wires

    $ printf 'CE\nGW 1 3 0 0 0 0 0 1 .001\nGE\nEX 0 1 2 0 1\nFR 0 1 0 0 30\nXQ\nNX\nCE\nGW 1 5 0 0 0 0 0 1 .001\nGE\nXQ\nEN\n' | alicorn mesh - | grep -e NX -e segments
    <stdin>, structure 1: those behind NX are not looked at
      wires          3 segments
    $ alicorn solve -q tip.yaml | head -2
    tip.yaml
    11 segments in 1 wire, 4 triangles in 1 surface, free space
    $ sed -e '/whip/d' -e '/^ports/d' -e 's/^requests.*/requests: [rcs: {theta: 0, phi: 0}]/' tip.yaml > bare.yaml; alicorn solve -q bare.yaml | sed -n 2p
    4 triangles in 1 surface, free space

The files come back as the same mesh, and standard output is one of them or the report.

    $ alicorn mesh tip.yaml --msh back.msh --stl back.stl | grep -c triangles
    4
    $ sed 's/tip.msh/back.msh/' tip.yaml > back.yaml; alicorn mesh tip.yaml | tail -n +2 > one; alicorn mesh back.yaml | tail -n +2 | diff one -
    $ sed 's/tip.msh/back.stl/' tip.yaml > again.yaml; alicorn mesh again.yaml | grep 'closed$'
      tip              4    0.02366            0.1414  0.071  closed
      bodies         1, 1 of them closed
    $ alicorn mesh tip.yaml --vtu - | head -2
    <?xml version="1.0" encoding="UTF-8"?>
    <VTKFile type="UnstructuredGrid" version="1.0" byte_order="LittleEndian" header_type="UInt64">
    $ alicorn mesh tip.yaml --vtu - --stl -
    ! alicorn: error: --stl and --vtu cannot both go to standard output
    [2]
    $ alicorn mesh dipole.nec --stl x.stl
    ! alicorn: error: there are no surfaces to write as STL
    [3]
    $ alicorn mesh tip.yaml --msh nowhere/x.msh
    ! nowhere/x.msh: error: cannot write: No such file or directory
    [1]

A mesh that cannot be solved can still be looked at.

    $ sed 's/^4 2 2 1 1 2 3 4/4 2 2 1 1 1 4 3/' tip.msh > twice.msh; sed 's/tip.msh/twice.msh/' tip.yaml > twice.yaml
    $ alicorn mesh twice.yaml --vtu twice.vtu; ls twice.vtu
    twice.vtu
    ! twice.yaml:3:5: error: triangle 4 of surface tip lies exactly on triangle 3 of surface tip

Currents and near fields, one file for each frequency.

    $ alicorn solve -q tip.yaml --vtu tip.vtu > tip.out; ls tip*.vtu
    tip-140MHz-near1.vtu
    tip-140MHz.vtu
    tip-150MHz-near1.vtu
    tip-150MHz.vtu
    $ grep -o 'Name="[JIE]_[a-z]*"' tip-150MHz.vtu tip-150MHz-near1.vtu
    tip-150MHz.vtu:Name="J_abs"
    tip-150MHz.vtu:Name="J_re"
    tip-150MHz.vtu:Name="J_im"
    tip-150MHz.vtu:Name="I_abs"
    tip-150MHz.vtu:Name="I_re"
    tip-150MHz.vtu:Name="I_im"
    tip-150MHz-near1.vtu:Name="E_abs"
    tip-150MHz-near1.vtu:Name="E_re"
    tip-150MHz-near1.vtu:Name="E_im"

The numbers are those of the other files: triangles first, then segments; what a cell does not have is not a number.

    $ alicorn solve -q tip.yaml --face-current-csv face.csv --current-csv wire.csv > tip.out; python3 vtu.py tip-150MHz.vtu face.csv wire.csv 150000000
    4 triangles and 11 segments, equal to 8 digits, nothing else
    $ alicorn solve -q tip.yaml --vtu -
    ! alicorn: error: --vtu: these are 4 files, which cannot all go to standard output; expected a name
    [2]
    $ alicorn solve -q dipole.nec --vtu dipole.vtu > dipole.out; ls dipole*.vtu; grep -o 'Name="[JI]_[a-z]*"' dipole-300MHz.vtu
    dipole-290MHz.vtu
    dipole-300MHz.vtu
    Name="I_abs"
    Name="I_re"
    Name="I_im"
    $ printf 'CE\nGW 1 3 0 0 0 0 0 1 .001\nGE\nEX 0 1 2 0 1\nFR 0 1 0 0 30\nXQ\nEN\n' | alicorn solve -q - --vtu - | grep -o 'Name="[JI]_[a-z]*"'
    Name="I_abs"
    Name="I_re"
    Name="I_im"
