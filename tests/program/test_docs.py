"""The pages say what the program says, both ways."""

import os
import re

import pytest

import command
from command import ROOT

OPTION_IN_HELP = re.compile(r"^ {2,6}(?:-\w,)?(--[a-z][a-z-]*)", re.MULTILINE)
OPTION_ON_PAGE = re.compile(r"^\| (?:`-\w`, )?`(--[a-z][a-z-]*)", re.MULTILINE)
CODE_ON_PAGE = re.compile(r"^\| `([A-Z][A-Z_0-9]+)` \|(.*)\|$", re.MULTILINE)


def page(name):
    """The text of a page, which must be there in CI; at home it may still have to be written."""
    path = ROOT / "docs" / name
    if not path.is_file():
        assert os.environ.get("CI") != "true", f"docs/{name} is not written"
        pytest.skip(f"docs/{name} IS NOT WRITTEN YET")
    return path.read_text()


def commands():
    """The names of all commands, from the help of the program."""
    overview = command.call("--help").out
    listed = re.findall(r"^  ([a-z][a-z-]+) {2,}\S", overview.split("From request to published bundle:")[1], re.MULTILINE)
    assert len(listed) >= 14
    return listed


def test_the_page_of_failures_has_every_code_and_no_other(mf):
    on_page = dict(CODE_ON_PAGE.findall(page("errors.md")))
    known = mf("explain")["figures"]
    assert set(on_page) == set(known)


def test_the_page_of_failures_says_what_explain_says(mf):
    for code, cells in CODE_ON_PAGE.findall(page("errors.md")):
        klass, exit_status, sentence, fix = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", cells)]
        row = mf("explain", code)["figures"]
        assert (klass, exit_status, sentence, fix) == (row["class"], str(row["exit"]), row["sentence"], row["hint"]), code


def test_the_families_on_the_page_of_failures_are_those_of_the_codes(mf):
    family = None
    for line in page("errors.md").splitlines():
        family = line[3:].strip() if line.startswith("## ") else family
        for code, _ in CODE_ON_PAGE.findall(line):
            assert mf("explain", code)["figures"]["category"] == family, code


def test_every_command_has_its_page_and_every_page_its_command():
    page("cli/README.md")
    pages = {path.stem for path in (ROOT / "docs" / "cli").glob("*.md")} - {"README"}
    assert pages == set(commands())


@pytest.mark.parametrize("name", commands())
def test_a_page_has_the_options_of_its_help(name):
    in_help = set(OPTION_IN_HELP.findall(command.call(name, "--help").out))
    text = page(f"cli/{name}.md")
    assert set(OPTION_ON_PAGE.findall(text)) == in_help
    assert set(re.findall(r"(--[a-z][a-z-]*)", text)) <= in_help | {"--version"}


@pytest.mark.parametrize("name", commands())
def test_a_page_begins_with_examples(name):
    assert re.search(rf"^```\n(?:[^`]*\n)?[^`\n]*mf (?:--\S+ \S+ )?{name}\b", page(f"cli/{name}.md"), re.MULTILINE)


def test_the_page_of_the_command_line_has_every_command():
    assert set(re.findall(r"^\| \[`mf ([a-z-]+)`\]", page("cli/README.md"), re.MULTILINE)) == set(commands())


def statuses_on(text):
    section = text.split("## Exit statuses")[1].split("\n## ")[0]
    return {int(status) for status in re.findall(r"^\| (\d+) \|", section, re.MULTILINE)}


def test_the_exit_statuses_are_the_same_on_both_pages_and_in_the_codes(mf):
    known = {mf("explain", code)["figures"]["exit"] for code in mf("explain")["figures"]}
    expected = known | {0, 1, 74}
    assert statuses_on(page("cli/README.md")) == expected
    assert statuses_on(page("errors.md")) == expected


def test_every_page_of_a_command_names_only_known_statuses():
    known = statuses_on(page("cli/README.md"))
    for name in commands():
        assert statuses_on(page(f"cli/{name}.md")) <= known, name


def test_every_document_has_a_page_that_names_its_version():
    from documents import schemas
    page("formats/train_build_request.v0.md")
    for path in (ROOT / "schemas").glob("*.schema.json"):
        name = path.name.replace(".schema.json", "")
        version = next(v for v, s in schemas().items() if s["$id"].endswith("/" + path.name))
        assert version in page(f"formats/{name}.md"), name


def test_every_link_of_the_docs_leads_somewhere():
    for path in (ROOT / "docs").rglob("*.md"):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", path.read_text()):
            if "://" not in target:
                assert (path.parent / target).exists(), f"{path.relative_to(ROOT)}: {target}"
