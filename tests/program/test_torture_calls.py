"""Ended or failing at each call that changes a file, a run is finished by the same command, as if nothing had happened."""

import json
import shutil

import pytest

from card_rows import card_rows
from injection import FORM, ONLY_BY_NAME, SEED, chosen, disturbed, for_each, looks, recorded
from same_end import require_same_end, require_sealed, require_undisturbed
from test_gate import demand
from workplace import files_below

SAMPLE = {"kill": 24, "error": 6, "by name": 8}
FULL = ("STORE_FULL", "REGISTRY_UNAVAILABLE")
AWAY = ("STORE_UNAVAILABLE", "REGISTRY_UNAVAILABLE")
# What each failure of a call may be told as, with its exit status.
TOLD_AS = {
    "ENOSPC": dict.fromkeys(FULL, 75),
    "EIO": dict.fromkeys(AWAY, 75),
    "EINTR": dict.fromkeys(AWAY, 75),
    "EACCES": {"STORE_NOT_PERMITTED": 77, "REGISTRY_UNAVAILABLE": 75},
}


@pytest.fixture(scope="module")
def points(strace, steady_cards, tmp_path_factory):
    """Every call of a run that changes a file, found by two runs that must agree."""
    first, second = (recorded(strace, steady_cards.copied_to(tmp_path_factory.mktemp("recorded") / "cards")) for _ in range(2))
    assert first == second, "two runs of the same request do not make the same calls"
    return first


@pytest.fixture
def each(steady_cards, tmp_path):
    """Gives a fresh workplace to `act` for each point, and clears it away if that went well."""
    def run(points, act):
        def once(point):
            place = steady_cards.copied_to(tmp_path / f"{point.call}-{point.nth}" / "cards")
            act(place, point)
            shutil.rmtree(place.folder.parent)
        for_each(points, once)
    return run


def require_typed(ended, point, errno):
    """One failure of the table, with its exit status; or success, where the run does not depend on the call."""
    told = json.loads(ended.stdout)
    failure = told["failure"]
    if ended.returncode == 0:
        assert failure is None and told["outcome"] == "PUBLISHED"
        return "success"
    assert failure is not None, f"exit {ended.returncode} without a failure"
    code = failure["code"]
    assert code in TOLD_AS[errno], f"{errno} at {point} is told as {code}: {failure['message']}"
    assert ended.returncode == failure["exit"] == TOLD_AS[errno][code]
    assert failure["retryable"] == (ended.returncode == 75)
    assert code != "REGISTRY_UNAVAILABLE" or point.place.startswith("registry"), failure["message"]
    return code


def test_the_calls_that_change_a_file_are_known(points, report):
    """Should a new kind of call turn up, it is in the lists of the tests below by itself; this says that they are not empty."""
    kinds = {call: sum(point.call == call for point in points) for call in sorted({point.call for point in points})}
    report(f"{len(points)} calls of a run change files: " + ", ".join(f"{n} {call}" for call, n in kinds.items()))
    assert kinds.keys() >= {"openat", "write", "fsync", "linkat", "mkdirat"}
    assert kinds["linkat"] > 30


def test_what_gets_a_name_is_safe_before_and_its_name_right_after(points):
    """What a power cut would show: a file is flushed before it is named, a folder right after something in it was."""
    for before, point, after in zip(points, points[1:], points[2:]):
        folder = point.place.rpartition("/")[0]
        if point.call == "linkat":
            assert (before.call, before.place) == ("fsync", f"{folder}/#"), f"{point} names what was not flushed"
        if point.call in ("linkat", "mkdirat"):
            assert (after.call, after.place) == ("fsync", folder), f"the folder is not flushed after {point}"


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_killed_at_a_call_it_goes_on(strace, undisturbed, points, each, report, form):
    killed = chosen(points, SAMPLE["kill"], "kill")

    def kill(place, point):
        ended = disturbed(strace, place, point, "signal=KILL")
        assert ended.returncode == -9 and not ended.stdout, f"exit {ended.returncode}"
        require_same_end(place, undisturbed)
    each(killed, kill)
    report(f"killed at {len(killed)} of {len(points)} calls")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
@pytest.mark.parametrize("terminal_class, exit_status, spoil", [
    ("FAILED_GATES", 1, lambda place: demand(place, at_least=0.9999999)),
    ("REJECTED_INPUTS", 65, lambda place: place.repin(rows=[{**row, "is_fraud": "0"} for row in card_rows()]))])
