"""Scores of ColBERT members in the Stanford layout by RAGatouille, in an environment without langret."""

import json
import sys
from pathlib import Path

from colbert.modeling.colbert import colbert_score
from ragatouille import RAGPretrainedModel

jobs, target = map(Path, sys.argv[1:])


def read(folder, head, queries, passages):
    facts = json.loads((Path(folder) / "exported.json").read_text(encoding="utf-8"))
    checkpoint = RAGPretrainedModel.from_pretrained(folder).model.inference_ckpt
    checkpoint.skiplist = dict.fromkeys(facts["skiplist"], True)
    asked = checkpoint.queryFromText(queries)
    columns = []
    for passage in passages:
        ids = checkpoint.doc_tokenizer.tensorize([passage])
        vectors, mask = checkpoint.doc(*ids, keep_dims="return_mask")
        config = checkpoint.colbert_config
        columns.append([float(colbert_score(q[None], vectors, mask, config)) for q in asked])
    return [list(row) for row in zip(*columns, strict=True)]


found = [read(**job) for job in json.loads(jobs.read_text(encoding="utf-8"))]
target.write_text(json.dumps(found), encoding="utf-8")
