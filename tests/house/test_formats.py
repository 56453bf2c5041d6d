"""Every document version has a schema, a page that says the same, and examples that fit it or do not."""

import json
import re

import pytest
from house import ROOT
from jsonschema import Draft7Validator
from page_example import example_of, left_out, sections, shows
from schema_fields import (
    PAGES,
    SCHEMAS,
    Field,
    fields,
    fields_in,
    schema_of,
    stems,
    table,
    table_in,
    type_of,
    words,
    words_in,
)
from second_reader import Refused, faulty_places, parse_strictly

EXAMPLES = SCHEMAS / "examples"
PROFILES = {"platform_profile.v1", "training_profile.v1", "governance_profile.v1", "ownership_boundaries.v1"}

# What mf writes for others and reads nowhere.
HAS_NO_STRUCT = {"command_result.v1", "governance_fact.v1", "control_fact.v1", "signals.v1"}

# Invalid examples that fit their schema: what reading demands beyond it.
BEYOND_THE_SCHEMA = {
    "train_build_request.v0": {
        "invalid-blank-policy-revision.json",
        "invalid-latest-instead-of-a-version.json",
        "invalid-malformed-pin.json",
        "invalid-manifest-leads-out-of-the-store.json",
        "invalid-only-blank-manifests.json",
        "invalid-platform-run-leads-out.json",
        "invalid-platform-run-with-hidden-direction.json",
        "invalid-ref-with-a-scheme-of-its-own.json",
        "invalid-requester-with-a-line-break.json",
        "invalid-wildcard-in-a-ref.json",
    },
    "training_profile.v1": {
        "invalid-class-weighting-twice.json",
        "invalid-shares-where-every-row-tests.json",
        "invalid-sampling-where-every-row-tests.json",
        "invalid-cut-times-that-descend.json",
        "invalid-depth-of-a-linear-model.json",
        "invalid-dropout-without-dart.json",
        "invalid-best-f-beta-without-beta.json",
        "invalid-value-for-the-lowest-cost.json",
        "invalid-lowest-cost-without-costs.json",
        "invalid-operating-point-without-a-value.json",
        "invalid-missed-fraud-for-free.json",
        "invalid-fractions-beyond-one.json",
        "invalid-half-of-early-stopping.json",
        "invalid-hash-with-an-embargo.json",
        "invalid-hash-without-a-seed.json",
        "invalid-log-loss-of-no-probability.json",
        "invalid-misspelt-parameter.json",
        "invalid-monotone-linear-model.json",
        "invalid-parameter-out-of-bounds.json",
        "invalid-seed-for-a-split-by-time.json",
        "invalid-shares-and-cut-times.json",
        "invalid-test-cut-alone.json",
        "invalid-two-shares.json",
    },
    "governance_profile.v1": {
        "invalid-baseline-without-comparisons.json",
        "invalid-comparison-of-a-misspelt-metric.json",
        "invalid-comparison-with-the-id-of-a-criterion.json",
        "invalid-comparisons-without-a-baseline.json",
        "invalid-misspelt-metric.json",
        "invalid-no-threshold.json",
        "invalid-two-criteria-with-one-id.json",
        "invalid-two-thresholds.json",
    },
    "platform_profile.v1": {
        "invalid-nested-variable.json",
        "invalid-production-in-a-folder.json",
        "invalid-production-of-no-platform-run.json",
        "invalid-production-registry-in-a-folder.json",
        "invalid-variable-of-a-secret.json",
        "invalid-variable-that-is-not-set.json",
    },
    "job_request.v0": {
        "invalid-publish-input-leads-out.json",
        "invalid-publish-retry-with-request.json",
        "invalid-publish-retry-without-run.json",
        "invalid-request-of-another-platform-run.json",
        "invalid-request-with-a-latest-manifest.json",
        "invalid-train-build-with-run-key.json",
        "invalid-train-build-without-request.json",
    },
    "fixture_set.v1": {
        "invalid-accepted-with-a-code.json",
        "invalid-code-of-nobody.json",
        "invalid-kind-of-nobody.json",
        "invalid-no-documents.json",
        "invalid-rejected-with-a-run.json",
        "invalid-rejected-without-code.json",
    },
    "ownership_boundaries.v1": {
        "invalid-owner-twice.json",
        "invalid-publication-of-another-owner.json",
        "invalid-report-of-nobody.json",
        "invalid-without-model-factory.json",
    },
}

# Words that no document holds, although its schema knows them.
NEVER_WRITTEN = {("execution_record.v0", "leakage_guards[].status", "violated")}  # it ends the run before the record

