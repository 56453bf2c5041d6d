#!/usr/bin/python3
"""Makes the data of the benchmarks: one CSV, and the same rows as raw binary for the C API alone.

    bench/make_data.py FOLDER [--rows 1000000] [--features 30]

FOLDER then holds events.csv (event_id, event_time_utc, card_id, label, label_observed_utc, amount, f0, f1, ...: about 350 MB
for a million rows), features.f32 (row-major float32: amount, f0, f1, ...), labels.f32 (float32), and data.json (rows, features,
the as-of time). The CSV has six significant digits of the binary numbers. About one event in a hundred is fraud, and the features tell part of it. The same arguments give the same bytes.
"""

import argparse
import json
import pathlib

import numpy as np

DAYS = 90
START = np.datetime64("2026-01-01T00:00:00", "s")
CHUNK = 50_000
FRAUD_RATE = 0.01


def draw_features(generator, rows, columns):
    """Mostly noise with a shared factor, as behavioural features have; every fifth is skewed like a count or a sum."""
    shared = generator.standard_normal((rows, 1))
    features = 0.4 * shared + generator.standard_normal((rows, columns))
    features[:, ::5] = np.exp(features[:, ::5])
    return features


def risk_of(features, amount):
    """What drives fraud: a few features, one interaction, the amount. The rest is noise."""
    return (0.9 * features[:, 1] + 0.7 * features[:, 2] - 0.6 * features[:, 3] + 0.5 * np.log1p(features[:, 5])
            + 0.8 * (features[:, 6] > 1) * (features[:, 7] > 0) + 0.4 * np.log(amount / 40))


def draw_events(seed, rows, columns):
    generator = np.random.default_rng(seed)
    features = draw_features(generator, rows, columns)
    amount = np.round(np.exp(generator.normal(3.7, 1.1, rows)) + 0.5, 2)
    risk = risk_of(features, amount) + generator.standard_normal(rows)
    labels = (risk > np.quantile(risk, 1 - FRAUD_RATE)).astype(np.int8)
    seconds = np.sort(generator.integers(0, DAYS * 86_400, rows))
    times = START + seconds.astype("timedelta64[s]")
    observed = times + generator.integers(86_400, 20 * 86_400, rows).astype("timedelta64[s]")
    cards = (200_000 * generator.random(rows) ** 2).astype(np.int64)  # some cards are used far more than others
    return features, amount, labels, times, observed, cards


def text_of(times):
    return np.char.add(np.datetime_as_string(times, unit="s"), "Z")


def write_csv(path, events):
    features, amount, labels, times, observed, cards = events
    head = ["event_id", "event_time_utc", "card_id", "label", "label_observed_utc", "amount"]
    head += [f"f{i}" for i in range(features.shape[1])]
    line = "evt_%08d,%s,card_%06d,%d,%s,%.2f," + ",".join(["%.6g"] * features.shape[1])
    with path.open("w", encoding="ascii") as out:
        out.write(",".join(head) + "\n")
        for begin in range(0, len(labels), CHUNK):
            end = min(begin + CHUNK, len(labels))
            rows = zip(range(begin, end), text_of(times[begin:end]), cards[begin:end], labels[begin:end],
                       text_of(observed[begin:end]), amount[begin:end], features[begin:end].tolist())
            out.writelines(line % (*row[:-1], *row[-1]) + "\n" for row in rows)


def write_binary(folder, events):
    features, amount, labels = events[:3]
    with (folder / "features.f32").open("wb") as out:
        for begin in range(0, len(labels), CHUNK):
            block = np.column_stack([amount[begin:begin + CHUNK], features[begin:begin + CHUNK]])
            out.write(block.astype("<f4").tobytes())
    labels.astype("<f4").tofile(folder / "labels.f32")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--features", type=int, default=30)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    events = draw_events(31, options.rows, options.features)
    write_csv(options.folder / "events.csv", events)
    write_binary(options.folder, events)
    as_of = text_of(START + np.timedelta64(DAYS + 45, "D"))
    facts = {"rows": options.rows, "features": options.features + 1, "label_asof_utc": str(as_of),
             "fraud": int(events[2].sum())}
    (options.folder / "data.json").write_text(json.dumps(facts, indent=2) + "\n", encoding="ascii")
    print(json.dumps(facts))


if __name__ == "__main__":
    main()
