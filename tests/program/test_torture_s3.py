"""The corridor in a bucket, tortured: faults at random, an end at every put, many launchers at once."""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import command
import s3_proxy as fault
from injection import ALL, FORM, HANDS, PATIENCE, SEED, chosen, for_each
from s3_bucket import Bucket
from s3_proxy import Proxy
from s3_workplace import BucketWorkplace
from same_end import ENDED, artifacts

LAUNCHERS = 64 if ALL else 12
STORMS = 20 if ALL else 2
KILLS = 4
# As often as each is met, of a hundred; what is late costs seconds.
WEATHER = {fault.reset: 20, fault.broken: 15, fault.busy: 15, fault.raced: 15, fault.lost: 15, fault.cut: 10, fault.flipped: 9, fault.late: 1}
MOST_TRIES = 40


def answer_of(process):
    out, err = process.communicate(timeout=PATIENCE * 5)
    return command.Told(process.returncode, out.decode(), err.decode(), command.only_object(out.decode()))


def in_bucket(gateway, steady_cards, folder, name):
    return BucketWorkplace(steady_cards.copied_to(folder / name / "cards"), Bucket(gateway.endpoint, name).made())


def require_undisturbed(place, undisturbed):
    mine, theirs = place.artifacts(), artifacts(undisturbed)
    assert mine.keys() == theirs.keys(), f"other files: {sorted(mine.keys() ^ theirs.keys())}"
    assert [key for key in mine if mine[key] != theirs[key]] == []
    events = place.events()
    assert [event["sequence"] for event in events] == list(range(1, len(events) + 1))
    assert sum(event["event"] == "MODEL_TRAINED" for event in events) == 1
    assert sum(event["event"] == "BUNDLE_PUBLISHED" for event in events) == 1


def test_a_run_in_a_bucket_leaves_what_a_run_in_a_folder_does(cards_in_bucket, undisturbed):
    assert cards_in_bucket.run()["outcome"] == "PUBLISHED"
    require_undisturbed(cards_in_bucket, undisturbed)


# Faults at random.


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_in_any_weather_it_ends_or_says_why_and_goes_on(gateway, steady_cards, undisturbed, tmp_path, report, form):
    tries = []

    def weather(number):
        chance = random.Random(f"{SEED}/{number}")
        rate = chance.uniform(0.1, 0.3)
        kinds, weights = zip(*WEATHER.items())
        return lambda *_: chance.choices(kinds, weights)[0] if chance.random() < rate else fault.none

    def through(number):
        place, proxy = in_bucket(gateway, steady_cards, tmp_path, f"storm-{number}"), Proxy(gateway.endpoint)
        place.wire(Bucket(proxy.endpoint, place.bucket.name), patience={"attempts": 2 + number % 3, "silence_seconds": fault.SILENCE},
                   publish_retry_budget=1000, stage_retry_budget=1000)
        proxy.fault = weather(number)
        for attempt in range(1, MOST_TRIES):
            told = place.run()
            if told.exit == 0:
                break
            assert (told.exit, told["failure"]["retryable"]) == (75, True), told.out
            if attempt == MOST_TRIES // 2:
                proxy.heal()
        tries.append(attempt)
        assert told["outcome"] in ENDED
        proxy.stop()
        require_undisturbed(place, undisturbed)
    for_each(range(STORMS), through)
    report(f"{STORMS} runs in which 10 to 30 of 100 requests failed: all PUBLISHED, after {sorted(tries)} calls of the same command")


# Ended at a put.


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_killed_at_any_put_it_goes_on_to_the_same_end(gateway, steady_cards, undisturbed, tmp_path, report, form):
    def behind_proxy(name):
        place, proxy = in_bucket(gateway, steady_cards, tmp_path, name), Proxy(gateway.endpoint)
        place.wire(Bucket(proxy.endpoint, place.bucket.name))
        return place, proxy

    place, proxy = behind_proxy("counted")
    assert place.run()["outcome"] == "PUBLISHED"
    proxy.stop()
    puts = sum(method == "PUT" for method, _ in proxy.met)

    def kill_and_go_on(point):
        nth, done = point
        place, proxy = behind_proxy(f"put-{nth}-{'done' if done else 'undone'}")
        proxy.nth(fault.held_done if done else fault.held_undone, nth, "PUT")
        process = place.start()
        proxy.held.wait(PATIENCE)
        process.kill()
        process.communicate()
        proxy.go_on()
        proxy.heal()
        assert process.returncode == -9, "it had ended before"
        assert place.run()["outcome"] in ENDED
        proxy.stop()
        require_undisturbed(place, undisturbed)
    points = [(nth, done) for nth in range(1, puts + 1) for done in (True, False)]
    for_each(chosen(points, KILLS, "puts"), kill_and_go_on)
    report(f"killed at each of {puts} puts, before and after the server had done it: {len(points)} of {len(points)} went on to the same end")


# Many at once.


@pytest.mark.parametrize("launchers", [LAUNCHERS])
def test_many_launchers_of_one_request_do_it_once(cards_in_bucket, undisturbed, report, launchers):
    place, began = cards_in_bucket, time.monotonic()
    processes = [place.start() for _ in range(launchers)]
    with ThreadPoolExecutor(launchers) as hands:
        answers = list(hands.map(answer_of, processes))
    took = time.monotonic() - began
    done = [told for told in answers if told.exit == 0]
    waiting = [told for told in answers if told.exit != 0]
    assert {told["outcome"] for told in done} <= set(ENDED) and done
    assert len({json.dumps([told["run"], told["identity"], told["refs"], told["figures"]]) for told in done}) == 1
    assert {(told.exit, told.code, told["failure"]["retryable"], told["run"]) for told in waiting} <= {
        (75, "LEASE_HELD", True, done[0]["run"])}
    require_undisturbed(place, undisturbed)
    assert place.trainings() == 1
    assert place.run()["outcome"] == "ALREADY_PUBLISHED"
    report(f"{launchers} launchers on S3 in {took:.1f} s: {len(done)} were told the end, {len(waiting)} LEASE_HELD, 1 training")


@pytest.mark.parametrize("requests", [HANDS * 4])
def test_different_requests_at_once_do_not_mix(cards_in_bucket, requests):
    place = cards_in_bucket
    files = [place.place.request_with(f"request-{i}.json", request_id=f"request-{i:04}", config_revision=f"config@r{i}")
             for i in range(requests)]
    with ThreadPoolExecutor(HANDS * 2) as hands:
        answers = list(hands.map(lambda file: place.tell("run", file), files))
    assert [told["outcome"] for told in answers] == ["PUBLISHED"] * requests
    assert len({told["run"] for told in answers}) == requests
    for number, told in enumerate(answers):
        published = json.loads(place.bucket.get("registry/" + told["refs"]["registry_bundle_ref"]))
        assert published["provenance"]["config_revision"] == f"config@r{number}"
