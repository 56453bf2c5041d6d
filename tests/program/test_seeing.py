"""Seeing: where a run is, who holds it, and the list of all runs, the same with and without an index."""

import json
import os
import subprocess
import time

import pytest

import command
from documents import canonical
from workplace import files_below, sha256

NOT_THERE = "tr_" + "0" * 32
COLUMNS = ["run", "state", "since", "last_failure", "platform_run", "intent", "requests"]
HELD = {"owner": "5d9c-boot/pid:[4026531836]/4711/22", "expires_at_utc": "2999-01-01T00:00:00Z"}


@pytest.fixture
def cache(tmp_path):
    """A cache of its own, and the environment that names it."""
    folder = tmp_path / "cache"
    return folder, {"XDG_CACHE_HOME": str(folder)}


@pytest.fixture
def three(finished):
    """A published run, one that failed in its data, and one that is only queued by a failed attempt."""
    finished.run(finished.request_with("bad.json", config_revision="config@r2", request_id="request-0002",
                                       governance_profile_ref="profiles/none.yaml"), expect=66)
    finished.mf("status", finished.request_with("queued.json", config_revision="config@r3", request_id="request-0003"))
    return finished


def index_files(folder):
    return sorted((folder / "mf").glob("*"))


def settle():
    """Until what has just changed is marked as not changing any more (docs/cli/runs.md)."""
    time.sleep(2.3)


# One run.


def test_a_run_is_named_by_its_name_alone(finished):
    by_name = finished.mf("status", finished.run_key)
    assert by_name["outcome"] == "PUBLISHED"
    assert by_name.result == finished.mf("status", "--run", finished.run_key).result
    assert finished.ask_mf("status", NOT_THERE).code == "RUN_NOT_FOUND"
    assert finished.ask_mf("status", "tr_").code == "RUN_NOT_FOUND"
    assert finished.ask_mf("status", finished.run_key, "--run", finished.run_key).code == "USAGE"


def test_status_tells_attempts_retries_and_requests(finished):
    figures = finished.mf("status", finished.run_key)["figures"]
    assert (figures["attempts_TRAIN"], figures["publish_retries"], figures["publish_retry_budget"]) == (1, 0, 3)
    assert (figures["requests"], figures["platform_run"]) == (["request-0001"], finished.request()["platform_run_id"])
    assert "held_by" not in figures and "last_failure" not in figures


def test_status_tells_a_failure_and_its_fix(cards):
    cards.data_file().rename(cards.folder / "away.csv")
    code = cards.run(expect=66).code
    figures = cards.mf("status", cards.request_file)["figures"]
    assert (figures["last_failure"], figures["last_failure_stage"]) == (code, "resolve")
    said = cards.say("status").out
    assert figures["last_failure_message"] in said and f"fix: {figures['last_failure_fix']}\n" in said
    assert "attempts, of 20 each: RESOLVE 1\n" in said and "Next: mf " in said


def claim(place, **detail):
    """Adds an event by which a process claims the run, as the ledger would write it."""
    last = place.event_files()[-1]
    event = json.loads(last.read_text())
    number = event["sequence"] + 1
    event = {**event, "sequence": number, "event": "LEASE_CLAIMED", "previous_sha256": sha256(last.read_bytes()),
             "at_utc": "2026-06-01T00:00:00Z", "lease_token": "a" * 32, "detail": {**HELD, **detail}}
    (last.parent / f"{number:08}.json").write_text(canonical(event) + "\n")


def test_status_tells_who_holds_a_run_on_another_host(halted_before):
    work = halted_before("train")
    claim(work)
    figures = work.mf("status")["figures"]
    assert figures["held_by"] == "process 4711 of another host or container (boot 5d9c-boo)"
    assert (figures["held_since"], figures["held_until"]) == ("2026-06-01T00:00:00Z", HELD["expires_at_utc"])
    assert (figures["holder_gone"], figures["lease_expired"]) == (False, False)
    assert "held by process 4711 of another host" in work.say("status").out


