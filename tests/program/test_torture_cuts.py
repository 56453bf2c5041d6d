"""Cut short anywhere, or changed by one bit, no event and no document is taken for what it was; nothing is repaired.

What becomes of each file, and the last test here holds the list against what a run leaves:
- an event, the seal of a log, the anchor of a run, the alias of a request: the run is refused, whatever is asked of it;
- a log that lost its last events: refused once its end is sealed; before that it is the log of a run that has not come that far, and goes on from there;
- a document that the ledger vouches for: refused by the phase that uses it next, in a half-done run, and by its own phase, told
  again, in a finished one;
- a document that no event vouches for yet, as a crash leaves it: refused by its own phase, which would put another one there;
- an input: refused when it is resolved; once the run is published, one that cannot be parsed is as good as absent, and what
  retention took away takes nothing from what was published;
- the bundle in the registry, and what MF keeps to hold it against: refused by `run` and `publish`;
- MF's own copies of the bundle's members, receipts of failed publishing, the registry's event: nothing rests on them once
  the run is published, and no command reads them; the answer is the same as without the damage.
"""

import shutil

import pytest

from conftest import PHASES
from injection import FORM, SEED, chosen, for_each
from same_end import artifacts
from test_tamper import EVALUATED, INPUTS, MATRIX, RECORDS, TRAINED, place_of
from workplace import files_below

SAMPLE = 16
ROWS = 200  # of files of rows, whose every byte is looked at in the same way, this many are enough
FIRST_USE = {what: phase for phase, what in reversed(MATRIX)}
BESIDE = ("mf.yaml", "request.json")  # what people write is no document of the run
# The phase that holds a document against the ledger when it is told again.
OWN_PHASE = {**dict.fromkeys(EVALUATED, "eval"), **dict.fromkeys(TRAINED, "train"), **dict.fromkeys(
    ("gate_receipt", "publish_eligibility"), "gate")}
UNREAD = ("bundle/bundle_publication.json", "bundle/eval_report.json", "bundle/gate_receipt.json", "bundle/model.ubj", "bundle/scoring_contract.json",
          "bundle/submission.json")
LEFT_BY_RETRIES = ("/ledger/", "/publish/failures/", "store/mf/")  # events, receipts, and what admission keeps
ORPHAN_SPOTS = 24  # all of its bytes are compared at once, and each attempt is a whole phase
CODES = {what: codes[0] for what, codes in {**INPUTS, **RECORDS}.items()}


def cut(data, at):
    return data[:at]


def flipped(data, at):
    return data[:at] + bytes([data[at] ^ (1 << (at % 8))]) + data[at + 1:]


DAMAGES = {"cut": cut, "flipped": flipped}


class Bench:
    """A copy of a workplace in which a file is damaged again and again, everything else being put back in between."""

    def __init__(self, place, folder):
        self.place = place.copied_to(folder)
        self._files = set(files_below(self.place.folder))

    def told(self, path, data, *words):
        """What mf tells of `words` while the file holds `data`."""
        original = path.read_bytes()
        path.write_bytes(data)
        try:
            told = self.place.ask_mf(*words)
            assert path.read_bytes() == data, "it was repaired silently"
        finally:
            path.write_bytes(original)
        self._take_away_what_came()
        return told

    def _take_away_what_came(self):
        for name in set(files_below(self.place.folder)) - self._files:
            assert any(part in name for part in LEFT_BY_RETRIES), f"it left {name}"
            (self.place.folder / name).unlink()


@pytest.fixture
def each_damage(tmp_path):
    """Calls `act(bench, path, damage, offset)` for offsets of each (workplace, path in it); a fresh bench for each file."""
    def run(files, damage, number, act, most=None):
        spots = [(i, at) for i, (place, path) in enumerate(files) for at in offsets(place, path, most)]
        spots = chosen(spots, number, damage)

        def once(i):
            place, path = files[i]
            bench = Bench(place, tmp_path / f"{damage}-{i}")
            data = (bench.place.folder / path).read_bytes()
            for at in [at for j, at in spots if j == i]:
                act(i, bench, bench.place.folder / path, DAMAGES[damage](data, at), f"{path} {damage} at byte {at}")
            shutil.rmtree(bench.place.folder)
        for_each(sorted({i for i, _ in spots}), once)
        return len(spots)
    return run


