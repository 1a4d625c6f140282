from __future__ import annotations

from pathlib import Path

import pytest

from langret.errors import RecipeError
from langret.recipe.lock import (
    apply_lock,
    hub_names,
    lock_path,
    locked,
    missing_names,
    read_lock,
    split_revision,
    write_lock,
)
from langret.recipe.schema import Recipe

A, B = "a" * 40, "b" * 40


def recipe(**changes) -> Recipe:
    return Recipe.model_validate(
        {
            "name": "r",
            "language": "xx",
            "data": {
                "train": [
                    {"hub": "owner/set"},
                    {"path": "local.jsonl"},
                    {"hub": "owner/set", "revision": "v1"},
                ]
            },
            "backbone": {"pretrained": "owner/model"},
            "negatives": {"miners": [{"kind": "bm25"}, {"kind": "dense", "model": "owner/miner"}]},
            "evaluation": {
                "baselines": ["bm25", "owner/other", "owner/fixed@" + B],
                "benchmarks": [{"name": "b", "hub": "owner/bench"}],
            },
            **changes,
        }
    )


def test_every_hub_name_is_found_once(tmp_path):
    assert hub_names(recipe(), tmp_path) == [
        ("model", "owner/model", None),
        ("model", "owner/miner", None),
        ("model", "owner/other", None),
        ("model", "owner/fixed", B),
        ("dataset", "owner/set", None),
        ("dataset", "owner/set", "v1"),
        ("dataset", "owner/bench", None),
    ]


def test_folders_are_not_hub_names(tmp_path):
    (tmp_path / "owner" / "model").mkdir(parents=True)
    found = [name for kind, name, _ in hub_names(recipe(), tmp_path) if kind == "model"]
    assert "owner/model" not in found and "owner/miner" in found
    local = recipe(
        backbone={"pretrained": "./weights"}, negatives={}, evaluation={"baselines": ["${HOME}/m", "/n"]}
    )
    assert [kind for kind, *_ in hub_names(local, tmp_path)] == ["dataset", "dataset"]


def test_a_lock_comes_back_and_fills_in_revisions(tmp_path):
    lock = {
        "models": {"owner/model": A, "owner/miner": B, "owner/other": A},
        "datasets": {"owner/set": A, "owner/set@v1": B, "owner/bench": A},
    }
    path = lock_path(tmp_path / "ja.yaml")
    write_lock(path, lock)
    assert path.name == "ja.lock.yaml" and read_lock(path) == lock
    assert [p.name for p in tmp_path.iterdir()] == ["ja.lock.yaml"]
    got = apply_lock(recipe(), lock, base=tmp_path)
    assert got.backbone.revision == A
    assert [s.revision for s in got.data.train] == [A, None, B]
    assert got.negatives.miners[1].model == f"owner/miner@{B}"
    assert got.evaluation.baselines == ["bm25", f"owner/other@{A}", f"owner/fixed@{B}"]
    assert got.evaluation.benchmarks[0].revision == A
    assert Recipe.model_validate(got.model_dump()) == got
    assert missing_names(recipe(), lock, tmp_path) == []
    assert missing_names(got, lock, tmp_path) == [], "a recipe that names commits needs no lock"


def test_a_recipe_without_hub_names_writes_no_lock(tmp_path):
    plain = Recipe.model_validate({"name": "r", "language": "xx", "data": {"train": [{"path": "x"}]}})
    assert locked(plain, tmp_path / "r.lock.yaml", base=tmp_path) == plain
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("models: [", "cannot be read"),
        ("- a\n", "holds `models` and `datasets`"),
        ("model: {}\n", "holds `models` and `datasets`"),
        ("models: {owner/m: main}\n", "commit of 40 hexadecimal digits, found 'main'"),
        ("models: 5\n", "commit of 40"),
    ],
)
def test_a_broken_lock_is_refused(tmp_path, content, message):
    path = tmp_path / "r.lock.yaml"
    path.write_text(content)
    with pytest.raises(RecipeError, match=message):
        read_lock(path)


def test_read_lock_without_file_and_empty(tmp_path):
    assert read_lock(tmp_path / "none.lock.yaml") is None
    (tmp_path / "empty.lock.yaml").write_text("")
    assert read_lock(tmp_path / "empty.lock.yaml") == {"datasets": {}, "models": {}}


def test_names_with_revisions(tmp_path, monkeypatch):
    assert split_revision("owner/model@v1") == ("owner/model", "v1")
    assert split_revision("owner/model") == ("owner/model", None)
    assert split_revision("/a/folder@2") == ("/a/folder@2", None)
    monkeypatch.chdir(tmp_path)
    Path("model@2").mkdir()
    assert split_revision("model@2") == ("model@2", None)


def test_a_mined_set_on_the_hub_is_locked_like_any_data(tmp_path):
    mined = recipe(language="ja", negatives="owner/mined")
    assert ("dataset", "owner/mined", None) in hub_names(mined, tmp_path)
    lock = {"models": {}, "datasets": {"owner/mined": A}}
    got = apply_lock(mined, lock, base=tmp_path)
    assert got.negatives.set == f"owner/mined@{A}" and got.negatives.per_query == mined.negatives.per_query
    assert ("dataset", "owner/mined", A) in hub_names(got, tmp_path)
    assert not [
        name for _, name, _ in missing_names(got, {"models": {}, "datasets": {}}, tmp_path) if "mined" in name
    ]
    (tmp_path / "owner" / "mined" / "qrels").mkdir(parents=True)
    assert not any("mined" in name for _, name, _ in hub_names(mined, tmp_path)), "a folder needs no lock"


def test_a_set_of_the_catalogue_is_locked_by_its_repository(tmp_path):
    from langret.language import get_language

    known = next(e for e in get_language("ja").catalogue if e.role == "negatives" and e.hub)
    for name in (known.name, f"ja/{known.name}"):
        mined = recipe(language="ja", negatives=name)
        assert ("dataset", known.hub, None) in hub_names(mined, tmp_path)
        got = apply_lock(mined, {"models": {}, "datasets": {known.hub: A}}, base=tmp_path)
        assert got.negatives.set == f"{name}@{A}"
        assert ("dataset", known.hub, A) in hub_names(got, tmp_path)
