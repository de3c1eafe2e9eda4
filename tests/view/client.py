# SPDX-License-Identifier: Apache-2.0
"""A running `alicorn view` and ways to speak to it: as a browser would, and as none should."""
import hashlib
import http.client
import json
import os
import queue
import re
import signal
import socket
import subprocess
import threading
import time

PATIENCE = 60.0  # [s] for anything that has to happen


class Answer:
    def __init__(self, code, headers, body):
        self.code, self.headers, self.body = code, headers, body

    @property
    def document(self):
        return json.loads(self.body)

    @property
    def error(self):
        return self.document["error"]


class Stream:
    """Events as they come, gathered by a thread of its own."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.connection.request("GET", f"/api/events?token={server.token}")
        self.response = self.connection.getresponse()
        self.events = queue.Queue()
        self.ended = threading.Event()
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self):
        name = None
        try:
            for line in self.response:
                line = line.decode().rstrip("\n")
                if line.startswith("event: "):
                    name = line[7:]
                elif line.startswith("data: "):
                    self.events.put((name, json.loads(line[6:])))
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass
        self.ended.set()

    def until(self, good):
        """All events up to the first that is good, that one last."""
        seen = []
        end = time.monotonic() + PATIENCE
        while True:
            seen.append(self.events.get(timeout=max(0.01, end - time.monotonic())))
            if good(*seen[-1]):
                return seen

    def close(self):
        try:
            self.connection.sock.shutdown(socket.SHUT_RDWR)
        except (OSError, AttributeError):
            pass


class Server:
    def __init__(self, program, path, *options):
        # a run of its own that takes long is to be interrupted within tests, not to be fast
        self.process = subprocess.Popen(
            [program, "view", str(path), "--no-open", "--threads", "1", *options], stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
        self.url = self.process.stdout.readline().strip()
        match = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/\?token=([0-9a-f]{32})", self.url)
        if not match:
            raise RuntimeError(self.url + self.process.communicate()[1])
        self.port, self.token = int(match.group(1)), match.group(2)

    def ask(self, method, path, body=None, headers=None, token=True, kind="application/json"):
        sent = {"X-Alicorn-Token": self.token} if token else {}
        if body is not None:
            sent["Content-Type"] = kind
            if not isinstance(body, (bytes, str)):
                body = json.dumps(body)
        sent.update(headers or {})
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.putrequest(method, path, skip_host="Host" in sent)
            data = body.encode() if isinstance(body, str) else body
            if data is not None and "Content-Length" not in sent:
                sent["Content-Length"] = str(len(data))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders(data)
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            connection.close()

    def get(self, path, **more):
        return self.ask("GET", path, **more)

    def post(self, path, body, **more):
        return self.ask("POST", path, body, **more)

    def put(self, path, body):
        return self.ask("PUT", path, body)

    def raw(self, data, wait=PATIENCE):
        """Bytes on a socket of their own, and all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as wire:
            wire.sendall(data)
            return read_all(wire)

    def head(self, method, path, *lines):
        lines = (f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", f"X-Alicorn-Token: {self.token}", *lines)
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def run(self, **request):
        """Start a run and wait for its end: its document."""
        answer = self.post("/api/run", request)
        if answer.code != 200:
            raise RuntimeError(answer.body)
        return self.wait(answer.document["run"])

    def wait(self, number):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            document = self.get(f"/api/run?run={number}").document
            if document["state"] != "running":
                return document
            time.sleep(0.02)
        raise RuntimeError(f"run {number} does not end")

    def threads(self):
        return len(os.listdir(f"/proc/{self.process.pid}/task"))

    def end(self):
        """Exit status after an interrupt, and what was said on standard error."""
        self.process.send_signal(signal.SIGINT)
        said = self.process.communicate(timeout=PATIENCE)[1]
        return self.process.returncode, said


def read_all(wire):
    got = b""
    try:
        while part := wire.recv(1 << 16):
            got += part
    except OSError:
        pass
    return got


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()
