"""A request that is refused before it has a run: the refusal is recorded under its id, once, and changes nothing else."""

import json
import re
import shutil

import pytest

import command
from documents import canonical, require_valid
from injection import CHANGING, calls_of, changes, disturbed, for_each, traced
from test_torture_launchers import answer_of, launched
from workplace import files_below, sha256

EXAMPLES = command.ROOT / "schemas/examples/train_build_request.v0"
SUBMITTING = ("run", "resolve", "train", "eval", "gate", "publish")
LAUNCHERS = 16
ID = re.compile(r"[A-Za-z0-9_.:-]{8,128}")
# Every field of its own code but request_id, without which there is nothing to record under.
FIELDS = {
    "intent_kind": "INTENT_KIND_UNSUPPORTED", "platform_run_id": "RUN_SCOPE_INVALID", "dataset_manifest_refs": "MANIFEST_REF_MISSING",
    "training_config_ref": "CONFIG_REF_MISSING", "governance_profile_ref": "GOVERNANCE_PROFILE_MISSING",
    "requester_principal": "REQUESTER_MISSING", "target_scope": "TARGET_SCOPE_INVALID", "policy_revision": "POLICY_REVISION_MISSING",
    "config_revision": "CONFIG_REVISION_MISSING", "mf_code_release_id": "CODE_RELEASE_MISSING", "schema_version": "REQUEST_INVALID"}
SECRET = "AKIA5SECRETCANARY5"


def fixtures():
    """Each invalid example of a request, with the code it is refused with."""
    listed = json.loads((EXAMPLES / "fixtures.json").read_text())["fixtures"]
    return {name: expected["code"] for name, expected in listed.items() if expected["outcome"] == "REJECTED"}


def anchor_of(data):
    """The id in these bytes under which their refusal is recorded, or None."""
    def without_repeats(pairs):
        assert len(dict(pairs)) == len(pairs)
        return dict(pairs)
    try:
        document = json.loads(data.decode(), object_pairs_hook=without_repeats)  # of a text, it refuses a byte order mark
    except (ValueError, AssertionError):
        return None
    found = document.get("request_id") if isinstance(document, dict) else None
    return found if isinstance(found, str) and ID.fullmatch(found) else None


READABLE = {name: code for name, code in fixtures().items() if anchor_of((EXAMPLES / name).read_bytes())}


def rejections(place):
    return files_below(place.store / "mf/rejections") if (place.store / "mf/rejections").exists() else {}


def left(place):
    """Everything in store and registry but the rejections."""
    return {key: data for key, data in files_below(place.folder).items()
            if key.startswith(("store/", "registry/")) and not key.startswith("store/mf/rejections/")}


def spoilt(place, **changes):
    """A request that is refused for want of a policy, under the id of the good one."""
    request = {**place.request(), **changes}
    del request["governance_profile_ref"]
    file = place.folder / "spoilt.json"
    file.write_text(json.dumps(request))
    return file


def only_rejection(place):
    ((key, data),) = rejections(place).items()
    return key, json.loads(data)


def test_enough_examples_can_be_recorded():
    assert len(READABLE) > 20 and len(set(READABLE.values())) >= 10
    assert set(fixtures()) - set(READABLE) >= {"invalid-byte-order-mark.json", "invalid-not-an-object.json"}


@pytest.mark.parametrize("name", fixtures())
def test_every_refusal_of_a_request_whose_id_can_be_read_is_recorded(cards, name):
    data, code = (EXAMPLES / name).read_bytes(), fixtures()[name]
    before = left(cards)
    told = cards.mf("run", EXAMPLES / name, expect=65)
    assert told.code == code
    assert left(cards) == before, "it did something else"
    if name not in READABLE:
        assert not rejections(cards) and not told["refs"]
        return
    key, record = only_rejection(cards)
    assert told["refs"] == {"request_rejection_ref": f"mf/rejections/{key}"}
    assert key == f"{anchor_of(data)}/{sha256(data)[:32]}.json"
    require_recorded(record, data, told)


