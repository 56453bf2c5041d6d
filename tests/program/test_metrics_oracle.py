"""On 200 generated sets, every figure that scikit-learn has too is scikit-learn's, to 12 digits, through metric_figures.cpp."""

import json
import os
import subprocess
import warnings

import numpy
import pytest
from sklearn import metrics
from sklearn.calibration import calibration_curve

import command

SETS = 200
THRESHOLD, BETA, MAX_FPR = 0.5, 2.0, [0.01, 0.05, 0.3]
FIGURES = command.MF.parent / "metric_figures"
if not FIGURES.exists():
    assert os.environ.get("CI") != "true", "metric_figures is not built; ninja -C build metric_figures"
    pytest.skip("NO metric_figures: NOTHING IS KNOWN ABOUT scikit-learn", allow_module_level=True)


def scores_of(kind, rows, dice):
    """Scores as float32: all different, with many ties, with one value, at the ends, or close to 0."""
    scores = {
        "spread": lambda: dice.random(rows),
        "ties": lambda: dice.integers(0, 6, rows) / 5,
        "constant": lambda: numpy.full(rows, dice.choice([0, 0.25, 0.5, 1])),
        "ends": lambda: dice.choice([0, 1e-30, 0.5, 1 - 2**-24, 1], rows),
        "small": lambda: dice.random(rows) ** 12,
    }[kind]()
    return scores.astype(numpy.float32)


def labels_of(kind, scores, dice):
    """Frauds at random, by score, a single one, all, or none."""
    labels = {
        "random": lambda: dice.random(len(scores)) < 0.3,
        "ranked": lambda: dice.random(len(scores)) < scores,
        "single": lambda: numpy.arange(len(scores)) == dice.integers(len(scores)),
        "rare": lambda: dice.random(len(scores)) < 0.02,
        "none": lambda: numpy.zeros(len(scores)),
        "all": lambda: numpy.ones(len(scores)),
    }[kind]()
    return labels.astype(int)


def made_set(number):
    dice = numpy.random.default_rng(number)
    rows = int(dice.choice([1, 2, 5, 30, 300, 2000]))
    scores = scores_of(str(dice.choice(["spread", "spread", "ties", "ties", "constant", "ends", "small"])), rows, dice)
    labels = labels_of(str(dice.choice(["random", "ranked", "ranked", "single", "rare", "none", "all"])), scores, dice)
    made = {"scores": [float(score) for score in scores], "labels": labels.tolist(), "threshold": THRESHOLD, "beta": BETA,
            "max_fpr": MAX_FPR}
    if number % 3 == 1:
        made["times"] = dice.integers(0, 7, rows).tolist()
    if number % 3 == 2:
        made["amounts"] = (dice.integers(0, 100_000, rows) / 100).tolist()
    return made


