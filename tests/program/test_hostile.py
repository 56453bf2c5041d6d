"""What is put in the way of mf to harm it: refused by name, in one line, with little memory, and nothing is written.

Never a time: what is refused at once here would take minutes, or all memory, if it were read.
"""

import json
import unicodedata

import pytest

import command
from card_store import GOVERNANCE, PLATFORM_RUN, TRAINING
from hostile import (TEXTS, folder, layout_of, link_out, link_to_a_device, link_to_itself, outside_of, pipe_without_a_writer,
                     sparse_file, take_away, watched)


def refused(work, code, *words):
    """Calls mf in `work`, and requires that it refuses with `code` and writes nothing but that the run was asked for."""
    before = {place: layout_of(place) for place in (work.store, work.registry)}
    told = watched("--profile", work.profile, *words)
    assert told.code == code, told.out
    assert told.exit == command.mf("explain", code)["figures"]["exit"]
    assert layout_of(work.registry) == before[work.registry]
    written = set(layout_of(work.store)) - set(before[work.store])
    assert not [key for key in written if not asked_for(key)], written
    return told


def asked_for(key):
    """What admission keeps of a request, before anything that it names is opened."""
    return key.startswith("mf") or key in (PLATFORM_RUN, f"{PLATFORM_RUN}/mf", f"{PLATFORM_RUN}/mf/train_runs") or (
        key.startswith(f"{PLATFORM_RUN}/mf/train_runs/tr_") and key.count("/") <= 3 or "/ledger" in key)


def but_rejections(layout):
    """Without what is kept of a request that was refused: the refusal."""
    return {key: what for key, what in layout.items() if key != "mf" and not key.startswith("mf/rejections")}


def unpinned(work):
    work.ask(dataset_manifest_refs=[ref.split("@")[0] for ref in work.request()["dataset_manifest_refs"]])
    return work


# Files that are none.

NO_FILES = [pipe_without_a_writer, link_to_a_device, folder]
LINKS = [link_out, link_to_itself]


@pytest.mark.parametrize("act, code", [
    (sparse_file, "REQUEST_INVALID"), *[(act, "FILE_NOT_READABLE") for act in (*NO_FILES, link_to_itself)]])
def test_a_request_that_is_no_file_is_refused(cards, act, code):
    act(cards.request_file)
    before = layout_of(cards.store)
    refused(cards, code, "run", cards.request_file)
    refused(cards, code, "validate-request", cards.request_file)
    assert layout_of(cards.store) == before


@pytest.mark.parametrize("act, code", [
    (sparse_file, "PROFILE_INVALID"), *[(act, "FILE_NOT_READABLE") for act in (*NO_FILES, link_to_itself)]])
def test_a_platform_profile_that_is_no_file_is_refused(cards, act, code):
    act(cards.profile)
    before = layout_of(cards.store)
    refused(cards, code, "run", cards.request_file)
    refused(cards, code, "runs")
    assert layout_of(cards.store) == before


INPUTS = {
    "the training profile": (lambda work: work.store / TRAINING, "TRAINING_PROFILE_UNRESOLVED"),
    "the governance profile": (lambda work: work.store / GOVERNANCE, "GOVERNANCE_PROFILE_UNRESOLVED"),
    "the manifest": (lambda work: work.manifest(), "MANIFEST_UNRESOLVED"),
    "the materialization": (lambda work: work.materialization(), "MATERIALIZATION_UNRESOLVED"),
}


@pytest.mark.parametrize("what", INPUTS)
def test_an_input_of_two_gigabytes_is_no_document(cards, what):
    place, code = INPUTS[what]
    sparse_file(place(cards))
    refused(cards, code, "run", cards.request_file)


def test_rows_of_two_gigabytes_are_read_no_further_than_they_are_vouched_for(cards):
    sparse_file(cards.data_file())
    told = watched("--profile", cards.profile, "run", cards.request_file)
    assert told.code == "MATERIALIZATION_DIGEST_MISMATCH"


@pytest.mark.parametrize("act", NO_FILES + LINKS)
@pytest.mark.parametrize("what", [*INPUTS, "the rows"])
def test_an_input_that_is_no_file_of_the_store_is_refused(cards, what, act):
    path = cards.data_file() if what == "the rows" else INPUTS[what][0](cards)
    act(path)
    led_away = act in (link_to_a_device, link_out, link_to_itself)
    refused(cards, "REF_OUTSIDE_ROOT" if led_away else "ARTIFACT_CONFLICT", "run", cards.request_file)


