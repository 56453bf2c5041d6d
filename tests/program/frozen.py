"""A process that is away for a while, in the middle of its work."""

import contextlib
import os
import signal
import subprocess
import time

import command
from injection import PATIENCE, words_of


class Frozen:
    """A process that is stopped right after the Nth file that it makes appear."""

    def __init__(self, strace, place, nth):
        self.place = place
        self._log = place.folder.parent / "frozen.strace"
        self._process = subprocess.Popen(
            [strace, "-f", "-qq", "-o", str(self._log), "-e", "trace=linkat", "-e", f"inject=linkat:signal=SIGSTOP:when={nth}",
             *words_of(place)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=command.quiet_surroundings())

    def __enter__(self):
        deadline = time.monotonic() + PATIENCE
        while "stopped by SIGSTOP" not in (self._log.read_text() if self._log.exists() else ""):
            assert time.monotonic() < deadline and self._process.poll() is None, "it never came to its stop"
            time.sleep(0.005)
        return self

    @property
    def _pid(self):
        return int(self._log.read_text().split()[0])

    def wake(self):
        """Lets it go on to its end; what it told."""
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < deadline, "it never ended"
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGCONT)
            time.sleep(0.01)
        out = self._process.stdout.read().decode()
        return command.Told(self._process.returncode, out, "", command.only_object(out))

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError, IndexError):
            if self._process.poll() is None:
                os.kill(self._pid, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()
