"""What each intent means: told by whole runs against a registry that holds a published champion. docs/intents.md."""

import csv
import io
import json
import shutil

import numpy
import pytest
import xgboost

from card_rows import COLUMNS, ROLES, card_rows
from card_store import GOVERNANCE, TRAINING, CardStore
from test_categories import WITH_SHOP, shops

NEW_ROWS = {"count": 300, "seed": 2, "prefix": "n"}


class Challenger(CardStore):
    """A workplace of its own, whose registry is a copy of the champion's."""

    def beside(self, champion, rows=None, **how):
        shutil.rmtree(self.registry, ignore_errors=True)
        self.lay_out()
        shutil.rmtree(self.registry)
        shutil.copytree(champion.registry, self.registry)
        return self.on(card_rows(**NEW_ROWS) if rows is None else rows, **how)

    def on(self, rows, name="dm_new", **how):
        self.ask(dataset_manifest_refs=[self.put_dataset(name, rows, **how)])
        return self

    def evaluating(self, bundle):
        """A candidate_eval of `bundle`, which its request would publish."""
        self.edit(TRAINING, lambda p: p.update(split_strategy="all_test", split={}, candidate=bundle))
        self.ask(intent_kind="candidate_eval", publish_allowed=True)
        return self

    def compared_with(self, bundle):
        margin = {"id": "no_worse", "metric": "auc_roc", "part": "test", "margin": 0.5, "severity": "block"}
        self.edit(GOVERNANCE, lambda p: p.update(baseline=bundle, comparisons=[margin]))
        self.edit(TRAINING, lambda p: p["evaluation"].update(bootstrap={"resamples": 50, "cluster_by": "entity_key"}))
        return self

    def superseding(self, bundle, reason="labels of May came late"):
        self.edit(TRAINING, lambda p: p.update(supersedes={**bundle, "reason": reason}))
        self.ask(intent_kind="backfill_retrain")
        return self

    def scored(self):
        return list(csv.DictReader(io.StringIO(self.recorded()["scored_rows"].read_text())))

    def plan(self):
        return self.document("plan")


def bundle_of(work):
    manifest = json.loads((work.bundle() / "bundle_manifest.json").read_text())
    return {name: manifest[name] for name in ("bundle_id", "bundle_version")}


@pytest.fixture(scope="session")
def champion(made_cards, tmp_path_factory):
    place = made_cards.copied_to(tmp_path_factory.mktemp("champion") / "cards")
    place.run()
    return place


@pytest.fixture(scope="session")
def shop_champion(made_cards, tmp_path_factory):
    """Of rows with a feature that is a text."""
    place = made_cards.copied_to(tmp_path_factory.mktemp("champion") / "shops")
    place.edit(GOVERNANCE, lambda policy: policy.update(criteria=policy["criteria"][:1]))
    place.repin(shops(), columns=tuple(WITH_SHOP), roles=WITH_SHOP).run()
    return place


@pytest.fixture
def work(champion, tmp_path):
    return Challenger(tmp_path / "challenger").beside(champion)


@pytest.fixture
def candidate_eval(work, champion):
    return work.evaluating(bundle_of(champion))


def predictions(champion, rows, names, codes=None):
    """What plain xgboost says of `rows`, by key, with the model of the champion's bundle."""
    def value(row, name):
        if codes and name in codes:
            return codes[name].index(row[name]) if row[name] in codes[name] else numpy.nan
        return float(row[name]) if row[name] else numpy.nan

    matrix = numpy.array([[value(row, name) for name in names] for row in rows], "f4")
    model = xgboost.Booster(model_file=str(champion.bundle() / "model.ubj"))
    types = ["c" if codes and name in codes else "float" for name in names]
    scores = model.predict(xgboost.DMatrix(matrix, feature_names=names, feature_types=types, enable_categorical=True))
    return {row["event_id"]: score for row, score in zip(rows, scores)}


def refusal(work, *names):
    told = work.ask_mf(*(names or ("run", work.request_file)))
    failure = told["failure"]
    return failure["code"], told.exit, failure["context"].get("pointer"), failure["hint"]


# candidate_eval.

