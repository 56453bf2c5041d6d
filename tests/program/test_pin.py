"""`mf pin`: from a user's own file to a verdict."""

import json
import random

import pytest

from card_rows import AS_OF, card_rows, csv_text
from card_store import GOVERNANCE_PROFILE, PLATFORM_RUN
from documents import require_valid
from workplace import files_below, sha256

OWN = {"event_id": "Zahlung Nr", "event_time": "paid_at", "is_fraud": "fraud?", "label_time": "reported at", "card": "card",
       "country": "country", "amount": "amount", "velocity": "velocity", "noise": "noise"}
TRAINING_YAML = """\
# How the cards are learned.
schema_version: mf.training_profile.v1
policy_id: mf.train.policy.v1
revision: "r1"
feature_definition_set: {feature_set_id: own, feature_set_version: v3}
expected_manifest_schema_version: learning.dataset_manifest.v1
label_resolution_rule: "observed_time<=label_asof_utc"
algorithm_id: xgboost.gbtree
algorithm:
  rounds: 8
  params: {max_depth: 3, eta: 0.3}
split_strategy: time_based
split: {train: 0.6, validation: 0.2, test: 0.2}
seed_policy:
  recipe: mf.phase4.seed.v0
  base_seed: 7
leakage: {suspect_single_feature_auc: 0.99}
evaluation: {top_k: [20], alert_rates: [0.05]}
"""


def own_rows():
    """The usual rows under the user's own names, with text that needs quotes, in another order of columns and rows."""
    rows = [{OWN[name]: value for name, value in row.items() if name in OWN} for row in card_rows()]
    for i, row in enumerate(rows):
        row["remark"] = ['said "no"', "Köln, Rhein", "two\nlines", "", "plain"][i % 5]
        row["merchant, name"] = f"Shop {i % 7}, Inc."
    random.Random(3).shuffle(rows)
    return rows


COLUMN_ORDER = ["remark", "noise", "amount", "fraud?", "card", "merchant, name", "velocity", "paid_at", "Zahlung Nr",
                "country", "reported at"]


def own_csv(rows, columns=None):
    columns = columns or COLUMN_ORDER
    header = {name: name for name in columns}
    text = csv_text([header, *rows], columns).split("\n", 1)[1]
    return text.replace("\n", "\r\n").replace("two\r\nlines", "two\nlines")


@pytest.fixture
def desk(cards):
    """A workplace with profiles for the user's own features, and the user's file beside it."""
    cards.put("profiles/own.yaml", TRAINING_YAML)
    cards.csv = cards.folder / "payments.csv"
    cards.csv.write_bytes(own_csv(own_rows()).encode())
    return cards


def pin(desk, *more, expect=0, **changes):
    options = {
        "--platform-run-id": PLATFORM_RUN, "--id": "Zahlung Nr", "--time": "paid_at", "--label": "fraud?",
        "--label-time": "reported at", "--entity": "card", "--amount": "amount", "--slice": "country", "--label-asof": AS_OF,
        "--feature-set": "own@v3", "--ofs-code-release": "git:own", "--ofs-config-revision": "own@r1", **changes}
    words = [word for option, value in options.items() if value is not None for word in (option, value)]
    return desk.mf("pin", desk.csv, *words, *more, expect=expect)


def hand_written_request(desk, manifest_ref, **changes):
    desk.ask(dataset_manifest_refs=[manifest_ref], training_config_ref="profiles/own.yaml", request_id="own-request-1",
             **changes)


def test_an_own_file_with_a_hand_written_request_comes_to_a_verdict(desk):
    pinned = pin(desk)
    hand_written_request(desk, pinned["refs"]["dataset_manifest_pinned_ref"])
    told = desk.run()
    assert told["outcome"] == "PUBLISHED"
    contract = json.loads((desk.bundle() / "scoring_contract.json").read_text())
    assert [feature["name"] for feature in contract["features"]] == ["noise", "amount", "velocity"]
    keys = {line.split(",")[0] for line in desk.recorded()["scored_rows"].read_text().splitlines()[1:]}
    assert keys <= {row["event_id"] for row in card_rows()} and len(keys) > 300


def test_a_policy_too_strict_for_an_own_file_is_a_verdict_too(desk):
    strict = {**GOVERNANCE_PROFILE, "criteria": [
        {"id": "perfect", "metric": "brier", "part": "test", "at_most": 0.0, "severity": "block"}]}
    desk.put_json("profiles/strict.yaml", strict)
    ref = pin(desk)["refs"]["dataset_manifest_pinned_ref"]
    hand_written_request(desk, ref, governance_profile_ref="profiles/strict.yaml")
    assert desk.run(expect=1)["outcome"] == "FAIL"
    assert not desk.published()


