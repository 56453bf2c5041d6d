"""`mf gate --policy`: what another policy would have said of kept evidence, without training and without writing anything."""

import json
import os

import pytest

import command
from card_store import GOVERNANCE_PROFILE
from documents import require_valid
from test_tamper import change_one_digit
from workplace import files_below

COLUMNS = ["run", "recorded", "verdict", "flips", "criterion", "observed", "threshold", "margin", "note"]


def policy_file(place, *criteria, revision="r2", **more):
    """Another policy, in a file of its own: `criteria` are blocking ones of the test part, unless they say otherwise."""
    file = place.folder / "other-policy.json"
    asked = [{"id": f"c{i}", "part": "test", "severity": "block", **criterion} for i, criterion in enumerate(criteria)]
    file.write_text(json.dumps({**GOVERNANCE_PROFILE, "revision": revision, "criteria": asked, **more}))
    return file


def replay(place, file, *runs):
    told = place.ask_mf("gate", "--policy", file, *(runs or ["--all"]))
    require_valid(told.result)
    return told


def only_row(told):
    (row,) = told["rows"]
    assert list(row) == COLUMNS
    return row


def observed(place, metric="auc_roc"):
    """The figure as the run's own receipt has it."""
    return {c["metric"]: c["observed"] for c in place.document("gate_receipt")["criteria"]}[metric]


def everything_of(folder):
    """Names, bytes and times: nothing can be written without being seen here."""
    entries = sorted(path for path in folder.rglob("*"))
    return [(path, path.stat().st_mtime_ns, path.read_bytes() if path.is_file() else b"") for path in entries]


# Verdicts.


def test_a_stricter_policy_would_have_blocked_the_run(finished):
    told = replay(finished, policy_file(finished, {"id": "ranking", "metric": "auc_roc", "at_least": 0.9999999}))
    assert (told.exit, told["outcome"], told["failure"]) == (1, "FLIPS", None)
    row = only_row(told)
    value = observed(finished)
    assert (row["run"], row["recorded"], row["verdict"], row["flips"]) == (finished.run_key, "PASS", "FAIL", True)
    assert (row["criterion"], row["observed"], row["threshold"]) == ("ranking", value, 0.9999999)
    assert row["margin"] == value - 0.9999999 < 0
    assert row["note"].startswith("auc_roc of test is ") and row["note"].endswith("should be at least 1")


def test_a_looser_policy_would_have_passed_the_run(cards):
    cards.edit("profiles/governance.yaml", lambda policy: policy["criteria"][0].update(at_least=0.9999999))
    cards.run(expect=1)
    told = replay(cards, policy_file(cards, {"metric": "auc_roc", "at_least": 0.5}))
    assert (told.exit, told["outcome"]) == (1, "FLIPS")
    row = only_row(told)
    assert (row["recorded"], row["verdict"], row["flips"], row["note"]) == ("FAIL", "PASS", True, None)
    assert row["margin"] == observed(cards) - 0.5 > 0


def test_the_policy_of_the_run_itself_changes_nothing(finished):
    told = replay(finished, finished.store / "profiles/governance.yaml")
    assert (told.exit, told["outcome"]) == (0, "NO_FLIPS")
    assert only_row(told)["verdict"] == only_row(told)["recorded"] == "PASS"
    assert told["figures"]["policy"] == "mf.governance.policy.v1@r1"


@pytest.mark.parametrize("comparison", ["at_least", "at_most"])
def test_a_margin_of_nothing_is_enough(finished, comparison):
    row = only_row(replay(finished, policy_file(finished, {"metric": "auc_roc", comparison: observed(finished)})))
    assert (row["verdict"], row["margin"]) == ("PASS", 0)


def test_the_margin_is_oriented(finished):
    value = observed(finished)
    row = only_row(replay(finished, policy_file(finished, {"metric": "auc_roc", "at_most": value - 0.25})))
    assert (row["verdict"], row["flips"]) == ("FAIL", True)
    assert row["margin"] == (value - 0.25) - value < 0


def test_the_criterion_farthest_from_being_met_decides(finished):
    criteria = [{"id": "near", "metric": "auc_roc", "at_least": 0.9999999}, {"id": "far", "metric": "auc_roc", "at_least": 7},
                {"id": "ignored", "metric": "auc_roc", "at_least": 70, "severity": "warn"}]
    assert only_row(replay(finished, policy_file(finished, *criteria)))["criterion"] == "far"


def test_a_policy_may_judge_by_figures_that_no_report_has(finished):
    assert "recall_at_7" not in finished.recorded()["eval_report"].read_text()
    row = only_row(replay(finished, policy_file(finished, {"metric": "recall_at_7", "part": "validation", "at_least": 0})))
    assert row["verdict"] == "PASS" and 0 <= row["observed"] <= 1