def test_a_candidate_is_evaluated_on_new_rows_and_nothing_is_trained(candidate_eval, champion):
    told = candidate_eval.run()
    assert told["outcome"] == "PASS"
    artifact, record = candidate_eval.document("train_artifact"), candidate_eval.document("execution_record")
    assert artifact["adopted"] == record["adopted"]["bundle"] == bundle_of(champion)
    assert candidate_eval.recorded()["model"].read_bytes() == (champion.bundle() / "model.ubj").read_bytes()
    assert record["engine"]["rounds_run"] == 0
    assert record["engine"]["rounds_kept"] == champion.document("execution_record")["engine"]["rounds_kept"]
    parts = {name: count["rows"] for name, count in record["split"]["parts"].items()}
    assert parts["train"] == parts["validation"] == 0 and parts["test"] == 300
    assert record["adopted"]["operating_points"] == json.loads(
        (champion.bundle() / "scoring_contract.json").read_text())["operating_points"]


def test_the_scores_are_those_of_the_bundles_model(candidate_eval, champion):
    candidate_eval.run()
    scored = candidate_eval.scored()
    assert {row["part"] for row in scored} == {"test"}
    expected = predictions(champion, card_rows(**NEW_ROWS), ["amount", "velocity", "noise"])
    assert {row["subject_key"]: numpy.float32(row["score"]) for row in scored} == expected


def test_the_order_of_columns_does_not_matter_to_a_candidate(candidate_eval, champion):
    candidate_eval.on(card_rows(**NEW_ROWS), columns=tuple(reversed(COLUMNS))).run()
    expected = predictions(champion, card_rows(**NEW_ROWS), ["amount", "velocity", "noise"])
    assert {row["subject_key"]: numpy.float32(row["score"]) for row in candidate_eval.scored()} == expected
    assert candidate_eval.document("train_artifact")["feature_names"] == ["amount", "velocity", "noise"]


def test_a_candidate_reads_categories_as_its_scoring_contract_does(shop_champion, tmp_path):
    rows = shops()[::-1][:400]
    for i, row in enumerate(rows):
        row["event_id"] = f"n{i}"
    work = Challenger(tmp_path / "work").beside(shop_champion, rows, columns=tuple(WITH_SHOP), roles=WITH_SHOP)
    work.edit(GOVERNANCE, lambda policy: policy.update(criteria=policy["criteria"][:1]))
    work.evaluating(bundle_of(shop_champion)).run()
    codes = json.loads((shop_champion.bundle() / "scoring_contract.json").read_text())["categories"]
    expected = predictions(shop_champion, rows, ["amount", "velocity", "noise", "shop"], codes)
    assert {row["subject_key"]: numpy.float32(row["score"]) for row in work.scored()} == pytest.approx(expected, nan_ok=True)
    assert work.document("execution_record")["engine"]["categories"] == codes


def test_what_a_candidate_eval_leaves_can_be_verified_and_made_again(candidate_eval):
    candidate_eval.run()
    assert candidate_eval.mf("verify", candidate_eval.run_key, "--inputs")["outcome"] == "VERIFIED"
    assert candidate_eval.mf("reproduce", candidate_eval.run_key)["outcome"] == "REPRODUCED"


def test_a_candidate_eval_never_publishes_whatever_its_request_allows(candidate_eval):
    told = candidate_eval.run()
    assert candidate_eval.request()["publish_allowed"] is True
    assert not told.result.get("next")
    before = candidate_eval.published()
    assert refusal(candidate_eval, "publish", "--run", candidate_eval.run_key)[:2] == ("PUBLISH_NOT_ALLOWED", 77)
    assert candidate_eval.published() == before
    eligibility = candidate_eval.document("publish_eligibility")
    assert (eligibility["decision"], eligibility["reason_codes"]) == ("INELIGIBLE", ["EVALUATION_ONLY"])
    assert candidate_eval.mf("status", candidate_eval.run_key).result.get("next") in (None, "")
    assert "publishes nothing" in candidate_eval.say("run", candidate_eval.request_file).out


def test_a_candidate_that_fails_its_gate_fails(candidate_eval):
    candidate_eval.edit(GOVERNANCE, lambda p: p["criteria"][0].update(at_least=0.999999))
    assert candidate_eval.run(expect=1)["outcome"] == "FAIL"
    assert candidate_eval.document("publish_eligibility")["reason_codes"] == ["GATE_FAIL"]
    assert refusal(candidate_eval, "publish", "--run", candidate_eval.run_key)[0] == "PUBLISH_NOT_ALLOWED"