def require_recorded(record, data, told):
    """The record is of these bytes, and says what was told."""
    require_valid(record)
    failure = told["failure"]
    assert record["request_id"] == anchor_of(data)
    assert record["request_sha256"] == sha256(data)
    assert {name: record[name] for name in ("code", "category", "class", "message", "hint")} == {
        name: failure[name] for name in ("code", "category", "class", "message", "hint")}
    assert record["context"] == {name: value for name, value in failure["context"].items() if name != "document"}
    assert record["requester_principal"] in (json.loads(data).get("requester_principal"), None)
    assert (record["run_key"], record["conflicting_run_key"]) == (None, None)


@pytest.mark.parametrize(("field", "code"), FIELDS.items())
def test_a_missing_field_is_recorded_under_its_code(cards, field, code):
    cards.ask(**{field: None})
    told = cards.run(expect=65)
    key, record = only_rejection(cards)
    assert record["code"] == told.code == code
    require_recorded(record, cards.request_file.read_bytes(), told)


@pytest.mark.parametrize("phase", SUBMITTING)
def test_each_command_that_takes_a_request_records_its_refusal(cards, phase):
    told = cards.mf(phase, spoilt(cards), expect=65)
    key, record = only_rejection(cards)
    assert told["refs"]["request_rejection_ref"] == f"mf/rejections/{key}"
    assert record["command"] == phase and record["requester_principal"] == "HUMAN::operator"
    assert record["actor"] == {"actor_id": "HUMAN::operator", "source_type": "HUMAN"}
    data = rejections(cards)[key]
    assert data.decode() == canonical(record) + "\n"


def test_checking_a_request_records_nothing(cards):
    cards.mf("validate-request", spoilt(cards), expect=65)
    assert not rejections(cards)


def test_a_taken_id_is_recorded_with_both_runs(finished):
    other = finished.request_with("other.json", config_revision="config@r2")
    means = finished.mf("validate-request", other)["run"]
    told = finished.run(other, expect=73)
    assert told.code == "REQUEST_ID_PAYLOAD_MISMATCH"
    key, record = only_rejection(finished)
    assert key == f"request-0001/{sha256(other.read_bytes())[:32]}.json"
    require_valid(record)
    assert (record["run_key"], record["conflicting_run_key"]) == (means, finished.run_key)
    assert finished.run()["outcome"] == "ALREADY_PUBLISHED"


def test_the_first_record_of_the_same_bytes_stands(cards):
    file = spoilt(cards)
    told = cards.mf("run", file, expect=65)
    first = rejections(cards)
    renamed = file.rename(cards.folder / "renamed.json")
    again = cards.mf("resolve", renamed, expect=65)
    assert again["refs"] == told["refs"] and rejections(cards) == first


def test_other_bytes_under_the_same_id_are_another_record(cards):
    cards.mf("run", spoilt(cards), expect=65)
    cards.mf("run", spoilt(cards, config_revision="config@r2"), expect=65)
    assert {key.split("/")[0] for key in rejections(cards)} == {"request-0001"} and len(rejections(cards)) == 2


def test_the_corrected_request_runs_under_the_same_id_and_the_record_stays(cards):
    cards.mf("run", spoilt(cards), expect=65)
    first = rejections(cards)
    assert cards.run()["outcome"] == "PUBLISHED"
    assert rejections(cards) == first


def test_many_at_once_leave_one_record(cards):
    file = spoilt(cards)
    answers = [answer_of(process) for process in [launched(cards, file) for _ in range(LAUNCHERS)]]
    assert {(told.exit, told.code) for told in answers} == {(65, "GOVERNANCE_PROFILE_MISSING")}
    key, _ = only_rejection(cards)
    assert {told["refs"]["request_rejection_ref"] for told in answers} == {f"mf/rejections/{key}"}
    assert not any(".mf-tmp/" in name for name in files_below(cards.store))


def test_people_are_told_where_it_is_recorded(cards):
    told = cards.say("run", spoilt(cards))
    key, _ = only_rejection(cards)
    assert told.out == "" and told.exit == 65
    assert f"  request_rejection_ref  mf/rejections/{key}\n" in told.err


def test_a_refusal_from_standard_input_is_of_its_bytes(cards):
    data = spoilt(cards).read_bytes()
    cards.mf("run", "-", expect=65, stdin=data)
    assert only_rejection(cards)[0] == f"request-0001/{sha256(data)[:32]}.json"


