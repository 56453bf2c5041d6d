"""Includes flow one way: every #include line and every mf_room line against the table of rooms."""

import re

import pytest
from house import ROOT, cpp_files, named
from room_table import DOORSTEP, IN_PUBLIC_HEADERS, LIBRARIES, NOT_ROOMS, ROOMS, SYSTEM

INCLUDE = re.compile(r'^\s*#\s*include\b\s*(?:<([^>]+)>|"([^"]+)")?')
STANDARD = re.compile(r"[a-z_0-9]+")  # <vector>, <cstdio>: no folder, no ending
MF_ROOM = re.compile(r"^mf_room\((\w+)([^)]*)\)", re.MULTILINE)


def room_of(path):
    """The room of a source file (`include/mf/store/x.hpp`, `src/store/x.cpp`), or None if it lies in none."""
    if path.startswith("include/mf/"):
        parts = path.removeprefix("include/mf/").split("/")
        return "doorstep" if f"mf/{parts[0]}" in DOORSTEP else parts[0] if len(parts) > 1 else None
    parts = path.removeprefix("src/").split("/")
    doorstep = dict.fromkeys(("error.cpp", "redaction.cpp", "shared_library.cpp", "time.cpp"), "doorstep")
    return {**doorstep, "main.cpp": "main"}.get(parts[0]) if len(parts) == 1 else parts[0]


def allowed_rooms(room):
    return {**ROOMS, **NOT_ROOMS}[room] | {room}


def fault_of_angle(path, header):
    """Why <header> may not be included by the file at `path`, or None."""
    if STANDARD.fullmatch(header):
        return None
    if path.startswith("include/"):
        return None if header in IN_PUBLIC_HEADERS else "a public header shows no library"
    owners = owners_of(header)
    if owners is None:
        return "no row of room_table.py knows this header"
    return None if room_of(path) in owners else f"belongs to {', '.join(sorted(owners))}"


def owners_of(header):
    for name, (_, rooms) in LIBRARIES.items():
        if header == name or name.endswith("/") and header.startswith(name):
            return rooms
    return SYSTEM.get(header)


def fault_of_quoted(path, header):
    """Why "header" may not be included by the file at `path`, or None."""
    if header in DOORSTEP:
        return None
    room, parts = room_of(path), header.split("/")
    if parts[0] == "mf" and len(parts) == 3:
        return None if parts[1] in allowed_rooms(room) else f"{room} may not include the room {parts[1]}"
    if path.startswith("include/"):
        return "a public header includes public headers by their full names, \"mf/ROOM/X.hpp\""
    return None if parts[0] == room and len(parts) == 2 else "a private header is for its own room, as \"ROOM/X.hpp\""


def faults(path, line):
    """What is wrong with one line of the file at `path`: a list with one text, or none."""
    include = INCLUDE.match(line)
    if not include:
        return []
    angle, quoted = include.groups()
    if angle is None and quoted is None:
        return [f"{path}: {line.strip()}: an include without a plain name cannot be checked"]
    fault = fault_of_angle(path, angle) if angle else fault_of_quoted(path, quoted)
    return [f"{path}: {line.strip()}: {fault}"] if fault else []


def room_lines(cmake):
    """mf_room lines as {room: the rooms it links}."""
    return {name: set(words.split("PRIVATE")[0].split()) for name, words in MF_ROOM.findall(cmake)}


def test_every_include_line_agrees_with_the_table():
    files = cpp_files()
    assert files, "no source files found"
    known = [path for path in map(named, files) if room_of(path) in ROOMS or room_of(path) in NOT_ROOMS]
    wrong = [fault for path in known for line in (ROOT / path).read_text().splitlines() for fault in faults(path, line)]
    assert not wrong, "\n".join(wrong)


def test_every_source_file_is_in_a_room():
    lost = [named(path) for path in cpp_files() if room_of(named(path)) not in {**ROOMS, **NOT_ROOMS}]
    assert not lost, f"in no known room: {lost}"