def test_status_tells_that_a_lease_ran_out(halted_before):
    work = halted_before("train")
    claim(work, expires_at_utc="2026-06-01T00:05:00Z")
    assert work.mf("status")["figures"]["lease_expired"] is True
    assert "its lease ran out, so the next command takes the run over" in work.say("status").out


def test_status_tells_that_the_holder_is_gone(halted_before):
    work = halted_before("train")
    ended = subprocess.Popen(["true"])
    ended.wait()
    boot = open("/proc/sys/kernel/random/boot_id").read().strip()
    claim(work, owner=f"{boot}/{os.readlink('/proc/self/ns/pid')}/{ended.pid}/1")
    figures = work.mf("status")["figures"]
    assert (figures["held_by"], figures["holder_gone"]) == (f"process {ended.pid} of this host", True)
    assert "that process is gone, so the next command takes the run over" in work.say("status").out


# All runs.


def test_runs_are_rows_newest_change_first(three):
    told = three.mf("runs")
    rows = told["rows"]
    assert told["figures"] == {"in_store": 3, "fitting": 3}
    assert [list(row) for row in rows] == [COLUMNS] * 3
    assert [row["requests"] for row in rows] == [["request-0003"], ["request-0002"], ["request-0001"]]
    assert [row["state"] for row in rows] == ["QUEUED", "QUEUED", "PUBLISHED"]
    assert [row["last_failure"] for row in rows] == [None, "GOVERNANCE_PROFILE_UNRESOLVED", None]
    assert [row["since"] for row in rows] == sorted((row["since"] for row in rows), reverse=True)


def test_runs_are_a_table_for_people(three):
    heading, *lines = three.say("runs").out.splitlines()
    assert heading.split("  ")[0] == "RUN" and len(lines) == 3
    for column in ("STATE", "SINCE", "LAST FAILURE", "PLATFORM RUN", "INTENT", "REQUESTS"):
        at = heading.index(column)
        assert all(line[at - 1] == " " and line[at] != " " for line in lines), column


def test_runs_are_filtered(three):
    since = three.mf("runs")["rows"][0]["since"]
    assert list(three.states("--state", "PUBLISHED").values()) == ["PUBLISHED"]
    assert len(three.states("--state", "PUBLISHED", "--state", "QUEUED")) == 3
    assert len(three.states("--failed-with", "GOVERNANCE_PROFILE_UNRESOLVED")) == 1
    assert len(three.states("--since", since)) == 1
    assert len(three.states("--platform-run", three.request()["platform_run_id"])) == 3
    assert three.mf("runs", "--limit", 2)["figures"] == {"in_store": 3, "fitting": 3}
    assert three.say("runs", "--limit", 2).out.splitlines()[-1] == "and 1 more"
    none = three.mf("runs", "--platform-run", "platform_none", "--state", "PUBLISHED")
    assert (none["outcome"], none["rows"], none["figures"]) == ("NO_RUNS", [], {"in_store": 3, "fitting": 0})


@pytest.mark.parametrize("words, told", [
    (["--state", "published"], "did you mean PUBLISHED"), (["--state", "DONE"], "is no state of a run"),
    (["--since", "yesterday"], "is no instant"), (["--since", "2026-02-10"], "is no instant"),
    (["--failed-with", "LEASE_HELT"], "did you mean LEASE_HELD"), (["--limit", "0"], "at least 1"), (["--limit", "-1"], "whole number")])
def test_a_filter_that_nothing_could_fit_is_refused(cards, words, told):
    answer = cards.ask_mf("runs", *words)
    assert (answer.exit, answer.code) == (64, "USAGE")
    assert told in answer["failure"]["message"]


def test_a_state_that_is_none_is_answered_with_those_there_are(cards):
    hint = cards.ask_mf("runs", "--state", "DONE")["failure"]["hint"]
    assert all(state in hint for state in ("QUEUED", "PUBLISH_PENDING", "PUBLISHED", "UNREADABLE"))


