"""The same rows as CSV, as packed CSV and as Parquet: one model, whatever they came in.

Packing and Parquet are made with pyarrow, which ./dev installs beside Apache Arrow into build/arrow; where it is not, these
tests are skipped.
"""

import gzip
import sys
from datetime import datetime

import pytest

import command
from card_rows import COLUMNS, ROLES, card_rows, csv_text

sys.path += map(str, (command.ROOT / "build" / "arrow").glob("lib/python3*/site-packages"))
pa = pytest.importorskip("pyarrow", reason="NO PYARROW: NOTHING IS KNOWN ABOUT PARQUET")
import pyarrow.parquet as pq  # noqa: E402

TYPES = {"string": pa.string(), "timestamp": pa.timestamp("us", tz="UTC"), "bool": pa.bool_(), "float64": pa.float64(),
         "float32": pa.float32()}
READ = {"timestamp": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")), "bool": lambda text: text == "1",
        "float64": float, "float32": float}


def table(rows):
    def column(name):
        kind = ROLES[name][0]
        values = [READ.get(kind, str)(row[name]) if row[name] else None for row in rows]
        return pa.array(values, TYPES[kind])
    return pa.table({name: column(name) for name in reversed(COLUMNS)})


def parquet(rows, **options):
    sink = pa.BufferOutputStream()
    pq.write_table(table(rows), sink, **options)
    return sink.getvalue().to_pybytes()


def zstd(data):
    return pa.Codec("zstd").compress(data, asbytes=True)


FORMATS = {
    "gzip": ("csv.gz", lambda rows: gzip.compress(csv_text(rows).encode())),
    "zstd": ("csv.zst", lambda rows: zstd(csv_text(rows).encode())),
    "parquet": ("parquet", lambda rows: parquet(rows, compression="snappy")),
    "parquet in small row groups": ("parquet", lambda rows: parquet(rows, compression="zstd", row_group_size=97)),
}


def trained_on(work):
    """The model and the scores that come out."""
    assert work.mf("run", work.request_file)["outcome"] == "PUBLISHED"
    return [work.recorded()[name].read_bytes() for name in ("model", "scored_rows")]


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_rows_give_the_same_model(cards, made_cards, tmp_path, name):
    kind, written = FORMATS[name]
    of_csv = trained_on(made_cards.copied_to(tmp_path / "csv"))
    assert trained_on(cards.repin(text=written(card_rows()), of_materialization={"format": kind})) == of_csv


def test_a_parquet_file_that_was_changed_is_seen(cards):
    bytes_of_file = parquet(card_rows())
    cards.repin(text=bytes_of_file, of_materialization={"format": "parquet"})
    place = next(cards.store.rglob("part-00000.csv"))
    place.write_bytes(bytes_of_file[:2000] + bytes([bytes_of_file[2000] ^ 1]) + bytes_of_file[2001:])
    assert cards.mf("run", cards.request_file, expect=65)["failure"]["code"] == "MATERIALIZATION_DIGEST_MISMATCH"


def test_the_doctor_tells_what_reads_parquet(cards):
    told = cards.mf("doctor")
    assert told["figures"]["parquet"] == "ok" and "Apache Arrow" in cards.say("doctor").out
