"""Makes up the data of admissions: applications with their outcome, and requests that the service received.

Synthetic, seeded and plausible: scores rise together with an unseen ability, and the committee decides on them
with some noise. Writes admissions/data/admissions.csv and admissions/data/requests.jsonl.
"""

import json
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path(__file__).parent / "admissions" / "data"
REGIONS = {"europe": 0.38, "asia": 0.31, "north_america": 0.17, "africa": 0.08, "south_america": 0.06}
PROGRAMMES = {"computer_science": 0.34, "economics": 0.27, "biology": 0.22, "history": 0.17}
# How hard it is to get in, on the scale of the committee's opinion.
HURDLES = {"computer_science": 0.9, "economics": 0.4, "biology": 0.3, "history": -0.1}


def make_applications(random: np.random.Generator, count: int, first: str, days: int) -> pd.DataFrame:
    ability = random.normal(size=count)

    def score(mean: float, spread: float, low: float, high: float) -> np.ndarray:
        noisy = 0.75 * ability + 0.66 * random.normal(size=count)
        return np.clip(mean + spread * noisy, low, high)

    received = pd.Timestamp(first) + pd.to_timedelta(np.sort(random.integers(0, days, count)), "D")
    rows = pd.DataFrame(
        {
            "received_on": received.strftime("%Y-%m-%d"),
            "region": random.choice(list(REGIONS), count, p=list(REGIONS.values())),
            "programme": random.choice(list(PROGRAMMES), count, p=list(PROGRAMMES.values())),
            "gre_score": score(314, 11, 260, 340).round().astype(int),
            "english_score": score(101, 9, 60, 120).round().astype(int),
            "grade_average": score(3.2, 0.42, 2.0, 4.0).round(2),
            "statement_score": (score(3.3, 0.9, 1, 5) * 2).round() / 2,
            "recommendation_score": (score(3.5, 0.8, 1, 5) * 2).round() / 2,
            "research_experience": (random.random(count) < 1 / (1 + np.exp(-1.2 * ability))).astype(int),
        }
    )
    # Some referees never answer.
    rows.loc[random.random(count) < 0.06, "recommendation_score"] = np.nan
    return rows


def decide(random: np.random.Generator, rows: pd.DataFrame) -> np.ndarray:
    opinion = (
        (rows["gre_score"] - 314) / 11
        + (rows["english_score"] - 101) / 18
        + (rows["grade_average"] - 3.2) / 0.3
        + (rows["statement_score"] - 3.3) / 1.2
        + (rows["recommendation_score"].fillna(3) - 3.5) / 1.2
        + 0.6 * rows["research_experience"]
        - rows["programme"].map(HURDLES)
        - 0.6
    )
    return (random.random(len(rows)) < 1 / (1 + np.exp(-opinion))).astype(int)


def main() -> None:
    random = np.random.default_rng(11)
    rows = make_applications(random, 1000, "2025-09-01", 270)
    rows.insert(0, "applicant_id", [f"A{number:05d}" for number in range(1, len(rows) + 1)])
    rows["admitted"] = decide(random, rows)
    rows.to_csv(DATA / "admissions.csv", index=False, lineterminator="\n")

    requests = make_applications(random, 160, "2026-09-01", 40)
    requests.insert(0, "request_id", [f"R{number:05d}" for number in range(1, len(requests) + 1)])
    records = requests.astype(object).where(requests.notna(), None).to_dict("records")
    with open(DATA / "requests.jsonl", "w", newline="\n") as file:
        file.writelines(json.dumps(record) + "\n" for record in records)


if __name__ == "__main__":
    main()