def test_killed_at_a_call_a_run_that_fails_comes_to_its_end(
        strace, steady_cards, tmp_path, report, form, terminal_class, exit_status, spoil):
    spoiled = steady_cards.copied_to(tmp_path / "spoiled" / "cards")
    spoil(spoiled)
    points = recorded(strace, spoiled.copied_to(tmp_path / "recorded" / "cards"), ends_with=exit_status)
    killed = chosen(points, SAMPLE["kill"] // 2, terminal_class)

    def kill(point):
        place = spoiled.copied_to(tmp_path / f"{point.call}-{point.nth}" / "cards")
        assert disturbed(strace, place, point, "signal=KILL").returncode == -9
        first = place.run(expect=exit_status)
        require_sealed(place, terminal_class)
        ended = files_below(place.folder)
        assert place.run(expect=exit_status).result == first.result
        assert files_below(place.folder) == ended
        shutil.rmtree(place.folder.parent)
    for_each(killed, kill)
    report(f"{terminal_class}: killed at {len(killed)} of {len(points)} calls")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
@pytest.mark.parametrize("errno", TOLD_AS)
def test_a_call_that_fails_is_told_and_the_run_goes_on(strace, undisturbed, points, each, report, errno, form):
    failed = chosen(points, SAMPLE["error"], errno)
    ends = {}

    def fail(place, point):
        code = require_typed(disturbed(strace, place, point, f"error={errno}"), point, errno)
        ends[code] = ends.get(code, 0) + 1
        require_same_end(place, undisturbed)
    each(failed, fail)
    report(f"{errno} at {len(failed)} of {len(points)} calls: {ends}")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
@pytest.mark.parametrize("errno", ["ENOSPC", "EIO"])
def test_what_fails_from_then_on_is_told_and_the_run_goes_on_later(strace, undisturbed, points, each, report, errno, form):
    """As a disk that stays full: what tells of the first failure fails too. Calls that only the store makes."""
    stores = [point for point in points if point.call in ("fsync", "linkat", "mkdirat")]
    failed = chosen(stores, SAMPLE["error"], errno + "+")
    ends = {}

    def fail(place, point):
        code = require_typed(disturbed(strace, place, point, f"error={errno}", from_then_on=True), point, errno)
        ends[code] = ends.get(code, 0) + 1
        require_same_end(place, undisturbed)
    each(failed, fail)
    report(f"{errno} from then on, at {len(failed)} of {len(stores)} calls: {ends}")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_a_look_that_fails_is_told_and_the_run_goes_on(strace, steady_cards, undisturbed, each, report, tmp_path, form):
    looking = recorded(strace, steady_cards.copied_to(tmp_path / "recorded" / "cards"), looks)
    failed = chosen(looking, SAMPLE["error"], "looking")
    codes = {}

    def fail(place, point):
        ended = disturbed(strace, place, point, "error=EIO")
        told = json.loads(ended.stdout)
        code = told["failure"] and told["failure"]["code"]
        codes[code] = codes.get(code, 0) + 1
        assert ended.returncode == (75 if told["failure"] else 0), f"exit {ended.returncode}: {told['failure']}"
        require_same_end(place, undisturbed)
    each(failed, fail)
    report(f"EIO at {len(failed)} of {len(looking)} calls that look: {codes}")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_killed_where_files_need_temporary_names_it_leaves_none(
        strace, steady_cards, undisturbed, each, report, tmp_path, form):
    place = steady_cards.copied_to(tmp_path / "recorded" / "cards")
    points = [p for p in recorded(strace, place, always=ONLY_BY_NAME) if p.call != "linkat"]
    require_undisturbed(place, undisturbed)
    assert sum(point.call == "unlinkat" for point in points) > 30, "no temporary name was used"
    killed = chosen([point for point in points if ".mf-tmp" in point.place], SAMPLE["by name"], "by name")
    left = []

    def kill(place, point):
        assert disturbed(strace, place, point, "signal=KILL", ONLY_BY_NAME).returncode == -9
        left.extend(path for path in place.folder.rglob(".mf-tmp/*"))
        require_same_end(place, undisturbed)
    each(killed, kill)
    assert left, "no kill left a temporary file: nothing was there to be cleared away"
    report(f"killed at {len(killed)} calls about temporary names; {len(left)} files were left by them, none by the next run")
