"""Scores of dense folders by sentence-transformers 5, in an environment without langret."""

import json
import sys
from pathlib import Path

from sentence_transformers import SentenceTransformer

jobs, target = map(Path, sys.argv[1:])


def read(folder, head, queries, passages):
    model = SentenceTransformer(folder, device="cpu")
    return model.similarity(model.encode_query(queries), model.encode_document(passages)).tolist()


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
