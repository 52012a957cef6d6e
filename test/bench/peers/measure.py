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
    """What our profile has and what our checks look at, as one would write it; the reference is known beforehand.

    As ours, it looks at the spelling of at most 1,024 distinct texts of a column, and at how columns go together in at
    most 20,000 rows.
    """
    import numpy as np
    import pandas as pd

    sentinels = [-1, -9, -99, -999, -9999, 99, 999, 9999, 99999]
    null_words = {"", "na", "n/a", "nan", "null", "none", "-", "?", "unknown", "missing"}
    broken = "[\ufffd\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\u00c3[\u0080-\u00bf]|\u00e2\u20ac"
    personal = [r"[\w.+-]+@[\w-]+\.\w+", r"\+?\d[\d ()-]{7,}\d", r"(?:\d[ -]?){13,16}", r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}"]

    def summarize(column):
        facts = {"missing": column.isna().mean()}
        if pd.api.types.is_numeric_dtype(column):
            facts["edges"] = np.unique(column.quantile(np.arange(0.1, 1, 0.1)))
            facts["counts"] = np.histogram(column.dropna(), [-np.inf, *facts["edges"], np.inf])[0]
            facts["median"] = column.median()
        else:
            facts["counts"] = column.value_counts()
        return facts

    def shift(before, now):
        p, q = (np.asarray(counts, float) + 0.5 for counts in (before, now))
        p, q = p / p.sum(), q / q.sum()
        return ((q - p) * np.log(q / p)).sum()

    def look_at_numbers(column, before):
        values = column.dropna()
        column.describe()
        found = int(np.isinf(values).sum() > 0) + int(values.isin(sentinels).mean() > 0.05)
        found += int((values == values.min()).sum() > 0.05 * len(values)) + int((values == values.max()).sum() > 0.05 * len(values))
        found += int(abs(column.median() / (before["median"] or 1)) > 100)
        now = np.histogram(values, [-np.inf, *before["edges"], np.inf])[0]
        return found + int(shift(before["counts"], now) >= 0.1)

    def look_at_texts(column, before):
        lengths = column.str.len()
        lengths.min(), lengths.max(), lengths.mean()
        found = int((column != column.str.strip()).sum() > 0) + int(column.str.contains(broken).sum() > 0)
        counts = column.value_counts()
        some = pd.Series(counts.index[:1024])
        folded = some.str.strip().str.casefold()
        found += int(folded.isin(null_words).any()) + int(folded.duplicated().any())
        found += int(pd.to_numeric(some, errors="coerce").notna().mean() > 0.95)
        found += int(pd.to_datetime(some, errors="coerce", format="ISO8601").notna().mean() > 0.95)
        found += sum(int(some.str.fullmatch(pattern).mean() > 0.5) for pattern in personal)
        known = before["counts"].index
        found += int(counts[~counts.index.isin(known)].sum() > 0.001 * len(column))
        return found + int(shift(before["counts"], counts.reindex(known, fill_value=0)) >= 0.1)

    reference = pd.read_parquet(reference_path)
    known = {name: summarize(reference[name]) for name in reference.columns}
    del reference

    def run():
        current = pd.read_parquet(current_path)
        found = 0
        for name, before in known.items():
            column = current[name]
            found += int(column.isna().mean() > before["missing"] + 0.01)
            found += int(column.nunique() == 1) + int(column.is_unique)
            is_number = pd.api.types.is_numeric_dtype(column)
            found += (look_at_numbers if is_number else look_at_texts)(column, before)
        found += int(current.duplicated().sum() > 0)
        numbers = current.select_dtypes("number").iloc[:, :40]
        numbers.sample(min(len(numbers), 20_000), random_state=0).corr("spearman")
        return found

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
    """Minimal, as it advises for large tables, with repeated rows and rank correlations, which ours has too.

    With all that it has by default, it does not end in an hour.
    """
    import pandas as pd
    from ydata_profiling import ProfileReport

    def run():
        report = ProfileReport(
            pd.read_parquet(current_path),
            minimal=True,
            progress_bar=False,
            duplicates={"head": 10},
            correlations={"auto": {"calculate": False}, "spearman": {"calculate": True}},
        )
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
