"""Resolution: every input found by its ref, held against its digest and against the others, and held still from then on."""

import json
import shutil

import pytest

from card_rows import AS_OF, COLUMNS, ROLES, card_rows, csv_text
from card_store import GOVERNANCE, PLATFORM_RUN, TRAINING
from workplace import files_below, sha256

RULE = "observed_time<=label_asof_utc"
FEATURES = {"feature_set_id": "cards", "feature_set_version": "v1"}


def exit_of(mf, code):
    return mf("explain", code)["figures"]["exit"]


def require_unresolved(work, mf, code, names=""):
    """`resolve` and `run` refuse with this code, name the culprit, and lock no plan."""
    for command in ("resolve", "run"):
        told = work.phase(command, expect=exit_of(mf, code))
        assert told.code == code, told.out
        assert names in told["failure"]["message"], told.out
        assert "\n" not in told["failure"]["message"] and told["failure"]["hint"]
    assert not list(work.store.rglob("mf/resolved_train_plan/*"))
    assert not list(work.store.rglob("*.ubj")) and not work.published()


def ask_for(work, *refs):
    work.ask(dataset_manifest_refs=list(refs))


def first_ref(work):
    return work.request()["dataset_manifest_refs"][0]


def one_more(work, name="dm_more", columns=COLUMNS, **how):
    """A second dataset of the request, of other rows than the first."""
    ask_for(work, first_ref(work), work.put_dataset(name, card_rows(100, 5, "m"), columns, **how))
    return work


def unpinned(ref):
    return ref.split("@sha256:")[0]


def with_manifest(work, **changes):
    """The manifest of the request, replaced by one that says something else."""
    ask_for(work, work.put_dataset("dm_cards", card_rows(), of_manifest=changes))
    return work


def with_materialization(work, **changes):
    work.repin(of_materialization=changes)
    return work


def labels(**changes):
    return {"label_basis": {"label_asof_utc": AS_OF, "resolution_rule": RULE, "maturity_days": 30, **changes}}


def declared(names=COLUMNS, **others):
    """Columns as a materialisation declares them, some with another (type, roles)."""
    roles = {**ROLES, **others}
    return [{"name": name, "type": roles[name][0], "roles": roles[name][1]} for name in names]


def files_of(work, **changes):
    (file,) = json.loads(work.materialization().read_text())["files"]
    return {"files": [{**file, **changes}]}


# Each input by itself.

