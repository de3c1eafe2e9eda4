What the command line says about itself and about mistakes in its use.

    $ alicorn version
    alicorn *.*.* (glob)
    $ alicorn --version
    alicorn *.*.* (glob)
    $ alicorn
    ! alicorn: antennas that share one structure, computed with error bars
    ! 
    ! Usage: alicorn COMMAND [OPTIONS] ...
    ! 
    ! Commands:
    !   solve     solve a deck or project and print impedances, gain and power
    !   rcs       radar cross-sections of a deck or project from many directions
    !   nec       run a deck like nec2c does: -i DECK -o LISTING
    !   mesh      mesh the surfaces of a deck or project, tell its quality and write it
    !   check     solve a project and judge its requirements
    !   compare   solve two decks or projects and tell what changed from A to B
    !   cosite    tell which radios disturb each other, and what they need
    !   optimize  change symbols or variables within bounds until goals are met
    !   plot      draw one plot of a deck, project or Touchstone file as SVG
    !   view      see and edit a deck or project in the browser, and run it from there
    !   report    solve a deck or project and put all results into one page that can be mailed
    !   lint      look for trouble in a deck or project without solving it
    !   version   show the version
    !   help      show what the commands do
    ! 
    ! 'alicorn help COMMAND' tells more.
    [2]
    $ alicorn help lint
    Usage: alicorn lint [OPTIONS] FILE
    
    Reports unreadable cards, wires that overlap or cross, segments that are too
    long for the frequency, and other mistakes, one per line on standard output. The
    exit status is 3 if there are errors, 0 if there are only warnings.
    
    Options:
          --off NAMES             do not report the warnings with these names,
                                  separated by commas; the name of a warning stands
                                  in brackets behind it
          --set NAME=VALUE        give a symbol (SY) or variable another value; may
                                  be repeated
          --gmsh PROGRAM          program that makes triangles of a project's shapes
                                  (default: gmsh, searched in the PATH)
      -q, --quiet                 do not count the findings on standard error
      -h, --help                  show this help and exit

Commands and options that do not exist are answered with the nearest one that does.

    $ alicorn solv deck.nec
    ! alicorn: error: unknown command 'solv', did you mean 'solve'?
    [2]
    $ alicorn frobnicate
    ! alicorn: error: unknown command 'frobnicate', see 'alicorn help'
    [2]
    $ alicorn solve --jsom x
    ! alicorn: error: unknown option '--jsom', did you mean '--json'?
    [2]
    $ alicorn solve --no-splt-ends x
    ! alicorn: error: unknown option '--no-splt-ends', did you mean '--no-split-ends'?
    [2]
    $ alicorn solve --no-threads x
    ! alicorn: error: unknown option '--no-threads', see 'alicorn help solve'
    [2]
    $ alicorn solve --thr 2 x
    ! alicorn: error: unknown option '--thr', did you mean '--threads'?
    [2]
    $ alicorn solve -z x
    ! alicorn: error: unknown option '-z', see 'alicorn help solve'
    [2]
    $ alicorn help sovle
    ! alicorn: error: unknown command 'sovle', did you mean 'solve'?
    [2]

Values are checked before any file is touched.

    $ alicorn solve
    ! alicorn: error: solve needs FILE, see 'alicorn help solve'
    [2]
    $ alicorn solve a b
    ! alicorn: error: solve: unexpected 'b', see 'alicorn help solve'
    [2]
    $ alicorn solve --threads
    ! alicorn: error: option '--threads' needs a value: N
    [2]
    $ alicorn solve --threads=two a
    ! alicorn: error: --threads two: expected a whole number from 0 to 1024
    [2]
    $ alicorn solve --threads 99999999999 a
    ! alicorn: error: --threads 99999999999: expected a whole number from 0 to 1024
    [2]
    $ alicorn solve --degree 5 a
    ! alicorn: error: --degree 5: expected a whole number from 0 to 4
    [2]
    $ alicorn solve --z0 0 a
    ! alicorn: error: --z0 0: expected a number from 1e-06 to 1000000000
    [2]
    $ alicorn solve --z0 nan a
    ! alicorn: error: --z0 nan: expected a number from 1e-06 to 1000000000
    [2]
    $ alicorn solve --quiet=1 a
    ! alicorn: error: option '--quiet' takes no value
    [2]
    $ alicorn solve --set height a
    ! alicorn: error: --set height: expected NAME=NUMBER
    [2]
    $ alicorn solve --set =1 a
    ! alicorn: error: --set =1: expected NAME=NUMBER
    [2]
    $ alicorn solve --set h=1x a
    ! alicorn: error: --set h=1x: expected NAME=NUMBER
    [2]
    $ alicorn solve --json '' a
    ! alicorn: error: --json: expected a file name
    [2]
    $ alicorn solve --json - --listing - a
    ! alicorn: error: --json and --listing cannot both go to standard output
    [2]
    $ alicorn nec
    ! alicorn: error: nec needs -i DECK, see 'alicorn help nec'
    [2]
    $ alicorn nec -x
    ! alicorn: error: unknown option '-x', see 'alicorn help nec'
    [2]
    $ alicorn nec -i
    ! alicorn: error: option '-i' needs a value: FILE
    [2]
    $ alicorn nec -v
    alicorn *.*.* (glob)

Files that cannot be read are bad input, files that cannot be written are found before the solve.

    $ alicorn solve missing.nec
    ! missing.nec: error: * (glob)
    [3]
    $ alicorn solve --json missing/out.json missing.nec
    ! missing/out.json: error: cannot write: No such file or directory
    [1]
    $ touch same.nec && alicorn solve --json ./same.nec same.nec
    ! alicorn: error: ./same.nec: this would overwrite the input
    [2]

The manual page holds every command and every option that help shows.

    $ alicorn help --man | grep -c '^.SS'
    14
    $ alicorn help --man | tr -d '\\' | sed -n 's/^.B --.no-.//p' | sort -u
    error-bars
    mixed-precision
    split-ends
