"""Every command: help with examples, one JSON object for success and for failure, and results that must arrive."""

import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

import command
from documents import require_valid
from job_place import for_jobs
from workplace import files_below

RUN = "tr_" + "0" * 32
COMMANDS = ["run", "status", "runs", "cancel", "enqueue", "work", "export", "verify", "reproduce", "prove", "report", "diff", "validate-request", "resolve", "train", "eval",
            "gate", "publish", "pin", "admit", "demo", "doctor", "explain", "completion"]
# Words that make each command succeed in a finished workplace, and words that make it fail.
SUCCEED = {
    "enqueue": ["train-build", "{request}"], "work": ["--once"], "export": ["--runs-root", "{folder}/runs"], "prove": ["--run", "{run}"],
    "run": ["{request}"], "status": ["{request}"], "runs": [], "verify": ["{request}"], "reproduce": ["{request}"], "report": ["{request}", "--out", "-"], "diff": ["{run}", "{request}"], "validate-request": ["{request}"], "resolve": ["{request}"],
    "train": ["{request}"], "eval": ["{request}"], "gate": ["{request}"], "publish": ["{request}"],
    "pin": ["{data}", "--platform-run-id", "platform_20260601T000000Z", "--id", "event_id", "--time", "event_time",
            "--label", "is_fraud", "--label-time", "label_time", "--label-asof", "2026-06-01T00:00:00Z",
            "--feature-set", "cards@v1", "--ofs-code-release", "git:ofs", "--ofs-config-revision", "ofs@r1"],
    "cancel": ["{run}", "--reason", "too late"], "demo": ["{folder}/demo", "--transactions", "1000"], "admit": ["{bundle}"], "doctor": [], "explain": [], "completion": ["bash"],
}
FAIL = {
    **{name: ["--run", RUN] for name in ("status", "verify", "reproduce", "report", "resolve", "train", "eval", "gate", "publish")},
    "enqueue": ["publish-retry", "--run", RUN], "work": [], "export": [], "prove": ["--run", RUN],
    "run": ["/nowhere/request.json"], "validate-request": ["/nowhere/request.json"], "runs": ["more"], "diff": ["{run}", RUN], "pin": [],
    "cancel": [RUN, "--reason", "why"], "demo": [], "admit": ["/nowhere/bundle"], "doctor": ["more"], "explain": ["NO_SUCH_CODE"], "completion": ["fish"],
}


@pytest.fixture(name="finished")
def finished_for_jobs(finished):
    return for_jobs(finished)


def words_for(table, name, place):
    return [word.format(request=place.request_file, run=place.run_key, data=place.data_file(), folder=place.folder, bundle=place.bundle()) for word in table[name]]


def test_the_table_here_has_every_command():
    overview = command.call("--help").out
    listed = re.findall(r"^  ([a-z][a-z-]+) {2,}[A-Z]", overview, re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS) == sorted(SUCCEED) == sorted(FAIL)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_begins_with_an_example(name):
    told = command.call(name, "--help")
    assert told.exit == 0 and told.err == ""
    lines = told.out.splitlines()
    assert lines[0] == "Examples:"
    assert re.search(rf"\bmf (--profile \S+ )?{name}\b", lines[1])
    assert "Usage: mf " + name in told.out
    assert command.call(name, "-h").out == told.out


def test_help_of_the_program_begins_with_an_example():
    told = command.call("--help")
    assert told.exit == 0 and told.out.startswith("Examples:\n  mf ")


def test_nothing_asked_shows_the_help_on_stderr_and_is_no_success():
    told = command.call()
    assert told.exit == 64 and told.out == "" and "Examples:" in told.err


def test_version_is_one_line():
    told = command.call("--version")
    assert told.exit == 0 and re.fullmatch(r"mf \d+\.\d+\.\d+\n", told.out)


@pytest.mark.parametrize("name", COMMANDS)
def test_success_is_one_valid_object(finished, name):
    told = finished.mf(name, *words_for(SUCCEED, name, finished))
    require_valid(told.result)
    assert told["command"] == name and told["failure"] is None


@pytest.mark.parametrize("name", COMMANDS)
def test_failure_is_one_valid_object(finished, name):
    told = command.call("--profile", finished.profile, name, *words_for(FAIL, name, finished), "--json")
    result = command.only_object(told.out)
    require_valid(result)
    failure = result["failure"]
    assert told.exit == failure["exit"] != 0
    assert result["outcome"] == ("REJECTED" if name == "validate-request" else "FAILED")
    assert failure["message"] and failure["hint"]
    assert failure["retryable"] == (failure["class"] == "TRANSIENT") == (failure["exit"] == 75)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_result_that_cannot_be_written_is_no_success(finished, name):
    for more in (["--json"], []):
        with open("/dev/full", "wb") as full:
            told = command.call("--profile", finished.profile, name, *words_for(SUCCEED, name, finished), *more, stdout=full)
        assert told.exit == 74
        assert "standard output" in told.err
    with open("/dev/full", "wb") as full:
        assert command.call(name, "--help", stdout=full).exit == 74