RECORDS = {
    "the anchor": lambda work: work.store / "mf/runs" / f"{work.run_key}.json",
    "the first event": lambda work: work.event_files()[0],
    "the last event": lambda work: work.event_files()[-1],
}


@pytest.mark.parametrize("what", RECORDS)
def test_a_record_of_two_gigabytes_is_a_damaged_log(finished, what):
    run = finished.run_key
    sparse_file(RECORDS[what](finished))
    for command_name in ("status", "publish"):
        refused(finished, "LEDGER_INVALID", command_name, "--run", run)


def test_an_alias_of_two_gigabytes_is_a_damaged_log(finished):
    (alias,) = (finished.store / "mf/requests").glob("*")
    sparse_file(alias)
    refused(finished, "LEDGER_INVALID", "run", finished.request_file)


@pytest.mark.parametrize("act", NO_FILES + LINKS)
@pytest.mark.parametrize("what", RECORDS)
def test_a_record_that_is_no_file_of_the_store_is_refused(finished, what, act):
    run = finished.run_key
    act(RECORDS[what](finished))
    led_away = act in (link_to_a_device, link_out, link_to_itself)
    for command_name in ("status", "publish"):
        refused(finished, "REF_OUTSIDE_ROOT" if led_away else "ARTIFACT_CONFLICT", command_name, "--run", run)


@pytest.mark.parametrize("what, code", [
    ("plan", "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"), ("model", "TRAIN_ARTIFACT_IMMUTABILITY_VIOLATION"),
    ("eval_report", "EVAL_REPORT_IMMUTABILITY_VIOLATION"), ("scored_rows", "SCORED_ROWS_IMMUTABILITY_VIOLATION"),
    ("evidence_pack", "EVIDENCE_PACK_IMMUTABILITY_VIOLATION")])
def test_evidence_of_two_gigabytes_is_not_what_was_recorded(halted_before, what, code):
    work = halted_before("gate")
    sparse_file(work.recorded()[what])
    told = watched("--profile", work.profile, "gate", "--run", work.run_key)
    assert told.code == code


# Folders that lead elsewhere.

FOLDERS = {
    "of every run": lambda work: work.store / "mf",
    "of the platform run": lambda work: work.store / PLATFORM_RUN / "mf",
    "of the registry": lambda work: work.registry / "registry",
}


@pytest.mark.parametrize("whose", FOLDERS)
def test_a_folder_that_leads_out_is_not_written_through(cards, whose):
    elsewhere = outside_of(cards.profile) / "elsewhere"
    elsewhere.mkdir()
    FOLDERS[whose](cards).symlink_to(elsewhere)
    told = watched("--profile", cards.profile, "run", cards.request_file)
    assert told.code == "REF_OUTSIDE_ROOT" and told.exit == 77
    assert not list(elsewhere.iterdir())


def test_a_folder_of_a_finished_run_that_was_moved_out_is_not_read(finished):
    run = finished.run_key
    link_out(finished.run_folder)
    refused(finished, "REF_OUTSIDE_ROOT", "status", "--run", run)


def test_a_link_that_stays_in_the_store_is_followed(cards):
    (cards.store / TRAINING).rename(cards.store / "profiles/kept.yaml")
    (cards.store / TRAINING).symlink_to("kept.yaml")
    assert watched("--profile", cards.profile, "resolve", cards.request_file).exit == 0


# Texts.


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_means_harm_is_no_request(cards, what):
    cards.request_file.write_bytes(TEXTS[what])
    before = layout_of(cards.store)
    refused(cards, "REQUEST_INVALID", "run", cards.request_file)
    assert layout_of(cards.store) == before


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_means_harm_is_no_platform_profile(cards, what):
    cards.profile.write_bytes(TEXTS[what])
    before = layout_of(cards.store)
    refused(cards, "PROFILE_INVALID", "run", cards.request_file)
    assert layout_of(cards.store) == before


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_means_harm_is_no_input(cards, what):
    (unpinned(cards).store / TRAINING).write_bytes(TEXTS[what])
    refused(cards, "TRAINING_PROFILE_UNRESOLVED", "resolve", cards.request_file)
    cards.manifest().write_bytes(TEXTS[what])
    refused(cards, "MANIFEST_UNRESOLVED", "resolve", cards.request_file)