# How a field is named -> what its row must say of the unit.
UNITS = {
    r"bytes$": r"\bbytes\b",
    r"seconds$": r"\bseconds\b",
    r"hours$": r"\bhours\b",
    r"days$": r"\bdays\b",
    r"(^|_)rows(_\w+)?$|^row_count$": r"\brows\b",
    r"(^|_)rates?$|(^|_)fractions?$": r"\bshares?\b",
    r"_utc$": r"\bRFC 3339\b",
}


def documents(stem, outcome=""):
    """The example documents of a kind, or those that begin with `outcome`, valid or invalid."""
    return sorted(path for path in (EXAMPLES / stem).glob(f"{outcome}*") if path.name != "fixtures.json")


def json_documents(stem, outcome):
    return [path for path in documents(stem, outcome) if path.suffix == ".json"]


def fixture_set(stem):
    return json.loads((EXAMPLES / stem / "fixtures.json").read_text())


def readable(path):
    try:
        parse_strictly(path.read_bytes())
    except Refused:
        return False
    return True


def faults(stem, path):
    return faulty_places(schema_of(stem), parse_strictly(path.read_bytes()))


def golden_lines(stem):
    """The documents of the golden file: what mf writes for each valid example."""
    return [json.loads(line) for line in (ROOT / "tests" / "golden" / f"{stem}.jsonl").read_text().splitlines()]


def known_codes():
    return set(re.findall(r"^MF_CODE\((\w+)", (ROOT / "include/mf/error_codes.def").read_text(), re.MULTILINE))


def kinds_of_the_program():
    """Every schema stem in the program's own list."""
    rows = (ROOT / "src/contracts/document_kinds.def").read_text()
    return set(re.findall(r"^MF_(?:KIND\(\w+, |WRITTEN_KIND\()([\w.]+), [\w.]+,", rows, re.MULTILINE))


def without_unit(name, field):
    """Whether the field's name promises a unit that its row does not tell."""
    return any(re.search(ending, name) and not re.search(unit, f"{field.type} {field.meaning}") for ending, unit in UNITS.items())


def patterns(schema):
    """Every pattern of a schema."""
    if isinstance(schema, dict):
        yield from ([schema["pattern"]] if isinstance(schema.get("pattern"), str) else [])
    inside = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else []
    for part in inside:
        yield from patterns(part)


def unbounded(pattern):
    return bool(re.search(r"[*+]|,\}", re.sub(r"\[[^]]*\]", "", pattern)))


def test_the_program_and_the_schemas_know_the_same_documents():
    assert kinds_of_the_program() == set(stems())


def test_a_job_carries_a_request_as_requests_are():
    carried, request = schema_of("job_request.v0")["properties"]["request"], schema_of("train_build_request.v0")
    assert carried["properties"] == request["properties"]
    assert carried["required"] == request["required"]
    assert carried["additionalProperties"] is request["additionalProperties"] is False


@pytest.mark.parametrize("stem", stems())
class TestSchema:
    def test_is_a_schema(self, stem):
        Draft7Validator.check_schema(schema_of(stem))

    def test_bounds_every_pattern(self, stem):
        # std::regex takes a stack frame for each character that an unbounded repeat matches.
        assert [pattern for pattern in patterns(schema_of(stem)) if unbounded(pattern)] == []

    def test_describes_every_field(self, stem):
        assert [field.path for field in fields(schema_of(stem)) if not field.meaning.strip()] == []

    def test_breaks_no_table(self, stem):
        assert [field for field in fields(schema_of(stem)) if re.search(r"[|\n]", "".join(field))] == []

    def test_tells_the_unit_of_a_field_whose_name_promises_one(self, stem):
        named = [(re.split(r"[.]", field.path)[-1].rstrip("[]"), field) for field in fields(schema_of(stem))]
        assert [field.path for name, field in named if without_unit(name, field) and field.type != "object"] == []


@pytest.mark.parametrize("stem", stems())
class TestPage:
    def test_lists_the_fields(self, stem):
        page = PAGES / f"{stem}.md"
        assert page.is_file(), f"docs/formats/{stem}.md is missing"
        assert table_in(page.read_text()) == table(stem), "run: python3 tests/house/schema_fields.py"

    def test_names_the_version(self, stem):
        assert f"`{schema_of(stem)['properties']['schema_version']['const']}`" in (PAGES / f"{stem}.md").read_text()

    def test_tells_purpose_example_fields_hash_and_versions(self, stem):
        found = sections((PAGES / f"{stem}.md").read_text())
        assert [name for name in found if name in {"Example", "Fields", "Hash", "Versions"}] == ["Example", "Fields", "Hash", "Versions"]
        assert all(text.strip() for text in found.values())
        title, version, purpose, *_ = found[""].strip().split("\n\n")
        assert title.startswith("# ") and "schema: [" in version and len(purpose) > 40

    def test_shows_one_of_the_examples(self, stem):
        page = (PAGES / f"{stem}.md").read_text()
        assert shows(page, {path.name: path.read_bytes() for path in documents(stem, "valid")})


