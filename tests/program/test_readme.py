"""The tour of the README can be taken: every command in it shows the lines that stand below it, among others."""

import command
from followed_page import GAP, Event, Shell, entries

TOUR = entries((command.ROOT / "README.md").read_text())["A tour of ten minutes"]


def test_the_tour_can_be_taken(tmp_path):
    """In a folder of its own, in which `build` and `schemas` lie as in the source tree."""
    place = tmp_path / "tree"
    (place / "build").mkdir(parents=True)
    (place / "build" / "bin").symlink_to(command.MF.parent)
    (place / "schemas").symlink_to(command.ROOT / "schemas")
    pager = tmp_path / "tools" / "less"  # which shows things on a screen of its own
    pager.parent.mkdir()
    pager.write_text("#!/bin/sh\ncat >/dev/null\n")
    pager.chmod(0o755)
    environment = command.quiet_surroundings()
    shell = Shell(place, {**environment, "PATH": f"{pager.parent}:{environment['PATH']}"})
    for block in TOUR:
        assert not isinstance(block, Event)
        block.seen = [line for seen in block.seen for line in (GAP, seen)] + [GAP]
        shown, block.status = shell.type(block.typed)
        block.require(shown, block.status)