def test_guards_look_at_the_rows_that_test(candidate_eval):
    candidate_eval.run()
    guards = {guard["guard"]: guard for guard in candidate_eval.document("leakage_certificate")["guards"]}
    assert guards["single_feature_auc"]["rows_checked"] == 300
    assert guards["parts_overlap_in_time"]["status"] == "not_applicable"
    assert [part["part"] for part in candidate_eval.document("leakage_certificate")["parts"]] == ["test"]


def test_a_feature_that_tells_the_label_is_refused_where_nothing_is_trained_too(candidate_eval):
    rows = card_rows(**NEW_ROWS)
    for row in rows:
        row["velocity"] = row["is_fraud"]
    assert refusal(candidate_eval.on(rows))[0] == "LEAKAGE_GUARD_VIOLATION"


def test_rows_that_made_the_candidate_cannot_test_it(candidate_eval, champion):
    candidate_eval.ask(dataset_manifest_refs=[candidate_eval.put_dataset("dm_cards", card_rows())])
    code, status, _, _ = refusal(candidate_eval, "resolve", candidate_eval.request_file)
    assert (code, status) == ("LEAKAGE_GUARD_VIOLATION", 65)
    # Nor do they under another name.
    other = json.loads(champion.manifest().read_text())["dataset_fingerprint"]
    candidate_eval.ask(request_id="request-0002", dataset_manifest_refs=[candidate_eval.put_dataset(
        "dm_alias", card_rows(), of_manifest={"dataset_fingerprint": other}, of_materialization={"dataset_fingerprint": other})])
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[0] == "LEAKAGE_GUARD_VIOLATION"


@pytest.mark.parametrize("change, code, pointer", [
    (lambda p: p.pop("candidate"), "TRAINING_PROFILE_INVALID", "/candidate"),
    (lambda p: p.update(split_strategy="time_based", split={"train": 0.6, "validation": 0.2, "test": 0.2}),
     "TRAINING_PROFILE_INVALID", "/split_strategy"),
    (lambda p: p.update(split={"train": 0.6, "validation": 0.2, "test": 0.2}), "TRAINING_PROFILE_INVALID", "/split"),
    (lambda p: p.update(algorithm_id="xgboost.dart"), "TRAINING_PROFILE_INVALID", "/algorithm_id"),
    (lambda p: p["algorithm"].update(objective="reg:squarederror"), "TRAINING_PROFILE_INVALID", "/algorithm/objective"),
    (lambda p: p.update(supersedes={**p["candidate"], "reason": "why not"}), "TRAINING_PROFILE_INVALID", "/supersedes"),
    (lambda p: p["candidate"].update(bundle_id="0" * 64), "EVIDENCE_UNRESOLVED", None),
    (lambda p: p["candidate"].update(bundle_version="v0-000000000000"), "EVIDENCE_UNRESOLVED", None),
    (lambda p: p["candidate"].update(bundle_id="../../somewhere"), "TRAINING_PROFILE_INVALID", "/candidate/bundle_id"),
])
def test_a_profile_that_does_not_describe_a_candidate_is_refused(candidate_eval, change, code, pointer):
    candidate_eval.edit(TRAINING, change)
    found, status, at, hint = refusal(candidate_eval, "resolve", candidate_eval.request_file)
    assert (found, at) == (code, pointer) and hint
    assert status == (66 if code == "EVIDENCE_UNRESOLVED" else 65)


def without(name):
    return tuple(column for column in COLUMNS if column != name)


def test_rows_without_the_very_features_of_a_candidate_are_refused(candidate_eval):
    rows = card_rows(**NEW_ROWS)
    candidate_eval.on(rows, name="dm_fewer", columns=without("noise"))
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[0] == "FEATURE_SCHEMA_INCOMPATIBLE"
    more = {**ROLES, "extra": ("float32", ["feature"])}
    candidate_eval.on([{**row, "extra": "1"} for row in rows], name="dm_more", columns=tuple(more), roles=more)
    candidate_eval.ask(request_id="request-0002")
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[0] == "FEATURE_SCHEMA_INCOMPATIBLE"
    text = {**ROLES, "noise": ("string", ["feature"])}
    candidate_eval.on(rows, name="dm_text", roles=text).ask(request_id="request-0003")
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[0] == "FEATURE_SCHEMA_INCOMPATIBLE"


@pytest.mark.parametrize("intent", ["baseline_train", "regression_check", "backfill_retrain"])
def test_only_a_candidate_eval_may_name_a_candidate(candidate_eval, intent):
    candidate_eval.ask(intent_kind=intent)
    code, _, pointer, _ = refusal(candidate_eval, "resolve", candidate_eval.request_file)
    assert (code, pointer) == ("TRAINING_PROFILE_INVALID", "/candidate")
    candidate_eval.edit(TRAINING, lambda p: p.pop("candidate"))
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[2] == "/split_strategy"


