"""What a folder holds, told without loading weights."""

from __future__ import annotations

import json

import pytest

from langret.errors import ModelError
from langret.modeling.kinds import kind_of


def folder(path, **files):
    for name, content in files.items():
        (path / f"{name}.json").write_text(json.dumps(content))
    return path


@pytest.mark.parametrize(
    ("files", "kind"),
    [
        ({"config": {"architectures": ["XLMRobertaForSequenceClassification"]}}, "cross-encoder"),
        ({"config": {"architectures": ["BertModel"]}}, "dense"),
        ({"config": {"architectures": ["HF_ColBERT"]}}, "colbert"),
        (
            {
                "modules": [{"path": ""}],
                "config_sentence_transformers": {"model_type": "SentenceTransformer"},
            },
            "dense",
        ),
        (
            {
                "config": {"architectures": ["BertModel"]},
                "config_sentence_transformers": {"query_length": 32},
            },
            "colbert",
        ),
        # a retriever made from a reranker's encoder keeps the name of its architecture
        (
            {"config": {"architectures": ["BertForSequenceClassification"]}, "modules": [{"path": ""}]},
            "dense",
        ),
    ],
)
def test_kind_by_configuration(tmp_path, files, kind):
    assert kind_of(folder(tmp_path, **files)) == kind


def test_what_is_no_model_is_refused(tmp_path):
    with pytest.raises(ModelError, match="neither"):
        kind_of(tmp_path)
    (tmp_path / "config.json").write_text("{")
    with pytest.raises(ModelError, match="cannot be read"):
        kind_of(tmp_path)
