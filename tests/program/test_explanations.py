"""Explanations: every figure is what plain XGBoost, numpy and scipy give for the same model and rows."""

import csv
import datetime
import io
import itertools
import json

import numpy
import pytest
import scipy.stats
import xgboost

from card_rows import ROLES, card_rows
from card_store import TRAINING
from documents import require_valid
from test_algorithms import SAYS, judge_ranking_only, say
from test_tamper import forge
from workplace import sha256

ASKED = {"rows": 300, "top_features": 2, "interactions": 2, "reason_codes": 2}
WITH_SHOP = {**ROLES, "shop": ("string", ["feature"])}
KINDS = {**SAYS, "categories": SAYS["trees"]}


def ask(work, **asked):
    work.edit(TRAINING, lambda profile: profile["evaluation"].update(explanations=asked or ASKED))
    return work


def lay_rows(work, name, count):
    rows = card_rows(count)
    if name != "categories":
        return work.repin(rows)
    for i, row in enumerate(rows):
        row["shop"] = ["kiosk", "market"][i % 2] if row["is_fraud"] == "1" else ["market", "online", "kiosk", ""][i % 4]
    return work.repin(rows, columns=tuple(WITH_SHOP), roles=WITH_SHOP)


@pytest.fixture(scope="module", params=KINDS)
def named(request, made_cards, tmp_path_factory):
    """The name of an algorithm, and the workplace of a run that was explained, to look at. Its test part has four weeks."""
    cards = made_cards.copied_to(tmp_path_factory.mktemp("explained") / "cards")
    judge_ranking_only(cards)
    lay_rows(cards, request.param, 2400)
    ask(say(cards, *KINDS[request.param])).run()
    return request.param, cards


@pytest.fixture
def explained(cards):
    judge_ranking_only(cards)
    ask(cards).run()
    return cards


def table(path):
    return list(csv.DictReader(io.StringIO(path.read_text())))


