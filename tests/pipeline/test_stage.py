"""Stages: order, names, and which change reaches which fingerprint."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.pipeline import Context, Stage, in_order


def nothing(context: Context) -> None:
    pass


def chain(params=None, language="xx-1", sources=()):
    """read -> clean -> (mine, train(mine, clean)); ``params`` are those of clean."""
    read = Stage("read", "Reading", nothing)
    clean = Stage("clean", "Cleaning", nothing, (read,), params or {"min": 10}, sources, language)
    mine = Stage("mine", "Mining", nothing, (clean,))
    other = Stage("other", "Another branch", nothing, (read,))
    return {s.name: s for s in (read, clean, mine, other, Stage("train", "Training", nothing, (mine, clean)))}


def changed(a, b):
    return {name for name in a if a[name].fingerprint != b[name].fingerprint}


def test_same_stages_have_the_same_fingerprints():
    assert changed(chain(), chain()) == set()


def test_params_reach_only_downstream():
    assert changed(chain(), chain({"min": 11})) == {"clean", "mine", "train"}


def test_language_version_reaches_only_downstream():
    assert changed(chain(), chain(language="xx-2")) == {"clean", "mine", "train"}


def test_code_reaches_only_downstream(tmp_path):
    (tmp_path / "cleaning.py").write_text("a = 1\n")
    before = chain(sources=(tmp_path / "cleaning.py",))
    assert before["train"].fingerprint
    (tmp_path / "cleaning.py").write_text("a = 22\n")
    assert changed(before, chain(sources=(tmp_path / "cleaning.py",))) == {"clean", "mine", "train"}


def test_title_and_cost_do_not_count():
    a = Stage("read", "Reading", nothing, cost={"rows": "10"})
    assert a.fingerprint == Stage("read", "Lecture", nothing).fingerprint
    assert a.key == f"read-{a.fingerprint[:12]}"


def test_params_that_are_not_json_name_the_stage():
    with pytest.raises(TypeError, match="stage read"):
        _ = Stage("read", "Reading", nothing, params={"x": object()}).fingerprint


@pytest.mark.parametrize("name", ["", "a b", "../x", ".hidden", "x.partial-1", "x/y"])
def test_bad_names_are_refused(name):
    with pytest.raises(ValueError):
        Stage(name, "", nothing)


def test_inputs_need_different_names():
    with pytest.raises(ValueError, match="different names"):
        Stage("c", "", nothing, (Stage("a", "", nothing), Stage("a", "", nothing, params={"x": 1})))


@given(st.permutations(["read", "clean", "mine", "other", "train"]))
def test_inputs_come_first_each_stage_once(names):
    stages = chain()
    ordered = in_order(stages[n] for n in names)
    assert sorted(s.name for s in ordered) == sorted(stages)
    seen = set()
    for stage in ordered:
        assert {s.name for s in stage.inputs} <= seen
        seen.add(stage.name)


def test_twins_run_once_and_namesakes_are_refused():
    assert len(in_order([*chain().values(), *chain().values()])) == 5
    with pytest.raises(ValueError, match="two different stages"):
        in_order([Stage("a", "", nothing), Stage("a", "", nothing, params={"x": 1})])


def test_track_counts_and_yields_all(tmp_path):
    moved = []
    context = Context(
        tmp_path, tmp_path, {}, tmp_path, {}, lambda done, total, note: moved.append((done, total, note))
    )
    assert list(context.track(range(130), note="rows")) == list(range(130))
    assert moved == [(64, 130, "rows"), (128, 130, "rows"), (130, 130, "rows")]
    moved.clear()
    assert list(context.track(iter("ab"))) == ["a", "b"]
    assert moved == [(2, None, "")]
