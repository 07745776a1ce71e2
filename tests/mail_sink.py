"""A mail server for tests: it takes everything and keeps it."""

import socketserver
import threading

import pytest


class Sink(socketserver.StreamRequestHandler):
    """A mail server that takes everything."""

    def handle(self):
        self.say("220 sink")
        while line := self.rfile.readline().strip().upper():
            if line.startswith(b"DATA"):
                self.say("354 go on")
                parts = iter(self.rfile.readline, b".\r\n")
                self.server.mails.append(b"".join(parts))
            self.say("221 bye" if line.startswith(b"QUIT") else "250 ok")

    def say(self, text):
        self.wfile.write(f"{text}\r\n".encode())


@pytest.fixture
def sink():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Sink) as server:
        server.mails = []
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
