from __future__ import annotations

from dataclasses import replace

import pytest

from langret.errors import LanguageError
from langret.synthesis import world_check, world_validate
from langret.synthesis.world import words
from langret.synthesis.world_make import Asked, make_world


def test_a_sound_world_passes(mini, least):
    world_validate(mini, least=least)


@pytest.mark.parametrize(
    ("attribute", "message"),
    [
        ({"said": ("It is famous for {valeu}.", "b {value}")}, "gap {valeu}"),
        ({"said": ("It is famous.", "b {value}")}, "lacks the gap {value}"),
        ({"said": ("Only {value}.",)}, "`said` needs at least 2"),
        ({"mentioned": ("It makes {value}.",)}, "lacks the gap {name}"),
        ({"asked": ("Which town of {place}?",)}, "No question of `asked` has the gap {name}"),
        ({"asked": ("Does {name} make {value}?",)}, "both the entity and the answer"),
        ({"asked": ("How did {name} begin?",)}, "Two attributes ask"),
        ({"values": words("lace\nrope|lace")}, 'share the form "lace"'),
        ({"values": words("lace\nthe mayor|mayor")}, 'holds "mayor"'),
        ({"asked": ("What of lace and honey in {name}?",)}, "holds its answer"),
    ],
)
def test_wrong_words_are_named(broken, least, attribute, message):
    with pytest.raises(LanguageError) as error:
        world_validate(broken(attribute), least=least)
    assert message in str(error.value)
    assert "world of Mini" in str(error.value)


def test_too_few_names_are_named(broken, least):
    with pytest.raises(LanguageError, match="do not make 12 different names"):
        world_validate(broken(kind={"names": (words("Ash\nElm"), words("Ford"))}), least=least)


def test_a_place_must_be_an_earlier_kind(broken, least):
    with pytest.raises(LanguageError, match="no earlier kind"):
        world_validate(broken(kind={"place": "rivr"}), least=least)


def test_short_passages_are_refused(broken, least):
    with pytest.raises(LanguageError, match="`length` promises 400 to 500"):
        world_validate(broken(world={"length": (400, 500)}), least=least)


def test_a_small_world_is_refused(mini):
    with pytest.raises(LanguageError, match="at least 2000 are wanted"):
        world_validate(mini)


def _tampered(mini, monkeypatch, change):
    world = make_world(mini.world(), 7)
    monkeypatch.setattr(world_check, "make_world", lambda words, seed: change(world))


def _first_asked(world):
    fact = world.questions[0].fact
    index = next(i for i, p in enumerate(world.passages) if fact in p.facts)
    return fact, index


def test_a_hidden_answer_is_found(mini, least, monkeypatch):
    def change(world):
        fact, i = _first_asked(world)
        facts = {f: form for f, form in world.passages[i].facts.items() if f != fact}
        passages = list(world.passages)
        passages[i] = replace(passages[i], facts=facts)
        return replace(world, passages=passages)

    _tampered(mini, monkeypatch, change)
    with pytest.raises(LanguageError, match="though it is not said to"):
        world_validate(mini, least=least)


def test_a_false_claim_is_found(mini, least, monkeypatch):
    def change(world):
        fact, i = _first_asked(world)
        passages = list(world.passages)
        text = passages[i].text.replace(passages[i].facts[fact], "nothing")
        passages[i] = replace(passages[i], text=text)
        return replace(world, passages=passages)

    _tampered(mini, monkeypatch, change)
    with pytest.raises(LanguageError, match="Is said to state"):
        world_validate(mini, least=least)


def test_shared_facts_and_duplicates_are_found(mini, least, monkeypatch):
    def share(world):
        question = world.questions[0]
        other = Asked("dev-9999", "dev", "What about it?", question.fact, question.pattern)
        return replace(world, questions=[*world.questions, other])

    _tampered(mini, monkeypatch, share)
    with pytest.raises(LanguageError, match="Splits share the fact"):
        world_validate(mini, least=least)

    monkeypatch.undo()
    _tampered(mini, monkeypatch, lambda w: replace(w, passages=[*w.passages, replace(w.passages[0], id="x")]))
    with pytest.raises(LanguageError, match="occurs 2 times"):
        world_validate(mini, least=least)
