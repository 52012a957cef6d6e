"""Writes pandera.json and panderaSchema.yaml. pip install 'pandera[io]' pandas; python makePandera.py"""

import json
from pathlib import Path

import pandera.pandas as pa
from pandera.io.pandas_io import to_yaml
from pandera.errors import SchemaErrors
from peopleTable import CITIES, current

schema = pa.DataFrameSchema(
    {
        "id": pa.Column(int, unique=True),
        "age": pa.Column(float, pa.Check.in_range(0, 120), nullable=False),
        "city": pa.Column(str, [pa.Check.isin(CITIES), pa.Check.str_length(min_value=2)]),
        "amount": pa.Column(float, [pa.Check.greater_than_or_equal_to(0), pa.Check.less_than(1000)]),
        "joined": pa.Column("datetime64[ns]", nullable=True, required=True),
        "note": pa.Column(str, pa.Check.str_matches(r"[a-z]+"), required=False, nullable=True),
    },
    strict=True,
    ordered=True,
    unique=["id", "city"],
    name="people",
)
to_yaml(schema, "panderaSchema.yaml")
try:
    schema.validate(current(), lazy=True)
except SchemaErrors as errors:
    Path("pandera.json").write_text(json.dumps(errors.message, indent=1, default=str) + "\n")
