"""Card payments made by hand, small enough for a run to take a moment and regular enough to be learned."""

import random
from datetime import datetime, timedelta, timezone

START = datetime(2026, 1, 1, tzinfo=timezone.utc)
AS_OF = "2026-06-01T00:00:00Z"
ROLES = {
    "event_id": ("string", ["subject_key"]),
    "event_time": ("timestamp", ["event_time"]),
    "card": ("string", ["entity_key"]),
    "is_fraud": ("bool", ["label"]),
    "label_time": ("timestamp", ["label_observed_time"]),
    "feature_time": ("timestamp", ["feature_time"]),
    "country": ("string", ["slice"]),
    "amount": ("float64", ["amount", "feature"]),
    "velocity": ("float32", ["feature"]),
    "noise": ("float32", ["feature"]),
}
COLUMNS = tuple(ROLES)


def utc(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def card_rows(count=600, seed=1, prefix="e"):
    """`count` payments, one each hour, every fifth of them fraud; fraud has mostly larger amounts and more velocity."""
    dice = random.Random(seed)
    rows = []
    for i in range(count):
        fraud = i % 5 == 0
        at = START + timedelta(hours=i)
        rows.append({
            "event_id": f"{prefix}{i}",
            "event_time": utc(at),
            "card": f"c{dice.randrange(40)}",
            "is_fraud": "1" if fraud else "0",
            "label_time": utc(at + timedelta(days=2)),
            "feature_time": utc(at),
            "country": dice.choice(["DE", "FR", "PL"]),
            "amount": f"{dice.gauss(60 if fraud else 30, 15):.2f}",
            "velocity": f"{dice.gauss(3 if fraud else 1, 1):.3f}",
            "noise": "" if dice.random() < 0.1 else f"{dice.random():.4f}",
        })
    return rows


def quoted(text):
    return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\r\n') else text


def csv_text(rows, columns=COLUMNS):
    lines = [",".join(columns), *(",".join(quoted(row[name]) for name in columns) for row in rows)]
    return "\n".join(lines) + "\n"
