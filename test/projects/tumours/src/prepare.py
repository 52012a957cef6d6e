"""Splits the patients into a training and a test set, with the same share of malignant tumours in both."""

from pathlib import Path

import pandas as pd
import yaml
from sklearn.model_selection import train_test_split

DATA = Path("data")


def main() -> None:
    params = yaml.safe_load(Path("params.yaml").read_text())["prepare"]
    rows = pd.read_csv(DATA / "tumours.csv")
    train, test = train_test_split(
        rows,
        test_size=params["test_share"],
        random_state=params["seed"],
        stratify=rows["diagnosis"],
    )
    for name, part in (("train", train), ("test", test)):
        part.sort_values("patient_id").to_parquet(DATA / f"{name}.parquet", index=False)
        print(f"{name}: {len(part)} patients, {(part['diagnosis'] == 'malignant').mean():.1%} malignant")


if __name__ == "__main__":
    main()
