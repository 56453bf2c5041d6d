"""`mf prove`: a whole run is proven, a damaged one is not, and the link that does not hold is named; the matrix ends as it should."""

import json
import shutil

import pytest

import command
from card_store import GOVERNANCE, TRAINING
from documents import require_valid
from test_gate import demand
from test_tamper import INPUTS, RECORDS, bring_registry_back, change_one_digit, place_of, take_registry_away
from workplace import files_below

NO_RUN = "tr_" + "0" * 32
NAMES = {"manifest": "dataset manifest", "materialization": "materialisation", "data_file": "data file",
         "training_profile": "training profile", "governance_profile": "governance profile"}
LINKS = {**INPUTS, **RECORDS, "publish_receipt": ("PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION", "EVIDENCE_UNRESOLVED")}
BUNDLE = ["model.ubj", "scoring_contract.json", "eval_report.json", "gate_receipt.json"]
MANIFESTS = ["bundle_manifest", "bundle_publication"]


def prove(work, *words):
    return work.ask_mf("prove", "--run", work.run_key, *words)


def proof_of(work, told):
    (ref,) = [ref for name, ref in told["refs"].items() if name.endswith("_proof_ref")]
    proof = json.loads((work.store / ref).read_text())
    require_valid(proof)
    return proof


def require_proven(work):
    told = prove(work)
    assert (told.exit, told["outcome"], told["failure"]) == (0, "PROVEN", None), told.out
    proof = proof_of(work, told)
    assert (proof["status"], proof["reasons"]) == ("PASS", [])
    return told, proof


def require_not_proven(work, link, code=None):
    told = prove(work)
    assert (told.exit, told["outcome"]) == (1, "NOT_PROVEN"), told.out
    proof = proof_of(work, told)
    assert proof["status"] == "FAIL"
    reasons = {reason["link"]: reason["reason_code"] for reason in proof["reasons"]}
    assert link in reasons and code in (None, reasons[link]), reasons
    assert f"{link}: {reasons[link]}" in told["figures"]["reasons"]
    return proof


def link_of(proof, name):
    return next(link for link in proof["links"] if link["name"] == name)


# A run that holds together.


def test_a_published_run_is_proven_from_manifest_to_registry(finished):
    told, proof = require_proven(finished)
    assert proof["state"] == "PUBLISHED" and told["figures"]["links_failed"] == 0
    stages = [link["stage"] for link in proof["links"]]
    order = ["ledger", "inputs", "plan", "model", "report", "gate", "bundle", "registry"]
    assert stages == sorted(stages, key=order.index) and set(stages) == set(order)
    names = {link["name"] for link in proof["links"]}
    assert set(NAMES.values()) | set(RECORDS) | set(MANIFESTS) | {"publish_receipt", "registry lifecycle event"} <= names
    assert {f"{place}/{file}" for place in ("bundle", "registry") for file in BUNDLE} <= names
    assert all(link["expected_sha256"] == link["observed_sha256"] for link in proof["links"])
    assert proof["agreements"] and proof["mpr_handoff"]["status"] == "PASS"


def test_the_handoff_tells_what_the_registry_holds(finished):
    handoff = require_proven(finished)[1]["mpr_handoff"]
    assert handoff["complete"] and handoff["files_expected"] == handoff["files_true"] == len(list(finished.bundle().iterdir()))
    for ref in (handoff["registry_bundle_ref"], handoff["registry_lifecycle_event_ref"]):
        assert (finished.registry / ref).is_file()
    assert (finished.store / handoff["publish_handshake_receipt_ref"]).is_file()
    (finished.bundle() / "notes.txt").write_text("somebody else's")
    assert require_proven(finished)[1]["mpr_handoff"]["files_unknown"] == 1


def test_the_same_state_is_proven_to_the_same_document(finished):
    told, _ = require_proven(finished)
    before = files_below(finished.folder)
    assert require_proven(finished)[0]["refs"] == told["refs"]
    assert files_below(finished.folder) == before


def test_nothing_is_written_but_the_proof(finished):
    before = files_below(finished.folder)
    told, _ = require_proven(finished)
    written = set(files_below(finished.folder)) - set(before)
    assert written == {f"store/{told['refs']['continuity_proof_ref']}"}
    verified = finished.mf("verify", finished.run_key, "--inputs")
    assert verified["outcome"] == "VERIFIED" and verified["figures"]["unrecorded"] == 0