def test_too_few_frauds_leave_the_verdict_open(finished):
    told = replay(finished, policy_file(finished, {"metric": "auc_roc", "at_least": 0.5, "min_frauds": 100000}))
    row = only_row(told)
    assert (told["outcome"], row["verdict"], row["flips"]) == ("FLIPS", "INCONCLUSIVE", True)
    assert "should have at least 100000" in row["note"]


def test_warnings_decide_nothing(finished):
    row = only_row(replay(finished, policy_file(finished, {"metric": "auc_roc", "at_least": 7, "severity": "warn"})))
    assert (row["verdict"], row["criterion"], row["margin"]) == ("PASS", None, None)


def test_blocked_for_another_reason_is_no_flip(cards):
    cards.edit("profiles/governance.yaml", lambda policy: policy["criteria"][0].update(at_least=0.9999999))
    cards.run(expect=1)
    told = replay(cards, policy_file(cards, {"metric": "auc_roc", "at_least": 0.5, "min_frauds": 100000}))
    assert (told.exit, told["outcome"]) == (0, "NO_FLIPS")
    assert (only_row(told)["recorded"], only_row(told)["verdict"], only_row(told)["flips"]) == ("FAIL", "INCONCLUSIVE", False)


# Runs.


@pytest.fixture
def several(finished):
    """A published run, one that its gate has not seen, and one that has no evidence; their keys as `keys`."""
    keys = {"published": finished.run_key}
    finished.scored_rows, finished.second_event = finished.recorded()["scored_rows"], finished.event_files()[1]
    for name, phases in {"evaluated": ("resolve", "train", "eval"), "resolved": ("resolve",)}.items():
        request = finished.request_with(f"{name}.json", request_id=f"request-{name}", config_revision=f"config@{name}")
        for phase in phases:
            keys[name] = finished.mf(phase, request)["run"]
    finished.keys = keys
    return finished


def rows_by_run(told):
    return {row["run"]: row for row in told["rows"]}


def test_every_run_of_the_store_is_told(several):
    told = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 0.5}))
    rows = rows_by_run(told)
    assert set(rows) == set(several.keys.values()) and told["outcome"] == "NO_FLIPS"
    waiting, empty = rows[several.keys["evaluated"]], rows[several.keys["resolved"]]
    assert (waiting["recorded"], waiting["verdict"], waiting["flips"]) == (None, "PASS", False)
    assert (empty["verdict"], empty["flips"]) == (None, False) and empty["note"].startswith("no evidence: ")
    assert [told["figures"][name] for name in ("judged", "flips", "without_evidence", "failed")] == [2, 0, 1, 0]


def test_those_that_flip_come_first(several):
    rows = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 7}))["rows"]
    assert [row["flips"] for row in rows] == [True, False, False]
    assert rows[0]["run"] == several.keys["published"]


def test_runs_may_be_named(several):
    file = policy_file(several, {"metric": "auc_roc", "at_least": 0.5})
    named = [several.keys["resolved"], several.keys["published"]]
    told = replay(several, file, "--run", named[0], "--run", named[1], "--run", named[0])
    assert [row["run"] for row in told["rows"]] == named
    told = replay(several, file, several.request_file)
    assert [row["run"] for row in told["rows"]] == [several.keys["published"]]


def test_only_runs_without_evidence_are_nothing_judged(several):
    told = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 0.5}), "--run", several.keys["resolved"])
    assert (told.exit, told["outcome"], told["figures"]["judged"]) == (0, "NO_EVIDENCE", 0)


def test_a_store_without_runs_has_nothing_to_judge(cards):
    told = replay(cards, policy_file(cards, {"metric": "auc_roc", "at_least": 0.5}))
    assert (told.exit, told["outcome"], told["rows"]) == (0, "NO_EVIDENCE", [])


def test_a_run_whose_evidence_was_changed_is_told_and_not_judged(several):
    change_one_digit(several.scored_rows)
    told = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 0.5}))
    assert (told["outcome"], told.code) == ("INCOMPLETE", "SCORED_ROWS_IMMUTABILITY_VIOLATION")
    assert told.exit == told["failure"]["exit"] == 73
    row = rows_by_run(told)[several.keys["published"]]
    assert (row["verdict"], row["flips"]) == (None, False)
    assert row["note"].startswith("SCORED_ROWS_IMMUTABILITY_VIOLATION: ")
    assert rows_by_run(told)[several.keys["evaluated"]]["verdict"] == "PASS"


def test_a_flip_is_told_whatever_else_cannot_be_read(several):
    request = several.request_with("fourth.json", request_id="request-fourth", config_revision="config@fourth")
    several.run(request)
    change_one_digit(several.scored_rows)
    told = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 7}))
    assert (told.exit, told["outcome"], told["figures"]["failed"]) == (1, "FLIPS", 1)