ALONE = {
    "a manifest of another version than the profile expects": (
        lambda work: work.edit(TRAINING, lambda p: p.update(
            expected_manifest_schema_version="learning.dataset_manifest.v0")),
        "FEATURE_SCHEMA_INCOMPATIBLE", "learning.dataset_manifest.v1"),
    "a manifest of a version that nobody knows": (
        lambda work: with_manifest(work, schema_version="learning.dataset_manifest.v9"), "MANIFEST_INVALID",
        "/schema_version"),
    "a manifest of another feature set": (
        lambda work: with_manifest(work, feature_definition_set={**FEATURES, "feature_set_id": "carts"}),
        "FEATURE_SCHEMA_INCOMPATIBLE", "carts@v1"),
    "a manifest of another version of the features": (
        lambda work: with_manifest(work, feature_definition_set={**FEATURES, "feature_set_version": "v2"}),
        "FEATURE_SCHEMA_INCOMPATIBLE", "cards@v2"),
    "a manifest of another platform run": (
        lambda work: with_manifest(work, platform_run_id="platform_20270101T000000Z"), "RUN_SCOPE_INVALID",
        "platform_20270101T000000Z"),
    "a manifest without replay basis": (
        lambda work: with_manifest(work, replay_basis=[]), "MANIFEST_INVALID", "/replay_basis"),
    "a replay basis without its end": (
        lambda work: with_manifest(work, replay_basis=[
            {"topic": "t", "partition": 0, "offset_kind": "k", "start_offset": "0", "end_offset": ""}]),
        "MANIFEST_INVALID", "/replay_basis/0/end_offset"),
    "offsets that are numbers": (
        lambda work: with_manifest(work, replay_basis=[
            {"topic": "t", "partition": 0, "offset_kind": "k", "start_offset": 0, "end_offset": 9}]),
        "MANIFEST_INVALID", "/replay_basis/0"),
    "a manifest without as-of time": (
        lambda work: with_manifest(work, label_basis={"resolution_rule": RULE}), "MANIFEST_INVALID", "label_asof_utc"),
    "an as-of day that no calendar has": (
        lambda work: with_manifest(work, **labels(label_asof_utc="2026-02-30T00:00:00Z")), "MANIFEST_INVALID",
        "/label_basis/label_asof_utc"),
    "labels resolved by another rule": (
        lambda work: with_manifest(work, **labels(resolution_rule="latest_wins")), "LEAKAGE_GUARD_VIOLATION",
        "latest_wins"),
    "a maturity below zero": (
        lambda work: with_manifest(work, **labels(maturity_days=-1)), "MANIFEST_INVALID", "/label_basis/maturity_days"),
    "a materialisation that is not named": (
        lambda work: with_manifest(work, materialization_ref=""), "MANIFEST_INVALID", "/materialization_ref"),
    "a materialisation that is not pinned": (
        lambda work: with_manifest(work, materialization_ref=f"{PLATFORM_RUN}/ofs/datasets/dm_cards/materialization.json"),
        "MANIFEST_INVALID", "/materialization_ref"),
    "a materialisation of other bytes": (
        lambda work: with_manifest(
            work, materialization_ref=f"{PLATFORM_RUN}/ofs/datasets/dm_cards/materialization.json@sha256:" + "0" * 64),
        "MATERIALIZATION_DIGEST_MISMATCH", "materialization.json"),
    "a materialisation that is not there": (
        lambda work: work.materialization().unlink(), "MATERIALIZATION_UNRESOLVED", "materialization.json"),
    "a materialisation elsewhere": (
        lambda work: with_manifest(work, materialization_ref="s3://elsewhere/m.json@sha256:" + "0" * 64),
        "REF_OUTSIDE_ROOT", "s3://elsewhere"),
    "a materialisation of another manifest": (
        lambda work: with_materialization(work, dataset_manifest_id="dm_other"), "MATERIALIZATION_INVALID", "dm_other"),
    "a materialisation of another fingerprint": (
        lambda work: with_materialization(work, dataset_fingerprint="f" * 64), "MATERIALIZATION_INVALID",
        "/dataset_fingerprint"),
    "a materialisation of another platform run": (
        lambda work: with_materialization(work, platform_run_id="platform_20270101T000000Z"), "MATERIALIZATION_INVALID",
        "/platform_run_id"),
    "labels that are not ready": (
        lambda work: with_materialization(work, readiness={"replay_status": "COMPLETE", "label_status": "NOT_READY"}),
        "DATASET_NOT_READY", "NOT_READY"),
    "a replay that is not complete": (
        lambda work: with_materialization(
            work, readiness={"replay_status": "complete", "label_status": "READY_FOR_TRAINING"}),
        "DATASET_NOT_READY", "replay_status is complete"),
    "no word on readiness": (
        lambda work: with_materialization(work, readiness={}), "MATERIALIZATION_INVALID", "/readiness"),
    "rows that do not add up": (
        lambda work: with_materialization(work, row_count=601), "MATERIALIZATION_INVALID", "/row_count"),
    "more rows than numbers hold": (
        lambda work: with_materialization(work, row_count=2, files=[
            {"ref": f"f{i}.csv", "sha256": "0" * 64, "bytes": 1, "rows": 2**63 - 1} for i in range(2)]),
        "MATERIALIZATION_INVALID", "/row_count"),
    "more rows than bytes": (
        lambda work: with_materialization(work, row_count=10**9, **files_of(work, rows=10**9)), "MATERIALIZATION_INVALID",
        "row_count"),
    "a data file of another size": (
        lambda work: with_materialization(work, **files_of(work, bytes=10**6)), "MATERIALIZATION_DIGEST_MISMATCH",
        "1000000"),
    "a data file that was cut short": (
        lambda work: work.data_file().write_text(work.data_file().read_text()[:-9]), "MATERIALIZATION_DIGEST_MISMATCH",
        "part-00000.csv"),
    "a data file pinned to two digests": (
        lambda work: with_materialization(
            work, **files_of(work, ref=f"{work.data_file().relative_to(work.store)}@sha256:" + "0" * 64)),
        "MATERIALIZATION_INVALID", "/files/0/ref"),
    "a data file elsewhere": (
        lambda work: with_materialization(work, **files_of(work, ref="s3://elsewhere/part.csv")), "REF_OUTSIDE_ROOT",
        "/files/0/ref"),
    "a data file above the store": (
        lambda work: with_materialization(work, **files_of(work, ref="../part.csv")), "REF_INVALID", "/files/0/ref"),
    "a data file listed twice": (
        lambda work: with_materialization(work, row_count=1200, files=2 * files_of(work)["files"]),
        "MATERIALIZATION_INVALID", "part-00000.csv"),
    "no column that is the label": (
        lambda work: with_materialization(work, columns=declared(is_fraud=("bool", ["slice"]))), "MATERIALIZATION_INVALID",
        "label"),
    "the label as a feature": (
        lambda work: with_materialization(work, columns=declared(is_fraud=("bool", ["label", "feature"]))),
        "MATERIALIZATION_INVALID", "is_fraud"),
}


