"""`mf export`: what runs have to tell others, held against what their ledgers say."""

import collections
import hashlib
import json
import os
import re
import subprocess
import uuid

import pytest

import command
from card_store import PLATFORM_RUN
from documents import require_valid
from injection import CHANGING, FOR_CHANGE, OPENING, calls_of, chosen, disturbed, for_each, traced
from same_end import require_undisturbed
from test_gate import demand
from test_rejections import spoilt
from test_seeing import settle
from test_tamper import bring_registry_back, take_registry_away
from workplace import files_below

OTHER = "platform_20260303T000000Z"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[.]\d{6}Z")
FACETS = "https://openlineage.io/spec/facets/"


@pytest.fixture(scope="session")
def made_week(made_cards, tmp_path_factory):
    """Runs that ended in every way, a request that joined one, one that was refused, and a run of another platform run."""
    place = made_cards.copied_to(tmp_path_factory.mktemp("week") / "cards")
    place.run()
    place.run(place.request_with("joins.json", request_id="request-joins", requester_principal="SYSTEM::other"))
    place.put_json("profiles/strict.yaml", json.loads((place.store / "profiles/governance.yaml").read_text()))
    strict = place.copied_to(tmp_path_factory.mktemp("strict") / "cards")
    demand(strict, at_least=0.9999999)
    (place.store / "profiles/strict.yaml").write_bytes((strict.store / "profiles/governance.yaml").read_bytes())
    place.run(place.request_with("fails.json", request_id="request-fails", config_revision="r2", governance_profile_ref="profiles/strict.yaml"), expect=1)
    place.run(place.request_with("lost.json", request_id="request-lost", config_revision="r3", governance_profile_ref="profiles/none.yaml"), expect=66)
    canceled = place.request_with("canceled.json", request_id="request-canceled", config_revision="r4")
    place.mf("cancel", place.mf("resolve", canceled)["run"], "--reason", "not wanted any more")
    place.ask_mf("run", place.request_with("other.json", request_id="request-other", platform_run_id=OTHER))
    place.mf("run", spoilt(place, request_id="request-spoilt"), expect=65)
    take_registry_away(place)
    place.run(place.request_with("waits.json", request_id="request-waits", config_revision="r5"), expect=75)
    bring_registry_back(place)
    return place


@pytest.fixture
def week(made_week, tmp_path):
    return Exporting(made_week.copied_to(tmp_path / "week"), tmp_path)


class Exporting:
    """A workplace, and the verbs of whoever exports what its runs have to tell."""

    def __init__(self, place, folder):
        self.place, self.folder = place, folder
        self.root, self.textfiles, self.lineage_file = folder / "runs", folder / "textfiles", folder / "lineage/lineage.ndjson"
        self.platform_run = place.request()["platform_run_id"]
        self.env = {"XDG_CACHE_HOME": str(folder / "cache")}

    def words(self):
        return ["export", "--runs-root", self.root, "--textfile-folder", self.textfiles, "--openlineage", self.lineage_file]

    def export(self, *more, expect=0):
        return self.place.mf(*self.words(), *more, expect=expect, env=self.env)

    def written(self):
        return {part.name: files_below(part) for part in (self.root, self.textfiles, self.lineage_file.parent) if part.exists()}

    def document(self, path):
        return json.loads((self.root / self.platform_run / path).read_text())

    def lines(self, path, platform_run=None):
        return [json.loads(line) for line in (self.root / (platform_run or self.platform_run) / path).read_text().splitlines()]

    def metrics(self):
        return self.document("mf/metrics/last_metrics.json")

    def lineage(self):
        return [json.loads(line) for line in self.lineage_file.read_text().splitlines()]

    def logs(self, platform_run=None):
        """The events of each run of a platform run, as they lie in the store."""
        runs = sorted((self.place.store / (platform_run or self.platform_run) / "mf/train_runs").iterdir())
        return {run.name: [json.loads(file.read_text()) for file in sorted((run / "ledger/events").iterdir())] for run in runs}


