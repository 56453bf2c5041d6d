"""The leakage certificate: its counts are those of Python, what it is bound to, and what the profile may demand of it."""

import csv
import io
import itertools
import json
import statistics

import pytest

from card_rows import COLUMNS, ROLES, card_rows
from card_store import TRAINING
from documents import canonical, content
from test_tamper import forge
from workplace import sha256

PARTS = ("train", "validation", "test")
PAIRS = [("train", "validation"), ("train", "test"), ("validation", "test")]
ALWAYS = ["label_observed_after_asof", "event_after_asof", "label_without_observed_time", "feature_after_event",
          "label_observed_before_event", "duplicate_subject_keys", "parts_overlap_in_time", "entity_overlap",
          "single_feature_auc", "id_like_feature", "duplicate_feature_rows"]
NUMBERED = {**ROLES, "serial": ("int64", ["feature"])}


def demand(work, **leakage):
    work.edit(TRAINING, lambda profile: profile["leakage"].update(leakage))
    return work


def certified(work):
    work.phases("resolve", "train")
    return work.document("leakage_certificate")


def guards(certificate):
    return {guard["guard"]: guard for guard in certificate["guards"]}


def refusal(work):
    told = work.run(expect=65)
    return told["failure"]["code"], told["failure"]["message"]


def parts_of(rows):
    """The rows of each part: 0.6, 0.2 and 0.2 of them, an hour apart."""
    first, second = len(rows) * 6 // 10, len(rows) * 8 // 10
    return {"train": rows[:first], "validation": rows[first:second], "test": rows[second:]}


def repeated(rows, copies):
    """Rows at places of `copies` get the features of the rows they name."""
    for to, source in copies.items():
        rows[to].update({name: rows[source][name] for name in ("amount", "velocity", "noise")})
    return rows


def numbered(serial):
    return [{**row, "serial": str(serial(i))} for i, row in enumerate(card_rows())]


def with_serial(work, serial):
    return work.repin(numbered(serial), columns=(*COLUMNS, "serial"), roles=NUMBERED)


# What it says.


def test_it_is_of_the_model(finished):
    certificate, recorded = finished.document("leakage_certificate"), finished.recorded()
    assert finished.store / recorded["leakage_certificate"] == finished.run_folder / "leakage/leakage_certificate.json"
    artifact = json.loads(recorded["train_artifact"].read_text())
    assert certificate["model_sha256"] == sha256(recorded["model"].read_bytes()) == artifact["model"]["sha256"]
    assert certificate["train_artifact_digest"] == sha256(canonical(content(recorded["train_artifact"].read_text())))
    assert certificate["plan_digest"] == sha256(canonical(content(recorded["plan"].read_text())))
    assert certificate["run_key"] == finished.run_key
    assert certificate["input_fingerprint"] == artifact["input_fingerprint"]


def test_it_holds_every_guard(finished):
    certificate, record = finished.document("leakage_certificate"), finished.document("execution_record")
    assert [guard["guard"] for guard in certificate["guards"]] == ALWAYS
    recorded = {guard["guard"]: guard for guard in record["leakage_guards"]}
    for name, guard in guards(certificate).items():
        assert guard["status"] in ("clear", "not_applicable") and not (guard["demanded"] and guard["status"] != "clear")
        if name in recorded:
            assert recorded[name] == {k: v for k, v in guard.items() if k != "demanded"}
    assert set(ALWAYS) - set(recorded) == {"id_like_feature", "duplicate_feature_rows"}


def test_the_same_inputs_give_the_same_bytes(made_cards, tmp_path):
    works = [made_cards.copied_to(tmp_path / name) for name in ("one", "other")]
    assert certified(works[0]) == certified(works[1])
    assert len({work.recorded()["leakage_certificate"].read_bytes() for work in works}) == 1


def test_the_parts_are_told_in_time(cards):
    rows = parts_of(card_rows())
    assert certified(cards)["parts"] == [
        {"part": part, "rows": len(rows[part]), "positives": sum(row["is_fraud"] == "1" for row in rows[part]),
         "first_event_utc": rows[part][0]["event_time"], "last_event_utc": rows[part][-1]["event_time"]}
        for part in PARTS]


