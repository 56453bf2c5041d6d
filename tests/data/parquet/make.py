"""Makes the Parquet files beside it, with pyarrow: run it after a change here, and commit what it writes.

They are small and checked in, so that the tests of the reader need Apache Arrow only where the reader does.
"""

import base64
import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq
import pyarrow.parquet.encryption as pe

HERE = pathlib.Path(__file__).parent
INSTANT = pa.timestamp("us", tz="UTC")
DAY = datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)


def day(number):
    return DAY + datetime.timedelta(days=number)


def cards():
    """Rows such as tests/dataset/parquet_file_test.cpp declares them."""
    return pa.table({
        "event_id": pa.array([f"e{i}" for i in range(5)]),
        "unused": pa.array([[i] for i in range(5)]),  # a list, which nobody asks for
        "time": pa.array([day(i) for i in range(5)], INSTANT),
        "fraud": pa.array([True, False, None, False, True]),
        "seen": pa.array([day(i + 1) if i != 2 else None for i in range(5)], INSTANT),
        "card": pa.array(["c1", "c2", None, "c1", "c2"]).dictionary_encode(),
        "channel": pa.array(["web", "pos", "web", "", "web"]).dictionary_encode(),
        "amount": pa.array([12.5, 7.0, 0.1, 3.25, 1e6]),
        "score": pa.array([0.25, None, float("nan"), -1.5, 3.0], pa.float32()),
    })



