"""Recipes from files: every mistake with its line, extending, and what is kept with a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from langret.errors import RecipeError
from langret.language import known_languages
from langret.recipe import load_recipe, resolved_yaml
from langret.recipe.load import recipe_for_data
from langret.recipe.schema import Recipe, writer_id

CODE = known_languages()[0]
MINIMAL = f"name: demo\nlanguage: {CODE}\ndata:\n  train:\n    - path: corpus.jsonl\n"


def write(folder: Path, text: str, name: str = "recipe.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, so that errors name files as the user typed them."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def message(text: str, here: Path) -> str:
    write(here, text)
    with pytest.raises(RecipeError) as error:
        load_recipe("recipe.yaml")
    return str(error.value)


def test_minimal_recipe_gets_defaults_and_its_origin(here: Path) -> None:
    path = write(here, MINIMAL)
    loaded = load_recipe("recipe.yaml")
    assert [m.id for m in loaded.recipe.members] == ["dense", "colbert"]
    assert (loaded.path, loaded.base, loaded.text) == (path, here, MINIMAL)


@pytest.mark.parametrize(
    ("shape", "said"),
    [
        ("hidden: 30, heads: 4", "must divide hidden"),
        ("hidden: 12, heads: 4", "must be even"),
        ("hidden: 24, heads: 4", "at least 8"),
    ],
)
def test_impossible_shapes_are_refused(shape: str, said: str, here: Path) -> None:
    assert said in message(MINIMAL + f"backbone:\n  scratch: {{{shape}}}\n", here)


@pytest.mark.parametrize(
    ("backbone", "said"),
    [
        ("scratch: {}, tokenizer: trimmed", "belongs to a pretrained encoder"),
        ("pretrained: a/b, vocabulary: 400", "goes with tokenizer"),
        ("pretrained: a/b, tokenizer: trimed", "trimmed"),
    ],
)
def test_impossible_vocabularies_are_refused(backbone: str, said: str, here: Path) -> None:
    assert said in message(MINIMAL + f"backbone: {{{backbone}}}\n", here)


@pytest.mark.parametrize(
    ("writer", "said"),
    [
        ("kind: clozes", "cloze"),
        ("kind: cloze, min_words: 9, max_words: 8", "min_words (9) must not be above max_words (8)"),
        ("kind: queries", "llm"),
        ("kind: triplets, llm: {model: m}", "give exactly one of tasks, brainstorm"),
        (
            "kind: triplets, llm: {model: m}, tasks: [a], brainstorm: 2",
            "give exactly one of tasks, brainstorm",
        ),
        ("kind: cloze}, {kind: cloze", "writers need different names (found: cloze, cloze)"),
        ("kind: cloze}, {kind: dialect, name: cloze, llm: {model: m}, dialect: x", "found: cloze, cloze"),
    ],
)
def test_impossible_writers_are_refused(writer: str, said: str, here: Path) -> None:
    assert said in message(MINIMAL + f"synthesis:\n  writers: [{{{writer}}}]\n", here)


def test_a_recipe_may_write_its_training_pairs(here: Path) -> None:
    write(here, MINIMAL + "synthesis: {writers: [{kind: cloze}, {kind: cloze, name: all, most: null}]}\n")
    synthesis = load_recipe("recipe.yaml").recipe.synthesis
    assert synthesis and [writer_id(writer) for writer in synthesis.writers] == ["cloze", "all"]
    assert synthesis.consistency and synthesis.consistency.by == "bm25"
    write(here, MINIMAL + "synthesis: {writers: [{kind: cloze}], consistency: null}\n")
    synthesis = load_recipe("recipe.yaml").recipe.synthesis
    assert synthesis and synthesis.consistency is None


def test_pooling_that_needs_an_encoder_from_scratch(here: Path) -> None:
    text = MINIMAL + "backbone: {pretrained: a/b}\nmembers:\n  - {head: dense, pooling: bm25}\n"
    assert "pooling: bm25 rewrites the first layer" in message(text, here)


def test_slices_and_languages_of_benchmarks_are_checked(here: Path) -> None:
    text = (
        MINIMAL
        + """evaluation:
  benchmarks:
    - name: a
      path: x
      slices: [dialect:arz, "domain:"]
    - {name: b, path: x, slices: [dialct:arz]}
    - name: c
      path: x
      query_language: klingon
      passage_language: 5
