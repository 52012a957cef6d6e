"""Trains the admission model on the applications in the warehouse."""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import joblib
import pandas as pd
import yaml
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", default="config/config.yaml")
    parser.add_argument("--n-estimators", type=int, help="instead of the configured number")
    return parser.parse_args()


def load_applications(warehouse: str) -> pd.DataFrame:
    with closing(sqlite3.connect(warehouse)) as connection:
        return pd.read_sql("SELECT * FROM applications ORDER BY applicant_id", connection)


def build_model(data: dict, training: dict):
    columns = make_column_transformer(
        (OneHotEncoder(handle_unknown="ignore"), data["categorical"]),
        remainder="passthrough",
    )
    forest = RandomForestClassifier(
        n_estimators=training["n_estimators"],
        max_depth=training["max_depth"],
        min_samples_leaf=training["min_samples_leaf"],
        max_features=training["max_features"],
        random_state=training["seed"],
    )
    return make_pipeline(columns, forest)


def main() -> None:
    args = parse_args()
    config = yaml.safe_load(Path(args.config).read_text())
    data, training = config["data"], config["training"]
    if args.n_estimators:
        training["n_estimators"] = args.n_estimators

    rows = load_applications(data["warehouse"])
    train, test = train_test_split(
        rows, test_size=data["test_share"], random_state=data["seed"], stratify=rows[data["target"]]
    )
    Path("out").mkdir(exist_ok=True)
    test.to_csv("out/test.csv", index=False)

    model = build_model(data, training)
    model.fit(train[data["categorical"] + data["numeric"]], train[data["target"]])
    joblib.dump(model, "out/candidate.joblib", compress=3)
    print(f"Trained on {len(train)} applications, {len(test)} kept for the evaluation")


if __name__ == "__main__":
    main()