def types():
    """One column for each type that a feature can have: 1, nothing, and the most (or -2, where that says more)."""
    whole = {f"{sign}int{bits}": getattr(pa, f"{sign}int{bits}")() for sign in ("", "u") for bits in (8, 16, 32, 64)}
    columns = {name: pa.array([1, None, -2 if name[0] == "i" else 2 ** int(name[4:]) // 2 - 1], kind) for name, kind in whole.items()}
    columns |= {
        "bool": pa.array([True, None, False]),
        "float16": pa.array([1.0, None, -0.5], pa.float16()),
        "float32": pa.array([1.0, None, -0.5], pa.float32()),
        "float64": pa.array([1.0, None, -0.5], pa.float64()),
        "decimal_small": pa.array([decimal.Decimal("1.00"), None, decimal.Decimal("-0.01")], pa.decimal128(9, 2)),
        "decimal_large": pa.array([decimal.Decimal("1.000"), None, decimal.Decimal("-123456789012345678901234.567")], pa.decimal128(30, 3)),
        "decimal_whole": pa.array([decimal.Decimal(1), None, decimal.Decimal(-2)], pa.decimal128(20, 0)),
        "dictionary": pa.array([1.0, None, -0.5]).dictionary_encode(),
        "seconds": pa.array([1, None, 86_400], pa.timestamp("s", tz="UTC")),
        "milliseconds": pa.array([1_000, None, 86_400_000], pa.timestamp("ms", tz="Europe/Berlin")),
        "microseconds": pa.array([1_000_000, None, 86_400_000_000], INSTANT),
        "nanoseconds": pa.array([1_000_000_999, None, 86_400_000_000_000], pa.timestamp("ns", tz="+02:00")),
        "large_string": pa.array(["a", None, "b"], pa.large_string()),
        "string": pa.array(["a", None, "b"]),
        "string_dictionary": pa.array(["a", None, "b"]).dictionary_encode(),
        "whole_dictionary": pa.array([1, None, -2]).dictionary_encode(),
        "decimal_32": pa.array([decimal.Decimal("1.00"), None, decimal.Decimal("-0.50")], pa.decimal32(7, 2)),
        "decimal_64": pa.array([decimal.Decimal("1.00"), None, decimal.Decimal("-0.50")], pa.decimal64(16, 2)),
        "decimal_most": pa.array([decimal.Decimal(1), None, decimal.Decimal("-0.5")], pa.decimal128(38, 20)),
        "missing_numbers": pa.array([1.0, float("nan"), None]),
    }
    return keys(columns)


def keys(columns):
    return pa.table({
        "event_id": pa.array([1, 2, 3], pa.int32()),
        "time": pa.array([0, 1, 2], pa.int64()),
        "fraud": pa.array([1.0, float("nan"), 0.0], pa.float64()),
        **columns,
    })


def refused():
    """Types that are no feature and no name, and numbers that do not fit one."""
    return keys({
        "list": pa.array([[1.0], None, []]),
        "struct": pa.array([{"a": 1}, None, {"a": 2}]),
        "map": pa.array([[("a", 1)], None, []], pa.map_(pa.string(), pa.int32())),
        "binary": pa.array([b"a", None, b"b"]),
        "fixed": pa.array([b"a", None, b"b"], pa.binary(1)),
        "date": pa.array([1, None, 2], pa.date32()),
        "clock": pa.array([1, None, 2], pa.time64("us")),
        "local": pa.array([1, None, 2], pa.timestamp("us")),
        "day": pa.array([86_400_000, None, 0], pa.date64()),
        "clock_seconds": pa.array([1, None, 2], pa.time32("s")),
        "large_list": pa.array([[1.0], None, []], pa.large_list(pa.float64())),
        "fixed_list": pa.array([[1.0], None, [2.0]], pa.list_(pa.float64(), 1)),
        "large_binary": pa.array([b"a", None, b"b"], pa.large_binary()),
        "duration": pa.array([1, None, 2], pa.duration("us")),
        "wide": pa.array([decimal.Decimal(1), None, decimal.Decimal(2)], pa.decimal256(50, 2)),
        "nothing": pa.array([None, None, None], pa.null()),
        "string": pa.array(["1", None, "2"]),
        "fraction": pa.array([1.0, None, 0.5]),
        "infinite": pa.array([1.0, None, float("-inf")]),
        "large": pa.array([1.0, None, 1e300]),
        "huge": pa.array([1, None, 2**64 - 1], pa.uint64()),
        "two": pa.array([1, None, 2], pa.int8()),
        "late": pa.array([1, None, 2**62], INSTANT),
    })


def write(name, table, **options):
    pq.write_table(table, HERE / f"{name}.parquet", write_page_checksum=True, **options)


def int96():
    """Times as old programs write them, which have no zone."""
    return keys({"old": pa.array([1, None, 2], INSTANT)})


def break_column(name, column):
    """Overwrites the pages of a column, and nothing else."""
    path = HERE / f"{name}.parquet"
    group = pq.read_metadata(path).row_group(0)
    chunk = group.column(next(i for i in range(group.num_columns) if group.column(i).path_in_schema == column))
    bytes_of_file = bytearray(path.read_bytes())
    begin = chunk.dictionary_page_offset or chunk.data_page_offset
    bytes_of_file[begin:begin + chunk.total_compressed_size] = b"\xA5" * chunk.total_compressed_size
    path.write_bytes(bytes_of_file)


class KeysInReach(pe.KmsClient):
    """Hides no key: what is tested is that nobody reads the file without asking."""

    def __init__(self, config):
        super().__init__()

    def wrap_key(self, key_bytes, master_key_identifier):
        return base64.b64encode(key_bytes)

    def unwrap_key(self, wrapped_key, master_key_identifier):
        return base64.b64decode(wrapped_key)


def encrypted(**config):
    factory = pe.CryptoFactory(KeysInReach)
    told = pe.EncryptionConfiguration(footer_key="footer", column_keys={"column": ["score"]}, **config)
    return {"encryption_properties": factory.file_encryption_properties(pe.KmsConnectionConfig(), told)}


def write_encrypted(name, **config):
    with pq.ParquetWriter(HERE / f"{name}.parquet", cards().schema, **encrypted(**config)) as writer:
        writer.write_table(cards())


def main():
    for codec in ("none", "snappy", "gzip", "zstd", "lz4", "brotli"):
        write(f"cards-{codec}", cards(), compression=codec, row_group_size=2)
    write("cards-plain", cards(), use_dictionary=False, compression="none", data_page_version="2.0")
    write("cards-empty", cards().slice(0, 0))
    write("cards-broken", cards().append_column("spare", pa.array([1.0] * 5)), compression="none")
    break_column("cards-broken", "spare")
    write("cards-twice", cards().append_column("score", pa.array([1.0] * 5)))
    write_encrypted("encrypted-footer")
    write_encrypted("encrypted-column", plaintext_footer=True)
    write("types", types(), compression="zstd")
    write("refused", refused(), compression="zstd")
    write("int96", int96(), use_deprecated_int96_timestamps=True)


if __name__ == "__main__":
    main()
