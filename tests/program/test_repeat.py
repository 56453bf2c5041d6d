"""Asking again: the same meaning is the same run, which is never trained twice; another meaning needs another name."""

import json

import pytest

from card_rows import card_rows
from workplace import files_below


@pytest.fixture
def two_datasets(cards):
    """A request for two pinned datasets."""
    second = cards.put_dataset("dm_more", card_rows(200, seed=5, prefix="m"))
    cards.ask(dataset_manifest_refs=[*cards.request()["dataset_manifest_refs"], second])
    return cards


def require_trained_once(place):
    assert place.attempts("TRAIN") == 1
    lines = place.say("status", place.request_file).out
    assert "TRAIN 1" in lines


def test_the_same_request_again_is_already_published(finished):
    before = files_below(finished.run_folder / "artifacts"), finished.published()
    told = finished.run()
    assert told["outcome"] == "ALREADY_PUBLISHED"
    assert told["run"] == finished.run_key
    assert (files_below(finished.run_folder / "artifacts"), finished.published()) == before
    require_trained_once(finished)


def test_asking_again_changes_no_file_at_all(finished):
    before = files_below(finished.folder)
    finished.run()
    assert files_below(finished.folder) == before


def test_reordered_manifests_are_the_same_run(two_datasets):
    first = two_datasets.run()
    two_datasets.ask(dataset_manifest_refs=two_datasets.request()["dataset_manifest_refs"][::-1])
    again = two_datasets.run()
    assert (again["outcome"], again["run"]) == ("ALREADY_PUBLISHED", first["run"])
    assert again["identity"]["train_run_key"] == first["identity"]["train_run_key"]
    require_trained_once(two_datasets)


@pytest.mark.parametrize("change", [
    {"request_id": "request-0002"},
    {"request_id": "request-0002", "requester_principal": "SYSTEM::scheduler"},
    {"requester_principal": "SYSTEM::scheduler"},
    {"publish_allowed": False},
])
def test_another_asker_or_name_is_the_same_run(finished, change):
    finished.ask(**change)
    told = finished.run()
    assert (told["outcome"], told["run"]) == ("ALREADY_PUBLISHED", finished.run_key)
    require_trained_once(finished)


def test_leave_to_publish_can_be_given_later(cards):
    cards.ask(publish_allowed=False)
    assert cards.run()["outcome"] == "PASS"
    assert not cards.published()
    assert cards.phase("publish", expect=77).code == "PUBLISH_NOT_ALLOWED"
    cards.ask(publish_allowed=True, request_id="request-0002")
    assert cards.run()["outcome"] == "PUBLISHED"
    require_trained_once(cards)


@pytest.mark.parametrize("change", [
    {"config_revision": "config@r2"},
    {"policy_revision": "policy@r2"},
    {"mf_code_release_id": "git:def"},
    {"training_config_ref": "profiles/other.yaml"},
    {"target_scope": {"environment": "local", "mode": "fraud", "bundle_slot": "shadow"}},
])
def test_a_used_request_id_cannot_mean_another_run(finished, change):
    before = files_below(finished.folder)
    other = finished.request_with("other.json", **change)
    told = finished.run(other, expect=73)
    assert told.code == "REQUEST_ID_PAYLOAD_MISMATCH"
    assert finished.run_key in told["failure"]["message"]
    other.unlink()
    after = files_below(finished.folder)
    assert after.pop(f"store/{told['refs']['request_rejection_ref']}")
    assert after == before


def test_another_meaning_under_another_name_is_another_run(finished):
    first = finished.run_key
    told = finished.run(finished.request_with("other.json", config_revision="config@r2", request_id="request-0002"))
    assert told["outcome"] == "PUBLISHED" and told["run"] != first
    assert finished.states() == {first: "PUBLISHED", told["run"]: "PUBLISHED"}


def test_requests_from_standard_input_are_the_same_run(finished):
    told = finished.mf("run", "-", stdin=json.dumps(finished.request()).encode())
    assert (told["outcome"], told["run"]) == ("ALREADY_PUBLISHED", finished.run_key)


def test_two_stores_give_one_run_and_one_bundle(made_cards, finished, tmp_path):
    elsewhere = made_cards.copied_to(tmp_path / "elsewhere")
    told = elsewhere.run()
    assert told["run"] == finished.run_key
    assert elsewhere.bundle().parent.name == finished.bundle().parent.name


def test_what_retention_took_away_takes_nothing_from_what_was_published(finished):
    finished.data_file().unlink()
    assert finished.run()["outcome"] == "ALREADY_PUBLISHED"
