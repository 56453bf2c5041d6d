"""The fixtures of the whole-program tests. Workplaces are made once a session and copied for each test."""

import os
import shutil
import subprocess

import pytest

import command
from card_store import CardStore
from injection import ALL
from s3_bucket import Bucket
from s3_proxy import Proxy
from s3_server import start_gateway, start_mock
from s3_workplace import BucketRegistry, BucketWorkplace
from workplace import Workplace

PHASES = ("resolve", "train", "eval", "gate", "publish")


@pytest.fixture(scope="session", autouse=True)
def program():
    """The program under test, which has to be built."""
    assert command.MF.is_file(), f"{command.MF} is not there; set MF_BIN to the program under test"
    return command.MF


@pytest.fixture(scope="session")
def strace():
    """The tool that makes system calls fail, or processes end, where a test wants it."""
    tool = shutil.which("strace")
    works = tool and subprocess.run([tool, "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0
    if not works:
        assert os.environ.get("CI") != "true", "strace is not there or may not trace"
        pytest.skip("STRACE IS NOT THERE: NOTHING IS KNOWN ABOUT SYSTEM CALLS THAT FAIL")
    return tool


@pytest.fixture(name="mf")
def mf_fixture():
    return command.mf


@pytest.fixture(scope="session")
def made_demo(tmp_path_factory):
    """What `mf demo` writes, small."""
    place = Workplace(tmp_path_factory.mktemp("demo") / "demo")
    command.mf("demo", place.folder, "--transactions", 20000, "--seed", 7)
    return place


@pytest.fixture(scope="session")
def finished_demo(made_demo, tmp_path_factory):
    """The demo after `mf run`; to look at, not to change."""
    place = made_demo.copied_to(tmp_path_factory.mktemp("finished") / "demo")
    place.told = place.run()
    return place


@pytest.fixture
def demo(made_demo, tmp_path):
    return made_demo.copied_to(tmp_path / "demo")


@pytest.fixture(scope="session")
def made_cards(tmp_path_factory):
    return CardStore(tmp_path_factory.mktemp("cards") / "cards").lay_out()


@pytest.fixture(scope="session")
def steady_cards(made_cards, tmp_path_factory):
    """The small store, worked on by one thread: so that every run of it makes the same system calls."""
    place = made_cards.copied_to(tmp_path_factory.mktemp("steady") / "cards")
    place.wire(threads=1)
    return place


@pytest.fixture(scope="session")
def undisturbed(steady_cards, tmp_path_factory):
    """The same after a whole run; to look at, not to change."""
    place = steady_cards.copied_to(tmp_path_factory.mktemp("undisturbed") / "cards")
    place.run()
    return place


@pytest.fixture
def report(capsys):
    """Tells what the long form found, while it goes on."""
    def tell(text):
        if ALL:
            with capsys.disabled():
                print(f"\ntorture: {text}", flush=True)
    return tell


@pytest.fixture
def cards(made_cards, tmp_path):
    """The small store laid out by hand, with nothing done in it."""
    return made_cards.copied_to(tmp_path / "cards")


@pytest.fixture(scope="session")
def made_halts(made_cards, tmp_path_factory):
    """The small store halted after each phase, by the name of the phase that comes next; `done` is after the last."""
    folder = tmp_path_factory.mktemp("halts")
    halts, place = {}, made_cards
    for phase in PHASES:
        halts[phase] = place
        place = place.copied_to(folder / phase)
        place.phase(phase)
    return {**halts, "done": place}


@pytest.fixture
def halted_before(made_halts, tmp_path):
    """Copies the small store as it is when `phase` is the next thing to do."""
    return lambda phase: made_halts[phase].copied_to(tmp_path / f"before-{phase}")


@pytest.fixture
def finished(halted_before):
    """The small store after a whole run."""
    return halted_before("done")


@pytest.fixture(scope="session")
def gateway(tmp_path_factory):
    """A real S3-compatible server."""
    server = start_gateway(tmp_path_factory.mktemp("gateway"))
    yield server
    server.stop()


@pytest.fixture
def mock(tmp_path):
    """Starts mocks, by their options; each forgets everything at the end."""
    servers = []

    def start(*options):
        servers.append(start_mock(tmp_path / "mock", *options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def moved(demo, bucket):
    """The demo in a bucket of its own, on a real server."""
    return BucketWorkplace(demo, bucket)


@pytest.fixture
def on_mock(demo, mock):
    """The demo in a bucket, on a mock with these options."""
    return lambda *options: BucketWorkplace(demo, Bucket(mock(*options).endpoint, "bucket").made())


@pytest.fixture
def bucket(gateway, tmp_path):
    """A bucket of this test's own, on a real server."""
    return Bucket(gateway.endpoint, tmp_path.name.replace("_", "-").lower()).made()


@pytest.fixture
def proxy(gateway):
    """Between the program and the real server; without faults at first."""
    between = Proxy(gateway.endpoint)
    yield between
    between.stop()


@pytest.fixture
def cards_in_bucket(steady_cards, bucket, tmp_path):
    """The small store in a bucket."""
    return BucketWorkplace(steady_cards.copied_to(tmp_path / "cards"), bucket)


@pytest.fixture
def publishing(steady_cards, bucket, proxy, tmp_path):
    """The small store in a folder, and its registry in a bucket behind the proxy."""
    place = BucketRegistry(steady_cards.copied_to(tmp_path / "cards"), bucket)
    place.wire(Bucket(proxy.endpoint, bucket.name))
    return place
