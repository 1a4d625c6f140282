"""From a recipe to its stages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from langret.data.readers.paths import resolve_path
from langret.data.tasks import SHAPES
from langret.errors import RecipeError
from langret.evaluation.slices import benchmark_slices
from langret.evaluation.tasks.kinds import RANKING, task_of
from langret.language import Language, get_language
from langret.pipeline.names import rank_name, system_name
from langret.pipeline.plan_negatives import plan_negatives
from langret.pipeline.plan_synthesis import plan_synthesis
from langret.pipeline.plan_tasks import plan_task
from langret.pipeline.plan_training import check_sources, plan_members
from langret.pipeline.rooms import ENCODING, MASKED, WEIGHTS, rows_of
from langret.pipeline.stage import PlanRow, Stage, in_order
from langret.pipeline.store import Store
from langret.pipeline.work import reading, scoring, training, vocabulary
from langret.recipe.load import LoadedRecipe
from langret.recipe.lock import apply_lock, is_hub_name, lock_path, read_lock, split_revision
from langret.recipe.schema import LEXICAL, Backbone, BenchmarkSource, MaskedLanguageModel, Recipe, Source


@dataclass(frozen=True)
class Plan:
    """The stages of a recipe and where their results lie.

    Attributes:
        loaded: The recipe as it was loaded.
        recipe: The same with locked revisions filled in.
        language: Its plugin.
        store: The run folder.
        stages: All stages, inputs first.
        data: The stage of the cleaned training data.
        negatives: The stage of hard negatives, where the recipe wants any.
        models: The stage that made each member: its last training stage, or its merge.
        scores: The scoring stage of each benchmark.
    """

    loaded: LoadedRecipe
    recipe: Recipe
    language: Language
    store: Store
    stages: tuple[Stage, ...]
    data: Stage
    negatives: Stage | None
    models: Mapping[str, Stage]
    scores: Mapping[str, Stage]

    def rows(self) -> list[PlanRow]:
        """The stages as `langret plan` prints them."""
        return self.store.rows(self.stages)


def plan_recipe(loaded: LoadedRecipe, *, runs: Path, measured: bool = True) -> Plan:
    """Say which stages a recipe has, without running any.

    Args:
        loaded: The recipe; revisions of hub names come from its lock file where there is one.
        runs: Folder of all runs; the recipe's own is ``runs/<name>``.
        measured: Whether models are to be measured at the end. Data that nothing can be measured on then stops the run
            before anything is trained.

    Raises:
        RecipeError: A file that the recipe names is missing.
        LanguageError: There is no plugin for the language.
    """
    lock = read_lock(lock_path(loaded.path))
    recipe = apply_lock(loaded.recipe, lock, base=loaded.base) if lock else loaded.recipe
    store = Store(runs / recipe.name)
    return Planner(recipe, loaded.base, get_language(recipe.language), store, measured).plan(loaded)


class Planner:
    """Builds the stages of one recipe."""

    def __init__(self, recipe: Recipe, base: Path, language: Language, store: Store, measured: bool) -> None:
        self.recipe, self.base, self.language, self.store = recipe, base, language, store
        self.must_measure = measured and not recipe.evaluation.benchmarks
        self.plugin = _plugin(language)
        self.seed = recipe.seed
        self.teachers: dict[str, Stage] = {}
        self.watch: Stage | None = None
        self.suffix = ""

    def plan(self, loaded: LoadedRecipe) -> Plan:
        """All stages of the recipe."""
        recipe = self.recipe
        check_sources(recipe)
        sources = [self.read(i, source) for i, source in enumerate(recipe.data.train)]
        benchmarks = {b.name: self.benchmark(b) for b in recipe.evaluation.benchmarks}
        if recipe.evaluation.watch and recipe.members:
            self.watch = self.benchmark(recipe.evaluation.watch)
        marks = [*benchmarks.values(), *([self.watch] if self.watch else [])]
        data = self.data(sources, marks)
        counts = self.summary(data)
        ids, backbone = self.encoder(data, counts)
        negatives = plan_negatives(self, data, ids, backbone, counts)
        models = plan_members(self, data, ids, negatives, backbone, counts)
        places = dict(benchmarks) or {"held-out": data}
        asked = {b.name: b for b in recipe.evaluation.benchmarks}
        trained = data if models else None
        scores = {
            name: self.score(name, place, models, asked.get(name), trained) for name, place in places.items()
        }
        stages = in_order([*models.values(), *scores.values()])
        return Plan(loaded, recipe, self.language, self.store, stages, data, negatives, models, scores)

    def stage(self, name: str, title: str, run: Any, *rooms: str, **rest: Any) -> Stage:
        """A stage whose result depends on the named rooms and the language, and perhaps on others."""
        params = {"seed": self.seed, "code": self.language.code, **rest.pop("params", {})}
        sources = (
            *(f"langret.{room}" for room in rooms),
            run.func.__module__,
            "langret.pipeline.work.shared",
        )
        if rest.pop("plugin", False):
            sources = (*sources, self.plugin)
        others: Mapping[str, Language] = rest.pop("languages", {})
        if others:
            params["languages"] = {role: [other.code, other.version] for role, other in others.items()}
            sources = (*sources, *(_plugin(other) for other in others.values()))
        return Stage(name, title, run, params=params, sources=sources, language=self.language.version, **rest)

    def summary(self, stage: Stage) -> dict[str, Any]:
        """What a finished stage said, or nothing; costs become exact as the data becomes known."""
        finished = self.store.load(stage, lambda _: None)
        return finished.summary if finished else {}

    def read(self, number: int, source: Source) -> Stage:
        """Reading one source of training data."""
        files, size = self.files(source, f"data.train[{number}]")
        run = partial(reading.read, source=source, base=self.base, language=self.language, seed=self.seed)
        cost = {"of text": f"{size / 1e6:.1f} MB"} if size else {}
        # a name says how a source is called, a licence what may be done with it: giving them reads nothing again
        params = {"source": source.model_dump(exclude={"name", "licence"}), "files": files}
        title = f"Reading {_name(source)}"
        rooms = ("data", "synthesis") if source.world else ("data",)
        return self.stage(
            f"read-{number}", title, run, *rooms, params=params, cost=cost, plugin=source.world is not None
        )

    def benchmark(self, source: BenchmarkSource) -> Stage:
        """Reading and normalising one benchmark."""
        files, size = self.files(source, f"evaluation.benchmarks.{source.name}")
        passages, queries = self.sides(source)
        examples = source.task in SHAPES
        run = partial(
            reading.examples if examples else reading.benchmark,
            source=source,
            base=self.base,
            passages=passages,
            queries=queries,
            seed=self.seed,
        )
        cost = {"of text": f"{size / 1e6:.1f} MB"} if size else {}
        # slices say how results are shown: naming them searches nothing again
        params = {
            "source": source.model_dump(exclude={"slices", "licence", "passage_tokens"}),
            "files": files,
        }
        rooms = ("data", "text", "synthesis") if source.world or source.long else ("data", "text")
        rooms = (*rooms, "evaluation.benchmark") if examples else rooms
        title = f"Reading benchmark {source.name}"
        return self.stage(
            f"benchmark-{source.name}",
            title,
            run,
            *rooms,
            params=params,
            cost=cost,
            plugin=True,
            languages=self.others(passages=passages, queries=queries),
        )

    def sides(self, source: BenchmarkSource | None) -> tuple[Language, Language]:
        """Languages of a benchmark's passages and queries: the recipe's, unless it says otherwise."""
        codes = (source.passage_language, source.query_language) if source else (None, None)
        passages, queries = (get_language(code) if code else self.language for code in codes)
        return passages, queries

    def others(self, **roles: Language) -> dict[str, Language]:
        """Languages that are not the recipe's."""
        return {role: language for role, language in roles.items() if language is not self.language}

    def data(self, sources: Sequence[Stage], benchmarks: Sequence[Stage]) -> Stage:
        """Cleaning, leakage and the held-out queries."""
        run = partial(
            reading.prepare,
            recipe=self.recipe,
            language=self.language,
            sources=[s.name for s in sources],
            marks=[b.name for b in benchmarks],
        )
        params = {"filters": self.recipe.data.filters.model_dump(), "holdout": self.recipe.data.holdout}
        inputs = (*(plan_synthesis(self, sources) or sources), *benchmarks)
        rows = sum(int(self.summary(s).get("funnel", {}).get("passages", {}).get("in", 0)) for s in sources)
        cost = {"passages": rows} if rows else {}
        title = "Cleaning, leakage, held-out queries"
        rooms = ("data", "text", "pipeline.work.writing") if self.recipe.synthesis else ("data", "text")
        return self.stage("data", title, run, *rooms, inputs=inputs, params=params, cost=cost, plugin=True)

    def encoder(self, data: Stage, counts: dict[str, Any]) -> tuple[Stage, Stage | None]:
        """Token ids, and the stage that made the encoder; None where it is taken as it is."""
        settings = self.recipe.backbone
        own = settings.pretrained is not None and settings.tokenizer == "own"
        backbone = None if own else self.tokenizer(data, counts)
        ids = self.token_ids(data, backbone, counts)
        for number, _ in enumerate(self.recipe.pretraining):
            backbone = self.pretrain(number, data, ids, backbone)
        return ids, backbone

    def with_encoder(self, settings: Backbone, name: str) -> Planner:
        """The same planner for another encoder; ``name`` tells its stages from those of the recipe's."""
        other = copy(self)
        other.recipe = self.recipe.model_copy(update={"backbone": settings})
        other.suffix = f"-{name}"
        return other

    def tokenizer(self, data: Stage, counts: dict[str, Any]) -> Stage:
        """A vocabulary made from the data, and an encoder that fits it."""
        settings = self.recipe.backbone
        scratch = settings.scratch
        params: dict[str, Any] = {
            "backbone": settings.model_dump(include={"scratch", "tokenizer", "vocabulary"})
        }
        rooms: tuple[str, ...] = ("text", "tokenizer", "modeling.backbone")
        place = ""
        if scratch is None:
            params |= self.origin(None)
            rooms, place = (*rooms, "modeling.vocabulary"), self.place(None)
        run = partial(
            vocabulary.tokenizer, settings=settings, pretrained=place, language=self.language, seed=self.seed
        )
        cost = {**rows_of(counts), **({"pieces": scratch.vocabulary} if scratch else {})}
        title = "Trimming the vocabulary" if settings.tokenizer == "trimmed" else "Training the vocabulary"
        return self.stage(
            f"tokenizer{self.suffix}",
            title,
            run,
            *rooms,
            inputs=(data,),
            params=params,
            cost=cost,
            plugin=True,
        )

    def token_ids(self, data: Stage, backbone: Stage | None, counts: dict[str, Any]) -> Stage:
        """Token ids of all texts."""
        run = partial(
            vocabulary.token_ids,
            backbone=self.place(backbone),
            revision=self.recipe.backbone.revision,
            must_measure=self.must_measure,
        )
        inputs = (data, backbone) if backbone else (data,)
        rooms = ("text", "tokenizer", "modeling.backbone", "pipeline.work.ids")
        params = self.origin(backbone)
        return self.stage(
            f"token-ids{self.suffix}",
            "Token ids",
            run,
            *rooms,
            inputs=inputs,
            params=params,
            cost=rows_of(counts),
            plugin=backbone is not None and self.language.presegment,
        )

    def pretrain(self, number: int, data: Stage, ids: Stage, backbone: Stage | None) -> Stage:
        """One shared training stage of the backbone."""
        settings = self.recipe.pretraining[number]
        if isinstance(settings, MaskedLanguageModel):
            size, title = settings.tokens, "Masked-language-model pretraining"
            rooms = MASKED
        else:
            size = settings.query_tokens + settings.passage_tokens
            title = "Contrastive pretraining on passages"
            rooms = WEIGHTS
        run = partial(
            training.pretrain,
            settings=settings,
            ids=ids.name,
            backbone=self.place(backbone),
            revision=self.recipe.backbone.revision,
            from_scratch=self.recipe.backbone.scratch is not None,
            language=self.language,
            seed=self.seed,
        )
        inputs = (data, ids, backbone) if backbone else (data, ids)
        cost = {
            "steps": settings.steps,
            "M tokens at most": f"{settings.steps * settings.batch_size * size / 1e6:.1f}",
        }
        params = {"settings": settings.model_dump(), **self.origin(backbone)}
        rest = {"inputs": inputs, "params": params, "cost": cost, "together": True}
        return self.stage(f"pretrain-{number}{self.suffix}", title, run, *rooms, **rest)

    def score(
        self,
        name: str,
        place: Stage,
        models: Mapping[str, Stage],
        source: BenchmarkSource | None,
        trained: Stage | None,
    ) -> Stage:
        """Searching one benchmark with every system, and their scores; ``trained`` knows which queries were seen."""
        evaluation = self.recipe.evaluation
        passages, queries = self.sides(source)
        slices = benchmark_slices(source, self.language) if source else []
        task = task_of(source, self.language.code)
        if source is not None and task not in RANKING:
            return plan_task(self, place, models, source, slices, trained)
        verb = "Reranking" if task == "reranking" else "Searching"
        ranked: dict[str, str] = {}
        stages = []
        names = {b: b if b in LEXICAL else self.model(b) for b in evaluation.baselines}
        for system in [*models, *evaluation.baselines]:
            target = system if system in models else names[system]
            reads = source.reads if source else None
            run = partial(
                scoring.rank, system=target, recipe=self.recipe, language=passages, task=task, reads=reads
            )
            inputs = (place, models[system]) if system in models else (place,)
            lexical = system in LEXICAL
            params: dict[str, Any] = {
                "lengths": [evaluation.query_tokens, reads or evaluation.passage_tokens]
            }
            params |= {"depth": sorted(evaluation.metrics), "task": task}
            if system not in models:
                params["model"] = system if lexical else self.stamp(system)
            rooms = ("mining", "text", "evaluation") if lexical else ("evaluation", *ENCODING)
            stage = self.stage(
                rank_name(name, system),
                f"{verb} {name} with {Path(system).name}",
                run,
                *rooms,
                inputs=inputs,
                params=params,
                plugin=lexical,
                languages=self.others(passages=passages) if lexical else {},
            )
            stages.append(stage)
            ranked[system_name(system, models)] = stage.name
        baselines = [system_name(b, models) for b in evaluation.baselines]
        run = partial(
            scoring.score,
            name=name,
            ranked=ranked,
            folder=place.name,
            recipe=self.recipe,
            baselines=baselines,
            slices=slices,
            queries=queries,
            task=task,
        )
        params = {
            "task": task,
            "metrics": evaluation.metrics,
            "baselines": baselines,
            "slices": slices,
            "fusion": evaluation.fusion,
        }
        return self.stage(
            f"score-{name}",
            f"Scores on {name}",
            run,
            "evaluation",
            "language.contract",
            *(("mining.fusion", "mining.candidates") if evaluation.fusion else ()),
            inputs=tuple(dict.fromkeys((place, *stages, *([trained] if trained else [])))),
            params=params,
            plugin=True,
            languages=self.others(queries=queries),
        )

    def place(self, backbone: Stage | None) -> str:
        """Name of the stage that made the backbone, or the model that the recipe gives."""
        return backbone.name if backbone else self.model(self.recipe.backbone.pretrained or "")

    def origin(self, backbone: Stage | None) -> dict[str, Any]:
        """What identifies a pretrained backbone; one that a stage made is identified by the stage."""
        settings = self.recipe.backbone
        return {} if backbone else {"pretrained": [self.stamp(settings.pretrained or ""), settings.revision]}

    def model(self, name: str) -> str:
        """A local folder as an absolute path, a hub name as it is."""
        if is_hub_name(split_revision(name)[0], self.base):
            return name
        folder = resolve_path(name, self.base)
        if not any((folder / file).is_file() for file in ("config.json", "modules.json")):
            found = "a folder without config.json" if folder.is_dir() else "nothing"
            raise RecipeError(
                f'"{name}" is neither a model folder nor a hub name.',
                where=self.recipe.name,
                hint=f"At {folder} there is {found}.",
            )
        return str(folder.resolve())

    def stamp(self, name: str) -> Any:
        """Identity of a model: files with size and time, or the hub name, which holds ``@`` and a locked revision."""
        found = self.model(name)
        if Path(found).is_dir():
            return _stamp(sorted(p for p in Path(found).rglob("*") if p.is_file()), Path(found))
        return [found]

    def files(self, source: Source, where: str) -> tuple[list[list[Any]], int]:
        """Files of a local source with size and time of change, and their size together."""
        if source.path is None:
            return [], 0
        root = resolve_path(source.path, self.base)
        if not root.exists():
            from langret.data.readers.paths import must_exist
            from langret.errors import DataError

            try:
                must_exist(root)
            except DataError as error:
                raise RecipeError(error.message, where=f"{where}: {source.path}", hint=error.hint) from error
        # the two sides of parallel text may lie in a folder that holds much else
        roots = [root / side for side in source.files.values()] if source.format == "parallel" else [root]
        found = sorted(p for r in roots for p in (r.rglob("*") if r.is_dir() else [r]) if p.is_file())
        stamps = _stamp(found, root)
        return stamps, sum(int(stamp[1]) for stamp in stamps)


def _stamp(files: Sequence[Path], root: Path) -> list[list[Any]]:
    stamps = []
    for file in files:
        facts = file.stat()
        name = file.relative_to(root).as_posix() if file != root else file.name
        stamps.append([name, facts.st_size, facts.st_mtime_ns])
    return stamps


def _plugin(language: Language) -> str:
    """Name of the package that a plugin is written in."""
    return type(language).__module__.split(".")[0]


def _name(source: Source) -> str:
    if source.world:
        return f"the generated world ({source.world})"
    if isinstance(source, BenchmarkSource) and source.long:
        return f"generated documents ({source.long})"
    return source.hub or Path(source.path or "").name or "data"
