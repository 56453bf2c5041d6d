"""The table of failure codes: every code is raised somewhere, and every code that a text names is in the table."""

import json
import re

import pytest
from house import ROOT, cpp_files, named

TABLE = ROOT / "include/mf/error_codes.def"
CODE_LIKE = re.compile(r"(?<![\w$*-])(?<!\$\{)[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w*])")
# A code that is only looked at, not raised: compared, or asked for its row.
LOOKED_AT = re.compile(r"[=!]=\s*Code::\w+|Code::\w+\s*[=!]=|\bcase\s+Code::\w+|\brow_of\(Code::\w+\)")


def rows():
    """(name, category, class, exit status, sentence, hint) of each code."""
    row = r'^MF_CODE\((\w+), (\w+), (\w+), (\d+), "((?:[^"\\]|\\.)*)", "((?:[^"\\]|\\.)*)"\)$'
    return re.findall(row, TABLE.read_text(), re.MULTILINE)


def codes():
    return {row[0] for row in rows()}


# Raise sites.


def raised_in(text):
    """The codes that C++ source raises, or hands on to be raised."""
    return set(re.findall(r"\bCode::([A-Z]\w+)", LOOKED_AT.sub("", text)))


def raised_for_documents():
    """The codes of the documents that break their schemas: the last column of the list of kinds."""
    return set(re.findall(r"^MF_KIND\(.*\b([A-Z_]+)\)$", (ROOT / "src/contracts/document_kinds.def").read_text(), re.MULTILINE))


def raised():
    return raised_for_documents().union(*(raised_in(path.read_text()) for path in cpp_files()))


# Words that look like codes and are none: every one is written in the program, in its schemas or in its tests.


def literals():
    """The states, events, outcomes and environment variables: words that the program compares or writes whole."""
    return set(re.findall(r'"([A-Z][A-Z0-9_]+)"', "\n".join(path.read_text() for path in cpp_files())))


def every_value(value):
    """`value` and everything below it."""
    yield value
    for member in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from every_value(member)


def schemas():
    return sorted((ROOT / "schemas").glob("*.schema.json"))


def closed_values():
    """What the schemas allow in so many words."""
    objects = [v for path in schemas() for v in every_value(json.loads(path.read_text())) if isinstance(v, dict)]
    lists = [v["enum"] for v in objects if isinstance(v.get("enum"), list)]
    return {word for words in lists for word in words if isinstance(word, str)} | {
        v["const"] for v in objects if isinstance(v.get("const"), str)}


def surroundings():
    """The environment variables and CMake options that the tests and the build know."""
    files = [ROOT / "CMakeLists.txt", ROOT / "dev", *(ROOT / "tests").rglob("CMakeLists.txt"),
             *(ROOT / "tests").rglob("*.py"), *(ROOT / "tests").rglob("*_test.cpp")]
    named_so = re.compile(r'\b(?:environ(?:\.get\(|\[)|getenv\()"(?P<variable>\w+)"|\boption\((?P<option>\w+)|-D(?P<choice>\w+)=')
    return {match[match.lastgroup] for path in files for match in named_so.finditer(path.read_text())}


def variables_of_packs():
    """The environment variables that profiles, units and scripts for schedulers take."""
    files = [path for path in (ROOT / "docs" / "operate").rglob("*") if path.is_file() and path.suffix != ".md"]
    return {name for path in files for name in re.findall(r"\$\{([A-Z][A-Z0-9_]+)", path.read_text())}


def macros():
    """What the sources define, or take from the system's headers."""
    found = set()
    for path in cpp_files():
        source = re.sub(r"//[^\n]*|\bCode::\w+", "", path.read_text())
        found |= set(CODE_LIKE.findall(re.sub(r'"(?:[^"\\\n]|\\.)*"', "", source)))
    return found


def intake_reasons():
    """What a registry says of a bundle, in the table of its own."""
    return set(re.findall(r"^MF_INTAKE_REASON\((\w+),", (ROOT / "include/mf/publication/intake_reasons.def").read_text(), re.MULTILINE))


def vocabulary():
    return (codes() | intake_reasons() | {row[1] for row in rows()} | literals() | closed_values() | surroundings()
            | variables_of_packs())


# Texts.


def pages():
    return {named(path): path.read_text() for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]}


def descriptions():
    """What each schema says for people."""
    return {named(path): "\n".join(
        value["description"] for value in every_value(json.loads(path.read_text()))
        if isinstance(value, dict) and isinstance(value.get("description"), str)) for path in schemas()}


def table_texts():
    return {f"{row[0]} in {named(TABLE)}": f"{row[4]} {row[5]}" for row in rows()}


def promises():
    """The comments of the public headers."""
    return {named(path): "\n".join(re.findall(r"//+([^\n]*)", path.read_text()))
            for path in cpp_files() if path.suffix == ".hpp" and named(path).startswith("include/mf/")}


def unknown_words(texts, known):
    found = {where: sorted(set(CODE_LIKE.findall(text)) - known) for where, text in texts.items()}
    return {where: words for where, words in found.items() if words}


def test_the_table_is_read_whole():
    assert len(rows()) == TABLE.read_text().count("\nMF_CODE(") > 60
    assert len(codes()) == len(rows())


def test_every_code_is_raised_somewhere():
    assert codes() - raised() == set(), "raise it or take it out of the table"


def test_every_code_that_is_raised_is_in_the_table():
    assert raised() - codes() == set()


def test_transient_is_75_and_75_is_transient():
    assert [row for row in rows() if row[2] not in ("HARD", "TRANSIENT") or (row[2] == "TRANSIENT") != (row[3] == "75")] == []


@pytest.mark.parametrize("texts", [pages, descriptions, table_texts])
def test_every_code_that_a_text_names_exists(texts):
    assert unknown_words(texts(), vocabulary()) == {}


def test_every_code_that_a_header_promises_exists():
    assert unknown_words(promises(), vocabulary() | macros()) == {}


# The checks themselves must be able to fail.


def test_a_code_that_is_only_looked_at_is_not_raised():
    assert raised_in("if (e.code() == Code::A_B || Code::C_D != e.code()) return row_of(Code::E_F); case Code::G_H:") == set()
    assert raised_in("throw Error(Code::A_B, x); constexpr Row r{Code::C_D}; return known ? Code::E_F : Code::G_H;") == {
        "A_B", "C_D", "E_F", "G_H"}


def test_a_code_that_is_no_more_is_found_in_a_text():
    known = {"LEASE_HELD", "STORE_FULL"}
    assert unknown_words({"page": "raises `LEASE_HOLD`, STORE_FULL or LEASE_HELD."}, known) == {"page": ["LEASE_HOLD"]}
    assert unknown_words({"page": "USAGE, X, `*_IMMUTABILITY_VIOLATION` and $A_B are no codes"}, known) == {}
