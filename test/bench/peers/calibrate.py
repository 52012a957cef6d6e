"""Says how often Evidently and Great Expectations call a column drifted, by simulated samples; prints JSON.

usage: calibrate.py CASES.json
A case is {"kind", "n", "m", "shift", "columns", "seconds"}: at most so many columns and about so many seconds. The
answer has for each case {"columns", "evidently", "kl01", "kl05", "errors"}: counts of columns.

Evidently decides by its defaults, by the function that its ValueDrift metric calls. Great Expectations has no default:
it compares with the reference's deciles or categories (ExpectColumnKLDivergenceToBeLessThan; 1 % of weight held out for
what the reference does not have), at the 0.1 of its documentation's example and at the 0.5 that its text advises.
"""

import json
import os
import sys
import time
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
warnings.filterwarnings("ignore")

import great_expectations as gx
import great_expectations.expectations as gxe
import numpy as np
import pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.legacy.calculations.stattests.registry import get_stattest
from evidently.legacy.core import ColumnType
from evidently.metrics import ValueDrift

HELD_OUT = 0.01


def zipf(size, changed=None):
    weights = np.array(changed if changed else 1 / np.arange(1, size + 1))
    return lambda n, _shift, rng: rng.choice(
        np.array([f"v{i}" for i in range(size)], dtype=object), n, p=weights / weights.sum()
    )


def mostly_one(n, _shift, rng):
    weights = 1 / np.arange(1, 51)
    few = rng.choice(50, n, p=weights / weights.sum()) + 1.0
    return np.where(rng.random(n) < 0.9, 0.0, few)


# Each draws n values of a kind, those of the current data changed.
KINDS = {
    "normal": lambda n, shift, rng: rng.normal(shift, 1, n),
    "lognormal": lambda n, shift, rng: np.exp(1.5 * rng.normal(shift, 1, n)),
    "poisson": lambda n, shift, rng: rng.poisson(2, n).astype(float),
    "steps": lambda n, shift, rng: np.round(rng.normal(shift, 1, n) * 2) / 2,
    "mostlyOne": mostly_one,
    "constant": lambda n, _shift, rng: np.zeros(n),
    "mostlyNull": lambda n, _shift, rng: np.where(rng.random(n) < 0.05, rng.normal(size=n), np.nan),
    "zipf2": zipf(2),
    "zipf10": zipf(10),
    "zipf50": zipf(50),
    "zipf200": zipf(200),
    "rare": lambda n, shift, rng: np.where(rng.random(n) < 0.002 + shift, "rare", "other").astype(object),
}


def evidently_verdict(reference, current):
    before, now = reference.dropna(), current.dropna()
    if before.empty or now.empty:
        raise ValueError("empty")
    kind = ColumnType.Numerical if before.dtype != object else ColumnType.Categorical
    return get_stattest(before, now, kind, None)(before, now, kind, None).drifted


def check_evidently():
    """That the function is the one that its report calls."""
    rng = np.random.default_rng(1)
    for kind, n, m, shift in (("normal", 500, 200, 0.2), ("normal", 2000, 200, 0.1), ("zipf10", 500, 300, 0), ("zipf10", 1500, 300, 0)):
        reference, current = (pd.DataFrame({"c": KINDS[kind](size, s, rng)}) for size, s in ((n, 0), (m, shift)))
        columns = {"numerical_columns": ["c"]} if kind == "normal" else {"categorical_columns": ["c"]}
        now, before = (Dataset.from_pandas(frame, DataDefinition(**columns)) for frame in (current, reference))
        [metric] = Report([ValueDrift(column="c")], include_tests=True).run(now, before).dict()["tests"]
        detected = metric["status"].value == "FAIL"
        assert detected == evidently_verdict(reference["c"], current["c"]), (kind, n, m)


def partition(reference):
    values = reference.dropna()
    if values.dtype == object:
        counts = values.value_counts()
        return {"values": list(counts.index), "weights": list(counts / counts.sum())}
    edges = np.unique(values.quantile(np.arange(0, 1.01, 0.1)))
    if len(edges) < 2:
        return None
    counts = np.histogram(values, edges)[0]
    return {"bins": list(edges), "weights": list(counts / counts.sum())}


def great_expectations_divergences(batch_definition, reference, current):
    """Of each column; None where it is infinite. Columns without a partition are not compared."""
    suite = gx.ExpectationSuite(name=f"s{time.time_ns()}")
    for name in reference.columns:
        cells = partition(reference[name])
        if cells is not None:
            # It refuses the latter for categories.
            holdouts = {"tail_weight_holdout": HELD_OUT} | ({"internal_weight_holdout": HELD_OUT} if "bins" in cells else {})
            suite.add_expectation(
                gxe.ExpectColumnKLDivergenceToBeLessThan(column=name, partition_object=cells, threshold=0.1, **holdouts)
            )
    results = batch_definition.get_batch({"dataframe": current}).validate(suite).results
    for each in results:
        if each.exception_info.get("raised_exception"):
            raise RuntimeError(each.exception_info["exception_message"])
    return [each.result["observed_value"] for each in results]


def measure(case, batch_definition):
    rng = np.random.default_rng([case["n"], case["m"], len(case["kind"])])
    draw = KINDS[case["kind"]]
    counts = {"columns": 0, "evidently": 0, "kl01": 0, "kl05": 0, "errors": 0}
    started = time.perf_counter()
    while counts["columns"] < case["columns"]:
        size = min(10 if max(case["n"], case["m"]) < 100_000 else 1, case["columns"] - counts["columns"])
        names = [f"c{at}" for at in range(size)]
        reference = pd.DataFrame({name: draw(case["n"], 0, rng) for name in names})
        current = pd.DataFrame({name: draw(case["m"], case["shift"], rng) for name in names})
        for name in names:
            try:
                counts["evidently"] += bool(evidently_verdict(reference[name], current[name]))
            except ValueError:
                counts["errors"] += 1
        for divergence in great_expectations_divergences(batch_definition, reference, current):
            counts["kl01"] += int(divergence is None or divergence > 0.1)
            counts["kl05"] += int(divergence is None or divergence > 0.5)
        counts["columns"] += size
        if time.perf_counter() - started > case["seconds"]:
            break
    return counts


def main():
    check_evidently()
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("p").add_dataframe_asset("a")
    batch_definition = asset.add_batch_definition_whole_dataframe("b")
    with open(sys.argv[1]) as file:
        cases = json.load(file)
    print(json.dumps([measure(case, batch_definition) for case in cases]))


main()