"""
    )
    said = message(text, here)
    assert (
        'recipe.yaml:10: evaluation.benchmarks.0.slices: a slice is written axis:value (found: "domain:")'
        in said
    )
    assert 'evaluation.benchmarks.1.slices: a slice is written axis:value (found: "dialct:arz")' in said
    assert 'Did you mean "dialect"?' in said
    assert (
        'recipe.yaml:14: evaluation.benchmarks.2.query_language: no plugin is installed for "klingon"' in said
    )
    assert "evaluation.benchmarks.2.passage_language: found 5, expected text" in said


def test_slices_are_kept_as_they_are_given(here: Path) -> None:
    write(
        here, MINIMAL + "evaluation: {benchmarks: [{name: a, path: x, slices: ['culture:Saudi Arabia']}]}\n"
    )
    (benchmark,) = load_recipe("recipe.yaml").recipe.evaluation.benchmarks
    assert benchmark.slices == ["culture:Saudi Arabia"]
    assert (
        Recipe.model_validate(
            {
                "name": "x",
                "language": CODE,
                "data": {"train": [{"path": "x"}]},
                "evaluation": {"benchmarks": [{"name": "a", "path": "x"}]},
            }
        )
        .evaluation.benchmarks[0]
        .slices
        is None
    )


def test_every_mistake_is_reported_at_once_with_its_line(here: Path) -> None:
    text = f"""name: a b
language: {CODE}
data:
  train:
    - path: a
      pth: 1
    - {{hub: x, path: y}}
pretraining:
  - {{objective: mlm, stepz: 4}}
  - objective: mml
  - steps: 3
members:
  - head: dense
    training: {{epoch: 3}}
  - head: colbrt
training:
  learning_rate: 3
  epochs: many
evaluation:
  benchmarks:
    - path: dev.json
