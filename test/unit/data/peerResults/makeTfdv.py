"""Writes tfdvSchema.pbtxt and tfdvAnomalies.pbtxt: protobuf's own printer, on messages put together by hand, as
TensorFlow Data Validation describes them. pip install tensorflow-metadata"""

from pathlib import Path

from google.protobuf import text_format
from tensorflow_metadata.proto.v0 import anomalies_pb2, path_pb2, schema_pb2

schema = schema_pb2.Schema()
schema.dataset_constraints.min_examples_count = 50
age = schema.feature.add(name="age", type=schema_pb2.FLOAT)
age.presence.min_fraction = 0.95
age.float_domain.min = 0
age.float_domain.max = 120
city = schema.feature.add(name="city", type=schema_pb2.BYTES, domain="city")
city.presence.min_fraction = 1.0
city.presence.min_count = 1
city.distribution_constraints.min_domain_mass = 1.0
schema.string_domain.add(name="city", value=["Bern", "Basel", 'Gen"è\nve'])
number = schema.feature.add(name="id", type=schema_pb2.INT)
number.int_domain.min = 0
number.unique_constraints.min = 3
flag = schema.feature.add(name="flag", type=schema_pb2.INT)
flag.bool_domain.SetInParent()
amount = schema.feature.add(name="amount", type=schema_pb2.FLOAT)
amount.drift_comparator.jensen_shannon_divergence.threshold = 0.1
amount.skew_comparator.infinity_norm.threshold = 0.01
schema.feature.add(name="old", type=schema_pb2.INT, lifecycle_stage=schema_pb2.DEPRECATED)
Path("tfdvSchema.pbtxt").write_text(text_format.MessageToString(schema))

anomalies = anomalies_pb2.Anomalies()
anomalies.anomaly_name_format = anomalies_pb2.Anomalies.SERIALIZED_PATH
kinds = anomalies_pb2.AnomalyInfo


def add(column, severity, short, description, *reasons):
    info = anomalies.anomaly_info[column]
    info.path.CopyFrom(path_pb2.Path(step=[column]))
    info.severity = severity
    info.short_description = short
    info.description = description
    for kind, text in reasons:
        info.reason.add(type=kind, short_description=short, description=text)


add("joined", kinds.ERROR, "Column dropped", "Column is completely missing",
    (kinds.SCHEMA_MISSING_COLUMN, "Column is completely missing"))
add("city", kinds.ERROR, "Unexpected string values",
    "Examples contain values missing from the schema: Zurch (~3%).",
    (kinds.ENUM_TYPE_UNEXPECTED_STRING_VALUES,
     "Examples contain values missing from the schema: Zurch (~3%)."))
add("age", kinds.WARNING, "Multiple errors", "Several",
    (kinds.FEATURE_TYPE_LOW_FRACTION_PRESENT,
     "The feature was present in fewer examples than expected: minimum fraction = 0.950000, actual = 0.900000"),
    (kinds.FLOAT_TYPE_BIG_FLOAT, "Unexpectedly large value: 480"))
anomalies.data_missing = False
skew = anomalies.drift_skew_info.add()
skew.path.step.append("amount")
measurement = skew.drift_measurements.add()
measurement.type = anomalies_pb2.DriftSkewInfo.Measurement.JENSEN_SHANNON_DIVERGENCE
measurement.value = 0.99
measurement.threshold = 0.1
Path("tfdvAnomalies.pbtxt").write_text(text_format.MessageToString(anomalies))
