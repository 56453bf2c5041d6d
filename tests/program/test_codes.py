"""Every code of the table, raised through the program: with the table's exit status, and a message that names the place."""

import contextlib
import json
import os
import signal
import subprocess
import time

import pytest

import command
from card_rows import COLUMNS, ROLES, card_rows
from card_store import TRAINING
from documents import canonical
from job_place import JOBS, enqueue, for_jobs, receipt, rows, work
from s3_bucket import CREDENTIALS, Bucket
from s3_proxy import Proxy, self_signed
from test_commands import SUCCEED
from test_gate import demand
from test_tamper import (
    INPUTS, MATRIX, RECORDS, bring_registry_back, change_one_digit, forge, forged_report, place_of,
    put_foreign_lifecycle_event, take_registry_away, verdict_on_another_model)
from test_wrong_inputs import COMMAND_LINES, TABLE, filled, with_request
from workplace import sha256

PATIENCE = 60  # seconds; only a hanging program takes so long


class Scene:
    """What a recipe may begin with."""

    def __init__(self, request):
        self._request = request

    def __getattr__(self, fixture):
        return self._request.getfixturevalue(fixture)


@pytest.fixture
def scene(request):
    return Scene(request)


# How a recipe ends: with what mf told, and what the message has to name.


def of_a_run(mistake, names):
    """The small store with something done wrong, then run."""
    def recipe(scene):
        mistake(scene.cards)
        return scene.cards.ask_mf("run", scene.cards.request_file), names
    return recipe


def of_words(words, names):
    def recipe(scene):
        return command.told(*[filled(word, scene.cards) for word in words]), filled(names, scene.cards)
    return recipe


def of_a_changed_file(phase, what):
    def recipe(scene):
        work = scene.halted_before(phase)
        path = place_of(work, what)
        change_one_digit(path)
        return work.ask_mf(phase, work.request_file), path.name
    return recipe


def of_a_missing_file(phase, what):
    def recipe(scene):
        work = scene.halted_before(phase)
        path = place_of(work, what)
        path.unlink()
        return work.ask_mf(phase, work.request_file), path.name
    return recipe


def of_forged_evidence(phase, change, names):
    def recipe(scene):
        work = scene.halted_before(phase)
        forge(work, change)
        return work.ask_mf(phase, work.request_file), names
    return recipe


def recipes_of_other_tests():
    """What is shown there of mistakes and of tampering, one recipe for each code."""
    found = {}
    for mistake, code, _, names in TABLE.values():
        found.setdefault(code, of_a_run(mistake, names))
    for words, code, _, names in COMMAND_LINES.values():
        found.setdefault(code, of_words(words, names))
    for phase, what in MATRIX:
        changed, missing = {**INPUTS, **RECORDS}[what]
        found.setdefault(changed, of_a_changed_file(phase, what))
        found.setdefault(missing, of_a_missing_file(phase, what))
    return found


# System calls that fail.


def failing(strace, calls, errno, place, root):
    """The words under which mf cannot make `calls` on `place`; the store names a file by its key beneath `root`."""
    inject = [word for call in calls for word in ("-e", f"inject={call}:error={errno}")]
    return [strace, "-f", "-qq", "--seccomp-bpf", "-o", "/dev/null", "-e", "trace=" + ",".join(calls), *inject,
            "-P", place, "-P", os.path.relpath(place, root)]


OPENING = ("openat", "openat2")
READING = ("read", "pread64")


def told_without(work, scene, calls, errno, place, *words):
    return work.ask_mf(*words, under=failing(scene.strace, calls, errno, place, work.store))


# Two at once.

BEFORE_THE_MODEL = 4  # the writes of `mf train`: lease, run started, stage started, model