def test_the_proof_tells_no_place_of_this_machine(finished, tmp_path):
    first, _ = require_proven(finished)
    moved = finished.copied_to(tmp_path / "elsewhere")
    shutil.rmtree(moved.run_folder / "proofs")
    assert require_proven(moved)[0]["refs"] == first["refs"]
    assert str(tmp_path) not in (moved.store / first["refs"]["continuity_proof_ref"]).read_text()


def test_a_section_of_the_coverage_tells_what_it_is_made_of(finished):
    coverage = require_proven(finished)[1]["coverage"]
    for section in coverage.values():
        statuses = {item["status"] for item in section["items"]}
        assert "FAIL" not in statuses
        assert section["status"] == ("ABSENT" if statuses == {"ABSENT"} else "PASS")
    operated = {item["item"]: item["status"] for item in coverage["run_operate"]["items"]}
    assert operated["run_config_digest in execution_record"] == operated["active-run scope"] == "PASS"


def test_a_job_that_worked_on_the_run_has_its_receipt(cards):
    cards.wire(required_platform_run_id=cards.request()["platform_run_id"], launcher={
        "policy_id": "launcher", "revision": "r1", "stream_id": "mf.test", "request_batch_limit": 1})
    cards.mf("enqueue", "train-build", cards.request_file)
    cards.mf("work", "--once")
    (receipt,) = cards.store.glob("*/mf/job_invocations/*.json")
    item = f"invocation receipt of {receipt.stem}"
    _, proof = require_proven(cards)
    assert {"item": item, "status": "PASS", "ref": str(receipt.relative_to(cards.store))} in proof["coverage"]["run_operate"]["items"]
    receipt.unlink()
    assert require_not_proven(cards, item, "EVIDENCE_UNRESOLVED")["coverage"]["run_operate"]["status"] == "FAIL"


# A run that does not.


@pytest.mark.parametrize("what", LINKS)
def test_a_changed_file_breaks_its_link_until_it_is_restored(finished, what):
    whole, _ = require_proven(finished)
    path = place_of(finished, what)
    original = path.read_bytes()
    change_one_digit(path)
    code = "MANIFEST_DIGEST_MISMATCH" if what == "manifest" else LINKS[what][0]
    link = link_of(require_not_proven(finished, NAMES.get(what, what)), NAMES.get(what, what))
    assert link["reason_code"] in (code, LINKS[what][0]) and link["status"] == "FAIL"
    assert link["expected_sha256"] and link["observed_sha256"] != link["expected_sha256"]
    path.write_bytes(original)
    assert require_proven(finished)[0]["refs"] == whole["refs"]
    assert len(list((finished.run_folder / "proofs").iterdir())) == 2, "both proofs stand side by side"


@pytest.mark.parametrize("what", LINKS)
def test_a_missing_file_breaks_its_link(finished, what):
    place_of(finished, what).unlink()
    name = NAMES.get(what, what)
    proof = require_not_proven(finished, name, LINKS[what][1])
    assert link_of(proof, name)["observed_sha256"] is None


@pytest.mark.parametrize("place", ["bundle", "registry"])
@pytest.mark.parametrize("file", BUNDLE)
def test_a_changed_copy_of_the_bundle_breaks_its_link(finished, place, file):
    folder = finished.run_folder / "bundle" if place == "bundle" else finished.bundle()
    change_one_digit(folder / file)
    code = {"bundle": "BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION", "registry": "PUBLISH_CONFLICT"}[place]
    proof = require_not_proven(finished, f"{place}/{file}", code)
    assert proof["mpr_handoff"]["status"] == ("PASS" if place == "bundle" else "FAIL")


def test_a_changed_lifecycle_event_breaks_its_link(finished):
    (event,) = finished.registry.glob("registry/events/*/*/*.json")
    change_one_digit(event)
    proof = require_not_proven(finished, "registry lifecycle event", "REGISTRY_EVENT_IMMUTABILITY_VIOLATION")
    assert proof["mpr_handoff"]["status"] == "FAIL" and proof["mpr_handoff"]["complete"]


@pytest.mark.parametrize("file, link", [
    ("ledger/events/00000003.json", "event log"), ("ledger/seal.json", "event log")])
def test_a_damaged_ledger_breaks_its_link(finished, file, link):
    path = finished.run_folder / file
    change_one_digit(path)
    proof = require_not_proven(finished, link, "LEDGER_INVALID")
    assert proof["state"] is None and "mpr_handoff" not in proof