class Python:
    """The model and the rows, out of the published bundle and the raw data."""

    def __init__(self, work):
        contract = json.loads((work.bundle() / "scoring_contract.json").read_text())
        self.names = [feature["name"] for feature in contract["features"]]
        codes = {name: {text: code for code, text in enumerate(texts)} for name, texts in contract.get("categories", {}).items()}
        raw = {row["event_id"]: row for row in table(work.data_file())}
        self.tested = [row for row in table(work.recorded()["scored_rows"]) if row["part"] == "test"]
        count = min(ASKED["rows"], len(self.tested))
        self.rows = [self.tested[i * len(self.tested) // count] for i in range(count)]

        def value(row, name):
            if name in codes:
                return codes[name].get(row[name], numpy.nan)
            return float(row[name]) if row[name] else numpy.nan

        self.values_of = lambda row: [value(row, name) for name in self.names]
        self.values = numpy.array([self.values_of(raw[row["subject_key"]]) for row in self.rows], "f4")
        self.types = ["c" if name in codes else "float" for name in self.names]
        self.model = xgboost.Booster(model_file=str(work.bundle() / "model.ubj"))

    def predict(self, values, **how):
        matrix = xgboost.DMatrix(values, feature_names=self.names, feature_types=self.types, enable_categorical="c" in self.types)
        return self.model.predict(matrix, **how)

    def contributions(self):
        return self.predict(self.values, pred_contribs=True).astype("f8")


def near(value):
    return pytest.approx(value, rel=1e-12, abs=1e-15)


def correlation(values, effects):
    seen = ~numpy.isnan(values)
    values, effects = values[seen].astype("f8"), effects[seen]
    if not values.std() or not effects.std():
        return None
    return numpy.corrcoef(values, effects)[0, 1]


def test_the_features_are_those_of_pred_contribs(named):
    _, work = named
    told, python = work.document("explanations"), Python(work)
    effects = python.contributions()[:, :-1]
    sizes = numpy.abs(effects).mean(0)
    order = sorted(range(len(sizes)), key=lambda j: (-sizes[j], j))
    assert [feature["feature"] for feature in told["features"]] == [python.names[j] for j in order[:2]]
    assert told["features_left_out"] == len(python.names) - 2
    for j, feature in zip(order, told["features"]):
        assert feature["mean_abs_shap"] == near(sizes[j])
        assert feature["mean_shap"] == pytest.approx(effects[:, j].mean(), rel=1e-9, abs=1e-12)
        assert feature["share"] == near(sizes[j] / sizes.sum())
        expected = None if python.types[j] == "c" else correlation(python.values[:, j], effects[:, j])
        assert feature["value_correlation"] == (None if expected is None else pytest.approx(expected, abs=1e-9))


def test_contributions_and_base_value_sum_to_the_margin(named):
    _, work = named
    told, python = work.document("explanations"), Python(work)
    effects, margins = python.contributions(), python.predict(python.values, output_margin=True).astype("f8")
    differences = numpy.abs(effects.sum(1) - margins)
    check = told["sum_check"]
    assert check["holds"] and check["tolerance"] == 1e-5
    assert check["largest_difference"] == pytest.approx(differences.max(), abs=1e-12) and check["largest_difference"] < 1e-5
    assert check["largest_relative_difference"] == pytest.approx((differences / numpy.maximum(1, numpy.abs(margins))).max(), abs=1e-12)
    assert [told["base_value"]] == list(set(effects[:, -1]))


def test_importances_are_those_of_get_score(named):
    name, work = named
    told, python = work.document("explanations"), Python(work)
    linear = told["method"] == "linear"
    assert linear == name.startswith("linear")
    for kind in ["weight"] if linear else ["weight", "gain", "cover", "total_gain", "total_cover"]:
        scores = python.model.get_score(importance_type=kind)
        missing = None if kind in ("gain", "cover") else 0
        for feature in told["features"]:
            assert feature["importance"][kind] == scores.get(feature["feature"], missing), kind
    for feature in told["features"] if linear else []:
        assert {kind for kind, value in feature["importance"].items() if value is None} == {
            "gain", "cover", "total_gain", "total_cover"}
    assert ("features.importance.gain" in told["undefined"]) == any(f["importance"]["gain"] is None for f in told["features"])


def test_pairs_are_those_of_pred_interactions(named):
    _, work = named
    told, python = work.document("explanations"), Python(work)
    if told["method"] == "linear":
        assert "interactions" not in told and told["undefined"]["interactions"] == "a linear model has no interactions"
        return
    rows = told["interactions"]["rows"]
    assert rows == len(python.rows) == 300  # few rounds and few features: as many as were explained
    matrix = python.predict(python.values, pred_interactions=True).astype("f8")
    pairs = {(a, b): matrix[:, a, b] + matrix[:, b, a] for a, b in itertools.combinations(range(len(python.names)), 2)}
    sizes = {pair: numpy.abs(effects).mean() for pair, effects in pairs.items()}
    order = [pair for pair in sorted(sizes, key=lambda pair: (-sizes[pair], pair)) if sizes[pair] > 0][:2]
    assert [(pair["first"], pair["second"]) for pair in told["interactions"]["pairs"]] == [
        (python.names[a], python.names[b]) for a, b in order]
    for pair, said in zip(order, told["interactions"]["pairs"]):
        assert said["mean_abs_shap"] == near(sizes[pair])
        assert said["mean_shap"] == pytest.approx(pairs[pair].mean(), rel=1e-9, abs=1e-12)
        assert said["sign"] == {1: "positive", -1: "negative", 0: "none"}[int(numpy.sign(said["mean_shap"]))]


def test_weeks_are_held_against_the_whole(named):
    _, work = named
    told, python = work.document("explanations"), Python(work)
    sizes = numpy.abs(python.contributions()[:, :-1])
    top = told["stability"]["top"]
    assert top == min(2, (len(python.names) + 1) // 2)
    days = [datetime.date.fromisoformat(row["event_time_utc"][:10]) for row in python.rows]
    mondays = [str(day - datetime.timedelta(days=day.weekday())) for day in days]
    assert [week["week"] for week in told["stability"]["weeks"]] == sorted(set(mondays)) and len(set(mondays)) >= 3

    def first(means):
        return sorted(range(len(means)), key=lambda j: (-means[j], j))[:top]

    whole = sizes.mean(0)
    for week in told["stability"]["weeks"]:
        of_week = sizes[[monday == week["week"] for monday in mondays]]
        means = of_week.mean(0)
        assert week["rows"] == len(of_week)
        assert week["top"] == [python.names[j] for j in first(means)]
        if week["rows"] < 30:
            assert (week["overlap"], week["rank_correlation"]) == (None, None) and "fewer than 30" in week["reason"]
            continue
        assert week["overlap"] == len(set(first(means)) & set(first(whole))) / top
        assert week["rank_correlation"] == pytest.approx(scipy.stats.spearmanr(whole, means)[0], abs=1e-12)
    for figure in ("overlap", "rank_correlation"):
        assert told["stability"]["lowest_" + figure] == min(
            week[figure] for week in told["stability"]["weeks"] if week[figure] is not None)


def test_the_document_is_of_the_evaluation_and_says_which_rows(named):
    _, work = named
    told, recorded = work.document("explanations"), work.recorded()
    require_valid(told)
    assert recorded["explanations"] == work.run_folder / "evidence/explanations.json"
    assert told["run_key"] == work.run_key
    assert told["model_sha256"] == sha256(recorded["model"].read_bytes())
    assert told["scored_rows_sha256"] == sha256(recorded["scored_rows"].read_bytes())
    assert told["input_fingerprint"] == work.document("plan")["input_fingerprint"]
    assert told["explained"] == {"part": "test", "rows_in_part": 480, "rows": 300, "chosen_by": "evenly_spaced"}


def test_all_rows_are_explained_where_there_are_no_more(explained):
    told = explained.document("explanations")
    assert told["explained"] == {"part": "test", "rows_in_part": 120, "rows": 120, "chosen_by": "all"}


def test_a_run_is_verified_and_reproduced_with_its_explanations(named):
    _, work = named
    assert work.mf("verify", "--run", work.run_key)["outcome"] == "VERIFIED"
    for threads in (1, 3):
        told = work.mf("reproduce", "--run", work.run_key, "--threads", threads)
        assert told["outcome"] == "REPRODUCED" and "explanations" in told["figures"]["compared"]


def test_without_being_asked_nothing_is_explained(finished):
    assert "explanations" not in finished.recorded()
    assert not (finished.run_folder / "evidence/explanations.json").exists()


def test_pairs_are_left_out_where_nobody_asks(cards):
    ask(cards, rows=50, top_features=3).run()
    told = cards.document("explanations")
    assert "interactions" not in told and "interactions" not in told["undefined"]


# Reason codes.


def test_each_scored_row_names_the_features_that_raise_its_score_most(named):
    _, work = named
    python = Python(work)
    rows = table(work.recorded()["scored_rows"])
    raw = {row["event_id"]: row for row in table(work.data_file())}
    effects = python.predict(numpy.array([python.values_of(raw[row["subject_key"]]) for row in rows], "f4"), pred_contribs=True)
    for row, of_row in zip(rows, effects[:, :-1]):
        order = sorted((j for j in range(len(of_row)) if of_row[j] > 0), key=lambda j: (-of_row[j], j))
        assert row["reason_codes"] == ";".join(python.names[j] for j in order[:2]), row["subject_key"]
    assert len({row["reason_codes"] for row in rows}) > 3


def test_the_scoring_contract_says_that_there_are_reason_codes(named):
    _, work = named
    contract = json.loads((work.bundle() / "scoring_contract.json").read_text())
    require_valid(contract)
    assert contract["reason_codes"]["most"] == work.document("explanations")["reason_codes"] == 2
    assert contract["reason_codes"]["method"] == work.document("explanations")["method"]


def test_without_being_asked_there_are_none(cards):
    ask(cards, rows=50, top_features=3).run()
    assert "reason_codes" not in table(cards.recorded()["scored_rows"])[0]
    assert "reason_codes" not in json.loads((cards.bundle() / "scoring_contract.json").read_text())
    assert "reason_codes" not in cards.document("explanations")


def test_a_name_with_a_semicolon_can_be_told_from_two(cards):
    roles = {"a;b" if name == "velocity" else name: role for name, role in ROLES.items()}
    rows = [{"a;b" if name == "velocity" else name: value for name, value in row.items()} for row in card_rows()]
    judge_ranking_only(cards)
    ask(cards.repin(rows, columns=tuple(roles), roles=roles)).run()
    assert r"a\;b;amount" in {row["reason_codes"] for row in table(cards.recorded()["scored_rows"])}


# What is changed, gone or of others.


def evaluated(cards):
    ask(cards).phases("resolve", "train", "eval")
    return cards


@pytest.mark.parametrize("phase", ["gate", "verify", "eval"])
@pytest.mark.parametrize("harm, code", [("change", "EVIDENCE_DIGEST_MISMATCH"), ("remove", "EVIDENCE_UNRESOLVED")])
def test_no_phase_goes_on_without_them(cards, phase, harm, code):
    work = evaluated(cards)
    place = work.recorded()["explanations"]
    if harm == "remove":
        place.unlink()
    else:
        place.write_text(place.read_text().replace('"features_left_out":1', '"features_left_out":2'))
    if phase == "verify":
        told = work.ask_mf("verify", "--run", work.run_key)
        assert told.exit == 1 and "explanations" in told.out
        return
    told = work.ask_mf(phase, work.request_file)
    assert (told["outcome"], told.code) == ("FAILED", code)


@pytest.mark.parametrize("field", ["model_sha256", "scored_rows_sha256", "input_fingerprint"])
def test_those_of_another_evaluation_are_refused(cards, field):
    work = evaluated(cards)
    forge(work, lambda places: {"explanations": {**work.document("explanations"), field: "0" * 64}})
    told = work.ask_mf("gate", work.request_file)
    assert (told["outcome"], told.code) == ("FAILED", "EVIDENCE_DIGEST_MISMATCH")
    assert told["failure"]["context"]["pointer"] == "/" + field
    told = work.ask_mf("verify", "--run", work.run_key)
    assert told.exit == 1 and "/" + field in told.out
