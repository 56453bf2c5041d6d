"""The same rows as CSV, as packed CSV and as Parquet: one model, whatever they came in.

Packing and Parquet are made by the Python that ./dev installs with Apache Arrow into build/arrow (write_parquet.py); where it is
not, these tests are skipped, and on CI they fail.
"""

import gzip
import json
import os
import subprocess

import pytest

import command
from card_rows import ROLES, card_rows, csv_text
from card_store import TRAINING

ARROW = command.ROOT / "build" / "arrow"
WRITER = ARROW / "bin" / "python"
if not (ARROW / "installed").exists():
    assert os.environ.get("CI") != "true", "Apache Arrow is not in build/arrow; ./dev build installs it"
    pytest.skip("NO PYARROW: NOTHING IS KNOWN ABOUT PARQUET", allow_module_level=True)


def written(**what):
    told = json.dumps({"types": {name: kind for name, (kind, _) in ROLES.items()}, **what})
    script = command.ROOT / "tests" / "program" / "write_parquet.py"
    return subprocess.run([WRITER, script], input=told.encode(), stdout=subprocess.PIPE, check=True).stdout


def parquet(rows, **options):
    return written(rows=rows, options=options)


def zstd(text):
    return written(zstd=text)


FORMATS = {
    "gzip": ("csv.gz", lambda rows: gzip.compress(csv_text(rows).encode())),
    "zstd": ("csv.zst", lambda rows: zstd(csv_text(rows))),
    "parquet": ("parquet", lambda rows: parquet(rows, compression="snappy")),
    "parquet in small row groups": ("parquet", lambda rows: parquet(rows, compression="zstd", row_group_size=97)),
}


def without_chance(profile):
    """The seed is of the run, and another dataset is another run."""
    profile["algorithm"]["params"].update(subsample=1, colsample_bytree=1)


def trained_on(work):
    """The model and the scores that come out."""
    work.edit(TRAINING, without_chance)
    assert work.mf("run", work.request_file)["outcome"] == "PUBLISHED"
    return [work.recorded()[name].read_bytes() for name in ("model", "scored_rows")]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_model(cards, made_cards, tmp_path, name):
    kind, write = FORMATS[name]
    of_csv = trained_on(made_cards.copied_to(tmp_path / "csv"))
    assert trained_on(cards.repin(text=write(card_rows()), of_materialization={"format": kind})) == of_csv


def test_a_parquet_file_that_was_changed_is_seen(cards):
    bytes_of_file = parquet(card_rows())
    cards.repin(text=bytes_of_file, of_materialization={"format": "parquet"})
    place = next(cards.store.rglob("part-00000.csv"))
    place.write_bytes(bytes_of_file[:2000] + bytes([bytes_of_file[2000] ^ 1]) + bytes_of_file[2001:])
    assert cards.mf("run", cards.request_file, expect=65)["failure"]["code"] == "MATERIALIZATION_DIGEST_MISMATCH"


def test_the_doctor_tells_what_reads_parquet(cards):
    told = cards.mf("doctor")
    assert told["figures"]["parquet"] == "ok" and "Apache Arrow" in cards.say("doctor").out