# What stands in the way of recording changes nothing of the refusal.


def as_refused_without_a_store(place, file):
    """What is told of the same file where there is no profile, so no store."""
    return command.mf("run", file, expect=65)["failure"]


def test_without_a_profile_a_refusal_is_only_told(cards):
    told = command.mf("run", spoilt(cards), expect=65)
    assert told["refs"] == {} and "could not be recorded" not in told.err


def test_a_refusal_that_cannot_be_recorded_is_told_all_the_same(cards):
    file = spoilt(cards)
    shutil.rmtree(cards.store)
    told = cards.mf("run", file, expect=65)
    assert told["failure"] == as_refused_without_a_store(cards, file) and told["refs"] == {}
    assert "warning: the refusal of the request could not be recorded: " in told.err


@pytest.mark.parametrize("errno", ["ENOSPC", "EIO", "EACCES"])
def test_a_refusal_is_told_whatever_the_store_answers(cards, strace, errno):
    file = spoilt(cards)
    under = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e", f"inject=linkat:error={errno}"]
    told = cards.mf("run", file, expect=65, under=under)
    assert told["failure"] == as_refused_without_a_store(cards, file) and told["refs"] == {}
    assert "could not be recorded" in told.err
    assert not rejections(cards)
    assert cards.mf("run", file, expect=65)["refs"], "and now it can"


@pytest.fixture
def refused(steady_cards, tmp_path):
    """Workplaces whose request is refused, all alike, by name."""
    def make(name):
        place = steady_cards.copied_to(tmp_path / name / "cards")
        place.ask(governance_profile_ref=None)
        return place
    return make


def test_killed_at_any_call_it_leaves_the_whole_record_or_none(refused, strace):
    place = refused("recorded")
    ended, log = traced(strace, place, CHANGING)
    assert ended.returncode == 65
    points = [point for _, point, words in calls_of(log, place.folder) if changes(point, words)]
    assert {"linkat", "write", "fsync"} <= {point.call for point in points}

    def kill(point):
        place = refused(f"{point.call}-{point.nth}")
        disturbed(strace, place, point, "signal=KILL")
        for data in rejections(place).values():
            require_valid(json.loads(data))
        told = place.run(expect=65)
        key, record = only_rejection(place)
        require_recorded(record, place.request_file.read_bytes(), told)
        assert not any(".mf-tmp/" in name for name in files_below(place.store))
    for_each(points, kill)


# What is transient, or no fault of the request, is no rejection.


def test_a_store_that_is_away_is_no_rejection(cards):
    shutil.move(cards.store, cards.folder / "away")
    assert cards.run(expect=75).code == "STORE_UNAVAILABLE"
    shutil.move(cards.folder / "away", cards.store)
    assert not rejections(cards)


def test_what_is_refused_once_there_is_a_run_is_of_the_run(cards):
    cards.ask(training_config_ref="profiles/none.yaml")
    told = cards.run(expect=66)
    assert told["run"] == cards.run_key and told["refs"] == {}
    assert not rejections(cards)


def test_a_damaged_name_of_a_request_is_no_rejection(finished):
    (alias,) = (finished.store / "mf/requests").iterdir()
    alias.write_bytes(alias.read_bytes()[:40])
    finished.run(expect=73)
    assert not rejections(finished)


def test_a_secret_in_a_request_reaches_neither_record_nor_terminal(cards):
    for field in ("intent_kind", "publish_allowed", "target_scope", "policy_revision", "dataset_manifest_refs"):
        value = {"password": SECRET} if field in ("target_scope", "policy_revision") else [7, SECRET] if field == "dataset_manifest_refs" else SECRET
        told = cards.mf("run", cards.request_with("secret.json", **{field: value}), expect=65)
        assert SECRET not in told.out + told.err, field
    assert len(rejections(cards)) == 5
    assert not any(SECRET.encode() in data for data in rejections(cards).values())


def test_a_key_cut_inside_a_character_is_recorded(cards):
    told = cards.mf("run", cards.request_with("long-key.json", **{"x" * 63 + "\u00e9": 1}), expect=65)
    assert told["refs"], told.err
    require_valid(only_rejection(cards)[1])
