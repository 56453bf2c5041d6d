"""`mf verify`: whatever is changed, cut or taken away of a run is named; what is whole is verified, and nothing is written."""

import json
import random
import shutil
import subprocess

import pytest

import command
from card_store import GOVERNANCE, TRAINING
from documents import require_valid
from injection import ALL
from test_tamper import (
    bring_registry_back, change_one_digit, content_digest, forge, forged_report, take_registry_away, verdict_on_another_model)
from workplace import files_below

SMALL = 2048  # bytes: what the long form changes byte by byte
NO_RUN = "tr_" + "0" * 32


def verify(work, *words):
    """Asks for the run by its name; the name is known even while its anchor is gone."""
    return work.ask_mf("verify", "--run", work.key, *words)


def require_verified(told, state="PUBLISHED"):
    assert (told.exit, told["outcome"], told["failure"]) == (0, "VERIFIED", None), told.out
    assert told["figures"]["state"] == state and told["figures"]["differences"] == []
    require_valid(told.result)


def require_different(told, key, code=None):
    """The answer is no, and the first difference is about `key`."""
    assert (told.exit, told["outcome"]) == (1, "DIFFERENT"), f"{key}: {told.out}"
    require_valid(told.result)
    failure = told["failure"]
    assert key in failure["context"]["ref"], f"{key}: {failure}"
    assert failure["hint"] and told["figures"]["differences"], key
    assert code in (None, failure["code"]), f"{key}: {failure}"


def of_the_run(work):
    """Every file that a finished run consists of, but for its events: path and key."""
    found = []
    for root in (work.store, work.registry):
        found += [(path, str(path.relative_to(root))) for path in sorted(root.rglob("*")) if path.is_file()]
    inputs = ("/ofs/", "profiles/", "mf/doctor/", "/ledger/events/")
    return [(path, key) for path, key in found if not any(part in f"/{key}" or key.startswith(part) for part in inputs)]


def between_the_words(path):
    """Where a byte of a profile, which is locked by its content, may say the same in another way: `!` instead of a space."""
    return [at for at, byte in enumerate(path.read_bytes()) if path.suffix == ".yaml" and not chr(byte).isalnum()]


def of_the_inputs(work):
    paths = [work.manifest(), work.materialization(), work.data_file(), work.store / TRAINING, work.store / GOVERNANCE]
    return [(path, str(path.relative_to(work.store))) for path in paths]


@pytest.fixture
def whole(finished):
    finished.key = finished.run_key
    return finished


class Disturbed:
    """A file while it is another one; afterwards it is as it was."""

    def __init__(self, path, data):
        self.path, self.data, self.original = path, data, path.read_bytes()

    def __enter__(self):
        self.path.unlink()
        if self.data is not None:
            self.path.write_bytes(self.data)

    def __exit__(self, *_):
        self.path.write_bytes(self.original)


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]


def places_to_flip(path, data, apart_from=()):
    """One place in each file, or all of them in the long form."""
    kept = set(apart_from)
    places = [at for at in range(len(data)) if at not in kept]
    return places if ALL and len(data) <= SMALL else [random.Random(str(path.name)).choice(places)]


