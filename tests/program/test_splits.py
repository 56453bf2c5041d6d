"""Each way to split and to sample, counted anew in Python from the rows and the recipes of docs/formats/identity.md."""

import csv
import io
from datetime import timedelta
from hashlib import sha256

import pytest

from card_rows import COLUMNS, ROLES, START, card_rows, utc
from card_store import TRAINING

PARTS = ("train", "validation", "test")
HOURS = 600  # one row each


def cut(hour):
    return utc(START + timedelta(hours=hour))


def split_by(work, strategy=None, **split):
    def change(profile):
        profile["split"] = split
        if strategy:
            profile["split_strategy"] = strategy
    work.edit(TRAINING, change)
    return work


def sample(work, rate, seed=7):
    work.edit(TRAINING, lambda p: p.update(sampling={"rule": "negative_downsampling", "rate": rate, "seed": seed}))
    return work


def trained(work):
    """The execution record."""
    work.phases("resolve", "train")
    return work.document("execution_record")


def refusal(work):
    told = work.run(expect=65)
    return told["failure"]["code"], told["failure"]["message"]


def with_roles(work, *datasets):
    """Datasets of the request: (name, rows, role)."""
    refs = [work.put_dataset(name, rows, of_manifest={"dataset_role": role} if role else {})
            for name, rows, role in datasets]
    work.ask(dataset_manifest_refs=refs)
    return work


def rows_of(first, end, prefix="e"):
    return [{**row, "event_id": prefix + row["event_id"]} for row in card_rows(HOURS)[first:end]]


def scored(work):
    return {row["subject_key"]: row for row in csv.DictReader(io.StringIO(work.recorded()["scored_rows"].read_text()))}


def parts_in(work):
    """The part of each row that was scored."""
    work.phases("resolve", "train", "eval")
    return {key: row["part"] for key, row in scored(work).items()}


def seeded(recipe, seed, text):
    digest = sha256(f"{recipe}\n{seed}\n{text}".encode()).digest()
    return (int.from_bytes(digest[:8], "big") >> 11) / 2**53


def counted(record):
    return {part: record["split"]["parts"][part]["rows"] for part in PARTS}


# By time.


def test_cut_times_are_kept_to(cards):
    split_by(cards, validation_start_utc=cut(300), test_start_utc="2026-01-18T06:00:00+01:00")
    record = trained(cards)
    assert counted(record) == {"train": 300, "validation": 113, "test": 187}
    assert record["split"]["validation_start_utc"] == cut(300) and record["split"]["test_start_utc"] == cut(413)


def test_an_embargo_follows_each_cut_time(cards):
    split_by(cards, validation_start_utc=cut(300), test_start_utc=cut(400), embargo_hours=10)
    record = trained(cards)
    assert counted(record) == {"train": 300, "validation": 90, "test": 190}
    assert record["split"]["parts"]["embargoed"]["rows"] == 20


def test_shares_named_as_times_give_the_same_model(cards, made_cards, tmp_path):
    def without_chance(profile):
        profile["algorithm"]["params"].update(subsample=1, colsample_bytree=1)

    by_shares = made_cards.copied_to(tmp_path / "shares")
    split_by(cards, validation_start_utc=cut(360), test_start_utc=cut(480))
    for work in (cards, by_shares):
        work.edit(TRAINING, without_chance)
        trained(work)
    assert cards.recorded()["model"].read_bytes() == by_shares.recorded()["model"].read_bytes()


WRONG_PROFILES = {
    "shares and cut times": {"train": 0.6, "validation": 0.2, "test": 0.2, "test_start_utc": cut(400)},
    "one share and cut times": {"train": 0.6, "validation_start_utc": cut(300), "test_start_utc": cut(400)},
    "nothing at all": {},
    "two shares": {"train": 0.6, "validation": 0.4},
    "cut times that do not ascend": {"validation_start_utc": cut(400), "test_start_utc": cut(400)},
    "no cut into validation": {"test_start_utc": cut(400)},
    "no cut into test, and no roles": {"validation_start_utc": cut(400)},
    "a day that is none": {"validation_start_utc": "2026-02-30T00:00:00Z", "test_start_utc": cut(400)},
    "a seed without a hash": {"train": 0.6, "validation": 0.2, "test": 0.2, "seed": 1},
}


