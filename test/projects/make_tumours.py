"""Writes tumours/data/tumours.csv from the Wisconsin breast-cancer data that ships inside scikit-learn.

The measurements are unchanged. The source has no patient numbers: `patient_id` is the row's place in it.
`size_category` and `contour_category` are cuts of `mean_radius` and `mean_concave_points`.
"""

from pathlib import Path

import pandas as pd
from sklearn.datasets import load_breast_cancer

PATH = Path(__file__).parent / "tumours" / "data" / "tumours.csv"


def make_tumours() -> pd.DataFrame:
    source = load_breast_cancer(as_frame=True)
    rows = source.data.rename(columns=lambda name: name.replace(" ", "_"))
    rows.insert(0, "patient_id", [f"P{number:04d}" for number in range(1, len(rows) + 1)])
    rows["size_category"] = pd.cut(
        rows["mean_radius"], [0, 12, 15, 100], right=False, labels=["small", "medium", "large"]
    )
    rows["contour_category"] = pd.cut(
        rows["mean_concave_points"],
        [0, 0.03, 0.06, 1],
        right=False,
        labels=["smooth", "uneven", "irregular"],
    )
    rows["diagnosis"] = source.target_names[source.target]
    return rows


if __name__ == "__main__":
    make_tumours().to_csv(PATH, index=False, lineterminator="\n")
