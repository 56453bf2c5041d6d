"""`mf reproduce`: a run is made again from its plan, what comes out otherwise is named, and nothing is written where runs are."""

import json
import os
import re
import shutil
import signal
import subprocess

import pytest

import command
from card_rows import card_rows
from card_store import GOVERNANCE
from documents import canonical, content, require_valid
from frozen import Frozen
from test_tamper import INPUTS, RECORDS, change_one_digit, content_digest, exit_of, forge, forged_report, place_of
from workplace import files_below, sha256

NO_RUN = "tr_" + "0" * 32
TRAINED = ["model", "train_artifact", "execution_record", "leakage_certificate"]
EVALUATED = [*TRAINED, "scored_rows", "eval_report", "evidence_pack", "train_eval_receipt"]
JUDGED = [*EVALUATED, "gate_receipt", "publish_eligibility"]
PUBLISHED = [*JUDGED, "bundle_manifest", "bundle_submission", "bundle_publication"]


def reproduce(work, *words, **how):
    return work.ask_mf("reproduce", "--run", work.run_key, *words, **how)


def require_reproduced(told, compared=None):
    assert (told.exit, told["outcome"], told["failure"]) == (0, "REPRODUCED", None), told.out + told.err
    require_valid(told.result)
    figures = told["figures"]
    assert figures["differences"] == [] and figures["causes"] == []
    assert figures["compared"] == (compared or PUBLISHED)


def require_different(told, artifact, cause):
    assert (told.exit, told["outcome"]) == (1, "DIFFERENT"), told.out + told.err
    require_valid(told.result)
    context = told["failure"]["context"]
    assert (context["artifact"], context["cause"]) == (artifact, cause), told.out
    assert told["figures"]["first_difference"] == artifact and told["figures"]["differences"][0].startswith(artifact)
    assert told["figures"]["causes"][0].startswith(cause) and told["failure"]["hint"]


def traces(folder):
    """Files and folders with their times: what even a write that puts everything back would change."""
    return {str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_ino) for path in folder.rglob("*")}


# What comes out the same.


def test_a_run_is_reproduced_however_it_is_named(finished):
    for words in ([finished.run_key], ["--run", finished.run_key], [finished.request_file]):
        told = finished.ask_mf("reproduce", *words)
        require_reproduced(told)
        assert told["run"] == finished.run_key and told["figures"]["state"] == "PUBLISHED"
    said = finished.say("reproduce", finished.run_key)
    assert said.out.startswith(f"REPRODUCED  {finished.run_key}\n13 artifacts") and "rebuilding run" in said.err


@pytest.mark.parametrize("threads", [1, 2, 4, 8])
def test_threads_are_wiring(finished_demo, threads):
    told = reproduce(finished_demo, "--threads", threads)
    require_reproduced(told, [*PUBLISHED[:5], "explanations", *PUBLISHED[5:]])
    assert told["figures"]["threads"] == threads


def test_a_copy_in_another_folder_is_reproduced(finished, tmp_path):
    copy = finished.copied_to(tmp_path / "somewhere" / "else with spaces")
    shutil.rmtree(finished.folder)
    require_reproduced(reproduce(copy))


def test_surroundings_change_nothing(finished):
    words = [str(word) for word in (command.MF, "--profile", finished.profile, "--json", "reproduce", finished.run_key)]
    kept = command.quiet_surroundings(TZ="Pacific/Chatham", LANG="de_DE.UTF-8", LC_NUMERIC="de_DE.UTF-8", OMP_NUM_THREADS="3")
    for env in (kept, dict(reversed(kept.items())), {**kept, "LC_ALL": "tr_TR.UTF-8", "TZ": "UTC", "COLUMNS": "7"}):
        ended = subprocess.run(words, cwd=finished.folder, env=env, capture_output=True, text=True, check=False)
        require_reproduced(command.Told(ended.returncode, ended.stdout, ended.stderr, command.only_object(ended.stdout)))


