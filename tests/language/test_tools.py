"""What plugins share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from langret.errors import MissingDependencyError
from langret.language.tools import Packages, uax29_words


@given(st.text())
def test_words_joined_are_the_text_without_its_spaces(text):
    assert "".join(uax29_words(text)) == "".join(text.split())


def test_words_are_those_of_unicode():
    assert uax29_words("Don't stop at 3.14, l'été!") == ["Don't", "stop", "at", "3.14", ",", "l'été", "!"]


def test_packages_that_are_there():
    packages = Packages("Tests", ("pytest", "hypothesis"), extra="dev")
    assert (
        packages.installed()
        == f"pytest-{pytest.__version__} hypothesis-" + packages.installed().split("-")[-1]
    )
    assert packages.load("pytest") is pytest


@pytest.mark.parametrize("ask", [Packages.installed, lambda packages: packages.load("no_such_module")])
def test_packages_that_are_missing_say_what_to_install(ask):
    with pytest.raises(MissingDependencyError, match="Tibetan words") as caught:
        ask(Packages("Tibetan words", ("no-such-package",), extra="bo"))
    assert caught.value.hint == "Run: pip install 'langret[bo]'"