@pytest.mark.parametrize("stem", stems())
class TestExamples:
    def test_are_enough(self, stem):
        assert len(documents(stem, "valid")) >= 3
        assert len(documents(stem, "invalid")) >= 8

    def test_are_listed_one_by_one(self, stem):
        listed = fixture_set(stem)
        assert faulty_places(schema_of("fixture_set.v1"), listed) == set()
        assert listed["kind"] == stem
        assert sorted(listed["fixtures"]) == [path.name for path in documents(stem)]

    def test_are_named_for_their_outcome(self, stem):
        outcomes = {name: expected["outcome"] for name, expected in fixture_set(stem)["fixtures"].items()}
        assert outcomes == {name: "ACCEPTED" if name.startswith("valid-") else "REJECTED" for name in outcomes}

    def test_name_a_known_code_exactly_when_they_are_rejected(self, stem):
        codes = [expected.get("code") for expected in fixture_set(stem)["fixtures"].values() if expected["outcome"] == "REJECTED"]
        assert set(codes) <= known_codes()
        assert [name for name, expected in fixture_set(stem)["fixtures"].items() if expected["outcome"] == "ACCEPTED" and "code" in expected] == []

    def test_fit_when_they_are_valid(self, stem):
        assert [path.name for path in json_documents(stem, "valid") if faults(stem, path)] == []

    def test_hold_every_field_when_they_are_valid(self, stem):
        held = {path for file in json_documents(stem, "valid") for path in fields_in(schema_of(stem), json.loads(file.read_text()))}
        assert held == {field.path for field in fields(schema_of(stem))}

    def test_hold_every_word_that_the_schema_knows(self, stem):
        fitting = [path for path in json_documents(stem, "") if readable(path) and not faults(stem, path)]
        held = {pair for path in fitting for pair in words_in(schema_of(stem), json.loads(path.read_text()))}
        never = {(path, word) for kind, path, word in NEVER_WRITTEN if kind == stem}
        assert held | never == set(words(schema_of(stem)))

    def test_break_the_schema_unless_their_fault_is_beyond_it(self, stem):
        fitting = {path.name for path in json_documents(stem, "invalid") if readable(path) and not faults(stem, path)}
        assert fitting == BEYOND_THE_SCHEMA.get(stem, set())

    def test_have_one_fault_each_where_the_fixture_says(self, stem):
        expected = fixture_set(stem)["fixtures"]
        read = [path for path in json_documents(stem, "invalid") if readable(path) and faults(stem, path)]
        assert {path.name: faults(stem, path) for path in read} == {path.name: {expected[path.name].get("pointer")} for path in read}

    def test_name_the_field_of_a_fault_beyond_the_schema(self, stem):
        assert [name for name in BEYOND_THE_SCHEMA.get(stem, []) if "pointer" not in fixture_set(stem)["fixtures"][name]] == []


@pytest.mark.parametrize("stem", sorted(set(stems()) - HAS_NO_STRUCT))
class TestGoldenFile:
    def test_has_a_line_for_each_valid_example(self, stem):
        assert len(golden_lines(stem)) == len(json_documents(stem, "valid"))

    def test_fits_the_schema_and_holds_all_its_fields(self, stem):
        lines = golden_lines(stem)
        assert [faulty_places(schema_of(stem), line) for line in lines if faulty_places(schema_of(stem), line)] == []
        held = {path for line in lines for path in fields_in(schema_of(stem), line)}
        assert held == {field.path for field in fields(schema_of(stem))}


@pytest.mark.parametrize("stem", sorted(PROFILES))
class TestYamlExamples:
    def test_there_is_one_of_either_kind(self, stem):
        assert {path.name.split("-")[0] for path in documents(stem) if path.suffix == ".yaml"} == {"valid", "invalid"}

    def test_the_demo_says_the_same_in_both_spellings(self, stem):
        expected = fixture_set(stem)["fixtures"]
        assert expected["valid-demo.yaml"] == expected["valid-demo.json"]
        assert "content_digest" in expected["valid-demo.yaml"]


def test_every_folder_of_examples_has_a_schema():
    assert {folder.name for folder in EXAMPLES.iterdir()} == set(stems())


def test_every_file_among_the_examples_is_one():
    names = re.compile(r"(valid|invalid)-[a-z0-9-]+[.](json|yaml)|fixtures[.]json")
    assert [path for path in EXAMPLES.glob("*/*") if not names.fullmatch(path.name)] == []


def test_an_example_beyond_the_schema_is_an_example():
    listed = {(stem, name) for stem, names in BEYOND_THE_SCHEMA.items() for name in names}
    assert listed <= {(path.parent.name, path.name) for path in EXAMPLES.glob("*/*")}


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


