Surfaces with mistakes: one error each, with its place, and the exit status. First, files of triangles.

    $ printf 'alicorn: 1\nparts:\n  - {name: a, mesh: FILE}\nfrequencies: 100 MHz\nrequests: [rcs: {theta: 0, phi: 0}]\n' > mesh.yaml
    $ printf 'echo solid; for t; do echo facet normal 0 0 0 outer loop; printf "vertex %%s %%s %%s\\n" $t; echo endloop endfacet; done; echo endsolid\n' > stl.sh
    $ sh stl.sh '0 0 0 1 0 0 0 1 0' '0 0 0 1 0 0 0 nan 0' > nan.stl; sh stl.sh '0 0 0 1 0 0 0 1 0' '1 0 0 0 1 0 0 0 0' > twice.stl; sh stl.sh '0 0 0 1 0 0 2 0 0' > flat.stl; sh stl.sh '0 0 0 1 0 0 0 1 0' '.1 .1 0 1 1 0 0 1 0' > over.stl; sh stl.sh '0 0 0 1 0 0 0 1 0' '1 0 0 0 1 0 1 1 0' > open.stl
    $ sed 's/FILE/none.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:21: error: parts[a].mesh: cannot open the mesh: No such file or directory
    [3]
    $ sed 's/FILE/nan.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:21: error: parts[a].mesh: line 10 of the file: a coordinate is not finite
    [3]
    $ sed 's/FILE/flat.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:5: error: triangle 1 of surface a has no area
    [3]
    $ sed 's/FILE/twice.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:5: error: triangle 2 of surface a lies exactly on triangle 1 of surface a
    [3]
    $ sed 's/FILE/over.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:5: error: triangle 2 of surface a overlaps triangle 1 of surface a in one plane
    [3]
    $ alicorn lint t.yaml
    t.yaml:3:5: error: triangle 2 of surface a overlaps triangle 1 of surface a in one plane
    ! t.yaml: 1 error, 0 warnings
    [3]

A file of two gigabytes is refused before anything is made for it; so is one whose header promises triangles that are not there.

    $ truncate -s 2G big.stl; sed 's/FILE/big.stl/' mesh.yaml > t.yaml; alicorn solve t.yaml; s=$?; rm big.stl; exit $s
    ! big.stl: error: the file has 2.15 GB; the limit for reading a mesh is 2 GB
    [6]
    $ truncate -s 1900M big.stl; alicorn solve t.yaml; s=$?; rm big.stl; exit $s
    ! t.yaml:3:21: error: parts[a].mesh: a binary STL file of 0 triangles has 84 bytes; this one has 1992294400
    [3]
    $ truncate -s 2G big.msh; sed 's/FILE/big.msh/' mesh.yaml > t.yaml; alicorn solve t.yaml; s=$?; rm big.msh; exit $s
    ! big.msh: error: the file has 2.15 GB; the limit for reading a mesh is 2 GB
    [6]

An open body under the combined field equation.

    $ sed 's/FILE/open.stl, electric_share: 0.5/' mesh.yaml > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:5: error: surface a is to be solved by the combined field equation, but the body that it belongs to is not closed; expected a closed body, or the electric field equation
    [3]

A closed one is, but not with a compressed matrix.

    $ printf 'solid\n' > tetra.stl; for t in '0 0 0 0 1 0 1 0 0' '0 0 0 1 0 0 0 0 1' '0 0 0 0 0 1 0 1 0' '1 0 0 0 1 0 0 0 1'; do printf 'facet normal 0 0 0\nouter loop\nvertex %s %s %s\nvertex %s %s %s\nvertex %s %s %s\nendloop\nendfacet\n' $t; done >> tetra.stl; printf 'endsolid\n' >> tetra.stl
    $ printf 'alicorn: 1\nparts: [{name: a, mesh: tetra.stl, electric_share: 0.5}]\nfrequencies: 3e7\nrequests: [rcs: {theta: 0, phi: 0}]\n' > t.yaml; alicorn solve t.yaml --json - | grep '"solver"'
          "solver": "dense",
    $ alicorn solve t.yaml --solver compressed
    ! t.yaml: error: a body under the combined-field equation cannot be compressed; expected an electric share of 1, or --solver dense or auto
    [3]