# What the ledgers say, counted without mf.


def counted(logs):
    counts = collections.Counter()
    for events in logs.values():
        kinds = [event["event"] for event in events]
        end = events[[kind in ("RUN_FAILED", "BUNDLE_PUBLISHED") for kind in kinds].index(True)] if {"RUN_FAILED", "BUNDLE_PUBLISHED"} & set(kinds) else None
        failed = end if end and end["event"] == "RUN_FAILED" else None
        as_class = failed["detail"]["terminal_class"] if failed else ""
        counts["train_requested"] += kinds.count("REQUEST_QUEUED")
        counts["requests_joined"] += kinds.count("REQUEST_ALIASED")
        counts["plans_locked"] += kinds.count("PLAN_LOCKED")
        counts["train_completed"] += kinds.count("EVAL_READY")
        counts["train_failed"] += failed is not None and "EVAL_READY" not in kinds
        counts["train_canceled"] += as_class == "CANCELED" and "EVAL_READY" not in kinds
        counts["eval_pass"] += kinds.count("GATE_PASS")
        counts["eval_fail"] += as_class == "FAILED_GATES"
        counts["publish_pending"] += "PUBLISH_PENDING" in kinds and end is None
        counts["publish_retries"] += kinds.count("PUBLISH_RETRY_REQUESTED")
        counts["bundle_published"] += kinds.count("BUNDLE_PUBLISHED")
        counts["runs_canceled"] += as_class == "CANCELED"
    return counts


def denied_in(event):
    return [ref for ref in json.loads(event["detail"].get("evidence_refs", "[]")) if ref["status"] == "DENIED"]


def anomalies_in(logs):
    counts = collections.Counter()
    for events in logs.values():
        for event in events:
            denied = denied_in(event)
            counts.update(ref["reason_code"] for ref in denied)
            code = event["detail"].get("code")
            if event["event"] in ("STAGE_FAILED", "RUN_FAILED", "PUBLISH_PENDING") and code not in ("GATE_FAIL", "RUN_CANCELED"):
                counts[code] += not (denied and code == "REF_ACCESS_DENIED")
    return dict(counts)


def test_the_week_has_everything_in_it(made_week):
    assert sorted(made_week.states().values()) == ["FAIL", "FAIL", "PUBLISHED", "PUBLISH_PENDING", "QUEUED", "QUEUED"]


def test_counters_are_what_the_ledgers_say(week):
    told = week.export()
    assert told["outcome"] == "EXPORTED"
    metrics = week.metrics()
    for name, count in counted(week.logs()).items():
        assert metrics["metrics"][name] == count, name
    assert metrics["anomalies"] == anomalies_in(week.logs())
    assert metrics["metrics"]["anomalies_total"] == sum(anomalies_in(week.logs()).values())
    assert metrics["rejections"] == {"GOVERNANCE_PROFILE_MISSING": 1}
    newest = max(event["at_utc"] for events in week.logs().values() for event in events)
    assert metrics["generated_at_utc"][:19] == newest[:19]


def test_only_runs_of_the_platform_run_count(week):
    week.export()
    assert len(week.logs(OTHER)) == 1
    (requested,) = [fact for fact in week.lines("mf/governance/events.jsonl", OTHER) if fact.get("lifecycle_type") == "MF_TRAIN_REQUESTED"]
    assert requested["pins"]["platform_run_id"] == OTHER
    assert {fact["pins"]["platform_run_id"] for fact in week.lines("mf/governance/events.jsonl")} == {week.platform_run}
    other = json.loads((week.root / OTHER / "mf/metrics/last_metrics.json").read_text())
    assert other["metrics"]["train_requested"] == 1 and other["rejections"] == {}


