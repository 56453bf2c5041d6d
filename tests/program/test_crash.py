"""Killed anywhere, the same command goes on: it ends PUBLISHED, with the bytes of a run that nobody disturbed."""

import shutil
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

import command
from documents import content
from workplace import files_below

PATIENCE = 60  # seconds; only a hanging program takes so long


def artifacts(place):
    """What is left in store and registry, circumstance and ledgers apart."""
    return {(folder.name, key): content(data) for folder in (place.store, place.registry)
            for key, data in files_below(folder).items() if "/ledger/" not in key}


def require_undisturbed(place, undisturbed):
    mine, theirs = artifacts(place), artifacts(undisturbed)
    assert mine.keys() == theirs.keys()
    assert [key for key in mine if mine[key] != theirs[key]] == []
    assert place.bundle().parent.name == undisturbed.bundle().parent.name


def start(place, *words):
    return subprocess.Popen(
        [str(command.MF), "--profile", str(place.profile), *map(str, words or ("run", place.request_file))],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=command.quiet_surroundings())


def started(place, stage):
    runs = list((place.store / "mf/runs").glob("*.json"))
    return bool(runs) and any(
        event["event"] == "STAGE_STARTED" and event["detail"]["stage"] == stage for event in place.events())


def wait_until(happened):
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.002)


@pytest.fixture(scope="module")
def long_demo(made_demo, tmp_path_factory):
    """The demo with so many rounds that its training takes a while, and what it leaves undisturbed."""
    place = made_demo.copied_to(tmp_path_factory.mktemp("long") / "demo")
    profile = place.store / "profiles/training_profile.v1.yaml"
    text = profile.read_text()
    assert "early_stopping_rounds: 20" in text
    profile.write_text(text.replace("early_stopping_rounds: 20", "early_stopping_rounds: 150"))
    undisturbed = place.copied_to(tmp_path_factory.mktemp("undisturbed") / "demo")
    undisturbed.run()
    return place, undisturbed


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGTERM])
def test_killed_in_training_it_goes_on(long_demo, tmp_path, blow):
    made, undisturbed = long_demo
    place = made.copied_to(tmp_path / "demo")
    process = start(place)
    wait_until(lambda: started(place, "TRAIN"))
    process.send_signal(blow)
    assert process.wait(PATIENCE) != 0
    assert not place.published()
    assert place.mf("status", place.request_file)["outcome"] == "RUNNING"
    assert place.run()["outcome"] == "PUBLISHED"
    assert place.attempts("TRAIN") == 2
    require_undisturbed(place, undisturbed)


def test_while_one_works_another_is_told_to_wait(long_demo, tmp_path):
    place = long_demo[0].copied_to(tmp_path / "demo")
    process = start(place)
    try:
        wait_until(lambda: started(place, "TRAIN"))
        process.send_signal(signal.SIGSTOP)
        told = place.run(expect=75)
        assert told.code == "LEASE_HELD" and told["failure"]["retryable"]
    finally:
        process.send_signal(signal.SIGCONT)
        assert process.wait(PATIENCE) == 0
    assert place.attempts("TRAIN") == 1


def test_two_at_once_publish_one_bundle(cards, finished):
    processes = [start(cards) for _ in range(4)]
    exits = sorted(process.wait(PATIENCE) for process in processes)
    assert exits[0] == 0 and set(exits) <= {0, 75}
    assert cards.run()["outcome"] == "ALREADY_PUBLISHED"
    assert cards.attempts("TRAIN") == 1
    require_undisturbed(cards, finished)


@pytest.mark.parametrize("delay_ms", [1, 5, 10, 15, 20, 30, 40, 60, 80, 120])
def test_killed_after_any_delay_it_goes_on(cards, finished, delay_ms):
    process = start(cards)
    time.sleep(delay_ms / 1000)
    process.kill()
    process.wait(PATIENCE)
    assert cards.run()["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED")
    require_undisturbed(cards, finished)


def test_killed_again_and_again_it_still_ends(cards, finished):
    for round_number in range(20):
        process = start(cards)
        time.sleep(0.004 * (round_number % 10 + 1))
        process.kill()
        process.wait(PATIENCE)
    assert cards.run()["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED")
    require_undisturbed(cards, finished)


# At every single write: linkat is how the store makes a file appear.


def traced(strace, place, *options):
    log = place.folder.parent / "strace.log"
    ended = subprocess.run(
        [strace, "-f", "-qq", "-o", str(log), "-e", "trace=linkat", *options, str(command.MF),
         "--profile", str(place.profile), "--quiet", "run", str(place.request_file)],
        capture_output=True, env=command.quiet_surroundings(), timeout=PATIENCE, check=False)
    return ended, log.read_text().count("linkat(")


def writes_of_a_run(strace, made_cards, tmp_path):
    ended, writes = traced(strace, made_cards.copied_to(tmp_path / "counted"))
    assert ended.returncode == 0 and writes > 30
    return writes


def each_write(made_cards, tmp_path, numbers, disturb):
    """Calls `disturb(a fresh workplace, n)` for each number, a few at a time: most of it is waiting for the disk."""
    def once(nth):
        place = made_cards.copied_to(tmp_path / f"at-{nth}" / "cards")
        disturb(place, nth)
        shutil.rmtree(place.folder)
    with ThreadPoolExecutor(4) as hands:
        for done in [hands.submit(once, nth) for nth in numbers]:
            done.result()


def test_killed_at_any_write_it_goes_on(strace, made_cards, finished, tmp_path):
    writes = writes_of_a_run(strace, made_cards, tmp_path)

    def kill(place, nth):
        ended, _ = traced(strace, place, "-e", f"inject=linkat:signal=KILL:when={nth}")
        assert ended.returncode != 0, f"write {nth} of {writes} was not hit"
        assert place.run()["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED"), f"after a kill at write {nth}"
        require_undisturbed(place, finished)
    each_write(made_cards, tmp_path, range(1, writes + 1), kill)


@pytest.mark.parametrize("errno, code", [("ENOSPC", "STORE_FULL"), ("EIO", "STORE_UNAVAILABLE")])
def test_a_write_that_fails_is_told_and_can_be_repeated(strace, made_cards, finished, tmp_path, errno, code):
    writes = writes_of_a_run(strace, made_cards, tmp_path)

    def fail(place, nth):
        ended, _ = traced(strace, place, "-e", f"inject=linkat:error={errno}:when={nth}")
        told = ended.stderr.decode()
        # A claim that could not be given back is in nobody's way: the next stage takes it over from its own process.
        if ended.returncode == 0:
            assert nth == writes or any("takeover_of" in event["detail"] for event in place.events()), f"write {nth} of {writes}"
        else:
            assert ended.returncode == 75, f"write {nth} of {writes}: {told}"
        assert ended.returncode == 0 or any(c in told for c in (code, "REGISTRY_UNAVAILABLE", "LEASE_HELD")), told
        assert place.run()["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED")
        shutil.rmtree(place.run_folder / "publish/failures", ignore_errors=True)  # what told of it is kept, and is more
        require_undisturbed(place, finished)
    each_write(made_cards, tmp_path, range(1, writes + 1, 4), fail)
