"""CI mode: documents whose reading must end as written beside them, and documents of any kind checked alone."""

import json
import shutil

import pytest

import command
from command import ROOT
from workplace import files_below

EXAMPLES = ROOT / "schemas" / "examples"
KINDS = sorted(folder.name for folder in EXAMPLES.iterdir())


@pytest.fixture
def folder(tmp_path):
    """A copy of the request's examples, small enough to look at."""
    place = tmp_path / "fixtures"
    place.mkdir()
    for name in ("valid-demo.json", "invalid-unknown-intent.json"):
        shutil.copy(EXAMPLES / "train_build_request.v0" / name, place)
    expect(place, {"valid-demo.json": {"outcome": "ACCEPTED"},
                   "invalid-unknown-intent.json": {"outcome": "REJECTED", "code": "INTENT_KIND_UNSUPPORTED"}})
    return place


def expect(place, fixtures, kind="train_build_request.v0"):
    (place / "fixtures.json").write_text(
        json.dumps({"schema_version": "mf.fixture_set.v1", "kind": kind, "fixtures": fixtures}))


def change(place, name, **changes):
    content = json.loads((place / "fixtures.json").read_text())
    content["fixtures"][name].update(changes)
    (place / "fixtures.json").write_text(json.dumps(content))


def lines_of(place, *more):
    """The lines that people see, and the exit status."""
    told = command.call("validate-request", "--fixtures", place, *more)
    return told.out.splitlines(), told.exit


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_examples_end_as_written(mf, kind):
    told = mf("validate-request", "--fixtures", EXAMPLES / kind, "--kind", kind)
    assert told["outcome"] == "PASSED"
    documents = [path for path in (EXAMPLES / kind).iterdir() if path.name != "fixtures.json"]
    assert told["figures"] == {"passed": len(documents), "failed": 0, "mismatches": []}


def test_all_examples_are_checked_in_one_call(mf):
    told = mf("validate-request", "--fixtures", EXAMPLES)
    assert told["figures"]["passed"] == sum(path.name != "fixtures.json" for path in EXAMPLES.glob("*/*"))


def test_the_last_line_counts(folder):
    assert lines_of(folder) == (["2 passed, 0 failed"], 0)


@pytest.mark.parametrize("changes, line", [
    ({"outcome": "ACCEPTED", "code": None}, "expected ACCEPTED, found REJECTED INTENT_KIND_UNSUPPORTED at /intent_kind: "),
    ({"code": "REQUEST_INVALID"}, "expected REJECTED REQUEST_INVALID, found REJECTED INTENT_KIND_UNSUPPORTED"),
    ({"pointer": "/request_id"}, "expected REJECTED INTENT_KIND_UNSUPPORTED at /request_id, found REJECTED "),
])
def test_a_mismatch_is_a_line(folder, changes, line):
    name = "invalid-unknown-intent.json"
    content = json.loads((folder / "fixtures.json").read_text())
    content["fixtures"][name] = {k: v for k, v in {**content["fixtures"][name], **changes}.items() if v is not None}
    (folder / "fixtures.json").write_text(json.dumps(content))
    lines, status = lines_of(folder)
    assert status == 1
    assert lines[0].startswith(f"{name}: {line}")
    assert lines[1:] == ["1 passed, 1 failed"]


@pytest.mark.parametrize("name", ["content_digest", "train_run_key", "train_run_id", "request_payload_hash"])
def test_an_identity_that_is_another_one_is_told(folder, name):
    other = "tr_" + "0" * 32 if name == "train_run_id" else "0" * 64
    change(folder, "valid-demo.json", **{name: other})
    lines, status = lines_of(folder)
    assert status == 1 and lines[0].startswith(f"valid-demo.json: {name} is ") and lines[0].endswith(f"expected {other}")


def test_a_document_that_nobody_expects_fails(folder):
    shutil.copy(folder / "valid-demo.json", folder / "more.json")
    assert lines_of(folder) == (["more.json: has no entry in fixtures.json", "2 passed, 1 failed"], 1)


def test_an_expected_document_that_is_not_there_fails(folder):
    (folder / "valid-demo.json").unlink()
    assert lines_of(folder) == (["valid-demo.json: is expected, and not in the folder", "1 passed, 1 failed"], 1)


def test_other_files_are_no_documents(folder):
    (folder / "README.md").write_text("what these are\n")
    assert lines_of(folder) == (["2 passed, 0 failed"], 0)