STEPS = {
    "REQUEST_QUEUED": "MF_TRAIN_REQUESTED", "REQUEST_ALIASED": "MF_REQUEST_JOINED", "PLAN_LOCKED": "MF_PLAN_LOCKED",
    "EVAL_READY": "MF_TRAIN_COMPLETED", "GATE_PASS": "MF_EVAL_PASSED", "BUNDLE_PACKAGED": "MF_BUNDLE_PACKAGED",
    "PUBLISH_PENDING": "MF_PUBLISH_PENDING", "BUNDLE_PUBLISHED": "BUNDLE_PUBLISHED", "CANCEL_REQUESTED": "MF_CANCEL_REQUESTED"}


def test_every_step_of_every_run_is_a_fact_of_its_own(week):
    week.export()
    facts = {fact["event_id"]: fact for fact in week.lines("mf/governance/events.jsonl")}
    assert len(facts) == len(week.lines("mf/governance/events.jsonl"))
    expected = 0
    for run, events in week.logs().items():
        for event in events:
            if event["event"] not in STEPS:
                continue
            expected += 1
            text = f"{week.platform_run}|{run}|{event['sequence']}|{STEPS[event['event']]}"
            fact = facts[hashlib.sha256(text.encode()).hexdigest()]
            assert fact["ts_utc"] == event["at_utc"]
            vouched = {event["detail"][name] for name in event["detail"] if name.endswith("_ref") and name[:-4] + "_sha256" in event["detail"]}
            assert {ref["ref_id"] for ref in fact["details"]["evidence_refs"]} == vouched
    steps = collections.Counter(fact.get("lifecycle_type") for fact in facts.values())
    assert sum(steps[step] for step in STEPS.values()) == expected
    assert (steps["MF_TRAIN_FAILED"], steps["MF_RUN_CANCELED"], steps["MF_EVAL_FAILED"]) == (1, 1, 1)
    assert steps[None] == sum(anomalies_in(week.logs()).values())


def test_everything_written_fits_its_schema(week):
    week.export()
    for platform_run in (week.platform_run, OTHER):
        for path in ("mf/governance/events.jsonl", "mf/governance/evidence_refs.jsonl", "mf/control/events.jsonl"):
            for line in week.lines(path, platform_run):
                require_valid(line)
    for path in ("mf/metrics/last_metrics.json", "mf/health/last_health.json", "mf/reconciliation/last_reconciliation.json",
                 "learning/reconciliation/mf_reconciliation.json", "mf/reporter_index.json"):
        require_valid(week.document(path))


def test_a_fact_says_who_and_under_what(week):
    week.export()
    profile = json.loads(week.place.profile.read_text())
    (published,) = [fact for fact in week.lines("mf/governance/events.jsonl") if fact.get("lifecycle_type") == "BUNDLE_PUBLISHED"]
    assert published["actor"] == {**profile["actor"], "source_component": "model_factory"}
    assert published["provenance"] == {"service_release_id": profile["service_release_id"], "environment": "local"}
    assert published["correlation"]["train_run_id"] == published["details"]["run_key"]
    assert (week.place.store / published["details"]["result_ref"]).is_file()


def test_every_ref_that_was_read_is_audited(week):
    week.export()
    audits = week.lines("mf/governance/evidence_refs.jsonl")
    said = [ref for events in week.logs().values() for event in events for ref in json.loads(event["detail"].get("evidence_refs", "[]"))]
    assert said and len(audits) == len(said)
    assert collections.Counter(audit["details"]["ref_id"] for audit in audits) == collections.Counter(ref["ref_id"] for ref in said)
    denied = sum(ref["status"] == "DENIED" for ref in said)
    assert week.metrics()["evidence_ref_resolution"] == {"attempted": len(said), "resolved": len(said) - denied, "denied": denied}