def chosen(work):
    return work.document("eval_report")["metrics"].get("operating_point")


def asking_for(work, **point):
    work.edit(TRAINING, lambda p: p["evaluation"].update(operating_point=point))
    return work


def test_the_threshold_of_a_candidate_is_its_bundles(made_cards, tmp_path):
    champion = asking_for(made_cards.copied_to(tmp_path / "champion"), rule="max_fpr", value=0.05)
    champion.run()
    threshold = chosen(champion)["threshold"]
    work = Challenger(tmp_path / "work").beside(champion).evaluating(bundle_of(champion))
    work.run()
    assert chosen(work) == {"rule": "max_fpr", "value": 0.05, "threshold": threshold, "chosen_on": "bundle"}
    other = Challenger(tmp_path / "other").beside(champion).evaluating(bundle_of(champion))
    asking_for(other, rule="alert_rate", value=0.1).run()
    rates = json.loads((champion.bundle() / "scoring_contract.json").read_text())["operating_points"]
    assert chosen(other)["threshold"] == {rate["alert_rate"]: rate["threshold"] for rate in rates}[0.1]


def test_a_threshold_is_never_chosen_on_rows_that_test(candidate_eval):
    asking_for(candidate_eval, rule="min_recall", value=0.8)
    assert refusal(candidate_eval, "resolve", candidate_eval.request_file)[:3] == (
        "TRAINING_PROFILE_INVALID", 65, "/evaluation/operating_point")


# What is read of the registry.

MEMBERS = ["model.ubj", "scoring_contract.json", "bundle_manifest.json", "bundle_publication.json", "eval_report.json",
           "gate_receipt.json"]


@pytest.mark.parametrize("member", MEMBERS)
def test_a_bundle_that_lost_a_file_is_not_used(candidate_eval, member):
    (candidate_eval.bundle() / member).unlink() if member != "bundle_publication.json" else [
        file.unlink() for file in candidate_eval.registry.rglob(member)]
    assert refusal(candidate_eval)[:2] == ("EVIDENCE_UNRESOLVED", 66)


@pytest.mark.parametrize("member", MEMBERS)
def test_a_bundle_that_was_changed_is_not_used(candidate_eval, member):
    file = candidate_eval.bundle() / member
    data = file.read_bytes()
    file.chmod(0o644)
    at = data.find(b'"v0-') + 6 if member == "bundle_publication.json" else len(data) // 2
    file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:])
    assert refusal(candidate_eval)[:2] == ("BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION", 73)


def test_a_bundle_is_verified_again_when_it_is_used(candidate_eval):
    candidate_eval.phase("resolve")
    model = candidate_eval.bundle() / "model.ubj"
    model.chmod(0o644)
    model.write_bytes(model.read_bytes() + b"\0")
    assert refusal(candidate_eval, "train", candidate_eval.request_file)[0] == "BUNDLE_PACKAGE_IMMUTABILITY_VIOLATION"


def test_a_registry_that_does_not_answer_is_waited_for(candidate_eval):
    away = candidate_eval.registry.rename(candidate_eval.folder / "away")
    assert refusal(candidate_eval)[:2] == ("REGISTRY_UNAVAILABLE", 75)
    away.rename(candidate_eval.registry)
    assert candidate_eval.run()["outcome"] == "PASS"


def test_verify_reads_the_bundles_that_a_plan_locked(candidate_eval):
    candidate_eval.run()
    (candidate_eval.bundle() / "eval_report.json").unlink()
    assert candidate_eval.mf("verify", candidate_eval.run_key)["outcome"] == "VERIFIED"
    assert refusal(candidate_eval, "verify", candidate_eval.run_key, "--inputs")[:2] == ("EVIDENCE_UNRESOLVED", 1)


# regression_check.

def test_a_regression_check_locks_its_baseline_and_bundles_name_it(work, champion):
    work.compared_with(bundle_of(champion)).ask(intent_kind="regression_check")
    told = work.run()
    assert told["outcome"] == "PUBLISHED"
    lock = work.plan()["baseline"]
    assert {name: lock[name] for name in ("bundle_id", "bundle_version")} == bundle_of(champion)
    manifest = work.document("bundle_manifest")
    assert manifest["lineage"]["baseline"] == bundle_of(champion)
    assert manifest["intent_kind"] == "regression_check"
    assert work.mf("verify", work.run_key, "--inputs")["outcome"] == "VERIFIED"
    assert work.mf("reproduce", work.run_key)["outcome"] == "REPRODUCED"


