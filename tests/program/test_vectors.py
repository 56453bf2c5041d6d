"""The expected answers in tests/data, made by another implementation of the same contracts: every line of them."""

import json

import pytest

from card_store import PLATFORM_PROFILE
from command import ROOT
from workplace import Workplace, sha256


def lines_of(name):
    return [json.loads(line) for line in (ROOT / "tests" / "data" / name).read_bytes().splitlines()]


REQUESTS = lines_of("request_identity.jsonl")
PLANS = lines_of("resolved_plan.jsonl")


@pytest.mark.parametrize("line", REQUESTS, ids=lambda line: str(line["id"]))
def test_a_request_means_what_is_expected(mf, tmp_path, line):
    file = tmp_path / "request.json"
    file.write_text(json.dumps(line["request"]))
    expected = line["expected"]
    if expected["outcome"] == "REJECTED":
        told = mf("validate-request", file, expect=65)
        assert (told["outcome"], told.code) == ("REJECTED", expected["code"])
        assert told["run"] is None and told["identity"] is None
        return
    told = mf("validate-request", file)
    assert told["outcome"] == "ACCEPTED"
    assert told["identity"] == {name: value for name, value in expected.items() if name != "outcome"}
    assert told["run"] == expected["train_run_id"]


def laid_out(folder, line):
    """A workplace whose store holds the files of the line."""
    place = Workplace(folder)
    for root in (place.store, place.registry):
        root.mkdir(parents=True)
    for key, text in line["store"].items():
        path = place.store / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    place.profile.write_text(json.dumps(PLATFORM_PROFILE))
    place.request_file.write_text(json.dumps(line["request"]))
    return place


def require_within(expected, found, where=""):
    """Every field of `expected` is in `found` with the same value; `found` may hold more."""
    if isinstance(expected, dict):
        assert isinstance(found, dict), where
        for name, value in expected.items():
            assert name in found, f"{where}/{name} is not there"
            require_within(value, found[name], f"{where}/{name}")
    elif isinstance(expected, list):
        assert len(found) == len(expected), where
        for i, value in enumerate(expected):
            require_within(value, found[i], f"{where}/{i}")
    else:
        assert found == expected and type(found) is type(expected), where


@pytest.mark.parametrize("line", PLANS, ids=lambda line: line["case"] + "-" + line["request"]["request_id"])
def test_a_plan_is_what_is_expected(mf, tmp_path, line):
    place = laid_out(tmp_path / "place", line)
    expected = line["expected"]
    if expected["outcome"] == "REJECTED":
        exit_status = mf("explain", expected["code"])["figures"]["exit"]
        assert place.phase("resolve", expect=exit_status).code == expected["code"]
        assert not list(place.store.rglob("mf/resolved_train_plan/*"))
        return
    told = place.phase("resolve")
    assert told["outcome"] == "RESOLVED"
    plan = json.loads((place.store / told["refs"]["resolved_train_plan_ref"]).read_text())
    require_within(expected["plan"], plan)
    assert "er_" + sha256(told["run"])[:16] == expected["eval_report_id"]


def test_the_data_files_of_the_vectors_are_whole():
    assert len(REQUESTS) == 83 and len(PLANS) == 30
    assert {line["expected"]["outcome"] for line in REQUESTS + PLANS} == {"ACCEPTED", "REJECTED", "RESOLVED"}


def test_an_eval_report_is_named_by_the_recipe_of_the_vectors(finished):
    told = finished.mf("status", finished.request_file)
    assert finished.document("eval_report")["eval_report_id"] == "er_" + sha256(told["run"])[:16]


def test_a_profile_of_the_older_form_resolves_and_cannot_train(tmp_path):
    line = next(line for line in PLANS if line["expected"]["outcome"] == "RESOLVED")
    place = laid_out(tmp_path / "place", line)
    place.phase("resolve")
    assert place.phase("train", expect=65).code == "TRAINING_PROFILE_INVALID"
    assert not place.published()


def test_a_v0_manifest_may_spell_its_as_of_in_its_own_way(tmp_path):
    line = next(line for line in PLANS if line["expected"]["outcome"] == "RESOLVED"
                and not any("@sha256:" in ref for ref in line["request"]["dataset_manifest_refs"]))
    place = laid_out(tmp_path / "place", line)
    for ref in line["request"]["dataset_manifest_refs"]:
        place.edit(ref, lambda manifest: manifest["label_basis"].update(label_asof_utc="2026-02-10"))
    assert place.phase("resolve")["outcome"] == "RESOLVED"
