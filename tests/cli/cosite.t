Radios that share a place, with stated isolations: matrix, interferences, what pairs need, all at once, a plan. Between A and B nothing is known.

    $ alicorn cosite radios.yaml --list 4
    Worst margin of each receiver (row) against each transmitter (column)
                A       B
     1 A                ?
     2 B        ?        
     3 C  +58.0O  +58.0O 
    
    Margins in dB; above 0: disturbed. O: carrier out of channel.
    ?: no path data for some of it, it may be worse.
    
    Interferences, worst first: 4 of 5
    margin  needs  receiver       on  mechanism                from
     +58.0   58.0  C         305 MHz  carrier, out of channel  A 100 MHz
     +58.0   58.0  C         305 MHz  carrier, out of channel  B 200 MHz
     +38.7   38.7  C         305 MHz  broadband noise          A 100 MHz
     +10.0   10.0  C         305 MHz  carrier, blocking        A 100 MHz
    
    Isolation or filtering that each pair needs besides what it has
    receiver  transmitter  needs [dB]  free alone  worst
    C         A                  58.0       0.0 %  carrier, out of channel
    C         B                  58.0       0.0 %  carrier, out of channel
    
    All at once, in the worst situation found, as far as paths are known [dB]
    receiver       on  margin  deaf by  blocking  time share  free alone
    C         305 MHz   +61.0     61.0     +13.0     100.0 %       0.0 %
    
    No path data
    transmitter  emission         between             not followed to
    A            carrier          100 MHz to 101 MHz  B
    A            broadband noise  200 MHz to 205 MHz  B
    A            harmonic 2 to 3  200 MHz to 303 MHz  B
    B            carrier          200 MHz to 205 MHz  A
    
    Frequency plan, as far as paths are known: no plan is free; this has the fewest conflicts
    2 conflicts, worst margin +61.0 dB
    radio    sends  receives
    A      100 MHz   100 MHz
    B      200 MHz   200 MHz
    C            —   305 MHz
    
    Availability, as far as paths are known: in 0.0 % of the combinations of all channels nothing is disturbed (4 tried)

S from a Touchstone file; beyond its frequencies there are no path data, unless they are held.

    $ printf '# MHz S DB R 50\n90 -20 0 -40 0 -40 0 -20 0\n205 -20 0 -40 0 -40 0 -20 0\n' > two.s2p
    $ alicorn cosite radios.yaml --s two.s2p --order 0 --no-plan --list 3 --set loss=100
    Worst margin of each receiver (row) against each transmitter (column)
                A       B
     1 A          +20.0O 
     2 B  +40.0H?        
     3 C  −12.0O  −12.0O 
    
    Margins in dB; above 0: disturbed. H: harmonic. O: carrier out of channel.
    ?: no path data for some of it, it may be worse.
    
    Interferences, worst first: 3 of 4
    margin  needs  receiver       on  mechanism                from
     +40.0   40.0  B         200 MHz  harmonic 2               A 100 MHz
     +20.0   20.0  A         100 MHz  carrier, out of channel  B 200 MHz
     +20.0   20.0  B         200 MHz  carrier, out of channel  A 100 MHz
    
    Isolation or filtering that each pair needs besides what it has
    receiver  transmitter  needs [dB]  free alone  worst
    B         A                  40.0       0.0 %  harmonic 2
    A         B                  20.0       0.0 %  carrier, out of channel
    
    All at once, in the worst situation found, as far as paths are known [dB]
    receiver       on  margin  deaf by  blocking  time share  free alone
    A         100 MHz   +20.0        —       0.0     100.0 %       0.0 %
    B         200 MHz   +40.0        —       0.0      10.0 %       0.0 %
    C         305 MHz    −9.0      0.5     −57.0       0.0 %     100.0 %
    
    No path data
    transmitter  emission    between             not followed to
    A            harmonic 3  300 MHz to 303 MHz  B
    
    Availability, as far as paths are known: in 0.0 % of the combinations of all channels nothing is disturbed (4 tried)
    $ alicorn cosite radios.yaml --s two.s2p --csv - | cut -d, -f 1,2,4-6,9,15
    victim,receive_hz,by,emission,response,margin_db,assumed
    C,305000000,A 100 MHz,carrier,out of channel,57.9751872,0
    C,305000000,B 200 MHz,carrier,out of channel,57.9751872,0
    B,200000000,A 100 MHz,harmonic,in channel,40,0
    C,305000000,A 100 MHz,broadband noise,in channel,38.6951389,0
    A,100000000,B 200 MHz,carrier,out of channel,20,0
    B,200000000,A 100 MHz,carrier,out of channel,20,0
    C,305000000,A 100 MHz,carrier,blocking,10,0
    C,305000000,B 200 MHz,carrier,blocking,10,0
    B,200000000,A 100 MHz,broadband noise,in channel,0.719951715,0
    A,100000000,B 200 MHz,carrier,blocking,0,0
    B,200000000,A 100 MHz,carrier,blocking,0,0
    C,305000000,A 100 MHz,harmonic,out of channel,-2.02481281,0
    C,305000000,A 100 MHz,harmonic,out of channel,-2.02481281,0
    B,205000000,A 100 MHz,harmonic,out of channel,-40,0
    $ alicorn cosite radios.yaml --s two.s2p --hold --csv - | cut -d, -f 1,2,4-6,9,15 | grep 1$
    B,200000000,A 100 MHz,harmonic,out of channel,-40,1
    $ alicorn cosite radios.yaml --s two.s2p --json - | python3 -c 'import json, sys; d = json.load(sys.stdin); print(sorted(d)); print(d["interferences"][0]["victim"], len(d["pairs"]), d["plan"]["state"])'
    ['alicorn', 'all_at_once', 'asked_margin_db', 'availability', 'availability_error', 'combinations', 'floor_db', 'interferences', 'left_off', 'no_path_data', 'order', 'pairs', 'plan', 'radios', 'tones']
    C 4 no plan is free; this has the fewest conflicts

