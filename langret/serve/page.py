"""The page as one file. Of the user's data it holds names, escaped; all else comes as JSON and is set as text."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment

    from langret.serve.site import Site


def render_page(site: Site, token: str, nonce: str) -> str:
    """The page.

    Args:
        site: What is served.
        token: What requests of the page carry.
        nonce: Names the page's own style and script, so that no other is run.
    """
    from langret import __version__

    template = _environment().get_template("search.html")
    return template.render(site=site, token=token, nonce=nonce, version=__version__)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Our template, and the report's for the style that both share."""
    from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

    return Environment(
        loader=ChoiceLoader([PackageLoader("langret.serve"), PackageLoader("langret.report")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
