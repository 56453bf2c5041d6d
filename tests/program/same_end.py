"""What has to be the same of a run that was disturbed: everything but circumstance, ledger and receipts of failures."""

import json

from documents import content
from workplace import files_below

ENDED = ("PUBLISHED", "ALREADY_PUBLISHED")


def artifacts(place):
    """What is left in store and registry; circumstance, ledgers and receipts of failed publishing apart."""
    return of_content({(folder.name, key): data for folder in (place.store, place.registry)
                       for key, data in files_below(folder).items()})


def of_content(files):
    """Of files by (store or registry, key)."""
    return {(part, key): content(data) for (part, key), data in files.items()
            if "/ledger/" not in key and "/publish/failures/" not in key}


def require_undisturbed(place, undisturbed):
    mine, theirs = artifacts(place), artifacts(undisturbed)
    # Temporary files too would be other files.
    assert mine.keys() == theirs.keys(), f"other files: {sorted(mine.keys() ^ theirs.keys())}"
    assert [key for key in mine if mine[key] != theirs[key]] == []
    assert place.bundle().parent.name == undisturbed.bundle().parent.name
    names = [event.name for event in place.event_files()]
    assert names == [f"{number:08}.json" for number in range(1, len(names) + 1)]


def require_sealed(place, terminal_class):
    """The log has one end, and its seal names it."""
    seal = json.loads((place.run_folder / "ledger/seal.json").read_text())
    ends = [event["sequence"] for event in place.events() if event["event"] in ("BUNDLE_PUBLISHED", "RUN_FAILED")]
    assert ([seal["events"]], seal["terminal_class"]) == (ends, terminal_class)


def trained(place):
    """Whether the ledger knows of a finished training."""
    anchored = list((place.store / "mf/runs").glob("*.json"))
    return bool(anchored) and any(event["event"] == "MODEL_TRAINED" for event in place.events())


def require_same_end(place, undisturbed):
    """The same command goes on from here to the end of a run that nobody disturbed, and trains only if it has to."""
    had_trained = trained(place)
    attempts = place.attempts("TRAIN") if had_trained else None
    assert place.run()["outcome"] in ENDED
    require_undisturbed(place, undisturbed)
    assert sum(event["event"] == "BUNDLE_PUBLISHED" for event in place.events()) == 1
    require_sealed(place, "PUBLISHED")
    assert place.attempts("TRAIN") == attempts if had_trained else place.attempts("TRAIN") <= 2, "trained again"