def test_overlaps_are_counted_for_each_pair_of_parts(cards):
    rows = repeated(card_rows(), {400: 3, 401: 3, 500: 3, 501: 400, 502: 420, 599: 598, 5: 4})
    for row in rows[:150]:
        row["card"] = ""
    parts = parts_of(rows)
    features = {part: [(r["amount"], r["velocity"], r["noise"]) for r in parts[part]] for part in PARTS}
    cards_of = {part: {r["card"] for r in parts[part]} - {""} for part in PARTS}
    found = certified(cards.repin(rows))
    assert found["overlaps"] == [
        {"earlier": a, "later": b, "entities": len(cards_of[a] & cards_of[b]),
         "entity_rows": sum(r["card"] in cards_of[a] for r in parts[b] if r["card"]),
         "duplicate_rows": sum(f in set(features[a]) for f in features[b])} for a, b in PAIRS]
    assert [o["duplicate_rows"] for o in found["overlaps"]] == [2, 2, 3]
    duplicates = guards(found)["duplicate_feature_rows"]
    assert (duplicates["status"], duplicates["demanded"], duplicates["rows_offending"]) == ("clear", False, 5)
    assert duplicates["sample_keys"] == ["e400", "e401", "e500", "e501", "e502"]


def test_without_entities_there_is_nothing_to_count(cards):
    found = certified(cards.repin(columns=tuple(name for name in COLUMNS if name != "card")))
    assert {(o["entities"], o["entity_rows"]) for o in found["overlaps"]} == {(None, None)}


def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i])
    found = [0.0] * len(values)
    for _, group in itertools.groupby(range(len(order)), key=lambda at: values[order[at]]):
        places = list(group)
        for at in places:
            found[order[at]] = statistics.mean(places)
    return found


def spearman(one, other):
    return statistics.correlation(ranks(one), ranks(other))


def test_suspects_are_told_with_their_figures(cards):
    # Falls with time on the whole, and the rows lie in another order than time.
    rows = numbered(lambda i: 10_000 - 7 * i + (i * 37) % 101)
    rows = rows[300:] + rows[:300]
    cards.repin(rows, columns=(*COLUMNS, "serial"), roles=NUMBERED)
    found = certified(cards)
    times = [row["event_time"] for row in rows]
    train = [i for i, time in enumerate(times) if time < sorted(times)[360]]
    (serial,) = [s for s in found["id_like_suspects"] if s["feature"] == "serial"]
    values = [int(rows[i]["serial"]) for i in train]
    assert serial["distinct"] == len(set(values))
    assert serial["time_correlation"] == pytest.approx(spearman(values, [times[i] for i in train]), abs=1e-12)
    assert serial["row_correlation"] == pytest.approx(spearman(values, train), abs=1e-12)
    assert found["id_like_suspects"][0] == serial
    aucs = [suspect["auc"] for suspect in found["feature_suspects"]]
    assert {s["feature"] for s in found["feature_suspects"]} == {"amount", "velocity", "noise", "serial"}
    assert aucs == sorted(aucs, reverse=True)
    frauds = [rows[i]["is_fraud"] == "1" for i in train]
    ranked = ranks([float(rows[i]["velocity"]) for i in train])
    count = sum(frauds)
    wins = sum(itertools.compress(ranked, frauds)) - count * (count - 1) / 2
    (velocity,) = [s["auc"] for s in found["feature_suspects"] if s["feature"] == "velocity"]
    assert velocity == pytest.approx(wins / count / (len(train) - count), abs=1e-12)


def test_features_are_ranked_only_where_a_limit_asks(cards):
    cards.edit(TRAINING, lambda profile: profile.update(leakage={}))
    found = certified(cards)
    assert found["feature_suspects"] == found["id_like_suspects"] == []
    assert {guards(found)[name]["status"] for name in ("single_feature_auc", "id_like_feature")} == {"not_applicable"}
    assert found["demands"] == {"suspect_single_feature_auc": None, "forbid_entity_overlap": False,
                                "forbid_duplicate_rows": False, "suspect_id_like_correlation": None}


# What the profile demands.


def test_duplicates_are_refused_where_they_are_forbidden(cards):
    demand(cards.repin(repeated(card_rows(), {500: 3, 501: 400})), forbid_duplicate_rows=True)
    code, message = refusal(cards)
    assert code == "LEAKAGE_GUARD_VIOLATION"
    assert "duplicate_feature_rows: 2 of 600" in message and "e500, e501" in message


def test_duplicates_within_a_part_are_not_across_parts(cards):
    demand(cards.repin(repeated(card_rows(), {4: 3, 599: 598})), forbid_duplicate_rows=True)
    guard = guards(certified(cards))["duplicate_feature_rows"]
    assert (guard["demanded"], guard["status"], guard["rows_offending"]) == (True, "clear", 0)
    assert guard["guard"] in {g["guard"] for g in cards.document("execution_record")["leakage_guards"]}


