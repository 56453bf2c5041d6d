"""`mf diff`: in what two runs differ, from what their logs vouch for."""

import pytest

import command
from documents import require_valid


def profile(place, kind):
    return place.store / "profiles" / f"{kind}_profile.v1.yaml"


def another(place, name, kind, old, new):
    """A request for a run with a profile of its own, in which `old` is `new`."""
    text = profile(place, kind).read_text()
    assert old in text
    file = place.store / "profiles" / f"{name}.yaml"
    file.write_text(text.replace(old, new))
    field = {"training": "training_config_ref", "governance": "governance_profile_ref"}[kind]
    return place.request_with(f"{name}.json", request_id=f"request-{name}", **{field: f"profiles/{name}.yaml"})


def rows(told, what):
    return {row["name"]: row for row in told["rows"] if row["what"] == what}


def groups(told):
    return {row["what"] for row in told["rows"]}


@pytest.fixture
def place(finished_demo, tmp_path):
    return finished_demo.copied_to(tmp_path / "place")


def test_a_run_is_the_same_as_itself(finished_demo):
    told = finished_demo.mf("diff", finished_demo.request_file, finished_demo.run_key)
    require_valid(told.result)
    assert told["outcome"] == "SAME" and told["rows"] == [] and told["figures"]["model"] == "same"


def test_a_parameter_that_changed_is_named_with_what_it_moved(place):
    request = another(place, "faster", "training", "eta: 0.1", "eta: 0.3")
    place.ask_mf("run", request)
    told = place.mf("diff", place.request_file, request, expect=1)
    require_valid(told.result)
    assert told["outcome"] == "DIFFERENT" and told["failure"] is None and told["run"] is None
    changed = rows(told, "training_profile")
    assert list(changed) == ["algorithm.params.eta"]
    assert (changed["algorithm.params.eta"]["first"], changed["algorithm.params.eta"]["second"]) == ("0.1", "0.3")
    assert rows(told, "engine")["parameters.eta"]["second"].startswith("0.3")
    assert "training profile profiles/faster.yaml" in rows(told, "input")
    assert told["figures"]["model"] == "different" and "model" in rows(told, "model")
    moved = rows(told, "figure")["test auc_roc"]
    before, after = (place.store / place.request()["platform_run_id"] / "mf/train_runs" / told["figures"][run] for run in ("first", "second"))
    first, second = (only_report(folder)["metrics"]["parts"]["test"]["figures"]["auc_roc"] for folder in (before, after))
    assert float(moved["first"]) == first and float(moved["second"]) == second
    assert "overlap" in moved["note"] or "are apart" in moved["note"]
    assert not groups(told) & {"rows", "library", "machine", "governance_profile", "request"}


def only_report(folder):
    (file,) = (folder / "eval_report").glob("*.json")
    return command.only_object(file.read_text())


def test_a_policy_that_changed_is_named_and_leaves_all_but_the_seed_of_the_run(place):
    request = another(place, "stricter", "governance", "at_least: 0.85", "at_least: 0.9999")
    assert place.ask_mf("run", request)["outcome"] == "FAIL"
    told = place.mf("diff", place.request_file, request, expect=1)
    assert not groups(told) & {"rows", "training_profile", "library", "machine", "request"}
    assert "stage_seed" in rows(told, "engine")
    assert [(row["first"], row["second"]) for row in rows(told, "governance_profile").values()] == [("0.85", "0.9999")]
    verdict = rows(told, "verdict")
    assert (verdict["verdict"]["first"], verdict["verdict"]["second"]) == ("PASS", "FAIL")
    assert verdict["criterion ranking"]["second"] == "FAIL"


def test_other_rows_are_told_part_by_part(place):
    request = another(place, "longer", "training", "train: 0.7, validation: 0.15", "train: 0.6, validation: 0.25")
    place.ask_mf("run", request)
    told = place.mf("diff", place.request_file, request, expect=1)
    assert {"split.parts.train.rows", "split.validation_start_utc"} <= set(rows(told, "rows"))


def test_runs_are_compared_as_far_as_both_came(place):
    request = another(place, "begun", "training", "eta: 0.1", "eta: 0.3")
    place.mf("resolve", request)
    told = place.mf("diff", place.request_file, request, expect=1)
    assert told["figures"]["model"] == "unknown" and "figure" not in groups(told)
    assert "algorithm.params.eta" in rows(told, "training_profile")


def test_a_profile_that_is_not_as_it_was_locked_is_not_compared(place):
    request = another(place, "edited", "training", "eta: 0.1", "eta: 0.3")
    place.ask_mf("run", request)
    file = place.store / "profiles" / "edited.yaml"
    file.write_text(file.read_text().replace("eta: 0.3", "eta: 0.4"))
    told = place.say("diff", place.request_file, request)
    assert told.exit == 1 and "not compared: profiles/edited.yaml is not there as" in told.out and "algorithm.params.eta" not in told.out


def test_a_document_that_changed_is_refused(place):
    plan = place.recorded()["plan"]
    plan.write_text(plan.read_text().replace("baseline_train", "backfill_retrain"))
    assert place.ask_mf("diff", place.run_key, place.run_key).code == "RESOLVED_TRAIN_PLAN_IMMUTABILITY_VIOLATION"


def test_as_text_it_is_a_table(place):
    request = another(place, "other", "training", "eta: 0.1", "eta: 0.3")
    place.ask_mf("run", request)
    lines = place.say("diff", place.request_file, request).out.splitlines()
    assert lines[0] == "DIFFERENT" and lines[1].split() == ["WHAT", "NAME", "FIRST", "SECOND", "NOTE"]
    assert any(line.split()[:4] == ["training_profile", "algorithm.params.eta", "0.1", "0.3"] for line in lines)
    assert any(line.startswith("the same: ") for line in lines)
