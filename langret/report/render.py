"""Templates: one place where text becomes HTML, and everything that comes from data is escaped."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from langret.report.words import duration, human, rate, short

if TYPE_CHECKING:
    from jinja2 import Environment

_SHOWN = 360


def render(template: str, **values: Any) -> str:
    """A page from a template in ``templates/``.

    Args:
        template: Name of the file.
        values: What it shows. Strings are escaped.
    """
    from langret import __version__

    return environment().get_template(template).render(version=__version__, **values)


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates' environment: escapes everything, and stops at a name that was not given."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("langret.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    from langret.report.outcome import verdict
    from langret.report.table import mark, measured_on

    filters: dict[str, Callable[..., str]] = {
        "count": lambda value: f"{value:,}",
        "value": lambda value: "" if value is None else f"{value:.3f}",
        "signed": lambda value: f"{value:+.3f}".replace("-", "−"),
        "plain": plain,
        "pvalue": lambda value: "< 0.001" if value < 0.001 else f"= {value:.3f}",
        "percent": lambda value: f"{100 * value:.1f}",
        "words": lambda value: str(value).replace("_", " "),
        "duration": duration,
        "human": human,
        "rate": rate,
        "short": lambda text: short(text, _SHOWN),
        "mark": mark,
        "verdict": verdict,
        "measured_on": measured_on,
    }
    found.filters.update(filters)
    return found


def plain(value: object) -> str:
    """A value of the recipe: ``yes`` and ``no``, and figures without needless zeros."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value)
