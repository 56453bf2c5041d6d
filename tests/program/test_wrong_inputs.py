"""What people get wrong, and what they are told: one line that names the place, a code, an exit status, and the fix."""

import json
from datetime import timedelta

import pytest

import command
from card_rows import AS_OF, COLUMNS, ROLES, START, card_rows, csv_text, utc
from card_store import GOVERNANCE, PLATFORM_RUN, TRAINING
from workplace import files_below


def edited(position, **changes):
    """The usual rows, one of them changed."""
    rows = card_rows()
    rows[position].update(changes)
    return rows


def with_rows(**how):
    return lambda work: work.repin(**how)


def with_training(change):
    return lambda work: work.edit(TRAINING, change)


def with_governance(change):
    return lambda work: work.edit(GOVERNANCE, change)


def with_request(**changes):
    return lambda work: work.ask(**changes)


def with_request_text(text):
    return lambda work: work.request_file.write_bytes(text)


def with_training_text(text):
    return lambda work: work.put(TRAINING, text)


def all_one_class(label):
    return [{**row, "is_fraud": label} for row in card_rows()]


def fraud_only_early():
    rows = card_rows()
    for row in rows[len(rows) * 3 // 5:]:
        row["is_fraud"] = "0"
    return rows


def with_leak():
    return [{**row, "noise": "9.5" if row["is_fraud"] == "1" else "0.5"} for row in card_rows()]


def params(profile):
    return profile["algorithm"]["params"]


def without_label():
    return {name: role if name != "is_fraud" else ("bool", ["feature"]) for name, role in ROLES.items()}


def manifest_key(name="dm_cards"):
    return f"{PLATFORM_RUN}/ofs/manifests/{name}.json"


def misspell_the_label(work):
    work.repin(of_materialization={"columns": [
        {"name": "is_fruad" if c == "is_fraud" else c, "type": ROLES[c][0], "roles": ROLES[c][1]} for c in COLUMNS]})


LATE = utc(START + timedelta(days=300))

# name: (what is done wrong, code, exit status, what the message has to name)
REQUEST_AND_REFS = {
    "the request is not JSON": (with_request_text(b"{'request_id': 1}"), "REQUEST_INVALID", 65, "request.json"),
    "the request is empty": (with_request_text(b""), "REQUEST_INVALID", 65, "request.json"),
    "the request is no object": (with_request_text(b"[]\n"), "REQUEST_INVALID", 65, "request.json"),
    "a key twice": (with_request_text(b'{"request_id": "a", "request_id": "b"}'), "REQUEST_INVALID", 65, "request_id"),
    "no number of JSON": (with_request_text(b'{"request_id": NaN}'), "REQUEST_INVALID", 65, "request.json"),
    "an unknown key": (with_request(publish_alowed=True), "REQUEST_INVALID", 65, "publish_alowed"),
    "a word for a truth": (with_request(publish_allowed="yes"), "REQUEST_INVALID", 65, "publish_allowed"),
    "no training profile named": (with_request(training_config_ref=None), "CONFIG_REF_MISSING", 65, "training_config_ref"),
    "no policy named": (with_request(governance_profile_ref=None), "GOVERNANCE_PROFILE_MISSING", 65, "governance_profile_ref"),
    "no manifest named": (with_request(dataset_manifest_refs=[]), "MANIFEST_REF_MISSING", 65, "dataset_manifest_refs"),
    "another platform run": (
        with_request(platform_run_id="platform_20270101T000000Z"), "RUN_SCOPE_INVALID", 65, "platform_20270101T000000Z"),
    "the manifest is not there": (
        with_request(dataset_manifest_refs=[manifest_key("dm_absent")]), "MANIFEST_UNRESOLVED", 66, "dm_absent"),
    "the manifest is not JSON": (
        lambda work: work.ask(dataset_manifest_refs=[work.put(manifest_key("dm_text"), "hello")]),
        "MANIFEST_UNRESOLVED", 66, "dm_text"),
    "the manifest lacks a field": (
        lambda work: work.ask(dataset_manifest_refs=[work.put_json(manifest_key("dm_few"), {
            "schema_version": "learning.dataset_manifest.v1"})]), "MANIFEST_INVALID", 65, "dm_few"),
    "the training profile is not there": (
        with_request(training_config_ref="profiles/absent.yaml"), "TRAINING_PROFILE_UNRESOLVED", 66, "profiles/absent.yaml"),
    "the governance profile is not there": (
        with_request(governance_profile_ref="profiles/absent.yaml"), "GOVERNANCE_PROFILE_UNRESOLVED", 66,
        "profiles/absent.yaml"),
    "a ref to the latest": (
        with_request(dataset_manifest_refs=["platform/ofs/latest/manifest.json"]), "REF_INVALID", 65, "latest"),
    "a ref that climbs": (with_request(training_config_ref="../profiles/training.yaml"), "REF_INVALID", 65, ".."),
    "a ref with a wildcard": (with_request(dataset_manifest_refs=["ofs/manifests/*.json"]), "REF_INVALID", 65,
        "/dataset_manifest_refs/0: the ref has a wildcard"),
    "an absolute ref": (with_request(governance_profile_ref="/etc/passwd"), "REF_INVALID", 65,
                        "/governance_profile_ref: the ref is an absolute path"),
    "a ref pinned to other bytes": (
        with_request(dataset_manifest_refs=[manifest_key() + "@sha256:" + "0" * 64]), "MANIFEST_DIGEST_MISMATCH", 65,
        "dm_cards"),
    "a ref out of the store": (
        with_request(training_config_ref="s3://elsewhere/training.yaml"), "REF_OUTSIDE_ROOT", 77, "s3://elsewhere"),
    "a ref without a pin where pins are required": (
        lambda work: work.wire(require_pinned_refs=True), "REF_UNPINNED", 65, TRAINING),
}
PROFILES = {
    "an unknown training key": (with_training(lambda p: p.update(splitt=1)), "TRAINING_PROFILE_INVALID", 65, "splitt"),
    "an unknown key further in": (
        with_training(lambda p: p["algorithm"].update(round=9)), "TRAINING_PROFILE_INVALID", 65, "/algorithm"),
    "an unknown parameter": (
        with_training(lambda p: params(p).update(max_dept=3)), "TRAINING_PROFILE_INVALID", 65, "max_dept"),
    "a parameter out of bounds": (
        with_training(lambda p: params(p).update(eta=1.5)), "TRAINING_PROFILE_INVALID", 65, "/algorithm/params/eta"),
    "a parameter of another type": (
        with_training(lambda p: params(p).update(max_depth="deep")), "TRAINING_PROFILE_INVALID", 65,
        "/algorithm/params/max_depth"),
    "no rounds": (with_training(lambda p: p["algorithm"].update(rounds=0)), "TRAINING_PROFILE_INVALID", 65, "rounds"),
    "fractions that do not sum to one": (
        with_training(lambda p: p["split"].update(train=0.9)), "TRAINING_PROFILE_INVALID", 65, "split"),
    "no split": (with_training(lambda p: p.pop("split")), "TRAINING_PROFILE_INVALID", 65, "split"),
    "a profile that is no YAML": (
        with_training_text("a: [1,\n"), "TRAINING_PROFILE_UNRESOLVED", 66, TRAINING),
    "an ambiguous word": (
        with_training_text("schema_version: mf.training_profile.v1\npolicy_id: yes\n"), "TRAINING_PROFILE_UNRESOLVED", 66,
        "yes"),
    "features of another set": (
        with_training(lambda p: p["feature_definition_set"].update(feature_set_version="v2")),
        "FEATURE_SCHEMA_INCOMPATIBLE", 65, "cards@v1"),
    "an unknown metric": (
        with_governance(lambda p: p["criteria"][0].update(metric="auc_rok")), "GOVERNANCE_PROFILE_INVALID", 65, "auc_rok"),
    "no criteria": (with_governance(lambda p: p.update(criteria=[])), "GOVERNANCE_PROFILE_INVALID", 65, "criteria"),
    "no word on criteria": (
        with_governance(lambda p: p.pop("criteria")), "GOVERNANCE_PROFILE_INVALID", 65, "criteria"),
    "a criterion without a threshold": (
        with_governance(lambda p: p["criteria"][0].pop("at_least")), "GOVERNANCE_PROFILE_INVALID", 65, "/criteria/0"),
    "an unknown part": (
        with_governance(lambda p: p["criteria"][0].update(part="tset")), "GOVERNANCE_PROFILE_INVALID", 65, "/criteria/0/part"),
    "an unknown key of a criterion": (
        with_governance(lambda p: p["criteria"][0].update(severty="block")), "GOVERNANCE_PROFILE_INVALID", 65, "severty"),
}
DATA = {
    "the data file is not there": (
        lambda work: work.data_file().unlink(), "MATERIALIZATION_UNRESOLVED", 66, "part-00000.csv"),
    "the data file has another digest": (
        lambda work: work.data_file().write_text(csv_text(edited(3, amount="1.00"))), "MATERIALIZATION_DIGEST_MISMATCH", 65,
        "part-00000.csv"),
    "the data file is empty": (with_rows(rows=[], text=""), "DATA_EMPTY", 65, "part-00000.csv"),
    "the data file has a header only": (with_rows(rows=[]), "DATA_EMPTY", 65, "part-00000.csv"),
    "no column is the label": (with_rows(roles=without_label()), "MATERIALIZATION_INVALID", 65, "label"),
    "the label column is misspelled": (misspell_the_label, "DATA_INVALID", 65, "is_fruad"),
    "all labels are fraud": (with_rows(rows=all_one_class("1")), "DATA_INVALID", 65, "one class"),
    "no label is fraud": (with_rows(rows=all_one_class("0")), "DATA_INVALID", 65, "one class"),
    "no label is known": (with_rows(rows=all_one_class("")), "DATA_INVALID", 65, "label"),
    "a label that is no truth": (with_rows(rows=edited(9, is_fraud="maybe")), "DATA_INVALID", 65, "line 11"),
    "text in a number column": (with_rows(rows=edited(7, amount="twelve")), "DATA_INVALID", 65, "line 9"),
    "a time that is none": (with_rows(rows=edited(7, event_time="yesterday")), "DATA_INVALID", 65, "line 9"),
    "a row with too many fields": (
        with_rows(rows=card_rows(), text=csv_text(card_rows()).replace("\ne5,", "\ne5,x,")), "DATA_INVALID", 65, "line 7"),
    "fewer rows than said": (with_rows(rows=card_rows(), text=csv_text(card_rows(599))), "DATA_INVALID", 65, "599"),
    "a subject key twice": (with_rows(rows=edited(8, event_id="e2")), "LEAKAGE_GUARD_VIOLATION", 65, "duplicate_subject_keys"),
    "a label after as-of": (
        with_rows(rows=edited(5, label_time=LATE)), "LEAKAGE_GUARD_VIOLATION", 65, "label_observed_after_asof"),
    "an event after as-of": (
        with_rows(rows=edited(5, event_time=LATE, label_time="", is_fraud="")), "LEAKAGE_GUARD_VIOLATION", 65,
        "event_after_asof"),
    "a feature after its event": (
        with_rows(rows=edited(5, feature_time=utc(START + timedelta(days=9)))), "LEAKAGE_GUARD_VIOLATION", 65,
        "feature_after_event"),
    "a label before its event": (
        with_rows(rows=edited(5, label_time="2025-12-31T00:00:00Z")), "LEAKAGE_GUARD_VIOLATION", 65,
        "label_observed_before_event"),
    "a feature that knows the label": (with_rows(rows=with_leak()), "LEAKAGE_GUARD_VIOLATION", 65, "noise"),
    "a part of one class": (with_rows(rows=fraud_only_early()), "SPLIT_INVALID", 65, "validation"),
    "data that is not ready": (
        with_rows(of_materialization={"readiness": {"replay_status": "PARTIAL", "label_status": "READY_FOR_TRAINING"}}),
        "DATASET_NOT_READY", 65, "PARTIAL"),
    "data of another format": (
        with_rows(of_materialization={"format": "csv.gz"}), "DATA_INVALID", 65, "gzip"),
    "a materialisation of another dataset": (
        with_rows(of_materialization={"dataset_manifest_id": "dm_other"}), "MATERIALIZATION_INVALID", 65, "dm_other"),
    "manifests of two as-of times": (
        lambda work: work.ask(dataset_manifest_refs=[
            *work.request()["dataset_manifest_refs"],
            work.put_dataset("dm_more", card_rows(100, 5, "m"), of_manifest={"label_basis": {
                "label_asof_utc": "2026-07-01T00:00:00Z", "resolution_rule": "observed_time<=label_asof_utc"}})]),
        "AS_OF_INCONSISTENT_ACROSS_SET", 65, AS_OF),
}
TABLE = {**REQUEST_AND_REFS, **PROFILES, **DATA}


def require_well_told(told, code, exit_status, names):
    """Of a call without --json."""
    assert told.exit == exit_status, told.err
    assert told.out == ""
    lines = told.err.splitlines()
    (message,) = [line for line in lines if line.startswith("mf: ")]
    assert names in message, f"{names!r} is not in {message!r}"
    assert f"  code {code} (" in told.err
    (fix,) = [line for line in lines if line.startswith("  fix: ")]
    assert len(fix) > len("  fix: ")


@pytest.mark.parametrize("mistake", TABLE)
def test_a_mistake_is_told_and_nothing_is_published(cards, mistake):
    make, code, exit_status, names = TABLE[mistake]
    make(cards)
    require_well_told(cards.say("run", cards.request_file), code, exit_status, names)
    told = cards.run(expect=exit_status)
    assert told.code == code
    assert names in told["failure"]["message"]
    assert "\n" not in told["failure"]["message"] and told["failure"]["hint"]
    assert told["failure"]["class"] == "HARD" and not told["failure"]["retryable"]
    assert not cards.published()


@pytest.mark.parametrize("mistake", [name for name in TABLE if name in REQUEST_AND_REFS or name in PROFILES])
def test_what_is_refused_before_training_trains_nothing(cards, mistake):
    TABLE[mistake][0](cards)
    cards.say("run", cards.request_file)
    assert not [key for key in files_below(cards.store) if key.endswith(".ubj")]


@pytest.mark.parametrize("mistake, near", [
    ("an unknown key", "publish_allowed"),
    ("an unknown training key", "split"),
    ("an unknown parameter", "max_depth"),
    ("an unknown metric", "auc_roc"),
    ("an unknown key of a criterion", "severity"),
    ("the label column is misspelled", "is_fraud"),
])
def test_the_nearest_name_is_suggested(cards, mistake, near):
    TABLE[mistake][0](cards)
    failure = cards.run(expect=65)["failure"]
    assert near in failure["message"] + failure["hint"]


@pytest.mark.parametrize("mistake", [
    "text in a number column", "a subject key twice", "a feature that knows the label", "a part of one class"])
def test_a_run_whose_rows_are_refused_is_over_and_says_so_again(cards, mistake):
    TABLE[mistake][0](cards)
    first = cards.run(expect=65)
    again = cards.run(expect=65)
    assert first["failure"] == again["failure"]
    assert cards.attempts("TRAIN") == 1
    assert cards.mf("status", cards.request_file)["outcome"] == "FAIL"


@pytest.mark.parametrize("mistake", ["an unknown parameter", "no criteria", "the training profile is not there"])
def test_a_mistake_in_a_profile_can_be_mended(made_cards, cards, mistake):
    TABLE[mistake][0](cards)
    cards.run(expect=TABLE[mistake][2])
    for key in (TRAINING, GOVERNANCE):
        cards.put(key, (made_cards.store / key).read_text())
    if mistake.startswith("the training profile"):
        cards.put("profiles/absent.yaml", (made_cards.store / TRAINING).read_text())
    assert cards.run()["outcome"] == "PUBLISHED"


# The command line.

RUN = "tr_" + "0" * 32
COMMAND_LINES = {
    "no profile": (["run", "{request}"], "PROFILE_MISSING", 78, "--profile"),
    "a profile that is not there": (["--profile", "/nowhere/mf.yaml", "run", "{request}"], "PROFILE_MISSING", 78, "/nowhere"),
    "a profile that is none": (["--profile", "{request}", "run", "{request}"], "PROFILE_INVALID", 78, "request.json"),
    "no request file there": (["--profile", "{profile}", "run", "absent.json"], "FILE_NOT_FOUND", 66, "absent.json"),
    "a folder as request": (["--profile", "{profile}", "run", "{store}"], "FILE_NOT_READABLE", 77, "store"),
    "an unknown run": (["--profile", "{profile}", "publish", "--run", RUN], "RUN_NOT_FOUND", 66, RUN),
    "a run that is no name": (["--profile", "{profile}", "status", "--run", "../../etc"], "RUN_NOT_FOUND", 66, "../../etc"),
    "both request and run": (["--profile", "{profile}", "train", "{request}", "--run", RUN], "USAGE", 64, "not both"),
    "neither request nor run": (["--profile", "{profile}", "train"], "USAGE", 64, "--run"),
    "no request": (["--profile", "{profile}", "run"], "USAGE", 64, "REQUEST"),
    "an unknown command": (["publsh"], "USAGE", 64, "did you mean 'publish'"),
    "an unknown option": (["--profile", "{profile}", "run", "{request}", "--quite"], "USAGE", 64, "did you mean '--quiet'"),
    "an option without its value": (["run", "{request}", "--profile"], "USAGE", 64, "--profile"),
    "an argument too many": (["--profile", "{profile}", "run", "{request}", "more"], "USAGE", 64, "more"),
    "an unknown code": (["explain", "LEASE_HELT"], "USAGE", 64, "LEASE_HELD"),
    "an unknown log format": (["--log-format", "xml", "runs"], "USAGE", 64, "--log-format"),
    "a demo over other files": (["demo", "{folder}"], "DESTINATION_NOT_EMPTY", 73, "{folder}"),
}


def filled(word, work):
    return word.format(request=work.request_file, profile=work.profile, store=work.store, folder=work.folder)


@pytest.mark.parametrize("mistake", COMMAND_LINES)
def test_a_mistyped_command_is_told(cards, mistake):
    words, code, exit_status, names = COMMAND_LINES[mistake]
    words = [filled(word, cards) for word in words]
    before = files_below(cards.folder)
    require_well_told(command.call(*words), code, exit_status, filled(names, cards))
    assert command.mf(*words, expect=exit_status).code == code
    assert files_below(cards.folder) == before


@pytest.mark.parametrize("change, code, names", [
    ({"object_store": {"class": "filesystem", "root": "absent"}}, "STORE_UNAVAILABLE", "absent"),
    ({"object_store": {"class": "cloud", "root": "store"}}, "PROFILE_INVALID", "/object_store/class"),
    ({"trheads": 2}, "PROFILE_INVALID", "trheads"),
    ({"threads": 0}, "PROFILE_INVALID", "/threads"),
    ({"actor": {"actor_id": "me", "source_type": "HUMAN"}}, "PROFILE_INVALID", "/actor/actor_id"),
])
def test_a_wrong_platform_profile_is_told(cards, change, code, names):
    cards.wire(**change)
    exit_status = 75 if code == "STORE_UNAVAILABLE" else 78
    require_well_told(cards.say("run", cards.request_file), code, exit_status, names)
    assert not (cards.store / "mf").exists()


def test_a_request_from_standard_input_is_named_so(cards):
    told = cards.say("run", "-", stdin=b"not json")
    require_well_told(told, "REQUEST_INVALID", 65, "standard input")


def test_control_characters_in_names_do_not_reach_the_terminal(cards):
    cards.ask(training_config_ref="profiles/\u001b[31mred.yaml")
    told = cards.say("run", cards.request_file)
    assert told.exit == 65
    assert "\x1b" not in told.err and json.dumps(told.err).find("\\u001b") < 0