@pytest.mark.parametrize("fault", ALONE)
def test_an_input_that_cannot_be_trained_on_is_refused_before_a_plan_is_locked(cards, mf, fault):
    spoil, code, names = ALONE[fault]
    spoil(cards)
    require_unresolved(cards, mf, code, names)


# The inputs among themselves.

TOGETHER = {
    "one id with two contents": (
        lambda work: ask_for(work, first_ref(work), copied_manifest(work, sampling={"rule": "every second"})),
        "MANIFEST_IMMUTABILITY_VIOLATION", "dm_cards"),
    "one id with two fingerprints": (
        lambda work: ask_for(work, first_ref(work), copied_manifest(work, dataset_fingerprint="f" * 64)),
        "MANIFEST_IMMUTABILITY_VIOLATION", "dm_cards"),
    "one dataset by two refs": (
        lambda work: ask_for(work, first_ref(work), unpinned(first_ref(work))), "MATERIALIZATION_INVALID", "dm_cards"),
    "one dataset under two names": (
        lambda work: ask_for(work, first_ref(work), copied_manifest(work)), "MATERIALIZATION_INVALID", "dm_cards"),
    "one data file under two materialisations": (
        lambda work: one_more(work, of_materialization={"row_count": 600, **files_of(work)}), "MATERIALIZATION_INVALID",
        "dm_cards/part-00000.csv"),
    "one materialisation for two manifests": (
        lambda work: one_more(work, of_manifest={
            "materialization_ref": json.loads(work.manifest().read_text())["materialization_ref"]}),
        "MATERIALIZATION_INVALID", "/dataset_manifest_id"),
    "two as-of times": (
        lambda work: one_more(work, of_manifest=labels(label_asof_utc="2026-06-01T00:00:01Z")),
        "AS_OF_INCONSISTENT_ACROSS_SET", "2026-06-01T00:00:01Z"),
    "two rules for labels": (
        lambda work: one_more(work, of_manifest=labels(resolution_rule="observed_time<label_asof_utc")),
        "LEAKAGE_GUARD_VIOLATION", "observed_time<label_asof_utc"),
    "two feature sets": (
        lambda work: one_more(work, of_manifest={"feature_definition_set": {**FEATURES, "feature_set_version": "v2"}}),
        "FEATURE_SCHEMA_INCOMPATIBLE", "cards@v2"),
    "two platform runs": (
        lambda work: one_more(work, of_manifest={"platform_run_id": "platform_20270101T000000Z"}), "RUN_SCOPE_INVALID",
        "platform_20270101T000000Z"),
    "two subject keys": (
        lambda work: one_more(work, of_manifest={"join_scope": {"subject_key": ["card"]}}), "FEATURE_SCHEMA_INCOMPATIBLE",
        "card"),
    "a subject key that one of them does not name": (
        lambda work: one_more(work, of_manifest=None) and forget_join_scope(work), "FEATURE_SCHEMA_INCOMPATIBLE", "none"),
    "a feature that one of them lacks": (
        lambda work: one_more(work, of_materialization={"columns": declared(COLUMNS[:-1])}), "MATERIALIZATION_INVALID",
        "noise"),
    "a feature of another name": (
        lambda work: one_more(work, of_materialization={"columns": [
            {**c, "name": "sound" if c["name"] == "noise" else c["name"]} for c in declared()]}),
        "MATERIALIZATION_INVALID", "noise"),
    "a role that one of them lacks": (
        lambda work: one_more(work, of_materialization={"columns": declared(amount=("float64", ["feature"]))}),
        "MATERIALIZATION_INVALID", "amount"),
    "a slice that one of them lacks": (
        lambda work: one_more(work, of_materialization={"columns": declared(country=("string", ["entity_key"]),
                                                                            card=("string", ["slice"]))}),
        "MATERIALIZATION_INVALID", "card"),
    "keys of two types": (
        lambda work: one_more(work, of_materialization={"columns": declared(event_id=("int64", ["subject_key"]))}),
        "MATERIALIZATION_INVALID", "event_id"),
    "slices of two types": (
        lambda work: one_more(work, of_materialization={"columns": declared(country=("bool", ["slice"]))}),
        "MATERIALIZATION_INVALID", "country"),
    "a number in one and a time in the other": (
        lambda work: one_more(work, of_materialization={"columns": declared(noise=("epoch_s", ["feature"]))}),
        "MATERIALIZATION_INVALID", "noise"),
    "one that is not ready": (
        lambda work: one_more(work, of_materialization={
            "readiness": {"replay_status": "PARTIAL", "label_status": "READY_FOR_TRAINING"}}),
        "DATASET_NOT_READY", "dm_more"),
}


