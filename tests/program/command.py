"""The program under test, called from outside as its users call it."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(os.environ.get("MF_SOURCE_DIR") or Path(__file__).parents[2])
sys.path.append(str(ROOT / "tests" / "support"))
MF = Path(os.environ.get("MF_BIN") or ROOT / "build" / "bin" / "mf").resolve()
CACHE = tempfile.mkdtemp(prefix="mf-cache-")  # what mf keeps of the runs of this session, and not in the developer's home
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
LONGEST = 120  # seconds; only a hanging program takes so long


@dataclass
class Told:
    """What a call of mf left: its exit status, both streams, and the result if --json was asked for."""

    exit: int
    out: str
    err: str
    result: dict = None

    def __getitem__(self, name):
        return self.result[name]

    @property
    def code(self):
        return self.result["failure"] and self.result["failure"]["code"]


def quiet_surroundings(**more):
    """An environment in which nothing of the developer's own reaches mf."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": CACHE, **more}


def call(*args, cwd="/", stdin=None, env=None, stdout=subprocess.PIPE, under=()):
    """Runs mf with exactly these arguments, in a folder without a platform profile; `under` another program, if given."""
    ended = subprocess.run(
        [*map(str, under), str(MF), *map(str, args)], cwd=cwd, input=stdin, stdout=stdout, stderr=subprocess.PIPE,
        env=quiet_surroundings(**(env or {})), timeout=LONGEST, check=False)
    return Told(ended.returncode, (ended.stdout or b"").decode(), ended.stderr.decode())


def only_object(text):
    """The one JSON object that `text` is: one line, nothing before it, nothing after it."""
    assert text.endswith("\n") and text.count("\n") == 1, f"stdout is not one line: {text!r}"

    def without_repeats(pairs):
        assert len({name for name, _ in pairs}) == len(pairs), f"a key is repeated: {text!r}"
        return dict(pairs)

    def refuse(word):
        raise AssertionError(f"{word} is no JSON number")

    value = json.loads(text, object_pairs_hook=without_repeats, parse_constant=refuse)
    assert isinstance(value, dict)
    return value


def told(*args, **how):
    """Runs mf with --json and returns what it told, however it ended."""
    answer = call("--json", *args, **how)
    answer.result = only_object(answer.out)
    return answer


def mf(*args, expect=0, **how):
    """Runs mf with --json, requires the exit status, and returns what it told."""
    answer = told(*args, **how)
    assert answer.exit == expect, f"exit {answer.exit}, expected {expect}\n{answer.out}{answer.err}"
    failure = answer.result["failure"]
    assert (failure is None) == (expect in (0, 1)), answer.out
    assert failure is None or failure["exit"] == expect, answer.out
    return answer
