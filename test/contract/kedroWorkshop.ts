/** A Kedro project that does little, in many of the ways that Kedro knows. */
export const KEDRO_WORKSHOP: Readonly<Record<string, string>> = {
  'pyproject.toml': `[tool.kedro]
package_name = "shop"
project_name = "Shop"
kedro_init_version = "1.7.0"
`,
  'src/shop/__init__.py': '',
  'src/shop/settings.py': 'CONFIG_LOADER_ARGS = {"base_env": "base", "default_run_env": "local"}\n',
  'src/shop/pipeline_registry.py': `from kedro.framework.project import find_pipelines
from kedro.pipeline import Pipeline


def register_pipelines() -> dict[str, Pipeline]:
    pipelines = find_pipelines()
    pipelines["__default__"] = sum(pipelines.values())
    return pipelines
`,
  'src/shop/pipelines/__init__.py': '',
  'src/shop/pipelines/cleaning/__init__.py': 'from .pipeline import create_pipeline\n',
  'src/shop/pipelines/cleaning/pipeline.py': `from kedro.pipeline import node, pipeline

from . import nodes
from .nodes import clean


def create_pipeline(**kwargs):
    return pipeline(
        [
            node(clean, ["raw_sales", "params:cleaning.smallest"], "clean_sales", name="clean"),
            node(nodes.count, "clean_sales", "sales_count"),
        ]
    )
`,
  'src/shop/pipelines/cleaning/nodes.py': `from shop.tools import at_least


def clean(sales, smallest):
    return at_least(sales, smallest)


def count(sales):
    return {"rows": len(sales)}
`,
  'src/shop/tools.py': `def at_least(table, smallest):
    return table[table["amount"] >= smallest]
`,
  'src/shop/pipelines/splitting/__init__.py': 'from .pipeline import create_pipeline\n',
  'src/shop/pipelines/splitting/pipeline.py': `from kedro.pipeline import Node, Pipeline


def split(sales, parameters):
    at = int(len(sales) * parameters["share"])
    return sales[:at], sales[at:]


def create_pipeline():
    return Pipeline([Node(func=split, inputs=["clean_sales", "params:split"], outputs=["early_sales", "late_sales"])])
`,
  'src/shop/pipelines/models/__init__.py': `from kedro.pipeline import node, pipeline


def fit(train, rate):
    return {"mean": float(train["amount"].mean()) * rate}


def score(model, test):
    return {"error": abs(model["mean"] - float(test["amount"].mean()))}


def create_pipeline(kinds=("small", "large")):
    one = pipeline(
        [
            node(fit, ["train", "params:rate"], "model"),
            node(score, ["model", "test"], "metrics", tags=["slow"]),
        ]
    )
    return sum(
        [
            pipeline(one, namespace=kind, inputs={"train": "early_sales", "test": "late_sales"})
            for kind in kinds
        ]
    )
`,
  'src/shop/pipelines/report/__init__.py': `from kedro.pipeline import node, pipeline


def create_pipeline():
    return pipeline([node(lambda early, all: f"{len(early)} of {len(all)}\\n", ["early_sales", "raw_sales"], "summary")])
`,
  'conf/base/catalog.yml': `_csv: &csv
  type: pandas.CSVDataset
  save_args:
    index: false

_data: data

raw_sales:
  <<: *csv
  filepath: \${_data}/01_raw/sales.csv

clean_sales:
  <<: *csv
  filepath: \${globals:folders.clean}/sales.csv

sales_count:
  type: json.JSONDataset
  filepath: \${runtime_params:counts, data/count.json}

"{kind}.model":
  type: pickle.PickleDataset
  filepath: data/06_models/{kind}_model.pkl
  versioned: true

"{kind}.metrics":
  type: json.JSONDataset
  filepath: data/08_reporting/{kind}_metrics.json

summary:
  type: text.TextDataset
  filepath: data/08_reporting/summary.txt
`,
  'conf/base/catalog/late.yml': `late_sales:
  type: pandas.CSVDataset
  filepath: data/nowhere.csv
`,
  'conf/local/catalog.yml': `late_sales:
  type: pandas.CSVDataset
  filepath: data/05_model_input/late_sales.csv
`,
  'conf/base/globals.yml': 'folders:\n  clean: data/02_intermediate\n',
  'conf/base/parameters.yml': 'cleaning:\n  smallest: 10\nsplit:\n  share: 0.5\n',
  'conf/base/parameters_models.yml': 'small:\n  rate: 1.0\nlarge:\n  rate: 2.0\n',
  'conf/local/parameters.yml': 'split:\n  share: 0.75\n',
  'conf/base/credentials.yml': '{}\n',
  'data/01_raw/sales.csv': 'day,amount\n1,5\n2,20\n3,30\n4,40\n5,50\n',
  '.gitignore': '/data/0[2-9]*\n/data/count.json\n',
};

/** One that takes the found pipelines by name: `kedro run --pipelines` of Kedro 1.5 fails with it. */
export const REGISTRY_BY_NAME = `from kedro.framework.project import find_pipelines


def register_pipelines():
    pipelines = find_pipelines()
    pipelines["__default__"] = sum(pipelines.values())
    pipelines["early"] = pipelines["cleaning"] + pipelines["splitting"]
    pipelines["tagged"] = pipelines["__default__"].only_nodes_with_tags("slow")
    return pipelines
`;