class StoppedTraining:
    """A process that holds the run, stopped before it keeps the model that it trained; it goes on in the end."""

    def __init__(self, scene):
        self.work = scene.halted_before("train")
        stop = ["-e", "trace=linkat", "-e", f"inject=linkat:signal=SIGSTOP:when={BEFORE_THE_MODEL}"]
        self._process = subprocess.Popen(
            [scene.strace, "-f", "-qq", "-o", "/dev/null", *stop, str(command.MF), "--json", "--profile",
             str(self.work.profile), "train", str(self.work.request_file)],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=command.quiet_surroundings())

    def __enter__(self):
        deadline = time.monotonic() + PATIENCE
        while not self.work.attempts("TRAIN"):
            assert time.monotonic() < deadline and self._process.poll() is None, "the training never began"
            time.sleep(0.01)
        return self

    def go_on(self):
        """Lets the process end, and returns what it told."""
        deadline = time.monotonic() + PATIENCE
        while self._process.poll() is None:
            assert time.monotonic() < deadline, "the stopped process never ended"
            self._continue()
            time.sleep(0.01)
        out = self._process.stdout.read().decode()
        return command.Told(self._process.returncode, out, "", command.only_object(out))

    def _continue(self):
        """Again and again, since it may not have come to its stop yet."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGCONT)

    @property
    def claim(self):
        return [event for event in self.work.events() if event["event"] == "LEASE_CLAIMED"][-1]

    @property
    def pid(self):
        return int(self.claim["detail"]["owner"].split("/")[-2])

    def __exit__(self, *_):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._process.kill()
        self._process.communicate()

    def be_taken_over(self):
        """Appends to the log what another claimant writes when it takes the run over."""
        last = self.work.event_files()[-1]
        event = {**self.claim, "sequence": len(self.work.event_files()) + 1, "lease_token": "0" * 32,
                 "previous_sha256": sha256(last.read_bytes()),
                 "detail": {**self.claim["detail"], "takeover_of": self.claim["detail"]["owner"]}}
        (last.parent / f"{event['sequence']:08}.json").write_text(canonical(event) + "\n")


def run_that_another_process_holds(scene):
    with StoppedTraining(scene) as other:
        return other.work.ask_mf("run", other.work.request_file), other.work.run_key


def run_that_another_process_took_over(scene):
    with StoppedTraining(scene) as process:
        process.be_taken_over()
        told = process.go_on()
    assert process.work.run()["outcome"] == "PUBLISHED"
    return told, process.work.run_key


def process_that_is_told_to_stop(scene):
    work = scene.halted_before("train")
    stop = [scene.strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=linkat", "-e",
            f"inject=linkat:signal=SIGTERM:when={BEFORE_THE_MODEL}"]
    told = work.ask_mf("train", work.request_file, under=stop)
    assert work.run()["outcome"] == "PUBLISHED"
    return told, "signal 15"


# What has no recipe elsewhere.


def changed_request_under_the_same_id(scene):
    scene.cards.phase("resolve")
    scene.cards.ask(config_revision="config@r2")
    return scene.cards.ask_mf("run", scene.cards.request_file), "request-0001"


def document_that_breaks_its_schema(scene):
    file = scene.cards.folder / "fixtures.json"
    file.write_text('{"schema_version": "mf.fixture_set.v1"}')
    return command.told("validate-request", file, "--kind", "fixture_set.v1"), "/kind"


def boundaries_that_leave_mf_out(work):
    """Somebody else's outputs only."""
    (work.folder / "boundaries.json").write_text(json.dumps({
        "schema_version": "mf.ownership_boundaries.v1", "revision": "r1",
        "owners": [{"owner": "ofs", "outputs": ["dataset_manifest"]}]}))
    work.wire(ownership_boundaries="boundaries.json")


def phase_out_of_turn(scene):
    work = scene.halted_before("train")
    return work.ask_mf("gate", work.request_file), "eval_report"


def retries_that_are_spent(scene):
    scene.cards.wire(publish_retry_budget=1)
    take_registry_away(scene.cards)
    scene.cards.run(expect=75)
    scene.cards.phase("publish", expect=75)
    return scene.cards.ask_mf("publish", scene.cards.request_file), scene.cards.run_key


def stage_that_never_ends(scene):
    scene.cards.wire(stage_retry_budget=1)
    scene.cards.phase("resolve")
    scene.cards.data_file().unlink()
    scene.cards.phase("train", expect=66)
    return scene.cards.ask_mf("train", scene.cards.request_file), "stage_retry_budget"


def run_that_was_given_up(scene):
    scene.cards.phase("resolve")
    scene.cards.mf("cancel", scene.cards.run_key, "--reason", "asked by risk")
    return scene.cards.ask_mf("run", scene.cards.request_file), "asked by risk"


def retry_of_nothing(scene):
    scene.cards.phase("resolve")
    return scene.cards.ask_mf("publish", "--retry", scene.cards.request_file), scene.cards.run_key