@pytest.mark.parametrize("phase, compared", [("eval", TRAINED), ("gate", EVALUATED), ("publish", JUDGED)])
def test_a_run_on_its_way_is_reproduced_as_far_as_it_came(halted_before, phase, compared):
    work = halted_before(phase)
    before = files_below(work.folder)
    require_reproduced(reproduce(work), compared)
    assert files_below(work.folder) == before
    assert work.run()["outcome"] == "PUBLISHED"


def test_a_run_that_failed_its_gate_is_reproduced(cards):
    cards.edit(GOVERNANCE, lambda policy: policy["criteria"][0].update(at_least=0.9999))
    cards.run(expect=1)
    told = reproduce(cards)
    require_reproduced(told, JUDGED)
    assert told["figures"]["state"] == "FAIL"


def test_a_run_that_was_canceled_after_training_is_reproduced(halted_before):
    work = halted_before("eval")
    work.mf("cancel", work.run_key, "--reason", "no longer wanted")
    require_reproduced(reproduce(work), TRAINED)


def test_a_run_is_reproduced_without_its_registry(finished):
    shutil.rmtree(finished.registry)
    require_reproduced(reproduce(finished))


def test_a_model_that_was_lost_is_made_again(finished, tmp_path):
    model = finished.recorded()["model"]
    lost, key = model.read_bytes(), model.relative_to(finished.store)
    model.unlink()
    require_reproduced(reproduce(finished, "--keep", tmp_path / "kept"))
    assert (tmp_path / "kept" / key).read_bytes() == lost and not model.exists()


def test_what_is_kept_says_what_was_recorded(finished, tmp_path):
    told = reproduce(finished, "--keep", tmp_path / "a new" / "folder")
    require_reproduced(told)
    kept = {name: content(data) for name, data in files_below(tmp_path / "a new" / "folder").items()}
    assert told["figures"]["kept"] == str(tmp_path / "a new" / "folder")
    recorded = {name: content(data) for name, data in files_below(finished.store).items()}
    work = [name for name in kept if "/ledger/" not in name]
    assert len(work) > 12 and all(kept[name] == recorded[name] for name in work)


# What is written: nothing.


def test_nothing_is_written_where_runs_are(finished, tmp_path):
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    before, stood = files_below(finished.folder), traces(finished.folder)
    for _ in range(2):
        require_reproduced(reproduce(finished, env={"TMPDIR": str(scratch)}))
    assert files_below(finished.folder) == before and traces(finished.folder) == stood
    assert not list(scratch.iterdir())


def test_no_file_is_opened_for_writing_but_the_scratch_file(finished, strace, tmp_path):
    log = tmp_path / "calls"
    told = command.told("--profile", finished.profile, "reproduce", finished.run_key, env={"TMPDIR": str(tmp_path)}, under=[
        strace, "-f", "-qq", "-o", log, "-e", "trace=open,openat,openat2,mkdir,mkdirat,rename,renameat,renameat2,link,linkat,unlink,unlinkat"])
    require_reproduced(told)
    writing = re.compile(r"O_(WRONLY|RDWR|CREAT|TMPFILE)|^\d+ +(mkdir|rename|link|unlink)")
    calls = [line for line in log.read_text().splitlines() if writing.search(line)]
    assert all(str(tmp_path) in call and "O_TMPFILE" in call for call in calls if '"/dev/' not in call), calls


def test_a_run_that_somebody_works_on_is_reproduced(halted_before, strace):
    work = halted_before("eval")
    for nth in range(3, 30):
        with Frozen(strace, work, nth) as worker:
            if work.events()[-1]["event"] == "STAGE_STARTED":
                before = files_below(work.folder)
                require_reproduced(reproduce(work), TRAINED)
                assert files_below(work.folder) == before
                assert worker.wake()["outcome"] == "PUBLISHED"
                return
            worker.wake()
        pytest.fail("it came to its end without a stage being held")


