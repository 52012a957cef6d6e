"""Writes evidently6Tests.json and evidently6Report.json. pip install evidently==0.6.7"""

import json
from pathlib import Path

from evidently.metric_preset import DataDriftPreset
from evidently.report import Report
from evidently.test_suite import TestSuite
from evidently.tests import (
    TestColumnDrift, TestColumnsType, TestColumnValueMax, TestColumnValueMin, TestNumberOfColumns,
    TestNumberOfDuplicatedRows, TestNumberOfMissingValues, TestNumberOfOutListValues,
    TestNumberOfOutRangeValues, TestNumberOfRows, TestColumnNumberOfMissingValues, TestShareOfDriftedColumns,
)
from peopleTable import CITIES, current, reference

suite = TestSuite(
    [
        TestNumberOfRows(gte=50),
        TestNumberOfColumns(),
        TestColumnsType(),
        TestNumberOfMissingValues(eq=0),
        TestColumnNumberOfMissingValues("age", eq=0),
        TestColumnValueMin("age", gte=0),
        TestColumnValueMax("age", lte=120, is_critical=False),
        TestNumberOfOutListValues("city", values=CITIES, eq=0),
        TestNumberOfOutRangeValues("age", left=0, right=120, eq=0),
        TestNumberOfDuplicatedRows(eq=0),
        TestColumnDrift("amount"),
        TestColumnDrift("city"),
        TestShareOfDriftedColumns(),
    ]
)
suite.run(reference_data=reference(), current_data=current())
Path("evidently6Tests.json").write_text(json.dumps(json.loads(suite.json()), indent=1) + "\n")
report = Report([DataDriftPreset()])
report.run(reference_data=reference().drop(columns=["joined"]), current_data=current())
Path("evidently6Report.json").write_text(json.dumps(json.loads(report.json()), indent=1) + "\n")