def copied_manifest(work, **changes):
    """The first manifest at another place."""
    return work.put_manifest("dm_copy", {**json.loads(work.manifest().read_text()), **changes})


def forget_join_scope(work):
    first, second = work.request()["dataset_manifest_refs"]
    content = json.loads((work.store / unpinned(second)).read_text())
    del content["join_scope"]
    ask_for(work, first, work.put_manifest("dm_more", content))


@pytest.mark.parametrize("fault", TOGETHER)
@pytest.mark.parametrize("order", ["as asked", "the other way round"])
def test_inputs_that_do_not_go_together_are_refused_in_either_order(cards, mf, fault, order):
    spoil, code, names = TOGETHER[fault]
    spoil(cards)
    if order != "as asked":
        ask_for(cards, *reversed(cards.request()["dataset_manifest_refs"]))
    require_unresolved(cards, mf, code, names if order == "as asked" else "")


def test_all_manifests_are_checked_before_a_profile_and_all_profiles_before_a_materialisation(cards, mf):
    one_more(cards)
    cards.materialization().unlink()
    cards.put(TRAINING, "[")
    second = cards.store / unpinned(cards.request()["dataset_manifest_refs"][1])
    away = second.read_text()
    second.unlink()
    require_unresolved(cards, mf, "MANIFEST_UNRESOLVED", "dm_more")
    second.write_text(away)
    require_unresolved(cards, mf, "TRAINING_PROFILE_UNRESOLVED", TRAINING)