def test_a_regression_check_without_a_baseline_is_refused(work):
    work.ask(intent_kind="regression_check")
    assert refusal(work, "resolve", work.request_file)[:3] == ("GOVERNANCE_PROFILE_INVALID", 65, "/baseline")


def test_a_baseline_takes_its_features_by_name(work, champion):
    more = {"extra": ("float32", ["feature"]), **ROLES}
    rows = [{**row, "extra": "1.5"} for row in card_rows(**NEW_ROWS)]
    work.compared_with(bundle_of(champion)).on(rows, columns=("extra", *reversed(COLUMNS)), roles=more)
    work.run()
    expected = predictions(champion, rows, ["amount", "velocity", "noise"])
    found = {row["subject_key"]: numpy.float32(row["baseline_score"]) for row in work.scored()}
    assert found == {key: expected[key] for key in found} and found


def test_a_baseline_whose_features_are_not_all_there_is_refused(work, champion):
    work.compared_with(bundle_of(champion)).on(card_rows(**NEW_ROWS), columns=without("noise"))
    assert refusal(work, "resolve", work.request_file)[:2] == ("FEATURE_SCHEMA_INCOMPATIBLE", 65)


def test_a_bundle_that_is_not_there_is_no_baseline(work, champion):
    work.compared_with({**bundle_of(champion), "bundle_id": "f" * 64})
    assert refusal(work, "resolve", work.request_file)[:2] == ("EVIDENCE_UNRESOLVED", 66)


def test_a_baseline_changes_what_a_plan_is_made_of(work, champion, tmp_path):
    alone = work.copied_to(tmp_path / "alone")
    alone.phase("resolve")
    work.compared_with(bundle_of(champion)).phase("resolve")
    assert "baseline" not in alone.plan()
    assert work.plan()["input_fingerprint"] != alone.plan()["input_fingerprint"]


# backfill_retrain.

def test_a_backfill_says_what_it_supersedes_and_leaves_it_as_it_is(work, champion):
    work.superseding(bundle_of(champion))
    before = work.published()
    assert work.run()["outcome"] == "PUBLISHED"
    manifest = work.document("bundle_manifest")
    assert manifest["lineage"]["supersedes"] == {**bundle_of(champion), "reason": "labels of May came late"}
    assert work.plan()["supersedes"]["reason"] == "labels of May came late"
    assert {key: work.published()[key] for key in before} == before
    assert work.mf("verify", work.run_key, "--inputs")["outcome"] == "VERIFIED"
    assert work.mf("reproduce", work.run_key)["outcome"] == "REPRODUCED"


def test_a_bundle_is_superseded_in_its_own_slot_only(work, champion):
    work.superseding(bundle_of(champion))
    work.ask(target_scope={"environment": "local", "mode": "fraud", "bundle_slot": "shadow"})
    assert refusal(work, "resolve", work.request_file)[:3] == ("TRAINING_PROFILE_INVALID", 65, "/supersedes")


def test_a_backfill_without_what_it_supersedes_is_refused(work):
    work.ask(intent_kind="backfill_retrain")
    assert refusal(work, "resolve", work.request_file)[:3] == ("TRAINING_PROFILE_INVALID", 65, "/supersedes")


@pytest.mark.parametrize("intent", ["baseline_train", "candidate_eval", "regression_check"])
def test_only_a_backfill_may_supersede(work, champion, intent):
    work.superseding(bundle_of(champion)).compared_with(bundle_of(champion)).ask(intent_kind=intent)
    if intent == "candidate_eval":
        work.evaluating(bundle_of(champion))
    assert refusal(work, "resolve", work.request_file)[:3] == ("TRAINING_PROFILE_INVALID", 65, "/supersedes")


@pytest.mark.parametrize("name", ["../../../../../etc", "latest", "a/b"])
def test_a_name_that_is_no_digest_leads_nowhere(work, champion, name):
    work.compared_with({**bundle_of(champion), "bundle_id": name})
    assert refusal(work, "resolve", work.request_file)[1] in (65, 66, 77)
    work.compared_with({**bundle_of(champion), "bundle_version": name})
    assert refusal(work, "resolve", work.request_file)[1] in (65, 66, 77)
