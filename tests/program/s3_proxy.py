"""HTTP between the program and a server of S3, with faults: what the network, or a server in trouble, does to one request."""

import http.client
import http.server
import socket
import ssl
import struct
import subprocess
import threading
import time
from dataclasses import dataclass, field

HOP_BY_HOP = ("connection", "keep-alive", "transfer-encoding", "content-length")
ERROR = '<?xml version="1.0"?><Error><Code>{}</Code></Error>'
SILENCE = 1  # seconds, the least that a platform profile can ask for
LONGER_THAN_SILENCE = 2.5 * SILENCE  # the program looks at its clock once a second


@dataclass
class Reply:
    status: int
    headers: list
    body: bytes


@dataclass
class Exchange:
    """One request on its way; a fault decides what becomes of it."""

    number: int  # from 1, of all that the proxy met
    method: str
    path: str
    _handler: object = field(repr=False)

    def pass_on(self):
        """Has the server do it; its reply."""
        return self._handler.pass_on()

    def answer(self, reply):
        self._handler.answer(reply)

    def hold(self):
        self._handler.server.proxy.hold()

    def refuse(self, status, code):
        self.answer(Reply(status, [("Content-Type", "application/xml")], ERROR.format(code).encode()))

    def hang_up(self):
        self._handler.hang_up()


# Faults. Each is called with the exchange, and answers it or not.


def none(exchange):
    exchange.answer(exchange.pass_on())


def reset(exchange):
    """The connection breaks before the server sees the request."""
    exchange.hang_up()


def broken(exchange):
    exchange.refuse(500, "InternalError")


def busy(exchange):
    exchange.refuse(503, "SlowDown")


def raced(exchange):
    """What S3 says to a conditional put while another one is under way."""
    exchange.refuse(409, "ConditionalRequestConflict") if exchange.method == "PUT" else busy(exchange)


def lost(exchange):
    """Done, and nobody is told."""
    exchange.pass_on()
    exchange.hang_up()


def late(exchange):
    """Done, and told when nobody listens any more."""
    reply = exchange.pass_on()
    time.sleep(LONGER_THAN_SILENCE)
    exchange.answer(reply)


def slow(exchange):
    time.sleep(0.3 * SILENCE)
    none(exchange)


def cut(exchange):
    """Half of the body, then nothing."""
    reply = exchange.pass_on()
    exchange._handler.answer(reply, cut_at=len(reply.body) // 2)
    exchange.hang_up()


def flipped(exchange):
    """One byte of what was kept comes otherwise; each time another one."""
    reply = exchange.pass_on()
    if exchange.method == "GET" and "list-type" not in exchange.path and reply.status < 300 and reply.body:
        body = bytearray(reply.body)
        body[exchange.number % len(body)] ^= 1
        reply.body = bytes(body)
    exchange.answer(reply)


def held_undone(exchange):
    """Not done, and held until the proxy is told to go on."""
    exchange.hold()
    exchange.hang_up()


def held_done(exchange):
    """Done, and its reply held until the proxy is told to go on."""
    exchange.pass_on()
    exchange.hold()
    exchange.hang_up()


TRANSIENT = (reset, broken, busy, raced, lost, late, slow, cut, flipped)


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def meet(self):
        self.content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            self.server.proxy.meet(self)
        except OSError:  # the program went away
            self.close_connection = True

    do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = meet

    def pass_on(self):
        server = http.client.HTTPConnection(*self.server.proxy.behind, timeout=60)
        server.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
        for name, value in self.headers.items():
            server.putheader(name, value)
        server.endheaders(self.content)
        reply = server.getresponse()
        told = Reply(reply.status, reply.getheaders(), reply.read())
        server.close()
        return told

    def answer(self, reply, cut_at=None):
        lengths = [value for name, value in reply.headers if name.lower() == "content-length"]
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in HOP_BY_HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", lengths[0] if self.command == "HEAD" and lengths else str(len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[:cut_at])
        self.wfile.flush()

    def hang_up(self):
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()

    def log_message(self, *_):
        pass


class Listener(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, *_):
        pass  # a program that was killed hangs up in the middle

    def shutdown_request(self, request):
        self.close_request(request)  # without a word, so that who hangs up is not polite


def self_signed(folder):
    """A key and a certificate for 127.0.0.1 that no authority has signed; the certificate alone is beside it, as .crt."""
    file = folder / "server.pem"
    subprocess.run(  # openssl comes with ca-certificates
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=mf",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", file, "-out", file.with_suffix(".crt")], check=True, capture_output=True)
    file.write_text(file.read_text() + file.with_suffix(".crt").read_text())
    return file


class Proxy:
    """Listens on loopback and passes on to `endpoint`. `fault` says what to do with a request: called with (number, method, path), it
    returns one of the faults above, or any function of an exchange."""

    def __init__(self, endpoint, certificate=None):
        host, port = endpoint.removeprefix("http://").split(":")
        self.behind = (host, int(port))
        self.fault = self.heal()
        self.met = []
        self.held = threading.Event()
        self._go_on = threading.Event()
        self._lock = threading.Lock()
        self._listener = Listener(("127.0.0.1", 0), Handler)
        self._listener.proxy = self
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._listener.socket = context.wrap_socket(self._listener.socket, server_side=True)
        self.endpoint = f"{'https' if certificate else 'http'}://127.0.0.1:{self._listener.server_address[1]}"
        threading.Thread(target=self._listener.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def heal(self):
        self.fault = lambda number, method, path: none
        return self.fault

    def always(self, fault, method="", path=""):
        """From now on every request of the method whose path holds `path`."""
        self.fault = lambda _, m, p: fault if method in m and path in p else none

    def nth(self, fault, wanted, method="", path=""):
        """The `wanted`th such request from now on, and no other one."""
        count = iter(range(1, 1 << 30))
        self.fault = lambda _, m, p: fault if method in m and path in p and next(count) == wanted else none

    def hold(self):
        self.held.set()
        self._go_on.wait(60)

    def go_on(self):
        self._go_on.set()

    def meet(self, handler):
        with self._lock:
            self.met.append((handler.command, handler.path))
            exchange = Exchange(len(self.met), handler.command, handler.path, handler)
            fault = self.fault(exchange.number, exchange.method, exchange.path)
        fault(exchange)

    def stop(self):
        self.go_on()
        self._listener.shutdown()
        self._listener.server_close()
