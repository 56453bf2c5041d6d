"""A week in the life: two hundred jobs for three platform runs, four loops of workers at once, one registry outage, one bad dataset, one gate
FAIL, one crash. Afterwards ledger, receipts, facts, counters and registry have to agree to the last one."""

import json
import re
import subprocess
import threading
import time
from collections import Counter

import pytest

import command
from card_rows import card_rows
from card_store import GOVERNANCE_PROFILE, PLATFORM_RUN
from documents import require_valid
from job_place import LAUNCHER
from test_tamper import bring_registry_back, take_registry_away
from workplace import sha256

SCOPES = (PLATFORM_RUN, "platform_20260602T000000Z", "platform_20260603T000000Z")
JOBS = 200
TWICE = 32  # of the jobs: they ask for a run that another one asked for
LOOPS = 4
LONGEST = 600  # seconds; only a hanging worker takes so long


class Week:
    """The store in which it happens, and the verbs of those who are there."""

    def __init__(self, place):
        self.place = place
        place.wire(required_platform_run_id="any", launcher={**LAUNCHER, "request_batch_limit": 5},
                   signals={"runs_root": "runs", "textfile_folder": "prom", "openlineage_file": "lineage.ndjson",
                            "on_every_command": False}, publish_retry_budget=20)
        (place.folder / "prom").mkdir()
        self.manifests = {scope: self.dataset_for(scope) for scope in SCOPES}
        place.put_json("profiles/strict.yaml", {**GOVERNANCE_PROFILE, "revision": "r2", "criteria": [
            {"id": "ranking", "metric": "auc_roc", "part": "test", "at_least": 0.9999, "severity": "block"}]})

    def dataset_for(self, scope, name="dm_cards"):
        """The dataset of the first platform run, as another one has it."""
        data = self.place.materialization().read_text().replace(PLATFORM_RUN, scope)
        rows = self.place.data_file().read_bytes()
        if name != "dm_cards":  # the rows know the future
            rows = re.sub(rb"(?m)(\d{4}-\d\d-\d\dT\d\d:00:00Z)(,[A-Z]{2},)", rb"2027-01-01T00:00:00Z\2", rows)
        document = json.loads(data)
        document["dataset_manifest_id"] = name
        for file in document["files"]:
            file.update(ref=f"{scope}/ofs/datasets/{name}/part-00000.csv", sha256=sha256(rows), bytes=len(rows))
        self.place.put(document["files"][0]["ref"], rows)
        materialization = self.place.put_json(f"{scope}/ofs/datasets/{name}/materialization.json", document)
        manifest = json.loads(self.place.manifest().read_text())
        digest = sha256((self.place.store / materialization).read_bytes())
        manifest.update(platform_run_id=scope, dataset_manifest_id=name, materialization_ref=f"{materialization}@sha256:{digest}")
        key = self.place.put_json(f"{scope}/ofs/manifests/{name}.json", manifest)
        return f"{key}@sha256:{sha256((self.place.store / key).read_bytes())}"

    def enqueue(self, request_id, **changes):
        self.place.mf("enqueue", "train-build", self.place.request_with("next.json", request_id=request_id, **changes))

    def enqueue_all(self):
        for number in range(JOBS):
            scope = SCOPES[number % len(SCOPES)]
            changes = {"platform_run_id": scope, "dataset_manifest_refs": [self.manifests[scope]],
                       "config_revision": f"config@{number % (JOBS - TWICE)}"}
            if number == 40:
                changes["dataset_manifest_refs"] = [self.dataset_for(scope, "dm_leaking")]
            if number == 80:
                changes["governance_profile_ref"] = "profiles/strict.yaml"
            self.enqueue(f"week-job-{number:04}", **changes)

    def worker(self, *words):
        return subprocess.Popen([str(command.MF), "--json", "-q", "--profile", str(self.place.profile), "work", "--once", *words],
                                stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=command.quiet_surroundings())

    def loop(self, ends):
        """What a scheduler does that calls again and again until there is nothing left."""
        deadline = time.monotonic() + LONGEST
        while time.monotonic() < deadline:
            worker = self.worker()
            out, _ = worker.communicate(timeout=LONGEST)
            told = command.only_object(out.decode())
            ends.append(worker.returncode)
            if told["outcome"] == "NOTHING_TO_DO":
                return
        raise AssertionError("the queue was never empty")

    def loops(self, meanwhile):
        ends = []
        threads = [threading.Thread(target=self.loop, args=(ends,)) for _ in range(LOOPS)]
        for thread in threads:
            thread.start()
        meanwhile()
        for thread in threads:
            thread.join(LONGEST)
            assert not thread.is_alive()
        return Counter(ends)

    def until(self, something):
        deadline = time.monotonic() + LONGEST
        while not something():
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def what_goes_wrong(self):
        """A worker is killed at work; then the registry is away for a while."""
        self.until(lambda: len(self.receipts()) > 10)
        victim = self.worker("--limit", "50")
        time.sleep(0.15)
        victim.kill()
        victim.communicate()
        self.until(lambda: len(self.receipts()) > 30)
        take_registry_away(self.place)
        self.until(lambda: "PUBLISH_PENDING" in self.statuses())
        bring_registry_back(self.place)

    def retry_what_is_pending(self):
        pending = [row["run"] for row in self.place.mf("runs", "--state", "PUBLISH_PENDING")["rows"]]
        for run in pending:
            self.place.mf("enqueue", "publish-retry", "--run", run)
        return pending

    # What was left.

    def receipts(self):
        found = []
        for path in sorted(self.place.store.glob("*/mf/job_invocations/*.json")):
            found.append(json.loads(path.read_text()))
        return found

    def statuses(self):
        return Counter(receipt["status"] for receipt in self.receipts())

    def logs(self):
        """The events of each run, by run key."""
        return {folder.parent.name: [json.loads(file.read_text()) for file in sorted((folder / "events").glob("*"))]
                for folder in self.place.store.glob("*/mf/train_runs/*/ledger")}

    def exported(self, name):
        return [json.loads(line) for scope in SCOPES for line in (self.place.folder / "runs" / scope / name).read_text().splitlines()]

    def metrics(self):
        return [json.loads((self.place.folder / "runs" / scope / "mf/metrics/last_metrics.json").read_text()) for scope in SCOPES]

    def counters(self):
        total = Counter()
        for document in self.metrics():
            total.update(document["metrics"])
        return total