@pytest.mark.parametrize("name", WRONG_PROFILES)
def test_a_split_by_time_that_makes_no_sense_is_refused(cards, name):
    split_by(cards, **WRONG_PROFILES[name])
    assert refusal(cards)[0] == "TRAINING_PROFILE_INVALID"


def test_a_cut_after_all_rows_leaves_a_part_empty(cards):
    split_by(cards, validation_start_utc=cut(300), test_start_utc=cut(700))
    code, message = refusal(cards)
    assert code == "SPLIT_INVALID" and "the test part has no rows" in message and "sampled_out" not in message


# By roles.


def test_evaluation_manifests_are_the_test_part(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "train"), ("dm_new", rows_of(400, 600), "evaluation"))
    parts = parts_in(cards)
    train_rows = 300  # 0.6 / (0.6 + 0.2) of 400
    assert [parts[f"ee{i}"] for i in range(HOURS)] == ["train"] * train_rows + ["validation"] * 100 + ["test"] * 200
    record = cards.document("execution_record")
    assert [(r["dataset_role"], r["rows"]) for r in record["split"]["roles"]] == [("evaluation", 200), ("train", 400)]
    assert record["split"]["test_start_utc"] == cut(400)


def test_several_train_manifests_are_cut_as_one(cards):
    with_roles(cards, ("dm_b", rows_of(0, 100), "train"), ("dm_a", rows_of(400, 600), "evaluation"),
               ("dm_c", rows_of(100, 400), "train"))
    split_by(cards, validation_start_utc=cut(350))
    assert counted(trained(cards)) == {"train": 350, "validation": 50, "test": 200}


def test_an_embargo_lies_between_train_and_evaluation(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "train"), ("dm_new", rows_of(403, 600), "evaluation"))
    split_by(cards, train=0.6, validation=0.2, test=0.2, embargo_hours=10)
    record = trained(cards)
    # Ten hours after row 300, and what is less than ten hours after row 399.
    assert counted(record) == {"train": 300, "validation": 90, "test": 600 - 409}
    assert record["split"]["parts"]["embargoed"]["rows"] == 10 + 6


def test_an_evaluation_that_begins_too_early_is_refused(cards):
    with_roles(cards, ("dm_old", rows_of(0, 401), "train"), ("dm_new", rows_of(400, 600, "n"), "evaluation"))
    code, message = refusal(cards)
    assert code == "LEAKAGE_GUARD_VIOLATION" and "parts_overlap_in_time" in message


def test_roles_of_some_manifests_only_are_refused(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "train"), ("dm_new", rows_of(400, 600), None))
    code, message = refusal(cards)
    assert code == "MANIFEST_INVALID" and "/dataset_role" in message


@pytest.mark.parametrize("role", ["train", "evaluation"])
def test_a_role_that_nobody_has_is_refused(cards, role):
    with_roles(cards, ("dm_old", rows_of(0, 400), role), ("dm_new", rows_of(400, 600), role))
    code, message = refusal(cards)
    assert code == "SPLIT_INVALID" and {"train": "evaluation", "evaluation": "train"}[role] in message


def test_a_cut_into_test_contradicts_roles(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "train"), ("dm_new", rows_of(400, 600), "evaluation"))
    split_by(cards, validation_start_utc=cut(300), test_start_utc=cut(400))
    assert refusal(cards)[0] == "TRAINING_PROFILE_INVALID"


def test_a_role_of_another_name_is_refused(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "test"))
    assert refusal(cards)[0] == "MANIFEST_INVALID"


# By entity.

SHARES = {"train": 0.5, "validation": 0.25, "test": 0.25}


def part_of(card, seed, train=0.5, validation=0.25):
    hashed = seeded("mf.entity_hash_split.v1", seed, card)
    return "train" if hashed < train else "validation" if hashed < train + validation else "test"