def test_a_closed_stdout_is_no_success(finished):
    script = f'exec "{command.MF}" --profile "{finished.profile}" status "{finished.request_file}" >&-'
    assert subprocess.run(["sh", "-c", script], capture_output=True, check=False).returncode == 74


def test_a_failure_that_cannot_be_written_keeps_its_status(finished):
    with open("/dev/full", "wb") as full:
        assert command.call("--profile", finished.profile, "status", "--run", RUN, "--json", stdout=full).exit == 66


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in ("completion", "explain")])
def test_in_text_stdout_has_the_result_and_stderr_the_rest(finished, name):
    told = finished.say(name, *words_for(SUCCEED, name, finished))
    assert told.exit == 0 and told.out
    told = finished.say(name, *words_for(FAIL, name, finished))
    assert told.exit != 0 and told.out == "" and told.err.startswith("mf: ") or "\nmf: " in told.err


def test_quiet_says_nothing_but_the_result(cards):
    told = cards.say("--quiet", "run", cards.request_file)
    assert told.exit == 0 and told.err == "" and told.out.startswith("PUBLISHED  ")


def test_json_log_lines_are_json(cards):
    told = cards.say("--log-format", "json", "-v", "run", cards.request_file)
    assert told.exit == 0
    lines = [json.loads(line) for line in told.err.splitlines()]
    assert lines and all({"ts", "level", "message", "fields"} <= set(line) for line in lines)


def test_a_failure_is_a_json_log_line_too(cards):
    told = cards.say("--log-format", "json", "status", "--run", RUN)
    assert told.exit == 66
    last = json.loads(told.err.splitlines()[-1])
    assert last["level"] == "error" and last["fields"]["code"] == "RUN_NOT_FOUND"


def test_options_of_every_command_may_stand_on_either_side(finished):
    words = ["status", finished.request_file]
    before = command.call("--profile", finished.profile, "--json", *words)
    after = command.call(*words, "--json", "--profile", finished.profile)
    assert before.out == after.out and before.exit == after.exit == 0


def test_the_profile_may_come_from_the_environment_or_the_folder(finished):
    by_option = finished.mf("status", finished.request_file)
    by_environment = command.mf("status", finished.request_file, env={"MF_PROFILE": str(finished.profile)})
    by_folder = command.mf("status", finished.request_file, cwd=finished.folder)
    assert by_option.result == by_environment.result == by_folder.result


# explain


def test_every_code_is_explained(mf):
    codes = mf("explain")["figures"]
    assert len(codes) > 60
    for code in codes:
        row = mf("explain", code)["figures"]
        assert row["code"] == code and row["sentence"] and row["hint"]
        assert row["retryable"] == (row["class"] == "TRANSIENT") == (row["exit"] == 75)
        assert row["exit"] in (64, 65, 66, 70, 73, 75, 77, 78)


def test_a_code_may_be_written_small(mf):
    assert mf("explain", "lease-held")["figures"]["code"] == "LEASE_HELD"


def test_every_failure_that_this_suite_expects_is_a_code(mf):
    from test_tamper import INPUTS, RECORDS
    from test_wrong_inputs import COMMAND_LINES, TABLE
    known = mf("explain")["figures"]
    assert {row[1] for row in [*TABLE.values(), *COMMAND_LINES.values()]} <= set(known)
    assert {code for pair in [*INPUTS.values(), *RECORDS.values()] for code in pair} <= set(known)


# doctor


def test_doctor_finds_a_sound_workplace_healthy(cards):
    assert cards.mf("doctor")["outcome"] == "HEALTHY"
    assert cards.mf("doctor")["outcome"] == "HEALTHY"


@pytest.mark.parametrize("folder, figure, code", [
    ("store", "profile and store", "STORE_UNAVAILABLE"), ("registry", "registry", "REGISTRY_UNAVAILABLE")])
def test_doctor_says_what_is_missing(cards, folder, figure, code):
    (cards.folder / folder).rename(cards.folder / "away")
    told = cards.mf("doctor", expect=1)
    assert told["outcome"] == "UNHEALTHY" and told["figures"][figure] == code
    text = cards.say("doctor")
    assert text.exit == 1 and "BAD " in text.out and "fix: " in text.out


def test_only_training_and_scoring_need_the_engine(cards):
    (cards.folder / "broken").mkdir()
    (cards.folder / "broken" / "libxgboost.so.0").write_text("no library")
    broken = {"LD_LIBRARY_PATH": str(cards.folder / "broken")}
    assert cards.mf("validate-request", cards.request_file, env=broken)["outcome"] == "ACCEPTED"
    assert cards.mf("doctor", env=broken, expect=1)["figures"]["engine"] == "ENGINE_UNAVAILABLE"
    failure = cards.mf("run", cards.request_file, env=broken, expect=66)["failure"]
    assert failure["code"] == "ENGINE_UNAVAILABLE" and "libxgboost0" in failure["hint"]
    assert cards.mf("run", cards.request_file)["outcome"] == "PUBLISHED"