SAME_IN_OTHER_WORDS = {
    "columns in another order": {"of_materialization": {"columns": declared(tuple(reversed(COLUMNS)))}},
    "roles in another order": {"of_materialization": {"columns": declared(amount=("float64", ["feature", "amount"]))}},
    "numbers of another type": {"of_materialization": {"columns": declared(velocity=("float64", ["feature"]))}},
    "one instant, spelled otherwise": {"of_manifest": labels(label_asof_utc="2026-06-01T02:00:00.000+02:00")},
    "one rule, spelled otherwise": {"of_manifest": labels(resolution_rule=" Observed_Time <= LABEL_asof_utc ")},
    "a longer maturity": {"of_manifest": labels(maturity_days=45)},
    "the file's columns in another order": {"columns": tuple(reversed(COLUMNS))},
}


@pytest.mark.parametrize("how", SAME_IN_OTHER_WORDS)
def test_what_means_the_same_is_trained_on_together(cards, how):
    one_more(cards, **SAME_IN_OTHER_WORDS[how])
    told = cards.run()
    assert told["outcome"] in ("PUBLISHED", "GATE_FAIL", "FAIL"), told.out
    plan = cards.document("plan")
    assert [m["dataset_manifest_id"] for m in plan["dataset_manifests"]] == ["dm_cards", "dm_more"]


def test_the_scoring_contract_names_the_widest_type_of_a_feature(cards):
    columns = {"of_materialization": {"columns": declared(velocity=("float64", ["feature"]))}}
    cards.edit(GOVERNANCE, lambda p: p.update(criteria=[{**p["criteria"][0], "at_least": 0.0}]))
    one_more(cards, **columns)
    cards.run()
    contract = json.loads((cards.bundle() / "scoring_contract.json").read_text())
    assert {f["name"]: f["type"] for f in contract["features"]}["velocity"] == "float64"


# Held still from then on.

INPUTS = ["manifest", "materialization", "data file", "training profile", "governance profile"]
REFUSED_AS = {
    "manifest": "MANIFEST_IMMUTABILITY_VIOLATION",
    "materialization": "MATERIALIZATION_DIGEST_MISMATCH",
    "data file": "MATERIALIZATION_DIGEST_MISMATCH",
    "training profile": "PROFILE_DIGEST_MISMATCH",
    "governance profile": "PROFILE_DIGEST_MISMATCH",
}


def pin_everything(work):
    for field in ("training_config_ref", "governance_profile_ref"):
        ref = work.request()[field]
        work.ask(**{field: f"{ref}@sha256:{sha256((work.store / ref).read_bytes())}"})
    work.wire(require_pinned_refs=True)


def pin_nothing(work):
    ask_for(work, *map(unpinned, work.request()["dataset_manifest_refs"]))


def places(work, which):
    """Where the inputs are, those of the first or of the last dataset."""
    manifest = work.store / unpinned(work.request()["dataset_manifest_refs"][which])
    materialization = work.store / unpinned(json.loads(manifest.read_text())["materialization_ref"])
    return {
        "manifest": manifest,
        "materialization": materialization,
        "data file": work.store / json.loads(materialization.read_text())["files"][0]["ref"],
        "training profile": work.store / TRAINING,
        "governance profile": work.store / GOVERNANCE,
    }


def other_content(path):
    """Well formed and valid, only different: the same number of bytes, one digit changed."""
    text = path.read_text()
    old, new = {".csv": ("2026-01-01T00:00:00Z", "2025-12-31T00:00:00Z"), ".json": ("git:ofs", "git:off")}.get(
        path.suffix, ('"r1"', '"r2"'))
    if old not in text:
        old, new = '"label_time"', '"label_tIme"'
    assert old in text
    return text.replace(old, new, 1).encode()