@pytest.mark.parametrize("seed", [0, 31])
def test_entities_fall_where_the_recipe_says(cards, seed):
    split_by(cards, "entity_hash", **SHARES, seed=seed)
    parts = parts_in(cards)
    assert parts == {row["event_id"]: part_of(row["card"], seed) for row in card_rows()}
    record = cards.document("execution_record")
    assert counted(record) == {part: list(parts.values()).count(part) for part in PARTS}
    assert record["split"]["entity_hash"] == {
        "recipe": "mf.entity_hash_split.v1", "seed": seed, "train_below": 0.5, "validation_below": 0.75}
    assert "validation_start_utc" not in record["split"] and record["split_strategy"] == "entity_hash"
    guards = {guard["guard"]: guard for guard in record["leakage_guards"]}
    assert guards["parts_overlap_in_time"]["status"] == "not_applicable"
    assert (guards["entity_overlap"]["status"], guards["entity_overlap"]["rows_offending"]) == ("clear", 0)


def test_a_split_by_entity_goes_the_whole_way(cards):
    split_by(cards, "entity_hash", **SHARES, seed=31)
    assert cards.run()["outcome"] == "PUBLISHED"
    assert cards.mf("verify", cards.run_key)["outcome"] == "VERIFIED"


def test_what_is_immature_is_set_aside_before_entities_are_hashed(cards):
    cards.repin(of_manifest={"label_basis": {"label_asof_utc": "2026-06-01T00:00:00Z", "maturity_days": 131,
                                             "resolution_rule": "observed_time<=label_asof_utc"}})
    split_by(cards, "entity_hash", **SHARES, seed=31)
    assert parts_in(cards) == {
        row["event_id"]: part_of(row["card"], 31) for row in card_rows() if row["event_time"] <= "2026-01-21T00:00:00Z"}


def test_entities_of_train_manifests_train_or_validate(cards):
    old, new = rows_of(0, 400), [{**row, "card": "new" + row["card"]} for row in rows_of(300, 600, "n")]
    with_roles(cards, ("dm_old", old, "train"), ("dm_new", new, "evaluation"))
    split_by(cards, "entity_hash", **SHARES, seed=31)
    expected = {row["event_id"]: part_of(row["card"], 31, 0.5 / 0.75, 1) for row in old}
    assert parts_in(cards) == {**expected, **{row["event_id"]: "test" for row in new}}


def test_an_entity_of_train_and_evaluation_is_refused(cards):
    with_roles(cards, ("dm_old", rows_of(0, 400), "train"), ("dm_new", rows_of(400, 600), "evaluation"))
    split_by(cards, "entity_hash", **SHARES, seed=31)
    code, message = refusal(cards)
    assert code == "LEAKAGE_GUARD_VIOLATION" and "entity_overlap" in message


def test_rows_without_an_entity_are_refused(cards):
    rows = card_rows()
    rows[17]["card"] = ""
    split_by(cards.repin(rows), "entity_hash", **SHARES, seed=31)
    code, message = refusal(cards)
    assert code == "SPLIT_INVALID" and "e17" in message


def test_a_dataset_without_entities_is_refused(cards):
    cards.repin(columns=tuple(name for name in COLUMNS if name != "card"))
    split_by(cards, "entity_hash", **SHARES, seed=31)
    code, message = refusal(cards)
    assert code == "SPLIT_INVALID" and "entity_key" in message


WRONG_HASHES = {
    "no seed": SHARES,
    "cut times": {"validation_start_utc": cut(300), "test_start_utc": cut(400), "seed": 1},
    "an embargo": {**SHARES, "seed": 1, "embargo_hours": 1},
}


@pytest.mark.parametrize("name", WRONG_HASHES)
def test_a_split_by_entity_that_makes_no_sense_is_refused(cards, name):
    split_by(cards, "entity_hash", **WRONG_HASHES[name])
    assert refusal(cards)[0] == "TRAINING_PROFILE_INVALID"


# Sampling.


def kept(row, rate, seed):
    return row["is_fraud"] == "1" or seeded("mf.negative_downsampling.v1", seed, row["event_id"]) < rate


