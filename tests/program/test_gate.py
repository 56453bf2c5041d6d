"""A policy that a model does not meet: the verdict is FAIL, the evidence stays, and nothing is published, ever."""

import json

import pytest

from workplace import files_below


def demand(place, **criterion):
    base = {"id": "impossible", "metric": "auc_roc", "part": "test", "severity": "block"}
    place.edit("profiles/governance.yaml", lambda policy: policy["criteria"].append({**base, **criterion}))


@pytest.fixture
def failed(cards):
    """The small store after a run whose policy cannot be met."""
    demand(cards, at_least=0.9999999)
    cards.told = cards.run(expect=1)
    return cards


def test_a_policy_that_cannot_be_met_is_a_verdict(failed):
    assert failed.told["outcome"] == "FAIL"
    assert failed.told["failure"] is None
    assert failed.told["figures"]["impossible"] == "FAIL"
    assert failed.told["figures"]["ranking"] == "PASS"


def test_the_evidence_of_a_failed_run_is_kept(failed):
    kept = failed.recorded()
    for name in ("plan", "model", "train_artifact", "execution_record", "scored_rows", "eval_report", "evidence_pack",
                 "train_eval_receipt", "gate_receipt", "publish_eligibility"):
        assert kept[name].is_file(), name
    assert failed.document("eval_report")["gate_decision"] == "FAIL"
    eligibility = failed.document("publish_eligibility")
    assert (eligibility["eligible"], eligibility["reason_codes"]) == (False, ["GATE_FAIL"])


def test_a_failed_run_is_not_published(failed):
    for _ in range(2):
        told = failed.mf("publish", "--run", failed.run_key, expect=77)
        assert told.code == "PUBLISH_NOT_ELIGIBLE"
    assert not failed.published()


def test_the_verdict_stays_the_same_when_asked_again(failed):
    before = files_below(failed.store)
    for told in (failed.run(expect=1), failed.phase("gate", expect=1)):
        assert told["outcome"] == "FAIL"
    after = files_below(failed.store)
    assert {key for key in after if "/ledger/" not in key} == {key for key in before if "/ledger/" not in key}
    assert failed.attempts("TRAIN") == 1
    assert not failed.published()


def test_people_see_which_criterion_failed(failed):
    told = failed.say("gate", failed.request_file)
    assert told.exit == 1
    assert "FAIL  impossible: auc_roc of test" in told.out
    assert failed.mf("status", failed.request_file)["outcome"] == "FAIL"


def test_leave_to_publish_does_not_help_a_failed_run(failed):
    failed.ask(request_id="request-0002", requester_principal="HUMAN::boss")
    assert failed.run(expect=1)["outcome"] == "FAIL"
    assert not failed.published()


def test_a_warning_does_not_block(cards):
    demand(cards, at_least=0.9999999, severity="warn")
    assert cards.run()["outcome"] == "PUBLISHED"
    receipt = cards.document("gate_receipt")
    assert {c["id"]: c["outcome"] for c in receipt["criteria"]}["impossible"] == "FAIL"


def test_a_criterion_of_an_undefined_figure_fails(cards):
    demand(cards, metric="precision_at_alert_rate_0.0001", at_least=0.0)
    assert cards.run(expect=1)["outcome"] == "FAIL"
    criterion = cards.document("gate_receipt")["criteria"][-1]
    assert (criterion["outcome"], criterion["observed"]) == ("FAIL", None)
    assert not cards.published()


@pytest.fixture
def undecided(cards):
    """The small store after a run whose policy wants more frauds than there are."""
    demand(cards, at_least=0.5, min_frauds=100000)
    cards.told = cards.run(expect=1)
    return cards


def test_too_few_frauds_are_a_verdict_of_its_own(undecided):
    assert (undecided.told["outcome"], undecided.told["failure"]) == ("INCONCLUSIVE", None)
    assert undecided.told["figures"]["impossible"] == "INCONCLUSIVE"
    receipt = undecided.document("gate_receipt")
    assert (receipt["verdict"], receipt["gate_decision"]) == ("INCONCLUSIVE", "FAIL")
    criterion = receipt["criteria"][-1]
    assert criterion["more_frauds_needed"] == 100000 - criterion["frauds"] > 0
    assert undecided.document("eval_report")["gate_decision"] == "FAIL"


def test_what_is_inconclusive_blocks_as_a_fail_does(undecided):
    assert undecided.document("publish_eligibility")["eligible"] is False
    assert undecided.mf("publish", "--run", undecided.run_key, expect=77).code == "PUBLISH_NOT_ELIGIBLE"
    assert undecided.phase("gate", expect=1)["outcome"] == undecided.run(expect=1)["outcome"] == "INCONCLUSIVE"
    assert undecided.mf("status", undecided.request_file)["outcome"] == "FAIL"
    assert not undecided.published()
    said = undecided.say("gate", undecided.request_file)
    assert said.exit == 1 and "OPEN  impossible: auc_roc of test has " in said.out
    assert undecided.mf("verify", undecided.request_file)["outcome"] == "VERIFIED"


def test_a_fail_counts_for_more_than_an_open_question(cards):
    demand(cards, at_least=0.5, min_frauds=100000)
    demand(cards, id="out-of-reach", at_least=0.9999999)
    assert cards.run(expect=1)["outcome"] == "FAIL"


def test_an_open_question_that_only_warns_does_not_block(cards):
    demand(cards, at_least=0.5, min_frauds=100000, severity="warn")
    assert cards.run()["outcome"] == "PUBLISHED"


@pytest.mark.parametrize("comparison", ["at_least", "at_most"])
def test_the_threshold_itself_is_enough(halted_before, cards, comparison):
    judged = halted_before("publish")
    observed = json.loads(judged.recorded()["eval_report"].read_text())["metrics"]["parts"]["test"]["figures"]["auc_roc"]
    demand(cards, **{comparison: observed})
    assert cards.run()["outcome"] == "PUBLISHED"
