"""Writes evidently7.json. pip install 'evidently==0.7.*'"""

import json
from pathlib import Path

from evidently import DataDefinition, Dataset, Report
from evidently.metrics import (
    DriftedColumnsCount, DuplicatedRowCount, InRangeValueCount, MaxValue, MeanValue, MinValue,
    MissingValueCount, OutListValueCount, RowCount, UniqueValueCount, ValueDrift,
)
from evidently.tests import eq, gte, lte
from peopleTable import CITIES, current, reference

definition = DataDefinition(numerical_columns=["id", "age", "amount"], categorical_columns=["city"])
old = Dataset.from_pandas(reference().drop(columns=["joined"]), data_definition=definition)
new = Dataset.from_pandas(current(), data_definition=definition)
report = Report(
    [
        RowCount(tests=[gte(50)]),
        MissingValueCount(column="age", tests=[eq(0)]),
        MinValue(column="age", tests=[gte(0)]),
        MaxValue(column="age", tests=[lte(120, is_critical=False)]),
        MeanValue(column="amount", tests=[lte(100)]),
        OutListValueCount(column="city", values=CITIES, tests=[eq(0)]),
        InRangeValueCount(column="age", left=0, right=120, tests=[gte(1)]),
        DuplicatedRowCount(tests=[eq(0)]),
        ValueDrift(column="amount"),
        ValueDrift(column="city"),
        UniqueValueCount(column="city"),
        DriftedColumnsCount(),
    ],
    include_tests=True,
)
snapshot = report.run(new, old)
Path("evidently7.json").write_text(json.dumps(json.loads(snapshot.json()), indent=1) + "\n")
