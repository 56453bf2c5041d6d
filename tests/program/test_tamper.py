"""Whatever is changed or taken away between two phases is refused where it is used next, and nothing is published."""

import json
import shutil

import pytest

from card_store import GOVERNANCE, TRAINING
from documents import canonical, content, require_valid
from workplace import files_below, sha256

INPUTS = {
    "manifest": ("MANIFEST_IMMUTABILITY_VIOLATION", "MANIFEST_UNRESOLVED"),
    "materialization": ("MATERIALIZATION_DIGEST_MISMATCH", "MATERIALIZATION_UNRESOLVED"),
    "data_file": ("MATERIALIZATION_DIGEST_MISMATCH", "MATERIALIZATION_UNRESOLVED"),
    "training_profile": ("PROFILE_DIGEST_MISMATCH", "TRAINING_PROFILE_UNRESOLVED"),
    "governance_profile": ("PROFILE_DIGEST_MISMATCH", "GOVERNANCE_PROFILE_UNRESOLVED"),
}
RECORDS = {
    "plan": ("RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "model": ("TRAIN_ARTIFACT_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "train_artifact": ("TRAIN_ARTIFACT_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "leakage_certificate": ("EVIDENCE_DIGEST_MISMATCH", "EVIDENCE_UNRESOLVED"),
    "execution_record": ("EXECUTION_RECORD_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "scored_rows": ("SCORED_ROWS_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "eval_report": ("EVAL_REPORT_IMMUTABILITY_VIOLATION", "EVAL_REPORT_UNRESOLVED"),
    "evidence_pack": ("EVIDENCE_PACK_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "train_eval_receipt": ("TRAIN_EVAL_RECEIPT_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED"),
    "gate_receipt": ("GATE_RECEIPT_IMMUTABILITY_VIOLATION", "GATE_RECEIPT_UNRESOLVED"),
    "publish_eligibility": ("PUBLISH_ELIGIBILITY_IMMUTABILITY_VIOLATION", "GATE_RECEIPT_UNRESOLVED"),
}
TRAINED = ["plan", "model", "train_artifact", "execution_record", "leakage_certificate"]
EVALUATED = [*TRAINED, "scored_rows", "eval_report", "evidence_pack", "train_eval_receipt"]
# What each phase uses of what lies there before it.
USED_BY = {
    "train": ["plan", *INPUTS],
    "eval": [*TRAINED, *INPUTS],
    "gate": [*EVALUATED, "training_profile", "governance_profile"],
    "publish": [*EVALUATED, "gate_receipt", "publish_eligibility", "manifest", "materialization"],
}
MATRIX = [(phase, what) for phase, used in USED_BY.items() for what in used]


def place_of(work, what):
    if what == "training_profile":
        return work.store / TRAINING
    if what == "governance_profile":
        return work.store / GOVERNANCE
    return getattr(work, what)() if what in INPUTS else work.recorded()[what]


def change_one_digit(path):
    """One digit, in the middle of the file: the smallest lie that there is."""
    data = bytearray(path.read_bytes())
    at = next(i for i in range(len(data) // 2, len(data)) if chr(data[i]).isdigit())
    data[at] = ord("7") if data[at] != ord("7") else ord("3")
    path.write_bytes(bytes(data))


def exit_of(mf, code):
    return mf("explain", code)["figures"]["exit"]


def require_refused(work, mf, phase, code):
    before = work.published()
    for asked in (lambda: work.phase(phase, expect=exit_of(mf, code)), lambda: work.mf(
            phase, "--run", work.run_key, expect=exit_of(mf, code))):
        told = asked()
        assert told.code == code
        assert told["failure"]["hint"] and "\n" not in told["failure"]["message"]
    assert work.published() == before


@pytest.mark.parametrize("phase, what", MATRIX)
def test_one_changed_digit_is_refused(halted_before, mf, phase, what):
    work = halted_before(phase)
    path = place_of(work, what)
    original = path.read_bytes()
    change_one_digit(path)
    tampered = path.read_bytes()
    require_refused(work, mf, phase, {**INPUTS, **RECORDS}[what][0])
    assert path.read_bytes() == tampered, "nothing is repaired silently"
    path.write_bytes(original)
    assert work.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("phase, what", MATRIX)
def test_what_is_gone_is_missed(halted_before, mf, phase, what):
    work = halted_before(phase)
    path = place_of(work, what)
    original = path.read_bytes()
    path.unlink()
    require_refused(work, mf, phase, {**INPUTS, **RECORDS}[what][1])
    assert not path.exists(), "nothing is repaired silently"
    path.write_bytes(original)
    assert work.run()["outcome"] == "PUBLISHED"


# Data.


@pytest.mark.parametrize("change", [
    lambda text: text.replace("\ne1,", "\ne1x,", 1),
    lambda text: text + "e_more,2026-01-02T00:00:00Z,c1,1,2026-01-04T00:00:00Z,2026-01-02T00:00:00Z,DE,1,1,1\n",
    lambda text: text[: len(text) // 2],
    lambda text: text.replace("amount", "AMOUNT", 1),
    lambda text: text + "no,row,at,all\n",
    lambda text: "",
], ids=["another key", "a row more", "cut in half", "another header", "a broken row", "empty"])
@pytest.mark.parametrize("phase", ["train", "eval"])
def test_other_rows_than_those_pinned_are_refused_and_end_no_run(halted_before, mf, phase, change):
    work = halted_before(phase)
    path = work.data_file()
    original = path.read_text()
    path.write_text(change(original))
    require_refused(work, mf, phase, "MATERIALIZATION_DIGEST_MISMATCH")
    path.write_text(original)
    assert work.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("what, code", [
    ("manifest", "MANIFEST_DIGEST_MISMATCH"),
    ("materialization", "MATERIALIZATION_DIGEST_MISMATCH"),
    ("training_profile", "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"),
    ("governance_profile", "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"),
])
@pytest.mark.parametrize("command", ["resolve", "run"])
def test_a_locked_plan_holds_its_inputs(halted_before, mf, what, code, command):
    work = halted_before("train")
    if what == "training_profile":
        work.edit(TRAINING, lambda profile: profile.update(revision="r2"))
    elif what == "governance_profile":
        work.edit(GOVERNANCE, lambda profile: profile.update(revision="r2"))
    else:
        change_one_digit(place_of(work, what))
    assert work.phase(command, expect=exit_of(mf, code)).code == code
    assert work.attempts("TRAIN") == 0 and not work.published()


def test_an_unpinned_manifest_is_held_by_the_plan(cards, mf):
    cards.ask(dataset_manifest_refs=[cards.request()["dataset_manifest_refs"][0].split("@")[0]])
    cards.phase("resolve")
    manifest = json.loads(cards.manifest().read_text())
    cards.manifest().write_text(json.dumps({**manifest, "sampling": {"rule": "every second", "rate": 0.5, "seed": 1}}))
    code = "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"
    assert cards.phase("resolve", expect=73).code == code
    assert cards.run(expect=73).code == code
    assert cards.phase("train", expect=73).code == "MANIFEST_IMMUTABILITY_VIOLATION"


# The ledger.

LEDGER_PHASES = ["train", "eval", "gate", "publish"]


def every_event_but_the_last(work):
    """The last one alone cannot be missed: a log that was cut is a log that has not gone on."""
    return work.event_files()[:-1]


@pytest.mark.parametrize("phase", LEDGER_PHASES)
def test_a_changed_event_is_noticed_wherever_it_is(halted_before, mf, phase):
    work = halted_before(phase)
    for path in every_event_but_the_last(work):
        original = path.read_bytes()
        change_one_digit(path)
        require_refused(work, mf, phase, "LEDGER_INVALID")
        assert work.mf("status", work.request_file, expect=73).code == "LEDGER_INVALID"
        path.write_bytes(original)
    assert work.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("phase", LEDGER_PHASES)
def test_a_missing_event_is_noticed_wherever_it_was(halted_before, mf, phase):
    work = halted_before(phase)
    for path in every_event_but_the_last(work):
        original = path.read_bytes()
        path.unlink()
        require_refused(work, mf, phase, "LEDGER_INVALID")
        assert work.mf("status", work.request_file, expect=73).code == "LEDGER_INVALID"
        assert not path.exists(), "nothing is written into a damaged log"
        path.write_bytes(original)
    assert work.run()["outcome"] == "PUBLISHED"


def test_an_event_of_another_run_is_refused(halted_before, mf):
    work = halted_before("train")
    last = work.event_files()[-1]
    foreign = {**json.loads(last.read_text()), "run_key": "tr_" + "0" * 32}
    last.write_text(canonical(foreign) + "\n")
    require_refused(work, mf, "train", "LEDGER_INVALID")


@pytest.mark.parametrize("folder", ["runs", "requests"])
def test_a_changed_anchor_is_refused(halted_before, folder):
    work = halted_before("publish")
    (path,) = (work.store / "mf" / folder).glob("*.json")
    document = json.loads(path.read_text())
    path.write_text(canonical({**document, "run_key": "tr_" + "0" * 32}) + "\n")
    code = "LEDGER_INVALID" if folder == "runs" else "REQUEST_ID_PAYLOAD_MISMATCH"
    assert work.run(expect=73).code == code
    assert not work.published()


# A forger who also rewrites the log, so that every digest in it is right again.


def forge(work, change):
    """Applies `change` to documents by their names in the ledger, then rewrites the digests and the chain."""
    places = work.recorded()
    for name, changed in change(places).items():
        places[name].write_text(canonical(changed) + "\n")
    previous = None
    for path in work.event_files():
        event = json.loads(path.read_text())
        for name, place in places.items():
            if f"{name}_sha256" in event["detail"]:
                event["detail"][f"{name}_sha256"] = sha256(place.read_bytes())
        if previous:
            event["previous_sha256"] = previous
        path.write_text(canonical(event) + "\n")
        previous = sha256(path.read_bytes())


def content_digest(document):
    return sha256(canonical(content(json.dumps(document))))


def forged_report(places, change, with_pack=True):
    report = json.loads(places["eval_report"].read_text())
    change(report)
    pack = json.loads(places["evidence_pack"].read_text())
    if with_pack:
        pack["digests"]["eval_report"] = content_digest(report)
    return {"eval_report": report, "evidence_pack": pack}


def test_the_forger_here_knows_the_trade(halted_before):
    work = halted_before("gate")
    forge(work, lambda places: forged_report(places, lambda report: None))
    assert work.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("change, with_pack, code", [
    (lambda r: r["metrics"]["parts"]["test"]["figures"].update(auc_roc=0.999), False, "EVIDENCE_DIGEST_MISMATCH"),
    (lambda r: r["metrics"]["parts"]["test"]["figures"].update(auc_roc=0.999), True, "EVAL_REPORT_MISMATCH"),
    (lambda r: r["metrics"]["parts"]["train"]["figures"].update(brier=0.0), True, "EVAL_REPORT_MISMATCH"),
    (lambda r: r.update(gate_decision="FAIL"), True, "GATE_DECISION_MISMATCH"),
], ids=["report alone", "figure of the test part", "figure of the train part", "decision"])
def test_a_forged_report_is_held_against_its_scored_rows(halted_before, mf, change, with_pack, code):
    work = halted_before("gate")
    forge(work, lambda places: forged_report(places, change, with_pack))
    require_refused(work, mf, "gate", code)


def verdict_on_another_model(places):
    receipt = json.loads(places["gate_receipt"].read_text())
    receipt["evidence_digests"]["model"] = "0" * 64
    eligibility = json.loads(places["publish_eligibility"].read_text())
    eligibility["gate_receipt_digest"] = content_digest(receipt)
    return {"gate_receipt": receipt, "publish_eligibility": eligibility}


def test_a_forged_verdict_is_held_against_the_evidence(halted_before, mf):
    work = halted_before("publish")
    forge(work, verdict_on_another_model)
    require_refused(work, mf, "publish", "GATE_INVALID")


# The registry.


def take_registry_away(work):
    work.registry.rename(work.folder / "away")


def bring_registry_back(work):
    (work.folder / "away").rename(work.registry)


def test_a_missing_registry_leaves_the_run_pending_and_trains_nothing_again(cards):
    take_registry_away(cards)
    told = cards.run(expect=75)
    assert (told["outcome"], told.code) == ("PUBLISH_PENDING", "REGISTRY_UNAVAILABLE")
    receipt = json.loads((cards.store / told["refs"]["publish_failure_receipt_ref"]).read_text())
    require_valid(receipt)
    assert receipt["code"] == "REGISTRY_UNAVAILABLE"
    assert cards.mf("status", cards.request_file)["outcome"] == "PUBLISH_PENDING"
    bring_registry_back(cards)
    assert cards.phase("publish")["outcome"] == "PUBLISHED"
    assert cards.attempts("TRAIN") == 1 and cards.attempts("EVAL") == 1
    assert (cards.store / told["refs"]["publish_failure_receipt_ref"]).is_file(), "the receipt is kept"


def test_a_late_publication_has_the_bytes_of_a_prompt_one(cards, finished):
    take_registry_away(cards)
    cards.run(expect=75)
    bring_registry_back(cards)
    cards.run()
    mine, theirs = cards.published(), finished.published()
    assert mine.keys() == theirs.keys()
    for key, data in mine.items():
        assert content(data) == content(theirs[key]), key


def test_the_budget_of_retries_ends(cards):
    cards.wire(publish_retry_budget=2)
    take_registry_away(cards)
    cards.run(expect=75)
    for _ in range(2):
        assert cards.phase("publish", expect=75)["outcome"] == "PUBLISH_PENDING"
    bring_registry_back(cards)
    for command in ("publish", "run", "publish"):
        assert cards.phase(command, expect=73).code == "PUBLISH_RETRY_EXHAUSTED"
    assert not cards.published()
    cards.wire(publish_retry_budget=3)
    assert cards.phase("publish")["outcome"] == "PUBLISHED"
    assert cards.attempts("TRAIN") == 1


def test_a_packed_bundle_that_changed_while_it_waited_is_refused(cards, mf):
    take_registry_away(cards)
    cards.run(expect=75)
    bring_registry_back(cards)
    for path in sorted((cards.run_folder / "bundle").iterdir()):
        original = path.read_bytes()
        change_one_digit(path)
        told = cards.phase("publish", expect=73)
        assert told.code == "BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION"
        path.write_bytes(original)
        assert not cards.published()
        cards.wire(publish_retry_budget=100)
    assert cards.phase("publish")["outcome"] == "PUBLISHED"


def test_a_registry_that_holds_other_bytes_is_a_conflict_for_good(halted_before, finished):
    for key in finished.published():
        if key.endswith("event.json"):
            continue
        work = halted_before("publish")
        path = work.registry / key
        path.parent.mkdir(parents=True)
        path.write_text("something else\n")
        told = work.phase("publish", expect=73)
        assert (told["outcome"], told.code) == ("PUBLISH_CONFLICT", "PUBLISH_CONFLICT")
        assert work.published() == {key: b"something else\n"}, "a conflict changes nothing"
        assert work.phase("publish", expect=73).code == "PUBLISH_CONFLICT"
        assert work.run(expect=73).code == "PUBLISH_CONFLICT"
        shutil.rmtree(work.folder)


def test_a_registry_that_holds_the_same_bytes_is_published_already(halted_before, finished):
    work = halted_before("publish")
    shutil.copytree(finished.registry, work.registry, dirs_exist_ok=True)
    assert work.phase("publish")["outcome"] == "ALREADY_PUBLISHED"
    assert work.published() == finished.published()


def put_foreign_lifecycle_event(work, finished):
    (key,) = [key for key in finished.published() if key.endswith("event.json")]
    event = json.loads(finished.published()[key])
    path = work.registry / key
    path.parent.mkdir(parents=True)
    path.write_text(canonical({**event, "registry_event_id": "reg_evt_other"}) + "\n")


def test_a_foreign_lifecycle_event_is_refused(halted_before, finished):
    work = halted_before("publish")
    put_foreign_lifecycle_event(work, finished)
    assert work.phase("publish", expect=73).code == "REGISTRY_EVENT_IMMUTABILITY_VIOLATION"


@pytest.mark.parametrize("name", ["model.ubj", "bundle_manifest.json", "bundle_publication.json", "scoring_contract.json",
                                  "eval_report.json", "gate_receipt.json", "submission.json"])
@pytest.mark.parametrize("command", ["publish", "run"])
def test_a_published_file_that_changed_is_a_conflict(finished, name, command):
    path = finished.bundle() / name
    change_one_digit(path)
    tampered = files_below(finished.registry)
    for _ in range(2):
        assert finished.phase(command, expect=73).code == "PUBLISH_CONFLICT"
    assert files_below(finished.registry) == tampered


# A run that is done.


@pytest.mark.parametrize("what, code", [
    ("publish_receipt", "PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION"),
    ("plan", "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"),
])
def test_a_published_run_does_not_vouch_for_changed_records(finished, what, code):
    change_one_digit(finished.recorded()[what])
    assert finished.run(expect=73).code == code


def test_a_published_file_that_is_gone_is_missed(finished):
    (finished.bundle() / "model.ubj").unlink()
    for command in ("publish", "run"):
        assert finished.phase(command, expect=66).code == "EVIDENCE_UNRESOLVED"
    assert not (finished.bundle() / "model.ubj").exists()


def test_a_registry_that_is_away_takes_nothing_from_what_was_published(finished):
    take_registry_away(finished)
    assert finished.run()["outcome"] == "ALREADY_PUBLISHED"