def test_every_room_with_code_is_linked_to_its_row_and_nothing_else():
    linked = room_lines((ROOT / "src" / "CMakeLists.txt").read_text())
    assert linked == {room: ROOMS[room] & set(linked) for room in ROOMS if room in linked}
    with_code = {path.parent.name for path in (ROOT / "src").glob("*/*.cpp")}
    assert with_code <= set(linked), f"no mf_room line: {with_code - set(linked)}"


def test_a_room_includes_only_rooms_above_it():
    order = list(ROOMS)
    for room, may_include in ROOMS.items():
        assert may_include <= set(order[: order.index(room)]), f"{room} reaches down"


# The checks themselves must be able to fail.


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/store/a.cpp", '#include "mf/ledger/ledger.hpp"'),
        ("src/identity/a.cpp", '#include "mf/contracts/x.hpp"'),
        ("src/metrics/a.cpp", '#include "mf/identity/digest.hpp"'),
        ("src/metrics/a.cpp", "#include <nlohmann/json.hpp>"),
        ("src/cli/a.cpp", '#include "mf/store/layout.hpp"'),
        ("src/main.cpp", '#include "mf/factory/train.hpp"'),
        ("src/error.cpp", '#include "mf/identity/digest.hpp"'),
        ("src/gate/a.cpp", '#include "store/private.hpp"'),
        ("src/gate/a.cpp", '#include "../store/private.hpp"'),
        ("src/gate/a.cpp", "  #  include <fcntl.h>"),
        ("src/ledger/a.cpp", "#include <sys/stat.h>"),
        ("src/contracts/a.cpp", "#include <openssl/evp.h>"),
        ("src/store/a.cpp", "#include <yaml-cpp/yaml.h>"),
        ("src/factory/a.cpp", "#include <spdlog/spdlog.h>"),
        ("src/contracts/a.cpp", "#include <csv.h>"),
        ("src/factory/a.cpp", "#include <xgboost/c_api.h>"),
        ("src/factory/a.cpp", "#include <CLI/CLI.hpp>"),
        ("src/engine/a.cpp", "#include <boost/any.hpp>"),
        ("src/engine/a.cpp", "#include HEADER"),
        ("include/mf/store/a.hpp", "#include <fcntl.h>"),
        ("include/mf/identity/a.hpp", "#include <nlohmann/json.hpp>"),
        ("include/mf/contracts/a.hpp", '#include "contracts/private.hpp"'),
        ("include/mf/gate/a.hpp", '#include "mf/dataset/rows.hpp"'),
    ],
)
def test_a_line_against_the_table_is_found(path, line):
    assert len(faults(path, line)) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("src/store/a.cpp", "#include <vector>"),
        ("src/store/a.cpp", "#include <fcntl.h>  // for O_TMPFILE"),
        ("src/store/a.cpp", '#include "store/private.hpp"'),
        ("src/ledger/a.cpp", '#include "mf/store/artifact_store.hpp"'),
        ("src/ledger/a.cpp", "#include <unistd.h>"),
        ("src/metrics/a.cpp", '#include "mf/error.hpp"'),
        ("src/cli/a.cpp", '#include "mf/factory/train.hpp"'),
        ("src/main.cpp", '#include "mf/cli/main.hpp"'),
        ("src/identity/a.cpp", "#include <openssl/evp.h>"),
        ("include/mf/identity/a.hpp", "#include <nlohmann/json_fwd.hpp>"),
        ("src/store/a.cpp", '// #include "mf/ledger/ledger.hpp" is for the ledger'),
    ],
)
def test_a_line_within_the_table_is_let_through(path, line):
    assert faults(path, line) == []


def test_a_file_outside_the_rooms_has_no_room():
    assert room_of("src/utils.cpp") is None
    assert room_of("include/mf/everything.hpp") is None
    assert room_of("src/attic/a.cpp") not in ROOMS


def test_mf_room_lines_are_read_up_to_their_libraries():
    cmake = "mf_room(metrics)\nmf_room(ledger identity\n  store   PRIVATE Threads::Threads)\nfunction(mf_room name)\n"
    assert room_lines(cmake) == {"metrics": set(), "ledger": {"identity", "store"}}
