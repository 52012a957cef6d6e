"""What the admissions office calls: asks the model service and turns the probability into advice.

POST /applications  {"region": …, "gre_score": …, …}  ->  {"advice": "invite", "admitted": 0.83, "model": "model.v1"}
"""

import argparse
import json
import os
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL_URL = os.environ.get("MODEL_URL", "http://127.0.0.1:8001")


def ask_model(application: bytes) -> dict:
    request = urllib.request.Request(
        f"{MODEL_URL}/predict", data=application, headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=5) as response:
        return json.load(response)


def advise(probability: float) -> str:
    if probability >= 0.7:
        return "invite"
    return "decline" if probability <= 0.2 else "discuss"


class BackendHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        if self.path != "/applications":
            self.answer(404, {"error": "not found"})
            return
        application = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            prediction = ask_model(application)
        except urllib.error.HTTPError as error:
            self.answer(error.code, json.load(error))
        except OSError as error:
            self.answer(502, {"error": f"The model service does not answer: {error}"})
        else:
            self.answer(200, {"advice": advise(prediction["admitted"]), **prediction})

    def answer(self, status: int, content: dict) -> None:
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    parser = argparse.ArgumentParser(description="The service that the admissions office calls.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    args = parser.parse_args()
    server = ThreadingHTTPServer((args.host, args.port), BackendHandler)
    print(f"backend on http://{args.host}:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