@pytest.fixture(scope="module")
def week(steady_cards, tmp_path_factory):
    made = Week(steady_cards.copied_to(tmp_path_factory.mktemp("week") / "cards"))
    made.enqueue_all()
    made.ends = made.loops(made.what_goes_wrong)
    made.retried = made.retry_what_is_pending()
    made.loops(lambda: None)
    made.place.mf("export")
    return made


def events(logs, name):
    return [event for log in logs.values() for event in log if event["event"] == name]


def test_all_that_was_to_happen_happened(week):
    assert set(week.ends) <= {0, 1, 75} and week.ends[0] >= LOOPS, "each loop found an empty queue in the end"
    assert week.retried, "the registry was away while something was published"
    assert events(week.logs(), "STAGE_STARTED") and len(week.logs()) == JOBS - TWICE


def test_every_job_has_one_answer(week):
    jobs = {path.stem for path in week.place.store.glob("*/mf/job_requests/*.json")}
    receipts = week.receipts()
    assert {receipt["request_id"] for receipt in receipts} == jobs and len(receipts) == len(jobs) == JOBS + len(week.retried)
    for receipt in receipts:
        require_valid(receipt)
    found = week.statuses()
    assert found["GATE_FAIL"] == found["FAILED"] == 1
    assert found["PUBLISH_PENDING"] + found["ALREADY_PUBLISH_PENDING"] >= len(week.retried)
    failed, = (receipt for receipt in receipts if receipt["status"] == "FAILED")
    assert failed["error"]["code"] == "LEAKAGE_GUARD_VIOLATION"


def test_the_receipts_are_what_the_ledgers_say(week):
    logs = week.logs()
    ends = {run: {event["event"] for event in log} for run, log in logs.items()}
    for receipt in week.receipts():
        said, log = receipt["status"], ends[receipt["run_key"]]
        if said in ("DONE", "ALREADY_PUBLISHED"):
            assert "BUNDLE_PUBLISHED" in log
        if said in ("PUBLISH_PENDING", "ALREADY_PUBLISH_PENDING"):
            assert {"PUBLISH_PENDING", "BUNDLE_PUBLISHED"} <= log, "and the retry published it"
        if said in ("GATE_FAIL", "FAILED", "ALREADY_FAIL"):
            assert "RUN_FAILED" in log
        taken = [event["detail"]["request_id"] for event in logs[receipt["run_key"]] if event["event"] == "JOB_TAKEN"]
        assert said.startswith("ALREADY_") or taken.count(receipt["request_id"]) == 1