def test_a_damaged_log_does_not_hide_the_other_runs(three):
    damaged = three.mf("runs", "--state", "PUBLISHED")["rows"][0]["run"]
    (three.run_folder_of(damaged) / "ledger/events/00000001.json").write_text("{}")
    told = three.mf("runs")
    assert [row["state"] for row in told["rows"]] == ["UNREADABLE", "QUEUED", "QUEUED"]
    assert told["rows"][0]["last_failure"] == "LEDGER_INVALID"
    assert "1 run cannot be read" in told.err and damaged in told.err
    assert list(three.states("--state", "UNREADABLE", "--failed-with", "LEDGER_INVALID")) == [damaged]
    assert three.ask_mf("status", damaged).code == "LEDGER_INVALID"


# The index.


def test_the_index_is_one_private_file_and_nothing_in_the_store(three, cache):
    folder, env = cache
    before = files_below(three.folder)
    three.mf("runs", env=env)
    (file,) = index_files(folder)
    assert file.stat().st_mode & 0o777 == 0o600 and folder.stat().st_mode & 0o777 == 0o700
    assert files_below(three.folder) == before


def test_with_an_index_the_logs_are_not_read_again(three, cache, strace, tmp_path):
    _, env = cache
    settle()
    first = three.mf("runs", env=env).result
    trace = tmp_path / "trace"
    again = command.told("--profile", three.profile, "runs", env=env, under=[strace, "-f", "-o", trace, "-e", "trace=openat2"])
    assert again.result == first
    opened = [line for line in trace.read_text().splitlines() if "O_PATH" not in line]
    assert not [line for line in opened if "ledger/events/0" in line], "a log was read again"


@pytest.mark.parametrize("act", [
    lambda file: file.unlink(), lambda file: file.write_bytes(b""), lambda file: file.write_bytes(os.urandom(4000)),
    lambda file: file.write_bytes(file.read_bytes()[:-30]), lambda file: file.write_bytes(file.read_bytes().replace(b"PUBLISHED", b"QUEUED...")),
    lambda file: (file.unlink(), file.mkdir()), lambda file: (file.unlink(), file.symlink_to("/dev/zero")), lambda file: file.chmod(0)],
    ids=["lost", "empty", "garbage", "cut", "edited", "folder", "link", "unreadable"])
def test_a_damaged_index_changes_nothing(three, cache, act):
    folder, env = cache
    settle()
    expected = three.mf("runs", env=env).result
    act(index_files(folder)[0])
    for _ in range(2):
        assert three.mf("runs", env=env).result == expected


@pytest.mark.parametrize("env", [
    {"XDG_CACHE_HOME": "/proc/nowhere"}, {"XDG_CACHE_HOME": "", "HOME": ""}, {"XDG_CACHE_HOME": "relative", "HOME": "relative"}],
    ids=["unwritable", "none", "relative"])
def test_without_a_place_for_an_index_runs_are_listed_all_the_same(three, env):
    assert three.mf("runs", env=env).result == three.mf("runs").result


def test_an_index_that_is_older_or_newer_than_the_store_changes_nothing(three, cache, tmp_path):
    _, env = cache
    settle()
    three.mf("runs", env=env)
    earlier = three.copied_to(tmp_path / "earlier")
    three.run(three.folder / "queued.json")
    newer = three.mf("runs", env=env).result
    assert newer == three.mf("runs", env={"XDG_CACHE_HOME": ""}).result and newer["rows"][0]["state"] == "PUBLISHED"
    settle()
    three.mf("runs", env=env)
    three.folder.rename(tmp_path / "away")
    earlier.folder.rename(three.folder)
    assert three.mf("runs", env=env)["rows"][0]["state"] == "QUEUED"


def test_two_at_once_and_a_run_between_agree(three, cache):
    _, env = cache
    words = [str(command.MF), "--json", "--profile", str(three.profile), "runs"]
    together = [subprocess.Popen(words, stdout=subprocess.PIPE, env=command.quiet_surroundings(**env)) for _ in range(8)]
    told = [json.loads(process.communicate()[0])["rows"] for process in together]
    assert told == [three.mf("runs")["rows"]] * 8
