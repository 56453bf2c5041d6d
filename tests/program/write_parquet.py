"""Writes rows as Parquet, or packs a text with zstd, to stdout; JSON on stdin says which. Runs with the Python that has pyarrow."""

import json
import sys
from datetime import datetime

import pyarrow as pa
import pyarrow.parquet as pq

TYPES = {"string": pa.string(), "timestamp": pa.timestamp("us", tz="UTC"), "bool": pa.bool_(), "float64": pa.float64(),
         "float32": pa.float32()}
READ = {"timestamp": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")), "bool": lambda text: text == "1",
        "float64": float, "float32": float}


def column(rows, name, kind):
    return pa.array([READ.get(kind, str)(row[name]) if row[name] else None for row in rows], TYPES[kind])


def main():
    told = json.load(sys.stdin)
    if "zstd" in told:
        sys.stdout.buffer.write(pa.Codec("zstd").compress(told["zstd"].encode(), asbytes=True))
        return
    sink = pa.BufferOutputStream()
    columns = {name: column(told["rows"], name, kind) for name, kind in reversed(told["types"].items())}
    pq.write_table(pa.table(columns), sink, **told["options"])
    sys.stdout.buffer.write(sink.getvalue().to_pybytes())


main()