def test_the_bus_is_told_three_things_in_its_own_envelope(week):
    week.export()
    facts = week.lines("mf/control/events.jsonl")
    kinds = collections.Counter(fact["event_type"] for fact in facts)
    logs = [[event["event"] for event in events] for events in week.logs().values()]
    assert kinds == {"mf.train_run.started": sum("RUN_STARTED" in kinds for kinds in logs),
                     "mf.train_run.completed": sum("GATE_PASS" in kinds or "RUN_STARTED" in kinds and "RUN_FAILED" in kinds for kinds in logs),
                     "mf.bundle.published": 1}
    assert all(TIME.fullmatch(fact["ts_utc"]) and fact["manifest_fingerprint"] == "0" * 64 for fact in facts)
    outcomes = collections.Counter(fact["payload"].get("outcome") for fact in facts if fact["event_type"] == "mf.train_run.completed")
    assert outcomes == {"PASS": 2, "FAIL": 1}
    assert "activate" not in json.dumps(facts).lower()
    refs = [ref for fact in facts for name, ref in fact["payload"].items() if name.endswith("_ref")]
    assert refs and all((week.place.store / ref).is_file() for ref in refs)


def test_the_index_leads_to_every_file(week):
    week.export()
    below = week.root / week.platform_run
    index = week.document("mf/reporter_index.json")
    for file in index["files"]:
        data = (below / file["path"]).read_bytes()
        assert (file["sha256"], file["bytes"]) == (hashlib.sha256(data).hexdigest(), len(data))
    markers = {path.stem for path in (below / index["markers"]["path"]).iterdir()}
    assert markers == {fact["event_id"] for fact in week.lines("mf/governance/events.jsonl")}
    assert index["markers"]["count"] == len(markers)
    indexed = {file["path"] for file in index["files"]} | {"mf/reporter_index.json"}
    assert {path for path in files_below(below) if "/markers/" not in path} == indexed


def test_health_says_why(week):
    week.export()
    health = week.document("mf/health/last_health.json")
    assert health["health_state"] == "AMBER"
    assert set(health["health_reasons"]) == {"ANOMALIES_AMBER", "PUBLISH_PENDING_AMBER"}


def test_messages_of_failures_stay_in_the_ledger(week):
    week.export()
    messages = {event["detail"][name] for events in week.logs().values() for event in events for name in ("message", "hint", "reason") if event["detail"].get(name)}
    text = b"".join(data for files in week.written().values() for data in files.values()).decode()
    assert messages and not [message for message in messages if message in text]


# Again, at once, and interrupted.


def test_exported_twice_everything_is_the_same_and_nothing_is_written_again(week):
    week.export()
    before, times = week.written(), {path: path.stat().st_mtime_ns for path in week.folder.rglob("*") if path.is_file() and "cache" not in path.parts}
    week.export()
    assert week.written() == before
    assert {path: path.stat().st_mtime_ns for path in times} == times


def test_with_and_without_what_is_remembered_it_is_the_same(week):
    settle()
    week.export()
    before = week.written()
    assert max(file.stat().st_size for file in (week.folder / "cache/mf").glob("signals-*")) > 10_000
    week.export()
    assert week.written() == before
    for file in (week.folder / "cache/mf").glob("signals-*"):
        file.write_bytes(file.read_bytes()[:-40] + b"x" * 40)
    week.export()
    assert week.written() == before


def test_what_a_run_does_next_is_told_although_the_rest_is_remembered(week):
    settle()
    week.export()
    assert week.metrics()["metrics"]["publish_pending"] == 1
    week.place.mf("publish", week.folder / "week/waits.json")
    week.export()
    metrics = week.metrics()["metrics"]
    assert (metrics["publish_pending"], metrics["publish_retries"], metrics["bundle_published"]) == (0, 1, 2)


