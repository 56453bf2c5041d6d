"""Who trusts whom: credentials that nobody sees, servers that must prove who they are, buckets in the names of hosts."""

import base64

import pytest

import command
import s3_proxy as fault
from s3_bucket import CREDENTIALS, SECRET_KEY, Bucket
from s3_proxy import Proxy, self_signed
from s3_server import free_port, start_gateway
from s3_workplace import IMPATIENT, BucketWorkplace
from workplace import files_below

TOKEN = "canary-of-a-session-token"
FORMS = [form for secret in (SECRET_KEY, TOKEN) for form in (
    secret.encode(), secret.encode().hex().encode(), base64.b64encode(secret.encode()).rstrip(b"="))] + [b"AWS4-HMAC-SHA256", b"X-Amz-Signature"]


def require_no_secret(*texts):
    for text in texts:
        text = text.encode() if isinstance(text, str) else text
        assert [form for form in FORMS if form in text] == []


# Credentials.

# Ways to call mf, each with its trouble and with everything that is told.
TROUBLE = {
    "none": ({}, fault.none),
    "a server that is away": ({}, fault.reset),
    "a broken server": ({}, fault.broken),
    "bytes that change": ({}, fault.flipped),
    "another secret": ({"AWS_SECRET_ACCESS_KEY": SECRET_KEY + "-but-wrong"}, fault.none),
    "a session that nobody knows": ({"AWS_SESSION_TOKEN": TOKEN}, fault.none),
    "half of a pair": ({"AWS_ACCESS_KEY_ID": ""}, fault.none),
}


def files_of(folder, **credentials):
    """A shared credentials file, and the environment that leads there."""
    file = folder / "credentials"
    lines = "".join(f"{name} = {value}\n" for name, value in credentials.items())
    file.write_text(f"# {TOKEN}\n[default]\naws_access_key_id = nobody\n\n[mf]\n{lines}")
    return {"AWS_SHARED_CREDENTIALS_FILE": str(file), "AWS_PROFILE": "mf"}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_nothing_that_is_told_or_kept_holds_a_secret(cards_in_bucket, proxy, tmp_path, trouble):
    place, (env, what) = cards_in_bucket, TROUBLE[trouble]
    place.wire(Bucket(proxy.endpoint, place.bucket.name), patience=IMPATIENT)
    proxy.always(what)
    inputs = set(files_below(tmp_path))
    for words in (["run", place.place.request_file], ["status", place.place.request_file], ["doctor"], ["runs"],
                  ["publish", place.place.request_file]):
        for options in (["--verbose", "--json"], ["--verbose", "--log-format", "json"], ["--json"]):
            told = command.call("--profile", place.profile, *options, *words, env={**CREDENTIALS, **env, "HOME": "/nowhere"})
            require_no_secret(told.out, told.err)
    require_no_secret(*(data for part in ("store", "registry") for data in place.bucket.below(part).values()))
    require_no_secret(*(data for name, data in files_below(tmp_path).items() if name not in inputs))


def test_the_shared_file_is_read_and_never_told(cards_in_bucket, tmp_path):
    place = cards_in_bucket
    env = files_of(tmp_path, aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"], aws_secret_access_key=SECRET_KEY)
    for options in (["--verbose"], ["--json"]):
        told = command.call("--profile", place.profile, *options, "run", place.place.request_file, env=env)
        assert told.exit == 0
        require_no_secret(told.out, told.err)
    told = place.tell("doctor", env={**env, "AWS_PROFILE": "other"})
    assert told["figures"]["profile and store"] == "STORE_NOT_PERMITTED"
    require_no_secret(told.out, told.err)
    require_no_secret(*place.bucket.below("store").values())


def test_the_environment_comes_before_the_shared_file(cards_in_bucket, tmp_path):
    env = files_of(tmp_path, aws_access_key_id="nobody", aws_secret_access_key="nothing")
    assert cards_in_bucket.tell("doctor", env=env)["outcome"] == "UNHEALTHY"
    assert cards_in_bucket.tell("doctor", env={**env, **CREDENTIALS})["outcome"] == "HEALTHY"


def test_an_endpoint_with_a_password_is_refused_and_not_repeated(cards_in_bucket):
    place = cards_in_bucket
    place.wire(Bucket(f"http://user:{SECRET_KEY}@127.0.0.1:1", "bucket"))
    told = place.run()
    assert (told.code, told.exit) == ("PROFILE_INVALID", 78)
    require_no_secret(told.out, told.err)


# Servers of https.


@pytest.fixture(name="certificate")
def certificate_fixture(tmp_path):
    return self_signed(tmp_path)


@pytest.fixture(name="secure")
def secure_fixture(gateway, certificate):
    between = Proxy(gateway.endpoint, certificate)
    yield between
    between.stop()


def test_a_server_that_nobody_vouches_for_is_refused(cards_in_bucket, secure):
    cards_in_bucket.wire(Bucket(secure.endpoint, cards_in_bucket.bucket.name))
    told = cards_in_bucket.run()
    assert (told.code, told.exit, told["failure"]["retryable"]) == ("STORE_UNTRUSTED", 78, False)
    assert "AWS_CA_BUNDLE" in told["failure"]["hint"]
    assert secure.met == [], "it was told something"


def test_a_server_whose_authority_is_named_is_trusted(cards_in_bucket, secure, certificate):
    place = cards_in_bucket
    place.wire(Bucket(secure.endpoint, place.bucket.name))
    assert place.run(env={**CREDENTIALS, "AWS_CA_BUNDLE": str(certificate.with_suffix(".crt"))})["outcome"] == "PUBLISHED"
    assert secure.met


def test_a_list_of_authorities_that_is_not_there_trusts_nobody(cards_in_bucket, secure):
    place = cards_in_bucket
    place.wire(Bucket(secure.endpoint, place.bucket.name))
    assert place.run(env={**CREDENTIALS, "AWS_CA_BUNDLE": "/nowhere/list.pem"}).code == "STORE_UNTRUSTED"
    assert secure.met == []


def test_a_server_without_https_is_no_server_of_https(cards_in_bucket, gateway):
    place = cards_in_bucket
    place.wire(Bucket(gateway.endpoint.replace("http:", "https:"), place.bucket.name), patience=IMPATIENT)
    assert place.run().code == "STORE_UNAVAILABLE"


# Buckets in the names of hosts.


def test_a_bucket_in_the_name_of_its_host(steady_cards, tmp_path, undisturbed):
    """curl and the gateway both know `bucket.localhost`, whatever the resolver does."""
    port = free_port()
    server = start_gateway(tmp_path / "named", port, "--virtual-domain", f"localhost:{port}")
    try:
        place = BucketWorkplace(steady_cards.copied_to(tmp_path / "cards"), NamedBucket(server.endpoint, "fraud").made())
        assert place.run()["outcome"] == "PUBLISHED"
        assert place.run()["outcome"] == "ALREADY_PUBLISHED"
    finally:
        server.stop()


class NamedBucket(Bucket):
    """A bucket whose name is part of the host."""

    def request_line(self, key):
        port = self.endpoint.rsplit(":", 1)[1]
        return f"{self.name}.localhost:{port}", f"/{key}"

    def place(self, klass, prefix):
        return {**super().place(klass, prefix), "endpoint": f"http://localhost:{self.endpoint.rsplit(':', 1)[1]}", "path_style": False}
