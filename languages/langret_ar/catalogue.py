"""Published Arabic retrieval data: facts to cite. A count of 0 is one that we could not confirm.

The slices follow ArabicMTEB (Swan, arXiv 2411.01192): Modern Standard Arabic (``dialect:arb``, its ISO 639-3 code) and
dialects, domains, retrieval across languages, and culture. Which 20 countries its cultural sets are about we could not
confirm. What is not published is listed by name, so that a recipe can fill it with a folder of its own.
"""

from __future__ import annotations

from langret.language import published
from langret.language.contract import CatalogueEntry

_HUB = "https://huggingface.co/datasets"
_SWAN = "https://arxiv.org/abs/2411.01192"
_CROSSED = ("de", "en", "es", "hi", "vi", "zh")
_NONE_PUBLIC = "not stated; part of the ArabicMTEB paper, we found no public copy"


def _belebele(config: str, slices: tuple[str, ...]) -> CatalogueEntry:
    return published.belebele(
        name="belebele" if config == "arb_Arab" else f"belebele-{config[:3]}",
        format="rows with flores_passage and question; the four answers are not needed for retrieval",
        note=f"Configuration {config}. The same passages in 122 varieties: question and passage may come from two.",
        slices=slices,
    )


def _mlqa(code: str) -> CatalogueEntry:
    return CatalogueEntry(
        name=f"mlqa-{code}-ar",
        role="benchmark",
        hub="facebook/mlqa",
        format="squad",
        licence="CC-BY-SA-3.0",
        url="https://arxiv.org/abs/1910.07475",
        note=(
            f"mlqa.ar.{code} and mlqa.{code}.ar: passages in one language, questions in the other, from Wikipedia; "
            "counts differ by pair. `query_language` or `passage_language` says which is which."
        ),
        slices=(f"cross-lingual:{code}", "domain:wikipedia"),
    )


def _of_paper(name: str, queries: int, what: str, *slices: str) -> CatalogueEntry:
    return CatalogueEntry(
        name=name,
        role="benchmark",
        hub="",
        format="not published as far as we know",
        licence=_NONE_PUBLIC,
        queries=queries,
        url=_SWAN,
        note=f"{what} nDCG@10. A benchmark of this name with your own data takes its place.",
        slices=slices,
    )


