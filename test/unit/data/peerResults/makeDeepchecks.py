"""Writes deepchecks.json. pip install deepchecks 'scikit-learn<1.4' 'numpy<2' 'pandas<2.2' 'setuptools<80'"""

import json
from pathlib import Path

from deepchecks.tabular import Dataset, Suite
from deepchecks.tabular.checks import (
    ConflictingLabels, DataDuplicates, FeatureDrift, IsSingleValue, NewCategoryTrainTest, PercentOfNulls,
    TrainTestSamplesMix,
)
from peopleTable import current, reference

suite = Suite(
    "people",
    IsSingleValue().add_condition_not_single_value(),
    PercentOfNulls().add_condition_percent_of_nulls_not_greater_than(0.05),
    DataDuplicates().add_condition_ratio_less_or_equal(0.01),
    NewCategoryTrainTest().add_condition_new_categories_less_or_equal(0),
    FeatureDrift().add_condition_drift_score_less_than(),
    TrainTestSamplesMix().add_condition_duplicates_ratio_less_or_equal(0.05),
    ConflictingLabels().add_condition_ratio_of_conflicting_labels_less_or_equal(0),
)
features = dict(cat_features=["city"], features=["age", "city", "amount"])
old = Dataset(reference().drop(columns=["joined"]), **features)
new = Dataset(current(), **features)
text = suite.run(old, new).to_json(with_display=False)
Path("deepchecks.json").write_text(json.dumps(json.loads(text), indent=1) + "\n")
