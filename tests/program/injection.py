"""System calls disturbed one by one: which calls of a run change files, and how to end, fail or freeze the process there.

strace counts the calls of each name for each thread. So the Nth call is the same one in every run only while one thread
changes files, which `recorded` requires; and each disturbed run is held against the recorded one, by name and place.
"""

import os
import random
import re
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

import command

ALL = os.environ.get("MF_TORTURE") == "all"
FORM = "all" if ALL else "a-sample"
SEED = 20261122
PATIENCE = 60  # seconds; only a hanging program takes so long
HANDS = len(os.sched_getaffinity(0))

# Every call by which a process can change what lies in a folder, through its path or through a descriptor.
CHANGING = (
    "openat", "openat2", "open", "creat", "write", "writev", "pwrite64", "pwritev", "pwritev2", "sendfile", "copy_file_range",
    "splice", "fsync", "fdatasync", "sync_file_range", "syncfs", "link", "linkat", "symlink", "symlinkat", "rename", "renameat",
    "renameat2", "unlink", "unlinkat", "rmdir", "mkdir", "mkdirat", "mknod", "mknodat", "truncate", "ftruncate", "fallocate",
    "chmod", "fchmod", "fchmodat", "chown", "fchown", "fchownat", "lchown", "utimensat", "setxattr", "fsetxattr")
OPENING = ("openat", "openat2", "open", "creat")
FOR_CHANGE = ("O_CREAT", "O_TMPFILE", "O_WRONLY", "O_RDWR", "O_TRUNC")
# Every call by which it reads from there.
LOOKING = ("openat2", "read", "pread64", "newfstatat", "getdents64")
# As on a file system without files that have no name: each time the store tries to name one, it is not there. It goes on by
# way of a temporary name, which is the next call.
ONLY_BY_NAME = ("-e", "inject=linkat:error=ENOENT:when=1+2")
WITH_DATA = ("read", "pread64", "write", "writev", "pwrite64", "pwritev", "pwritev2")

_LINE = re.compile(r"^(?P<thread>\d+) +(?P<call>[a-z0-9_]+)\((?P<words>.*)$")
_ANSWER = re.compile(r"\) = -?\d.*$|\) += \?.*$|<unfinished \.\.\.>.*$|\) .*\(INJECTED\).*$")
_UNDONE = re.compile(r"\(INJECTED\)$|\) += \?$|<unfinished \.\.\.>$")  # it failed instead, or the process ended before it


@dataclass(frozen=True)
class Point:
    """The `nth` call of its name, and the place in the workplace that it is about."""

    call: str
    nth: int
    place: str

    def __str__(self):
        return f"{self.call} number {self.nth} ({self.place})"


def place_of(call, words, folder):
    """The paths beneath `folder` that a call names, relative to it; what has no name yet is a `#` in its folder."""
    named = _ANSWER.sub("", words)
    if f"<{folder}" not in named:
        return ""
    descriptors = re.findall(r"\d+<" + re.escape(str(folder)) + r"/?([^>]*)>", named)
    texts = [] if call in WITH_DATA else [text for text in re.findall(r'"([^"]*)"', named) if not text.startswith("/proc")]
    return re.sub(r"#\d+|(?<=\.mf-tmp/)[\d-]+", "#", "/".join(descriptors + texts))


def calls_of(log, folder):
    """Every call of a trace, in order: thread, point, words."""
    counts = {}
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        thread, call, words = found["thread"], found["call"], found["words"]
        counts[thread, call] = counts.get((thread, call), 0) + 1
        yield thread, Point(call, counts[thread, call], place_of(call, words, folder)), words


def changes(point, words):
    if not point.place or point.call not in CHANGING:
        return False
    return point.call not in OPENING or any(flag in words for flag in FOR_CHANGE)


def looks(point, words):
    return bool(point.place) and point.call in LOOKING and not changes(point, words)


def words_of(place):
    return [str(command.MF), "--json", "--profile", str(place.profile), "run", str(place.request_file)]


def traced(strace, place, calls, *options, words=words_of):
    """`mf run`, or the `words` of another command, on `place` under strace; what it told, and the trace of `calls`.

    Without --seccomp-bpf, which is faster and loses the signals that are injected."""
    log = place.folder.parent / f"{place.folder.name}.strace"
    ended = subprocess.run(
        [strace, "-f", "-qq", "-y", "-o", str(log), "-e", "trace=" + ",".join(calls), *options,
         *words(place)],
        cwd=place.folder.parent, capture_output=True, env=command.quiet_surroundings(), timeout=PATIENCE, check=False)
    return ended, log


def recorded(strace, place, wanted=changes, always=(), words=words_of, ends_with=0):
    """The points of an undisturbed `mf run`, or of other `words`, on `place` that are `wanted`, in the order in which they happen.

    `always` are injections that belong to the surroundings."""
    ended, log = traced(strace, place, CHANGING + LOOKING, *always, words=words)
    assert ended.returncode == ends_with, ended.stderr.decode()
    found = [(thread, point) for thread, point, said in calls_of(log, place.folder) if wanted(point, said)]
    assert len({thread for thread, _ in found}) == 1, "more than one thread does it: the Nth call is not always the same"
    return [point for _, point in found]


def disturbed(strace, place, point, how, always=(), from_then_on=False, words=words_of):
    """`mf run` on `place` with `how` (signal=KILL, error=EIO, …) done to it at `point`, and nowhere else; or at each such
    call from then on."""
    there = ("-e", f"inject={point.call}:{how}:when={point.nth}{'+' if from_then_on else ''}")
    ended, log = traced(strace, place, {point.call, "linkat"} if always else {point.call}, *always, *there,
                        words=words)
    threads = {}
    for thread, met, said in calls_of(log, place.folder):
        if met.call == point.call:
            threads.setdefault(thread, []).append((met, said))
    mine = next(iter(threads.values()), [])  # the first thread that calls is the main one
    assert len(mine) >= point.nth, f"{point} was never reached"
    met, said = mine[point.nth - 1]
    assert met == point, f"the run is another one than was recorded: {point}, and now {met}"
    assert _UNDONE.search(said), f"{point} was not disturbed: {said}"
    return ended


def chosen(things, number, salt=0):
    """All of them in the long form; else `number` of them, drawn by a fixed seed, in their order."""
    things = list(things)
    if ALL or len(things) <= number:
        return things
    drawn = random.Random(f"{SEED}/{salt}").sample(range(len(things)), number)
    return [things[i] for i in sorted(drawn)]


def for_each(things, act):
    """Calls `act` for each, as many at once as there are processors; every failure is told, not the first one only."""
    def without_raising(thing):
        try:
            act(thing)
        except Exception as error:  # pylint: disable=broad-except
            return f"{thing}: {type(error).__name__}: {error}"
        return None
    with ThreadPoolExecutor(HANDS) as hands:
        failures = [told for told in hands.map(without_raising, things) if told]
    if failures:
        pytest.fail(f"{len(failures)} of {len(things)}:\n" + "\n".join(failures[:20]), pytrace=False)