@pytest.mark.parametrize("what", TEXTS)
def test_a_text_that_means_harm_is_no_fixture(tmp_path, what):
    fixtures = tmp_path / "fixtures"
    fixtures.mkdir()
    (fixtures / "a.json").write_bytes(TEXTS[what])
    (fixtures / "b.yaml").write_bytes(TEXTS[what])
    expected = {"outcome": "REJECTED", "code": "TRAINING_PROFILE_INVALID"}
    (fixtures / "fixtures.json").write_text(json.dumps({
        "schema_version": "mf.fixture_set.v1", "kind": "training_profile.v1", "fixtures": {"a.json": expected, "b.yaml": expected}}))
    told = watched("validate-request", "--fixtures", fixtures)
    assert told.exit == 0, told.out


@pytest.mark.parametrize("act", [sparse_file, *NO_FILES, link_to_itself])
@pytest.mark.parametrize("name", ["a.json", "fixtures.json"])
def test_a_fixture_that_is_no_file_is_refused(tmp_path, name, act):
    (tmp_path / "fixtures.json").write_text(json.dumps({
        "schema_version": "mf.fixture_set.v1", "kind": "run_anchor.v1", "fixtures": {"a.json": {"outcome": "ACCEPTED"}}}))
    (tmp_path / "a.json").write_text("{}")
    act(tmp_path / name)
    told = watched("validate-request", "--fixtures", tmp_path)
    assert told.exit in (1, 65, 66, 77)


# Names that are more than names.

NAMES = {
    "climbing": "../../x", "climbing inside": "a/../../x", "absolute": "/etc/passwd", "for another system": "..\\..\\x",
    "encoded": "%2e%2e/x", "a NUL": "a\x00b", "a line feed": "a\nb", "a command for the terminal": "\x1b[2Jx",
    "a backslash": "a\\b", "very long": "x" * 10_000, "one dot": ".", "two dots": "..", "the latest": "latest",
    "turned": "a\u202eb", "marked": "a\u200fb", "isolated": "a\u2066b", "C1": "a\u009bb", "DEL": "a\x7fb", "a wildcard": "*",
}
# Some of the names above are good ids, as ids go: they lead nowhere.
HARMLESS_AS_ID = {"the latest"}
SPELT_OPENLY = {"turned", "marked", "isolated", "C1", "DEL", "a NUL", "a line feed", "a command for the terminal"}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field, code", [
    ("training_config_ref", "REF_INVALID"), ("governance_profile_ref", "REF_INVALID"), ("dataset_manifest_refs", "REF_INVALID")])
def test_a_ref_that_is_more_than_a_key_is_refused(cards, field, code, name):
    cards.ask(**{field: [NAMES[name]] if field.endswith("s") else NAMES[name]})
    before = layout_of(cards.store)
    if name == "very long" and not field.endswith("s"):
        code = {"training_config_ref": "CONFIG_REF_MISSING", "governance_profile_ref": "GOVERNANCE_PROFILE_MISSING"}[field]
    refused(cards, code, "run", cards.request_file)
    assert but_rejections(layout_of(cards.store)) == before


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field, code", [("platform_run_id", "RUN_SCOPE_INVALID"), ("request_id", "REQUEST_ID_INVALID")])
def test_an_id_of_a_request_that_is_more_than_a_name_is_refused(cards, field, code, name):
    cards.ask(**{field: NAMES[name]})
    before = layout_of(cards.store)
    if name in HARMLESS_AS_ID and field == "platform_run_id":
        assert watched("--profile", cards.profile, "run", cards.request_file).code == "RUN_SCOPE_INVALID"
        return
    refused(cards, code, "run", cards.request_file)
    assert but_rejections(layout_of(cards.store)) == before


@pytest.mark.parametrize("name", SPELT_OPENLY)
@pytest.mark.parametrize("field, code", [
    ("requester_principal", "REQUESTER_MISSING"), ("target_scope", "TARGET_SCOPE_INVALID")])
def test_a_name_in_a_request_hides_nothing(cards, field, code, name):
    scope = {**cards.request()["target_scope"], "bundle_slot": NAMES[name]}
    cards.ask(**{field: scope if field == "target_scope" else NAMES[name]})
    before = layout_of(cards.store)
    refused(cards, code, "run", cards.request_file)
    assert but_rejections(layout_of(cards.store)) == before


@pytest.mark.parametrize("name", sorted(set(NAMES) - HARMLESS_AS_ID))
@pytest.mark.parametrize("field", ["dataset_manifest_id", "platform_run_id"])
def test_an_id_of_a_manifest_that_is_more_than_a_name_is_refused(cards, field, name):
    cards.ask(dataset_manifest_refs=[cards.put_dataset("dm_cards", [], of_manifest={field: NAMES[name]})])
    # Dots are letters of an id; but no document that belongs to this one has such an id.
    dots = {"dataset_manifest_id": "MATERIALIZATION_INVALID", "platform_run_id": "RUN_SCOPE_INVALID"}[field]
    refused(cards, dots if "dot" in name else "MANIFEST_INVALID", "run", cards.request_file)