def asked(sets):
    lines = "".join(json.dumps(one) + "\n" for one in sets)
    done = subprocess.run([FIGURES], input=lines, capture_output=True, text=True, check=True, timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def answers():
    return asked([made_set(number) for number in range(SETS)])


def ranking(y, p, weights):
    fpr, tpr, _ = metrics.roc_curve(y, p, sample_weight=weights, drop_intermediate=False)
    expected = {
        "auc_roc": metrics.roc_auc_score(y, p, sample_weight=weights),
        "kolmogorov_smirnov": numpy.max(numpy.abs(tpr - fpr)),
    }
    for rate in MAX_FPR:
        expected[f"partial_auc_{rate}"] = metrics.roc_auc_score(y, p, sample_weight=weights, max_fpr=rate)
        expected[f"recall_at_fpr_{rate}"] = numpy.max(tpr[fpr <= rate])
    return expected


def both_classes_at_threshold(y, alerts, weights):
    expected = {"balanced_error_rate": 1 - metrics.balanced_accuracy_score(y, alerts, sample_weight=weights)}
    if 0 < numpy.sum(weights * alerts) < numpy.sum(weights):
        expected["mcc"] = metrics.matthews_corrcoef(y, alerts, sample_weight=weights)
    return expected


def with_fraud(y, p, alerts, weights, amounts):
    expected = {
        "average_precision": metrics.average_precision_score(y, p, sample_weight=weights),
        "recall": metrics.recall_score(y, alerts, sample_weight=weights),
        "f1": metrics.f1_score(y, alerts, sample_weight=weights),
        "f_beta": metrics.fbeta_score(y, alerts, beta=BETA, sample_weight=weights),
    }
    if amounts is not None and numpy.sum(amounts * y) > 0:
        expected["average_precision_by_value"] = metrics.average_precision_score(y, p, sample_weight=amounts)
        expected["value_recall"] = metrics.recall_score(y, alerts, sample_weight=amounts)
    return expected


def expected_of(made):
    """What scikit-learn says where it says something without a warning that it made it up."""
    p, y = numpy.array(made["scores"]), numpy.array(made["labels"])
    weights = numpy.array(made.get("times", [1] * len(p)), dtype=float)
    amounts = numpy.array(made["amounts"]) if "amounts" in made else None
    if weights.sum() == 0:
        return {}
    counted = weights > 0
    p, y, weights, amounts = p[counted], y[counted], weights[counted], None if amounts is None else amounts[counted]
    alerts = (p >= THRESHOLD).astype(int)
    expected = {"log_loss": metrics.log_loss(y, p, labels=[0, 1], sample_weight=weights),
                "brier": metrics.brier_score_loss(y, p, sample_weight=weights, pos_label=1)}
    if y.any():
        expected |= with_fraud(y, p, alerts, weights, amounts)
    if alerts.any():
        expected["precision"] = metrics.precision_score(y, alerts, sample_weight=weights)
        if amounts is not None and numpy.sum(amounts * alerts) > 0:
            expected["value_precision"] = metrics.precision_score(y, alerts, sample_weight=amounts)
    if y.any() and not y.all():
        expected |= ranking(y, p, weights) | both_classes_at_threshold(y, alerts, weights)
    return expected


SHARED = {"auc_roc", "kolmogorov_smirnov", "balanced_error_rate", "mcc", "average_precision", "recall", "f1", "f_beta",
          "average_precision_by_value", "value_recall", "log_loss", "brier", "precision", "value_precision"}
SHARED |= {f"{name}_{rate}" for name in ("partial_auc", "recall_at_fpr") for rate in MAX_FPR}


@pytest.mark.parametrize("number", range(SETS))
def test_the_figures_are_those_of_scikit_learn(answers, number):
    made, told = made_set(number), answers[number]["figures"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = expected_of(made)
    for name, value in expected.items():
        assert told[name] is not None, name
        assert told[name] == pytest.approx(float(value), rel=1e-12, abs=1e-15), name
    made_up = {name for name in SHARED & set(told) - set(expected) if told[name] is not None}
    assert not made_up, "these have a value where scikit-learn has none"


def test_the_sets_reach_every_shared_figure_and_every_undefined_one(answers):
    values = {name: [answer["figures"].get(name) for answer in answers] for name in SHARED}
    for name, told in values.items():
        assert sum(value is not None for value in told) > 20, name
    for name in SHARED - {"log_loss", "brier"}:
        assert any(value is None for value in values[name]), name


def test_the_calibration_curve_is_that_of_scikit_learn(answers):
    compared = 0
    for number in range(0, SETS, 3):
        made, bins = made_set(number), answers[number]["bins"]
        if not 0 < sum(made["labels"]) < len(made["labels"]):
            continue
        rates, means = calibration_curve(made["labels"], numpy.array(made["scores"]), n_bins=10, strategy="uniform")
        assert [one[1] for one in bins] == pytest.approx(means.tolist(), rel=1e-12, abs=0)
        assert [one[2] for one in bins] == pytest.approx(rates.tolist(), rel=1e-12, abs=0)
        compared += 1
    assert compared > 20


def test_a_score_that_is_no_number_is_refused():
    (answer,) = asked([{**made_set(0), "scores": [None, 0.5], "labels": [0, 1]}])
    assert answer == {"code": "INTERNAL", "message": "a score is NaN"}


def test_copies_of_rows_count_as_often_as_weights_say():
    made = next(one for one in map(made_set, range(SETS)) if "times" in one and 100 < sum(one["times"]) < 2000)
    copied = {**made, "scores": [], "labels": []}
    for score, label, times in zip(made["scores"], made["labels"], copied.pop("times")):
        copied["scores"] += [score] * times
        copied["labels"] += [label] * times
    weighed, copies = asked([made, copied])
    for name, value in weighed["figures"].items():
        assert copies["figures"][name] == pytest.approx(value, rel=1e-12), name
