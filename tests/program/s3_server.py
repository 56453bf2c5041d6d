"""Object stores on loopback, started by the tests.

Two servers out of package registries, which `./dev` installs into build/s3: versitygw, a real gateway from S3 to a file system, and
moto, a mock that can be told to misbehave (s3_mock.py). A test that needs one that is not there is skipped, loudly, and never on CI.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

import command
from s3_bucket import ACCESS_KEY, REGION, SECRET_KEY

INSTALLED = Path(os.environ.get("MF_S3_SERVERS") or command.ROOT / "build" / "s3")
STARTS_WITHIN = 60  # seconds; usually one, or a few for the mock


def gateway():
    """The program versitygw, or None."""
    return shutil.which("versitygw", path=str(INSTALLED / "bin")) or shutil.which("versitygw")


def mock_python():
    """The Python that has moto, or None."""
    python = INSTALLED / "venv" / "bin" / "python"
    return str(python) if python.is_file() else None


def missing(server):
    """Ends the test that needs `server`."""
    assert os.environ.get("CI") != "true", f"{server} is not there; ./dev installs it"
    pytest.skip(f"{server.upper()} IS NOT THERE: NOTHING IS KNOWN ABOUT THE STORE ON S3")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A process that listens on loopback."""

    def __init__(self, arguments, port, log, **environment):
        self.endpoint = f"http://127.0.0.1:{port}"
        self.log = log
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                [*map(str, arguments)], stdin=subprocess.DEVNULL, stdout=out, stderr=out, env={**os.environ, **environment})
        self._wait_for(port)

    def _wait_for(self, port):
        end = time.monotonic() + STARTS_WITHIN
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                return
            except OSError:
                assert self.process.poll() is None and time.monotonic() < end, f"no server:\n{self.log.read_text()}"
                time.sleep(0.05)

    def stop(self):
        self.process.kill()
        self.process.wait()


def start_gateway(folder, port=None, *options):
    """versitygw, with its buckets as folders below `folder`."""
    buckets, port = folder / "buckets", port or free_port()
    buckets.mkdir(parents=True)
    return Server(
        [gateway() or missing("versitygw"), "--port", f"127.0.0.1:{port}", "--region", REGION, "--quiet", *options, "posix", buckets],
        port, folder / "versitygw.log", ROOT_ACCESS_KEY=ACCESS_KEY, ROOT_SECRET_KEY=SECRET_KEY)


def start_mock(folder, *options):
    """moto behind s3_mock.py, which reads its faults from `folder`/faults.json."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    script = Path(__file__).parent / "s3_mock.py"
    return Server([mock_python() or missing("moto"), script, port, folder / "faults.json", *options], port, folder / "moto.log")


if __name__ == "__main__":  # for trying things by hand: python3 tests/program/s3_server.py FOLDER
    print(start_gateway(Path(sys.argv[1])).endpoint)
