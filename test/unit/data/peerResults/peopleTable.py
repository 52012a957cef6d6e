"""The small table that every producer judged: two versions of it, the second with known faults."""

import pandas as pd

# What is wrong in CURRENT, against REFERENCE, in 100 rows:
#   id      rows 98 and 99 repeat the ids 0 and 1
#   age     10 missing (rows 0-9), one -1 (row 10), one 480 (row 11)
#   city    "Zurch" in rows 0-2, not one of Bern, Basel, Geneva
#   amount  all values times 1000
#   joined  not there
CITIES = ["Bern", "Basel", "Geneva"]


def reference() -> pd.DataFrame:
    rows = range(200)
    return pd.DataFrame(
        {
            "id": list(rows),
            "age": [float(20 + row % 50) for row in rows],
            "city": [CITIES[row % 3] for row in rows],
            "amount": [float(10 + row % 90) for row in rows],
            "joined": [f"2025-01-{1 + row % 28:02d}" for row in rows],
        }
    )


def current() -> pd.DataFrame:
    table = reference().head(100).drop(columns=["joined"])
    table.loc[0:9, "age"] = None
    table.loc[10, "age"] = -1.0
    table.loc[11, "age"] = 480.0
    table.loc[0:2, "city"] = "Zurch"
    table.loc[98:99, "id"] = [0, 1]
    table["amount"] *= 1000.0
    return table
