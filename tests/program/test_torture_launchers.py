"""Many at once: one training, one publication, one answer; and who was away too long cannot write any more."""

import json
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

import pytest

import command
from documents import canonical, content
from frozen import Frozen
from injection import ALL, FORM, HANDS, PATIENCE, SEED, chosen, for_each, recorded
from same_end import require_undisturbed
from workplace import files_below, sha256

LAUNCHERS = 64 if ALL else 12
REQUESTS = 200 if ALL else 8
FREEZES = 3
LONG_AGO = "2026-01-01T00:00:00Z"


def launched(place, request=None):
    return subprocess.Popen(
        [str(command.MF), "--json", "--profile", str(place.profile), "run", str(request or place.request_file)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=command.quiet_surroundings())


def answer_of(process):
    out, err = process.communicate(timeout=PATIENCE * 5)
    return command.Told(process.returncode, out.decode(), err.decode(), command.only_object(out.decode()))


def count(events, name):
    return sum(event["event"] == name for event in events)


@pytest.mark.parametrize("launchers", [LAUNCHERS])
def test_many_launchers_of_one_request_do_it_once(steady_cards, undisturbed, tmp_path, report, launchers):
    place = steady_cards.copied_to(tmp_path / "cards")
    answers = [answer_of(process) for process in [launched(place) for _ in range(launchers)]]
    done = [told for told in answers if told.exit == 0]
    waiting = [told for told in answers if told.exit != 0]
    assert {told["outcome"] for told in done} <= {"PUBLISHED", "ALREADY_PUBLISHED"} and done
    assert len({json.dumps([told["run"], told["identity"], told["refs"], told["figures"]]) for told in done}) == 1
    assert {(told.exit, told.code, told["failure"]["retryable"], told["run"]) for told in waiting} <= {
        (75, "LEASE_HELD", True, place.run_key)}
    assert count(place.events(), "MODEL_TRAINED") == count(place.events(), "BUNDLE_PUBLISHED") == 1
    assert place.attempts("TRAIN") == 1
    require_undisturbed(place, undisturbed)
    assert place.run()["outcome"] == "ALREADY_PUBLISHED"
    report(f"{launchers} launchers: {len(done)} were told the end, {len(waiting)} LEASE_HELD, 1 training")


@pytest.mark.parametrize("requests", [REQUESTS])
def test_many_different_requests_end_each_with_its_own(steady_cards, tmp_path, requests):
    place = steady_cards.copied_to(tmp_path / "cards")
    files = [place.request_with(f"request-{i}.json", request_id=f"request-{i:04}", config_revision=f"config@r{i}")
             for i in range(requests)]
    with ThreadPoolExecutor(4 * HANDS) as hands:
        answers = list(hands.map(lambda file: answer_of(launched(place, file)), files))
    assert {(told.exit, told["outcome"]) for told in answers} == {(0, "PUBLISHED")}
    runs = [told["run"] for told in answers]
    assert len(set(runs)) == requests == len(list((place.store / "mf/runs").glob("*.json")))
    assert place.states() == dict.fromkeys(runs, "PUBLISHED")
    for number, told in enumerate(answers):
        require_of(place, told, f"config@r{number}", f"request-{number:04}")
    for number in chosen(range(requests), 2, "alone"):
        require_same_alone(steady_cards, place, files[number], answers[number], tmp_path / f"alone-{number}")


def require_of(place, told, config_revision, request_id):
    """Everything of this run is of this request."""
    folder = place.store / place.request()["platform_run_id"] / "mf/train_runs" / told["run"]
    events = [json.loads(file.read_text()) for file in sorted((folder / "ledger/events").glob("*.json"))]
    asked = json.loads(events[0]["detail"]["request"])
    assert (asked["config_revision"], asked["request_id"]) == (config_revision, request_id)
    assert {event["run_key"] for event in events} == {told["run"]}
    assert [count(events, name) for name in ("REQUEST_QUEUED", "REQUEST_ALIASED", "MODEL_TRAINED", "BUNDLE_PUBLISHED")] == [
        1, 0, 1, 1]
    published = json.loads((place.registry / told["refs"]["registry_bundle_ref"]).read_text())
    assert published["provenance"]["config_revision"] == config_revision
    assert published["run_id"] == told["run"] if "run_id" in published else told["run"] in json.dumps(published)


def require_same_alone(steady_cards, place, file, told, folder):
    """Alone in its own store, the request leaves the same bundle."""
    alone = steady_cards.copied_to(folder)
    own = alone.run(file)
    assert (own["run"], own["figures"]) == (told["run"], told["figures"])
    def bundle_in(where):
        files = files_below((where.registry / own["refs"]["registry_bundle_ref"]).parent)
        return {name: content(data) for name, data in files.items()}
    assert bundle_in(alone) == bundle_in(place)


# Away too long.


def lease_in_force(events):
    """The event that gives or renews the lease in force, or nothing."""
    leases = [event for event in events if event["event"].startswith("LEASE_")]
    return leases[-1] if leases and leases[-1]["event"] != "LEASE_RELEASED" else None


def append(place, lease, **changes):
    """Appends to the log what a claimant, or another one, would write."""
    last = place.event_files()[-1]
    event = {**lease, "sequence": len(place.event_files()) + 1, "previous_sha256": sha256(last.read_bytes()), **changes}
    (last.parent / f"{event['sequence']:08}.json").write_text(canonical(event) + "\n")


def run_out(place, lease):
    """As if the claimant had renewed its claim for the last time long ago."""
    append(place, lease, event="LEASE_RENEWED",
           detail={"owner": lease["detail"]["owner"], "expires_at_utc": LONG_AGO})


def take_over(place, lease):
    """As if a claimant on another host had taken the run over, and were at work."""
    append(place, lease, event="LEASE_CLAIMED", lease_token="0" * 32, detail={
        "owner": "elsewhere/pid:[1]/1/1", "expires_at_utc": "2099-01-01T00:00:00Z", "takeover_of": lease["detail"]["owner"]})


@pytest.fixture
def freezes(strace, steady_cards, tmp_path):
    """The numbers of the files after which a process can be frozen."""
    links = [p.nth for p in recorded(strace, steady_cards.copied_to(tmp_path / "recorded" / "cards")) if p.call == "linkat"]
    return links


def while_frozen(strace, steady_cards, tmp_path, freezes, act):
    """Calls `act(place, frozen, the lease it holds)` for every freeze under a lease; how many those were."""
    held = []

    def once(nth):
        place = steady_cards.copied_to(tmp_path / f"at-{nth}" / "cards")
        with Frozen(strace, place, nth) as frozen:
            lease = lease_in_force(place.events()) if list((place.store / "mf/runs").glob("*")) else None
            if lease:
                held.append(nth)
                act(place, frozen, lease)
        shutil.rmtree(place.folder.parent)
    for_each(freezes, once)
    return len(held)


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_who_wakes_after_another_finished_writes_nothing(strace, steady_cards, undisturbed, freezes, tmp_path, report, form):
    def finish_and_wake(place, frozen, lease):
        run_out(place, lease)
        assert place.run()["outcome"] in ("PUBLISHED", "ALREADY_PUBLISHED")
        if not any("takeover_of" in event["detail"] for event in place.events()):
            return  # it had published already
        before = files_below(place.folder)
        told = frozen.wake()
        assert files_below(place.folder) == before, "it wrote"
        assert told.code == "LEASE_LOST" if told.exit else told["outcome"] == "ALREADY_PUBLISHED", told.out
        require_undisturbed(place, undisturbed)
    held = while_frozen(strace, steady_cards, tmp_path, chosen(freezes, FREEZES, "finished"), finish_and_wake)
    report(f"frozen under a lease at {held} of {len(freezes)} files, and woken after another had finished: wrote nothing")


@pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
def test_who_wakes_while_another_works_writes_nothing(strace, steady_cards, freezes, tmp_path, report, form):
    def take_over_and_wake(place, frozen, lease):
        take_over(place, lease)
        before = files_below(place.folder)
        told = frozen.wake()
        assert sorted(files_below(place.folder).keys() - before.keys()) == [], "it wrote"
        assert files_below(place.folder) == before
        had_published = any(event["event"] == "BUNDLE_PUBLISHED" for event in place.events())
        assert told.code in ("LEASE_LOST", "LEASE_HELD") or (had_published and told["outcome"] == "PUBLISHED"), told.out
    held = while_frozen(strace, steady_cards, tmp_path, chosen(freezes, FREEZES, "working"), take_over_and_wake)
    report(f"frozen under a lease at {held} of {len(freezes)} files, and woken while another works: wrote nothing")