def test_processes_at_once_leave_what_one_leaves(week):
    week.export()
    alone = week.written()
    for part in (week.root, week.textfiles, week.lineage_file.parent):
        subprocess.run(["rm", "-r", part], check=True)
    words = [str(command.MF), "--profile", str(week.place.profile), *map(str, week.words())]
    many = [subprocess.Popen(words, env=command.quiet_surroundings(), stdout=subprocess.DEVNULL) for _ in range(6)]
    assert [process.wait(60) for process in many] == [0] * 6
    assert week.written() == alone


class Target:
    """A folder that is exported into, as `injection` wants a workplace."""

    def __init__(self, folder, place):
        folder.mkdir()
        self.folder, self.profile = folder, place.profile

    def words(self, _):
        remembering_nothing = ["env", "-u", "XDG_CACHE_HOME", "-u", "HOME"]
        return [*remembering_nothing, str(command.MF), "--profile", str(self.profile), "export", "--runs-root", str(self.folder / "runs"),
                "--textfile-folder", str(self.folder / "textfiles"), "--openlineage", str(self.folder / "lineage/lineage.ndjson")]

    def written(self):
        return {part.name: files_below(part) for part in self.folder.iterdir()}


def test_killed_anywhere_the_next_export_leaves_the_same(strace, week, tmp_path):
    week.place.wire(threads=1)
    week.export()
    whole = week.written()
    first = Target(tmp_path / "undisturbed", week.place)
    ended, log = traced(strace, first, CHANGING, words=first.words)
    assert ended.returncode == 0, ended.stderr
    points = [point for _, point, said in calls_of(log, first.folder)
              if str(first.folder) in said and (point.call not in OPENING or any(flag in said for flag in FOR_CHANGE))]
    assert {point.call for point in points} >= {"openat", "write", "rename", "link", "unlink", "mkdir"} and len(points) > 60

    def kill_at(point):
        target = Target(tmp_path / f"killed-{point.call}-{point.nth}", week.place)
        disturbed(strace, target, point, "signal=KILL", words=target.words)
        again = subprocess.run(target.words(target), env=command.quiet_surroundings(), capture_output=True, check=False)
        assert again.returncode == 0, again.stderr
        assert target.written() == whole, f"after {point}"

    for_each(chosen(points, 25), kill_at)


# What cannot be written, and what cannot be read.


def test_signals_that_cannot_be_written_are_counted_and_told(week):
    week.root.mkdir()
    (week.root / week.platform_run).write_text("a file where a folder should be")
    told = week.export(expect=75)
    assert (told["outcome"], told.code) == ("SIGNALS_LOST", "FILE_UNAVAILABLE")
    assert told["figures"]["signals_lost"] == 8
    assert "8 signals could not be written" in told["failure"]["message"]
    assert (week.root / OTHER / "mf/reporter_index.json").is_file()
    (week.root / week.platform_run).unlink()
    week.export()
    assert week.metrics()["metrics"]["dropped_signals"] == 0


def test_one_file_that_cannot_be_written_costs_no_other(week):
    blocked = week.root / week.platform_run / "mf/governance/events.jsonl"
    blocked.mkdir(parents=True)
    (blocked / "in-the-way").write_text("")
    told = week.export(expect=75)
    assert told["figures"]["signals_lost"] == 1
    assert week.metrics()["metrics"]["dropped_signals"] == 1
    assert not (week.root / week.platform_run / "mf/governance/markers").exists(), "a marker says that a line was written"
    assert "mf/governance/events.jsonl" not in {file["path"] for file in week.document("mf/reporter_index.json")["files"]}


@pytest.mark.parametrize("call", ["rename", "mkdir", "link"])
def test_a_full_disk_loses_signals_and_nothing_else(strace, week, call):
    target = Target(week.folder / "full", week.place)
    ended, _ = traced(strace, target, [call], "-e", f"inject={call}:error=ENOSPC", words=lambda place: [*target.words(place), "--json"])
    told = json.loads(ended.stdout)
    assert (ended.returncode, told["outcome"]) == (75, "SIGNALS_LOST")
    lost = {"rename": 2 * 8 + 2, "mkdir": 2 * 8 + 2, "link": 2}[call]
    assert told["figures"]["signals_lost"] == lost
    assert "No space left on device" in told["failure"]["message"]
    assert not list(target.folder.rglob("*.mf-part"))


