"""Published Turkish retrieval data: facts to cite. Counts are given only where we are sure of them."""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"

CATALOGUE: tuple[CatalogueEntry, ...] = (
    published.xquad(
        note="Configuration xquad.tr: SQuAD 1.1 dev translated by professionals; question to passage.",
        slices=("question:factoid",),
    ),
    CatalogueEntry(
        name="squad-tr",
        role="train",
        hub="boun-tabi/squad_tr",
        format="datasets",
        licence="not confirmed: read its card",
        url="https://arxiv.org/abs/2401.03590",
        note="SQuAD 2.0 translated by machine, with questions that have no answer; counts not confirmed.",
    ),
    CatalogueEntry(
        name="turkuaz-rag",
        role="benchmark",
        hub="eneSadi/turkuaz-rag",
        format="datasets",
        licence="MIT",
        url=f"{_HUB}/eneSadi/turkuaz-rag",
        note="By its card about 2,500 questions, each with several contexts from news of MLSUM; exact counts not"
        " confirmed.",
        slices=("domain:news",),
    ),
    CatalogueEntry(
        name="tquad",
        role="train",
        hub="",
        format="squad",
        licence="not stated by its publisher",
        url="https://github.com/TQuad/turkish-nlp-qa-dataset",
        note="Turkish and Islamic history of science; counts not confirmed. Ask its authors before you publish.",
    ),
    CatalogueEntry(
        name="msmarco-tr",
        role="train",
        hub="parsak/msmarco-tr",
        format="datasets",
        licence="Apache-2.0 by its card; MS MARCO's own terms for the text: non-commercial research",
        url=f"{_HUB}/parsak/msmarco-tr",
        note="Part of MS MARCO translated by machine (configurations passages, queries, qrels, triples). Turkish is not"
        " among the languages of mMARCO. Counts not confirmed.",
    ),
    published.belebele(
        note="Configuration tur_Latn: reading comprehension; question to passage makes an easy retrieval task. The"
        " same 488 passages in 122 language variants, so that it shows cross-lingual search too.",
        slices=("cross-lingual:en",),
    ),
    published.mkqa(
        note="English Natural Questions translated by people: Turkish questions against English passages.",
    ),
    CatalogueEntry(
        name="exams",
        role="benchmark",
        hub="mhardalov/exams",
        format="datasets",
        licence="CC-BY-SA-4.0",
        url="https://arxiv.org/abs/2011.03080",
        note="School examinations with choices and Wikipedia paragraphs as support; counts of Turkish not confirmed.",
        slices=("domain:education",),
    ),
)
