"""Serves the latest model over HTTP.

POST /predict  {"region": …, "programme": …, "gre_score": …, …}  ->  {"admitted": 0.83, "model": "model.v1"}
GET  /health   ->  {"model": "model.v1"}
"""

import argparse
import json
import os
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import joblib
import pandas as pd

MODELS = Path(os.environ.get("MODELS", "models"))


def find_latest(folder: Path) -> Path:
    versions = [
        (int(match[1]), path)
        for path in folder.glob("model.v*.joblib")
        if (match := re.fullmatch(r"model\.v(\d+)\.joblib", path.name))
    ]
    if not versions:
        raise SystemExit(f"No model.vN.joblib in {folder}: run train-eval-deploy/deploy.py first")
    return max(versions)[1]


class ModelHandler(BaseHTTPRequestHandler):
    model = None
    name = ""

    def do_GET(self) -> None:
        if self.path == "/health":
            self.answer(200, {"model": self.name})
        else:
            self.answer(404, {"error": "not found"})

    def do_POST(self) -> None:
        if self.path != "/predict":
            self.answer(404, {"error": "not found"})
            return
        try:
            length = int(self.headers.get("Content-Length", 0))
            row = json.loads(self.rfile.read(length))
            columns = list(self.model.feature_names_in_)
            missing = [column for column in columns if column not in row]
            if missing:
                raise ValueError(f"missing: {', '.join(missing)}")
            score = self.model.predict_proba(pd.DataFrame([row])[columns])[0, 1]
        except (TypeError, ValueError) as error:
            self.answer(400, {"error": str(error)})
            return
        self.answer(200, {"admitted": round(float(score), 6), "model": self.name})

    def answer(self, status: int, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves the latest model over HTTP.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    args = parser.parse_args()

    path = find_latest(MODELS)
    ModelHandler.model = joblib.load(path)
    ModelHandler.name = path.stem
    server = ThreadingHTTPServer((args.host, args.port), ModelHandler)
    print(f"{path.stem} on http://{args.host}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
