"""A stand-in for a language model, so that the example beside it runs anywhere: a lake is where it reads 湖."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Endpoint(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        block = body["messages"][1]["content"].partition("<data passages")[2]
        passages = [json.loads(line) for line in block.splitlines()[1:-1]]
        answer = {"relevant": [passage["number"] for passage in passages if "湖" in passage["text"]]}
        message = {"role": "assistant", "content": json.dumps(answer)}
        reply = {
            "choices": [{"message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 190, "completion_tokens": 10, "total_tokens": 200},
        }
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(reply).encode())

    def log_message(self, format: str, *arguments: object) -> None:
        pass


def serve() -> str:
    """Start the endpoint on this machine and return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Endpoint)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/v1"