def test_the_documents_of_a_pinned_file_are_valid_and_true(desk):
    told = pin(desk)
    manifest = json.loads((desk.store / told["refs"]["dataset_manifest_ref"]).read_text())
    materialization = json.loads((desk.store / told["refs"]["materialization_ref"]).read_text())
    require_valid(manifest)
    require_valid(materialization)
    kept = (desk.store / told["refs"]["data_ref"]).read_bytes()
    assert kept == desk.csv.read_bytes()
    (file,) = materialization["files"]
    assert (file["sha256"], file["bytes"], file["rows"]) == (sha256(kept), len(kept), 600)
    assert manifest["label_coverage"] == {"rows": 600, "labelled": 600, "positive": 120}
    assert told["figures"]["rows"] == 600 and told["figures"]["positive"] == 120 and told["figures"]["features"] == 3
    roles = {column["name"]: column["roles"] for column in materialization["columns"]}
    assert roles["fraud?"] == ["label"] and sorted(roles["amount"]) == ["amount", "feature"]
    assert "remark" not in roles and "merchant, name" not in roles


def test_people_are_told_which_columns_were_left_out(desk):
    words = ["pin", desk.csv, "--platform-run-id", PLATFORM_RUN, "--id", "Zahlung Nr", "--time", "paid_at",
             "--label", "fraud?", "--label-time", "reported at", "--label-asof", AS_OF, "--feature-set", "own@v3",
             "--ofs-code-release", "git:own", "--ofs-config-revision", "own@r1"]
    told = desk.say(*words)
    assert told.exit == 0
    for column in ("remark", "merchant, name"):
        assert f"left out: column {column}" in told.out


def test_pinning_again_gives_the_same_dataset(desk):
    first = pin(desk)
    before = files_below(desk.store)
    assert pin(desk).result == first.result
    assert files_below(desk.store) == before


def test_other_rows_are_another_dataset(desk):
    first = pin(desk)
    desk.csv.write_bytes(own_csv(own_rows()[:-1]).encode())
    assert pin(desk)["figures"]["dataset_manifest_id"] != first["figures"]["dataset_manifest_id"]


def test_pin_can_write_the_request(desk):
    file = desk.folder / "written.json"
    told = pin(desk, "--publish-allowed", **{
        "--request": file, "--request-id": "own-request-1", "--intent": "baseline_train",
        "--training-config": "profiles/own.yaml", "--governance-profile": "profiles/governance.yaml",
        "--requester": "HUMAN::ada", "--environment": "local", "--mode": "fraud", "--bundle-slot": "primary",
        "--policy-revision": "policy@r1", "--config-revision": "config@r1", "--code-release": "git:own"})
    request = json.loads(file.read_text())
    require_valid(request)
    assert request["dataset_manifest_refs"] == [told["refs"]["dataset_manifest_pinned_ref"]]
    assert desk.run(file)["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("change, code, exit_status, names", [
    ({"--label": "fruad?"}, "USAGE", 64, "fruad?"),
    ({"--label": None}, "USAGE", 64, "--label"),
    ({"--time": None}, "USAGE", 64, "--time"),
    ({"--feature-set": "own"}, "USAGE", 64, "--feature-set"),
    ({"--label-asof": "last week"}, "USAGE", 64, "last week"),
    ({"--feature": "remark"}, "DATA_INVALID", 65, "remark"),
    ({"--amount": "remark"}, "DATA_INVALID", 65, "remark"),
    ({"--time": "amount"}, "USAGE", 64, "amount"),
    ({"--time": "remark"}, "DATA_INVALID", 65, "remark"),
    ({"--request-id": "own-request-1"}, "USAGE", 64, "--request"),
])
def test_a_wrong_word_to_pin_is_told_and_writes_nothing(desk, change, code, exit_status, names):
    before = files_below(desk.store)
    told = pin(desk, expect=exit_status, **change)
    assert told.code == code
    assert names in told["failure"]["message"] and told["failure"]["hint"]
    assert files_below(desk.store) == before


def test_a_misspelled_column_gets_a_suggestion(desk):
    failure = pin(desk, expect=64, **{"--label": "fruad?"})["failure"]
    assert "fraud?" in failure["message"] + failure["hint"]


@pytest.mark.parametrize("text, code, exit_status", [
    (None, "FILE_NOT_FOUND", 66), (b"", "DATA_EMPTY", 65), (b"other,columns\r\n", "USAGE", 64),
    (b"\xff\xfe\x00\n", "DATA_INVALID", 65)])
def test_a_file_that_is_no_table_is_told(desk, text, code, exit_status):
    desk.csv.unlink() if text is None else desk.csv.write_bytes(text)
    told = pin(desk, expect=exit_status)
    assert told.code == code and "payments.csv" in told["failure"]["message"]
