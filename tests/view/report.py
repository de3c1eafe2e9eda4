#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reports: the documents inside are those of the other commands, the digests those of the files, and nothing else is loaded.

usage: report.py ALICORN PROBE

PROBE makes reports with a small page of its own (report_probe.c), so that this is tested in builds without the page, too. Output is TAP.
"""
import hashlib
import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from cases import run_cases

CLI = Path(__file__).resolve().parents[1] / "cli"
PLACE = '<script type="application/json" id="alicorn">'
PROJECT = """alicorn: 1
name: </script><script>alert(1)</script><!-- & "x"
parts:
  - { name: a, deck: a.nec }
ports:
  - { name: A, wire: a.1 }
frequencies: [290 MHz, 300 MHz]
requests: [s_parameters, { pattern: { theta: 90, phi: [0, 350, 10] } }]
requirements:
  - { vswr: { max: 3 } }
"""
DECK = "CE\nGW 1 9 0 0 -.24 0 0 .24 .001\nGE\nEX 0 1 5 0 1 0\nFR 0 2 0 0 290 10\nXQ\nEN\n"
RADIOS = """alicorn-radios: 1
platforms: [{ name: mast, network: s.s2p }]
radios:
  - { name: out, port: "1", channels: 300 MHz, transmitter: { power: 40 dBm, bandwidth: 25 kHz } }
  - { name: in, port: "2", channels: 300 MHz, receiver: { bandwidth: 25 kHz, sensitivity: -100 dBm } }
