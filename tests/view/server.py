#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The server of `alicorn view`, spoken to over the wire: docs/api.md, and what it must withstand.

usage: server.py PROGRAM

Output is TAP.
"""
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from cases import run_cases
from client import PATIENCE, Server, Stream, read_all, sha256

HERE = Path(__file__).resolve().parent
CLI = HERE.parent / "cli"

DECK = """CM a dipole
CE
SY len=0.48
GW 1 9 0 0 -len/2 0 0 len/2 .001
GE 0
EX 0 1 5 0 1 0
FR 0 5 0 0 290 5
RP 0 19 1 1000 0 0 5 0
EN
"""
# long enough to be interrupted, and not too long under sanitizers, which make it fifty times slower
FREQUENCIES = 30
LONG = "CM slow\nCE\n" + "".join(
    f"GW {i + 1} 41 {0.1 * i} 0 -.24 {0.1 * i} 0 .24 .001\n" for i in range(8)) + f"""GE 0
EX 0 1 21 0 1 0
FR 0 {FREQUENCIES} 0 0 280 1
XQ
EN
"""


class Tests:
    def __init__(self, program):
        self.program = program
        self.folder = Path(tempfile.mkdtemp(prefix="alicorn-view-test-"))
        self.deck = self.folder / "dipole.nec"
        self.deck.write_text(DECK)
        self.outside = self.folder.parent / f"{self.folder.name}-outside.nec"
        self.outside.write_text(DECK)
        self.server = Server(program, self.deck, "--patience", "1")

    # ---- who may ask ----

    def wants_the_token(self):
        s = self.server
        for path in ("/api/session", "/api/text", "/api/events", "/api/run?run=1", "/api/nothing"):
            assert s.get(path, token=False).code == 403, path
            assert s.get(path, headers={"X-Alicorn-Token": "0" * 32}).code == 403, path
        assert s.get("/api/session?token=" + s.token[:-1], token=False).code == 403
        assert s.get("/api/session?token=" + s.token + "0", token=False).code == 403
        assert s.get("/api/session?token=" + s.token, token=False).code == 200
        assert s.post("/api/run", {"what": "solve"}, token=False).code == 403
        assert s.get("/", token=False).code == 200
        error = s.get("/api/session", token=False).error
        assert set(error) == {"status", "message", "file", "line", "column"} and error["status"] == "usage"

    def refuses_foreign_hosts_and_origins(self):
        s = self.server
        for host in ("evil.example", f"evil.example:{s.port}", "127.0.0.1", "127.0.0.1:1", f"127.0.0.1.evil:{s.port}",
                     f"localhost:{s.port}.evil"):
            assert s.get("/api/session", headers={"Host": host}).code == 403, host
            assert s.get("/", headers={"Host": host}).code == 403, host
        assert s.get("/api/session", headers={"Host": f"localhost:{s.port}"}).code == 200
        for origin in ("http://evil.example", "null", f"https://127.0.0.1:{s.port}", "http://127.0.0.1:1", "file://"):
            assert s.get("/api/session", headers={"Origin": origin}).code == 403, origin
        assert s.get("/api/session", headers={"Origin": f"http://127.0.0.1:{s.port}"}).code == 200
        assert "Access-Control-Allow-Origin" not in s.get("/api/session").headers
        no_host = f"GET /api/session?token={s.token} HTTP/1.0\r\n\r\n".encode()
        assert b" 403 " in s.raw(no_host).split(b"\r\n")[0]

    def listens_on_the_loopback_only(self):
        lines = Path("/proc/net/tcp").read_text().splitlines() + Path("/proc/net/tcp6").read_text().splitlines()
        at = [line.split()[1] for line in lines if line.split()[1].endswith(f":{self.server.port:04X}") and
              line.split()[3] == "0A"]
        assert at == [f"0100007F:{self.server.port:04X}"], at

    def has_no_paths_of_files(self):
        s = self.server
        for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/etc/passwd",
                     "/dipole.nec", "/./dipole.nec", "/api/../dipole.nec", "/api/text/../../dipole.nec", "/api/text/", "/%00",
                     "/api/text%00", "/assets/../../dipole.nec"):
            answer = s.get(path)
            assert answer.code in (400, 404), (path, answer.code)
            assert b"dipole" not in answer.body and b"root:" not in answer.body

    def knows_its_methods_and_types(self):
        s = self.server
        for method in ("DELETE", "HEAD", "OPTIONS", "PATCH"):
            assert s.ask(method, "/api/text").code == 405, method
        assert s.ask("DELETE", "/api/text").headers["Allow"] == "GET, PUT"
        assert s.post("/", {}).code == 405
        assert s.post("/api/session", {}).code == 405
        assert s.post("/api/run", "{}", kind="text/plain").code == 415
        assert s.post("/api/touchstone", "{}").code == 415
        assert s.post("/api/model", "{}", kind="application/json; charset=utf-8").code == 200
        for body in ("[]", "7", "{", '{"set":{}', '{"text":1,"text":2}', "[" * 100000):
            assert s.post("/api/model", body).code == 400, body[:20]

    # ---- too much, and too slow ----

    def bounds_bodies(self):
        s = self.server
        big = 4 << 20
        assert s.raw(s.head("POST", "/api/model", "Content-Type: application/json", f"Content-Length: {big + 1}")).split()[1] == b"413"
        assert s.raw(s.head("POST", "/api/model", "Content-Type: application/json", "Content-Length: 99999999999999999999999")
                     ).split()[1] in (b"413", b"400")
        # exactly as much as is allowed: understood, and found wrong
        text = json.dumps({"text": "'" + "x" * (big - 12)})
        assert len(text) == big + 1 and s.post("/api/model", text[:-2] + '}').code == 400
        assert s.post("/api/model", text[:-3] + '"}').code == 200
        # without saying how much: cut off
        with socket.create_connection(("127.0.0.1", s.port), timeout=PATIENCE) as wire:
            wire.sendall(s.head("POST", "/api/model", "Content-Type: application/json", "Transfer-Encoding: chunked"))
            try:
                for _ in range(80):
                    wire.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
                wire.sendall(b"0\r\n\r\n")
            except OSError:
                pass
            assert not read_all(wire).startswith(b"HTTP/1.1 200")
        assert s.raw(s.head("GET", "/api/session", *[f"X-{i}: {'y' * 1000}" for i in range(100)])).split()[1] in (b"413", b"431", b"400")
        assert s.get("/api/session").code == 200

    def sees_through_wrong_lengths(self):
        s = self.server
        # more than was said: the rest is no second request that is answered well
        got = s.raw(s.head("POST", "/api/model", "Content-Type: application/json", "Content-Length: 2", "Connection: close") + b"{}garbage")
        assert got.count(b"HTTP/1.1") <= 2 and got.startswith(b"HTTP/1.1 200")
        # less than was said: cut off when patience ends
        begin = time.monotonic()
        got = s.raw(s.head("POST", "/api/model", "Content-Type: application/json", "Content-Length: 100") + b"{}")
        assert not got.startswith(b"HTTP/1.1 200") and time.monotonic() - begin < 5.0
        assert s.get("/api/session").code == 200

    def does_not_wait_for_slow_heads(self):
        s = self.server
        begin = time.monotonic()
        wires = [socket.create_connection(("127.0.0.1", s.port), timeout=PATIENCE) for _ in range(20)]
        alive = True
        for byte in s.head("GET", "/api/session")[:-4] * 3:
            try:
                for wire in wires:
                    wire.send(bytes([byte]))
            except OSError:
                alive = False
                break
            if time.monotonic() - begin > 6.0:
                break
            time.sleep(0.02)
            assert s.get("/api/session").code == 200
        for wire in wires:
            wire.close()
        assert not alive, "slow senders may stay"

    # ---- the session and the text ----

    def tells_the_session(self):
        document = self.server.get("/api/session").document
        assert document["file"] == "dipole.nec" and document["kind"] == "deck" and document["title"] == "a dipole"
        assert document["sha256"] == sha256(self.deck) and document["requirements"] == 0
        assert document["variables"] == [{"name": "len", "value": 0.48, "text": "0.48", "line": 3}]
        text = self.server.get("/api/text").document
        assert text == {"text": DECK, "sha256": sha256(self.deck)}

    def saves_over_what_it_read_only(self):
        s = self.server
        before = sha256(self.deck)
        os.chmod(self.deck, 0o640)
        changed = DECK.replace("0.48", "0.47")
        answer = s.put("/api/text", {"text": changed, "expect": "0" * 64})
        assert answer.code == 409 and answer.error["status"] == "conflict" and sha256(self.deck) == before
        assert s.put("/api/text", {"text": changed}).code == 400
        answer = s.put("/api/text", {"text": changed, "expect": before})
        assert answer.code == 200 and answer.document["sha256"] == sha256(self.deck) and self.deck.read_text() == changed
        assert self.deck.stat().st_mode & 0o777 == 0o640
        # somebody else was faster
        self.deck.write_text(DECK)
        assert s.put("/api/text", {"text": "mine", "expect": answer.document["sha256"]}).code == 409
        assert self.deck.read_text() == DECK
        assert sorted(path.name for path in self.folder.iterdir()) == ["dipole.nec"]

    def takes_texts_that_are_not_utf8(self):
        self.deck.write_bytes(DECK.replace("a dipole", "ein gr\u00fcner Dipol").encode("latin-1"))
        text = self.server.get("/api/text").document
        assert "gr\u00fcner" in text["text"] and text["sha256"] == sha256(self.deck)
        assert self.server.get("/api/session").document["title"] == "ein gr\u00fcner Dipol"
        self.deck.write_text(DECK)

    def tells_when_the_file_changes(self):
        streams = [Stream(self.server), Stream(self.server)]
        for stream in streams:
            assert stream.events.get(timeout=PATIENCE)[0] == "session"
        self.deck.write_text(DECK.replace("a dipole", "another"))
        for stream in streams:
            seen = stream.until(lambda name, document: name == "session" and document["title"] == "another")
            assert seen[-1][1]["sha256"] == sha256(self.deck)
        # whoever notices it first: here a request
        self.deck.write_text(DECK.replace("a dipole", "a third"))
        assert self.server.post("/api/model", {}).document["good"]
        for stream in streams:
            stream.until(lambda name, document: name == "session" and document["title"] == "a third")
            stream.close()
        self.deck.unlink()
        assert self.server.get("/api/text").code == 500
        assert self.server.get("/api/session").document["sha256"] is None
        self.deck.write_text(DECK)
        assert self.server.get("/api/text").code == 200

    # ---- geometry ----

    def gives_the_geometry(self):
        document = self.server.post("/api/model", {}).document
        assert document["good"] and document["findings"] == [] and len(document["segments"]) == 63
        assert document["segment_line"] == [4] * 9 and document["ports"][0]["position"] == [0, 0, 0]
        assert document["frequencies_hz"] == [290e6, 295e6, 300e6, 305e6, 310e6] and document["unknowns"] > 5
        longer = self.server.post("/api/model", {"set": {"len": 0.6}}).document
        assert abs(longer["segments"][2] + 0.3) < 1e-12
        assert self.server.post("/api/model", {"set": {"len": "x"}}).code == 400
        nothing = self.server.post("/api/model", {"set": {"height": 1}}).document
        assert not nothing["good"] and "height" in nothing["findings"][0]["message"]

    def finds_errors_at_their_places(self):
        document = self.server.post("/api/model", {"text": DECK.replace("GW 1 9", "GW 1 x9").replace("EX 0 1 5", "EX 0 1 55")}).document
        assert not document["good"] and "segments" not in document
        first = document["findings"][0]
        assert (first["severity"], first["file"], first["line"], first["column"]) == ("error", "dipole.nec", 4, 6)
        crossed = self.server.post("/api/model", {"text": DECK.replace("GE 0", "GW 2 8 -.1 0 .01 .1 0 .01 .001\nGE 0")}).document
        assert crossed["good"] and any(f["points"] for f in crossed["findings"]), crossed["findings"]

    def reads_no_files_outside_the_folder(self):
        s = Server(self.program, CLI / "check.yaml")
        project = (CLI / "check.yaml").read_text()
        try:
            assert s.post("/api/model", {}).document["good"]
            for name in (str(self.outside), "../unit/../cli/dipole.nec", "/etc/passwd"):
                text = project.replace("dipole.nec", name)
                document = s.post("/api/model", {"text": text}).document
                assert not document["good"] and "outside" in document["findings"][0]["message"], document["findings"]
                assert "root:" not in json.dumps(document)
        finally:
            assert s.end()[0] == 0

    # ---- runs ----

    def streams_a_run_in_order(self):
        streams = [Stream(self.server), Stream(self.server)]
        number = self.server.post("/api/run", {"what": "solve"}).document["run"]
        both = [stream.until(lambda name, d: name == "run" and d["run"] == number and d["state"] != "running") for stream in streams]
        assert both[0][1:] == both[1][1:]
        events = both[0]
        assert events[0][0] == "session" and events[1][1]["state"] == "running" and events[-1][1]["state"] == "finished"
        assert events[-1][1]["progress"] == {"done": 5, "total": 5, "stage": "frequency"}
        solves = [document["solve"] for name, document in events if name == "solve"]
        assert [solve["frequency_hz"] for solve in solves] == [290e6, 295e6, 300e6, 305e6, 310e6]
        document = self.server.get(f"/api/run?run={number}").document
        assert document["result"]["solves"] == solves and document["error"] is None and document["seconds"] >= 0
        assert document["sha256"] == sha256(self.deck) and document["what"] == "solve"
        for stream in streams:
            stream.close()

    def agrees_with_the_command_line(self):
        said = subprocess.run([self.program, "solve", str(self.deck), "--threads", "1", "--set", "len=.46", "--json", "-"],
                              capture_output=True, check=True).stdout
        expected = [solve["sources"] for solve in json.loads(said)["solves"]]
        document = self.server.run(what="solve", set={"len": 0.46})
        assert [solve["sources"] for solve in document["result"]["solves"]] == expected and document["set"] == {"len": 0.46}
        one = self.server.run(what="solve", set={"len": 0.46}, frequency_hz=300e6)
        assert [solve["sources"] for solve in one["result"]["solves"]] == [expected[2]]

    def runs_cross_sections(self):
        document = self.server.run(what="rcs", rcs={"theta": [90, 90, 1], "phi": [0, 90, 45], "frequency_hz": [3e8]})
        rcs = document["result"]["solves"][0]["rcs"]
        assert [sample["phi_deg"] for sample in rcs] == [0, 45, 90] and document["state"] == "finished"
        for wrong in ({"theta": [0, 90, -1]}, {"theta": [0, 1e9, 1e-3]}, {"theta": [1, 2]}, {"frequency_hz": [0]}, 7):
            assert self.server.post("/api/run", {"what": "rcs", "rcs": wrong}).code == 400, wrong

    def fails_with_a_place(self):
        document = self.server.run(what="solve", text=DECK.replace("GW 1 9", "GW 1 x9"))
        error = document["error"]
        assert document["state"] == "failed" and document["result"] is None
        assert (error["status"], error["file"], error["line"], error["column"]) == ("input", "dipole.nec", 4, 6)
        for wrong in ({}, {"what": "sing"}, {"what": "solve", "frequency_hz": -1}, {"what": "cosite"}, {"what": "solve", "text": 7}):
            assert self.server.post("/api/run", wrong).code == 400, wrong
        assert self.server.get("/api/run?run=999").code == 404 and self.server.get("/api/run").code == 404
        assert self.server.get("/api/run?run=1x").code == 404

    def stops_and_goes_on(self):
        s, stream = self.server, Stream(self.server)
        number = s.post("/api/run", {"what": "solve", "text": LONG}).document["run"]
        assert s.post("/api/run", {"what": "solve"}).error["status"] == "busy"
        assert s.post("/api/resume", {"run": number}).code == 409
        stream.until(lambda name, d: name == "solve")
        half = s.get(f"/api/run?run={number}").document
        assert half["state"] == "running" and 0 < len(half["result"]["solves"]) < FREQUENCIES
        assert s.post("/api/stop", {"run": number}).code == 200
        document = s.wait(number)
        first = document["result"]["solves"]
        assert document["state"] == "stopped" and 0 < len(first) < FREQUENCIES
        stream.until(lambda name, d: name == "run" and d["state"] == "stopped")
        assert s.post("/api/resume", {"run": number}).code == 200
        again = stream.until(lambda name, d: name == "run" and d["state"] == "finished")
        document = s.get(f"/api/run?run={number}").document
        whole = document["result"]["solves"]
        assert len(whole) == FREQUENCIES and whole[:len(first)] == first
        # what the pages know already does not come again
        assert sum(name == "solve" for name, _ in again) == FREQUENCIES - len(first)
        assert s.post("/api/resume", {"run": number}).code == 409 and s.post("/api/stop", {"run": 998}).code == 404
        stream.close()

    def compares_runs(self):
        s = self.server
        a = s.run(what="solve")["run"]
        b = s.run(what="solve", set={"len": 0.46})["run"]
        document = s.get(f"/api/compare?a={a}&b={b}").document
        assert document["points"] and any(row["change"] for row in document["points"])
        same = s.get(f"/api/compare?a={a}&b={a}").document
        assert all(not row["change"] for row in same["points"])
        assert s.get(f"/api/compare?a={a}&b=997").code == 404 and s.get("/api/compare").code == 404

    def keeps_a_few_runs(self):
        for _ in range(17):
            last = self.server.run(what="solve", frequency_hz=3e8)["run"]
        runs = [run["run"] for run in self.server.get("/api/session").document["runs"]]
        assert runs == list(range(last - 15, last + 1)), runs

    def checks_requirements_and_radios(self):
        s = Server(self.program, CLI / "check.yaml")
        try:
            session = s.get("/api/session").document
            assert session["kind"] == "project" and session["requirements"] > 5
            assert [v["name"] for v in session["variables"]] == ["height", "whip"]
            document = s.run(what="check")
            said = subprocess.run([self.program, "check", str(CLI / "check.yaml"), "--threads", "1", "--json", "-"],
                                  capture_output=True).stdout
            assert document["state"] == "finished" and document["check"] == json.loads(said), document["error"]
            radios = (CLI / "radios.yaml").read_text().replace('"1"', "UHF-1").replace('"2"', "VHF-1")
            assert "nothing is solved" in s.run(what="cosite", radios=radios)["error"]["message"]
            assert s.run(what="solve")["state"] == "finished"
            document = s.run(what="cosite", radios=radios)
            assert document["state"] == "finished" and document["cosite"]["radios"], document["error"]
            document = s.run(what="cosite", radios=radios + "\nnonsense: 1\n")
            assert document["state"] == "failed" and document["error"]["file"] == "radios.yaml" and document["error"]["line"] > 1
        finally:
            assert s.end()[0] == 0

    def reads_touchstone(self):
        s = self.server
        two = "! x\n# MHz S RI R 75\n100 .1 .2 .3 .4 .5 .6 .7 .8\n200 0 0 0 0 0 0 0 0\n"
        document = s.post("/api/touchstone", two, kind="text/plain").document
        assert document["ports"] == ["1", "2"] and document["z0"] == [75, 75] and document["frequency_hz"] == [1e8, 2e8]
        assert document["s"][0] == [[[.1, .2], [.5, .6]], [[.3, .4], [.7, .8]]]
        one = s.post("/api/touchstone", "# GHz S MA R 50\n1 .5 0\n2 .5 0\n3 .5 0\n", kind="text/plain").document
        assert len(one["ports"]) == 1 and len(one["s"]) == 3
        row = " ".join(["0 0"] * 3)
        three = s.post("/api/touchstone", f"# GHz S RI R 50\n1 {row}\n{row}\n{row}\n2 {row}\n{row}\n{row}\n", kind="text/plain").document
        assert len(three["ports"]) == 3 and len(three["s"]) == 2
        bad = s.post("/api/touchstone", "# MHz S RI R 50\n100 .1 x\n", kind="text/plain")
        assert bad.code == 400 and bad.error["status"] == "input" and bad.error["line"] == 2
        assert s.post("/api/touchstone", "", kind="text/plain").code == 400

    # ---- many, dead and deaf clients ----

    def serves_a_hundred_streams(self):
        s = self.server
        streams = [Stream(s) for _ in range(100)]
        number = s.post("/api/run", {"what": "solve", "frequency_hz": 3e8}).document["run"]
        for stream in streams:
            stream.until(lambda name, d: name == "run" and d["run"] == number and d["state"] == "finished")
        for stream in streams:
            stream.close()

    def survives_clients_that_die(self):
        s = self.server
        number = s.post("/api/run", {"what": "solve", "text": LONG, "set": {}}).document["run"]
        for _ in range(20):
            with socket.create_connection(("127.0.0.1", s.port), timeout=PATIENCE) as wire:
                wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # ends with a reset
                wire.sendall(s.head("GET", "/api/events"))
                wire.recv(100)
        deaf = socket.create_connection(("127.0.0.1", s.port), timeout=PATIENCE)
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.sendall(s.head("GET", "/api/events"))  # and never reads
        assert s.wait(number)["state"] == "finished"
        deaf.close()

    def ends_within_a_run(self):
        begin = time.monotonic()
        s = Server(self.program, self.deck)
        stream = Stream(s)
        s.post("/api/run", {"what": "solve", "text": LONG})
        stream.until(lambda name, d: name == "solve")
        status, said = s.end()
        assert status == 0 and "rror" not in said, said
        assert stream.ended.wait(PATIENCE) and time.monotonic() - begin < 10.0
        assert not list(Path("/tmp").glob(f"alicorn-view-??????/run-*-{s.process.pid}"))

    def refuses_what_is_no_file(self):
        for path in (self.folder / "nothing.nec", self.folder):
            done = subprocess.run([self.program, "view", str(path), "--no-open"], capture_output=True, text=True, timeout=PATIENCE)
            assert done.returncode in (2, 3) and "error" in done.stderr and not done.stdout, done
        taken = subprocess.run([self.program, "view", str(self.deck), "--no-open", "--port", str(self.server.port)],
                               capture_output=True, text=True, timeout=PATIENCE)
        assert taken.returncode != 0 and str(self.server.port) in taken.stderr

    def ends_cleanly(self):
        status, said = self.server.end()
        assert status == 0, (status, said)
        assert "rror" not in said, said


def main(program):
    tests = Tests(program)
    failed = run_cases(tests)
    if tests.server.process.poll() is None:
        tests.server.process.kill()
    tests.outside.unlink()
    for path in tests.folder.iterdir():
        path.unlink()
    tests.folder.rmdir()
    return 1 if failed else 0


if len(sys.argv) != 2:
    sys.exit(__doc__)
sys.exit(main(sys.argv[1]))