@pytest.mark.parametrize("name", sorted(set(NAMES) - HARMLESS_AS_ID))
@pytest.mark.parametrize("field", ["dataset_manifest_id", "platform_run_id"])
def test_an_id_of_a_materialization_that_is_more_than_a_name_is_refused(cards, field, name):
    cards.repin(of_materialization={field: NAMES[name]})
    refused(cards, "MATERIALIZATION_INVALID", "run", cards.request_file)


@pytest.mark.parametrize("name", NAMES)
def test_a_ref_to_rows_that_is_more_than_a_key_is_refused(cards, name):
    files = json.loads(cards.materialization().read_text())["files"]
    cards.repin(of_materialization={"files": [{**files[0], "ref": NAMES[name]}]})
    code = "MATERIALIZATION_INVALID" if name == "very long" else "REF_INVALID"
    refused(cards, code, "run", cards.request_file)


@pytest.mark.parametrize("name", NAMES)
def test_a_ref_to_a_materialization_that_is_more_than_a_key_is_refused(cards, name):
    cards.ask(dataset_manifest_refs=[cards.put_dataset("dm_cards", [], of_manifest={
        "materialization_ref": NAMES[name] + "@sha256:" + "0" * 64})])
    code = "MANIFEST_INVALID" if name == "very long" else "REF_INVALID"
    told = refused(cards, code, "run", cards.request_file)
    assert told.exit == 65


@pytest.mark.parametrize("name", sorted(SPELT_OPENLY))
@pytest.mark.parametrize("key, field, code", [
    (TRAINING, "policy_id", "TRAINING_PROFILE_INVALID"), (TRAINING, "revision", "TRAINING_PROFILE_INVALID"),
    (GOVERNANCE, "policy_id", "GOVERNANCE_PROFILE_INVALID"), (GOVERNANCE, "revision", "GOVERNANCE_PROFILE_INVALID")])
def test_a_name_in_a_profile_hides_nothing(cards, key, field, code, name):
    cards.edit(key, lambda profile: profile.update({field: NAMES[name]}))
    refused(cards, code, "resolve", cards.request_file)


@pytest.mark.parametrize("name", sorted(SPELT_OPENLY))
@pytest.mark.parametrize("field", ["profile_id", "environment", "service_release_id"])
def test_a_name_in_a_platform_profile_hides_nothing(cards, field, name):
    cards.wire(**{field: NAMES[name]})
    before = layout_of(cards.store)
    refused(cards, "PROFILE_INVALID", "run", cards.request_file)
    assert layout_of(cards.store) == before


# A process cannot be given a NUL.
@pytest.mark.parametrize("name", sorted(set(NAMES) - {"a NUL"}))
def test_a_run_on_the_command_line_that_is_more_than_a_name_is_not_found(finished, name):
    for command_name in ("status", "train", "publish"):
        refused(finished, "RUN_NOT_FOUND", command_name, "--run", NAMES[name])


@pytest.mark.parametrize("name", sorted(set(NAMES) - {"a NUL", "very long", "one dot", "two dots", "climbing", "absolute"}))
def test_a_file_on_the_command_line_is_told_openly(cards, name):
    for words in (["run", NAMES[name]], ["--profile", NAMES[name], "runs"], [NAMES[name]]):
        told = watched("--profile", cards.profile, *words) if words[0] == "run" else watched(*words)
        assert told.exit in (64, 66, 78), told.out


def test_two_spellings_of_a_word_are_two_names(cards):
    runs = set()
    for form in ("NFC", "NFD"):
        scope = {**cards.request()["target_scope"], "bundle_slot": unicodedata.normalize(form, "caf\u00e9")}
        cards.ask(target_scope=scope)
        runs.add(watched("validate-request", cards.request_file)["run"])
    assert len(runs) == 2


def test_a_request_id_stands_for_one_spelling(cards):
    assert cards.mf("resolve", cards.request_file)["run"]
    slots = [unicodedata.normalize(form, "caf\u00e9") for form in ("NFC", "NFD")]
    cards.ask(request_id="request-0002", target_scope={**cards.request()["target_scope"], "bundle_slot": slots[0]})
    cards.mf("resolve", cards.request_file)
    cards.ask(target_scope={**cards.request()["target_scope"], "bundle_slot": slots[1]})
    refused(cards, "REQUEST_ID_PAYLOAD_MISMATCH", "resolve", cards.request_file)