def test_a_damaged_log_is_named_and_stops_nothing(week):
    week.export()
    run = next(run for run, events in week.logs().items() if events[-1]["event"] != "LEASE_RELEASED" or len(events) > 3)
    event = week.place.store / week.platform_run / "mf/train_runs" / run / "ledger/events/00000002.json"
    event.write_bytes(event.read_bytes()[:50])
    week.folder.joinpath("cache").rename(week.folder / "old-cache")
    told = week.export()
    assert told["figures"]["unreadable_runs"] == [f"{run}: LEDGER_INVALID"]
    assert week.metrics()["metrics"]["unreadable_runs"] == 1
    assert week.document("mf/reconciliation/last_reconciliation.json")["unreadable_runs"] == [{"code": "LEDGER_INVALID", "run_key": run}]
    assert "UNREADABLE_RUNS_AMBER" in week.document("mf/health/last_health.json")["health_reasons"]


# Which and where.


def test_a_store_without_runs_exports_nothing(cards, tmp_path):
    told = cards.mf("export", "--runs-root", tmp_path / "runs")
    assert (told["figures"]["platform_runs"], told["figures"]["governance_facts"]) == (0, 0)
    told = cards.mf("export", "--runs-root", tmp_path / "runs", "--platform-run-id", OTHER)
    assert told["figures"]["platform_runs"] == 1
    assert json.loads((tmp_path / "runs" / OTHER / "mf/health/last_health.json").read_text())["health_state"] == "GREEN"


def test_without_a_place_there_is_nothing_to_write_to(cards):
    told = cards.mf("export", expect=64)
    assert told.code == "USAGE" and "--runs-root" in told["failure"]["hint"]


@pytest.mark.parametrize("name", ["..", "a/b", "a b", "\u202e"])
def test_a_platform_run_that_leads_out_is_refused(cards, tmp_path, name):
    assert cards.mf("export", "--runs-root", tmp_path, "--platform-run-id", name, expect=65).code == "RUN_SCOPE_INVALID"


def test_the_profile_names_the_places(week):
    week.place.wire(signals={"runs_root": "../runs", "textfile_folder": "../textfiles", "openlineage_file": "../lineage/lineage.ndjson", "on_every_command": False})
    week.place.mf("export")
    by_profile = week.written()
    week.export()
    assert week.written() == by_profile and set(by_profile) == {"runs", "textfiles", "lineage"}


def test_one_platform_run_leaves_the_others_as_they_are(week):
    week.export()
    before = week.written()
    week.export("--platform-run-id", OTHER)
    assert week.written() == before


# Prometheus and OpenLineage.


def samples_of(text):
    found = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            name, value = line.rsplit(" ", 1)
            assert name not in found
            found[name] = float(value)
    return found


def test_prometheus_reads_the_sum_over_all_platform_runs(week):
    week.export()
    text = (week.textfiles / "mf.prom").read_text()
    families = re.findall(r"^# TYPE (\S+) gauge$", text, re.MULTILINE)
    assert families == re.findall(r"^# HELP (\S+) \S.*$", text, re.MULTILINE) and len(set(families)) == len(families)
    samples = samples_of(text)
    assert {re.sub(r"[{].*", "", name) for name in samples} <= set(families)
    both = counted({**week.logs(), **week.logs(OTHER)})
    for name in ("train_requested", "train_completed", "eval_pass", "eval_fail", "bundle_published", "runs_canceled"):
        assert samples[f"mf_{name}_total"] == both[name]
    assert samples["mf_publish_pending"] == 1 and samples["mf_platform_runs"] == 2
    assert samples['mf_health{state="AMBER"}'] + samples['mf_health{state="RED"}'] == 2
    assert not re.search(r"tr_|platform_2", text)


