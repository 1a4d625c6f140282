"""Finding language plugins by the entry-point group ``langret.languages``."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points

from langret.errors import LanguageError, nearest
from langret.language.contract import Language

GROUP = "langret.languages"


@cache
def _entry_points() -> dict[str, EntryPoint]:
    return {point.name: point for point in entry_points(group=GROUP)}


def known_languages() -> list[str]:
    """Codes of every installed plugin, sorted. Imports none of them."""
    return sorted(_entry_points())


@cache
def get_language(code: str) -> Language:
    """Load the plugin of a language.

    Args:
        code: ISO code under which the plugin is registered.

    Returns:
        One shared instance.

    Raises:
        LanguageError: No plugin has that code, or it cannot be imported.
    """
    point = _entry_points().get(code)
    if point is None:
        raise LanguageError(
            f'No language plugin is registered as "{code}".', hint=nearest(code, known_languages())
        )
    try:
        plugin = point.load()
    except ImportError as error:
        raise LanguageError(f'The plugin "{code}" ({point.value}) cannot be imported: {error}.') from error
    if not (isinstance(plugin, type) and issubclass(plugin, Language)):
        raise LanguageError(
            f'The entry point "{code}" ({point.value}) is not a langret.language.Language class.'
        )
    return plugin()
