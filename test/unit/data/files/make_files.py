"""Writes the files of this folder with the libraries that people write them with.

pip install pandas pyarrow openpyxl numpy pillow zstandard; python make_files.py
"""

import datetime
import gzip
import sqlite3
import zipfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.feather as feather
import pyarrow.parquet as pq
from PIL import Image

HERE = Path(__file__).parent

people = pd.DataFrame(
    {
        "id": [1, 2, 3, 4],
        "name": ["Ada", "Bo", None, "Dé"],
        "height": [1.5, 1.75, None, 2.0],
        "born": pd.to_datetime(["1815-12-10", "1990-01-01", "2000-02-29", "1970-01-01"]),
        "member": [True, False, True, True],
    }
)


def text_files():
    people.to_csv(HERE / "people.csv.gz", index=False)
    people.to_csv(HERE / "people.csv.zst", index=False)
    people.to_csv(HERE / "people-german.csv", index=False, sep=";", decimal=",", encoding="cp1252")
    people.to_csv(HERE / "people-utf16.csv", index=False, encoding="utf-16")
    people.drop(columns="born").to_json(HERE / "people.jsonl.gz", orient="records", lines=True)


def parquet_files():
    table = pa.Table.from_pandas(people, preserve_index=False)
    pq.write_table(table, HERE / "people.parquet")
    twice = pa.Table.from_arrays([pa.array([1, 2]), pa.array([3.0, 4.0])], names=["x", "x"])
    pq.write_table(twice, HERE / "twice.parquet")
    pq.write_table(pa.table({"id": [5], "extra": ["more"]}), HERE / "people-extra.parquet")