@pytest.fixture
def ordinary_user(cards):
    """The cards' folder and a copy of mf where a user who is not root may use them, and how to call it as that user."""
    nobody = 65534 if os.geteuid() == 0 else os.geteuid()
    as_nobody = {"user": nobody, "group": nobody, "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        shutil.copy(command.MF, place)
        shutil.copytree(cards.folder, f"{place}/cards")
        if as_nobody:
            subprocess.run(["chown", "-R", f"{nobody}:{nobody}", f"{place}/cards"], check=True)
        yield Path(place), as_nobody
        subprocess.run(["chmod", "-R", "u+w", place], check=True)


def test_doctor_notices_a_store_that_takes_no_writes(ordinary_user):
    place, as_nobody = ordinary_user
    for folder in [place / "cards" / "store", *(entry for entry in (place / "cards" / "store").rglob("*") if entry.is_dir())]:
        folder.chmod(0o555)
    ended = subprocess.run([place / "mf", "--json", "--profile", place / "cards" / "mf.yaml", "doctor"], cwd="/",
                           capture_output=True, env=command.quiet_surroundings(), timeout=command.LONGEST, check=False, **as_nobody)
    assert ended.returncode == 1, ended.stderr
    assert command.only_object(ended.stdout.decode())["figures"]["profile and store"] == "STORE_NOT_PERMITTED"


# status and runs


@pytest.mark.parametrize("phase, state, following", [
    ("train", "QUEUED", "mf --profile {profile} train"), ("eval", "RUNNING", "mf --profile {profile} eval"),
    ("gate", "EVAL_READY", "mf --profile {profile} gate"), ("publish", "PASS", "mf --profile {profile} publish"),
    ("done", "PUBLISHED", None)])
def test_status_says_where_a_run_is_and_what_comes_next(halted_before, phase, state, following):
    place = halted_before(phase)
    told = place.mf("status", "--run", place.run_key)
    assert told["outcome"] == state and told["run"] == place.run_key
    text = place.say("status", place.request_file).out
    if following:
        assert "Next: " + following.format(profile=place.profile) in text
    else:
        assert "Next: " not in text


def test_what_status_says_comes_next_does_come_next(cards):
    cards.phase("resolve")
    for _ in range(4):
        text = cards.say("status", cards.request_file).out
        (words,) = re.findall(r"^Next: mf (.+)$", text, re.MULTILINE)
        assert command.call(*words.split()).exit == 0
    assert cards.mf("status", cards.request_file)["outcome"] == "PUBLISHED"


def test_status_without_a_name_shows_the_only_run_or_the_list(cards):
    assert cards.mf("status")["outcome"] == "NO_RUNS"
    told = cards.run()
    assert (cards.mf("status")["outcome"], cards.mf("status")["run"]) == ("PUBLISHED", told["run"])
    cards.run(cards.request_with("other.json", config_revision="config@r2", request_id="request-0002"))
    assert cards.mf("status")["outcome"] == "RUNS"


def test_runs_lists_every_run(cards):
    assert cards.mf("runs")["outcome"] == "NO_RUNS"
    told = cards.run()
    assert cards.states() == {told["run"]: "PUBLISHED"}
    assert told["run"] in cards.say("runs").out


def test_asking_where_a_run_is_writes_nothing(finished):
    before = files_below(finished.folder)
    finished.mf("status", "--run", finished.run_key)
    finished.mf("runs")
    assert files_below(finished.folder) == before


def test_a_failure_is_kept_and_told_by_status(cards):
    cards.data_file().rename(cards.folder / "away.csv")
    cards.run(expect=66)
    told = cards.mf("status", cards.request_file)
    assert told["figures"]["last_failure"] == "MATERIALIZATION_UNRESOLVED"
    assert "fix: " in cards.say("status", cards.request_file).out


# demo and completion


def test_the_demo_comes_to_a_verdict_by_the_command_it_names(tmp_path):
    told = command.call("demo", tmp_path / "try", "--transactions", "20000")
    assert told.exit == 0
    (words,) = re.findall(r"^Next: mf (.+)$", told.out, re.MULTILINE)
    assert command.call(*words.split()).exit in (0, 1)


def test_the_demo_again_is_the_same_and_another_is_refused(mf, tmp_path):
    mf("demo", tmp_path / "try", "--transactions", 1000)
    before = files_below(tmp_path / "try")
    assert mf("demo", tmp_path / "try", "--transactions", 1000)["outcome"] == "DEMO_WRITTEN"
    assert mf("demo", tmp_path / "try", "--transactions", 1000, "--seed", 8, expect=73).code == "DESTINATION_NOT_EMPTY"
    assert files_below(tmp_path / "try") == before


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_completion_scripts_know_every_command(shell):
    script = command.call("completion", shell).out
    assert all(name in script for name in COMMANDS)


def test_completion_completes(tmp_path):
    script = tmp_path / "mf.bash"
    script.write_text(command.call("completion", "bash").out)
    ask = f'source {script}; COMP_WORDS=(mf publ); COMP_CWORD=1; _mf; echo "${{COMPREPLY[@]}}"'
    assert subprocess.run(["bash", "-c", ask], capture_output=True, check=True).stdout == b"publish\n"
