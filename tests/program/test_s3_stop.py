"""Told to stop while it waits for an object store, the program stops at once, and the same command goes on."""

import signal
import time

import pytest

import s3_proxy as fault
from injection import PATIENCE
from s3_bucket import Bucket
from same_end import ENDED
from test_torture_s3 import answer_of, require_undisturbed
from test_torture_signals import heard  # pylint: disable=unused-import

INTERRUPTED = 75
# Who is not stopped waits for hours.
STEADFAST = {"attempts": 100, "silence_seconds": 3600}
PROMPTLY = 15  # seconds, on a machine at its limit; usually one


@pytest.fixture
def place(cards_in_bucket, proxy):
    cards_in_bucket.wire(Bucket(proxy.endpoint, cards_in_bucket.bucket.name), patience=STEADFAST)
    return cards_in_bucket


def requests_for(proxy, part):
    return sum(part in path for _, path in list(proxy.met))


def told_to_stop(process, word):
    process.send_signal(word)
    asked = time.monotonic()
    told = answer_of(process)
    assert time.monotonic() - asked < PROMPTLY
    assert (told.exit, told.code) == (INTERRUPTED, "INTERRUPTED"), told.out
    return told


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("word", [signal.SIGINT, signal.SIGTERM], ids=lambda word: word.name)
def test_between_attempts(place, proxy, undisturbed, word):
    proxy.always(fault.busy, "PUT", "/execution_record.json")
    process = place.start()
    wait_until(lambda: requests_for(proxy, "/execution_record.json") > 2)
    told = told_to_stop(process, word)
    assert "writing" in told["failure"]["message"]
    failed, released = place.events()[-2:]
    assert (failed["event"], failed["detail"]["code"], released["event"]) == ("STAGE_FAILED", "INTERRUPTED", "LEASE_RELEASED")
    proxy.heal()
    assert place.run()["outcome"] in ENDED
    require_undisturbed(place, undisturbed)


@pytest.mark.parametrize("held", [fault.held_undone, fault.held_done], ids=["undone", "done"])
def test_while_a_reply_does_not_come(place, proxy, undisturbed, held):
    proxy.nth(held, 1, "PUT", "/execution_record.json")
    process = place.start()
    proxy.held.wait(PATIENCE)
    told_to_stop(process, signal.SIGTERM)
    assert place.events()[-1]["event"] == "LEASE_RELEASED"
    proxy.go_on()
    assert place.run()["outcome"] in ENDED
    require_undisturbed(place, undisturbed)


def test_when_the_store_is_away_for_good(place, proxy, undisturbed):
    """Then the run cannot be given back; whoever comes next sees that its holder is gone."""
    proxy.nth(fault.held_undone, 1, "PUT", "/execution_record.json")
    process = place.start()
    proxy.held.wait(PATIENCE)
    proxy.always(fault.busy)
    told_to_stop(process, signal.SIGINT)
    assert place.events()[-1]["event"] != "LEASE_RELEASED"
    proxy.heal()
    proxy.go_on()
    assert place.run()["outcome"] in ENDED
    require_undisturbed(place, undisturbed)


def test_told_twice_it_ends_without_giving_the_run_back(place, proxy, undisturbed):
    proxy.nth(fault.held_undone, 1, "PUT", "/execution_record.json")
    process = place.start()
    proxy.held.wait(PATIENCE)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) in (-signal.SIGTERM, -signal.SIGINT)
    process.communicate()
    proxy.go_on()
    assert place.run()["outcome"] in ENDED
    require_undisturbed(place, undisturbed)


def test_while_it_publishes(publishing, proxy, undisturbed):
    publishing.wire(Bucket(proxy.endpoint, publishing.bucket.name), STEADFAST)
    proxy.always(fault.broken, "PUT", "bundle_publication.json")
    process = publishing.start()
    wait_until(lambda: requests_for(proxy, "bundle_publication.json") > 2)
    told_to_stop(process, signal.SIGTERM)
    proxy.heal()
    assert publishing.run()["outcome"] == "PUBLISHED"
    assert publishing.count("MODEL_TRAINED") == 1
