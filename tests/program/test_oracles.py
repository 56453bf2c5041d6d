"""Programs that are not mf say the same: plain XGBoost gives the kept scores, scikit-learn the reported figures."""

import csv
import io
import json

import numpy
import pytest
import xgboost
from sklearn.calibration import calibration_curve
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

PARTS = ("train", "validation", "test")
EXACT = 1e-9


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


@pytest.fixture(scope="module", params=["demo", "cards"])
def done(request, finished_demo, made_halts):
    return {"demo": finished_demo, "cards": made_halts["done"]}[request.param]


@pytest.fixture(scope="module")
def report(done):
    return json.loads(done.recorded()["eval_report"].read_text())


@pytest.fixture(scope="module")
def scored(done):
    return table(done.recorded()["scored_rows"])


@pytest.fixture(scope="module", params=PARTS)
def part(request, report, scored):
    """What is reported of one part, its scores (float64), labels and keys."""
    rows = [row for row in scored if row["part"] == request.param]
    scores = numpy.array([numpy.float32(row["score"]) for row in rows]).astype(numpy.float64)
    labels = numpy.array([int(row["label"]) for row in rows])
    return report["metrics"]["parts"][request.param], scores, labels, [row["subject_key"] for row in rows]


def scores_by_python(done, contract):
    """The scores of all raw rows, from the published files alone."""
    raw = table(done.data_file())
    names = [feature["name"] for feature in contract["features"]]
    matrix = numpy.array([[float(row[name]) if row[name] else numpy.nan for name in names] for row in raw])
    model = xgboost.Booster(model_file=str(done.bundle() / contract["model"]["path"]))
    predicted = model.predict(xgboost.DMatrix(matrix.astype(numpy.float32), feature_names=names))
    key = "event_id"
    return model, {row[key]: float(score) for row, score in zip(raw, predicted)}


def test_plain_xgboost_gives_the_kept_scores(done, scored):
    contract = json.loads((done.bundle() / "scoring_contract.json").read_text())
    _, predicted = scores_by_python(done, contract)
    assert {row["part"] for row in scored} == set(PARTS)
    assert len({row["subject_key"] for row in scored}) == len(scored) > 100
    worst = max(abs(predicted[row["subject_key"]] - float(row["score"])) for row in scored)
    assert worst <= 1e-6


def test_the_model_knows_its_features_and_has_learnt(done, scored):
    contract = json.loads((done.bundle() / "scoring_contract.json").read_text())
    model, _ = scores_by_python(done, contract)
    assert model.feature_names == [feature["name"] for feature in contract["features"]]
    kept = done.document("execution_record")["engine"]["rounds_kept"]
    assert model.num_boosted_rounds() == kept >= 1
    assert len({row["score"] for row in scored}) > 10


def test_the_parts_are_the_rows_in_order_of_time(done, scored):
    record = done.document("execution_record")["split"]
    cuts = record["validation_start_utc"], record["test_start_utc"]
    for row in scored:
        at = row["event_time_utc"]
        expected = "train" if at < cuts[0] else "validation" if at < cuts[1] else "test"
        assert row["part"] == expected
    for name in PARTS:
        rows = [row for row in scored if row["part"] == name]
        assert record["parts"][name]["rows"] == len(rows)
        assert record["parts"][name]["positives"] == sum(row["label"] == "1" for row in rows)


def test_labels_and_amounts_are_those_of_the_raw_rows(done, scored):
    raw = {row["event_id"]: row for row in table(done.data_file())}
    for row in scored:
        mine = raw[row["subject_key"]]
        assert row["label"] == mine["is_fraud"]
        assert float(row["amount"]) == float(mine["amount"])


def test_discrimination_is_scikit_learns(part):
    figures, scores, labels, _ = part
    assert figures["rows"] == len(labels) and figures["positives"] == labels.sum()
    assert figures["figures"]["auc_roc"] == pytest.approx(roc_auc_score(labels, scores), abs=EXACT)
    assert figures["figures"]["average_precision"] == pytest.approx(average_precision_score(labels, scores), abs=EXACT)


def test_losses_are_scikit_learns(part):
    figures, scores, labels, _ = part
    assert figures["figures"]["log_loss"] == pytest.approx(log_loss(labels, scores, labels=[0, 1]), abs=EXACT)
    assert figures["figures"]["brier"] == pytest.approx(brier_score_loss(labels, scores), abs=EXACT)


def test_calibration_is_scikit_learns(part):
    figures, scores, labels, _ = part
    bins = [b for b in figures["calibration"] if b["rows"]]
    observed, mean = calibration_curve(labels, scores, n_bins=10, strategy="uniform")
    assert [b["observed_rate"] for b in bins] == pytest.approx(list(observed), abs=EXACT)
    assert [b["mean_score"] for b in bins] == pytest.approx(list(mean), abs=EXACT)
    assert sum(b["rows"] for b in bins) == len(labels)
    error = sum(b["rows"] / len(labels) * abs(o - m) for b, o, m in zip(bins, observed, mean))
    assert figures["figures"]["expected_calibration_error"] == pytest.approx(error, abs=EXACT)


def best_first(scores, keys):
    """Highest score first; among equals the lower key."""
    return sorted(range(len(keys)), key=lambda i: (-scores[i], keys[i].encode()))


def test_the_figures_of_the_top_rows_are_counted_by_hand(part):
    figures, scores, labels, keys = part
    order = best_first(scores, keys)
    found = figures["figures"]
    wanted = [int(name.removeprefix("precision_at_")) for name in found if name.removeprefix("precision_at_").isdigit()]
    assert wanted
    for k in wanted:
        caught = int(labels[order[:k]].sum())
        assert found[f"precision_at_{k}"] == pytest.approx(caught / k, abs=EXACT)
        assert found[f"recall_at_{k}"] == pytest.approx(caught / labels.sum(), abs=EXACT)
        assert found[f"lift_at_{k}"] == pytest.approx(caught / k / labels.mean(), abs=EXACT)


def test_the_figures_at_an_alert_rate_are_counted_by_hand(part):
    figures, scores, labels, keys = part
    order = best_first(scores, keys)
    assert figures["alert_rates"]
    for at in figures["alert_rates"]:
        alerts = int(numpy.floor(at["rate"] * len(keys) + 1e-9))
        assert at["alerts"] == alerts
        found = {what: figures["figures"][f"{what}_at_alert_rate_{at['rate']}"] for what in ("precision", "recall")}
        if alerts == 0:
            assert found["precision"] is None and at["threshold"] is None
            continue
        caught = int(labels[order[:alerts]].sum())
        assert at["threshold"] == scores[order[alerts - 1]]
        assert found["precision"] == pytest.approx(caught / alerts, abs=EXACT)
        assert found["recall"] == pytest.approx(caught / labels.sum(), abs=EXACT)


def test_the_gate_judged_the_reported_figures(done, report):
    test = report["metrics"]["parts"]["test"]
    by_id = {criterion["id"]: criterion for criterion in done.document("gate_receipt")["criteria"]}
    assert by_id["ranking"]["observed"] == test["figures"]["auc_roc"]
    assert by_id["calibration"]["observed"] == test["figures"]["expected_calibration_error"]
    assert all(c["outcome"] == "PASS" for c in by_id.values() if c["severity"] == "block")