def packed_bundle_that_changed(scene):
    take_registry_away(scene.cards)
    scene.cards.run(expect=75)
    bring_registry_back(scene.cards)
    path = scene.cards.run_folder / "bundle" / "model.ubj"
    change_one_digit(path)
    return scene.cards.ask_mf("publish", scene.cards.request_file), "bundle/model.ubj"


def foreign_lifecycle_event(scene):
    work = scene.halted_before("publish")
    put_foreign_lifecycle_event(work, scene.finished)
    return work.ask_mf("publish", work.request_file), "registry/"


def published_file_that_changed(scene):
    change_one_digit(scene.finished.bundle() / "model.ubj")
    return scene.finished.ask_mf("publish", scene.finished.request_file), "model.ubj"


def receipt_that_changed(scene):
    path = scene.finished.recorded()["publish_receipt"]
    change_one_digit(path)
    return scene.finished.ask_mf("run", scene.finished.request_file), path.name


def model_that_failed(scene):
    demand(scene.cards, at_least=0.9999999)
    scene.cards.run(expect=1)
    return scene.cards.ask_mf("publish", scene.cards.request_file), scene.cards.run_key


def publishing_that_nobody_allowed(scene):
    scene.cards.ask(publish_allowed=False)
    scene.cards.run()
    return scene.cards.ask_mf("publish", scene.cards.request_file), scene.cards.run_key


def feature_that_the_engine_cannot_name(work):
    name = {"velocity": "velocity<1h"}
    rows = [{name.get(column, column): value for column, value in row.items()} for row in card_rows()]
    work.repin(rows=rows, columns=[name.get(c, c) for c in COLUMNS], roles={name.get(c, c): r for c, r in ROLES.items()})


def registry_that_is_away(scene):
    take_registry_away(scene.cards)
    return scene.cards.ask_mf("run", scene.cards.request_file), "registry"


def disk_that_is_full(scene):
    """A limit on the size of files is to the program what a full disk is."""
    work = scene.cards
    return work.ask_mf("run", work.request_file, under=["prlimit", "--fsize=100"]), "writing mf/requests/request-0001.json"


def server_that_replaces(scene):
    return scene.on_mock("--forget-condition").run(), "If-None-Match"


def server_that_nobody_vouches_for(scene):
    server = Proxy("http://127.0.0.1:1", self_signed(scene.tmp_path))
    work = scene.cards
    work.wire(object_store=Bucket(server.endpoint, "bucket").place("s3", "store"))
    told = work.ask_mf("run", work.request_file, env=CREDENTIALS)
    server.stop()
    return told, server.endpoint


def store_that_refuses(scene):
    work = scene.cards
    place = work.store / TRAINING
    return told_without(work, scene, OPENING, "EACCES", place, "run", work.request_file), TRAINING


def disk_that_does_not_answer(scene):
    work = scene.cards
    return told_without(work, scene, READING, "EIO", work.request_file, "run", work.request_file), "request.json"


def file_larger_than_memory(scene):
    work = scene.cards
    with open(work.folder / "large.csv", "wb") as large:
        large.truncate(4 << 30)
    columns = [word for name, column in (("id", "event_id"), ("time", "event_time"), ("label", "is_fraud"),
                                         ("label-time", "label_time")) for word in ("--" + name, column)]
    return work.ask_mf(
        "pin", large.name, *columns, "--platform-run-id", "platform_20260601T000000Z", "--label-asof",
        "2026-06-01T00:00:00Z", "--feature-set", "cards@v1", "--ofs-code-release", "git:ofs", "--ofs-config-revision",
        "ofs@r1", under=["prlimit", f"--as={3 << 30}"]), "mf pin"


def hashing_that_is_gone(scene):
    """An OpenSSL that is told to load nothing which could hash."""
    work = scene.cards
    config = work.folder / "openssl.cnf"
    config.write_text("openssl_conf = all\n[all]\nproviders = chosen\n[chosen]\nbase = on\n[on]\nactivate = 1\n")
    return work.ask_mf("run", work.request_file, env={"OPENSSL_CONF": str(config)}), "SHA-256"