def test_two_at_once_do_not_meet(finished):
    words = [str(word) for word in (command.MF, "--profile", finished.profile, "--json", "-q", "reproduce", finished.run_key)]
    both = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=command.quiet_surroundings()) for _ in range(2)]
    assert [json.loads(one.communicate()[0])["outcome"] for one in both] == ["REPRODUCED"] * 2


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL], ids=lambda word: word.name)
def test_nothing_is_left_when_it_is_stopped(finished_demo, word, tmp_path):
    before = files_below(finished_demo.folder)
    words = [str(word) for word in (command.MF, "--profile", finished_demo.profile, "reproduce", finished_demo.run_key)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          env=command.quiet_surroundings(TMPDIR=str(tmp_path))) as process:
        assert "rebuilding run" in process.stderr.readline()
        os.kill(process.pid, word)
        assert process.wait(command.LONGEST) != 0
    assert not list(tmp_path.iterdir()) and files_below(finished_demo.folder) == before


# What comes out otherwise.


def with_model_of_other_rows(work, tmp_path):
    """The halted run, as if its model had been made from other rows; every document and the log agree."""
    other = work.copied_to(tmp_path / "other")
    other.ask(request_id="of-other-rows")
    other.repin(card_rows(seed=2))
    other.phases("resolve", "train")
    (run,) = (set(other.states()) - {work.run_key})
    (model,) = other.run_folder_of(run).glob("artifacts/model-*.ubj")
    return put_model(work, model.read_bytes())


def put_model(work, data):
    digest = sha256(data)
    old = work.recorded()["model"]
    new = old.with_name(f"model-{digest}.ubj")
    new.write_bytes(data)
    for path in work.event_files():
        path.write_text(path.read_text().replace(old.name, new.name))
    artifact = work.document("train_artifact")
    artifact["model"] = {"ref": artifact["model"]["ref"].replace(old.name, new.name), "sha256": digest, "bytes": len(data)}
    certificate = work.document("leakage_certificate")
    certificate.update(model_sha256=digest, train_artifact_digest=content_digest(artifact))
    forge(work, lambda places: {"train_artifact": artifact, "leakage_certificate": certificate})
    return work


def change_record(work, change):
    """Rewrites the execution record, and the log with it."""
    record = work.document("execution_record")
    change(record)
    forge(work, lambda places: {"execution_record": record})


def test_a_model_of_other_rows_is_told_by_its_first_tree(halted_before, tmp_path):
    work = with_model_of_other_rows(halted_before("eval"), tmp_path)
    told = reproduce(work)
    require_different(told, "model", "evidence")
    assert told["figures"]["first_tree"] == 0 and told["failure"]["context"]["tree"] == "0"
    assert "tree 0, node 0" in told["figures"]["differences"][0]
    assert told["failure"]["context"]["expected"] == sha256(work.recorded()["model"].read_bytes())
    assert told["figures"]["differences"][1].startswith("train_artifact: ")


def test_a_published_run_with_another_model_is_different_all_the_way(halted_before, tmp_path):
    work = with_model_of_other_rows(halted_before("eval"), tmp_path)
    assert work.run().exit == 0
    before = files_below(work.folder)
    told = reproduce(work)
    require_different(told, "model", "evidence")
    named = [line.split(":")[0] for line in told["figures"]["differences"]]
    assert named == [name for name in PUBLISHED if name != "execution_record"]
    assert files_below(work.folder) == before
    said = work.say("reproduce", work.run_key)
    assert said.exit == 1 and "first difference: model: tree 0" in said.out and "likely cause: evidence" in said.out
    assert "also different: scored_rows: the score of e" in said.out and "fix: " in said.err


