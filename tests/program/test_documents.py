"""Every document that a run leaves is valid to a validator that is not mf's own."""

import json

import jsonschema
import pytest

from documents import canonical, require_valid, schemas


def documents_below(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.json")}


@pytest.fixture(scope="module")
def left_behind(made_halts, finished_demo):
    """All documents of two finished runs, by their places."""
    found = {}
    for name, place in (("cards", made_halts["done"]), ("demo", finished_demo)):
        for folder in (place.store, place.registry):
            found.update({f"{name}/{folder.name}/{key}": data for key, data in documents_below(folder).items()})
    return found


def test_every_document_is_valid_by_its_schema(left_behind):
    assert len(left_behind) > 60
    for place, data in left_behind.items():
        document = json.loads(data)
        assert document["schema_version"] in schemas(), place
        require_valid(document)


def test_every_document_that_mf_writes_is_canonical_json_and_a_line_feed(left_behind):
    by_hand = "cards/store/platform_20260601T000000Z/ofs/"
    for place, data in left_behind.items():
        if not place.startswith(by_hand):
            assert data.decode() == canonical(json.loads(data)) + "\n", place


def test_a_run_leaves_every_kind_of_document(left_behind):
    left = {json.loads(data)["schema_version"] for data in left_behind.values()}
    elsewhere = {
        "learning.mf_train_build_request.v0", "learning.dataset_manifest.v0", "mf.platform_profile.v1",
        "mf.training_profile.v1", "mf.governance_profile.v1", "mf.publish_failure_receipt.v1", "mf.command_result.v1",
        "learning.mf_job_request.v0", "learning.mf_job_invocation_receipt.v0", "mf.ownership_boundaries.v1",
        "mf.fixture_set.v1", "mf.request_rejection.v1", "mf.governance_fact.v1", "mf.control_fact.v1", "mf.signals.v1",
        "mf.continuity_proof.v1", "mf.negative_proof.v1"}
    assert left == set(schemas()) - elsewhere


def test_the_request_of_the_demo_is_valid(made_demo):
    require_valid(made_demo.request())


def test_the_validator_here_would_notice_a_fault(finished):
    receipt = finished.document("gate_receipt")
    with pytest.raises(jsonschema.ValidationError):
        require_valid({**receipt, "gate_decision": "MAYBE"})


def test_no_hashed_document_names_this_machine_or_its_folders(left_behind, finished_demo, made_halts):
    folders = [str(place.folder).encode() for place in (finished_demo, made_halts["done"])]
    for place, data in left_behind.items():
        if "/ledger/events/" not in place:
            assert not any(folder in data for folder in folders), place
