"""Every algorithm, objective, constraint and weighting through the whole program; plain Python loads each model and agrees."""

import csv
import io
import json

import numpy
import pytest
import xgboost

FEATURES = ["amount", "velocity", "noise"]
PARAMS = {"max_depth": 3, "eta": 0.3}
STOPPING = {"rounds": 12, "early_stopping_rounds": 4, "early_stopping_metric": "auc_roc"}

# algorithm_id, algorithm: what a profile may say.
SAYS = {
    "trees": ("xgboost.gbtree", {**STOPPING, "params": {**PARAMS, "grow_policy": "lossguide", "max_leaves": 6, "max_depth": 0}}),
    "forest": ("xgboost.gbtree", {"rounds": 3, "params": {**PARAMS, "num_parallel_tree": 3, "subsample": 0.6}}),
    "constrained": ("xgboost.gbtree", {
        **STOPPING, "class_weighting": "balanced", "monotone_constraints": {"velocity": 1, "noise": -1},
        "interaction_constraints": [["amount", "noise"], ["velocity"]], "params": PARAMS}),
    "odds": ("xgboost.gbtree", {**STOPPING, "objective": "binary:logitraw", "params": {**PARAMS, "base_score": 0.2}}),
    "dart": ("xgboost.dart", {
        **STOPPING, "objective": "reg:logistic",
        "params": {**PARAMS, "rate_drop": 0.5, "one_drop": True, "base_score": 0.2, "sample_type": "weighted"}}),
    "linear": ("xgboost.gblinear", {**STOPPING, "params": {"eta": 0.7, "feature_selector": "shuffle"}}),
    "linear probability": ("xgboost.gblinear", {"rounds": 50, "objective": "reg:squarederror", "params": {"base_score": 0.2}}),
}
NO_PROBABILITIES = {"odds", "linear probability"}


def say(cards, algorithm_id, algorithm):
    cards.edit("profiles/training.yaml", lambda profile: profile.update(algorithm_id=algorithm_id, algorithm=algorithm))
    return cards


def judge_ranking_only(cards):
    cards.edit("profiles/governance.yaml", lambda policy: policy.update(criteria=policy["criteria"][:1]))


@pytest.fixture(params=SAYS)
def named(request, cards):
    """The name of what was said, and the workplace of its published run."""
    judge_ranking_only(cards)
    say(cards, *SAYS[request.param]).run()
    return request.param, cards


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


def predicted(cards, change=None):
    """What plain xgboost says of every raw row, by key, out of the published model alone."""
    raw = table(cards.data_file())
    matrix = numpy.array([[float(row[name]) if row[name] else numpy.nan for name in FEATURES] for row in raw], "f4")
    if change is not None:
        change(matrix)
    model = xgboost.Booster(model_file=str(cards.bundle() / "model.ubj"))
    scores = model.predict(xgboost.DMatrix(matrix, feature_names=FEATURES))
    return {row["event_id"]: score for row, score in zip(raw, scores)}


def test_plain_xgboost_gives_the_same_scores_to_the_last_bit(named):
    _, cards = named
    scores = predicted(cards)
    rows = table(cards.recorded()["scored_rows"])
    assert len({row["score"] for row in rows}) > 5
    assert [row for row in rows if numpy.float32(row["score"]) != scores[row["subject_key"]]] == []


def test_the_record_says_what_the_engine_got(named):
    name, cards = named
    algorithm_id, algorithm = SAYS[name]
    engine = cards.document("execution_record")["engine"]
    assert engine["algorithm_id"] == algorithm_id
    assert engine["parameters"]["booster"] == algorithm_id.split(".")[1]
    assert engine["parameters"]["objective"] == algorithm.get("objective", "binary:logistic")
    assert set(algorithm["params"]) <= set(engine["parameters"])
    assert 1 <= engine["rounds_kept"] <= engine["rounds_run"] <= algorithm["rounds"]
    model = xgboost.Booster(model_file=str(cards.bundle() / "model.ubj"))
    assert model.num_boosted_rounds() == engine["rounds_kept"]
    assert model.feature_names == FEATURES