def test_a_damaged_log_is_told_and_keeps_no_other_run_from_being_judged(several):
    several.second_event.write_text("{}")
    told = replay(several, policy_file(several, {"metric": "auc_roc", "at_least": 0.5}))
    assert (told["outcome"], told.code) == ("INCOMPLETE", "LEDGER_INVALID")
    assert rows_by_run(told)[several.keys["evaluated"]]["verdict"] == "PASS"


def test_an_unknown_run_is_refused(finished):
    file = policy_file(finished, {"metric": "auc_roc", "at_least": 0.5})
    assert finished.mf("gate", "--policy", file, "--run", "tr_" + "0" * 32, expect=66).code == "RUN_NOT_FOUND"
    never = finished.request_with("never.json", request_id="never-asked", config_revision="config@never")
    assert finished.mf("gate", "--policy", file, never, expect=66).code == "RUN_NOT_FOUND"


# Nothing is written.


def test_nothing_is_written(several, tmp_path):
    file = policy_file(several, {"metric": "auc_roc", "at_least": 7})
    before = everything_of(several.folder)
    home = tmp_path / "home"
    home.mkdir()
    told = replay(several, file)
    assert told["outcome"] == "FLIPS"
    command.told("--profile", several.profile, "gate", "--policy", file, "--all", env={"HOME": str(home), "XDG_CACHE_HOME": str(home)})
    assert everything_of(several.folder) == before
    assert list(home.iterdir()) == []


def test_a_store_that_may_only_be_read_will_do(finished):
    file = policy_file(finished, {"metric": "auc_roc", "at_least": 0.5})
    folders = [finished.store, *(path for path in finished.store.rglob("*") if path.is_dir())]
    for folder in folders:
        os.chmod(folder, 0o555)
    try:
        assert replay(finished, file)["outcome"] == "NO_FLIPS"
    finally:
        for folder in folders:
            os.chmod(folder, 0o755)


def test_a_request_is_not_admitted_by_looking(finished):
    again = finished.request_with("again.json", request_id="asked-again")
    before = files_below(finished.store)
    assert replay(finished, policy_file(finished, {"metric": "auc_roc", "at_least": 0.5}), again)["outcome"] == "NO_FLIPS"
    assert files_below(finished.store) == before


# What is asked wrongly.


@pytest.mark.parametrize("words", [["--policy", "{policy}"], ["--policy", "{policy}", "--all", "--run", "{run}"],
                                   ["--policy", "{policy}", "--all", "{request}"], ["--all"], ["--run", "{run}", "--run", "{run}"]])
def test_which_runs_has_to_be_said_in_one_way(finished, words):
    file = policy_file(finished, {"metric": "auc_roc", "at_least": 0.5})
    said = [word.format(policy=file, run=finished.run_key, request=finished.request_file) for word in words]
    assert finished.mf("gate", *said, expect=64).code == "USAGE"


def test_a_policy_that_is_none_judges_nothing(finished):
    assert finished.mf("gate", "--policy", finished.folder / "none.yaml", "--all", expect=66).code == "FILE_NOT_FOUND"
    file = policy_file(finished, {"metric": "auc_rok", "at_least": 0.5})
    told = finished.ask_mf("gate", "--policy", file, "--all")
    assert told.code == "GOVERNANCE_PROFILE_INVALID" and told["failure"]["context"]["pointer"] == "/criteria/0/metric"


def test_a_policy_that_asks_for_what_a_run_does_not_have_is_told_of_that_run(finished):
    file = policy_file(finished, {"metric": "auc_roc", "at_least": 0.5, "slice": {"column": "no_such_column"}})
    told = replay(finished, file)
    assert (told["outcome"], told.code) == ("INCOMPLETE", "GOVERNANCE_PROFILE_INVALID")
    assert "no_such_column" in only_row(told)["note"]


# As people read it.


def test_people_see_a_line_for_each_run(several):
    said = several.say("gate", "--policy", policy_file(several, {"id": "ranking", "metric": "auc_roc", "at_least": 7}), "--all")
    lines = said.out.splitlines()
    assert said.exit == 1 and lines[0] == "FLIPS"
    assert lines[1].split() == ["RUN", "RECORDED", "VERDICT", "FLIPS", "CRITERION", "OBSERVED", "THRESHOLD", "MARGIN", "NOTE"]
    assert lines[2].split()[:5] == [several.keys["published"], "PASS", "FAIL", "true", "ranking"]
    assert "judged 2 runs by mf.governance.policy.v1@r2: 1 verdict would flip; nothing was written" in lines
    assert "1 run has no evidence to judge" in lines