Measures, variables, ports.

    $ printf 'alicorn: 1\nparts: [{name: s, sphere: {radius: -1}}]\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:2:36: error: parts[s].sphere.radius: -1 m, expected more than 0 m
    [3]
    $ printf 'alicorn: 1\nvariables: {a: =2*b, b: =a/2}\nparts: [{name: s, sphere: {radius: =a}}]\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:2:26: error: symbol b: 'a' is defined by itself (line 2), expected a definition without a circle
    [3]
    $ printf 'alicorn: 1\nparts: [{name: t, torus: {radius: 1, tube_radius: 2}}]\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:2:51: error: parts[t].torus.tube_radius: 2 m, expected less than radius, 1 m
    [3]
    $ printf 'alicorn: 1\nparts: [{name: w, wire: {from: [0, 0, 1], to: [0, 0, 2], radius: 1 mm}}]\nports: [{name: P, wire: w, at: end}]\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:3:32: error: ports[P].at: the wire's end at (0, 0, 2) m touches nothing, expected another wire, a surface or the ground there
    [3]
    $ printf 'alicorn: 1\nparts: [{name: a, mesh: open.stl}]\nports: [{name: P, edge: [[0, 0, 2], [1, 0, 2]]}]\nfrequencies: 1e8\n' > t.yaml; alicorn solve t.yaml
    ! t.yaml:3:26: error: ports[P].edge[1]: no vertex of the mesh is there; the nearest is at (0, 0, 0) m, 2 m away
    [3]

Shapes, which gmsh makes triangles of: a profile that crosses itself never reaches it.

    $ printf 'alicorn: 1\nmesh: {timeout: 1}\nparts:\n  - {name: e, extrude: {profile: [[0, 0], [1, 1], [1, 0], [0, 1]], height: 1}}\nfrequencies: 1e8\n' | alicorn solve -
    ! <stdin>:4:5: error: parts[e]: the profile crosses or touches itself
    [3]
    $ printf 'alicorn: 1\nmesh: {timeout: 1}\nparts:\n  - {name: p, plate: {size: [1, 1]}}\nfrequencies: 1e8\nrequests: [rcs: {theta: 0, phi: 0}]\n' > plate.yaml
    $ PATH=/nowhere "$(command -v alicorn)" solve plate.yaml
    ! plate.yaml: error: cannot run 'gmsh': No such file or directory; gmsh is needed for shapes, not for decks and ready meshes
    [3]
    $ alicorn solve plate.yaml --gmsh nowhere/gmsh
    ! plate.yaml: error: cannot run 'nowhere/gmsh': No such file or directory; gmsh is needed for shapes, not for decks and ready meshes
    [3]
    $ sed 's/plate: .*/step: none.step}/' plate.yaml > step.yaml; alicorn solve step.yaml
    ! step.yaml:4:5: error: parts[p]: cannot read the CAD file 'none.step': No such file or directory
    [3]
    $ echo nonsense > none.step; alicorn solve step.yaml
    ! step.yaml:4:5: error: parts[p]: gmsh cannot read 'none.step', expected a CAD file in STEP format
    [3]
    $ alicorn solve plate.yaml --gmsh true
    ! plate.yaml: error: 'true' ended well but wrote no mesh, expected the program gmsh
    [3]
    $ alicorn solve plate.yaml --gmsh ''
    ! alicorn: error: --gmsh: expected a program's name
    [2]
    $ mkdir -p slow broken; printf '#!/bin/sh\nexec sleep 60\n' > slow/gmsh; printf '#!/bin/sh\necho "Error   : Could not fix wire" >&2\nexit 1\n' > broken/gmsh; chmod +x slow/gmsh broken/gmsh
    $ PATH=$PWD/slow:$PATH alicorn solve plate.yaml
    ! plate.yaml: error: 'gmsh' was stopped: it took more than 1 s
    [3]
    $ PATH=$PWD/broken:$PATH alicorn solve plate.yaml
    ! plate.yaml:4:5: error: parts[p]: gmsh cannot make a mesh of the shapes: Could not fix wire
    [3]
    $ for command in lint mesh rcs; do alicorn $command plate.yaml --gmsh ./broken/gmsh -q; done
    plate.yaml:4:5: error: parts[p]: gmsh cannot make a mesh of the shapes: Could not fix wire
    ! plate.yaml:4:5: error: parts[p]: gmsh cannot make a mesh of the shapes: Could not fix wire
    ! plate.yaml:4:5: error: parts[p]: gmsh cannot make a mesh of the shapes: Could not fix wire
    [3]