def test_figures_of_probabilities_are_there_only_where_scores_are(named):
    name, cards = named
    contract = json.loads((cards.bundle() / "scoring_contract.json").read_text())
    for part in json.loads(cards.recorded()["eval_report"].read_text())["metrics"]["parts"].values():
        assert part["figures"]["auc_roc"] > 0.5
        figures = {part["figures"][name] for name in ("log_loss", "brier", "expected_calibration_error")}
        if name in NO_PROBABILITIES:
            reason = f"the scores of {SAYS[name][1]['objective']} are no probabilities"
            assert figures == {None} and part["calibration"] == []
            assert part["undefined"]["brier"] == part["undefined"]["log_loss"] == reason
        else:
            assert None not in figures and len(part["calibration"]) == 10
    assert ("probability of fraud" in contract["score"]) == (name not in NO_PROBABILITIES)


def test_a_policy_that_needs_probabilities_fails_closed(cards):
    cards.edit("profiles/governance.yaml", lambda policy: policy["criteria"].append(
        {"id": "loss", "metric": "log_loss", "part": "test", "at_most": 100, "severity": "block"}))
    assert say(cards, *SAYS["odds"]).ask_mf("run", cards.request_file).exit != 0
    assert {c["id"]: c["outcome"] for c in cards.document("gate_receipt")["criteria"]}["loss"] != "PASS"


@pytest.mark.parametrize("name", ["trees", "dart", "linear"])
def test_threads_are_no_part_of_the_model(name, cards, tmp_path):
    judge_ranking_only(cards)
    say(cards, *SAYS[name])
    models = set()
    for threads in (1, 2, 4, 8):
        place = cards.copied_to(tmp_path / f"threads{threads}")
        place.wire(threads=threads)
        place.run()
        assert place.document("execution_record")["circumstance"]["threads"] == threads
        models.add((place.bundle() / "model.ubj").read_bytes())
    assert len(models) == 1


def test_classes_are_balanced_by_the_train_rows(cards):
    judge_ranking_only(cards)
    say(cards, *SAYS["constrained"]).run()
    record = cards.document("execution_record")
    train = record["split"]["parts"]["train"]
    weight = float(record["engine"]["parameters"]["scale_pos_weight"])
    assert weight == pytest.approx((train["rows"] - train["positives"]) / train["positives"], rel=1e-12)


def test_directions_hold_in_the_published_model(cards):
    judge_ranking_only(cards)
    say(cards, *SAYS["constrained"]).run()
    assert cards.document("execution_record")["engine"]["parameters"]["monotone_constraints"] == "(0,1,-1)"
    assert cards.document("execution_record")["engine"]["parameters"]["interaction_constraints"] == "[[0, 2], [1]]"
    before = None
    for velocity in numpy.linspace(-3, 8, 60, dtype="f4"):
        def set_velocity(matrix, velocity=velocity):
            matrix[:, 1] = velocity
        scores = numpy.array(list(predicted(cards, set_velocity).values()))
        assert before is None or (scores >= before).all()
        before = scores


@pytest.mark.parametrize("algorithm, place, fix", [
    ({"monotone_constraints": {"velocty": 1}}, "/algorithm/monotone_constraints/velocty", "velocity"),
    ({"interaction_constraints": [["amount"], ["nois"]]}, "/algorithm/interaction_constraints/1/0", "noise"),
])
def test_a_constraint_on_no_feature_is_refused_by_train(cards, algorithm, place, fix):
    say(cards, "xgboost.gbtree", {"rounds": 3, "params": PARAMS, **algorithm})
    cards.phase("resolve")
    answer = cards.ask_mf("train", "--run", cards.run_key)
    assert answer.code == "TRAINING_PROFILE_INVALID"
    assert place in answer.out and f"Did you mean {fix}?" in answer.out


@pytest.mark.parametrize("algorithm_id, algorithm, fix", [
    ("xgboost.gbtree", {"rounds": 3, "params": {"rate_drop": 0.1}}, "xgboost.dart"),
    ("xgboost.gblinear", {"rounds": 3, "params": {"max_depth": 3}}, "xgboost.gbtree or xgboost.dart"),
    ("xgboost.gbtree", {"rounds": 3, "class_weighting": "balanced", "params": {"scale_pos_weight": 3}}, "class_weighting"),
    ("xgboost.gbtree", {"rounds": 3, "params": {"monotone_constraints": "(1,0)"}}, "algorithm.monotone_constraints"),
])
def test_what_an_algorithm_does_not_have_is_refused_with_the_fix(cards, algorithm_id, algorithm, fix):
    answer = say(cards, algorithm_id, algorithm).ask_mf("resolve", cards.request_file)
    assert answer.code == "TRAINING_PROFILE_INVALID" and fix in answer.out
