"""Writes greatExpectations1.json and greatExpectations1Suite.json. pip install great-expectations==1.2.0

Tracebacks are cut from the result afterwards: they hold paths of the machine."""

import json
from pathlib import Path

import great_expectations as gx
import great_expectations.expectations as e
from peopleTable import CITIES, current

context = gx.get_context(mode="ephemeral")
batch = context.data_sources.add_pandas("files").add_dataframe_asset("people")
definition = batch.add_batch_definition_whole_dataframe("whole")
suite = context.suites.add(gx.ExpectationSuite(name="people"))
for expectation in [
    e.ExpectColumnToExist(column="joined"),
    e.ExpectColumnValuesToNotBeNull(column="age", mostly=0.95),
    e.ExpectColumnValuesToBeBetween(column="age", min_value=0, max_value=120),
    e.ExpectColumnValuesToBeInSet(column="city", value_set=CITIES),
    e.ExpectColumnValuesToBeUnique(column="id"),
    e.ExpectColumnMeanToBeBetween(column="amount", min_value=10, max_value=100),
    e.ExpectColumnValuesToMatchRegex(column="city", regex="^[A-Z]"),
    e.ExpectTableRowCountToBeBetween(min_value=50, max_value=150),
    e.ExpectColumnValuesToBeOfType(column="id", type_="int64"),
    e.ExpectColumnMaxToBeBetween(column="joined", max_value=5),
    e.ExpectTableColumnsToMatchSet(column_set=["id", "age", "city", "amount", "joined"]),
    e.ExpectColumnPairValuesAToBeGreaterThanB(column_A="amount", column_B="age"),
]:
    suite.add_expectation(expectation)
run = gx.ValidationDefinition(name="people", data=definition, suite=suite)
context.validation_definitions.add(run)
result = run.run(batch_parameters={"dataframe": current()}, result_format="SUMMARY")
Path("greatExpectations1.json").write_text(json.dumps(result.to_json_dict(), indent=1) + "\n")
Path("greatExpectations1Suite.json").write_text(json.dumps(suite.to_json_dict(), indent=1) + "\n")
