"""The training scripts of the PyLate and sentence-transformers documentation, as one would copy them.

Both follow the pages "Training" of sentence-transformers 5 and of PyLate 1.6: a data set of triplets, a loss, a
trainer. What stands here and not there is an encoder from nothing (its lengths must be said), and that the run stops
after a number of pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _machine import device

BATCH = 32


@dataclass(frozen=True)
class Script:
    """What a script is given.

    Attributes:
        backbone: Folder of an encoder with its tokenizer.
        triplets: Query, positive, hard negative, as the tokenizer expects them.
        pairs: Queries to be seen, repetitions included.
        lr: Peak learning rate.
        query_tokens: Longest query.
        passage_tokens: Longest passage.
        seed: Seed of new weights and order.
        scratch: Folder for what the trainer writes.
    """

    backbone: str
    triplets: list[tuple[str, str, str]]
    pairs: int
    lr: float
    query_tokens: int
    passage_tokens: int
    seed: int
    scratch: Path


def dense(script: Script) -> Any:
    """Mean pooling and MultipleNegativesRankingLoss, as sentence-transformers documents them."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.losses import MultipleNegativesRankingLoss
    from sentence_transformers.training_args import BatchSamplers

    model = SentenceTransformer(script.backbone, device=device())
    model.max_seq_length = script.passage_tokens
    loss = MultipleNegativesRankingLoss(model, scale=20.0)
    _train(script, model, loss, batch_sampler=BatchSamplers.NO_DUPLICATES)
    return model


def colbert(script: Script) -> Any:
    """losses.Contrastive and the collator, as PyLate documents them."""
    from pylate import losses, models, utils

    model = models.ColBERT(
        model_name_or_path=script.backbone,
        query_length=script.query_tokens,
        document_length=script.passage_tokens,
        device=device(),
    )
    _train(script, model, losses.Contrastive(model=model), collator=utils.ColBERTCollator(model.tokenize))
    return model


def _train(script: Script, model: Any, loss: Any, *, collator: Any = None, **rest: Any) -> None:
    from datasets import Dataset
    from sentence_transformers import SentenceTransformerTrainer, SentenceTransformerTrainingArguments

    columns = zip(*script.triplets, strict=True)
    data = Dataset.from_dict(
        {name: list(column) for name, column in zip(("query", "positive", "negative"), columns, strict=True)}
    )
    steps = max(1, script.pairs // BATCH)
    arguments = SentenceTransformerTrainingArguments(
        output_dir=str(script.scratch),
        max_steps=steps,
        per_device_train_batch_size=BATCH,
        learning_rate=script.lr,
        warmup_steps=round(0.1 * steps),
        seed=script.seed,
        save_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=device() == "cpu",
        **rest,
    )
    trainer = SentenceTransformerTrainer(
        model=model, args=arguments, train_dataset=data, loss=loss, data_collator=collator
    )
    trainer.train()


SCRIPTS = {"dense": dense, "colbert": colbert}
