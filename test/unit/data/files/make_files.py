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
arrow_files()
sqlite_files()
excel_files()
numpy_files()
image_files()
