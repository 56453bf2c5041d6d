#!/usr/bin/python3
"""The usual way in Python, for comparison: pandas, XGBoost, scikit-learn, on the data of bench/make_data.py.

    bench/python_way.py FOLDER [--format csv|parquet] [--rounds 50] [--threads 2]

Reads FOLDER/events.csv, or events.parquet where pandas finds a pyarrow, splits it by time 70/15/15, trains on the first part,
scores all three, and writes FOLDER/python_way/ with model.ubj, metrics.json and scored_rows.csv. Prints one JSON object with
the seconds of every step and the peak memory.
"""

import argparse
import json
import pathlib
import resource
import time

import pandas
import xgboost
from sklearn import metrics

PARAMETERS = {"objective": "binary:logistic", "tree_method": "hist", "max_depth": 6, "eta": 0.1}
NOT_FEATURES = ["event_id", "event_time_utc", "card_id", "label", "label_observed_utc"]
CUTS = {"train": (0.0, 0.70), "validation": (0.70, 0.85), "test": (0.85, 1.0)}
TOP_K = [50, 100, 500]


class Stopwatch:
    def __init__(self):
        self.start = self.last = time.perf_counter()
        self.seconds = {}

    def lap(self, name):
        now = time.perf_counter()
        self.seconds[name], self.last = round(now - self.last, 3), now

    def total(self):
        return round(time.perf_counter() - self.start, 3)


def read(folder, kind):
    if kind == "parquet":
        return pandas.read_parquet(folder / "events.parquet")
    return pandas.read_csv(folder / "events.csv", parse_dates=["event_time_utc", "label_observed_utc"])


def parts_of(events):
    events = events.sort_values("event_time_utc", kind="stable")
    count = len(events)
    return {name: events.iloc[int(begin * count):int(end * count)] for name, (begin, end) in CUTS.items()}


def matrix_of(part, threads):
    return xgboost.DMatrix(part.drop(columns=NOT_FEATURES), part["label"], nthread=threads)


def precision_at(labels, scores, k):
    return float(labels.iloc[(-scores).argsort(kind="stable")[:k]].mean())


def metrics_of(labels, scores):
    figures = {"roc_auc": metrics.roc_auc_score(labels, scores), "average_precision": metrics.average_precision_score(labels, scores),
               "log_loss": metrics.log_loss(labels, scores), "brier": metrics.brier_score_loss(labels, scores)}
    return figures | {f"precision_at_{k}": precision_at(labels, scores, k) for k in TOP_K}


def write_results(folder, model, figures, parts, scores):
    folder.mkdir(exist_ok=True)
    model.save_model(folder / "model.ubj")
    (folder / "metrics.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="ascii")
    columns = ["event_id", "label", "amount"]
    rows = [part[columns].assign(part=name, score=scores[name]) for name, part in parts.items()]
    pandas.concat(rows).to_csv(folder / "scored_rows.csv", index=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--format", choices=["csv", "parquet"], default="csv")
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    watch = Stopwatch()
    parts = parts_of(read(options.folder, options.format))
    watch.lap("read")
    matrices = {name: matrix_of(part, options.threads) for name, part in parts.items()}
    model = xgboost.train(PARAMETERS | {"nthread": options.threads}, matrices["train"], options.rounds)
    watch.lap("train")
    scores = {name: model.predict(matrix) for name, matrix in matrices.items()}
    figures = {name: metrics_of(part["label"], scores[name]) for name, part in parts.items()}
    watch.lap("evaluate")
    write_results(options.folder / "python_way", model, figures, parts, scores)
    watch.lap("write")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": watch.total(), "steps": watch.seconds, "peak_megabytes": round(peak), "test": figures["test"]}))


if __name__ == "__main__":
    main()