def engine_that_is_gone(scene):
    """A loader that finds something else under the name of XGBoost."""
    work = scene.cards
    (work.folder / "broken").mkdir()
    (work.folder / "broken" / "libxgboost.so.0").write_text("no library")
    return work.ask_mf("run", work.request_file, env={"LD_LIBRARY_PATH": str(work.folder / "broken")}), "XGBoost"


def http_client_that_is_gone(scene):
    """A loader that finds something else under the name of libcurl."""
    work = scene.cards
    bucket = {"root": "s3://bucket/store", "endpoint": "http://127.0.0.1:9", "region": "here", "path_style": True}
    work.wire(object_store={"class": "s3", **bucket})
    (work.folder / "broken").mkdir()
    (work.folder / "broken" / "libcurl.so.4").write_text("no library")
    return work.ask_mf("runs", env={
        "LD_LIBRARY_PATH": str(work.folder / "broken"), "AWS_ACCESS_KEY_ID": "id", "AWS_SECRET_ACCESS_KEY": "key"}), "libcurl"


def arrow_that_is_gone(scene):
    """A loader that finds something else under the name of the library that reads Parquet."""
    work = scene.cards
    work.repin(of_materialization={"format": "parquet"})
    (work.folder / "broken").mkdir()
    (work.folder / "broken" / "libmf_parquet.so").write_text("no library")
    return work.ask_mf("resolve", work.request_file, env={"LD_LIBRARY_PATH": str(work.folder / "broken")}), "Apache Arrow"


def better_figures(report):
    report["metrics"]["parts"]["test"]["figures"].update(auc_roc=0.999)


def changed_event(scene):
    work = scene.halted_before("train")
    path = work.event_files()[0]
    change_one_digit(path)
    return work.ask_mf("train", work.request_file), work.run_key


RECIPES = {
    **recipes_of_other_tests(),
    "OWNERSHIP_BOUNDARY_VIOLATION": of_a_run(boundaries_that_leave_mf_out, "/owners"),
    "REQUEST_ID_INVALID": of_a_run(with_request(request_id="short"), "/request_id"),
    "INTENT_KIND_UNSUPPORTED": of_a_run(with_request(intent_kind="baseline_trian"), "/intent_kind"),
    "REQUESTER_MISSING": of_a_run(with_request(requester_principal=None), "/requester_principal"),
    "TARGET_SCOPE_INVALID": of_a_run(with_request(target_scope={"environment": "local"}), "/target_scope"),
    "POLICY_REVISION_MISSING": of_a_run(with_request(policy_revision="  "), "/policy_revision"),
    "CONFIG_REVISION_MISSING": of_a_run(with_request(config_revision=None), "/config_revision"),
    "CODE_RELEASE_MISSING": of_a_run(with_request(mf_code_release_id=7), "/mf_code_release_id"),
    "DOCUMENT_INVALID": document_that_breaks_its_schema,
    "ENGINE_FAILED": of_a_run(feature_that_the_engine_cannot_name, "velocity<1h"),
    "FORMAT_UNSUPPORTED": arrow_that_is_gone,
    "ENGINE_UNAVAILABLE": engine_that_is_gone,
    "STAGE_MISSING": phase_out_of_turn,
    "REQUEST_ID_PAYLOAD_MISMATCH": changed_request_under_the_same_id,
    "LEDGER_INVALID": changed_event,
    "LEASE_HELD": run_that_another_process_holds,
    "LEASE_LOST": run_that_another_process_took_over,
    "INTERRUPTED": process_that_is_told_to_stop,
    "RUN_CANCELED": run_that_was_given_up,
    "RETRY_EXHAUSTED": stage_that_never_ends,
    "RETRY_NOT_PENDING": retry_of_nothing,
    "PUBLISH_RETRY_EXHAUSTED": retries_that_are_spent,
    "EVIDENCE_DIGEST_MISMATCH": of_forged_evidence(
        "gate", lambda places: forged_report(places, better_figures, with_pack=False), "/digests/eval_report"),
    "EVAL_REPORT_INVALID": of_forged_evidence(
        "gate", lambda places: forged_report(places, lambda report: report.pop("metrics")), "/metrics"),
    "EVAL_REPORT_MISMATCH": of_forged_evidence("gate", lambda places: forged_report(places, better_figures), "eval_report/"),
    "GATE_DECISION_MISMATCH": of_forged_evidence(
        "gate", lambda places: forged_report(places, lambda report: report.update(gate_decision="FAIL")), "says FAIL"),
    "GATE_INVALID": of_forged_evidence("publish", verdict_on_another_model, "gate receipt"),
    "BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION": packed_bundle_that_changed,
    "REGISTRY_EVENT_IMMUTABILITY_VIOLATION": foreign_lifecycle_event,
    "PUBLISH_RECEIPT_IMMUTABILITY_VIOLATION": receipt_that_changed,
    "ARTIFACT_CONFLICT": of_a_run(with_request(training_config_ref="profiles"), "profiles"),
    "PUBLISH_NOT_ELIGIBLE": model_that_failed,
    "PUBLISH_NOT_ALLOWED": publishing_that_nobody_allowed,
    "PUBLISH_CONFLICT": published_file_that_changed,
    "STORE_UNAVAILABLE": of_a_run(
        lambda work: work.wire(object_store={"class": "filesystem", "root": "absent"}), "absent"),
    "REGISTRY_UNAVAILABLE": registry_that_is_away,
    "STORE_FULL": disk_that_is_full,
    "STORE_NOT_PERMITTED": store_that_refuses,
    "HTTP_CLIENT_UNAVAILABLE": http_client_that_is_gone,
    "STORE_REPLACES": server_that_replaces,
    "STORE_UNTRUSTED": server_that_nobody_vouches_for,
    "REF_ACCESS_DENIED": of_a_run(lambda work: work.wire(evidence_refs={
        "allowed_actors": ["SYSTEM::another"], "strict": True, "purpose": "mf_train_build"}), "HUMAN::operator"),
    "FILE_UNAVAILABLE": disk_that_does_not_answer,
    "OUT_OF_MEMORY": file_larger_than_memory,
    "INTERNAL": hashing_that_is_gone,
}