def test_negatives_of_the_train_part_are_sampled_by_the_recipe(cards):
    parts = parts_in(sample(cards, 0.4))
    rows = card_rows()
    assert parts == {row["event_id"]: part for i, row in enumerate(rows)
                     for part in ["train" if i < 360 else "validation" if i < 480 else "test"]
                     if part != "train" or kept(row, 0.4, 7)}
    record = cards.document("execution_record")
    negatives = [row for row in rows[:360] if row["is_fraud"] == "0"]
    left = sum(kept(row, 0.4, 7) for row in negatives)
    assert 0 < left < len(negatives)
    assert record["sampling"] == {"rule": "negative_downsampling", "rate": 0.4, "seed": 7, "weight": 2.5, "kept": left,
                                  "dropped": len(negatives) - left, "recipe": "mf.negative_downsampling.v1"}
    assert record["split"]["parts"]["sampled_out"] == {"rows": len(negatives) - left, "positives": 0}


def test_the_kept_negatives_weigh_for_the_dropped_ones(cards, made_cards, tmp_path):
    """The same model comes from rows that were taken out by hand and carry the weights themselves."""
    by_hand = made_cards.copied_to(tmp_path / "by-hand")
    rows = [{**row, "weight": "1" if row["is_fraud"] == "1" or i >= 360 else "2.5"}
            for i, row in enumerate(card_rows()) if i >= 360 or kept(row, 0.4, 7)]
    by_hand.repin(rows, columns=(*COLUMNS, "weight"), roles={**ROLES, "weight": ("float64", ["weight"])})
    split_by(by_hand, validation_start_utc=cut(360), test_start_utc=cut(480))
    for work in (sample(cards, 0.4), by_hand):
        work.edit(TRAINING, lambda p: p["algorithm"]["params"].update(subsample=1, colsample_bytree=1))
        trained(work)
    assert cards.recorded()["model"].read_bytes() == by_hand.recorded()["model"].read_bytes()


def test_sampling_that_leaves_no_negative_is_refused(cards):
    code, message = refusal(sample(cards, 0.0001))
    assert code == "SPLIT_INVALID" and "the train part has no negatives" in message and "sampled_out (288 rows" in message


@pytest.mark.parametrize("wrong", [{"rate": 1.0}, {"rate": 0}, {"seed": -1}, {"rule": "positives"}, {"rule": None}])
def test_sampling_that_is_not_pinned_is_refused(cards, wrong):
    sampling = {"rule": "negative_downsampling", "rate": 0.5, "seed": 1, **wrong}
    cards.edit(TRAINING, lambda p: p.update(sampling={k: v for k, v in sampling.items() if v is not None}))
    assert refusal(cards)[0] == "TRAINING_PROFILE_INVALID"


def test_what_was_sampled_before_is_recorded(cards):
    cards.repin(of_manifest={"sampling": {"rule": "every_tenth", "rate": 0.1, "seed": 3}})
    (before,) = trained(cards)["sampled_before"]
    assert (before["rule"], before["rate"], before["seed"]) == ("every_tenth", 0.1, 3)
    assert before["manifest_ref"].startswith("platform_")


@pytest.mark.parametrize("sampling", [{"rule": "every_tenth"}, {"rule": "every_tenth", "rate": 0.1}, {"rule": "x", "seed": 3}])
def test_what_was_sampled_before_without_a_pin_is_refused(cards, sampling):
    cards.repin(of_manifest={"sampling": sampling})
    code, message = refusal(cards)
    assert code == "MANIFEST_INVALID" and "/sampling" in message


# What stays as it was.


def test_a_profile_that_says_nothing_new_records_nothing_new(cards):
    record = trained(cards)
    assert set(record) & {"sampling", "sampled_before"} == set()
    assert set(record["split"]) == {"validation_start_utc", "test_start_utc", "mature_until_utc", "embargo_hours", "parts"}
    assert "sampled_out" not in record["split"]["parts"] and len(record["leakage_guards"]) == 9


@pytest.mark.parametrize("how", ["by entity", "sampled"])
def test_threads_change_no_byte(made_cards, tmp_path, how):
    left = []
    for threads in (1, 2, 4):
        work = made_cards.copied_to(tmp_path / str(threads))
        work.wire(threads=threads)
        split_by(work, "entity_hash", **SHARES, seed=31) if how == "by entity" else sample(work, 0.4)
        assert work.run()["outcome"] in ("PUBLISHED", "FAIL")
        left.append([work.recorded()[name].read_bytes() for name in ("model", "scored_rows", "leakage_certificate")])
    assert left[0] == left[1] == left[2]
