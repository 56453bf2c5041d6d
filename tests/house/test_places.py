"""Everything has its place: names of files, the top level of the repository, the first lines of a public header."""

import fnmatch
import re
import shutil
import subprocess

import pytest
from house import ROOT, cpp_files, named
from test_rooms import room_of

TOP_LEVEL = {"CMakeLists.txt", "README.md", "dev", "include", "src", "schemas", "tests", "docs", "bench", "fuzz"}
NAMELESS = {"util", "utils", "common", "commons", "helper", "helpers", "manager", "managers", "misc"}


def names_nothing(path):
    """Whether a part of the path says nothing of what is in it: utils, helpers, or the number of a phase."""
    words = re.split(r"[/_.\-]", path.lower())
    return bool(NAMELESS & set(words)) or re.search(r"phase[_\-]?\d", path.lower()) is not None


def misplaced(entries):
    """The top-level entries that should not be there."""
    return sorted(entry for entry in entries if entry not in TOP_LEVEL and not entry.startswith("."))


def top_level():
    """What the repository holds at its top: what git tracks, or in an unpacked archive, what lies there unignored."""
    return tracked_at_top() or {entry.name for entry in ROOT.iterdir() if not ignored(entry.name)}


def tracked_at_top():
    """What git tracks there: nothing, where there is no git or no repository."""
    if not shutil.which("git"):
        return set()
    git = subprocess.run(["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=False)
    return {line.split("/")[0] for line in git.stdout.splitlines()}


def ignored(name):
    patterns = [line.strip("/") for line in (ROOT / ".gitignore").read_text().splitlines() if not line.startswith("#")]
    return any(fnmatch.fnmatch(name, pattern) for pattern in patterns)


def opening_fault(path, text):
    """What the first lines of the public header at `path` lack, or None."""
    lines = text.splitlines()
    if not lines or lines[0] != "#pragma once":
        return "the first line is not #pragma once"
    comment = []
    for line in lines[1:]:
        if not line.startswith("//"):
            break
        comment.append(line.strip("/ "))
    place = "the doorstep" if room_of(path) == "doorstep" else room_of(path)
    return None if re.search(rf"\bRoom: {place}\b", " ".join(comment)) else f"the opening comment lacks 'Room: {place}'"


def test_no_file_has_a_name_that_says_nothing():
    folders = [ROOT / name for name in TOP_LEVEL if (ROOT / name).is_dir()]
    found = [named(path) for folder in folders for path in folder.rglob("*") if names_nothing(named(path))]
    assert not found, f"name the one thing that each of these owns: {found}"


def test_the_top_level_holds_what_a_newcomer_needs_and_no_more():
    assert misplaced(top_level()) == []


def test_every_public_header_opens_with_its_room():
    headers = [path for path in cpp_files() if path.suffix == ".hpp" and named(path).startswith("include/mf/")]
    assert headers, "no public headers found"
    opened = {named(path): opening_fault(named(path), path.read_text()) for path in headers}
    assert not {path: fault for path, fault in opened.items() if fault}


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    "path", ["src/store/utils.cpp", "src/common/a.cpp", "tests/run_helpers.py", "src/factory/phase3.cpp", "docs/Phase_4.md"]
)
def test_a_name_that_says_nothing_is_found(path):
    assert names_nothing(path)


@pytest.mark.parametrize("path", ["src/store/filesystem_store.cpp", "src/factory/phases.cpp", "src/utility_curve/a.cpp"])
def test_a_name_that_says_something_is_let_through(path):
    assert not names_nothing(path)


def test_a_stray_top_level_entry_is_found():
    assert misplaced({"README.md", ".clang-tidy", "notes.txt", "src"}) == ["notes.txt"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "// Room: store.\n#pragma once\n",
        "#pragma once\n#include <vector>\n// Room: store.\n",
        "#pragma once\n// Keeps things.\n//\n// Room: ledger.\n",
    ],
)
def test_a_header_without_its_opening_is_found(text):
    assert opening_fault("include/mf/store/a.hpp", text)


def test_a_header_with_its_opening_is_let_through():
    assert opening_fault("include/mf/store/a.hpp", "#pragma once\n// Keeps things.\n//\n// Room: store (one).\n") is None
    assert opening_fault("include/mf/time.hpp", "#pragma once\n// Room: the doorstep, open to all.\n") is None