def offsets(place, path, most=None):
    size = (place.folder / path).stat().st_size
    if most and size > most:
        return [*range(0, size - 1, size // most), size - 1]
    return range(size) if size < 20000 else range(0, size, size // ROWS)


def inside(place, path):
    return str(path.relative_to(place.folder))


def everything_of(place):
    """Every file that a run uses or leaves, by its path in the workplace."""
    return set(files_below(place.folder)) - set(BESIDE)


def named_of(place):
    """The anchor of a run and the alias of its request."""
    return [(place, inside(place, path)) for folder in ("mf/runs", "mf/requests") for path in (place.store / folder).iterdir()]


def published_of(place):
    """The bundle as it is published, and what MF holds it against."""
    files = [f"registry/{key}" for key in place.published() if not key.endswith("event.json")]
    files += [inside(place, place.recorded()[what]) for what in ("plan", "publish_receipt", "bundle_manifest")]
    return [(place, path) for path in files]


def phases_of(place):
    return [(place, inside(place, place_of(place, what))) for what in OWN_PHASE]


def inputs_of(place):
    return [(place, inside(place, place_of(place, what))) for what in INPUTS]


def unread_of(place):
    events = [f"registry/{key}" for key in place.published() if key.endswith("event.json")]
    return [(place, path) for path in [*events, *(inside(place, place.run_folder / name) for name in UNREAD)]]


def events_of(place):
    return [(place, inside(place, path)) for path in place.event_files()]


def seal_of(place):
    return [(place, inside(place, place.run_folder / "ledger/seal.json"))]


FORMS = pytest.mark.parametrize("form", [f"{FORM}-seed-{SEED}"])
DAMAGED = pytest.mark.parametrize("damage", DAMAGES)


@FORMS
@DAMAGED
def test_a_damaged_event_is_refused(made_halts, each_damage, report, damage, form):
    # The last event has nobody yet who vouches for it: a changed digit in it cannot be seen, a cut can.
    files = [file for name in ("done", *PHASES[1:])
             for file in (events_of(made_halts[name]) if name == "done" else events_of(made_halts[name])[-1:])]
    if damage == "flipped":
        files = events_of(made_halts["done"])[:-1]
    files += seal_of(made_halts["done"])

    def refuse(_, bench, path, data, where):
        for command in ("status", "run"):
            told = bench.told(path, data, command, bench.place.request_file)
            assert told.code == "LEDGER_INVALID" and told.exit == 73, f"{where}: {told.out}"
    number = each_damage(files, damage, SAMPLE, refuse)
    report(f"events {damage} at {number} bytes: all refused")


def without_its_last(place, number, folder):
    place = place.copied_to(folder)
    for path in place.event_files()[-number:]:
        path.unlink()
    return place


def test_a_sealed_log_that_lost_its_end_is_refused(made_halts, tmp_path):
    done = made_halts["done"]
    end, = [i for i, event in enumerate(reversed(done.events()), 1) if event["event"] == "BUNDLE_PUBLISHED"]
    for number in range(1, len(done.event_files()) + 1):
        told = without_its_last(done, number, tmp_path / f"{number}").ask_mf("run", done.request_file)
        assert told.code == "LEDGER_INVALID" if number >= end else told["outcome"] == "ALREADY_PUBLISHED", told.out


def test_a_log_of_a_run_on_its_way_that_lost_its_end_goes_on_from_there(made_halts, undisturbed, tmp_path):
    halted = made_halts["publish"]
    for number in chosen(range(1, len(halted.event_files())), 4, "lost"):
        place = without_its_last(halted, number, tmp_path / f"{number}")
        assert place.run()["outcome"] == "PUBLISHED"
        assert artifacts(place) == artifacts(undisturbed)


@FORMS
@DAMAGED
def test_a_damaged_document_is_refused_where_it_is_used(made_halts, each_damage, report, damage, form):
    uses = [(phase, what) for what, phase in FIRST_USE.items()]
    files = [(made_halts[phase], inside(made_halts[phase], place_of(made_halts[phase], what))) for phase, what in uses]

    def refuse(i, bench, path, data, where):
        phase, what = uses[i]
        told = bench.told(path, data, phase, bench.place.request_file)
        assert told.code == CODES[what], f"{where}: {told.out}"
    number = each_damage(files, damage, SAMPLE, refuse)
    report(f"documents of half-done runs {damage} at {number} bytes: all refused")


@FORMS
@DAMAGED
@pytest.mark.parametrize("halt", ["train", "done"])
def test_a_damaged_name_of_a_run_is_refused(made_halts, each_damage, report, damage, form, halt):
    def refuse(_, bench, path, data, where):
        told = bench.told(path, data, "run", bench.place.request_file)
        assert told.exit == 73 and told.code in ("LEDGER_INVALID", "REQUEST_ID_PAYLOAD_MISMATCH"), f"{where}: {told.out}"
    number = each_damage(named_of(made_halts[halt]), damage, SAMPLE // 2, refuse)
    report(f"names of runs {damage} at {number} bytes: all refused")


@FORMS
@DAMAGED
def test_a_damaged_document_of_a_published_run_is_refused(made_halts, each_damage, report, damage, form):
    def refuse(_, bench, path, data, where):
        told = bench.told(path, data, "run", bench.place.request_file)
        assert told.exit == 73 and told.code != "INTERNAL", f"{where}: {told.out}"
    number = each_damage(published_of(made_halts["done"]), damage, SAMPLE, refuse)
    report(f"documents of a published run {damage} at {number} bytes: all refused")


@FORMS
@DAMAGED
def test_a_damaged_document_of_a_finished_phase_is_refused_by_that_phase(made_halts, each_damage, report, damage, form):
    names = list(OWN_PHASE)

    def refuse(i, bench, path, data, where):
        told = bench.told(path, data, OWN_PHASE[names[i]], bench.place.request_file)
        assert told.code == CODES[names[i]], f"{where}: {told.out}"
    number = each_damage(phases_of(made_halts["done"]), damage, SAMPLE, refuse)
    report(f"documents of finished phases {damage} at {number} bytes: all refused")


@FORMS
def test_a_cut_input_of_a_published_run_is_refused_or_as_good_as_absent(made_halts, each_damage, report, form):
    def refuse(_, bench, path, data, where):
        again = bench.told(path, data, "resolve", bench.place.request_file)
        assert again.exit in (65, 66, 73), f"{where}: {again.out}"
        told = bench.told(path, data, "run", bench.place.request_file)
        # As MF is told that the input is gone (66), it answers with what was published.
        assert told["outcome"] == "ALREADY_PUBLISHED" if again.exit == 66 else told.exit == 73, f"{where}: {told.out}"
    number = each_damage(inputs_of(made_halts["done"]), "cut", SAMPLE, refuse)
    report(f"inputs of a published run cut at {number} bytes: all refused by resolve, none taken for what it was by run")


@FORMS
@DAMAGED
def test_damage_to_what_no_command_reads_changes_no_answer(made_halts, each_damage, report, damage, form):
    answers = {}

    def same(_, bench, path, data, where):
        words = ("run", bench.place.request_file)
        told = bench.told(path, data, *words)
        plain = answers.setdefault("run", bench.place.ask_mf(*words).result)
        names = ("outcome", "run", "refs", "figures", "failure")
        assert [told[name] for name in names] == [plain[name] for name in names], f"{where}: {told.out}"
    number = each_damage(unread_of(made_halts["done"]), damage, SAMPLE // 2, same)
    report(f"what nothing rests on {damage} at {number} bytes: the same answer")


# What a crash leaves: documents whose event was not written any more.


def orphans_of(made_halts, phase, folder):
    """The small store before `phase`, and with it all that the phase is about to put there but for the ledger."""
    order = [*PHASES, "done"]
    after = made_halts[order[order.index(phase) + 1]]
    place = made_halts[phase].copied_to(folder)
    new = {name: data for name, data in files_below(after.folder).items()
           if name not in files_below(place.folder) and "/ledger/" not in name and not name.startswith("store/mf/")}
    for name, data in new.items():
        (place.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / name).write_bytes(data)
    return [(place, name) for name in sorted(new)]


@FORMS
@pytest.mark.parametrize("phase", PHASES)
def test_a_cut_document_that_no_event_vouches_for_is_refused(made_halts, each_damage, report, tmp_path, form, phase):
    # Cut only: another clock reading in one is circumstance, and stands.
    def refuse(_, bench, path, data, where):
        before = {key: text for key, text in files_below(bench.place.folder).items() if "/ledger/" not in key}
        told = bench.told(path, data, phase, bench.place.request_file)
        assert told.exit == 73 and told.code != "INTERNAL", f"{where}: {told.out}"
        assert {key: text for key, text in files_below(bench.place.folder).items() if "/ledger/" not in key} == before
    files = orphans_of(made_halts, phase, tmp_path / "orphans")
    number = each_damage(files, "cut", SAMPLE // 4, refuse, ORPHAN_SPOTS)
    report(f"documents without an event before {phase} cut at {number} bytes: all refused")


@FORMS
@DAMAGED
def test_a_damaged_receipt_of_failed_publishing_stands_in_nobodys_way(made_halts, each_damage, report, tmp_path, damage, form):
    place = made_halts["publish"].copied_to(tmp_path / "pending")
    shutil.move(place.registry, tmp_path / "away")
    assert place.run(expect=75)["outcome"] == "PUBLISH_PENDING"
    receipts = [(place, inside(place, path)) for path in (place.run_folder / "publish/failures").iterdir()]
    assert receipts

    def count_on(_, bench, path, data, where):
        told = bench.told(path, data, "publish", bench.place.request_file)
        assert (told.exit, told["outcome"]) == (75, "PUBLISH_PENDING"), f"{where}: {told.out}"
    number = each_damage(receipts, damage, SAMPLE // 4, count_on, ORPHAN_SPOTS)
    report(f"receipts of failed publishing {damage} at {number} bytes: the next attempt goes on")


def test_every_file_of_a_run_is_damaged_by_a_test_above(made_halts, tmp_path):
    done = made_halts["done"]
    looked_at = [*events_of(done), *seal_of(done), *named_of(done), *published_of(done), *phases_of(done), *inputs_of(done), *unread_of(done)]
    assert {path for _, path in looked_at} == everything_of(done)
    half_done = {path for phase in PHASES for _, path in orphans_of(made_halts, phase, tmp_path / phase)}
    kept = {path for path in everything_of(done) if "/ledger/" not in path and not path.startswith("store/mf/")}
    assert half_done == kept - {path for _, path in inputs_of(done)}