def test_nothing_is_trained_twice_for_the_crash_or_the_outage(week):
    for run, log in week.logs().items():
        assert sum(event["event"] == "MODEL_TRAINED" for event in log) <= 1, run


def test_counters_facts_ledger_and_registry_agree(week):
    logs, counters = week.logs(), week.counters()
    published = {event["detail"]["bundle_id"] for event in events(logs, "BUNDLE_PUBLISHED")}
    in_registry = {path.parent.parent.name for path in week.place.registry.glob("registry/bundles/*/*/bundle_publication.json")}
    facts = Counter(fact.get("lifecycle_type") for fact in week.exported("mf/governance/events.jsonl") if fact["event_family"] == "LEARNING_LIFECYCLE")
    assert published == in_registry and len(published) == JOBS - TWICE - 2, "all but the bad dataset and the gate FAIL"
    assert counters["bundle_published"] == facts["BUNDLE_PUBLISHED"] == len(published)
    assert counters["train_requested"] == facts["MF_TRAIN_REQUESTED"] == len(logs)
    assert counters["train_completed"] == facts["MF_TRAIN_COMPLETED"] == len(events(logs, "EVAL_READY"))
    assert counters["eval_pass"] == facts["MF_EVAL_PASSED"] == len(events(logs, "GATE_PASS"))
    assert counters["eval_fail"] == facts["MF_EVAL_FAILED"] == 1
    assert counters["train_failed"] == facts["MF_TRAIN_FAILED"] == 1
    assert counters["requests_joined"] == len(events(logs, "REQUEST_ALIASED"))
    assert counters["publish_retries"] == len(events(logs, "PUBLISH_RETRY_REQUESTED")) == len(week.retried)
    assert counters["publish_pending"] == counters["dropped_signals"] == counters["unreadable_runs"] == 0
    assert facts["MF_PUBLISH_PENDING"] == len(events(logs, "PUBLISH_PENDING"))
    control = Counter(fact["event_type"] for fact in week.exported("mf/control/events.jsonl"))
    assert control["mf.bundle.published"] == len(published)
    assert control["mf.train_run.started"] == len(events(logs, "MODEL_TRAINED")) + 1  # the leaking rows end it before there is a model


def test_every_audit_of_the_ledger_is_told_as_often_as_it_stands_there(week):
    in_ledger = Counter()
    for log in week.logs().values():
        for event in log:
            for ref in json.loads(event["detail"].get("evidence_refs", "[]")):
                in_ledger[event["run_key"], event["sequence"], ref["ref_id"], ref["status"]] += 1
    told = Counter((fact["details"]["run_key"], fact["details"]["sequence"], fact["details"]["ref_id"], fact["details"]["resolution_status"])
                   for fact in week.exported("mf/governance/evidence_refs.jsonl"))
    assert told == in_ledger and sum(told.values()) > 1000
    totals = Counter()
    for document in week.metrics():
        totals.update(document["evidence_ref_resolution"])
    assert totals["attempted"] == sum(told.values()) == totals["resolved"] + totals["denied"]


def test_ids_of_facts_are_unique_and_exporting_again_changes_nothing(week):
    ids = [fact["event_id"] for fact in week.exported("mf/governance/events.jsonl")]
    assert len(ids) == len(set(ids))
    before = {path: path.read_bytes() for path in (week.place.folder / "runs").rglob("*") if path.is_file()}
    week.place.mf("export")
    assert {path: path.read_bytes() for path in (week.place.folder / "runs").rglob("*") if path.is_file()} == before


def test_the_textfile_is_the_sum(week):
    text = (week.place.folder / "prom/mf.prom").read_text()
    told = dict(re.findall(r"^(mf_\w+) (\d+)$", text, re.MULTILINE))
    counters = week.counters()
    for name in ("train_requested", "train_completed", "eval_pass", "eval_fail", "bundle_published"):
        assert int(told[f"mf_{name}_total"]) == counters[name], name


def test_every_run_verifies(week):
    assert week.place.mf("verify", "--all")["outcome"] == "VERIFIED"
