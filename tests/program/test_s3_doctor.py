"""`mf doctor` of a store or a registry in a bucket: what it tells, and what it refuses."""

import pytest

import command
import s3_proxy as fault
from s3_bucket import CREDENTIALS, SECRET_KEY, Bucket
from s3_server import free_port
from s3_workplace import IMPATIENT

HEALTHY = {"profile and store": "ok", "registry": "ok", "engine": "ok", "machine": "ok"}


def figures_of(told):
    """What the doctor found of what every installation has: Parquet is for those who want it."""
    return {name: found for name, found in told["figures"].items() if name != "parquet"}
STORE_PROBES = {"store/mf/doctor/condition.txt", "store/mf/doctor/probe.txt"}
REGISTRY_PROBES = {"registry/mf/doctor/condition.txt", "registry/mf/doctor/probe.txt"}


def said(place, env=CREDENTIALS):
    """As people read it."""
    return command.call("--profile", place.profile, "doctor", env=env).out


def test_a_bucket_in_order_is_told_with_its_address_and_keeps_four_small_files(cards_in_bucket):
    place = cards_in_bucket
    before = set(place.bucket.keys(""))
    for _ in range(2):
        told = place.tell("doctor")
        assert (told.exit, told["outcome"], figures_of(told)) == (0, "HEALTHY", HEALTHY)
    assert set(place.bucket.keys("")) - before == STORE_PROBES | REGISTRY_PROBES
    for part in ("store", "registry"):
        assert f"s3://{place.bucket.name}/{part} keeps what is written and replaces nothing" in said(place)


def test_a_server_that_replaces_is_refused_as_a_store_and_as_a_registry(on_mock, gateway):
    forgetful = on_mock("--forget-condition")
    told = forgetful.tell("doctor")
    assert (told.exit, told["figures"]["profile and store"]) == (1, "STORE_REPLACES")
    assert "fix: Use an object store that honours `If-None-Match: *`" in said(forgetful)
    forgetful.wire(Bucket(gateway.endpoint, "doctor-behind-mock").made(), registry=forgetful.bucket)
    told = forgetful.tell("doctor")
    assert (told.exit, figures_of(told)) == (1, {**HEALTHY, "registry": "STORE_REPLACES"})


@pytest.mark.parametrize(
    ("endpoint", "name", "env", "code", "word"),
    [(None, "not-there", {}, "STORE_UNAVAILABLE", "NoSuchBucket"),
     (f"http://127.0.0.1:{free_port()}", "bucket", {}, "STORE_UNAVAILABLE", "connect"),
     (None, None, {"AWS_SECRET_ACCESS_KEY": "x" + SECRET_KEY}, "STORE_NOT_PERMITTED", "SignatureDoesNotMatch"),
     (None, None, {"AWS_ACCESS_KEY_ID": "nobody"}, "STORE_NOT_PERMITTED", "UserNotFound")])
def test_what_is_out_of_order_is_told_with_its_fix(cards_in_bucket, endpoint, name, env, code, word):
    place = cards_in_bucket
    place.wire(Bucket(endpoint or place.bucket.endpoint, name or place.bucket.name), patience=IMPATIENT)
    env = {**CREDENTIALS, **env}
    told = place.tell("doctor", env=env)
    assert (told.exit, told["outcome"], told["figures"]["profile and store"]) == (1, "UNHEALTHY", code), said(place, env)
    text = said(place, env)
    assert word in text and "fix: " in text


def test_a_store_that_gives_other_bytes_back_is_out_of_order(cards_in_bucket, proxy):
    cards_in_bucket.wire(Bucket(proxy.endpoint, cards_in_bucket.bucket.name), patience=IMPATIENT)
    proxy.always(fault.flipped)
    assert cards_in_bucket.tell("doctor")["figures"]["profile and store"] == "STORE_UNAVAILABLE"