@pytest.mark.parametrize("folder, link", [("runs", "run anchor"), ("requests", "request alias")])
def test_a_damaged_way_to_the_run_breaks_its_link(finished, folder, link):
    (path,) = (finished.store / "mf" / folder).glob("*.json")
    key = finished.run_key
    change_one_digit(path)
    told = finished.ask_mf("prove", "--run", key)
    assert told["outcome"] == "NOT_PROVEN" and f"{link}: LEDGER_INVALID" in told["figures"]["reasons"]


# A run that never came to the registry.


def test_a_run_that_failed_its_gate_is_not_proven(cards):
    demand(cards, at_least=0.9999999)
    cards.run(expect=1)
    proof = require_not_proven(cards, "run", "PUBLISH_NOT_ELIGIBLE")
    assert {"link": "publish_receipt", "reason_code": "STAGE_MISSING"} in proof["reasons"]
    assert "mpr_handoff" not in proof


def test_a_pending_run_is_not_proven_until_it_is_published(cards):
    take_registry_away(cards)
    cards.run(expect=75)
    proof = require_not_proven(cards, "run", "REGISTRY_UNAVAILABLE")
    assert proof["state"] == "PUBLISH_PENDING"
    bring_registry_back(cards)
    cards.phase("publish")
    require_proven(cards)


def test_a_run_that_may_not_be_published_is_not_proven(cards):
    cards.ask(publish_allowed=False)
    cards.run()
    require_not_proven(cards, "run", "PUBLISH_NOT_ALLOWED")


@pytest.mark.parametrize("phase", ["train", "eval", "gate", "publish"])
def test_a_run_on_its_way_is_not_proven(halted_before, phase):
    require_not_proven(halted_before(phase), "bundle_manifest", "STAGE_MISSING")


# What cannot be told.


def test_a_registry_that_is_away_proves_nothing(finished):
    take_registry_away(finished)
    told = prove(finished)
    assert (told.exit, told["outcome"], told.code) == (75, "FAILED", "REGISTRY_UNAVAILABLE")
    assert not (finished.run_folder / "proofs").exists()


@pytest.mark.parametrize("words, status, code", [
    ([], 64, "USAGE"), (["--negative", "--run", NO_RUN], 64, "USAGE"), (["--run", NO_RUN], 66, "RUN_NOT_FOUND")])
def test_what_was_asked_wrongly_is_no_answer(cards, words, status, code):
    told = cards.ask_mf("prove", *words)
    assert (told.exit, told["outcome"], told.code) == (status, "FAILED", code)


# The matrix.


@pytest.fixture(scope="module")
def negative(made_cards, tmp_path_factory):
    """The matrix tried once: the store, what was told, and what lay in the scratch folder afterwards."""
    work = made_cards.copied_to(tmp_path_factory.mktemp("negative") / "cards")
    work.scratch = tmp_path_factory.mktemp("scratch")
    work.before = files_below(work.folder)
    work.told = work.ask_mf("prove", "--negative", env={"TMPDIR": str(work.scratch)})
    return work


def test_every_case_ends_as_it_should(negative):
    assert (negative.told.exit, negative.told["outcome"]) == (0, "PROVEN"), negative.told.out
    proof = proof_of(negative, negative.told)
    assert [case for case in proof["cases"] if case["expected"] != case["observed"] or case["status"] != "PASS"] == []
    assert proof["status"] == "PASS" and negative.told["figures"]["unexpected"] == []


def test_every_code_is_provoked_or_left_out_with_a_reason(negative):
    proof = proof_of(negative, negative.told)
    codes = set(command.told("explain")["figures"])
    provoked = {case["observed"] for case in proof["cases"]} & codes
    left_out = {row["code"] for row in proof["not_provoked"]}
    assert provoked | left_out == codes and provoked & left_out == set()
    counts = {"cases": len(proof["cases"]), "cases_as_expected": len(proof["cases"]), "codes_in_table": len(codes),
              "codes_provoked": len(provoked), "codes_not_provoked": len(left_out)}
    assert proof["counts"] == counts
    assert {name: negative.told["figures"][name] for name in counts} == counts


def test_nothing_is_left_but_the_proof(negative):
    written = set(files_below(negative.folder)) - set(negative.before)
    assert written == {f"store/{negative.told['refs']['negative_proof_ref']}"}
    assert list(negative.scratch.iterdir()) == []


def test_the_matrix_has_the_same_bytes_wherever_it_is_tried(negative, cards):
    told = cards.ask_mf("prove", "--negative")
    assert told["refs"] == negative.told["refs"]
    assert TRAINING in files_below(cards.store) and GOVERNANCE in files_below(cards.store)
    text = (negative.store / told["refs"]["negative_proof_ref"]).read_text()
    assert str(negative.scratch) not in text and "mf-prove" not in text