def test_openmetrics_tells_the_same_figures(week):
    week.export()
    prometheus = samples_of((week.textfiles / "mf.prom").read_text())
    week.export("--openmetrics")
    text = (week.textfiles / "mf.prom").read_text()
    assert text.endswith("# EOF\n") and samples_of(text) == prometheus
    counters = re.findall(r"^# TYPE (\S+) counter$", text, re.MULTILINE)
    assert "mf_train_requested" in counters and all(f"{name}_total" in text for name in counters)


def test_every_attempt_is_a_run_of_openlineage(week):
    week.export()
    runs = collections.defaultdict(list)
    for event in week.lineage():
        require_openlineage(event)
        runs[event["run"]["runId"]].append(event)
    begun = {}
    for log in (*week.logs().items(), *week.logs(OTHER).items()):
        counts = collections.Counter()
        for event in log[1]:
            if event["event"] == "STAGE_STARTED":
                stage = event["detail"]["stage"].lower()
                counts[stage] += 1
                name = f"https://model-factory.invalid/mf/train_runs/{log[0]}/{stage}/{counts[stage]}"
                begun[str(uuid.uuid5(uuid.NAMESPACE_URL, name))] = stage
    assert {run: events[0]["job"]["name"] for run, events in runs.items()} == begun
    for events in runs.values():
        assert [event["eventType"] == "START" for event in events] == [True, False]
        assert events[1]["eventType"] in ("COMPLETE", "FAIL", "ABORT")
    verdicts = collections.Counter(test["status"] for event in week.lineage() for test in event["run"]["facets"].get("test", {}).get("tests", []))
    assert verdicts == {"pass": 2, "fail": 1}
    failed = {event["run"]["facets"]["errorMessage"]["message"] for event in week.lineage() if event["eventType"] == "FAIL"}
    assert "GOVERNANCE_PROFILE_UNRESOLVED" in failed and "REGISTRY_UNAVAILABLE" in failed


def require_openlineage(event):
    """What OpenLineage 2-0-2 requires of a run event, and of the facets that are used."""
    assert set(event) == {"eventTime", "eventType", "producer", "schemaURL", "run", "job", "inputs", "outputs"}
    assert TIME.fullmatch(event["eventTime"])
    assert event["eventType"] in ("START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER")
    assert event["schemaURL"] == "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"
    assert str(uuid.UUID(event["run"]["runId"])) == event["run"]["runId"] and uuid.UUID(event["run"]["runId"]).version == 5
    assert event["job"]["namespace"] and event["job"]["name"]
    for dataset in (*event["inputs"], *event["outputs"]):
        assert dataset["namespace"] and dataset["name"]
    facets = [event["run"]["facets"], event["job"]["facets"], *(dataset["facets"] for dataset in (*event["inputs"], *event["outputs"]))]
    required = {"parent": {"run", "job"}, "errorMessage": {"message", "programmingLanguage"}, "test": {"tests"}, "jobType": {"processingType", "integration"},
                "version": {"datasetVersion"}, "mf_correlation": {"train_run_id"}}
    for name, facet in ((name, facet) for group in facets for name, facet in group.items()):
        assert required[name] <= set(facet) and facet["_producer"].startswith("https://")
        assert facet["_schemaURL"].startswith(FACETS) or name.startswith("mf_")
    assert event["run"]["facets"]["parent"]["run"]["runId"] != event["run"]["runId"]


def test_lineage_of_other_platform_runs_stays_in_the_file(week):
    week.export()
    whole = week.lineage_file.read_text()
    week.lineage_file.write_text("".join(line for line in whole.splitlines(True) if OTHER not in line) + "no line of ours\n")
    week.export("--platform-run-id", OTHER)
    assert week.lineage_file.read_text() == whole


