"""Writes greatExpectations0.json and greatExpectations0Suite.json. pip install great-expectations==0.18.22"""

import json
from pathlib import Path

import great_expectations as gx
from peopleTable import CITIES, current

people = gx.from_pandas(current())
people.expect_column_to_exist("joined")
people.expect_column_values_to_not_be_null("age", mostly=0.95)
people.expect_column_values_to_be_between("age", 0, 120)
people.expect_column_values_to_be_in_set("city", CITIES)
people.expect_column_values_to_be_unique("id")
people.expect_column_mean_to_be_between("amount", 10, 100)
people.expect_table_row_count_to_be_between(50, 150)
result = people.validate(result_format="SUMMARY", only_return_failures=False)
Path("greatExpectations0.json").write_text(json.dumps(result.to_json_dict(), indent=1) + "\n")
suite = people.get_expectation_suite(discard_failed_expectations=False)
Path("greatExpectations0Suite.json").write_text(json.dumps(suite.to_json_dict(), indent=1) + "\n")
