"""The six phases, one process each, leave what one `mf run` leaves, byte for byte, for any number of threads."""

import pytest

from documents import content
from workplace import files_below

# Their bytes hold no circumstance at all.
AS_FILES = ("model-", "scored_rows-", "model.ubj", "bundle_manifest.json", "scoring_contract.json", "/eval_report.json",
            "/gate_receipt.json")


def artifacts(place):
    """Everything in store and registry but the ledgers."""
    found = {f"store/{key}": data for key, data in files_below(place.store).items() if "/ledger/" not in key}
    return {**found, **{f"registry/{key}": data for key, data in files_below(place.registry).items()}}


def require_same_artifacts(one, other):
    mine, yours = artifacts(one), artifacts(other)
    assert mine.keys() == yours.keys()
    for key, data in mine.items():
        if "/gate/" not in key and any(name in key for name in AS_FILES):
            assert data == yours[key], f"{key} differs as a file"
        assert content(data) == content(yours[key]), f"{key} differs in content"


def in_six_phases(place):
    place.phases("validate-request", "resolve", "train", "eval", "gate")
    return place.phase("publish")


@pytest.fixture(params=["cards", "demo"])
def made(request, made_cards, made_demo):
    return {"cards": made_cards, "demo": made_demo}[request.param]


def test_six_phases_leave_what_one_run_leaves(made, tmp_path):
    at_once, by_phases = made.copied_to(tmp_path / "at-once"), made.copied_to(tmp_path / "elsewhere" / "by-phases")
    whole, last = at_once.run(), in_six_phases(by_phases)
    assert whole["outcome"] == last["outcome"] == "PUBLISHED"
    assert whole["run"] == last["run"]
    assert whole["figures"]["bundle_id"] == last["figures"]["bundle_id"]
    require_same_artifacts(at_once, by_phases)


def test_phases_can_be_named_by_the_run(cards):
    run = cards.phase("resolve")["run"]
    for phase in ("train", "eval", "gate", "publish"):
        told = cards.mf(phase, "--run", run)
    assert told["outcome"] == "PUBLISHED"


def test_the_number_of_threads_changes_nothing(made, tmp_path):
    one, two = made.copied_to(tmp_path / "one"), made.copied_to(tmp_path / "two")
    one.wire(threads=1)
    two.wire(threads=2)
    first, second = one.run(), two.run()
    assert first["figures"]["bundle_id"] == second["figures"]["bundle_id"]
    require_same_artifacts(one, two)
    assert one.document("execution_record") != two.document("execution_record")  # the number is recorded


def test_the_comparison_would_notice_another_model(made_cards, tmp_path):
    one, other = made_cards.copied_to(tmp_path / "one"), made_cards.copied_to(tmp_path / "other")
    other.edit("profiles/training.yaml", lambda profile: profile["seed_policy"].update(base_seed=32))
    one.run()
    other.run()
    with pytest.raises(AssertionError):
        require_same_artifacts(one, other)


def test_each_phase_can_be_repeated(cards):
    for phase in ("resolve", "train", "eval", "gate"):
        first, again = cards.phase(phase), cards.phase(phase)
        assert first.result == again.result, phase
        assert cards.attempts(phase.upper()) == 1
    cards.phase("publish")
    before = artifacts(cards)
    assert cards.phase("publish")["outcome"] == "ALREADY_PUBLISHED"
    assert artifacts(cards) == before


@pytest.mark.parametrize("phase", ["train", "eval", "gate", "publish"])
def test_a_phase_out_of_turn_names_the_command_to_run(cards, phase):
    told = cards.phase(phase, expect=66)
    assert told.code == "STAGE_MISSING"
    assert "`mf " in told["failure"]["hint"] and told["run"] in told["failure"]["hint"]
    assert not cards.published()
