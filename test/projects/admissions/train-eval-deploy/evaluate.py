"""Evaluates the candidate on the test set; exits with 1 when it misses the configured minimum."""

import argparse
import json
import sys
from pathlib import Path

import joblib
import pandas as pd
import yaml
from sklearn.metrics import accuracy_score, f1_score, log_loss, precision_score, recall_score, roc_auc_score

OUT = Path("out")


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", default="config/config.yaml")
    parser.add_argument("--model", default=OUT / "candidate.joblib")
    parser.add_argument("--metrics", default="metrics.json")
    return parser.parse_args()


def main() -> int:
    args = parse_args()
    config = yaml.safe_load(Path(args.config).read_text())
    data, evaluation = config["data"], config["evaluation"]

    test = pd.read_csv(OUT / "test.csv")
    model = joblib.load(args.model)
    score = model.predict_proba(test[data["categorical"] + data["numeric"]])[:, 1]
    predictions = pd.DataFrame(
        {
            "id": test[data["key"]],
            "label": test[data["target"]],
            "score": score.round(6),
            "prediction": (score >= evaluation["decision_threshold"]).astype(int),
            "region": test["region"],
        }
    ).sort_values("id")
    predictions.to_csv(OUT / "predictions.csv", index=False, lineterminator="\n")

    label, prediction = predictions["label"], predictions["prediction"]
    metrics = {
        "accuracy": accuracy_score(label, prediction),
        "roc_auc": roc_auc_score(label, predictions["score"]),
        "f1": f1_score(label, prediction),
        "precision": precision_score(label, prediction),
        "recall": recall_score(label, prediction),
        "log_loss": log_loss(label, predictions["score"]),
    }
    metrics = {name: round(float(value), 6) for name, value in metrics.items()}
    Path(args.metrics).write_text(json.dumps(metrics, indent=2) + "\n", newline="\n")

    value, minimum = metrics[evaluation["metric"]], evaluation["minimum"]
    good = value >= minimum
    print(f"{evaluation['metric']} is {value:.4f}, {'at least' if good else 'below'} {minimum}")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
