"""Features that are texts: coded by the train rows, recorded, and understood by plain Python out of the published bundle."""

import csv
import io
import json

import numpy
import pytest
import xgboost

from card_rows import ROLES, card_rows, csv_text

WITH_SHOP = {**ROLES, "shop": ("string", ["feature"])}
NUMBERS = ["amount", "velocity", "noise"]


def shops(count=600):
    """Fraud likes two of the shops; some rows have none, and the last rows have one that nobody has seen before."""
    rows = card_rows(count)
    for i, row in enumerate(rows):
        fraud = row["is_fraud"] == "1"
        row["shop"] = ["Ähren & Söhne", "kiosk"][i % 2] if fraud and i % 3 else ["market", "online, far", "kiosk", ""][i % 4]
        if i >= count - 12:
            row["shop"] = "new"
    return rows


@pytest.fixture
def work(cards):
    cards.edit("profiles/governance.yaml", lambda policy: policy.update(criteria=policy["criteria"][:1]))
    cards.repin(shops(), columns=tuple(WITH_SHOP), roles=WITH_SHOP)
    return cards


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


def dictionary_of(bundle):
    return json.loads((bundle / "scoring_contract.json").read_text())["categories"]["shop"]


def predicted(work):
    """What plain xgboost says of every raw row, by key: texts are coded as the scoring contract says."""
    contract = json.loads((work.bundle() / "scoring_contract.json").read_text())
    names = [feature["name"] for feature in contract["features"]]
    codes = {text: code for code, text in enumerate(contract["categories"]["shop"])}

    def value(row, name):
        if name == "shop":
            return codes.get(row[name], numpy.nan)
        return float(row[name]) if row[name] else numpy.nan

    raw = table(work.data_file())
    matrix = numpy.array([[value(row, name) for name in names] for row in raw], "f4")
    model = xgboost.Booster(model_file=str(work.bundle() / "model.ubj"))
    types = ["c" if name == "shop" else "float" for name in names]
    scores = model.predict(xgboost.DMatrix(matrix, feature_names=names, feature_types=types, enable_categorical=True))
    return {row["event_id"]: score for row, score in zip(raw, scores)}


def test_plain_xgboost_gives_the_same_scores_by_the_contract_alone(work):
    work.run()
    scores = predicted(work)
    rows = table(work.recorded()["scored_rows"])
    assert [row for row in rows if numpy.float32(row["score"]) != scores[row["subject_key"]]] == []
    assert "shop" in json.dumps(xgboost.Booster(model_file=str(work.bundle() / "model.ubj")).get_fscore())


def test_the_codes_are_the_texts_of_the_train_rows_by_bytes(work):
    work.run()
    rows = table(work.recorded()["scored_rows"])
    parts = {row["subject_key"]: row["part"] for row in rows}
    seen = {row["shop"] for row in shops() if parts.get(row["event_id"]) == "train"} - {""}
    assert dictionary_of(work.bundle()) == sorted(seen, key=str.encode)
    assert "new" not in seen
    assert work.document("execution_record")["engine"]["categories"] == {"shop": sorted(seen, key=str.encode)}


@pytest.mark.parametrize("threads", [1, 4])
def test_threads_are_no_part_of_the_model(threads, work, tmp_path):
    other = work.copied_to(tmp_path / "other")
    other.wire(threads=threads)
    work.run()
    other.run()
    assert (other.bundle() / "model.ubj").read_bytes() == (work.bundle() / "model.ubj").read_bytes()


def test_a_text_that_tells_the_label_is_suspected(work):
    rows = shops()
    for row in rows:
        row["shop"] = "bad" if row["is_fraud"] == "1" else "good"
    work.repin(rows, columns=tuple(WITH_SHOP), roles=WITH_SHOP)
    work.edit("profiles/training.yaml", lambda profile: profile["leakage"].update(suspect_single_feature_auc=0.995))
    told = work.ask_mf("run", work.request_file)
    assert told.code == "LEAKAGE_GUARD_VIOLATION"
    assert "shop=1.000000" in told.result["failure"]["message"]


def test_a_category_without_any_text_is_refused(work):
    rows = [{**row, "shop": ""} for row in shops()]
    work.repin(rows, columns=tuple(WITH_SHOP), roles=WITH_SHOP)
    told = work.ask_mf("run", work.request_file)
    assert told.code == "DATA_INVALID"
    assert "shop" in told.result["failure"]["message"]