def test_a_late_tree_is_named(halted_before):
    """One threshold, of one node of one tree."""
    work = halted_before("eval")
    data = work.recorded()["model"].read_bytes()
    places = [match.start() for match in re.finditer(rb"split_conditions\[\$d#", data)]
    assert len(places) > 1
    at = places[1] + len(b"split_conditions[$d#L") + 8 + 3  # the last byte of the first number, behind a count of eight
    put_model(work, data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    told = reproduce(work)
    require_different(told, "model", "evidence")
    assert told["figures"]["first_tree"] == 1 and "node 0: split_conditions" in told["figures"]["differences"][0]


@pytest.mark.parametrize("change, cause", [
    (lambda record: record["circumstance"].update(engine_version="1.6.2"), "library"),
    (lambda record: record["circumstance"].update(build="GNU 4.9.1 Debug -O0"), "build"),
    (lambda record: record["circumstance"].update(program="0.0.1"), "build"),
    (lambda record: record["circumstance"].update(service_release_id="mf:older"), "build"),
    (lambda record: record["circumstance"].update(cpu_features="x86_64"), "cpu"),
    (lambda record: record["circumstance"].update(cpu="Intel 8086"), "cpu"),
    (lambda record: [record["circumstance"].pop(name, None) for name in ("program", "build", "cpu", "cpu_features")], "evidence"),
    (lambda record: record.pop("circumstance"), "evidence"),
], ids=["library", "build", "program", "release", "features", "processor", "an old record", "no circumstance"])
def test_the_likely_cause_is_what_else_is_different(halted_before, tmp_path, change, cause):
    work = with_model_of_other_rows(halted_before("eval"), tmp_path)
    change_record(work, change)
    told = reproduce(work)
    require_different(told, "model", cause)


@pytest.mark.parametrize("change, field, cause", [
    (lambda record: record["engine"]["parameters"].update(max_depth="4"), "/engine/parameters/max_depth is \"4\"", "settings"),
    (lambda record: record.update(stage_seed=1), "/stage_seed is 1", "settings"),
    (lambda record: record["split"]["parts"]["train"].update(rows=7), "/split/parts/train/rows is 7", "rows"),
    (lambda record: record["leakage_guards"][0].update(rows_checked=7), "/leakage_guards/0/rows_checked is 7", "evidence"),
], ids=["parameter", "seed", "split", "guard"])
def test_another_record_is_told_by_its_first_field(halted_before, change, field, cause):
    work = halted_before("eval")
    change_record(work, change)
    told = reproduce(work)
    require_different(told, "execution_record", cause)
    assert field in told["figures"]["differences"][0] and len(told["figures"]["differences"]) == 1


def test_another_report_is_told_by_its_figure(halted_before):
    work = halted_before("gate")
    forge(work, lambda places: forged_report(places, lambda report: report["metrics"]["parts"]["test"]["figures"].update(auc_roc=0.75)))
    told = reproduce(work)
    require_different(told, "eval_report", "evidence")
    assert "/metrics/parts/test/figures/auc_roc is 0.75 as recorded" in told["figures"]["differences"][0]


def swap(lines):
    lines[1], lines[2] = lines[2], lines[1]


def rename(lines):
    lines[3] = "nobody" + lines[3]


@pytest.mark.parametrize("change, words", [(swap, "the same rows in another order: row 1"), (rename, "other rows: row 3")],
                         ids=["order", "key"])
def test_scored_rows_of_other_rows_are_told(halted_before, change, words):
    work = halted_before("gate")
    old = work.recorded()["scored_rows"]
    lines = old.read_text().splitlines(keepends=True)
    change(lines)
    data = "".join(lines)
    new = old.with_name(f"scored_rows-{sha256(data)}.csv")
    new.write_text(data)
    for path in work.event_files():
        path.write_text(path.read_text().replace(old.name, new.name))
    forge(work, lambda places: {})
    told = reproduce(work)
    require_different(told, "scored_rows", "rows")
    assert words in told["figures"]["differences"][0] and words in told["figures"]["causes"][0]


# What cannot be told.


@pytest.mark.parametrize("what", INPUTS)
def test_inputs_that_changed_or_went_are_refused(finished, mf, what):
    path = place_of(finished, what)
    original = path.read_bytes()
    for disturb, code in zip((lambda: change_one_digit(path), path.unlink), INPUTS[what]):
        disturb()
        before = files_below(finished.folder)
        told = reproduce(finished)
        assert (told["outcome"], told.code, told.exit) == ("FAILED", code, exit_of(mf, code)), told.out
        assert files_below(finished.folder) == before
        path.write_bytes(original)
    require_reproduced(reproduce(finished))


@pytest.mark.parametrize("what", [name for name in RECORDS if name not in ("model", "scored_rows")])
def test_records_that_changed_or_went_are_refused_before_any_work(finished, mf, what):
    path = place_of(finished, what)
    original = path.read_bytes()
    for disturb, code in zip((lambda: change_one_digit(path), path.unlink), RECORDS[what]):
        disturb()
        told = reproduce(finished)
        assert (told["outcome"], told.code, told.exit) == ("FAILED", code, exit_of(mf, code)), told.out
        assert "rebuilding" not in told.err
        path.write_bytes(original)


@pytest.mark.parametrize("phase", ["resolve", "train"])
def test_a_run_that_was_never_trained_cannot_be_made_again(halted_before, phase, tmp_path):
    work = halted_before("train")
    told = work.ask_mf("reproduce", work.request_file, "--keep", tmp_path / "kept")
    assert (told["outcome"], told.code, told.exit) == ("FAILED", "STAGE_MISSING", 66)
    assert not (tmp_path / "kept").exists()


def test_a_run_whose_rows_were_refused_is_refused_again(cards):
    rows = card_rows()
    cards.repin([rows[0], *rows])
    cards.run(expect=65)
    told = reproduce(cards)
    assert (told["outcome"], told.code, told.exit) == ("FAILED", "LEAKAGE_GUARD_VIOLATION", 65)


def test_a_folder_that_holds_something_is_left_alone(finished, tmp_path):
    (tmp_path / "mine").write_text("mine")
    before = files_below(tmp_path)
    told = reproduce(finished, "--keep", tmp_path)
    assert (told.code, told.exit) == ("DESTINATION_NOT_EMPTY", 73) and files_below(tmp_path) == before


@pytest.mark.parametrize("words, status, code", [
    ([], 64, "USAGE"), (["--run", NO_RUN, "{request}"], 64, "USAGE"), (["{request}", "--threads", "0"], 64, "USAGE"),
    (["{request}", "--threads", "1025"], 64, "USAGE"), (["{request}", "--threads", "many"], 64, "USAGE"),
    (["{data}"], 65, "REQUEST_INVALID"), ([NO_RUN], 66, "RUN_NOT_FOUND"), (["--run", "../x"], 66, "RUN_NOT_FOUND"),
    (["/nowhere/request.json"], 66, "FILE_NOT_FOUND"), (["{request}", "--keep", "/dev/null/x"], 66, "FILE_NOT_FOUND"),
])
def test_what_was_asked_wrongly_is_no_answer(finished, words, status, code):
    told = finished.ask_mf("reproduce", *[w.format(request=finished.request_file, data=finished.data_file()) for w in words])
    assert (told.exit, told["outcome"], told.code) == (status, "FAILED", code), told.out


# What is recorded for it.


def test_a_run_records_what_its_bytes_should_not_depend_on(finished):
    circumstance = finished.document("execution_record")["circumstance"]
    assert circumstance["program"] == re.search(r"\d+\.\d+\.\d+", command.call("--version").out)[0]
    assert re.match(r"(GNU|Clang) \d+\.\d+\.\d+ ", circumstance["build"])
    assert re.match(r"x86_64|aarch64", circumstance["cpu_features"])
    assert canonical(content(json.dumps(finished.document("execution_record")))).find("cpu") == -1
    assert content_digest(finished.document("execution_record")) == finished.document("evidence_pack")["digests"]["execution_record"]
