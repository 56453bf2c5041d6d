"""Cut short anywhere, or changed by one bit, no event and no document is taken for what it was; nothing is repaired."""

import shutil

import pytest

from conftest import PHASES
from injection import FORM, SEED, chosen, for_each
from test_tamper import INPUTS, MATRIX, RECORDS, place_of
from workplace import files_below

SAMPLE = 16
ROWS = 200  # of files of rows, whose every byte is looked at in the same way, this many are enough
FIRST_USE = {what: phase for phase, what in reversed(MATRIX)}
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
            assert "/ledger/events/" in name, f"it left {name}"
            (self.place.folder / name).unlink()


@pytest.fixture
def each_damage(tmp_path):
    """Calls `act(bench, path, damage, offset)` for offsets of each (workplace, path in it); a fresh bench for each file."""
    def run(files, damage, number, act):
        spots = [(i, at) for i, (place, path) in enumerate(files) for at in offsets(place, path)]
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


def offsets(place, path):
    size = (place.folder / path).stat().st_size
    return range(size) if size < 20000 else range(0, size, size // ROWS)


def inside(place, path):
    return str(path.relative_to(place.folder))


def events_of(place):
    return [(place, inside(place, path)) for path in place.event_files()]


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

    def refuse(_, bench, path, data, where):
        for command in ("status", "run"):
            told = bench.told(path, data, command, bench.place.request_file)
            assert told.code == "LEDGER_INVALID" and told.exit == 73, f"{where}: {told.out}"
    number = each_damage(files, damage, SAMPLE, refuse)
    report(f"events {damage} at {number} bytes: all refused")


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
def test_a_damaged_name_of_a_run_is_refused(made_halts, each_damage, report, damage, form):
    """The anchor of a run and the alias of its request."""
    place = made_halts["train"]
    files = [(place, inside(place, path)) for folder in ("mf/runs", "mf/requests") for path in (place.store / folder).iterdir()]

    def refuse(_, bench, path, data, where):
        told = bench.told(path, data, "run", bench.place.request_file)
        assert told.exit == 73 and told.code in ("LEDGER_INVALID", "REQUEST_ID_PAYLOAD_MISMATCH"), f"{where}: {told.out}"
    number = each_damage(files, damage, SAMPLE // 2, refuse)
    report(f"names of runs {damage} at {number} bytes: all refused")


@FORMS
@DAMAGED
def test_a_damaged_document_of_a_published_run_is_refused(made_halts, each_damage, report, damage, form):
    place = made_halts["done"]
    # No digest of the lifecycle event is recorded: once it is there, it is its owner's.
    files = [(place, f"registry/{key}") for key in place.published() if not key.endswith("event.json")]
    files += [(place, inside(place, place.recorded()[what])) for what in ("plan", "publish_receipt", "bundle_manifest")]

    def refuse(_, bench, path, data, where):
        told = bench.told(path, data, "run", bench.place.request_file)
        assert told.exit == 73 and told.code != "INTERNAL", f"{where}: {told.out}"
    number = each_damage(files, damage, SAMPLE, refuse)
    report(f"documents of a published run {damage} at {number} bytes: all refused")