"""
    assert message(text, here).split("\n  ") == [
        "11 mistakes:",
        'recipe.yaml:1: name: found "a b", expected letters, digits, dots, hyphens and underscores, '
        "with a letter or digit first.",
        'recipe.yaml:6: data.train.0.pth: unknown key. Did you mean "path"?',
        "recipe.yaml:7: data.train.1: give exactly one of path, hub, world (found: path, hub).",
        'recipe.yaml:9: pretraining.0.stepz: unknown key. Did you mean "steps"?',
        'recipe.yaml:10: pretraining.1.objective: found "mml", expected one of "mlm", "weak_pairs". '
        'Did you mean "mlm"?',
        'recipe.yaml:11: pretraining.2.objective: missing. Expected one of "mlm", "weak_pairs".',
        'recipe.yaml:14: members.0.training.epoch: unknown key. Did you mean "epochs"?',
        'recipe.yaml:15: members.1.head: found "colbrt", expected "dense" or "colbert". '
        'Did you mean "colbert"?',
        'recipe.yaml:17: training.learning_rate: unknown key. Did you mean "lr"?',
        'recipe.yaml:18: training.epochs: found "many", expected a number.',
        "recipe.yaml:21: evaluation.benchmarks.0.name: missing. Name under which results are reported.",
    ]


@pytest.mark.parametrize(
    ("addition", "expected"),
    [
        ("name: again\n", 'recipe.yaml:6: the key "name" stands here a second time (first in line 1).'),
        ("seed:\t- 1\n", "recipe.yaml:6:"),
        ("training:\n\tepochs: 1\n", "recipe.yaml:7:1: found a tab; YAML is indented with spaces."),
        ("members: [1\nseed: 1\n", "recipe.yaml:7:5: not valid YAML"),
        ("about: &a [*a]\n", "nested deeper than"),
        ("about: !!python/name:os.system x\n", "recipe.yaml:6:8: not valid YAML"),
        ("about: !!set {a}\n", "the tag"),
        ("? [a]\n: b\n", "recipe.yaml:6: a key is a list"),
        ("about: 12\n", "recipe.yaml:6: about: found 12, expected text. Put it in quotes."),
        ("seed: 1.5\n", "recipe.yaml:6: seed: found 1.5, expected a whole number."),
        ("seed: -1\n", "recipe.yaml:6: seed: found -1, expected a value of at least 0."),
        (f"seed: {'9' * 5000}\n", "recipe.yaml:6: "),
        ("members: dense\n", 'recipe.yaml:6: members: found "dense", expected a list.'),
        (
            "training: [1]\n",
            "recipe.yaml:6: training: found a list of 1, expected a mapping of keys to values.",
        ),
        ("members: [{head: dense}, {head: dense}]\n", "recipe.yaml:1: members need different names"),
        ("backbone: {}\n", "recipe.yaml:6: backbone: give exactly one of scratch, pretrained."),
        ("about: \x01\n", "recipe.yaml:6: a character that YAML does not allow (U+0001)."),
    ],
)
def test_single_mistakes(addition: str, expected: str, here: Path) -> None:
    assert expected in message(MINIMAL + addition, here)


def test_words_of_yaml_1_1_stay_words(here: Path) -> None:
    write(
        here,
        MINIMAL + "about: no\ntraining: {lr: 1e-3, in_batch: false}\nevaluation: {baselines: [2024-01-01]}\n",
    )
    recipe = load_recipe("recipe.yaml").recipe
    assert recipe.about == "no"
    assert recipe.training.lr == 1e-3
    assert not recipe.training.in_batch
    assert recipe.evaluation.baselines == ["2024-01-01"]


def test_unknown_language_names_the_installed_ones(here: Path) -> None:
    text = message(MINIMAL.replace(f"language: {CODE}", "language: qqq"), here)
    assert text.startswith('recipe.yaml:2: language: no plugin is installed for "qqq".')
    assert all(code in text for code in known_languages())


def test_files_that_are_no_recipes(here: Path) -> None:
    (here / "latin.yaml").write_bytes(b"name: x\nabout: caf\xe9\n")
    (here / "empty.yaml").write_bytes(b"")
    (here / "list.yaml").write_bytes(b"- 1\n")
    (here / "large.yaml").write_bytes(b"a: 1\n" * 300_000)
    (here / "folder").mkdir()
    for name, expected in {
        "latin.yaml": "latin.yaml:2: byte 0xE9 is not UTF-8.",
        "empty.yaml": "empty.yaml: nothing in it",
        "list.yaml": "list.yaml: not a mapping",
        "large.yaml": "a recipe is a small YAML file",
        "folder": "folder is a folder",
        "emty.yaml": 'Did you mean "empty.yaml"?',
    }.items():
        with pytest.raises(RecipeError) as error:
            load_recipe(name)
        assert expected in str(error.value)


def test_byte_order_mark_is_no_part_of_the_first_key(here: Path) -> None:
    (here / "recipe.yaml").write_bytes(b"\xef\xbb\xbf" + MINIMAL.encode())
    assert load_recipe("recipe.yaml").recipe.name == "demo"


def test_extends_merges_mappings_and_replaces_all_else(here: Path) -> None:
    write(here, MINIMAL + "training: {epochs: 3, batch_size: 8}\nmembers: [{head: dense}]\n", "base.yaml")
    write(here, "extends: base.yaml\nname: child\ntraining: {epochs: 5}\nmembers: [{head: colbert}]\n")
    recipe = load_recipe("recipe.yaml").recipe
    assert recipe.extends is None
    assert (recipe.name, recipe.training.epochs, recipe.training.batch_size) == ("child", 5, 8)
    assert [m.head for m in recipe.members] == ["colbert"]


def test_paths_of_an_extended_recipe_start_at_its_own_folder(here: Path) -> None:
    (here / "base" / "models" / "small").mkdir(parents=True)
    write(
        here,
        MINIMAL
        + "backbone: {pretrained: models/small}\n"
        + "negatives: {miners: [{kind: dense, model: ../teacher}, {kind: dense, model: org/model}]}\n"
        + "evaluation:\n  baselines: [bm25, ./mine, org/name]\n"
        + "  benchmarks: [{name: a, path: dev.json}, {name: b, path: '${LANGRET_DATA}/dev.json'}]\n",
        "base/base.yaml",
    )
    write(here, "extends: base/base.yaml\nname: child\n")
    recipe = load_recipe("recipe.yaml").recipe
    base = here / "base"
    assert recipe.data.train[0].path == str(base / "corpus.jsonl")
    assert recipe.backbone.pretrained == str(base / "models" / "small")
    assert [m.model for m in recipe.negatives.miners] == [str(here / "teacher"), "org/model"]
    assert recipe.evaluation.baselines == ["bm25", str(base / "mine"), "org/name"]
    assert [b.path for b in recipe.evaluation.benchmarks] == [
        str(base / "dev.json"),
        "${LANGRET_DATA}/dev.json",
    ]
    assert load_recipe("base/base.yaml").recipe.data.train[0].path == "corpus.jsonl"


def test_a_mistake_in_an_extended_file_names_that_file(here: Path) -> None:
    write(here, MINIMAL + "training:\n  epoch: 3\n", "base.yaml")
    assert message("extends: base.yaml\ntraining: {lr: 1}\n", here).startswith(
        "base.yaml:7: training.epoch: unknown key."
    )


def test_alternatives_from_two_files_say_how_to_choose(here: Path) -> None:
    write(here, MINIMAL + "backbone: {scratch: {layers: 2}}\n", "base.yaml")
    text = message("extends: base.yaml\nbackbone: {pretrained: ./m}\n", here)
    assert "scratch from base.yaml, pretrained from recipe.yaml" in text
    assert "null" in text
    write(here, "extends: base.yaml\nbackbone: {pretrained: ./m, scratch: null}\n")
    assert load_recipe("recipe.yaml").recipe.backbone.pretrained == "./m"


def test_extends_that_leads_nowhere(here: Path) -> None:
    write(here, MINIMAL, "base.yaml")
    assert 'recipe.yaml:2: extends: there is no file "bse.yaml"' in message(
        "name: x\nextends: bse.yaml\n", here
    )
    assert 'Did you mean "base.yaml"?' in message("extends: bse.yaml\n", here)
    assert "expected a path" in message("extends: [a]\n", here)
    write(here, "extends: recipe.yaml\n", "base.yaml")
    assert "in a circle (recipe.yaml -> base.yaml -> recipe.yaml)" in message("extends: base.yaml\n", here)
    assert "in a circle" in message("extends: recipe.yaml\n", here)


def test_resolved_recipe_works_in_another_folder(here: Path) -> None:
    write(here, MINIMAL, "recipes/recipe.yaml")
    loaded = load_recipe("recipes/recipe.yaml")
    kept = write(here, resolved_yaml(loaded.recipe, loaded.base), "run/recipe.yaml")
    assert load_recipe(kept).recipe.data.train[0].path == str(here / "recipes" / "corpus.jsonl")


@pytest.mark.parametrize("negatives", ["owner/set", "{set: owner/set, per_query: 9}"])
def test_a_resolved_recipe_with_a_mined_set_reloads(here: Path, negatives: str) -> None:
    """The default miner is not written beside the set: the two together are a mistake."""
    write(here, MINIMAL + f"negatives: {negatives}\n")
    recipe = load_recipe("recipe.yaml").recipe
    kept = load_recipe(write(here, resolved_yaml(recipe), "kept.yaml")).recipe
    assert kept == recipe and kept.negatives.set == "owner/set"
    assert kept.negatives.per_query == recipe.negatives.per_query


def test_data_is_as_good_as_a_recipe(here: Path) -> None:
    (here / "corpus.jsonl").write_text("{}\n", encoding="utf-8")
    loaded = recipe_for_data(Path("corpus.jsonl"), CODE, ["negatives.per_query=2", "seed=5"])
    recipe = loaded.recipe
    assert (recipe.name, recipe.language, recipe.seed) == ("corpus.jsonl", CODE, 5)
    assert recipe.negatives.per_query == 2 and recipe.data.holdout == 0
    assert recipe.data.train[0].path == "corpus.jsonl" and loaded.base == here
    assert load_recipe(write(here, resolved_yaml(recipe))).recipe == recipe
    (here / "質問 ①").mkdir()
    assert recipe_for_data(here / "質問 ①", CODE).recipe.name == "data"


def test_data_that_is_not_there(here: Path) -> None:
    (here / "corpus.jsonl").write_text("{}\n", encoding="utf-8")
    with pytest.raises(RecipeError, match=r'no file or folder "corpse\.jsonl".*Did you mean "corpus\.jsonl"'):
        recipe_for_data(Path("corpse.jsonl"), CODE)
    with pytest.raises(RecipeError, match="no file or folder"):
        recipe_for_data(Path("no/such/folder"), CODE)
    with pytest.raises(RecipeError, match='--language q-q: language: no plugin is installed for "q-q"'):
        recipe_for_data(Path("corpus.jsonl"), "q-q")
    with pytest.raises(RecipeError, match="--set members=5: members: found 5"):
        recipe_for_data(Path("corpus.jsonl"), CODE, ["members=5"])


words = st.text(min_size=1, max_size=12) | st.sampled_from(
    ["no", "1e5", "12", "null", "~", "0x1F", "true", ".5", "="]
)
recipes = st.builds(
    lambda about, prefix, files, lr, seed, near: Recipe.model_validate(
        {
            "name": "r",
            "about": about,
            "language": CODE,
            "seed": seed,
            "data": {"train": [{"path": prefix, "files": files}], "filters": {"near_duplicates": near}},
            "members": [{"head": "dense", "query_prefix": prefix, "training": {"lr": lr}}],
            "pretraining": [{"objective": "weak_pairs", "lr": lr}, {"objective": "mlm"}],
        }
    ),
    words,
    words,
    st.dictionaries(words, words, max_size=3),
    st.floats(1e-12, 1e6),
    st.integers(0, 2**31 - 1),
    st.none() | st.floats(0.01, 1),
)


@settings(deadline=None, max_examples=60)
@given(recipe=recipes)
def test_resolved_recipe_reloads_to_the_same(
    recipe: Recipe, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("kept"), resolved_yaml(recipe))
    assert load_recipe(path).recipe == recipe


@settings(deadline=None)
@given(text=st.text(alphabet="ab:-[]{}&*!|>'\"#,? \n\t%@`\x85é", max_size=60))
def test_any_text_loads_or_is_a_recipe_error(text: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = write(tmp_path_factory.mktemp("any"), text)
    with pytest.raises(RecipeError):
        load_recipe(path)


def test_import_is_light() -> None:
    code = (
        "import sys, langret.recipe; "
        "print([m for m in ('numpy', 'pyarrow', 'torch', 'transformers') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("training", "said"),
    [
        ("in_batch: false, mask_above: 0.1", "they go with in_batch: true"),
        ("in_batch: false, contrast: [queries]", "they go with in_batch: true"),
        ("matryoshka: [64, 32, 64]", "matryoshka names a size twice"),
        ("matryoshka: [64, 128]", "member small: matryoshka: 128 is no cut of vectors of 128 components"),
        ("distill: {teacher: t, loss: margin_mse, normalize: none}", "settings of loss: kl"),
        ("distill: {teacher: t, loss: vectors, temperature: 0.1}", "settings of loss: kl"),
        ("distill: {teacher: t, loss: vectors}", "member colbert: distill.loss: vectors needs head: dense"),
        ("then: [{distill: {teacher: t, loss: vectors}}]", "member colbert: distill.loss: vectors needs"),
    ],
)
def test_losses_that_cannot_be_are_refused(training: str, said: str, here: Path) -> None:
    members = "members:\n  - {head: dense, name: small, dimension: 128}\n  - {head: colbert}\n"
    assert said in message(MINIMAL + members + f"training: {{{training}}}\n", here)


@pytest.mark.parametrize("baselines", [["bm25", "other/dense"], ["a/m", "b/m/"]])
def test_systems_that_results_would_call_alike_are_refused(tmp_path, baselines):
    path = tmp_path / "r.yaml"
    path.write_text(
        f"name: x\nlanguage: ja\ndata: {{train: [{{world: train}}]}}\nmembers: [{{head: dense}}]\n"
        f"evaluation: {{baselines: {baselines}}}\n"
    )
    with pytest.raises(RecipeError, match="different names in results"):
        load_recipe(path)


def test_a_member_may_be_the_baseline(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text(
        "name: x\nlanguage: ja\ndata: {train: [{world: train}]}\nmembers: [{head: dense}, {head: colbert}]\n"
        "evaluation: {baselines: [bm25, dense]}\n"
    )
    assert load_recipe(path).recipe.evaluation.baselines == ["bm25", "dense"]
