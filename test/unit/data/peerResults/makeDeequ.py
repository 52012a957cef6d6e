"""Writes deequ.json and deequMetrics.json: a verification and a metrics repository.

pip install pyspark==3.5.5 pydeequ==1.5.0 pandas; Deequ 2.0.7-spark-3.5 from Maven Central, Java 17.
SPARK_VERSION=3.5 python makeDeequ.py deequ-2.0.7-spark-3.5.jar"""

import json
import sys
from pathlib import Path

from pydeequ.analyzers import AnalysisRunner, Completeness, Maximum, Size
from pydeequ.checks import Check, CheckLevel
from pydeequ.repository import FileSystemMetricsRepository, ResultKey
from pydeequ.verification import VerificationResult, VerificationSuite
from pyspark.sql import SparkSession
from peopleTable import CITIES, current

folder = Path(__file__).parent
spark = SparkSession.builder.master("local[1]").config("spark.jars", sys.argv[1]).getOrCreate()
table = current()
frame = spark.createDataFrame(table.astype(object).where(table.notna(), None))
errors = (
    Check(spark, CheckLevel.Error, "people")
    .hasSize(lambda rows: rows >= 50)
    .isUnique("id")
    .hasCompleteness("age", lambda share: share >= 0.95)
    .isComplete("city")
    .isComplete("joined")
    .isContainedIn("city", CITIES)
    .hasMean("amount", lambda mean: mean <= 100)
    .isNonNegative("amount")
)
warnings = (
    Check(spark, CheckLevel.Warning, "people, less important")
    .hasMin("age", lambda age: age >= 0)
    .hasMax("age", lambda age: age <= 120)
    .hasPattern("city", "^[A-Y]")
    .satisfies("amount < 1000", "small amounts", lambda share: share == 1)
)
result = VerificationSuite(spark).onData(frame).addCheck(errors).addCheck(warnings).run()
rows = VerificationResult.checkResultsAsJson(spark, result)
(folder / "deequ.json").write_text(json.dumps(rows, indent=1) + "\n")
repository = FileSystemMetricsRepository(spark, str(folder / "deequMetrics.json"))
key = ResultKey(spark, 1764295200000, {"table": "people"})
AnalysisRunner(spark).onData(frame).addAnalyzer(Size()).addAnalyzer(Completeness("age")).addAnalyzer(
    Maximum("amount")
).useRepository(repository).saveOrAppendResult(key).run()
spark.sparkContext._gateway.shutdown_callback_server()
spark.stop()