@pytest.mark.parametrize("serial", [lambda i: i, lambda i: 5000 - 3 * i], ids=["rising", "falling"])
def test_a_serial_number_is_refused_where_it_is_suspected(cards, serial):
    demand(with_serial(cards, serial), suspect_id_like_correlation=0.99)
    code, message = refusal(cards)
    assert code == "LEAKAGE_GUARD_VIOLATION" and "id_like_feature: 1 features" in message and "serial=1.000000" in message


def test_a_rising_feature_of_few_values_is_no_number_of_the_row(cards):
    demand(with_serial(cards, lambda i: i // 2), suspect_id_like_correlation=0.9)
    assert guards(certified(cards))["id_like_feature"]["status"] == "clear"


def test_a_demand_that_cannot_be_looked_at_is_refused(cards):
    cards.repin(columns=tuple(name for name in COLUMNS if name != "card"))
    code, message = refusal(demand(cards, forbid_entity_overlap=True))
    assert code == "LEAKAGE_GUARD_VIOLATION" and "the profile demands it" in message and "entity_key" in message


def test_entities_that_are_nowhere_are_no_proof(cards):
    cards.repin([{**row, "card": ""} for row in card_rows()])
    code, message = refusal(demand(cards, forbid_entity_overlap=True))
    assert code == "LEAKAGE_GUARD_VIOLATION" and "no row has an entity" in message


# Who asks for it.


@pytest.mark.parametrize("phase", ["eval", "gate", "publish"])
@pytest.mark.parametrize(("harm", "code"), [("gone", "EVIDENCE_UNRESOLVED"), ("changed", "EVIDENCE_DIGEST_MISMATCH")])
def test_no_phase_goes_on_without_it(halted_before, phase, harm, code):
    work = halted_before(phase)
    place = work.recorded()["leakage_certificate"]
    if harm == "gone":
        place.unlink()
    else:
        place.write_bytes(place.read_bytes().replace(b'"demanded":true', b'"demanded":false', 1))
    assert work.ask_mf(phase, work.request_file).code == code
    assert not work.published()


OTHERS = {
    "model_sha256": "0" * 64, "plan_digest": "1" * 64, "train_artifact_digest": "2" * 64, "input_fingerprint": "3" * 64,
    "train_artifact_ref": "elsewhere/model_artifact.json", "run_key": "tr_" + "0" * 32}


@pytest.mark.parametrize("field", OTHERS)
def test_one_of_another_model_is_refused(halted_before, field):
    """Even where the log was rewritten for it."""
    work = halted_before("eval")
    forge(work, lambda places: {"leakage_certificate": {**work.document("leakage_certificate"), field: OTHERS[field]}})
    told = work.ask_mf("eval", work.request_file)
    assert told.code == "EVIDENCE_DIGEST_MISMATCH" and told["failure"]["context"]["pointer"] == f"/{field}"
    told = work.ask_mf("verify", work.run_key)
    assert (told["outcome"], told.code) == ("DIFFERENT", "EVIDENCE_DIGEST_MISMATCH")


def test_a_run_trained_before_there_were_certificates_goes_on(halted_before):
    work = halted_before("eval")
    work.recorded()["leakage_certificate"].unlink()
    for path in work.event_files():
        event = json.loads(path.read_text())
        event["detail"] = {name: value for name, value in event["detail"].items() if not name.startswith("leakage_certificate")}
        path.write_text(canonical(event) + "\n")
    forge(work, lambda places: {})
    assert "leakage_certificate_ref" not in work.phase("train")["refs"]
    assert work.run()["outcome"] == "PUBLISHED"
    assert work.mf("verify", work.run_key)["outcome"] == "VERIFIED"


def test_verify_reads_it(finished):
    place = finished.recorded()["leakage_certificate"]
    assert finished.mf("verify", finished.run_key)["outcome"] == "VERIFIED"
    place.write_bytes(place.read_bytes()[:-2] + b" }\n")
    told = finished.ask_mf("verify", finished.run_key)
    assert (told.exit, told["outcome"], told.code) == (1, "DIFFERENT", "EVIDENCE_DIGEST_MISMATCH")
    assert told["failure"]["context"]["check"] == "leakage_certificate"


def test_the_table_of_the_parts_is_that_of_the_scored_rows(finished):
    scored = list(csv.DictReader(io.StringIO(finished.recorded()["scored_rows"].read_text())))
    for part in finished.document("leakage_certificate")["parts"]:
        times = [row["event_time_utc"] for row in scored if row["part"] == part["part"]]
        assert (part["rows"], part["first_event_utc"], part["last_event_utc"]) == (len(times), min(times), max(times))