def test_an_unbounded_pattern_is_found():
    assert [pattern for pattern in ("^a*$", "^[a-z]+$", "^[*+]{1,}$", "^[*+,}]{1,9}([.]b)?$") if unbounded(pattern)] == ["^a*$", "^[a-z]+$", "^[*+]{1,}$"]
    assert list(patterns({"properties": {"x": {"items": {"pattern": "^a$"}}}})) == ["^a$"]


def test_a_unit_that_is_not_told_is_found():
    told = Field("a", "integer from 0", "yes", "size in bytes")
    assert not without_unit("bytes", told)
    assert not without_unit("at_utc", told._replace(type="string: an RFC 3339 time such as 2026-02-10T00:00:00Z"))
    for name in ("embargo_hours", "maturity_days", "alert_rate", "at_utc", "timeout_seconds", "rows_checked", "row_count"):
        assert without_unit(name, told._replace(meaning="how much")), name


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"{} {}",
        b"\xef\xbb\xbf{}",
        b'{"a": 1, "a": 1}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9223372036854775808}',
        b'{"a": "\xff"}',
        b"[" * 33 + b"]" * 33,
    ],
)
def test_a_document_that_two_readers_could_read_as_two_is_unreadable(data):
    with pytest.raises(Refused):
        parse_strictly(data)


def test_a_document_within_the_limits_is_read():
    assert parse_strictly(b'{"a": [9223372036854775807, 0.5, "\xc3\xa9"]}') == {"a": [9223372036854775807, 0.5, "\u00e9"]}
    assert parse_strictly(b"[" * 32 + b"]" * 32)


STRICT = {
    "type": "object",
    "required": ["a", "b"],
    "additionalProperties": False,
    "properties": {"a": {"type": "string", "x-mf-id": True}, "b": {"type": "array", "items": {"enum": ["x"]}}},
}


@pytest.mark.parametrize(
    ("document", "places"),
    [
        ({"a": "1", "b": ["x"]}, set()),
        ([], {"/"}),
        ({"a": "1"}, {"/b"}),
        ({"a": "1", "bb": ["x"]}, {"/b"}),
        ({"a": "1", "b": [], "c": 1}, {"/c"}),
        ({"a": 1, "b": ["x", "y"]}, {"/a", "/b/1"}),
        ({"a": "1\u202e", "b": []}, {"/a"}),
    ],
)
def test_faults_are_found_where_they_are(document, places):
    assert faulty_places(STRICT, document) == places


def test_a_page_shows_an_example_only_when_it_says_what_it_leaves_out():
    whole = {"valid-a.json": b'{"list": [1, 2], "map": {"x": 1, "y": 2}}'}
    page = "# A\n\n## Example\n\n```json\n%s\n```\n%s\n## Fields\n"
    assert shows(page % ('{"list": [1, 2], "map": {"y": 2, "x": 1}}', ""), whole)
    assert shows(page % ('{"list": [1], "map": {"x": 1, "y": 2}}', "\nShortened: `list`: 1 of 2 entries.\n"), whole)
    assert shows(page % ('{"list": [1, 2], "map": {"x": 1}}', "\nShortened: `map`: only `x` of `x`, `y`.\n"), whole)
    assert not shows(page % ('{"list": [1], "map": {"x": 1, "y": 2}}', ""), whole)
    assert not shows(page % ('{"list": [1, 2], "map": {"x": 1, "y": 3}}', ""), whole)
    assert not shows(page % ('{"list": [1, 2], "map": {"x": true, "y": 2}}', ""), whole)
    assert not shows("# A\n\n## Example\n\nnone\n", whole)


def test_the_words_of_a_page_lead_to_its_sections():
    page = "# A\n\nwhy\n\n## Example\n\n```yaml\na: b\n```\n\n## Hash\n\nNone.\n"
    assert list(sections(page)) == ["", "Example", "Hash"]
    assert example_of(page) == ("yaml", "a: b\n", "")
    assert left_out({"a": 1}, {"b": 1}) is None


def test_fields_and_words_of_a_document_are_found_at_any_depth():
    part = {"type": "object", "properties": {"x": {"enum": ["A", "B"], "description": "d"}}}
    schema = {"properties": {"list": {"type": "array", "items": part}, "map": {"type": "object", "additionalProperties": part}, "no": part}}
    document = {"list": [{}, {"x": "A"}], "map": {"k": {"x": "B"}}}
    assert set(fields_in(schema, document)) == {"list", "list[].x", "map", "map.*.x"}
    assert set(words_in(schema, document)) == {("list[].x", "A"), ("map.*.x", "B")}
    assert set(words(schema)) == {(path, word) for path in ("list[].x", "map.*.x", "no.x") for word in "AB"}