A judgement, for a script: interferences fail, what is not known only with --strict.

    $ alicorn cosite radios.yaml --check > out.txt
    [5]
    $ alicorn cosite radios.yaml --check --set loss=200 > out.txt
    $ alicorn cosite radios.yaml --check --strict --set loss=200 > out.txt
    [5]

S from a project, solved at its own frequencies.

    $ sed 's/port: "1"/port: UHF-1/; s/port: "2"/port: VHF-1/' radios.yaml > named.yaml
    $ alicorn cosite -q named.yaml --project mast.yaml --order 0 --no-plan --list 0
    Worst margin of each receiver (row) against each transmitter (column)
                A       B
     1 A                ?
     2 B        ?        
     3 C  +58.0O  +58.0O 
    
    Margins in dB; above 0: disturbed. O: carrier out of channel.
    ?: no path data for some of it, it may be worse.
    
    Interferences, worst first: 0 of 5
    
    All at once, in the worst situation found, as far as paths are known [dB]
    receiver       on  margin  deaf by  blocking  time share  free alone
    C         305 MHz   +61.0     61.0     +13.0     100.0 %       0.0 %
    
    No path data
    transmitter  emission         between             not followed to
    A            carrier          100 MHz to 101 MHz  B
    A            broadband noise  200 MHz to 205 MHz  B
    A            harmonic 2 to 3  200 MHz to 303 MHz  B
    B            carrier          200 MHz to 205 MHz  A
    
    Availability, as far as paths are known: in 0.0 % of the combinations of all channels nothing is disturbed (4 tried)