READ_BY_THE_CLIENT = """
import json, sys
from openlineage.client.event_v2 import Job, Run, RunEvent, RunState
for line in open(sys.argv[1]):
    event = json.loads(line)
    RunEvent(eventType=RunState[event["eventType"]], eventTime=event["eventTime"], producer=event["producer"],
             run=Run(runId=event["run"]["runId"]), job=Job(namespace=event["job"]["namespace"], name=event["job"]["name"]))
    print("read")
"""


def test_what_openlineages_own_client_reads(week):
    python = command.ROOT / "build" / "openlineage" / "bin" / "python3"
    if not python.exists():
        assert os.environ.get("CI") != "true", "openlineage-python is not there; ./dev installs it"
        pytest.skip("OPENLINEAGE'S CLIENT IS NOT THERE: NOTHING IS KNOWN ABOUT WHAT IT READS")
    week.export()
    read = subprocess.run([str(python), "-c", READ_BY_THE_CLIENT, str(week.lineage_file)], stdout=subprocess.PIPE, check=True)
    assert read.stdout.decode().count("read") == len(week.lineage()) > 0


# At the end of every command.


def signals_to(place, root, **more):
    place.wire(signals={"runs_root": root, "textfile_folder": f"{root}/prom", "openlineage_file": f"{root}/lineage.ndjson",
                        "on_every_command": True}, **more)


@pytest.mark.parametrize("root", ["in-the-way", "/proc/mf-runs", "/dev/full"], ids=["a file in the way", "no place to write", "a full device"])
def test_with_every_sink_failing_a_run_ends_the_same(cards, tmp_path, root):
    """Nothing but the configuration's digest, which is circumstance, differs from a run whose signals arrive."""
    told_all = cards.copied_to(tmp_path / "told")
    signals_to(told_all, "runs")
    (cards.folder / "in-the-way").write_text("no folder")
    signals_to(cards, root)
    mine, theirs = cards.ask_mf("run", cards.request_file, "-q"), told_all.ask_mf("run", told_all.request_file, "-q")
    assert (mine.exit, mine["outcome"], mine["figures"]) == (theirs.exit, theirs["outcome"], theirs["figures"])
    require_undisturbed(cards, told_all)
    assert (cards.bundle() / "model.ubj").read_bytes() == (told_all.bundle() / "model.ubj").read_bytes()
    assert re.search(r"warning: \d+ signals could not be written: ", mine.err) and theirs.err == ""
    assert (told_all.folder / "runs" / PLATFORM_RUN / "mf/metrics/last_metrics.json").exists()


def test_what_was_lost_is_told_by_the_next_export(cards):
    (cards.folder / "in-the-way").write_text("no folder")
    signals_to(cards, "in-the-way")
    cards.run()
    (cards.folder / "in-the-way").unlink()
    (cards.folder / "in-the-way").mkdir()
    (cards.folder / "in-the-way/prom").mkdir()
    assert cards.mf("export")["outcome"] == "EXPORTED"
    metrics = json.loads((cards.folder / "in-the-way" / PLATFORM_RUN / "mf/metrics/last_metrics.json").read_text())
    assert metrics["metrics"]["bundle_published"] == 1


@pytest.mark.parametrize("words", [("resolve", "{request}"), ("cancel", "{run}", "--reason", "no more"), ("run", "{request}")])
def test_every_command_that_worked_on_a_run_tells(cards, words):
    cards.phase("resolve")
    signals_to(cards, "runs")
    (cards.folder / "runs/prom").mkdir(parents=True)
    cards.ask_mf(*(word.format(request=cards.request_file, run=cards.run_key) for word in words))
    facts = (cards.folder / "runs" / PLATFORM_RUN / "mf/governance/events.jsonl").read_text().splitlines()
    assert {json.loads(fact)["details"]["run_key"] for fact in facts} == {cards.run_key}
