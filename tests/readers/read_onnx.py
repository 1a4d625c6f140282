"""Scores of dense members exported to ONNX, by onnxruntime and tokenizers alone, in an environment without langret."""

import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

jobs, target = map(Path, sys.argv[1:])


def read(folder, head, queries, passages):
    facts = json.loads((Path(folder) / "exported.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    session = onnxruntime.InferenceSession(f"{folder}/model.onnx", providers=["CPUExecutionProvider"])

    def encode(rows, prefix):
        encoded = tokenizer.encode_batch([prefix + row for row in rows])
        ids = np.array([row.ids for row in encoded], dtype=np.int64)
        mask = np.array([row.attention_mask for row in encoded], dtype=np.int64)
        return session.run(None, {"input_ids": ids, "attention_mask": mask})[0]

    return (encode(queries, facts["query_prefix"]) @ encode(passages, facts["passage_prefix"]).T).tolist()


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
