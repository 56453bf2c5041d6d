"""Things that somebody puts in the place of a file to do harm, and how mf is watched while it meets them."""

import os
import re
import shutil
import subprocess
import tempfile
import threading

import command

MIB = 1 << 20
# What a peak of memory has to stay below. mf itself takes some 20 MiB; the two gigabytes of a file would not fit, nor would the
# tokens of a megabyte of brackets. A process begins with the memory of the one that starts it: this one has to stay small.
MOST_MEMORY = 150 * MIB
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def watched(*args, cwd="/"):
    """Calls mf with --json; its peak of memory is held against the bound, and its words against what a terminal can bear."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        with subprocess.Popen([str(command.MF), "--json", *map(str, args)], cwd=cwd, stdin=subprocess.DEVNULL, stdout=out,
                              stderr=err, env=command.quiet_surroundings()) as process:
            hanging = threading.Timer(command.LONGEST, process.kill)
            hanging.start()
            _, status, used = os.wait4(process.pid, 0)
            hanging.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        told = command.Told(process.returncode, out.read().decode(), err.read().decode())
    assert told.exit >= 0, f"ended by signal {-told.exit}\n{told.err}"
    told.result = command.only_object(told.out)
    assert used.ru_maxrss * 1024 < MOST_MEMORY, f"{used.ru_maxrss // 1024} MiB"
    require_bearable(told)
    return told


def require_bearable(told):
    """One line, of a length that can be read, without anything that drives a terminal or hides from the reader."""
    for text in (told.out, told.err):
        assert not HIDDEN.search(text), repr(text[:2000])
    if failure := told["failure"]:
        assert "\n" not in failure["message"] and len(failure["message"]) < 2000, failure["message"][:3000]
        assert failure["code"] != "INTERNAL", failure


def layout_of(folder):
    """What lies below `folder`, without opening any of it."""
    found = {}
    for path, folders, files in os.walk(folder):
        for name in folders + files:
            about = os.lstat(os.path.join(path, name))
            found[os.path.relpath(os.path.join(path, name), folder)] = (about.st_mode, about.st_size, about.st_ino)
    return found


# What stands in the place of a file.


def take_away(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.is_symlink() or path.exists():
        path.unlink()


def sparse_file(path):
    """Two gigabytes that take no room on the disk."""
    take_away(path)
    path.touch()
    os.truncate(path, 2 << 30)


def pipe_without_a_writer(path):
    take_away(path)
    os.mkfifo(path)


def link_to_a_device(path):
    take_away(path)
    path.symlink_to("/dev/zero")


def folder(path):
    take_away(path)
    path.mkdir()


def link_to_itself(path):
    take_away(path)
    path.symlink_to(path.name)


def link_out(path):
    """The same bytes, outside of every root."""
    elsewhere = tempfile.mkdtemp(dir=outside_of(path))
    shutil.move(path, elsewhere)
    path.symlink_to(os.path.join(elsewhere, path.name))


def outside_of(path):
    """A folder beside the workplace that `path` lies in."""
    (top,) = [parent for parent in path.parents if (parent / "store").is_dir() and (parent / "registry").is_dir()]
    return top.parent


# Texts that are small and mean to become large, or deep.

BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    b"%c: &%c [%s]\n" % (name, name, b", ".join([b"*%c" % (name - 1)] * 9)) for name in range(ord("b"), ord("k")))
TEXTS = {
    "a megabyte of brackets": b"[" * MIB,
    "half a megabyte of brackets, closed": b"[" * (MIB // 2) + b"]" * (MIB // 2),
    "objects in objects": b'{"a":' * (MIB // 5),
    "maps in maps": b"{a: " * (MIB // 4),
    "lists as keys": b"[a, " * (MIB // 4),
    "empty lists": b"[" + b"[]," * (MIB // 3) + b"[]]",
    "empty texts": b"[" + b'"",' * (MIB // 3) + b'""]',
    "a list of a million": b"[" + b"1," * MIB + b"1]",
    "dashes in a line": b"- " * (MIB // 2),
    "a dash on each of a million lines": b"- \n" * MIB,
    "blocks in blocks": b"".join(b" " * depth + b"a:\n" for depth in range(1000)),
    "keys of keys": b"? " * (MIB // 2),
    "an alias bomb": BOMB,
    "a merge key": b"base: &base {x: 1}\nother:\n  <<: *base\n",
    "a tag that runs a command": b'a: !!python/object/apply:os.system ["touch /tmp/x"]\n',
    "a text of four megabytes": b'"' + b"x" * (4 * MIB - 3) + b'"',
    "a plain text of three megabytes": b"a: " + b"x" * (3 * MIB),
    "a block of text": b"a: |\n" + b"  xxxxxxxxxxxxxxxxxxxxxxxxxxxxx\n" * (MIB // 16),
    "a text of escapes": b'"' + b"\\u0041" * (MIB // 6) + b'"',
    "a key of a megabyte": b'{"' + b"k" * MIB + b'": 1}',
    "a number of a megabyte": b"1" * MIB,
    "blank lines": b"\n" * MIB,
    "documents": b"---\n" * (MIB // 4),
    "comments": b"# x\n" * (MIB // 4),
    "bytes that are no text": bytes(range(128, 256)) * 100,
    "overlong": b'{"a": "\xc0\xaf"}',
    "a surrogate": b'{"a": "\xed\xa0\x80"}',
    "half a pair, escaped": b'{"a": "\\ud800"}',
    "a half key": b'{"\\udfff": 1}',
    "a NUL": b'{"a": 1}\x00{"b": 2}',
}
