"""Scores of dense and ColBERT folders by sentence-transformers 6, in an environment without langret."""

import json
import sys
from pathlib import Path

from sentence_transformers import MultiVectorEncoder, SentenceTransformer

jobs, target = map(Path, sys.argv[1:])


def read(folder, head, queries, passages):
    model = (SentenceTransformer if head == "dense" else MultiVectorEncoder)(folder, device="cpu")
    return model.similarity(model.encode_query(queries), model.encode_document(passages)).tolist()


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
