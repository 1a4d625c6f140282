"""Scores of ColBERT folders by PyLate, in an environment without langret."""

import json
import sys
from pathlib import Path

from pylate import models, scores

jobs, target = map(Path, sys.argv[1:])


def read(folder, head, queries, passages):
    model = models.ColBERT(folder, device="cpu")
    asked, answers = model.encode(queries, is_query=True), model.encode(passages, is_query=False)
    return [[float(scores.colbert_scores([q], [p])[0, 0]) for p in answers] for q in asked]


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
