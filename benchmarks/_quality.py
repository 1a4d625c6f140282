"""The parts of ``quality.py``: what each side trains on, and how it is measured."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from _machine import chip

ROOT = Path(__file__).parent.parent
HEADS = ("dense", "colbert")
PLAIN = ("plain", "bare")
RATES = (1e-4, 3e-4, 1e-3)
BARE_RATES = {"dense": 3e-4, "colbert": 1e-4}
"""The rates at which the plain script did best on the pretrained encoder."""
METRICS = ("nDCG@10", "R@1", "R@10")


@dataclass(frozen=True)
class Set:
    """One data set with its recipe."""

    name: str
    recipe: str
    wide: bool = False
    overrides: tuple[str, ...] = ()
    rates: tuple[float, ...] = RATES


SETS = (
    Set("ja", "ja/jaquad-small"),
    Set("th", "th/iapp", wide=True),
    Set("id", "id/idk-mrc", wide=True),
)


class Bench:
    """A recipe's plan, and what the sides take from it."""

    def __init__(self, given: Set, runs: Path) -> None:
        from langret.pipeline.plan import plan_recipe
        from langret.recipe import load_recipe

        self.set = given
        loaded = load_recipe(ROOT / "recipes" / f"{given.recipe}.yaml", [*given.overrides])
        self.plan = plan_recipe(loaded, runs=runs / "quality")
        self.recipe, self.language = self.plan.recipe, self.plan.language
        self.stages = {stage.name: stage for stage in self.plan.stages}
        self.folder = self.plan.store.root / "parts"

    def encoder_of(self, side: str) -> str | None:
        """The stage whose encoder a plain script starts from: before the recipe's pretraining where it is ``bare``."""
        return "tokenizer" if side == "bare" else self.backbone

    def done(self, *names: str) -> list[Path]:
        """Folders of stages, which are run where they are not finished."""
        from rich.console import Console

        from langret.pipeline.runner import run_stages

        wanted = [self.stages[name] for name in names]
        finished = run_stages(wanted, self.plan.store, console=Console(stderr=True))
        return [finished[name].folder for name in names]

    @property
    def backbone(self) -> str | None:
        """The stage that leaves the encoder which members start from; None where it is a pretrained one as it is."""
        names = [name for name in self.stages if name == "tokenizer" or name.startswith("pretrain-")]
        return max(names, key=lambda name: (name != "tokenizer", name)) if names else None

    @property
    def benchmark(self) -> str:
        """Name of the recipe's benchmark."""
        return self.recipe.evaluation.benchmarks[0].name

    def pools(self) -> dict[str, Any]:
        """The benchmark by the passages that are searched."""
        from langret.data.records import Collection, Passage

        given, train = self.done(f"benchmark-{self.benchmark}", "data")
        narrow = Collection.load(given)
        if not self.set.wide:
            return {"benchmark": narrow}
        known = {p.text for p in narrow.kept_passages()}
        more = (p for p in Collection.load(train / "train").kept_passages() if p.text not in known)
        wide = Collection.from_records(
            [
                *narrow.kept_passages(),
                *(Passage(f"train-{p.id}", p.text, p.title) for p in more),
                *narrow.kept_queries(),
                *narrow.kept_judgements(),
            ]
        )
        return {"benchmark": narrow, "wide": wide}

    @cached_property
    def asked(self) -> int:
        """Training questions, of which held-out ones are none."""
        return len(self.triplets(text=False))

    def pairs(self, head: str) -> int:
        """Questions that langret's side sees while it trains a head, repetitions counted."""
        import math

        training = self.recipe.training_of(next(m for m in self.recipe.members if m.head == head))
        size = min(training.batch_size, self.asked)
        return math.ceil(max(1, self.asked // size) * training.epochs) * size

    def triplets(self, *, text: bool = True) -> list[tuple[str, str, str]]:
        """Every training question with one of its passages and BM25's best that is none of them."""
        from langret.data.records import Collection, Texts
        from langret.pipeline.work.shared import read_table

        folder, mined = self.done("data", "mine-bm25")
        data = Collection.load(folder / "train")
        positives, texts = data.positives(), Texts(data.passages)
        best: dict[str, str] = {}
        table = read_table(mined / "candidates.arrow")
        for query, passage in zip(
            table.column("query_id").to_pylist(), table.column("passage_id").to_pylist(), strict=True
        ):
            if passage not in positives.get(query, ()):
                best.setdefault(query, passage)
        rows = [q for q in data.kept_queries() if positives.get(q.id) and q.id in best]
        if not text:
            return [(q.id, positives[q.id][0], best[q.id]) for q in rows]
        lots = random.Random(self.recipe.seed)
        lots.shuffle(rows)
        cut = self.language.segmented
        ready = {p: cut(texts[p]) for q in rows for p in (*positives[q.id], best[q.id])}
        return [(cut(q.text), ready[lots.choice(positives[q.id])], ready[best[q.id]]) for q in rows]


@dataclass(frozen=True)
class Part:
    """One side of one head on one set."""

    set: Set
    head: str
    side: str
    lr: float | None = None

    @property
    def name(self) -> str:
        """Such as ``th/dense/plain-0.001``."""
        rate = f"-{self.lr:g}" if self.lr else ""
        return "/".join(filter(None, (self.set.name, self.head, self.side + rate)))

    def stamp(self, bench: Bench) -> str:
        """What the part's result rests on."""
        from langret.pipeline.fingerprint import code_hash, fingerprint

        rooms = [code_hash(f"langret.{room}") for room in ("evaluation", "modeling")]
        places = [bench.stages[name].fingerprint for name in (f"benchmark-{bench.benchmark}", "data")]
        own: list[object] = []
        if self.side == "langret":
            own = [bench.plan.models[self.head].fingerprint]
        elif self.side in PLAIN:
            names = [name for name in (bench.encoder_of(self.side), "mine-bm25") if name]
            script = code_hash(Path(__file__).parent / "_plain_scripts.py")
            own = [
                *(bench.stages[name].fingerprint for name in names),
                script,
                self.lr,
                bench.pairs(self.head),
            ]
        return fingerprint([rooms, places, own, bench.set.wide, *METRICS])

    def run(self, bench: Bench) -> dict[str, Any]:
        """Train, search, score."""
        import resource

        from langret.evaluation import rank, rank_bm25, score
        from langret.evaluation.runs import save_run

        start = time.perf_counter()
        retriever, facts = None, {}
        if self.side != "bm25":
            retriever, facts = self._langret(bench) if self.side == "langret" else self._plain(bench)
        folder = bench.folder / self.name
        folder.mkdir(parents=True, exist_ok=True)
        values = {}
        for pool, data in bench.pools().items():
            answerable = data.positives()
            queries = [q for q in data.kept_queries() if q.id in answerable]
            passages = list(data.kept_passages())
            if retriever is None:
                run = rank_bm25(bench.language, queries, passages, 100)
            else:
                if self.side in PLAIN:
                    queries, passages = _segmented(bench.language, queries, passages)
                run = rank(retriever, queries, passages, 100)
            save_run(run, folder / f"{pool}.parquet", [q.id for q in queries])
            values[pool] = {"passages": len(passages), **score(run, data, list(METRICS))}
        return {
            "part": self.name,
            "stamp": self.stamp(bench),
            "seconds": round(time.perf_counter() - start, 1),
            "chip": chip(),
            "peak_rss_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            **facts,
            "values": values,
        }

    def _langret(self, bench: Bench) -> tuple[Any, dict[str, Any]]:
        from langret.modeling import load_model

        stage = bench.plan.models[self.head]
        (folder,) = bench.done(stage.name)
        seconds = json.loads((folder / "stage.json").read_text(encoding="utf-8"))["seconds"]
        facts = {"pairs": bench.pairs(self.head), "training_seconds": seconds}
        return load_model(folder / "model"), facts

    def _plain(self, bench: Bench) -> tuple[Any, dict[str, Any]]:
        import tempfile

        from _plain_scripts import SCRIPTS, Script

        from langret.modeling import Retriever

        assert self.lr is not None
        training = bench.recipe.training_of(next(m for m in bench.recipe.members if m.head == self.head))
        place = bench.recipe.backbone.pretrained
        if encoder := bench.encoder_of(self.side):
            place = str(bench.done(encoder)[0] / "backbone")
        assert place
        triplets, pairs = bench.triplets(), bench.pairs(self.head)
        lengths = {"query_tokens": training.query_tokens, "passage_tokens": training.passage_tokens}
        with tempfile.TemporaryDirectory() as scratch:
            start = time.perf_counter()
            model = SCRIPTS[self.head](
                Script(
                    place, triplets, pairs, self.lr, **lengths, seed=bench.recipe.seed, scratch=Path(scratch)
                )
            )
        seconds = round(time.perf_counter() - start, 1)
        return Retriever(model, name=self.name, **lengths), {"pairs": pairs, "training_seconds": seconds}


def _segmented(language: Any, queries: Any, passages: Any) -> tuple[list[Any], list[Any]]:
    """Texts as a tokenizer behind the language's segmenter expects them; its models segment by themselves."""
    from langret.data.records import Passage, Query, full_text

    return (
        [Query(q.id, language.segmented(q.text)) for q in queries],
        [Passage(p.id, language.segmented(full_text(p.title, p.text))) for p in passages],
    )


def parts_of(given: Set) -> Iterator[Part]:
    """All parts of a set."""
    yield Part(given, "", "bm25")
    for head in HEADS:
        yield Part(given, head, "langret")
        for rate in given.rates:
            yield Part(given, head, "plain", rate)
        yield Part(given, head, "bare", BARE_RATES[head])


def finished(part: Part, bench: Bench) -> dict[str, Any] | None:
    """A part's result, where it was run on what there is now."""
    path = bench.folder / part.name / "part.json"
    if not path.is_file():
        return None
    found = json.loads(path.read_text(encoding="utf-8"))
    return found if found["stamp"] == part.stamp(bench) else None


def run_part(part: Part, runs: Path) -> None:
    """Run a part and keep its result."""
    bench = Bench(part.set, runs)
    row = part.run(bench)
    path = bench.folder / part.name / "part.json"
    path.write_text(json.dumps(row) + "\n", encoding="utf-8")
    means = {
        pool: round(sum(v[METRICS[0]].values()) / len(v[METRICS[0]]), 4) for pool, v in row["values"].items()
    }
    print(f"{part.name}: nDCG@10 {means}, {row['seconds']} s", flush=True)