# They end a job and not the program, which goes on with the others: the job's receipt tells them.
OF_JOBS = {
    "RUN_CONFIG_DIGEST_MISMATCH": {"run_config_digest": "0" * 64},
    "REQUEST_COMMAND_UNSUPPORTED": {"command": "train_biuld"},
}

CODES = command.told("explain")["figures"]


def require_well_told(told, names):
    failure = told["failure"]
    assert names in failure["message"], f"{names!r} is not in {failure['message']!r}"
    for text in (failure["message"], failure["hint"]):
        assert text and "\n" not in text and text == text.strip()
    assert len(failure["message"]) < 1000


@pytest.mark.parametrize("code", OF_JOBS)
def test_a_job_is_answered_with_it(cards, code):
    for_jobs(cards)
    enqueue(cards)
    file, = (cards.store / JOBS).glob("*.json")
    file.write_text(json.dumps({**json.loads(file.read_text()), **OF_JOBS[code]}))
    assert rows(work(cards, expect=1)) == {file.stem: ("FAILED", code)}
    assert receipt(cards, file.stem)["error"]["code"] == code


@pytest.mark.parametrize("code", [code for code in CODES if code not in OF_JOBS])
def test_the_program_raises_it_as_the_table_says(scene, mf, code):
    assert code in RECIPES, f"no recipe shows how the program ends with {code}"
    row = mf("explain", code)["figures"]
    told, names = RECIPES[code](scene)
    assert told.code == code, f"{told.out}{told.err}"
    failure = told["failure"]
    assert told.exit == failure["exit"] == row["exit"]
    assert (failure["class"], failure["category"]) == (row["class"], row["category"])
    assert failure["retryable"] == (row["class"] == "TRANSIENT") == (told.exit == 75)
    require_well_told(told, names)


def test_every_recipe_is_for_a_code():
    assert set(RECIPES) - set(CODES) == set()


# What is not there, and what cannot be reached. Only the second is worth retrying as it is.


def input_of(name):
    return lambda work: place_of(work, name)


