"""Writes pointblank.json. pip install pointblank pandas; python makePointblank.py"""

import json
from pathlib import Path

import pointblank as pb
from peopleTable import CITIES, current

validation = (
    pb.Validate(data=current(), tbl_name="people", thresholds=pb.Thresholds(warning=1, error=0.05))
    .col_exists(columns=["id", "joined"])
    .col_vals_not_null(columns="age")
    .col_vals_between(columns="age", left=0, right=120, na_pass=True)
    .col_vals_in_set(columns="city", set=CITIES)
    .col_vals_gt(columns="amount", value=0)
    .rows_distinct(columns_subset=["id"])
    .row_count_match(count=100)
    .col_vals_regex(columns="city", pattern="^[A-Z]")
    .interrogate()
)
report = json.loads(validation.get_json_report())
Path("pointblank.json").write_text(json.dumps(report, indent=1) + "\n")
