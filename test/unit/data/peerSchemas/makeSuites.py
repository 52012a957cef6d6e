"""Writes greatExpectations1.json: a suite, and how many values of visits.csv each of its expectations did not expect.

pip install great-expectations==1.2.0"""

import json
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as e
from visitsTable import CITIES, visits

context = gx.get_context(mode="ephemeral")
batch = context.data_sources.add_pandas("files").add_dataframe_asset("visits")
definition = batch.add_batch_definition_whole_dataframe("whole")
suite = context.suites.add(gx.ExpectationSuite(name="visits"))
COLUMNS = ["id", "age", "city", "code", "start", "end", "net", "tax", "level"]
for expectation in [
    e.ExpectTableColumnsToMatchOrderedList(column_list=COLUMNS),
    e.ExpectTableRowCountToBeBetween(min_value=50, max_value=100),
    e.ExpectColumnValuesToBeOfType(column="id", type_="int64"),
    e.ExpectColumnValuesToBeInTypeList(column="age", type_list=["float64", "int64"]),
    e.ExpectColumnValuesToBeOfType(column="city", type_="object"),
    e.ExpectColumnValuesToNotBeNull(column="age", mostly=0.95),
    e.ExpectColumnValuesToNotBeNull(column="city"),
    e.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=120),
    e.ExpectColumnValuesToBeBetween(column="age", max_value=120, strict_max=True),
    e.ExpectColumnValuesToBeBetween(column="age", min_value=25, max_value=65, mostly=0.5),
    e.ExpectColumnValuesToBeInSet(column="city", value_set=CITIES),
    e.ExpectColumnValuesToBeInSet(column="level", value_set=[1, 2, 3]),
    e.ExpectColumnValuesToNotBeInSet(column="city", value_set=["bern", "Zurch"]),
    e.ExpectColumnValuesToBeUnique(column="id"),
    e.ExpectColumnValuesToMatchRegex(column="code", regex=r"^[A-C]-\d{3}$"),
    e.ExpectColumnValuesToMatchRegex(column="code", regex=r"A-\d+|C", mostly=0.4),
    e.ExpectColumnValuesToNotMatchRegex(column="code", regex="^x"),
    e.ExpectColumnValuesToMatchRegexList(
        column="code", regex_list=["^A", "^B"], match_on="any", mostly=0.5
    ),
    e.ExpectColumnValueLengthsToBeBetween(column="code", min_value=5, max_value=6),
    e.ExpectColumnValueLengthsToEqual(column="code", value=5, mostly=0.9),
    e.ExpectColumnPairValuesAToBeGreaterThanB(column_A="end", column_B="start"),
    e.ExpectColumnPairValuesAToBeGreaterThanB(column_A="end", column_B="start", or_equal=True),
    e.ExpectColumnPairValuesToBeEqual(column_A="start", column_B="id", mostly=0.9),
    e.ExpectMulticolumnSumToEqual(column_list=["net", "tax"], sum_total=100),
    e.ExpectSelectColumnValuesToBeUniqueWithinRecord(column_list=["start", "end", "level"]),
    e.ExpectColumnMeanToBeBetween(column="net", min_value=10, max_value=100),
    e.ExpectColumnMaxToBeBetween(column="net", min_value=50, max_value=60),
    e.ExpectColumnDistinctValuesToEqualSet(column="level", value_set=[1, 2, 3]),
    e.ExpectColumnValuesToBeBetween(
        column="net", min_value=0, row_condition="tax > 50", condition_parser="pandas"
    ),
    e.ExpectColumnValuesToBeBetween(column="tax", min_value=0, max_value={"$PARAMETER": "most"}),
]:
    suite.add_expectation(expectation)
run = gx.ValidationDefinition(name="visits", data=definition, suite=suite)
context.validation_definitions.add(run)
result = run.run(
    batch_parameters={"dataframe": visits()},
    expectation_parameters={"most": 92},
    result_format="SUMMARY",
).to_json_dict()
counts = {
    one["expectation_config"]["id"]: one["result"].get("unexpected_count")
    for one in result["results"]
}
document = suite.to_json_dict()
ordered = [counts[expectation.pop("id")] for expectation in document["expectations"]]
del document["id"]
folder = Path(__file__).parent
(folder / "greatExpectations1.json").write_text(json.dumps(document, indent=1) + "\n")
(folder / "greatExpectations1Counts.json").write_text(json.dumps(ordered) + "\n")
