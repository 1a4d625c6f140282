from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from langret.errors import LanguageError
from langret.synthesis import build_world, world_truth, world_validate
from langret.synthesis.world import Word, words
from langret.synthesis.world_make import fill, make_world, ways_of


def test_words_reads_forms_and_hints():
    assert words("a | b # c|d\n\n e ") == (Word(("a", "b"), ("c", "d")), Word(("e",)))


def test_fill_takes_shapes_and_capitals():
    name = {"": "ağaç", "loc": "ağaçta"}
    assert fill("{name.loc} kuş var, {name.cap}.", name=name) == "ağaçta kuş var, Ağaç."


@pytest.mark.parametrize(
    ("pattern", "hint"), [("{nam}", 'Did you mean "name"?'), ("{name.lok}", 'Did you mean "loc"?')]
)
def test_fill_names_the_nearest_gap_or_shape(pattern, hint):
    with pytest.raises(LanguageError) as error:
        fill(pattern, name={"": "x", "loc": "y"})
    assert error.value.hint == hint


def test_ways_of_combine_readings_and_shapes():
    parts = (Word(("朝", "あさ")), Word(("霧", "きり")), Word(("川", {"": "がわ", "of": "がわの"})))
    ways = ways_of(parts, "")
    assert [w[""] for w in ways] == ["朝霧川", "あさきりがわ", "あさきり川"]
    assert ways[1]["of"] == "あさきりがわの"


@pytest.mark.parametrize("split", ["train", "dev", "test"])
def test_every_split_has_the_same_passages(mini, split):
    world = build_world(mini, split)
    assert world.passages.equals(build_world(mini, "train").passages)
    assert all(q.id.startswith(split) for q in world.kept_queries())
    assert world.queries.num_rows >= {"train": 60, "dev": 8, "test": 16}[split]


def test_training_labels_one_positive_and_the_truth_knows_the_rest(mini):
    truth = world_truth(mini)
    positives = build_world(mini, "train").positives()
    assert all(len(found) == 1 and found[0] in truth[q] for q, found in positives.items())
    assert sum(len(truth[q]) > 1 for q in positives) > len(positives) / 2


def test_evaluation_labels_everything_and_judges_related_passages(mini):
    truth = world_truth(mini)
    for split in ("dev", "test"):
        world = build_world(mini, split)
        assert world.positives() == {q.id: truth[q.id] for q in world.kept_queries()}
        related = [j for j in world.kept_judgements() if j.relevance == 0]
        assert related
        assert all(j.passage_id not in truth[j.query_id] for j in related)


def test_shapes_stand_in_the_text(mini):
    text = " ".join(p.text for p in build_world(mini, "test").kept_passages())
    assert "'s emblem is the" in text
    assert "The High Fens has many towns" in text


def test_another_seed_is_another_country(mini):
    assert not build_world(mini, "test", seed=1).passages.equals(build_world(mini, "test", seed=2).passages)


def test_unknown_split_names_the_nearest(mini):
    with pytest.raises(LanguageError, match='Did you mean "test"'):
        build_world(mini, "tests")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**40))
def test_truth_holds_for_every_seed(mini, least, seed):
    world_validate(mini, seed=seed, least=least)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**40))
def test_questions_without_a_name_still_tell_which_is_meant(mini, seed):
    world = make_world(mini.world(), seed)
    unnamed = [q for q in world.questions if "{name" not in q.pattern]
    assert unnamed
    for question in unnamed:
        entity = world.entities[question.fact[0]]
        attribute = question.fact[1]
        fitting = [
            e
            for e in world.entities.values()
            if e.kind is entity.kind
            and ("{place" not in question.pattern or e.place == entity.place)
            and ("{value" not in question.pattern or e.values[attribute] == entity.values[attribute])
        ]
        assert fitting == [entity]
