"""Writes greatExpectations0.json, a suite. pip install great-expectations==0.18.22"""

import json
from pathlib import Path

import great_expectations as gx
from visitsTable import CITIES, visits

table = gx.from_pandas(visits())
table.expect_column_to_exist("city", column_index=2)
table.expect_table_columns_to_match_set(["id", "age", "city"], exact_match=False)
table.expect_column_values_to_be_in_type_list("age", ["float", "float64"])
table.expect_column_values_to_not_be_null("age", mostly=0.9)
table.expect_column_values_to_be_in_set("city", CITIES)
table.expect_column_values_to_be_between("start", 0, None, strict_min=True)
table.expect_column_values_to_match_strftime_format("city", "%Y")
table.expect_column_values_to_be_increasing("start")
table.expect_column_distinct_values_to_be_in_set("level", [1, 2, 3, 4, 5])
table.expect_column_quantile_values_to_be_between(
    "net", {"quantiles": [0.5], "value_ranges": [[0, 100]]}
)
table.expect_table_row_count_to_equal(60)
table.expect_compound_columns_to_be_unique(["id", "start"])
suite = table.get_expectation_suite(discard_failed_expectations=False)
path = Path(__file__).parent / "greatExpectations0.json"
path.write_text(json.dumps(suite.to_json_dict(), indent=1) + "\n")
