#!/usr/bin/env python3
"""Makes events.parquet out of the events.csv of bench/make_data.py: features as float32, packed with snappy.

    build/arrow/bin/python bench/make_parquet.py FOLDER

It needs pyarrow, which is in the Python of build/arrow where ./dev has installed Apache Arrow from PyPI.
"""

import pathlib
import re
import sys

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq


def retyped(name, column):
    if re.fullmatch(r"f\d+", name):
        return column.cast(pa.float32(), safe=False)
    return column.cast(pa.timestamp("us", tz="UTC")) if name.endswith("_utc") else column


def main():
    folder = pathlib.Path(sys.argv[1])
    table = pyarrow.csv.read_csv(folder / "events.csv")
    table = pa.table({name: retyped(name, table[name]) for name in table.column_names})
    pq.write_table(table, folder / "events.parquet", compression="snappy", row_group_size=250_000)


if __name__ == "__main__":
    main()
