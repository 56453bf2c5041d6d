"""A registry in trouble: whatever happens to a request, what the run means stays one, and nothing is trained again."""

from concurrent.futures import ThreadPoolExecutor

import pytest

import s3_proxy as fault
from injection import FORM, SEED, chosen
from s3_bucket import Bucket
from s3_proxy import Proxy
from s3_server import free_port
from s3_workplace import BucketRegistry, bundles_of
from same_end import ENDED

PENDING = ("PUBLISH_PENDING", 75)
# What never ends while the run tries: which fault, and of which requests.
LASTING = {
    "no connection": (fault.reset, "", ""),
    "500 to everything": (fault.broken, "", ""),
    "503 to everything": (fault.busy, "", ""),
    "500 to each put": (fault.broken, "PUT", ""),
    "409 to each put": (fault.raced, "PUT", ""),
    "each put done and its reply lost": (fault.lost, "PUT", ""),
    "the last put done and its reply late": (fault.late, "PUT", "bundle_publication.json"),
    "the last put done and its reply lost": (fault.lost, "PUT", "bundle_publication.json"),
    "the event done and its reply lost": (fault.lost, "PUT", "/events/"),
    "each read cut short": (fault.cut, "GET", ""),
    "each read with another byte": (fault.flipped, "GET", ""),
}


def require_published_once(place, undisturbed):
    assert place.bundles() == bundles_of(undisturbed.published())
    assert (place.count("MODEL_TRAINED"), place.count("BUNDLE_PUBLISHED"), place.place.attempts("TRAIN")) == (1, 1, 1)


@pytest.mark.parametrize("trouble", LASTING)
def test_what_lasts_leaves_the_run_pending_and_the_same_command_ends_it(publishing, proxy, undisturbed, trouble):
    proxy.always(*LASTING[trouble])
    told = publishing.run()
    assert (told["outcome"], told.exit) == PENDING, told.out
    assert told.code == "REGISTRY_UNAVAILABLE" and told["failure"]["retryable"]
    assert "the registry: " in told["failure"]["message"]
    proxy.heal()
    assert publishing.run()["outcome"] in ENDED
    require_published_once(publishing, undisturbed)


def test_no_server_at_all_leaves_the_run_pending(publishing, proxy, undisturbed):
    publishing.wire(Bucket(f"http://127.0.0.1:{free_port()}", publishing.bucket.name))
    assert publishing.run()["outcome"] == "PUBLISH_PENDING"
    publishing.wire(publishing.bucket)
    assert publishing.run()["outcome"] == "PUBLISHED"
    require_published_once(publishing, undisturbed)


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_what_happens_once_is_not_even_noticed(gateway, steady_cards, undisturbed, tmp_path, report, form):
    """Every request of the publication in turn, with every fault."""
    def place_for(name, proxy):
        bucket = Bucket(gateway.endpoint, f"once-{name}").made()
        place = BucketRegistry(steady_cards.copied_to(tmp_path / name / "cards"), bucket)
        place.wire(Bucket(proxy.endpoint, bucket.name), {"attempts": 3, "silence_seconds": fault.SILENCE})
        return place

    counting = Proxy(gateway.endpoint)
    place_for("undisturbed", counting).run()
    counting.stop()
    points = [(nth, kind) for nth in range(1, len(counting.met) + 1) for kind in fault.TRANSIENT]

    def once(point):
        nth, kind = point
        proxy = Proxy(gateway.endpoint)
        proxy.nth(kind, nth)
        place = place_for(f"{kind.__name__}-{nth}", proxy)
        told = place.run()
        proxy.stop()
        assert told["outcome"] in ENDED, f"{kind.__name__} of request {nth}: {told.out}"
        require_published_once(place, undisturbed)
    with ThreadPoolExecutor(4) as hands:  # most of them wait
        list(hands.map(once, chosen(points, 14, "once")))
    report(f"registry: {len(counting.met)} requests with {len(fault.TRANSIENT)} faults each: {len(points)} runs PUBLISHED at once")


def test_retries_are_counted_and_spent(publishing, proxy, undisturbed):
    publishing.place.wire(publish_retry_budget=2)
    proxy.always(fault.broken)
    for command in (publishing.run, publishing.run, publishing.publish):
        assert command()["outcome"] == "PUBLISH_PENDING"
    for command in (publishing.run, publishing.publish):
        told = command()
        assert (told.code, told.exit) == ("PUBLISH_RETRY_EXHAUSTED", 73)
    proxy.heal()
    assert publishing.run().code == "PUBLISH_RETRY_EXHAUSTED", "the registry is back, and the budget is still spent"
    publishing.place.wire(publish_retry_budget=3)
    assert publishing.publish()["outcome"] == "PUBLISHED"
    require_published_once(publishing, undisturbed)


@pytest.mark.parametrize("member", ["model.ubj", "bundle_manifest.json", "bundle_publication.json"])
def test_other_bytes_in_the_registry_are_a_conflict_and_stand(publishing, undisturbed, member):
    key = next(key for key in undisturbed.published() if key.endswith(member))
    publishing.bucket.put(f"registry/{key}", b"other bytes")
    for _ in range(2):
        told = publishing.run()
        assert (told.code, told.exit) == ("PUBLISH_CONFLICT", 73)
        assert publishing.bundles() == {key: b"other bytes"}
    assert publishing.place.attempts("TRAIN") == 1


def test_other_bytes_that_come_while_the_run_publishes_are_a_conflict(publishing, proxy, undisturbed):
    """Somebody else is faster between the look and the put."""
    key = next(key for key in undisturbed.published() if key.endswith("bundle_publication.json"))

    def overtaken(exchange):
        publishing.bucket.put(f"registry/{key}", b"other bytes")
        fault.none(exchange)
    proxy.nth(overtaken, 1, "PUT", "bundle_publication.json")
    assert publishing.run().code == "PUBLISH_CONFLICT"
    assert publishing.bundles()[key] == b"other bytes"


def test_the_same_bundle_of_somebody_else_is_published_already(publishing, undisturbed):
    for key in bundles_of(undisturbed.published()):
        publishing.bucket.put(f"registry/{key}", undisturbed.published()[key])
    told = publishing.run()
    assert (told.exit, told["outcome"]) == (0, "ALREADY_PUBLISHED")
    require_published_once(publishing, undisturbed)