def disturbances(path, apart_from=()):
    data = path.read_bytes()
    cut = random.Random(len(data)).randrange(len(data) // 4, 3 * len(data) // 4)
    return [flipped(data, at) for at in places_to_flip(path, data, apart_from)] + [data[:cut], b"", None]


# What is whole.


def test_an_undisturbed_run_is_verified_however_it_is_named(whole):
    for words in ([whole.key], ["--run", whole.key], [whole.request_file], ["--all"]):
        told = whole.ask_mf("verify", *words, "--inputs")
        assert (told.exit, told["outcome"]) == (0, "VERIFIED"), told.out
    require_verified(verify(whole))


def test_the_figures_count_what_was_read(whole):
    without, with_inputs = verify(whole)["figures"], verify(whole, "--inputs")["figures"]
    assert without["events"] == len(whole.event_files())
    assert without["files"] == len(of_the_run(whole)) and with_inputs["files"] == without["files"] + len(of_the_inputs(whole))
    assert without["bytes"] == sum(path.stat().st_size for path, _ in of_the_run(whole))
    assert (without["inputs"], with_inputs["inputs"]) == (False, True)


def test_verbose_tells_every_check(whole):
    told = whole.say("-v", "verify", whole.key)
    for name in ("event log", "run anchor", "plan", "model", "bundle/model.ubj", "registry/model.ubj", "registry lifecycle event"):
        assert f"as recorded: {name}" in told.err, name


def test_nothing_is_written(whole, cards):
    before = files_below(whole.folder)
    for words in ([], ["--inputs"]):
        verify(whole, *words)
    whole.ask_mf("verify", whole.request_file)
    assert files_below(whole.folder) == before
    untouched = files_below(cards.folder)
    assert cards.ask_mf("verify", cards.request_file).code == "RUN_NOT_FOUND"
    assert files_below(cards.folder) == untouched, "looking admits no request"


@pytest.mark.parametrize("phase, state", [("train", "QUEUED"), ("eval", "RUNNING"), ("gate", "EVAL_READY"), ("publish", "PASS")])
def test_a_run_on_its_way_is_verified_as_far_as_it_is(halted_before, phase, state):
    work = halted_before(phase)
    work.key = work.run_key
    require_verified(verify(work, "--inputs"), state)
    assert state in work.say("verify", work.key).out


def test_a_pending_run_is_verified_without_its_registry(cards):
    take_registry_away(cards)
    cards.run(expect=75)
    cards.phase("publish", expect=75)
    cards.key = cards.run_key
    require_verified(verify(cards), "PUBLISH_PENDING")
    for receipt in sorted((cards.run_folder / "publish/failures").iterdir()):
        with Disturbed(receipt, flipped(receipt.read_bytes(), 100)):
            require_different(verify(cards), receipt.name)
    bring_registry_back(cards)
    assert cards.phase("publish")["outcome"] == "PUBLISHED"
    require_verified(verify(cards))


def test_a_run_that_another_process_works_on_is_verified_all_the_while(demo):
    """Whatever there is at any moment belongs together."""
    words = [str(word) for word in (command.MF, "--profile", demo.profile, "run", demo.request_file, "--json")]
    seen = set()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=command.quiet_surroundings()) as worker:
        while worker.poll() is None:
            told = demo.ask_mf("verify", demo.request_file)
            assert told["outcome"] == "VERIFIED" or told.code == "RUN_NOT_FOUND", told.out
            seen.add(told["figures"].get("state"))
    assert worker.returncode == 0 and len(seen) > 2, seen
    assert demo.ask_mf("verify", demo.request_file)["figures"]["state"] == "PUBLISHED"


def test_what_was_never_recorded_is_counted_and_no_difference(whole):
    (whole.run_folder / "artifacts/model-of-an-attempt.ubj").write_bytes(b"cut off")
    told = verify(whole)
    require_verified(told)
    assert told["figures"]["unrecorded"] == 1


# What is not.


def test_every_file_of_a_run_is_missed_when_it_changes_is_cut_or_goes(whole, report):
    files = of_the_run(whole)
    assert len(files) > 25
    count = 0
    for path, key in files:
        for data in disturbances(path):
            with Disturbed(path, data):
                require_different(verify(whole), key)
            count += 1
    report(f"{len(files)} files, {count} disturbances, each one named")
    require_verified(verify(whole))


def time_in(data):
    """Where the value of at_utc is: in the last event, nothing vouches for it."""
    start = data.index(b'"at_utc":"') + len(b'"at_utc":"')
    return range(start, data.index(b'"', start))


def names_event(told, number):
    """A changed event is found out by itself, or by the next one."""
    message = told["failure"]["message"]
    names = [f"{n:08d}.json" for n in (number, number + 1)] + [f"event {n} of" for n in (number, number + 1)]
    return any(name in message for name in names) or "is out of order" in message


def test_every_event_is_missed_when_it_changes_is_cut_or_goes(whole, report):
    events = whole.event_files()
    assert json.loads(events[-1].read_text())["event"] == "LEASE_RELEASED"
    count = 0
    for number, path in enumerate(events, start=1):
        is_last = path == events[-1]
        for data in disturbances(path, time_in(path.read_bytes()) if is_last else ()):
            if is_last and data is None:
                continue
            with Disturbed(path, data):
                told = verify(whole)
                require_different(told, "ledger/events", "LEDGER_INVALID")
                assert names_event(told, number), f"{path.name}: {told['failure']}"
            count += 1
    report(f"{len(events)} events, {count} disturbances, each one named")
    require_verified(verify(whole))


def test_a_log_that_is_gone_is_missed(whole):
    shutil.rmtree(whole.run_folder / "ledger/events")
    told = whole.ask_mf("verify", whole.request_file)
    assert (told.exit, told.code) == (1, "LEDGER_INVALID")


def test_every_input_is_missed_with_inputs_and_not_read_without(whole):
    for path, key in of_the_inputs(whole):
        for data in disturbances(path, between_the_words(path)):
            with Disturbed(path, data):
                require_different(verify(whole, "--inputs"), key)
                require_verified(verify(whole))
    require_verified(verify(whole, "--inputs"))