Platforms get S by their names; that of a project has error bars, which only --strict minds.

    $ alicorn cosite -q fleet.yaml --project ship=mast.yaml --s boat=two.s2p --no-plan
    Worst margin of each receiver (row) against each transmitter (column)
                A       C
     2 B   +3.9B        ?
     4 D        ? +20.0O 
    
    Margins in dB; above 0: disturbed. B: blocking. O: carrier out of channel.
    ?: no path data for some of it, it may be worse.
    
    Interferences, worst first: 2 of 2
        margin  needs  receiver       on  mechanism                from
         +20.0   20.0  D         165 MHz  carrier, out of channel  C 160 MHz
    +3.9 ± 0.1    3.9  B         155 MHz  carrier, blocking        A 150 MHz
    
    Isolation or filtering that each pair needs besides what it has
    receiver  transmitter  needs [dB]  free alone  worst
    D         C                  20.0       0.0 %  carrier, out of channel
    B         A                   3.9       0.0 %  carrier, blocking
    
    All at once, in the worst situation found, as far as paths are known [dB]
    receiver       on  margin  deaf by  blocking  time share  free alone
    B         155 MHz   −21.1        —      +3.9     100.0 %       0.0 %
    D         165 MHz   +20.0        —       0.0     100.0 %       0.0 %
    
    No path data
    transmitter  emission  between  not followed to
    A            carrier   150 MHz  D
    C            carrier   160 MHz  B
    
    Availability, as far as paths are known: in 0.0 % of the combinations of all channels nothing is disturbed (1 tried)
    $ sed '/boat/d; /name: C/,$d' fleet.yaml > ship.yaml
    $ alicorn cosite -q ship.yaml --project ship=mast.yaml --csv - | python3 -c 'import csv, sys; print([(r["response"], float(r["margin_least_db"]) < float(r["margin_db"]) < float(r["margin_most_db"])) for r in csv.DictReader(sys.stdin)])'
    [('blocking', True), ('out of channel', True)]
    $ alicorn cosite -q ship.yaml --project mast.yaml --margin 3.88 --check > out.txt
    $ alicorn cosite -q ship.yaml --project mast.yaml --margin 3.88 --check --strict > out.txt
    [5]
    $ alicorn cosite -q ship.yaml --project mast.yaml --margin 4 --check --strict > out.txt
    $ alicorn cosite fleet.yaml --s heli=two.s2p
    ! alicorn: error: --s heli=two.s2p: there is no platform 'heli', expected one of 'ship', 'boat'
    [2]
    $ alicorn cosite fleet.yaml --s boat=two.s2p --project boat=mast.yaml
    ! alicorn: error: --project boat=mast.yaml: the platform 'boat' has another source of S already
    [2]
    $ alicorn cosite fleet.yaml --s two.s2p --s two.s2p
    ! alicorn: error: expected only one of --s and --project without NAME=
    [2]
    $ alicorn cosite fleet.yaml --s =two.s2p
    ! alicorn: error: --s =two.s2p: expected [NAME=]FILE
    [2]
    $ alicorn cosite fleet.yaml --s boat=two.s2p --s ship=two.s2p
    ! fleet.yaml:7:5: error: port "UHF-1" is not among the 2 ports of the S-parameters of platform "ship" (the first is "1")
    [3]

What is wrong is said with its place; outputs as everywhere.

    $ sed 's/10 W/10/; s/80 dB/80 MHz/; s/name: C/name: A/' radios.yaml > bad.yaml; alicorn cosite bad.yaml
    ! bad.yaml:8:27: error: radios[A].transmitter.power: '10' has no unit, expected one of dBm, dBW, W, kW, mW
    ! bad.yaml:9:77: error: radios[A].receiver.selectivity[1][2]: '80 MHz' has an unknown unit, expected one of dB
    ! bad.yaml:13:27: error: radios[B].transmitter.power: '10' has no unit, expected one of dBm, dBW, W, kW, mW
    ! bad.yaml:14:77: error: radios[B].receiver.selectivity[1][2]: '80 MHz' has an unknown unit, expected one of dB
    ! bad.yaml:15:11: error: radios[A].name: there are two radios named 'A'
    ! bad.yaml:17:75: error: radios[A].receiver.selectivity[1][2]: '80 MHz' has an unknown unit, expected one of dB
    ! bad.yaml:19:20: error: isolations[1].to: there is no radio 'C'
    ! bad.yaml:20:20: error: isolations[2].to: there is no radio 'C'
    [3]
    $ alicorn cosite radios.yaml --s two.s2p --project mast.yaml
    ! alicorn: error: expected only one of --s and --project without NAME=
    [2]
    $ alicorn cosite radios.yaml --s radios.yaml
    ! radios.yaml:1:1: error: the number of ports is not known, expected a name that ends in .s1p, .s2p, …
    [3]
    $ alicorn cosite radios.yaml --csv - --json -
    ! alicorn: error: --json and --csv cannot both go to standard output
    [2]
    $ alicorn cosite nowhere.yaml
    ! nowhere.yaml: error: there is no such file, expected a radios file
    [3]
