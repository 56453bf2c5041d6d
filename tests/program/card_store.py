"""A workplace laid out by hand, file by file, without any command of mf: so that each file can be made wrong."""

import json

from card_rows import AS_OF, COLUMNS, ROLES, card_rows, csv_text
from workplace import Workplace, sha256

PLATFORM_RUN = "platform_20260601T000000Z"
# YAML by their names, and written as JSON, which YAML holds too.
TRAINING = "profiles/training.yaml"
GOVERNANCE = "profiles/governance.yaml"

PLATFORM_PROFILE = {
    "schema_version": "mf.platform_profile.v1",
    "profile_id": "test",
    "environment": "local",
    "object_store": {"class": "filesystem", "root": "store"},
    "registry": {"class": "object_store", "root": "registry"},
    "require_pinned_refs": False,
    "service_release_id": "mf:test",
    "actor": {"actor_id": "HUMAN::operator", "source_type": "HUMAN"},
}
TRAINING_PROFILE = {
    "schema_version": "mf.training_profile.v1",
    "policy_id": "mf.train.policy.v1",
    "revision": "r1",
    "feature_definition_set": {"feature_set_id": "cards", "feature_set_version": "v1"},
    "expected_manifest_schema_version": "learning.dataset_manifest.v1",
    "label_resolution_rule": "observed_time<=label_asof_utc",
    "algorithm_id": "xgboost.gbtree",
    "algorithm": {
        "rounds": 8,
        "early_stopping_rounds": 4,
        "early_stopping_metric": "auc_pr",
        "params": {"max_depth": 3, "eta": 0.3, "subsample": 0.8, "colsample_bytree": 0.8, "max_bin": 64},
    },
    "split_strategy": "time_based",
    "split": {"train": 0.6, "validation": 0.2, "test": 0.2, "embargo_hours": 0},
    "seed_policy": {"recipe": "mf.phase4.seed.v0", "base_seed": 31},
    "leakage": {"suspect_single_feature_auc": 0.99, "forbid_entity_overlap": False},
    "evaluation": {"top_k": [5, 20], "alert_rates": [0.05, 0.1]},
}
GOVERNANCE_PROFILE = {
    "schema_version": "mf.governance_profile.v1",
    "policy_id": "mf.governance.policy.v1",
    "revision": "r1",
    "criteria": [
        {"id": "ranking", "metric": "auc_roc", "part": "test", "at_least": 0.7, "severity": "block"},
        {"id": "alerts", "metric": "precision_at_20", "part": "test", "at_least": 0.4, "severity": "block"},
        {"id": "calibration", "metric": "expected_calibration_error", "part": "test", "at_most": 0.3, "severity": "warn"},
    ],
}


class CardStore(Workplace):
    """The verbs that lay a store out; `wrong` files are made by passing wrong content."""

    def lay_out(self, rows=None, columns=COLUMNS, text=None):
        for folder in (self.store, self.registry):
            folder.mkdir(parents=True)
        self.profile.write_text(json.dumps(PLATFORM_PROFILE))
        self.put_json(TRAINING, TRAINING_PROFILE)
        self.put_json(GOVERNANCE, GOVERNANCE_PROFILE)
        refs = [self.put_dataset("dm_cards", rows or card_rows(), columns, text=text)]
        self.request_file.write_text(json.dumps({
            "schema_version": "learning.mf_train_build_request.v0",
            "request_id": "request-0001",
            "intent_kind": "baseline_train",
            "platform_run_id": PLATFORM_RUN,
            "dataset_manifest_refs": refs,
            "training_config_ref": TRAINING,
            "governance_profile_ref": GOVERNANCE,
            "requester_principal": "HUMAN::operator",
            "target_scope": {"environment": "local", "mode": "fraud", "bundle_slot": "primary"},
            "policy_revision": "policy@r1",
            "config_revision": "config@r1",
            "mf_code_release_id": "git:abc",
            "publish_allowed": True,
        }))
        return self

    def put(self, key, text):
        path = self.store / key
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return key

    def put_json(self, key, content):
        return self.put(key, json.dumps(content))

    def put_dataset(self, name, rows, columns=COLUMNS, text=None, roles=ROLES, of_materialization=None, of_manifest=None):
        """Data file, materialisation and manifest; returns the manifest's pinned ref."""
        text = csv_text(rows, columns) if text is None else text
        folder = f"{PLATFORM_RUN}/ofs/datasets/{name}"
        data = self.put(f"{folder}/part-00000.csv", text)
        materialization = self.put_json(f"{folder}/materialization.json", {
            "schema_version": "learning.dataset_materialization.v1",
            "dataset_manifest_id": name,
            "dataset_fingerprint": sha256(name),
            "platform_run_id": PLATFORM_RUN,
            "format": "csv",
            "files": [{"ref": data, "sha256": sha256(text), "bytes": (self.store / data).stat().st_size, "rows": len(rows)}],
            "row_count": len(rows),
            "columns": [{"name": c, "type": roles[c][0], "roles": roles[c][1]} for c in columns if c in roles],
            "readiness": {"replay_status": "COMPLETE", "label_status": "READY_FOR_TRAINING"},
            **(of_materialization or {}),
        })
        known = [row.get("is_fraud", "0") for row in rows]
        return self.put_manifest(name, {
            "schema_version": "learning.dataset_manifest.v1",
            "dataset_manifest_id": name,
            "dataset_fingerprint": sha256(name),
            "platform_run_id": PLATFORM_RUN,
            "materialization_ref": f"{materialization}@sha256:{sha256((self.store / materialization).read_bytes())}",
            "replay_basis": [{"topic": "fp.bus.traffic.fraud.v1", "partition": 0, "offset_kind": "kinesis_sequence",
                              "start_offset": "0", "end_offset": "9"}],
            "label_basis": {"label_asof_utc": AS_OF, "resolution_rule": "observed_time<=label_asof_utc",
                            "maturity_days": 30},
            "feature_definition_set": {"feature_set_id": "cards", "feature_set_version": "v1"},
            "join_scope": {"subject_key": ["event_id"]},
            "sampling": {"rule": "none"},
            "label_coverage": {"rows": len(rows), "labelled": len(known), "positive": known.count("1")},
            "provenance": {"ofs_code_release_id": "git:ofs", "config_revision": "ofs@r1"},
            **(of_manifest or {}),
        })

    def put_manifest(self, name, content):
        key = self.put_json(f"{PLATFORM_RUN}/ofs/manifests/{name}.json", content)
        return f"{key}@sha256:{sha256((self.store / key).read_bytes())}"

    def repin(self, rows=None, **how):
        """Replaces the dataset of the request."""
        self.ask(dataset_manifest_refs=[self.put_dataset("dm_cards", card_rows() if rows is None else rows, **how)])
        return self