def parquet_types():
    """Every type that pyarrow writes, with and without statistics, and as older writers did."""
    day, other_day = datetime.date(2020, 2, 29), datetime.date(1969, 12, 31)
    time = datetime.datetime(2020, 2, 29, 12, 30, 1, 5000)
    second = time.replace(microsecond=0)
    other_time = datetime.datetime(1969, 12, 31, 23, 59, 58)
    columns = {}
    for bits in (8, 16, 32, 64):
        columns[f"int{bits}"] = pa.array([1, None, -3], getattr(pa, f"int{bits}")())
        columns[f"uint{bits}"] = pa.array([1, None, 2**bits - 1], getattr(pa, f"uint{bits}")())
    columns["float16"] = pa.array([0.5, None, -2.0], pa.float16())
    columns["float32"] = pa.array([0.1, None, -2.25], pa.float32())
    columns["float64"] = pa.array([0.1, None, -2.25])
    columns["some_nan"] = pa.array([0.1, None, float("nan")])
    columns["all_nan"] = pa.array([float("nan")] * 3)
    columns["infinite"] = pa.array([0.1, None, float("inf")])
    columns["bool"] = pa.array([True, None, False])
    columns["string"] = pa.array(["a", None, "b"])
    columns["large_string"] = pa.array(["a", None, "b"], pa.large_string())
    columns["binary"] = pa.array([b"a", None, b"b"])
    columns["fixed_binary"] = pa.array([b"abc", None, b"bcd"], pa.binary(3))
    columns["dictionary"] = pa.array(["x", None, "y"]).dictionary_encode()
    columns["date32"] = pa.array([day, None, other_day])
    columns["date64"] = pa.array([day, None, other_day], pa.date64())
    columns["ancient"] = pa.array([datetime.date(1, 1, 1), None, datetime.date(9999, 12, 31)])
    for unit in ("s", "ms", "us", "ns"):
        moment = second if unit == "s" else time
        columns[f"time_{unit}"] = pa.array([moment, None, other_time], pa.timestamp(unit))
        columns[f"zoned_{unit}"] = columns[f"time_{unit}"].cast(pa.timestamp(unit, "Europe/Berlin"))
    columns["before_1970_ns"] = pa.array([-1, None, 1], pa.timestamp("ns"))
    columns["before_1970_zoned"] = pa.array([-1, None, 1], pa.timestamp("ns", "UTC"))
    for unit, type_of in (("s", pa.time32), ("ms", pa.time32), ("us", pa.time64), ("ns", pa.time64)):
        clock = [datetime.time(1, 2, 3), None, datetime.time(4, 5, 6)]
        columns[f"clock_{unit}"] = pa.array(clock, type_of(unit))
    columns["duration"] = pa.array([1, None, 2], pa.duration("us"))
    for digits, scale in ((4, 0), (4, 2), (9, 3), (10, 3), (18, 6), (19, 6), (38, 10)):
        values = pa.array(["1.5" if scale else "1", None, "-2"]).cast(pa.decimal128(digits, scale))
        columns[f"decimal_{digits}_{scale}"] = values
    columns["decimal256"] = pa.array(["1", None, "-2"]).cast(pa.decimal256(50, 2))
    columns["list"] = pa.array([[1, 2], None, []], pa.list_(pa.int32()))
    columns["list_without_nulls"] = pa.array([[1, 2], [3], [4]], pa.list_(pa.int64()))
    record = pa.struct([("a", pa.int32())])
    columns["list_of_structs"] = pa.array([[{"a": 1}], None, []], pa.list_(record))
    columns["fixed_list"] = pa.array([[1, 2], None, [3, 4]], pa.list_(pa.int32(), 2))
    pair = pa.struct([("a", pa.int32()), ("b c", pa.string())])
    columns["struct"] = pa.array([{"a": 1, "b c": "x"}, None, {"a": None, "b c": None}], pair)
    columns["struct_of_nulls"] = pa.array([{"a": None, "b c": None}] * 3, pair)
    columns["map"] = pa.array([[("k", 1)], None, []], pa.map_(pa.string(), pa.int32()))
    columns["nested"] = pa.array([[[1], [2]], None, [None]], pa.list_(pa.list_(pa.int16())))
    columns["null"] = pa.nulls(3)
    columns["all_null"] = pa.array([None] * 3, pa.int32())
    columns["uuid"] = pa.array([b"0123456789abcdef", None, b"abcdefghijklmnop"], pa.uuid())
    json = pa.array(['{"a": 1}', None, "[]"])
    columns["json"] = pa.ExtensionArray.from_storage(pa.json_(pa.string()), json)
    table = pa.table(columns).append_column(
        pa.field("required", pa.int64(), nullable=False), pa.array([1, 2, 3])
    )
    pq.write_table(table, HERE / "types.parquet")
    pq.write_table(table, HERE / "types-no-statistics.parquet", write_statistics=False)
    times = table.select(["time_ms", "time_us", "time_ns"])
    pq.write_table(times, HERE / "times-int96.parquet", use_deprecated_int96_timestamps=True)
    old = table.select(["int32", "uint32", "uint64", "time_us", "decimal_9_3", "date32"])
    pq.write_table(old, HERE / "types-1.0.parquet", version="1.0", store_schema=False)


def arrow_files():
    types = pa.table(
        {
            "int8": pa.array([1, None, -3], pa.int8()),
            "int64": pa.array([2**53 + 1, None, -(2**62)], pa.int64()),
            "uint64": pa.array([2**64 - 1, None, 0], pa.uint64()),
            "float32": pa.array([0.5, float("nan"), None], pa.float32()),
            "float64": pa.array([0.1, None, float("inf")], pa.float64()),
            "bool": pa.array([True, None, False]),
            "text": pa.array(["a", None, "é"]),
            "dictionary": pa.array(["x", "y", "x"]).dictionary_encode(),
            "date": pa.array([datetime.date(2020, 2, 29), None, datetime.date(1969, 12, 31)]),
            "time": pa.array(
                [datetime.datetime(2020, 1, 2, 3, 4, 5, 678901), None, datetime.datetime(1, 1, 1)],
                pa.timestamp("us"),
            ),
            "nanos": pa.array([1577934245678901234, None, 0], pa.timestamp("ns", "UTC")),
            "decimal": pa.array([None, "1.25", "-3.50"]).cast(pa.decimal128(10, 2)),
            "list": pa.array([[1, 2], None, []]),
        }
    )
    for compression in ["uncompressed", "lz4", "zstd"]:
        feather.write_feather(types, HERE / f"types-{compression}.feather", compression=compression)
    with pa.ipc.new_stream(HERE / "types-stream.arrow", types.schema) as writer:
        writer.write_table(types, max_chunksize=2)
    long = pa.table({"n": pa.array(range(5000), pa.int32()), "s": [f"row {i % 7}" for i in range(5000)]})
    feather.write_feather(long, HERE / "long-lz4.feather", compression="lz4", chunksize=2000)