"""


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def lasting(document):
    """What does not depend on how long it took."""
    if isinstance(document, dict):
        return {key: lasting(value) for key, value in document.items() if not re.search(r"(^|_)(s|seconds|started)$", key)}
    return [lasting(value) for value in document] if isinstance(document, list) else document


class Tests:
    def __init__(self, program, probe, folder):
        self._program, self._probe, self._folder = program, probe, folder
        self._project = folder / "p.yaml"
        self._project.write_text(PROJECT)
        (folder / "a.nec").write_text(DECK)
        (folder / "radios.yaml").write_text(RADIOS)
        (folder / "s.s2p").write_text("# MHz S MA R 50\n290 .1 0 .01 0 .01 0 .1 0\n310 .1 0 .01 0 .01 0 .1 0\n")

    def _run(self, program, *arguments, **more):
        return subprocess.run([program, *arguments], cwd=self._folder, capture_output=True, text=True, timeout=120,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "86400", **more}, check=False)

    def _report(self, program, *arguments):
        """The page and the documents in it."""
        out = self._folder / "report.html"
        done = self._run(program, "report", *arguments, "-o", str(out), "-q")
        assert done.returncode == 0, done.stderr
        text = out.read_text(encoding="utf-8")
        before, inside = text.split(PLACE)
        documents, _, after = inside.partition("</script>")
        assert "<" not in documents
        return before + after, json.loads(documents)

    def _json(self, *arguments):
        return json.loads(self._run(self._program, *arguments, "-q", "--json", "-").stdout)

    def holds_what_the_commands_say(self):
        page, report = self._report(self._probe, "p.yaml")
        assert report["session"]["title"] == '</script><script>alert(1)</script><!-- & "x"'
        assert report["made"] == "1970-01-02T00:00:00Z"
        assert report["text"] == {"text": PROJECT, "sha256": sha256(self._project)}
        assert report["model"]["good"] and len(report["model"]["segments"]) == 63
        solve, check = report["runs"]
        assert (solve["what"], check["what"]) == ("solve", "check")
        assert all(run["state"] == "finished" and run["sha256"] == sha256(self._project) for run in report["runs"])
        expected = self._json("solve", "p.yaml")
        expected["input"] = solve["result"]["input"]
        assert lasting(solve["result"]) == lasting(expected)
        assert lasting(check["check"]) == lasting(self._json("check", "p.yaml"))
        assert "<p>before</p>" in page and "<p>after</p>" in page

    def names_every_input(self):
        _, report = self._report(self._probe, "p.yaml", "--radios", "radios.yaml")
        files = {each["file"]: each["sha256"] for each in report["inputs"]}
        assert files == {name: sha256(self._folder / name) for name in ("p.yaml", "a.nec", "radios.yaml", "s.s2p")}, files
        cosite = next(run for run in report["runs"] if run["what"] == "cosite")["cosite"]
        assert lasting(cosite) == lasting(self._json("cosite", "radios.yaml"))

    def sets_variables(self):
        deck = DECK.replace("CE\n", "CE\nSY h=.24\n").replace("-.24 0 0 .24", "-h 0 0 h")
        (self._folder / "d.nec").write_text(deck)
        _, report = self._report(self._probe, "d.nec", "--set", "h=0.2")
        expected = self._json("solve", "d.nec", "--set", "h=0.2")
        expected["input"] = report["runs"][0]["result"]["input"]
        assert lasting(report["runs"][0]["result"]) == lasting(expected)

    def looks_by_radar_at_what_nothing_drives(self):
        (self._folder / "bare.nec").write_text(re.sub("EX.*\n", "", DECK))
        _, report = self._report(self._probe, "bare.nec", "--rcs-theta", "90", "--rcs-phi", "0:90:45", "--rcs-frequency", "280")
        (run,) = report["runs"]
        assert run["what"] == "rcs" and len(run["result"]["solves"]) == 1
        assert [row["phi_deg"] for row in run["result"]["solves"][0]["rcs"]] == [0, 45, 90]

    def refuses_what_it_cannot_do(self):
        wrong = [(["-", "-o", "x.html"], 2, "standard input"), (["p.yaml"], 2, "--output"), (["none.yaml", "-o", "x.html"], 3, "none.yaml"),
                 (["p.yaml", "-o", "p.yaml"], 2, "overwrite"), (["p.yaml", "-o", "no/x.html"], 1, "no/x.html"),
                 (["p.yaml", "-o", "x.html", "--radios", "none.yaml"], 3, "none.yaml"),
                 (["p.yaml", "-o", "x.html", "--set", "z=1"], 3, "z")]
        for arguments, status, word in wrong:
            done = self._run(self._probe, "report", *arguments)
            assert done.returncode == status and word in done.stderr, (arguments, done)
        done = self._run(self._probe, "report", "p.yaml", "-o", "x.html", SOURCE_DATE_EPOCH="soon")
        assert done.returncode == 2 and "SOURCE_DATE_EPOCH" in done.stderr, done
        assert not (self._folder / "x.html").exists()
        (self._folder / "bad.nec").write_text(DECK.replace("GW 1 9", "GW 1 x"))
        done = self._run(self._probe, "report", "bad.nec", "-o", "x.html")
        assert done.returncode == 3 and "bad.nec:2:6: error" in done.stderr, done

    def needs_nothing_from_elsewhere(self):
        """The program itself: with its page, or a clear word that it has none."""
        out = self._folder / "own.html"
        done = self._run(self._program, "report", "p.yaml", "-o", str(out), "-q")
        if done.returncode != 0:
            assert "no page" in done.stderr and done.returncode == 2 and not out.exists(), done
            return
        page, report = self._report(self._program, "p.yaml")
        assert len(report["runs"]) == 2

        class Loads(html.parser.HTMLParser):
            found = []

            def handle_starttag(self, tag, attrs):
                self.found += [value for name, value in attrs if name in ("src", "href", "srcset", "data") and value and value[0] != "#"]

        parser = Loads()
        parser.feed(page)
        assert all(value.startswith("data:") for value in parser.found), parser.found
        assert "default-src 'none'" in page


def main(program, probe):
    folder = Path(tempfile.mkdtemp(prefix="alicorn-report-test-"))
    failed = run_cases(Tests(str(Path(program).resolve()), str(Path(probe).resolve()), folder))
    shutil.rmtree(folder)
    return 1 if failed else 0


if len(sys.argv) != 3:
    sys.exit(__doc__)
sys.exit(main(*sys.argv[1:]))
