"""Deploys the candidate as the next model version, unless it is the one already deployed."""

import argparse
import json
import re
import shutil
import sys
from pathlib import Path

import yaml

CANDIDATE = Path("out/candidate.joblib")


def find_versions(folder: Path) -> dict[int, Path]:
    found = {path: re.fullmatch(r"model\.v(\d+)\.joblib", path.name) for path in folder.glob("model.v*.joblib")}
    return {int(match[1]): path for path, match in found.items() if match}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", default="config/config.yaml")
    config = yaml.safe_load(Path(parser.parse_args().config).read_text())

    evaluation = config["evaluation"]
    metrics = json.loads(Path("metrics.json").read_text())
    if metrics[evaluation["metric"]] < evaluation["minimum"]:
        print(f"Not deployed: {evaluation['metric']} is below {evaluation['minimum']}", file=sys.stderr)
        return 1

    models = Path(config["models"])
    models.mkdir(exist_ok=True)
    versions = find_versions(models)
    latest = max(versions, default=0)
    if latest and versions[latest].read_bytes() == CANDIDATE.read_bytes():
        print(f"{versions[latest]} is this model already")
        return 0
    target = models / f"model.v{latest + 1}.joblib"
    shutil.copyfile(CANDIDATE, target)
    print(f"Deployed {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
