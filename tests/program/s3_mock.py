"""moto's S3, with faults: python s3_mock.py PORT FAULTS [--forget-condition].

Runs in the virtual environment that has moto, so it imports nothing of the tests. FAULTS is a JSON file, read at every request while it
is there: [{"method": "PUT", "path": "part of the path", "every": 3, "do": "busy"}, ...]. Of the requests that fit, each `every`-th is

  busy    answered 503 SlowDown, and not done
  lost    done, and its connection closed without a reply
  cut     done, and its reply cut short
  denied  answered 403 AccessDenied, and not done
"""

import json
import socket
import sys
from pathlib import Path

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

ERROR = b'<?xml version="1.0"?><Error><Code>%s</Code></Error>'


def hang_up(environ):
    environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
    raise ConnectionAbortedError("the connection ends here, as asked")


def cut(environ, body):
    yield body[: len(body) // 2]
    hang_up(environ)


class Faulty:
    def __init__(self, application, faults, forget_condition):
        self.application = application
        self.faults = faults
        self.forget_condition = forget_condition
        self.seen = {}

    def fault_for(self, environ):
        if not self.faults.exists():
            return None
        for number, fault in enumerate(json.loads(self.faults.read_text())):
            if environ["REQUEST_METHOD"] == fault["method"] and fault["path"] in environ["PATH_INFO"]:
                self.seen[number] = self.seen.get(number, 0) + 1
                if self.seen[number] % fault["every"] == 0:
                    return fault["do"]
        return None

    def __call__(self, environ, start_response):
        if self.forget_condition:
            environ.pop("HTTP_IF_NONE_MATCH", None)
        fault = self.fault_for(environ)
        if fault == "busy":
            return self.refused(start_response, "503 Slow Down", b"SlowDown")
        if fault == "denied":
            return self.refused(start_response, "403 Forbidden", b"AccessDenied")
        if fault == "lost":
            list(self.application(environ, lambda *_: None))
            hang_up(environ)
        body = b"".join(self.application(environ, start_response))
        return cut(environ, body) if fault == "cut" else [body]

    def refused(self, start_response, status, code):
        body = ERROR % code
        start_response(status, [("Content-Type", "application/xml"), ("Content-Length", str(len(body)))])
        return [body]


def main(port, faults, *options):
    application = DomainDispatcherApplication(create_backend_app)
    run_simple("127.0.0.1", int(port), Faulty(application, Path(faults), "--forget-condition" in options), threaded=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
