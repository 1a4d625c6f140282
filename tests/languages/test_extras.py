"""The extras that errors name are those that install what is missing."""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import metadata, requires

import pytest

from langret.language import get_language, known_languages

MODULES = sorted({type(get_language(code)).__module__ for code in known_languages()})
PLUGINS = [name for name in MODULES if hasattr(import_module(name), "PACKAGES")]


@pytest.mark.parametrize("name", PLUGINS)
def test_an_extra_installs_what_the_plugin_needs(name):
    packages = import_module(name).PACKAGES
    needed = {each.lower().replace("_", "-") for each in packages.names} - {"regex", "kiwipiepy-model"}
    if needed:
        assert packages.extra in metadata("langret").get_all("Provides-Extra")
    lines = [
        line for line in requires("langret") or () if f"extra == '{packages.extra}'" in line.replace('"', "'")
    ]
    found = {line.partition(";")[0].lower() for line in lines}
    assert all(any(line.startswith(each) for line in found) for each in needed), (needed, found)


def test_plugins_are_looked_at():
    assert len(PLUGINS) > 8
