"""Checks the rows of the applications before they are loaded; stops the pipeline when something is wrong."""

import argparse
import sys
from pathlib import Path

import pandas as pd
import yaml

# Lowest and highest value that the application form accepts.
RANGES = {
    "gre_score": (260, 340),
    "english_score": (0, 120),
    "grade_average": (0, 4),
    "statement_score": (1, 5),
    "recommendation_score": (1, 5),
    "research_experience": (0, 1),
}
MAY_BE_EMPTY = {"recommendation_score": 0.15}


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", type=Path, default=Path("config/config.yaml"))
    parser.add_argument("--data", type=Path, default="data/admissions.csv")
    return parser.parse_args()


def check_columns(rows: pd.DataFrame) -> list[str]:
    problems = []
    for column, (low, high) in RANGES.items():
        if column not in rows:
            problems.append(f"column {column} is missing")
            continue
        empty = rows[column].isna().mean()
        if empty > MAY_BE_EMPTY.get(column, 0):
            problems.append(f"{column}: {empty:.1%} of the rows are empty")
        outside = rows[~rows[column].between(low, high) & rows[column].notna()]
        if len(outside):
            problems.append(f"{column}: {len(outside)} values outside {low} to {high}")
    return problems


def main() -> int:
    args = parse_args()
    config = yaml.safe_load(args.config.read_text())["data"]

    rows = pd.read_csv(args.data)
    problems = check_columns(rows)
    key, target = config["key"], config["target"]
    if key not in rows or not rows[key].is_unique:
        problems.append(f"{key} must be there and unique")
    if target not in rows or not rows[target].isin([0, 1]).all():
        problems.append(f"{target} must be there and 0 or 1")

    requests = pd.read_json(config["requests"], lines=True)
    problems += [f"requests: {problem}" for problem in check_columns(requests)]

    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(rows)} applications and {len(requests)} requests checked, {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
