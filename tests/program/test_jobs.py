"""`mf enqueue` and `mf work --once`: what a launcher asks for is answered once, whatever else lies among the jobs."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import command
import hostile
from card_store import PLATFORM_RUN
from documents import content, require_valid
from injection import ALL, chosen, disturbed, for_each, recorded, traced
from job_place import (JOBS, LAUNCHER, RECEIPTS, answered, enqueue, enqueue_retry, for_jobs, job, put_job, receipt, requests, rows,
                       work)
from test_gate import demand
from test_tamper import bring_registry_back, take_registry_away
from workplace import files_below

JOB = "request-0001"  # what the job of the first request is called
OTHER_RUN = "platform_20260101T000000Z"


@pytest.fixture
def place(cards):
    return for_jobs(cards)


def count(place, name):
    return sum(event["event"] == name for event in place.events())


# Enqueueing.


def test_a_job_is_left_and_nothing_is_worked_on(place):
    told = enqueue(place)
    assert told["outcome"] == "ENQUEUED" and told["refs"] == {"request_ref": f"{JOBS}/{JOB}.json"}
    left = job(place, JOB)
    require_valid(left)
    assert (left["request_id"], left["command"], left["platform_run_id"]) == (JOB, "train_build", PLATFORM_RUN)
    assert left["request"] == place.request()
    assert (place.store / f"mf/job_scopes/{PLATFORM_RUN}.txt").read_text() == PLATFORM_RUN + "\n"
    assert not (place.store / "mf/runs").exists() and place.mf("runs")["outcome"] == "NO_RUNS"
    assert told["run"] == place.mf("validate-request", place.request_file)["run"]


def test_the_same_job_again_changes_nothing(place):
    enqueue(place)
    before = files_below(place.folder)
    told = enqueue(place)
    assert told["outcome"] == "ALREADY_ENQUEUED" and "status" not in told["figures"]
    assert files_below(place.folder) == before
    work(place)
    assert enqueue(place)["figures"]["status"] == "DONE"
    assert "to ask again" in place.say("enqueue", "train-build", place.request_file).out


def test_another_job_under_the_same_id_is_refused(place):
    enqueue(place)
    told = enqueue(place, place.request_with("other.json", config_revision="config@r2"), expect=73)
    assert told.code == "REQUEST_ID_PAYLOAD_MISMATCH"
    assert job(place, JOB)["request"] == place.request()
    assert enqueue(place, place.folder / "other.json", "--request-id", "job-0002")["outcome"] == "ENQUEUED"


def test_the_same_request_under_another_configuration_is_another_job(place):
    enqueue(place)
    place.wire(stage_retry_budget=7)
    assert enqueue(place, expect=73).code == "REQUEST_ID_PAYLOAD_MISMATCH"


def test_a_refused_request_leaves_the_record_of_its_refusal_and_no_job(place):
    place.ask(intent_kind="guess")
    told = enqueue(place, expect=65)
    assert told.code == "INTENT_KIND_UNSUPPORTED"
    record = json.loads((place.store / told["refs"]["request_rejection_ref"]).read_text())
    assert record["command"] == "enqueue" and not (place.store / JOBS).exists()


def test_a_dry_run_writes_nothing(place):
    before = files_below(place.folder)
    told = enqueue(place, None, "--dry-run")
    assert told["outcome"] == "WOULD_ENQUEUE" and told["refs"]["request_ref"] == f"{JOBS}/{JOB}.json"
    bad = place.request_with("bad.json", intent_kind="guess")
    before = {**before, "bad.json": bad.read_bytes()}
    enqueue(place, bad, "--dry-run", expect=65)
    assert files_below(place.folder) == before


def test_a_retry_is_named_for_run_and_time_and_names_the_evidence(place):
    take_registry_away(place)
    place.run(expect=75)
    told = enqueue_retry(place)
    name = told["figures"]["request_id"]
    assert name.startswith(f"mf.publish_retry.{place.run_key}.20") and name.endswith("Z") and len(name) == 69
    left = job(place, name)
    require_valid(left)
    assert left["run_key"] == place.run_key
    ref = {record: str(path.relative_to(place.store)) for record, path in place.recorded().items()}
    assert left["publish_inputs"] == {"resolved_train_plan_ref": ref["plan"], "gate_receipt_ref": ref["gate_receipt"],
                                      "publish_eligibility_ref": ref["publish_eligibility"]}
    assert enqueue_retry(place, "--request-id", "my-retry")["figures"]["request_id"] == "my-retry"


def test_a_retry_of_a_run_that_is_not_there_is_refused(place):
    told = place.mf("enqueue", "publish-retry", "--run", "tr_" + "0" * 32, expect=66)
    assert told.code == "RUN_NOT_FOUND" and not (place.store / JOBS).exists()


UNSOUND = {
    "no command": ["enqueue"], "an unknown command": ["enqueue", "train"], "no request": ["enqueue", "train-build"],
    "a run to train": ["enqueue", "train-build", "r.json", "--run", "tr_1"], "no run": ["enqueue", "publish-retry"],
    "a request to publish": ["enqueue", "publish-retry", "r.json", "--run", "tr_1"], "a daemon": ["work"],
    "no jobs at all": ["work", "--once", "--limit", "0"], "half a job": ["work", "--once", "--limit", "1.5"],
}


@pytest.mark.parametrize("words", UNSOUND.values(), ids=UNSOUND.keys())
def test_words_that_make_no_sense_are_refused(place, words):
    told = place.ask_mf(*words)
    assert (told.exit, told.code) == (64, "USAGE")


def test_an_id_that_cannot_be_a_jobs_is_refused(place):
    for bad in ("short", "../../../etc", "a" * 129, "eight or more"):
        assert enqueue(place, None, "--request-id", bad, expect=65).code == "REQUEST_ID_INVALID"
    assert not (place.store / JOBS).exists()


def test_jobs_need_a_profile_that_says_whose_they_are(cards):
    assert enqueue(cards, expect=78).code == "PROFILE_INVALID"
    assert work(cards, expect=78).code == "PROFILE_INVALID"
    cards.wire(required_platform_run_id="any")
    told = work(cards, expect=78)
    assert told.code == "PROFILE_INVALID" and "/launcher" in told["failure"]["message"]


def test_jobs_of_another_platform_run_are_refused(cards):
    place = for_jobs(cards, required_platform_run_id=OTHER_RUN)
    assert enqueue(place, expect=65).code == "RUN_SCOPE_INVALID"
    assert work(place, "--platform-run-id", PLATFORM_RUN, expect=65).code == "RUN_SCOPE_INVALID"
    assert work(for_jobs(place, required_platform_run_id="any"), "--platform-run-id", "../x", expect=65).code == "RUN_SCOPE_INVALID"


# Every status.


def ends_published(place):
    return 0


def ends_at_its_gate(place):
    demand(place, at_least=0.9999999)
    return 1


def may_not_publish(place):
    place.ask(publish_allowed=False)
    return 0


def has_no_registry(place):
    take_registry_away(place)
    return 0


def has_rows_that_are_refused(place):
    place.edit("profiles/training.yaml", lambda profile: profile["leakage"].update(suspect_single_feature_auc=0.51))
    return 1


def has_no_rows(place):
    place.data_file().unlink()
    return 1


STATUS = {
    "DONE": (ends_published, None), "GATE_FAIL": (ends_at_its_gate, None), "PASS_NO_PUBLISH": (may_not_publish, None),
    "PUBLISH_PENDING": (has_no_registry, "REGISTRY_UNAVAILABLE"),
    "FAILED by its rows": (has_rows_that_are_refused, "LEAKAGE_GUARD_VIOLATION"),
    "FAILED for want of rows": (has_no_rows, "MATERIALIZATION_UNRESOLVED"),
}


def require_receipt(place, name, status, code):
    """The receipt is of this job, and what it refers to is there."""
    found = receipt(place, name)
    require_valid(found)
    assert (found["status"], found.get("error", {}).get("code")) == (status, code)
    assert (found["request_id"], found["command"], found["platform_run_id"]) == (name, "train_build", PLATFORM_RUN)
    assert found["request_ref"] == f"{JOBS}/{name}.json" and found["run_key"] == place.run_key
    assert found["run_config_digest"] == job(place, name)["run_config_digest"]
    assert found["worker"] == {"stream_id": "mf.v0", "service_release_id": "mf:test", "launcher_policy_id": "nightly",
                               "launcher_policy_revision": "r3"}
    assert all((place.store / ref).is_file() for ref in found["refs"].values())
    return found


@pytest.mark.parametrize("what", STATUS)
def test_a_job_is_answered_by_how_its_run_ends(place, what):
    (arrange, code), status = STATUS[what], what.split(" ")[0]
    exit_status = arrange(place)
    enqueue(place)
    told = work(place, expect=exit_status)
    assert told["outcome"] == "WORKED" and rows(told) == {JOB: (status, code)}
    assert told["figures"] == {"jobs_seen": 1, "answered": 1, "failed": exit_status, "waiting": 0, "left": 0}
    found = require_receipt(place, JOB, status, code)
    (taken,) = [event["detail"] for event in place.events() if event["event"] == "JOB_TAKEN"]
    assert {name: taken[name] for name in ("request_id", "request_ref", "command", "actor_id", "run_config_digest")} == {
        "request_id": JOB, "request_ref": found["request_ref"], "command": "train_build", "actor_id": "HUMAN::operator",
        "run_config_digest": found["run_config_digest"]}
    if status == "DONE":
        assert found["details"]["bundle_id"] == place.bundle().parent.name
        assert found["details"]["gate_decision"] == "PASS"
    if status == "PUBLISH_PENDING":
        assert place.say("work", "--once").out.startswith("NOTHING_TO_DO")


@pytest.mark.parametrize("what", ["DONE", "GATE_FAIL", "PASS_NO_PUBLISH", "PUBLISH_PENDING", "FAILED by its rows"])
def test_a_run_that_had_ended_otherwise_is_left_as_it_is(place, what):
    STATUS[what][0](place)
    place.ask_mf("run", place.request_file)
    enqueue(place)
    before = len(place.event_files())
    told = work(place)
    already = {"DONE": "ALREADY_PUBLISHED", "PASS_NO_PUBLISH": "ALREADY_PASS", "PUBLISH_PENDING": "ALREADY_PUBLISH_PENDING"}
    code = STATUS[what][1]
    assert rows(told) == {JOB: (already.get(what, "ALREADY_FAIL"), code)}
    require_receipt(place, JOB, already.get(what, "ALREADY_FAIL"), code)
    assert len(place.event_files()) == before, "something was done"


def test_a_run_that_passed_goes_on_once_publishing_is_allowed(place):
    place.ask(publish_allowed=False)
    enqueue(place)
    assert rows(work(place)) == {JOB: ("PASS_NO_PUBLISH", None)}
    enqueue(place, place.request_with("allowed.json", publish_allowed=True, request_id="request-0002"))
    assert rows(work(place)) == {"request-0002": ("DONE", None)}
    assert place.attempts("TRAIN") == 1


def test_people_are_told_why_a_job_failed_and_what_to_do(place):
    has_no_rows(place)
    enqueue(place)
    told = place.say("work", "--once")
    assert told.exit == 1 and f"warning: job {JOB}: " in told.err
    assert f"Next: mf --profile {place.profile} explain MATERIALIZATION_UNRESOLVED\n" in told.out


def test_a_canceled_run_is_a_failure(place):
    place.phases("resolve")
    enqueue(place)
    place.mf("cancel", place.run_key, "--reason", "not wanted")
    assert rows(work(place)) == {JOB: ("ALREADY_FAIL", "RUN_CANCELED")}


def test_a_conflict_in_the_registry_is_a_failure(place, finished):
    shutil.rmtree(place.registry)
    shutil.copytree(finished.registry, place.registry)
    publication = place.bundle() / "bundle_publication.json"
    publication.write_bytes(publication.read_bytes() + b" ")
    enqueue(place)
    enqueue(place, None, "--request-id", "request-0002")
    assert rows(work(place, expect=1)) == {JOB: ("FAILED", "PUBLISH_CONFLICT"), "request-0002": ("ALREADY_FAIL", "PUBLISH_CONFLICT")}
    assert receipt(place, JOB)["details"]["terminal_class"] == "FAILED_CONFLICT"


def test_a_request_id_that_stands_for_another_run_is_a_failure(place):
    place.run()
    enqueue(place, place.request_with("other.json", config_revision="config@r2"))
    assert rows(work(place, expect=1)) == {JOB: ("FAILED", "REQUEST_ID_PAYLOAD_MISMATCH")}


def test_two_jobs_of_one_run_train_once(place):
    enqueue(place)
    enqueue(place, None, "--request-id", "request-0001.again")
    assert rows(work(place)) == {"request-0001.again": ("DONE", None), JOB: ("ALREADY_PUBLISHED", None)}
    assert place.attempts("TRAIN") == 1


def test_a_worker_called_again_has_nothing_to_do(place):
    enqueue(place)
    work(place)
    before = files_below(place.folder)
    told = work(place)
    assert (told["outcome"], told["rows"]) == ("NOTHING_TO_DO", [])
    assert files_below(place.folder) == before


# Publishing again.


def test_an_outage_of_the_registry_is_over_with_a_job_that_publishes_again(place):
    take_registry_away(place)
    enqueue(place)
    assert "Next: mf --profile" in (text := place.say("work", "--once").out) and "enqueue publish-retry --run" in text
    enqueue_retry(place, "--request-id", "retry-0001")
    assert rows(work(place)) == {"retry-0001": ("PUBLISH_PENDING", "REGISTRY_UNAVAILABLE")}
    bring_registry_back(place)
    enqueue_retry(place, "--request-id", "retry-0002")
    assert rows(work(place)) == {"retry-0002": ("DONE", None)}
    assert place.attempts("TRAIN") == 1 and place.bundle()
    assert {receipt(place, name)["command"] for name in ("retry-0001", "retry-0002")} == {"publish_retry"}
    assert answered(place) == {JOB: "PUBLISH_PENDING", "retry-0001": "PUBLISH_PENDING", "retry-0002": "DONE"}


@pytest.mark.parametrize("before", ["resolve", "publish", "done"])
def test_a_retry_where_nothing_is_pending_is_a_failure(halted_before, before):
    place = for_jobs(halted_before("train" if before == "resolve" else before))
    enqueue_retry(place, "--request-id", "retry-0001")
    assert rows(work(place, expect=1)) == {"retry-0001": ("FAILED", "RETRY_NOT_PENDING")}
    assert count(place, "PUBLISH_RETRY_SKIPPED") == (before != "done")


def test_retries_are_bounded(place):
    for_jobs(place, publish_retry_budget=1)
    take_registry_away(place)
    place.run(expect=75)
    for name in ("retry-0001", "retry-0002"):
        enqueue_retry(place, "--request-id", name)
    assert rows(work(place, expect=1)) == {"retry-0001": ("PUBLISH_PENDING", "REGISTRY_UNAVAILABLE"),
                                           "retry-0002": ("FAILED", "PUBLISH_RETRY_EXHAUSTED")}


INPUTS = {"resolved_train_plan_ref": "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION",
          "gate_receipt_ref": "GATE_RECEIPT_IMMUTABILITY_VIOLATION",
          "publish_eligibility_ref": "PUBLISH_ELIGIBILITY_IMMUTABILITY_VIOLATION"}


@pytest.mark.parametrize("field", INPUTS)
def test_evidence_that_the_log_does_not_name_is_refused(place, field):
    take_registry_away(place)
    place.run(expect=75)
    enqueue_retry(place, "--request-id", "retry-0001")
    bring_registry_back(place)
    given = job(place, "retry-0001")
    for name, ref in {"elsewhere": "profiles/training.yaml", "otherwise": given["publish_inputs"][field] + "@sha256:" + "0" * 64}.items():
        put_job(place, f"retry-{name}.json", {**given, "request_id": f"retry-{name}",
                                              "publish_inputs": {**given["publish_inputs"], field: ref}})
    assert rows(work(place, expect=1)) == {"retry-0001": ("DONE", None), "retry-elsewhere": ("FAILED", INPUTS[field]),
                                           "retry-otherwise": ("FAILED", INPUTS[field])}


def test_a_retry_of_no_run_and_of_another_platform_run_are_failures(place):
    take_registry_away(place)
    place.run(expect=75)
    enqueue_retry(place, "--request-id", "retry-0001")
    given = job(place, "retry-0001")
    (place.store / JOBS / "retry-0001.json").unlink()
    put_job(place, "retry-of-none.json", {**given, "request_id": "retry-of-none", "run_key": "tr_" + "0" * 32})
    elsewhere = place.store / OTHER_RUN / "mf/job_requests/retry-other.json"
    elsewhere.parent.mkdir(parents=True)
    for_jobs(place, required_platform_run_id="any")
    digest = enqueue(place, None, "--request-id", "none-at-all")  # only to know the digest under this profile
    now = job(place, "none-at-all")["run_config_digest"]
    (place.store / JOBS / "none-at-all.json").unlink()
    put_job(place, "retry-of-none.json", {**given, "request_id": "retry-of-none", "run_key": "tr_" + "0" * 32, "run_config_digest": now})
    elsewhere.write_text(json.dumps({**given, "request_id": "retry-other", "platform_run_id": OTHER_RUN, "run_config_digest": now}))
    assert digest["outcome"] == "ENQUEUED"
    told = work(place, "--platform-run-id", PLATFORM_RUN, "--platform-run-id", OTHER_RUN, expect=1)
    assert rows(told) == {"retry-of-none": ("FAILED", "RUN_NOT_FOUND"), "retry-other": ("FAILED", "RUN_SCOPE_INVALID")}


# The order of what a job is held against.


def without(name):
    return lambda document: document.pop(name)


def changed(**fields):
    return lambda document: document.update(fields)


# From left to right, as they are looked at: what is wrong, its code, and a word of the message.
FAULTS = {
    "is another job's": (changed(request_id="request-0002"), "REQUEST_ID_INVALID", "/request_id"),
    "has no platform run": (without("platform_run_id"), "RUN_SCOPE_INVALID", "/platform_run_id is missing"),
    "has no command": (without("command"), "REQUEST_INVALID", "/command is missing"),
    "has no digest": (without("run_config_digest"), "REQUEST_INVALID", "/run_config_digest is missing"),
    "is of another configuration": (changed(run_config_digest="0" * 64), "RUN_CONFIG_DIGEST_MISMATCH", "in force"),
    "is of another platform run": (changed(platform_run_id=OTHER_RUN), "RUN_SCOPE_INVALID", "folder"),
    "asks for what does not exist": (changed(command="train_bild"), "REQUEST_COMMAND_UNSUPPORTED", "train_bild"),
    "breaks its schema": (changed(hurry=True), "REQUEST_INVALID", "/hurry"),
    "carries a bad request": (lambda document: document["request"].update(intent_kind="guess"), "INTENT_KIND_UNSUPPORTED",
                              "/request/intent_kind"),
}


@pytest.mark.parametrize("first", FAULTS)
def test_the_first_fault_is_the_answer_however_many_follow(place, first):
    enqueue(place)
    good = job(place, JOB)
    names = list(FAULTS)
    for name in reversed(names[names.index(first):]):
        FAULTS[name][0](good)
    put_job(place, f"{JOB}.json", good)
    _, code, word = FAULTS[first]
    assert rows(work(place, expect=1)) == {JOB: ("FAILED", code)}
    error = receipt(place, JOB)["error"]
    assert error["code"] == code and word in error["message"]
    require_valid(receipt(place, JOB))
    assert not (place.store / "mf/runs").exists(), "something was done"


def test_before_all_that_a_job_has_to_be_a_document(place):
    enqueue(place)
    data = (place.store / JOBS / f"{JOB}.json").read_text()
    put_job(place, f"{JOB}.json", data.replace('"request_id"', '"request_id":"x","request_id"', 1))
    assert rows(work(place, expect=1)) == {JOB: ("FAILED", "REQUEST_INVALID")}
    assert receipt(place, JOB)["command"] == "UNKNOWN"


# Jobs that mean harm, among good ones.


ODD_CONTENT = {"bits": bytes(range(256)) * 64, "empty": b"", "list": b"[]", "null": b"null", "number": b"7", "nesting": b'{"a":' * 100_000,
               "brackets": b"[" * 1_000_000, "keys": json.dumps({f"k{i}": i for i in range(300_000)}).encode()}
ODD_FILES = {"sparse": (hostile.sparse_file, "REQUEST_INVALID"), "pipe": (hostile.pipe_without_a_writer, "ARTIFACT_CONFLICT"),
             "folder": (hostile.folder, "ARTIFACT_CONFLICT"), "device": (hostile.link_to_a_device, "REF_OUTSIDE_ROOT"),
             "circle": (hostile.link_to_itself, "REF_OUTSIDE_ROOT")}
ODD_IDS = {"leads-out": "../../../../etc/passwd", "endless": "x" * 60_000, "hidden": "a\u202e\u0007" * 20, "a-number": 12345678,
           "a-list": ["odd-job-a-list"], "of-another": "nightly-0001"}
ODD_NAMES = ["short.json", "no-ending", "spaces in it.json", "x" * 200 + ".json", "line\nbreak.json", ".json", "..json"]


def test_hostile_jobs_are_answered_one_by_one_and_stop_nobody(place):
    for request in requests(place, 2):
        enqueue(place, request)
    good = job(place, "nightly-0000")
    expected = {}
    for name, data in ODD_CONTENT.items():
        put_job(place, f"odd-content-{name}.json", data)
        expected[f"odd-content-{name}"] = ("FAILED", "REQUEST_INVALID")
    for name, (act, code) in ODD_FILES.items():
        act(put_job(place, f"a-odd-file-{name}.json", good))
        expected[f"a-odd-file-{name}"] = ("FAILED", code)
    for name, odd_id in ODD_IDS.items():
        put_job(place, f"odd-id-{name}.json", {**good, "request_id": odd_id})
        expected[f"odd-id-{name}"] = ("FAILED", "REQUEST_ID_INVALID")
    for name in ODD_NAMES:
        put_job(place, name, good)
    inside = place.store / JOBS / "a-odd-folder.json" / "inner.json"
    inside.parent.mkdir()
    inside.write_text(json.dumps(good))
    put_job(place, "odd-command.json", {**good, "request_id": "odd-command", "command": "rm -rf \u202e" + "x" * 1000})
    expected |= {"a-odd-folder": ("FAILED", "ARTIFACT_CONFLICT"), "odd-command": ("FAILED", "REQUEST_COMMAND_UNSUPPORTED"),
                 "nightly-0000": ("DONE", None), "nightly-0001": ("DONE", None)}
    told = place.ask_mf("work", "--once", "--limit", 100)
    assert told.exit == 1
    hostile.require_bearable(told)
    unnamed = {row["request_id"] for row in told["rows"]} - set(expected)
    assert len(unnamed) == len(ODD_NAMES)
    assert {name: found for name, found in rows(told).items() if name in expected} == expected
    assert answered(place) == {name: status for name, (status, _) in expected.items()}
    for name in expected:
        require_valid(receipt(place, name))
    assert len(list((place.store / "mf/runs").glob("*"))) == 2
    again = work(place, expect=1)
    assert {code for _, code in rows(again).values()} == {"REQUEST_ID_INVALID"} and len(again["rows"]) == len(ODD_NAMES)


def test_a_worker_that_looks_at_hostile_jobs_stays_small(place):
    enqueue(place)
    good = job(place, JOB)
    (place.store / JOBS / f"{JOB}.json").unlink()
    for name, data in hostile.TEXTS.items():
        put_job(place, f"text-{name.replace(' ', '-').replace(',', '')}.json", data)
    hostile.sparse_file(put_job(place, "sparse-job.json", good))
    told = hostile.watched("--profile", place.profile, "work", "--once", "--limit", 200)
    assert told.exit == 1
    assert {found for found in rows(told).values()} == {("FAILED", "REQUEST_INVALID")}
    assert len(answered(place)) == len(hostile.TEXTS) + 1


def test_files_that_are_no_jobs_take_no_room_in_the_batch(place):
    for number in range(30):
        put_job(place, f"a {number}.json", "{}")
    enqueue(place)
    told = work(place, "--limit", 1, expect=1)
    assert rows(told)[JOB] == ("DONE", None) and told["figures"]["answered"] == 1


def test_what_stands_in_the_place_of_an_answer_is_never_replaced(place):
    (place.store / RECEIPTS / f"{JOB}.json").mkdir(parents=True)
    (request,) = requests(place, 1)
    enqueue(place, request)
    enqueue(place)
    told = work(place)
    assert rows(told) == {"nightly-0000": ("DONE", None)}, "it is taken for the answer"
    assert not list((place.store / RECEIPTS / f"{JOB}.json").iterdir())


def test_a_store_that_takes_no_answers_is_no_fault_of_a_job(place, strace):
    enqueue(place)
    under = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e", "inject=linkat:error=EACCES"]
    told = place.mf("work", "--once", expect=77, under=under)
    assert told.code == "STORE_NOT_PERMITTED" and not answered(place)
    assert rows(work(place)) == {JOB: ("DONE", None)}


def test_a_secret_in_a_job_reaches_neither_receipt_nor_terminal(place):
    secret = "AKIA5SECRETCANARY5XX"
    enqueue(place)
    put_job(place, f"{JOB}.json", {**job(place, JOB), "command": f"token={secret}"})
    told = place.ask_mf("work", "--once")
    assert told.exit == 1 and secret not in told.out + told.err
    assert secret not in (place.store / RECEIPTS / f"{JOB}.json").read_text()


# Batches, platform runs, waiting.


def test_a_batch_is_bounded_and_the_next_call_goes_on(cards):
    place = for_jobs(cards, launcher={**LAUNCHER, "request_batch_limit": 2})
    for request in requests(place, 5):
        enqueue(place, request)
    told = work(place)
    assert list(rows(told)) == ["nightly-0000", "nightly-0001"]
    assert told["figures"] == {"jobs_seen": 5, "answered": 2, "failed": 0, "waiting": 0, "left": 3}
    assert f"Next: mf --profile {place.profile} work --once\n" in place.say("work", "--once", "--limit", 1).out
    assert list(rows(work(place, "--limit", 9))) == ["nightly-0003", "nightly-0004"]
    assert work(place)["outcome"] == "NOTHING_TO_DO"


def test_a_worker_for_any_platform_run_finds_those_that_have_jobs(cards):
    place = for_jobs(cards, required_platform_run_id="any")
    assert work(place)["outcome"] == "NOTHING_TO_DO"
    enqueue(place)
    enqueue(place, place.request_with("other.json", platform_run_id=OTHER_RUN, request_id="request-0002"))
    (place.store / "mf/job_scopes" / "..txt").write_text("x")
    told = work(place, expect=1)
    assert rows(told) == {"request-0002": ("FAILED", "MANIFEST_INVALID"), JOB: ("DONE", None)} or rows(told) == {
        "request-0002": ("FAILED", "RUN_SCOPE_INVALID"), JOB: ("DONE", None)}
    assert [row["platform_run"] for row in told["rows"]] == [OTHER_RUN, PLATFORM_RUN]


def test_a_platform_run_whose_folder_is_damaged_stops_no_other(cards):
    place = for_jobs(cards, required_platform_run_id="any")
    enqueue(place)
    (place.store / f"mf/job_scopes/{OTHER_RUN}.txt").write_text("")
    (place.store / OTHER_RUN / "mf").mkdir(parents=True)
    (place.store / OTHER_RUN / "mf/job_requests").write_text("no folder")
    told = work(place, expect=1)
    assert rows(told) == {None: ("FAILED", "ARTIFACT_CONFLICT"), JOB: ("DONE", None)}


def waits(place, name, code):
    """The job waits, and has no receipt."""
    told = work(place, expect=75)
    assert told["outcome"] == "WAITING" and rows(told)[name] == ("WAITING", code) and told.code == code
    assert not (place.store / RECEIPTS / f"{name}.json").exists()
    return told


def test_what_is_transient_is_no_answer(place, strace):
    enqueue(place)
    under = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e", "inject=linkat:error=ENOSPC:when=5+"]
    told = place.mf("work", "--once", expect=75, under=under)
    assert told.code == "STORE_FULL" and rows(told) == {JOB: ("WAITING", "STORE_FULL")}
    assert not (place.store / RECEIPTS).exists()
    assert rows(work(place)) == {JOB: ("DONE", None)}


def words_of_work(place):
    return [str(command.MF), "--json", "--profile", str(place.profile), "work", "--once"]


@pytest.fixture
def queue(steady_cards, tmp_path):
    """Workplaces with one job and one thread, all alike, by name."""
    def make(name):
        place = for_jobs(steady_cards.copied_to(tmp_path / name / "cards"))
        enqueue(place)
        return place
    return make


def test_a_signal_ends_the_batch_and_the_job_waits(queue, strace):
    place = queue("told")
    (second,) = requests(place, 1)
    enqueue(place, second, "--request-id", "request-0002")
    point = next(p for p in recorded(strace, queue("recorded"), words=words_of_work) if p.call == "linkat" and "/artifacts" in p.place)
    ended, _ = traced(strace, place, {"linkat"}, "-e", f"inject=linkat:signal=TERM:when={point.nth}", words=words_of_work)
    told = command.only_object(ended.stdout.decode())
    assert (ended.returncode, told["failure"]["code"]) == (75, "INTERRUPTED")
    assert [(row["request_id"], row["status"]) for row in told["rows"]] == [(JOB, "WAITING")] and told["figures"]["left"] == 1
    assert rows(work(place)) == {JOB: ("DONE", None), "request-0002": ("DONE", None)}


def test_a_job_that_another_process_works_on_is_passed_over(queue, strace):
    place = queue("held")
    (second,) = requests(place, 1)
    enqueue(place, second, "--request-id", "request-0002")
    point = next(p for p in recorded(strace, queue("recorded"), words=words_of_work) if p.call == "linkat" and "/artifacts" in p.place)
    log = place.folder.parent / "holder.strace"
    holder = subprocess.Popen(
        [strace, "-f", "-qq", "-o", str(log), "-e", "trace=linkat", "-e", f"inject=linkat:delay_enter=8000000:when={point.nth}",
         *words_of_work(place)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=command.quiet_surroundings())
    while not any("/artifacts" in str(path) for path in place.store.rglob("artifacts")):
        assert holder.poll() is None
    told = waits(place, JOB, "LEASE_HELD")
    assert rows(told)["request-0002"] == ("DONE", None)
    out = command.only_object(holder.communicate(timeout=60)[0].decode())
    assert [(row["request_id"], row["status"]) for row in out["rows"]] == [(JOB, "DONE")], "the other one was answered meanwhile"
    assert answered(place) == {JOB: "DONE", "request-0002": "DONE"}


# Killed, and many at once.


def receipt_content(place):
    return content((place.store / RECEIPTS / f"{JOB}.json").read_bytes())


def test_killed_at_any_call_the_next_worker_writes_the_same_receipt(queue, strace):
    undisturbed = queue("recorded")
    points = recorded(strace, undisturbed, words=words_of_work)
    expected = receipt_content(undisturbed)
    assert {"linkat", "fsync"} <= {point.call for point in points}

    def kill(point):
        place = queue(f"{point.call}-{point.nth}")
        disturbed(strace, place, point, "signal=KILL", words=words_of_work)
        told = place.ask_mf("work", "--once")
        assert told.exit == 0, told.out
        assert receipt_content(place) == expected
        assert count(place, "JOB_TAKEN") == count(place, "BUNDLE_PUBLISHED") == 1
    last = [point for point in points if "job_invocations" in point.place or "seal" in point.place]
    for_each([*chosen(points, 10, "jobs"), *chosen(last, 4, "ends")], kill)


def test_killed_before_it_could_tell_of_a_silent_registry_it_asks_no_second_time(queue, strace):
    def pending(name):
        place = queue(name)
        take_registry_away(place)
        place.run(expect=75)
        enqueue_retry(place, "--request-id", "retry-0001")
        (place.store / JOBS / f"{JOB}.json").unlink()
        return place
    undisturbed = pending("recorded")
    points = recorded(strace, undisturbed, words=words_of_work)
    expected = content((undisturbed.store / RECEIPTS / "retry-0001.json").read_bytes())
    writing = [point for point in points if point.call == "linkat" and "job_invocations" in point.place]
    place = pending("killed")
    disturbed(strace, place, writing[0], "signal=KILL", words=words_of_work)
    assert count(place, "PUBLISH_RETRY_REQUESTED") == 1 and not (place.store / RECEIPTS / "retry-0001.json").exists()
    assert rows(work(place)) == {"retry-0001": ("PUBLISH_PENDING", "REGISTRY_UNAVAILABLE")}
    assert content((place.store / RECEIPTS / "retry-0001.json").read_bytes()) == expected
    assert count(place, "PUBLISH_RETRY_REQUESTED") == 1


def looped(place):
    """Calls the worker as a scheduler does, until there is nothing left; the figures of each call."""
    calls = []
    while not calls or calls[-1]["outcome"] != "NOTHING_TO_DO":
        told = place.ask_mf("work", "--once", "--limit", 3)
        assert told.exit in (0, 1, 75), told.out + told.err
        assert told.exit != 75 or told.code == "LEASE_HELD"
        calls.append(told)
    return calls


@pytest.mark.parametrize("number", [48 if ALL else 24])
def test_four_loops_at_once_answer_every_job_once(steady_cards, tmp_path, number):
    place = for_jobs(steady_cards.copied_to(tmp_path / "cards"))
    for request in requests(place, number):
        enqueue(place, request)
    enqueue(place, place.folder / "nightly-0000.json", "--request-id", "nightly-0000-again")
    put_job(place, "nightly-0007-bad.json", b"\x00")
    with ThreadPoolExecutor(4) as hands:
        calls = [told for loop in hands.map(looped, [place] * 4) for told in loop]
    statuses = answered(place)
    assert len(statuses) == number + 2 and statuses["nightly-0007-bad"] == "FAILED"
    assert statuses["nightly-0000-again"] in ("DONE", "ALREADY_PUBLISHED")
    assert {statuses[f"nightly-{i:04}"] for i in range(number)} == {"DONE"}
    assert sum(told["figures"]["answered"] for told in calls) == len(statuses)
    told_of = [row["request_id"] for told in calls for row in told["rows"] if row["status"] != "WAITING"]
    assert sorted(told_of) == sorted(statuses)
    assert set(place.states().values()) == {"PUBLISHED"} and len(place.states()) == number
    for run in place.states():
        events = [json.loads(path.read_text()) for path in (place.run_folder_of(run) / "ledger/events").glob("*")]
        assert sum(event["event"] == "MODEL_TRAINED" for event in events) == 1


def test_jobs_lie_in_a_bucket_as_in_a_folder(cards_in_bucket):
    place = cards_in_bucket
    place.wire(place.bucket, required_platform_run_id="any", launcher=LAUNCHER)
    ask = ("enqueue", "train-build", place.place.request_file)
    assert place.tell(*ask)["outcome"] == "ENQUEUED"
    assert rows(place.tell("work", "--once")) == {JOB: ("DONE", None)}
    assert place.tell("work", "--once")["outcome"] == "NOTHING_TO_DO"
    assert place.tell(*ask)["figures"]["status"] == "DONE"
