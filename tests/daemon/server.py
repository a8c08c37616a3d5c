# SPDX-License-Identifier: GPL-2.0-or-later
"""An HTTPS server on loopback that behaves as its paths say."""

import http.server
import ssl
import subprocess
import threading
import time


def make_certificates(folder):
    """A throw-away authority, and a certificate of it for localhost."""
    def openssl(*words):
        subprocess.run(["openssl", *map(str, words)], check=True,
                       capture_output=True)

    new = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
           "-days", "2"]
    openssl("req", "-x509", *new, "-keyout", folder / "ca.key", "-out",
            folder / "ca.pem", "-subj", "/CN=throw-away")
    openssl("req", "-x509", *new, "-keyout", folder / "tls.key", "-out",
            folder / "tls.pem", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost", "-CA", folder / "ca.pem",
            "-CAkey", folder / "ca.key")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def send(self, body, status=200, length=None, **headers):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body) if length is None
                                               else length))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        ill = self.server.ill
        self.server.posted.append(
            (self.headers["Content-Type"], body))
        if not ill:
            self.server.accepted.append(body)
        self.send(b"", 503 if ill else 204)

    def do_GET(self):
        server = self.server
        server.seen.append((self.path, dict(self.headers)))
        how, _, name = self.path.lstrip("/").partition("/")
        body = server.files.get(name)
        try:
            getattr(self, "how_" + how)(name, body)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            self.close_connection = True

    def how_good(self, name, body):
        if body is None:
            self.send(b"no such file", 404)
            return
        tag = f'"{hash(body)}"'
        if self.headers.get("If-None-Match") == tag:
            self.send(b"", 304, ETag=tag)
        else:
            self.send(body, ETag=tag)

    def how_stall(self, name, body):
        self.send(body[:10], length=len(body))
        self.wfile.flush()
        time.sleep(20)
        self.close_connection = True

    def how_truncate(self, name, body):
        self.send(body[:10], length=len(body))
        self.close_connection = True

    def how_resume(self, name, body):
        """The first answer breaks off, the second goes on from there."""
        wanted = self.headers.get("Range")
        if not wanted:
            self.send(body[:7], length=len(body), ETag='"same"')
            self.close_connection = True
            return
        start = int(wanted.removeprefix("bytes=").rstrip("-"))
        assert self.headers["If-Range"] == '"same"'
        self.send(body[start:], 206, ETag='"same"', Content_Range=
                  f"bytes {start}-{len(body) - 1}/{len(body)}")

    def how_changed(self, name, body):
        """As above, but in between it has become another file."""
        if len([p for p, _ in self.server.seen if p == self.path]) == 1:
            self.send(b"other", length=len(body), ETag='"old"')
            self.close_connection = True
        else:
            self.send(body, ETag='"new"')

    def how_flaky(self, name, body):
        if len([p for p, _ in self.server.seen if p == self.path]) < 3:
            self.send(b"", 503)
        else:
            self.send(body)

    def how_endless(self, name, body):
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(body + bytes(1 << 16))

    def how_garbage(self, name, body):
        self.send(bytes(range(256)) * len(body))

    def how_swapped(self, name, body):
        self.send(bytes(255 - byte for byte in body))

    def how_same(self, name, body):
        self.send(b"", 302, Location=f"/good/{name}")

    def how_away(self, name, body):
        self.send(b"", 302, Location=self.server.elsewhere + f"/good/{name}")

    def how_plain(self, name, body):
        self.send(b"", 302, Location="http://localhost:1/good/" + name)

    def how_file(self, name, body):
        self.send(b"", 302, Location="file:///etc/passwd")

    def how_loop(self, name, body):
        self.send(b"", 302, Location=self.path)

    def how_missing(self, name, body):
        self.send(b"", 404)

    def how_nothttp(self, name, body):
        self.wfile.write(b"\x00\xff" * 1000)
        self.close_connection = True


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder, secure=True):
        super().__init__(("127.0.0.1", 0), Handler)
        self.files, self.seen, self.posted, self.accepted = {}, [], [], []
        self.ill = False
        self.elsewhere = ""
        self.url = f"http://localhost:{self.server_port}"
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(folder / "tls.pem", folder / "tls.key")
            self.socket = context.wrap_socket(self.socket, server_side=True,
                                              do_handshake_on_connect=False)
            self.url = f"https://localhost:{self.server_port}"
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def handle_error(self, request, client_address):
        pass
