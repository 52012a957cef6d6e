"""Scores the test set: metrics.json, and every prediction in out/predictions.csv (1 is malignant)."""

import json
from pathlib import Path

import joblib
import pandas as pd
import yaml
from sklearn import metrics


def main() -> None:
    threshold = yaml.safe_load(Path("params.yaml").read_text())["evaluate"]["threshold"]
    rows = pd.read_parquet("data/test.parquet")
    model = joblib.load("models/model.joblib")

    score = model.predict_proba(rows[model.feature_names_in_])[:, 1]
    predictions = pd.DataFrame(
        {
            "id": rows["patient_id"],
            "label": (rows["diagnosis"] == "malignant").astype(int),
            "score": score.round(6),
            "prediction": (score >= threshold).astype(int),
            "size_category": rows["size_category"],
        }
    )
    Path("out").mkdir(exist_ok=True)
    predictions.to_csv("out/predictions.csv", index=False, lineterminator="\n")

    values = measure(predictions["label"], predictions["score"], predictions["prediction"])
    with open("metrics.json", "w", newline="\n") as file:
        json.dump(values, file, indent=2)
        file.write("\n")
    for name, value in values.items():
        print(f"{name:<12} {value:.4f}")


def measure(label, score, prediction) -> dict[str, float]:
    values = {
        "accuracy": metrics.accuracy_score(label, prediction),
        "roc_auc": metrics.roc_auc_score(label, score),
        "f1": metrics.f1_score(label, prediction),
        "precision": metrics.precision_score(label, prediction),
        "recall": metrics.recall_score(label, prediction),
        "log_loss": metrics.log_loss(label, score),
        "brier_score": metrics.brier_score_loss(label, score),
    }
    return {name: round(float(value), 6) for name, value in values.items()}


if __name__ == "__main__":
    main()
