/** Which of our rules an expectation of Great Expectations is; its own name where none is the same. */
export function expectationRule(expectation: string): string {
  return Object.hasOwn(RULES, expectation) ? (RULES[expectation] ?? expectation) : expectation;
}

const RULES: Readonly<Record<string, string>> = {
  expect_column_to_exist: 'column-missing',
  expect_table_columns_to_match_ordered_list: 'column-order-changed',
  expect_column_values_to_be_of_type: 'type-changed',
  expect_column_values_to_be_in_type_list: 'type-changed',
  expect_column_values_to_not_be_null: 'nulls-increased',
  expect_column_proportion_of_non_null_values_to_be_between: 'nulls-increased',
  expect_column_values_to_be_between: 'out-of-range',
  expect_column_min_to_be_between: 'out-of-range',
  expect_column_max_to_be_between: 'out-of-range',
  expect_column_values_to_be_in_set: 'category-unknown',
  expect_column_distinct_values_to_be_in_set: 'category-unknown',
  expect_column_values_to_be_unique: 'key-not-unique',
  expect_compound_columns_to_be_unique: 'key-not-unique',
  expect_select_column_values_to_be_unique_within_record: 'relation-violated',
  expect_column_values_to_match_regex: 'pattern-violated',
  expect_column_values_to_match_regex_list: 'pattern-violated',
  expect_column_values_to_match_like_pattern: 'pattern-violated',
  expect_column_values_to_match_strftime_format: 'pattern-violated',
  expect_column_pair_values_a_to_be_greater_than_b: 'relation-violated',
  expect_column_pair_values_to_be_equal: 'relation-violated',
  expect_multicolumn_sum_to_equal: 'relation-violated',
  expect_table_row_count_to_be_between: 'row-count-changed',
  expect_table_row_count_to_equal: 'row-count-changed',
  expect_column_kl_divergence_to_be_less_than: 'drift',
};
