"""`mf cancel`: who gave a run up, when and why; and what that stops."""

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from documents import require_valid
from frozen import Frozen
from injection import chosen, disturbed, recorded, words_of
from test_gate import demand
from test_tamper import bring_registry_back, take_registry_away
from workplace import files_below

WHY = "the labels of March are wrong"
PHASES = ("resolve", "train", "eval", "gate", "publish")


def cancel(place, *more, expect=0):
    return place.mf("cancel", place.run_key, "--reason", WHY, *more, expect=expect)


def events_of(place, name):
    return [event for event in place.events() if event["event"] == name]


def require_canceled(place):
    """The run is over for having been canceled, its log sealed, and nothing takes it up again."""
    told = place.mf("status", "--run", place.run_key)
    assert (told["outcome"], told["figures"]["terminal_class"]) == ("FAIL", "CANCELED")
    assert [event["detail"]["terminal_class"] for event in events_of(place, "RUN_FAILED")] == ["CANCELED"]
    require_valid(json.loads((place.run_folder / "ledger/seal.json").read_text()))
    before = files_below(place.folder)
    for words in ([phase, "--run", place.run_key] for phase in PHASES):
        again = place.mf(*words, expect=73)
        assert again.code == "RUN_CANCELED" and WHY in again["failure"]["message"]
    assert files_below(place.folder) == before


@pytest.mark.parametrize("phase", PHASES[1:])
def test_a_run_is_canceled_wherever_it_is(cards, phase):
    cards.phases(*PHASES[:PHASES.index(phase)])
    told = cancel(cards, "--principal", "HUMAN::ana")
    assert told["outcome"] == "CANCELED"
    asked, = events_of(cards, "CANCEL_REQUESTED")
    assert (asked["detail"]["principal"], asked["detail"]["reason"]) == ("HUMAN::ana", WHY)
    require_canceled(cards)
    assert not cards.registry.exists() or not files_below(cards.registry)


def test_the_profile_says_who_when_nobody_else_does(cards):
    cards.phases("resolve")
    assert cancel(cards)["figures"]["principal"] == events_of(cards, "CANCEL_REQUESTED")[0]["detail"]["principal"]


def test_canceling_again_changes_nothing(cards):
    cards.phases("resolve")
    first = cancel(cards)
    before = files_below(cards.folder)
    assert cancel(cards, "--principal", "HUMAN::bo").result == first.result
    assert files_below(cards.folder) == before


@pytest.mark.parametrize("ended", ["PUBLISHED", "FAIL"])
def test_a_late_order_answers_the_end_and_changes_nothing(cards, ended):
    if ended == "FAIL":
        demand(cards, at_least=0.9999999)
    cards.run(expect=0 if ended == "PUBLISHED" else 1)
    before = files_below(cards.folder)
    assert cancel(cards)["outcome"] == ended
    assert files_below(cards.folder) == before


def test_who_works_on_the_run_ends_it_at_the_next_step(strace, steady_cards, tmp_path):
    model = next(p for p in recorded(strace, steady_cards.copied_to(tmp_path / "recorded" / "cards"))
                 if p.call == "linkat" and "/artifacts" in p.place)
    place = steady_cards.copied_to(tmp_path / "at-work" / "cards")
    with Frozen(strace, place, model.nth) as frozen:
        told = cancel(place)
        assert told["outcome"] == "CANCEL_REQUESTED"
        assert not events_of(place, "RUN_FAILED")
        ended = frozen.wake()
    assert (ended.exit, ended.code) == (73, "RUN_CANCELED")
    require_canceled(place)


def test_many_orders_at_once_are_one(cards):
    cards.phases("resolve")
    with ThreadPoolExecutor(12) as hands:
        told = list(hands.map(lambda number: cancel(cards, "--principal", f"HUMAN::n{number}"), range(12)))
    assert {answer["outcome"] for answer in told} <= {"CANCELED", "CANCEL_REQUESTED"}
    assert len(events_of(cards, "CANCEL_REQUESTED")) == 1
    cancel(cards)
    require_canceled(cards)


def test_what_may_be_in_the_registry_is_asked_there_first(cards):
    take_registry_away(cards)
    cards.run(expect=75)
    assert cancel(cards, expect=75).code == "REGISTRY_UNAVAILABLE"
    assert not events_of(cards, "RUN_FAILED")
    bring_registry_back(cards)
    assert cancel(cards)["outcome"] == "CANCELED"
    require_canceled(cards)
    assert not files_below(cards.registry)