# The phase that comes next, where the thing lies, the code when it is gone, and the code when it does not answer.
THINGS = {
    "the request": ("resolve", lambda work: work.request_file, "FILE_NOT_FOUND", "FILE_UNAVAILABLE"),
    "the platform profile": ("resolve", lambda work: work.profile, "PROFILE_MISSING", "FILE_UNAVAILABLE"),
    "the manifest": ("resolve", input_of("manifest"), "MANIFEST_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the training profile": ("resolve", input_of("training_profile"), "TRAINING_PROFILE_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the governance profile": ("resolve", input_of("governance_profile"), "GOVERNANCE_PROFILE_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the materialisation": ("resolve", input_of("materialization"), "MATERIALIZATION_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the data": ("train", input_of("data_file"), "MATERIALIZATION_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the plan": ("train", input_of("plan"), "EVIDENCE_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the model": ("eval", input_of("model"), "EVIDENCE_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the report": ("gate", input_of("eval_report"), "EVAL_REPORT_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the scored rows": ("gate", input_of("scored_rows"), "EVIDENCE_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the gate receipt": ("publish", input_of("gate_receipt"), "GATE_RECEIPT_UNRESOLVED", "STORE_UNAVAILABLE"),
    "the event log": ("publish", lambda work: work.event_files()[3], "LEDGER_INVALID", "STORE_UNAVAILABLE"),
    "the name of the run": ("publish", lambda work: next((work.store / "mf/runs").iterdir()), None, "STORE_UNAVAILABLE"),
}
FAULTS = {"does not open": (OPENING, "EIO"), "takes too long to open": (OPENING, "ETIMEDOUT"),
          "does not read": (READING, "EIO"), "reads from a server that forgot it": (READING, "ESTALE")}


def require_resumable(work):
    assert not work.published()
    assert work.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("thing", [thing for thing in THINGS if THINGS[thing][2]])
def test_what_is_not_there_is_hard_and_can_be_put_back(halted_before, thing):
    phase, place, gone, _ = THINGS[thing]
    work = halted_before(phase)
    path = place(work)
    path.rename(work.folder / "away")
    told = work.ask_mf("run", work.request_file)
    assert told.code == gone and not told["failure"]["retryable"]
    assert path.name in told["failure"]["message"] or work.run_key in told["failure"]["message"]
    (work.folder / "away").rename(path)
    require_resumable(work)


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("thing", THINGS)
def test_what_cannot_be_reached_is_transient_and_leaves_the_run_as_it_is(strace, halted_before, thing, fault):
    phase, place, _, unavailable = THINGS[thing]
    calls, errno = FAULTS[fault]
    work = halted_before(phase)
    path = place(work)
    told = work.ask_mf("run", work.request_file, under=failing(strace, calls, errno, path, work.store))
    assert told.code == unavailable and told.exit == 75 and told["failure"]["retryable"], told.out
    require_well_told(told, path.name)
    require_resumable(work)


@pytest.mark.parametrize("errno", ["EIO", "ESTALE", "ETIMEDOUT"])
def test_a_registry_that_cannot_be_reached_leaves_the_run_pending(strace, halted_before, errno):
    work = halted_before("publish")
    told = work.ask_mf("run", work.request_file, under=failing(strace, OPENING, errno, work.registry, work.store))
    assert (told["outcome"], told.code, told.exit) == ("PUBLISH_PENDING", "REGISTRY_UNAVAILABLE", 75)
    require_resumable(work)


@pytest.mark.parametrize("errno", ["EIO", "ESTALE"])
def test_a_log_that_cannot_be_listed_is_no_shorter_log(strace, halted_before, errno):
    work = halted_before("publish")
    told = work.ask_mf("run", work.request_file, under=failing(
        strace, ["getdents64"], errno, work.run_folder / "ledger/events", work.store))
    assert told.code == "STORE_UNAVAILABLE"
    require_resumable(work)


def test_data_to_pin_that_cannot_be_reached_is_transient(strace, cards):
    words = [word.format(data=cards.data_file()) for word in SUCCEED["pin"]]
    told = cards.ask_mf("pin", *words, under=failing(strace, READING, "EIO", cards.data_file(), cards.store))
    assert told.code == "FILE_UNAVAILABLE" and told.exit == 75
    require_well_told(told, "part-00000.csv")


def test_a_run_of_which_nothing_is_recorded_is_not_found(cards):
    """A submission that was cut off after it took the name of the run."""
    cards.phase("resolve")
    key = cards.run_key
    for event in cards.event_files():
        event.unlink()
    for command_name in ("status", "resolve", "train", "eval", "gate", "publish"):
        assert cards.ask_mf(command_name, "--run", key).code == "RUN_NOT_FOUND"
    assert cards.run()["outcome"] == "PUBLISHED"