CHANGES = {
    "changed": lambda path: path.write_bytes(other_content(path)),
    "replaced by something else": lambda path: path.write_bytes(b"{\x00 what is this"),
    "emptied": lambda path: path.write_bytes(b""),
}


def written_by_training(work):
    """Everything below the run but its event log."""
    return {key: data for key, data in files_below(work.store).items() if "/mf/" in key and "/ledger/" not in key}


@pytest.fixture(scope="session")
def made_resolved(made_cards, tmp_path_factory):
    """Two datasets, resolved with and without pins."""
    folder = tmp_path_factory.mktemp("resolved")
    made = {}
    for name, pin in (("pinned", pin_everything), ("unpinned", pin_nothing)):
        made[name] = one_more(made_cards.copied_to(folder / name))
        pin(made[name])
        made[name].phase("resolve")
    return made


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("what", INPUTS)
@pytest.mark.parametrize("pins", ["pinned", "unpinned"])
def test_a_changed_input_is_refused_nothing_is_trained_and_restoring_it_goes_on(
        made_resolved, tmp_path, mf, pins, what, change):
    work = made_resolved[pins].copied_to(tmp_path / "work")
    path = places(work, which=-1)[what]
    original, before = path.read_bytes(), written_by_training(work)
    CHANGES[change](path)
    tampered = path.read_bytes()
    code = REFUSED_AS[what]
    for _ in range(2):
        told = work.phase("train", expect=exit_of(mf, code))
        assert told.code == code, told.out
        assert path.name.split(".")[0] in told["failure"]["message"]
    assert path.read_bytes() == tampered, "nothing is repaired silently"
    assert written_by_training(work) == before, "nothing was written"
    assert not list(work.store.rglob("*.ubj")) and not work.published()
    assert "MODEL_TRAINED" not in [event["event"] for event in work.events()]
    path.write_bytes(original)
    assert work.phase("train")["outcome"] == "TRAINED"


@pytest.mark.parametrize("what", INPUTS)
@pytest.mark.parametrize("pins", ["pinned", "unpinned"])
def test_a_changed_input_is_refused_by_resolve_too_and_the_plan_stands(made_resolved, tmp_path, pins, what):
    work = made_resolved[pins].copied_to(tmp_path / "work")
    path = places(work, which=-1)[what]
    (plan,) = work.store.rglob("mf/resolved_train_plan/*.json")
    original, locked = path.read_bytes(), plan.read_bytes()
    path.write_bytes(other_content(path))
    refused = work.say("resolve", work.request_file)
    if what == "data file":
        # Its rows are not read until they are needed; its size is as it was.
        assert refused.exit == 0
    else:
        assert refused.exit in (65, 73), refused.err
    assert plan.read_bytes() == locked and work.attempts("TRAIN") == 0
    path.write_bytes(original)
    assert work.phase("resolve")["outcome"] == "RESOLVED"
    assert plan.read_bytes() == locked


@pytest.mark.parametrize("what", ["manifest", "training profile", "governance profile"])
def test_another_spelling_of_the_same_content_is_no_change(made_resolved, tmp_path, what):
    work = made_resolved["unpinned"].copied_to(tmp_path / "work")
    path = places(work, which=0)[what]
    content = json.loads(path.read_text())
    path.write_text(json.dumps(dict(reversed(content.items())), indent=2) + "\n")
    assert work.phase("resolve")["outcome"] == "RESOLVED"
    assert work.phase("train")["outcome"] == "TRAINED"


def test_a_pin_holds_the_bytes_even_where_the_content_is_the_same(made_resolved, tmp_path):
    work = made_resolved["pinned"].copied_to(tmp_path / "work")
    for what in ("manifest", "training profile"):
        path = places(work, which=0)[what]
        original = path.read_bytes()
        path.write_bytes(original + b"\n")
        assert work.say("train", work.request_file).exit in (65, 73), what
        path.write_bytes(original)
    assert work.phase("train")["outcome"] == "TRAINED"


