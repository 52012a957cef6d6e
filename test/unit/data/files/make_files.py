"""Writes the files of this folder with the libraries that people write them with.

pip install pandas zstandard; python make_files.py
"""

from pathlib import Path

import pandas as pd

HERE = Path(__file__).parent

people = pd.DataFrame(
    {
        "id": [1, 2, 3, 4],
        "name": ["Ada", "Bo", None, "Dé"],
        "height": [1.5, 1.75, None, 2.0],
        "born": pd.to_datetime(["1815-12-10", "1990-01-01", "2000-02-29", "1970-01-01"]),
        "member": [True, False, True, True],
    }
)


def text_files():
    people.to_csv(HERE / "people.csv.gz", index=False)
    people.to_csv(HERE / "people.csv.zst", index=False)
    people.to_csv(HERE / "people-german.csv", index=False, sep=";", decimal=",", encoding="cp1252")
    people.to_csv(HERE / "people-utf16.csv", index=False, encoding="utf-16")


text_files()