def sqlite_files():
    for name, more in [("one.sqlite", False), ("two.db", True)]:
        (HERE / name).unlink(missing_ok=True)
        with sqlite3.connect(HERE / name) as connection:
            connection.execute(
                "CREATE TABLE people (id INTEGER, name TEXT, height REAL, born DATE, mixed, data BLOB)"
            )
            connection.executemany(
                "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (1, "Ada", 1.5, "1815-12-10", 1, b"\x00\x01"),
                    (2**53 + 1, None, None, "1990-01-01", "two", None),
                    (-(2**63), "Dé", 2, "2000-02-29", None, b""),
                ],
            )
            if more:
                connection.execute('CREATE TABLE "odd ""name" (a)')
                connection.executemany('INSERT INTO "odd ""name" VALUES (?)', [(1,), (2,)])
        connection.close()


def excel_files():
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "People"
    sheet.append(["id", "name", "height", "born", "member", None, "id"])
    sheet.append([1, "Ada", 1.5, datetime.datetime(1990, 1, 2), True, None, 7])
    sheet.append([2, "Bo & <b>", None, datetime.datetime(2000, 2, 29, 12, 30), False, None, 8])
    sheet.append([3, "#N/A", "=1/0", None, True, "extra", 9])
    sheet["C4"].data_type = "e"
    sheet["C4"].value = "#DIV/0!"
    other = book.create_sheet("Other one")
    other.append(["x"])
    other.append([42])
    book.create_sheet("Empty")
    book.save(HERE / "book.xlsx")


def numpy_files():
    np.save(HERE / "vector.npy", np.array([1.5, np.nan, 3.0]))
    matrix = np.arange(12, dtype=np.int32).reshape(4, 3)
    np.save(HERE / "matrix.npy", matrix)
    np.save(HERE / "fortran.npy", np.asfortranarray(matrix))
    np.save(HERE / "big-endian.npy", matrix.astype(">i2"))
    np.save(HERE / "half.npy", np.array([0.5, -2.0, np.inf, 6e-8], dtype=np.float16))
    np.save(HERE / "cube.npy", np.zeros((2, 3, 4)))
    np.save(HERE / "objects.npy", np.array([{"a": 1}, None], dtype=object), allow_pickle=True)
    records = np.array(
        [(1, 0.5, "ab", True), (2, 1.5, "é", False)],
        dtype=[("id", "<i8"), ("x", "<f4"), ("word", "<U3"), ("flag", "?")],
    )
    np.save(HERE / "records.npy", records)
    np.save(HERE / "times.npy", np.array(["2020-02-29", "NaT"], dtype="datetime64[D]"))
    np.savez_compressed(HERE / "arrays.npz", x=matrix, y=np.array([0, 1, 0, 1]))


def image_files():
    for name, classes in [("images", {"cat": ["a.png", "b.jpg"], "dog": ["c.gif", "d.bmp", "e.webp", "f.tiff"]})]:
        for index, (label, files) in enumerate(classes.items()):
            folder = HERE / name / label
            folder.mkdir(parents=True, exist_ok=True)
            for number, file in enumerate(files):
                size = (3 + number, 5 + index)
                Image.new("RGB", size, (40 * number, 80, 120)).save(folder / file)
    (HERE / "images/cat/again.png").write_bytes((HERE / "images/cat/a.png").read_bytes())
    (HERE / "images/dog/broken.png").write_bytes((HERE / "images/cat/a.png").read_bytes()[:12])


text_files()
parquet_files()
parquet_types()
arrow_files()
sqlite_files()
excel_files()
numpy_files()
image_files()