def test_an_edited_plan_is_refused_by_resolve_and_train(made_resolved, tmp_path):
    work = made_resolved["unpinned"].copied_to(tmp_path / "work")
    (plan,) = work.store.rglob("mf/resolved_train_plan/*.json")
    original = plan.read_bytes()
    plan.write_bytes(original.replace(b'"row_count":600', b'"row_count":601'))
    for command in ("resolve", "train", "run"):
        assert work.phase(command, expect=73).code == "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"
    plan.write_bytes(original)
    assert work.phase("train")["outcome"] == "TRAINED"


def test_the_plan_pins_every_input_by_content(made_resolved):
    for work in made_resolved.values():
        plan = work.document("plan")
        for which, manifest in enumerate(plan["dataset_manifests"]):
            found = places(work, which)
            assert manifest["manifest_ref"] == work.request()["dataset_manifest_refs"][which]
            content = json.loads(found["manifest"].read_text())
            canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
            assert manifest["payload_digest"] == sha256(canonical)
            locked = manifest["materialization"]
            assert locked["sha256"] == sha256(found["materialization"].read_bytes())
            assert [f["sha256"] for f in locked["files"]] == [sha256(found["data file"].read_bytes())]
        for profile, place in (("training_profile", TRAINING), ("governance_profile", GOVERNANCE)):
            content = json.loads((work.store / place).read_text())
            assert plan[profile]["profile_digest"] == sha256(json.dumps(content, sort_keys=True, separators=(",", ":")))
            assert plan[profile]["resolved_revision"] == f"{content['policy_id']}@{content['revision']}"
    assert len({work.document("plan")["input_fingerprint"] for work in made_resolved.values()}) == 1, "pins say nothing new"


def test_the_order_of_manifests_changes_neither_run_nor_fingerprint(made_resolved, tmp_path):
    work = made_resolved["pinned"].copied_to(tmp_path / "work")
    before = work.document("plan")["input_fingerprint"]
    told = work.mf("resolve", work.request_with(
        "other.json", request_id="request-0002",
        dataset_manifest_refs=list(reversed(work.request()["dataset_manifest_refs"]))))
    assert told["run"] == work.run_key and told["figures"]["input_fingerprint"] == before


def test_what_is_missing_today_may_be_there_tomorrow(cards, mf):
    away = cards.folder / "away"
    shutil.move(cards.materialization(), away)
    place = cards.store / PLATFORM_RUN / "ofs/datasets/dm_cards/materialization.json"
    require_unresolved(cards, mf, "MATERIALIZATION_UNRESOLVED", "materialization.json")
    shutil.move(away, place)
    assert cards.run()["outcome"] == "PUBLISHED"


def test_a_manifest_of_the_older_version_finds_its_rows_by_convention_and_is_held_to_them(cards):
    manifest = json.loads(cards.manifest().read_text())
    for field in ("materialization_ref", "join_scope", "sampling", "label_coverage"):
        del manifest[field]
    ask_for(cards, cards.put_manifest("dm_cards", {**manifest, "schema_version": "learning.dataset_manifest.v0"}))
    cards.edit(TRAINING, lambda p: p.update(expected_manifest_schema_version="learning.dataset_manifest.v0"))
    cards.phase("resolve")
    place = cards.store / PLATFORM_RUN / "ofs/datasets/dm_cards/materialization.json"
    original = place.read_text()
    place.write_text(original.replace("READY_FOR_TRAINING", "READY_FOR_TRAINING "))
    assert cards.phase("train", expect=65).code == "MATERIALIZATION_DIGEST_MISMATCH"
    place.write_text(original)
    assert cards.phase("train")["outcome"] == "TRAINED"


def test_data_files_are_as_the_rows_say(cards):
    """The usual store is sound: every fault above is the only one there is."""
    assert csv_text(card_rows()) == cards.data_file().read_text()
    assert cards.run()["outcome"] == "PUBLISHED"
