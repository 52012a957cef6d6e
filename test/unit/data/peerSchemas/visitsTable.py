"""The table that the tools judged by the schemas beside this script, and its CSV. Faults are in its first rows."""

from pathlib import Path

import pandas as pd

CITIES = ["Bern", "Basel", "Geneva"]


def visits() -> pd.DataFrame:
    rows = range(60)
    table = pd.DataFrame(
        {
            "id": list(rows),
            "age": [float(20 + row % 50) + 0.5 for row in rows],
            "city": [CITIES[row % 3] for row in rows],
            "code": [f"{'ABC'[row % 3]}-{100 + row}" for row in rows],
            "start": [row for row in rows],
            "end": [row + 1 + row % 4 for row in rows],
            "net": [10 + row for row in rows],
            "tax": [90 - row for row in rows],
            "level": [1 + row % 3 for row in rows],
        }
    )
    table.loc[0:3, "age"] = None
    table.loc[4, "age"] = -1.0
    table.loc[5:6, "age"] = [480.25, 120.0]
    table.loc[0:2, "city"] = ["Zurch", "bern", None]
    table.loc[0:3, "code"] = ["a-1", "A-12345", "xA-100", "C-10\u00e9"]
    table.loc[0:1, "id"] = [7, 8]
    table.loc[0:4, "end"] = [-1, 1, 2, 3, 3]
    table.loc[0:2, "tax"] = [91, 92, 93]
    table.loc[0:1, "level"] = [4, 5]
    return table


if __name__ == "__main__":
    visits().to_csv(Path(__file__).parent / "visits.csv", index=False)
