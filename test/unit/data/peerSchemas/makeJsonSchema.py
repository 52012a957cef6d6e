"""Writes pydantic.json, the JSON Schema of a model, and how many values of visits.csv the package jsonschema refuses.

pip install pydantic==2.14.4 jsonschema==4.26.0"""

import json
import math
from collections import Counter
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal, Optional

from jsonschema import Draft202012Validator
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter
from visitsTable import visits


class City(str, Enum):
    BERN = "Bern"
    BASEL = "Basel"
    GENEVA = "Geneva"


class Visit(BaseModel):
    model_config = ConfigDict(extra="forbid")
    id: int
    age: Annotated[float, Field(ge=0, lt=120)]
    city: Optional[City]
    code: Annotated[str, Field(pattern=r"^[A-C]-[0-9]{3}$", min_length=5, max_length=6)]
    start: Annotated[int, Field(gt=3)]
    end: Annotated[int, Field(multiple_of=3)]
    net: Annotated[int, Field(le=60)]
    tax: int = 0
    level: Literal[1, 2, 3]
    day: Optional[date] = None


schema = TypeAdapter(Annotated[list[Visit], Field(min_length=1, max_length=100)]).json_schema()
rows = [
    {key: None if isinstance(value, float) and math.isnan(value) else value for key, value in row.items()}
    for row in visits().to_dict(orient="records")
]
counts: Counter = Counter()
for error in Draft202012Validator(schema).iter_errors(rows):
    # Of several choices (a value or null), the error of the value.
    reasons = error.context or [error]
    counts[f"{error.path[1]} {reasons[0].validator}"] += 1
folder = Path(__file__).parent
(folder / "pydantic.json").write_text(json.dumps(schema, indent=1) + "\n")
(folder / "pydanticCounts.json").write_text(json.dumps(counts, indent=1, sort_keys=True) + "\n")
