"""Told to stop at any moment, the program stops, and the same command goes on."""

import random
import signal
import time

import pytest

from card_store import TRAINING
from injection import ALL, FORM, PATIENCE, SEED, recorded, traced
from same_end import require_same_end
from test_crash import start, started, wait_until

INTERRUPTED = 75
MOMENTS = 60 if ALL else 4
LONGEST_MS = 150  # a whole run takes less


@pytest.fixture(scope="module", autouse=True)
def heard():
    """Who starts the tests in the background may have them ignore SIGINT, and mf with them."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM], ids=lambda word: word.name)
def test_told_to_stop_at_any_moment_it_stops_and_goes_on(steady_cards, undisturbed, tmp_path, report, word, form):
    chance = random.Random(f"{SEED}/{word}")
    slowest, ends = 0.0, {}
    for number in range(MOMENTS):
        place = steady_cards.copied_to(tmp_path / f"moment-{number}" / "cards")
        process = start(place)
        time.sleep(chance.uniform(0, LONGEST_MS) / 1000)
        process.send_signal(word)
        asked = time.monotonic()
        ended = process.wait(PATIENCE)
        slowest = max(slowest, time.monotonic() - asked)
        assert ended in (0, INTERRUPTED, -word)
        ends[ended] = ends.get(ended, 0) + 1
        assert ended != INTERRUPTED or place.events()[-1]["event"] == "LEASE_RELEASED"
        require_same_end(place, undisturbed)
    report(f"{word.name} at {MOMENTS} moments: exits {ends}, the slowest after {slowest * 1000:.0f} ms")


def test_told_to_stop_in_training_it_gives_the_run_back(steady_cards, tmp_path):
    place = steady_cards.copied_to(tmp_path / "cards")
    place.edit(TRAINING, lambda profile: profile["algorithm"].update(rounds=10000, early_stopping_rounds=10000))
    process = start(place)
    wait_until(lambda: started(place, "TRAIN"))
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == INTERRUPTED
    failed, released = place.events()[-2:]
    assert (failed["event"], failed["detail"]["code"], released["event"]) == ("STAGE_FAILED", "INTERRUPTED", "LEASE_RELEASED")
    told = place.mf("status", place.request_file)
    assert told["outcome"] == "RUNNING"


def test_told_twice_it_ends_at_once(strace, steady_cards, undisturbed, tmp_path):
    calls = recorded(strace, steady_cards.copied_to(tmp_path / "recorded" / "cards"))
    at = next(i for i, point in enumerate(calls) if point.call == "linkat" and "artifacts/model-" in point.place)
    assert calls[at + 1].call == "fsync"
    place = steady_cards.copied_to(tmp_path / "told" / "cards")
    twice = [word for point in calls[at:at + 2] for word in ("-e", f"inject={point.call}:signal=SIGTERM:when={point.nth}")]
    ended, _ = traced(strace, place, ("linkat", "fsync"), *twice)
    assert ended.returncode == -signal.SIGTERM and not ended.stdout
    assert place.events()[-1]["event"] == "STAGE_STARTED"
    require_same_end(place, undisturbed)


@pytest.mark.parametrize("ignored", [signal.SIGINT, signal.SIGTERM], ids=lambda word: word.name)
def test_a_signal_that_the_caller_ignores_stays_ignored(steady_cards, tmp_path, ignored):
    place = steady_cards.copied_to(tmp_path / "cards")
    before = signal.signal(ignored, signal.SIG_IGN)
    try:
        process = start(place)
    finally:
        signal.signal(ignored, before)
    wait_until(lambda: started(place, "TRAIN"))
    process.send_signal(ignored)
    assert process.wait(PATIENCE) == 0
