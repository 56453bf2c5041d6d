"""What ./dev installs, docs/dependencies.md explains, and the rooms own: the same packages in all three."""

import re

from house import ROOT, dev_packages
from room_table import LIBRARIES

ROW = re.compile(r"^\| `([a-z0-9.+-]+)` \|(.*)\|$", re.MULTILINE)


def documented(page):
    """The rows of the page as {package: its other cells}."""
    return {package: [cell.strip() for cell in cells.split("|")] for package, cells in ROW.findall(page)}


def page():
    return documented((ROOT / "docs" / "dependencies.md").read_text())


def test_every_package_that_dev_installs_is_documented_and_the_other_way_round():
    installed = dev_packages()
    assert len(installed) > 10, "the package lists of ./dev were not found"
    assert installed == set(page())


def test_every_row_has_version_purpose_owner_and_reason():
    for package, cells in page().items():
        assert len(cells) == 4 and all(cells), f"{package}: a cell is missing"


def test_the_owner_on_the_page_is_the_owner_in_the_table_of_rooms():
    rows = page()
    for package, rooms in LIBRARIES.values():
        owner = rows[package][2]
        expected = "all but metrics" if len(rooms) > 2 else ", ".join(sorted(rooms))
        assert owner == expected, f"{package}: the page says '{owner}', the table of rooms '{expected}'"


def test_rows_are_read_from_the_page():
    text = "| package | version |\n|---|---|\n| `libcsv-dev` | 3.0.3 | CSV | dataset | RFC 4180 |\nprose with `code`\n"
    assert documented(text) == {"libcsv-dev": ["3.0.3", "CSV", "dataset", "RFC 4180"]}
