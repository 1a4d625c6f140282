"""Facts of data sets that several plugins cite."""

from __future__ import annotations

from functools import partial

import pytest

from langret.language import get_language, known_languages, published

SETS = {name: made for name, made in vars(published).items() if isinstance(made, partial)}


@pytest.mark.parametrize("name", SETS)
def test_each_is_a_citable_entry_once_it_has_a_note(name):
    entry = SETS[name](note="Configuration xx.")
    assert entry.name and entry.hub and entry.format and entry.licence and entry.url.startswith("https://")
    assert entry.note == "Configuration xx."


def test_a_language_may_say_otherwise():
    entry = published.xquad(format="squad", queries=7, note="Configuration xquad.xx.")
    assert (entry.format, entry.queries, entry.passages) == ("squad", 7, 240)


@pytest.mark.parametrize("name", SETS)
def test_several_languages_use_it(name):
    """What only one language has belongs into its own catalogue."""
    own = SETS[name].keywords["name"]
    users = {code.partition("-")[0] for code in known_languages() if own in get_language(code).entries}
    assert len(users) > 1
