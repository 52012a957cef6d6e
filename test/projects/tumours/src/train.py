"""Fits a random forest that tells malignant from benign tumours."""

from pathlib import Path

import joblib
import pandas as pd
import yaml
from sklearn.ensemble import RandomForestClassifier

NOT_MEASURED = ["patient_id", "size_category", "contour_category", "diagnosis"]


def main() -> None:
    params = yaml.safe_load(Path("params.yaml").read_text())["train"]
    rows = pd.read_parquet("data/train.parquet")
    model = RandomForestClassifier(
        n_estimators=params["n_estimators"],
        max_depth=params["max_depth"],
        min_samples_leaf=params["min_samples_leaf"],
        random_state=params["seed"],
        n_jobs=1,
    )
    model.fit(rows.drop(columns=NOT_MEASURED), rows["diagnosis"] == "malignant")

    path = Path("models/model.joblib")
    path.parent.mkdir(exist_ok=True)
    joblib.dump(model, path)
    print(f"{path}: {params['n_estimators']} trees, {path.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