_EGYPTIAN = (
    _belebele("arz_Arab", ("dialect:arz",)),
    published.built(
        code="arz",
        name="arzwiki-hn",
        licence="CC-BY-SA-4.0",
        queries=3_616,
        passages=3_601,
        url="https://arz.wikipedia.org",
    ),
    _of_paper("egyptdia", 0, "EgyptDIA of ArabicMTEB: Egyptian questions and passages.", "dialect:arz"),
)
_MOROCCAN = (
    _belebele("ary_Arab", ("dialect:ary",)),
    _of_paper("moroccodia", 0, "MoroccoDIA of ArabicMTEB: Moroccan questions and passages.", "dialect:ary"),
)
_STANDARD = (
    CatalogueEntry(
        name="arcd",
        role="benchmark",
        hub="hsseinmz/arcd",
        format="squad",
        licence="MIT (Wikipedia text: CC-BY-SA)",
        queries=702,
        passages=234,
        url="https://github.com/husseinmozannar/SOQAL",
        note="Test split; three questions a passage. Questions by crowd workers who saw the passage.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    CatalogueEntry(
        name="arcd-train",
        role="train",
        hub="hsseinmz/arcd",
        format="squad",
        licence="MIT (Wikipedia text: CC-BY-SA)",
        queries=693,
        url="https://github.com/husseinmozannar/SOQAL",
        note="Train and test have 460 passages together.",
    ),
    published.built(
        code="ar",
        name="arcd-hn",
        licence="MIT (Wikipedia text: CC-BY-SA)",
        queries=693,
        passages=231,
        url="https://github.com/husseinmozannar/SOQAL",
    ),
    published.miracl(
        queries=2_896,
        passages=2_061_414,
        note="Dev split, configuration ar; nDCG@10. People judged the candidates.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    published.miracl_train(
        queries=3_495,
        passages=2_061_414,
        note="25,382 judgements, relevant and not.",
    ),
    CatalogueEntry(
        name="miracl-triplets",
        role="negatives",
        hub="sentence-transformers/miracl",
        format="datasets",
        licence="not stated on its card; derived from MIRACL, whose terms apply",
        url=f"{_HUB}/sentence-transformers/miracl",
        note="Configurations ar-triplet (3.5 k rows) and ar-triplet-all (622 k rows), by the hub's viewer.",
    ),
    published.nomiracl(
        format="JSON lines of queries with judged passages",
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        url="https://arxiv.org/abs/2312.11361",
        note="Configuration arabic: questions that no listed passage answers; counts not confirmed.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    published.mrtydi(
        queries=1_081,
        passages=2_106_586,
        note="Configuration arabic, test split; MRR@100 in the paper. MIRACL's dev questions overlap with it.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    published.mrtydi(
        name="mrtydi-train",
        role="train",
        format="JSON lines of query, positive and negative passages",
        queries=12_377,
        passages=2_106_586,
        note="Configuration arabic. Negatives: BM25's first 30 hits.",
    ),
    published.mmarco(
        note="Configuration arabic: MS MARCO translated by Google Translate. Swan took 8.1 M pairs from it.",
    ),
    published.tydiqa(
        licence="Apache-2.0 (Wikipedia text: CC-BY-SA)",
        queries=14_805,
        note="secondary_task, ids that begin with arabic; 921 more in validation. Shares questions with Mr. TyDi.",
    ),
    CatalogueEntry(
        name="arabicaqa",
        role="train",
        hub="abdoelsayed/ArabicaQA",
        format="JSON in SQuAD's manner, in the folder MRC",
        licence="MIT",
        url="https://arxiv.org/abs/2403.17848",
        note="Wikipedia; reading comprehension and open-domain questions; counts not confirmed.",
    ),
    published.swim_ir(
        note="Configuration ar: questions written by PaLM 2 for Wikipedia passages; counts not confirmed.",
    ),
    published.xquad(
        format="squad",
        note="Configuration xquad.ar, translated by people; parallel in 12 languages. LAReQA is built on it.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    published.mlqa(
        format="squad",
        queries=5_335,
        note="Test split, mlqa.ar.ar. Other pairs of languages serve for retrieval across languages.",
        slices=("dialect:arb", "domain:wikipedia"),
    ),
    *(_mlqa(code) for code in _CROSSED),
    published.mldr(
        format="JSON lines of query, positive and negative passages; a corpus configuration beside it",
        note="Configuration ar: long Wikipedia articles, questions by GPT-3.5; counts not confirmed.",
        slices=("dialect:arb", "domain:wikipedia", "domain:long-documents"),
    ),
    CatalogueEntry(
        name="xpqa",
        role="benchmark",
        hub="jinaai/xpqa",
        format="rows of query and answer",
        licence="CDLA-Sharing-1.0",
        url="https://arxiv.org/abs/2305.09249",
        note="Questions on products, Arabic part; counts not confirmed.",
        slices=("dialect:arb", "domain:e-commerce"),
    ),
    CatalogueEntry(
        name="mintaka",
        role="benchmark",
        hub="jinaai/mintakaqa",
        format="rows of query and answer",
        licence="CC-BY-4.0",
        url="https://arxiv.org/abs/2210.01613",
        note="Entity questions translated by people; the answer is a name, so the passages are very short.",
        slices=("dialect:arb", "question:factoid"),
    ),
    CatalogueEntry(
        name="sadeem-questions",
        role="benchmark",
        hub="sadeem-ai/sadeem-ar-eval-retrieval-questions",
        format="three parts in one data set: queries, corpus, qrels",
        licence="not specified (so listed by mteb)",
        url=f"{_HUB}/sadeem-ai/sadeem-ar-eval-retrieval-questions",
        note="Questions on Arabic articles; mteb counts 22,979 samples.",
        slices=("dialect:arb",),
    ),
    *(
        _of_paper(
            f"arabicmteb-{domain}",
            1_000,
            f"{domain.capitalize()} questions of ArabicMTEB.",
            f"domain:{domain}",
        )
        for domain in ("news", "legal", "medical", "finance", "wikipedia")
    ),
    _of_paper(
        "arabicmteb-culture",
        2_000,
        "Cultural questions of 20 countries, 100 for each, generated.",
        "culture:20 countries",
    ),
    _of_paper(
        "arabicmteb-cross-lingual",
        0,
        "12 sets between Arabic and six languages.",
        *(f"cross-lingual:{code}" for code in _CROSSED),
    ),
)

CATALOGUE: tuple[CatalogueEntry, ...] = (
    *_STANDARD,
    _belebele("arb_Arab", ("dialect:arb",)),
    *_EGYPTIAN,
    *_MOROCCAN,
)
EGYPTIAN_CATALOGUE: tuple[CatalogueEntry, ...] = (
    *_EGYPTIAN,
    *_STANDARD,
    _belebele("arb_Arab", ("dialect:arb",)),
)
MOROCCAN_CATALOGUE: tuple[CatalogueEntry, ...] = (
    *_MOROCCAN,
    *_STANDARD,
    _belebele("arb_Arab", ("dialect:arb",)),
)
