"""Published Japanese retrieval data."""

from __future__ import annotations

from langret.language.contract import CatalogueEntry

CATALOGUE: tuple[CatalogueEntry, ...] = ()
