"""Published Persian retrieval data: facts to cite, each from the publisher's card or from a paper."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    published.miracl(
        queries=632,
        passages=2_207_172,
        note="Dev split, configuration fa; nDCG@10. Questions written by native speakers.",
    ),
    published.miracl_train(
        queries=2_107,
        passages=2_207_172,
        note="Judgements name passages that are not relevant too: hard negatives judged by people.",
    ),
    CatalogueEntry(
        name="pquad",
        role="benchmark",
        hub="Gholamreza/pquad",
        format="squad",
        licence="CC-BY-SA-4.0",
        queries=8_002,
        url="https://arxiv.org/abs/2202.06219",
        note=(
            "Test split, 1,914 of its questions without an answer: leave those out. Wikipedia. The hub's copy is "
            "not the authors' and needs a loading script: read the files of github.com/AUT-NLP/PQuAD instead."
        ),
    ),
    CatalogueEntry(
        name="pquad-train",
        role="train",
        hub="Gholamreza/pquad",
        format="squad",
        licence="CC-BY-SA-4.0",
        queries=63_994,
        url="https://arxiv.org/abs/2202.06219",
        note="15,721 of the questions have no answer. The largest set of questions that people wrote in Persian.",
    ),
    CatalogueEntry(
        name="persian-quad",
        role="train",
        hub="Z-Jafari/PersianQuAD",
        format="datasets",
        licence="other, by its card",
        queries=18_567,
        url=f"{_HUB}/Z-Jafari/PersianQuAD",
        note="Train split; a test split of 1,000 questions beside it. Wikipedia; a copy, not by the authors.",
    ),
    published.swim_ir(
        note="Configuration fa: questions that a language model wrote to Wikipedia passages. Counts not confirmed.",
    ),
    CatalogueEntry(
        name="neuclir",
        role="benchmark",
        hub="neuclir/neuclir1",
        format="documents of news as JSON lines; topics and qrels from TREC",
        licence="terms of Common Crawl for the text",
        url="https://neuclir.github.io",
        note="Split fas: English topics over Persian news of TREC's NeuCLIR track. Counts not confirmed here.",
        slices=("cross-lingual:en", "domain:news"),
    ),
)
