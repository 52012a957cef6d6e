"""Loads the checked applications into the warehouse (SQLite)."""

import argparse
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import yaml


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config/config.yaml"))
    return parser.parse_args()


def main() -> None:
    config = yaml.safe_load(parse_args().config.read_text())["data"]
    rows = pd.read_csv(config["raw"], parse_dates=["received_on"])

    warehouse = Path(config["warehouse"])
    warehouse.parent.mkdir(exist_ok=True)
    with closing(sqlite3.connect(warehouse)) as connection:
        rows.to_sql("applications", connection, if_exists="replace", index=False)
        connection.execute("CREATE UNIQUE INDEX by_applicant ON applications (applicant_id)")
        connection.commit()
    print(f"{len(rows)} applications loaded into {warehouse}")


if __name__ == "__main__":
    main()
