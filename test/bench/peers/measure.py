"""Validates one table against another with a tool that users have today, and prints seconds and peak memory as JSON.

usage: measure.py TOOL REFERENCE.parquet CURRENT.parquet
Reading the files counts, importing the tool does not. TOOL is pandas, great_expectations, evidently or ydata.
"""

import json
import os
import resource
import sys
import time
import warnings

os.environ["GX_ANALYTICS_ENABLED"] = "false"
os.environ["DO_NOT_TRACK"] = "1"
warnings.filterwarnings("ignore")


def with_pandas(reference_path, current_path):
    """The statistics that our profile has and the checks that we make of them, column by column."""
    import numpy as np
    import pandas as pd

    def run():
        reference, current = pd.read_parquet(reference_path), pd.read_parquet(current_path)
        findings = 0
        for name in reference.columns:
            before, now = reference[name], current[name]
            findings += now.isna().mean() > before.isna().mean() + 0.01
            now.nunique(), now.is_unique
            if pd.api.types.is_numeric_dtype(before):
                now.describe()
                edges = np.unique(before.quantile(np.arange(0.1, 1, 0.1)))
                bins = [-np.inf, *edges, np.inf]
                p = np.histogram(before.dropna(), bins)[0] + 0.5
                q = np.histogram(now.dropna(), bins)[0] + 0.5
            else:
                lengths = now.str.len()
                lengths.min(), lengths.max(), lengths.mean()
                (now != now.str.strip()).sum()
                counts = before.value_counts()
                p = counts.to_numpy() + 0.5
                q = now.value_counts().reindex(counts.index, fill_value=0).to_numpy() + 0.5
            p, q = p / p.sum(), q / q.sum()
            findings += ((q - p) * np.log(q / p)).sum() >= 0.1
        current.duplicated().sum()
        current.select_dtypes("number").iloc[:, :40].corr()
        return int(findings)

    return run


def with_great_expectations(reference_path, current_path):
    """Presence, bounds, domains and uniqueness of every column, as its own onboarding asks for them."""
    import great_expectations as gx
    import great_expectations.expectations as gxe
    import pandas as pd

    def run():
        reference, current = pd.read_parquet(reference_path), pd.read_parquet(current_path)
        context = gx.get_context(mode="ephemeral")
        context.variables.progress_bars = {"globally": False}
        batch = context.data_sources.add_pandas("p").add_dataframe_asset("a")
        definition = batch.add_batch_definition_whole_dataframe("b")
        suite = gx.ExpectationSuite(name="s")
        for name in reference.columns:
            column = reference[name]
            suite.add_expectation(
                gxe.ExpectColumnValuesToNotBeNull(column=name, mostly=max(0, column.notna().mean() - 0.01))
            )
            if pd.api.types.is_numeric_dtype(column):
                suite.add_expectation(
                    gxe.ExpectColumnMeanToBeBetween(
                        column=name, min_value=float(column.mean() - column.std()), max_value=float(column.mean() + column.std())
                    )
                )
                suite.add_expectation(
                    gxe.ExpectColumnValuesToBeBetween(
                        column=name, min_value=float(column.min()), max_value=float(column.max()), mostly=0.99
                    )
                )
            else:
                suite.add_expectation(
                    gxe.ExpectColumnValuesToBeInSet(column=name, value_set=list(column.dropna().unique()), mostly=0.9)
                )
        result = definition.get_batch({"dataframe": current}).validate(suite)
        return int(result.statistics["unsuccessful_expectations"])

    return run


def with_evidently(reference_path, current_path):
    import pandas as pd
    from evidently import Report
    from evidently.presets import DataDriftPreset, DataSummaryPreset

    def run():
        reference, current = pd.read_parquet(reference_path), pd.read_parquet(current_path)
        report = Report([DataDriftPreset(), DataSummaryPreset()])
        return len(report.run(current, reference).dict()["metrics"])

    return run


def with_ydata(_reference_path, current_path):
    """Minimal, as it advises for large tables: without it, it does not end in an hour."""
    import pandas as pd
    from ydata_profiling import ProfileReport

    def run():
        report = ProfileReport(pd.read_parquet(current_path), minimal=True, progress_bar=False)
        return len(report.get_description().variables)

    return run


TOOLS = {
    "pandas": with_pandas,
    "great_expectations": with_great_expectations,
    "evidently": with_evidently,
    "ydata": with_ydata,
}

run = TOOLS[sys.argv[1]](*sys.argv[2:4])
started = time.perf_counter()
found = run()
seconds = time.perf_counter() - started
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"seconds": seconds, "peakBytes": peak, "found": found}))