def test_all_differences_are_told_the_first_one_first(whole):
    change_one_digit(whole.recorded()["evidence_pack"])
    change_one_digit(whole.bundle() / "model.ubj")
    whole.recorded()["plan"].unlink()
    told = verify(whole)
    assert told.code == "EVIDENCE_UNRESOLVED"
    found = [line.split(":")[0] for line in told["figures"]["differences"]]
    assert found == ["plan", "evidence_pack", "registry/model.ubj"]
    said = whole.say("verify", whole.key)
    assert said.exit == 1 and "first difference: plan" in said.out and "also different: evidence_pack" in said.out
    assert "fix: " in said.err


def other_pack(places):
    pack = json.loads(places["evidence_pack"].read_text())
    pack["evidence_pack_fingerprint"] = "0" * 64
    return {"evidence_pack": pack}


def other_seed(places):
    record = json.loads(places["execution_record"].read_text())
    record["stage_seed"] += 1
    pack = json.loads(places["evidence_pack"].read_text())
    pack["digests"]["execution_record"] = content_digest(record)
    return {"execution_record": record, "evidence_pack": pack}


@pytest.mark.parametrize("change, names", [
    (lambda places: forged_report(places, lambda report: report.update(eval_report_id="er_0123456789abcdef")), "eval_report"),
    (lambda places: forged_report(places, lambda r: r["metrics"].update(stage_seed=1), with_pack=False), "evidence_pack"),
    (verdict_on_another_model, "gate_receipt"), (other_pack, "evidence_pack"), (other_seed, "execution_record"),
], ids=["report", "report without its pack", "verdict", "pack", "seed"])
def test_a_forger_who_rewrites_the_log_is_held_against_the_other_documents(halted_before, change, names):
    work = halted_before("publish")
    work.key = work.run_key
    forge(work, lambda places: {})
    require_verified(verify(work), "PASS")
    forge(work, change)
    told = verify(work)
    assert told.exit == 1
    assert f"what {names} says of others" in told["failure"]["context"]["check"]


def test_one_of_all_runs_that_differs_makes_the_answer_no(whole):
    other = whole.request_with("other.json", request_id="another-request", config_revision="config@r2")
    whole.run(other)
    assert whole.ask_mf("verify", "--all")["outcome"] == "VERIFIED"
    change_one_digit(whole.store / whole.request()["platform_run_id"] / "mf/resolved_train_plan" / f"{whole.key}.json")
    told = whole.ask_mf("verify", "--all")
    assert (told.exit, told["outcome"], told.code) == (1, "DIFFERENT", "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION")
    assert sorted(told["figures"].values()) == ["DIFFERENT", "VERIFIED"]


# What cannot be told.


def test_a_registry_that_is_away_makes_no_run_verified_and_none_different(whole):
    take_registry_away(whole)
    told = verify(whole)
    assert (told.exit, told["outcome"], told.code) == (75, "FAILED", "REGISTRY_UNAVAILABLE")
    change_one_digit(whole.recorded()["eval_report"])
    told = verify(whole)
    assert (told.exit, told.code) == (1, "EVAL_REPORT_IMMUTABILITY_VIOLATION")


@pytest.mark.parametrize("error, status, code", [("EACCES", 77, "STORE_NOT_PERMITTED"), ("EIO", 75, "STORE_UNAVAILABLE")])
def test_a_file_that_cannot_be_read_is_no_difference(whole, strace, error, status, code):
    key = whole.recorded()["eval_report"].relative_to(whole.store)
    told = command.told("--profile", whole.profile, "verify", whole.key, under=[
        strace, "-f", "-o", "/dev/null", "-P", key, "-e", "trace=openat2", "-e", f"inject=openat2:error={error}"])
    assert (told.exit, told["outcome"], told.code) == (status, "FAILED", code), told.out


@pytest.mark.parametrize("words, status, code", [
    ([], 64, "USAGE"), (["--all", NO_RUN], 64, "USAGE"), (["--run", NO_RUN, "{request}"], 64, "USAGE"),
    (["{data}"], 65, "REQUEST_INVALID"), ([NO_RUN], 66, "RUN_NOT_FOUND"), (["--run", "../x"], 66, "RUN_NOT_FOUND"),
    (["/nowhere/request.json"], 66, "FILE_NOT_FOUND"),
])
def test_what_was_asked_wrongly_is_no_answer(whole, words, status, code):
    told = whole.ask_mf("verify", *[w.format(request=whole.request_file, data=whole.data_file()) for w in words])
    assert (told.exit, told["outcome"], told.code) == (status, "FAILED", code)


def test_without_a_profile_there_is_no_answer():
    assert command.told("verify", NO_RUN).exit == 78