@pytest.mark.parametrize("fixtures, kind, names", [
    ({}, "train_build_request.v0", "/fixtures"),
    ({"a.json": {"outcome": "ACCEPTED"}}, "train_build_request", "train_build_request.v0"),
    ({"a.json": {"outcome": "REJECTED"}}, "train_build_request.v0", "/fixtures/a.json/code"),
    ({"a.json": {"outcome": "REJECTED", "code": "NO_SUCH_CODE"}}, "train_build_request.v0", "/fixtures/a.json/code"),
    ({"a.json": {"outcome": "ACCEPTED", "code": "REF_INVALID"}}, "train_build_request.v0", "/fixtures/a.json"),
])
def test_a_set_that_cannot_be_used_is_refused(mf, folder, fixtures, kind, names):
    expect(folder, fixtures, kind)
    failure = mf("validate-request", "--fixtures", folder, expect=65)["failure"]
    assert failure["code"] == "DOCUMENT_INVALID"
    assert names in failure["message"] + failure["hint"]


def test_a_folder_without_a_set_is_refused(mf, tmp_path):
    assert mf("validate-request", "--fixtures", tmp_path, expect=66).code == "FILE_NOT_FOUND"
    assert mf("validate-request", "--fixtures", tmp_path / "absent", expect=66).code == "FILE_NOT_FOUND"


def test_the_kind_that_is_demanded_must_be_the_sets(mf, folder):
    assert mf("validate-request", "--fixtures", folder, "--kind", "learning.mf_train_build_request.v0")["outcome"] == "PASSED"
    assert mf("validate-request", "--fixtures", folder, "--kind", "gate_receipt.v0", expect=64).code == "USAGE"


@pytest.mark.parametrize("words", [[], ["{request}", "--fixtures", "{folder}"]])
def test_a_document_or_a_folder_is_named(mf, folder, words):
    filled = [word.format(request=folder / "valid-demo.json", folder=folder) for word in words]
    assert mf("validate-request", *filled, expect=64).code == "USAGE"


# One document of any kind.


def test_a_document_of_any_kind_is_checked_alone(mf):
    example = EXAMPLES / "dataset_manifest.v1" / "valid-demo.json"
    told = mf("validate-request", example, "--kind", "dataset_manifest.v1")
    assert told["outcome"] == "ACCEPTED" and told["run"] is None
    assert told["figures"]["schema_version"] == "learning.dataset_manifest.v1"
    assert mf("validate-request", example, "--kind", "dataset_manifest.v0", expect=65).code == "MANIFEST_INVALID"
    by_stdin = mf("validate-request", "-", "--kind", "dataset_manifest.v1", stdin=example.read_bytes())
    assert by_stdin["figures"] == told["figures"]


def test_a_kind_that_does_not_exist_is_told(mf, folder):
    failure = mf("validate-request", folder / "valid-demo.json", "--kind", "train_build_reqest.v0", expect=64)["failure"]
    assert failure["code"] == "USAGE" and "train_build_request.v0" in failure["hint"]


# Ownership boundaries in force.


@pytest.mark.parametrize("example, names", [
    ("invalid-without-model-factory.json", "/owners"),
    ("invalid-report-of-nobody.json", "eval_report"),
    ("invalid-publication-of-another-owner.json", "bundle_publication"),
])
def test_boundaries_that_shut_model_factory_out_stop_everything(cards, example, names):
    shutil.copy(EXAMPLES / "ownership_boundaries.v1" / example, cards.folder / "boundaries.json")
    cards.wire(ownership_boundaries="boundaries.json")
    before = files_below(cards.store)
    failure = cards.run(expect=78)["failure"]
    assert failure["code"] == "OWNERSHIP_BOUNDARY_VIOLATION" and names in failure["message"]
    assert files_below(cards.store) == before and not cards.published()


def test_boundaries_that_are_not_there_are_not_passed_over(cards):
    cards.wire(ownership_boundaries="absent.json")
    assert cards.run(expect=78).code == "PROFILE_INVALID"


def test_under_boundaries_that_let_it_the_run_goes_on(cards):
    shutil.copy(EXAMPLES / "ownership_boundaries.v1" / "valid-demo.yaml", cards.folder / "boundaries.yaml")
    cards.wire(ownership_boundaries="boundaries.yaml")
    assert cards.run()["outcome"] == "PUBLISHED"


def test_a_run_writes_its_own_places_and_no_others(made_cards, cards):
    before = files_below(made_cards.store)
    cards.run()
    run = cards.request()["platform_run_id"]
    written = {key for key, data in files_below(cards.store).items() if before.get(key) != data}
    assert before.keys() <= files_below(cards.store).keys()
    assert written and all(key.startswith((f"{run}/mf/", "mf/")) for key in written)
    assert cards.published() and all(key.startswith("registry/") for key in cards.published())