def test_a_bundle_that_got_out_is_published_not_canceled(strace, steady_cards, undisturbed, tmp_path):
    place = steady_cards.copied_to(tmp_path / "out" / "cards")
    links = [p for p in recorded(strace, steady_cards.copied_to(tmp_path / "recorded" / "cards")) if p.call == "linkat"]
    after_the_last = next(p for p in reversed(links) if "publish_handshake_receipt" in p.place)
    assert disturbed(strace, place, after_the_last, "signal=KILL").returncode != 0
    told = cancel(place)
    assert told["outcome"] == "PASS" and "too late" in place.say("cancel", place.run_key, "--reason", WHY).out
    assert place.mf("publish", "--run", place.run_key)["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED")
    assert place.bundle().parent.name == undisturbed.bundle().parent.name


def test_a_kill_at_any_call_leaves_an_order_that_is_carried_out_or_none(strace, steady_cards, tmp_path):
    ready = steady_cards.copied_to(tmp_path / "ready" / "cards")
    ready.phases("resolve")

    def words(place):
        return [*words_of(place)[:4], "cancel", place.run_key, "--reason", WHY]
    points = recorded(strace, ready.copied_to(tmp_path / "recorded" / "cards"), words=words)
    for point in chosen(points, 6, "cancel"):
        place = ready.copied_to(tmp_path / f"{point.call}-{point.nth}" / "cards")
        disturbed(strace, place, point, "signal=KILL", words=words)
        assert cancel(place)["outcome"] == "CANCELED"
        require_canceled(place)


WRONG = {
    "no reason": ["tr_" + "0" * 32],
    "a blank reason": ["tr_" + "0" * 32, "--reason", "  "],
    "a reason that hides something": ["tr_" + "0" * 32, "--reason", "fine\u202eenif"],
    "a reason of two lines": ["tr_" + "0" * 32, "--reason", "one\ntwo"],
    "an endless reason": ["tr_" + "0" * 32, "--reason", "x" * 1001],
    "nobody": ["tr_" + "0" * 32, "--reason", WHY, "--principal", "ana"],
    "no run": ["--reason", WHY],
}


@pytest.mark.parametrize("words", WRONG.values(), ids=WRONG.keys())
def test_an_order_must_say_which_run_who_and_why(cards, words):
    told = cards.ask_mf("cancel", *words)
    assert (told.exit, told.code) == (64, "USAGE")


def test_a_run_that_is_not_there_cannot_be_canceled(cards):
    told = cards.ask_mf("cancel", "tr_" + "0" * 32, "--reason", WHY)
    assert (told.exit, told.code) == (66, "RUN_NOT_FOUND")


def test_a_stage_is_begun_a_bounded_number_of_times(cards):
    cards.wire(stage_retry_budget=2)
    cards.phases("resolve")
    rows = cards.data_file()
    away = rows.rename(rows.with_name("away"))
    for _ in range(2):
        assert cards.mf("train", "--run", cards.run_key, expect=66).code == "MATERIALIZATION_UNRESOLVED"
    before = files_below(cards.folder)
    told = cards.mf("train", "--run", cards.run_key, expect=73)
    assert told.code == "RETRY_EXHAUSTED" and "MATERIALIZATION_UNRESOLVED" in told["failure"]["message"]
    assert files_below(cards.folder) == before, "a refusal that nothing comes of is not recorded"
    away.rename(rows)
    cards.wire(stage_retry_budget=3)
    assert cards.run()["outcome"] == "PUBLISHED"


def test_a_retry_means_a_retry(cards):
    cards.phases("resolve")
    told = cards.mf("publish", "--retry", "--run", cards.run_key, expect=73)
    assert told.code == "RETRY_NOT_PENDING"
    assert events_of(cards, "PUBLISH_RETRY_SKIPPED")[0]["detail"]["code"] == "RETRY_NOT_PENDING"
    take_registry_away(cards)
    cards.run(expect=75)
    bring_registry_back(cards)
    assert cards.mf("publish", "--retry", "--run", cards.run_key)["outcome"] == "PUBLISHED"
    assert cards.mf("publish", "--retry", "--run", cards.run_key)["outcome"] == "ALREADY_PUBLISHED"
    assert cards.attempts("TRAIN") == 1
