"""Writes pandera<suffix>.yaml and .json, and how many values of visits.csv fail each check by pandera itself.

python makePandera.py SUFFIX, once with pandera 0.20.4, 0.26.1 and 0.35.0 ('pandera[io]')."""

import json
import sys
from collections import Counter
from pathlib import Path

try:
    import pandera.pandas as pa
except ImportError:
    import pandera as pa
from pandera.errors import SchemaErrors
from visitsTable import CITIES, visits

suffix = sys.argv[1]
folder = Path(__file__).parent
schema = pa.DataFrameSchema(
    {
        "id": pa.Column("int64", unique=True),
        "age": pa.Column(
            "float64",
            [pa.Check.in_range(0, 120, include_max=False), pa.Check.ge(25, raise_warning=True)],
        ),
        "city": pa.Column("object", [pa.Check.isin(CITIES), pa.Check.ne("bern")], nullable=True),
        "code": pa.Column(
            "object",
            [
                pa.Check.str_matches(r"[A-C]-\d{3}"),
                pa.Check.str_contains(r"-\d{3}$"),
                pa.Check.str_startswith("A"),
                pa.Check.str_endswith("0"),
                pa.Check.str_length(5, 6),
            ],
        ),
        "start": pa.Column("int64", pa.Check.gt(3), coerce=True),
        "end": pa.Column("int64", pa.Check.lt(50)),
        "net": pa.Column("int64", pa.Check.le(60)),
        "level": pa.Column("int64", [pa.Check.notin([4, 5]), pa.Check.eq(1)]),
        "note": pa.Column("object", required=False, nullable=True),
        "^x_.*": pa.Column("float64", required=False, regex=True),
    },
    checks=None,
    index=pa.Index("int64", name="row"),
    strict=False,
    ordered=False,
    unique=["id", "start"],
    name="visits",
)
schema.to_yaml(folder / f"pandera{suffix}.yaml")
(folder / f"pandera{suffix}.json").write_text(json.dumps(json.loads(schema.to_json()), indent=1) + "\n")
checked = pa.DataFrameSchema({name: column for name, column in schema.columns.items() if name != "^x_.*"})
failures: Counter = Counter()
try:
    checked.validate(visits(), lazy=True)
except SchemaErrors as errors:
    for column, check in zip(errors.failure_cases["column"], errors.failure_cases["check"]):
        failures[f"{column} {check.split('(')[0]}"] += 1
if suffix == "26":
    (folder / "panderaCounts.json").write_text(json.dumps(failures, indent=1, sort_keys=True) + "\n")
