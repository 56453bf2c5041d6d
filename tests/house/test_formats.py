"""Every document version has a schema, a page that says the same, and examples that fit it or do not."""

import json
import re

import pytest
from house import ROOT
from jsonschema import Draft7Validator
from schema_fields import PAGES, SCHEMAS, Field, fields, schema_of, stems, table, table_in, type_of

EXAMPLES = SCHEMAS / "examples"
NEVER_READ = {"command_result.v1"}  # mf writes it and reads it nowhere, so no code stands for a broken one


def examples(stem, kind):
    """The example files of a kind, valid or invalid."""
    return sorted((EXAMPLES / stem).glob(f"{kind}-*.json"))


def fits(stem, path):
    return Draft7Validator(schema_of(stem)).is_valid(json.loads(path.read_text()))


def known_codes():
    return set(re.findall(r"^MF_CODE\((\w+)", (ROOT / "include/mf/error_codes.def").read_text(), re.MULTILINE))


def kinds_of_the_program():
    """Schema stem -> schema_version, from the program's own list."""
    rows = (ROOT / "src/contracts/document_kinds.def").read_text()
    return dict(re.findall(r"^MF_KIND\(\w+, ([\w.]+), ([\w.]+),", rows, re.MULTILINE))


def test_the_program_and_the_schemas_know_the_same_documents():
    assert set(kinds_of_the_program()) | NEVER_READ == set(stems())


@pytest.mark.parametrize("stem", stems())
class TestDocument:
    def test_schema_is_a_schema(self, stem):
        Draft7Validator.check_schema(schema_of(stem))

    def test_every_field_is_described(self, stem):
        assert [field.path for field in fields(schema_of(stem)) if not field.meaning.strip()] == []

    def test_no_description_breaks_a_table(self, stem):
        assert [field for field in fields(schema_of(stem)) if re.search(r"[|\n]", "".join(field))] == []

    def test_the_page_lists_the_fields(self, stem):
        page = PAGES / f"{stem}.md"
        assert page.is_file(), f"docs/formats/{stem}.md is missing"
        assert table_in(page.read_text()) == table(stem), "run: python3 tests/house/schema_fields.py"

    def test_the_page_names_the_version(self, stem):
        assert f"`{schema_of(stem)['properties']['schema_version']['const']}`" in (PAGES / f"{stem}.md").read_text()

    def test_there_are_examples(self, stem):
        assert len(examples(stem, "valid")) >= 3
        assert len(examples(stem, "invalid")) >= 3

    def test_valid_examples_fit(self, stem):
        assert [path.name for path in examples(stem, "valid") if not fits(stem, path)] == []

    def test_invalid_examples_do_not_fit(self, stem):
        assert [path.name for path in examples(stem, "invalid") if fits(stem, path)] == []

    def test_every_invalid_example_has_its_code(self, stem):
        expected = json.loads((EXAMPLES / stem / "expected.json").read_text())
        assert sorted(expected) == [path.name for path in examples(stem, "invalid")]
        assert set(expected.values()) <= ({None} if stem in NEVER_READ else known_codes())


def test_every_folder_of_examples_has_a_schema():
    assert {folder.name for folder in EXAMPLES.iterdir()} == set(stems())


def test_every_file_among_the_examples_is_one():
    names = re.compile(r"(valid|invalid)-.+\.json|expected\.json")
    assert [path for path in EXAMPLES.glob("*/*") if not names.fullmatch(path.name)] == []


def links_of(page):
    links = re.findall(r"\]\(([^)\s]+)\)", page.read_text())
    return [link.split("#")[0] for link in links if not link.startswith(("http", "#"))]


@pytest.mark.parametrize("page", [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))], ids=lambda page: page.name)
def test_links_lead_somewhere(page):
    assert [link for link in links_of(page) if not (page.parent / link).exists()] == []


# The checks themselves must be able to fail.


def test_fields_are_found_at_any_depth():
    leaf = {"type": "string", "minLength": 1, "description": "d"}
    inner = {"type": "object", "properties": {"x": leaf}, "required": ["x"]}
    schema = {
        "properties": {
            "list": {"type": "array", "items": inner},
            "map": {"type": "object", "additionalProperties": inner},
            "at": {**leaf, "x-mf-circumstance": True},
        }
    }
    assert [field.path for field in fields(schema)] == ["list", "list[].x", "map", "map.*.x", "at"]
    assert Field("at", "string", "no (c)", "d") in fields(schema)
    assert Field("list[].x", "string", "yes", "d") in fields(schema)


@pytest.mark.parametrize(
    ("prop", "words"),
    [
        ({"const": "a.v1"}, "`a.v1`"),
        ({"enum": ["A", "B", "C"]}, "`A`, `B` or `C`"),
        ({"type": ["number", "null"]}, "number or null"),
        ({"type": "integer", "minimum": 1, "maximum": 9}, "integer from 1 to 9"),
        ({"type": "array", "items": {"type": "string", "minLength": 1}, "minItems": 1}, "list of string, not empty"),
        ({"type": "object", "additionalProperties": {"type": "number"}}, "map of number"),
    ],
)
def test_types_are_told_in_words(prop, words):
    assert type_of(prop) == words


def test_a_table_is_found_in_a_page():
    page = "# A\n\n| field | type | required | meaning |\n|---|---|---|---|\n| `a` | string | yes | x |\n\nmore | text\n"
    assert table_in(page).splitlines()[-1] == "| `a` | string | yes | x |"
    assert table_in("# A page without one\n") == ""
