"""What a recipe's models are made of, and the licences of that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from langret.data.readers.paths import resolve_path
from langret.language import get_language
from langret.recipe.licences import OWN_WORDS, DataLicence, licence_warnings
from langret.recipe.lock import is_hub_name, split_revision
from langret.report.card import DataSource

if TYPE_CHECKING:
    from langret.language import CatalogueEntry, Language
    from langret.recipe.load import LoadedRecipe
    from langret.recipe.schema import Recipe


def data_sources(recipe: Recipe, language: Language) -> list[DataSource]:
    """Where a recipe's training text comes from, with the licences that it or the language's catalogue states."""
    found = []
    for source in recipe.data.train:
        name = f"generated world, {source.world}" if source.world else source.hub or source.path or ""
        entry = _entry(language, source.hub or "")
        known, url = (entry.licence, entry.url) if entry else (OWN_WORDS if source.world else "", "")
        found.append(DataSource(name, source.licence or known, url, source.hub or ""))
    if recipe.negatives.set is not None:
        name = split_revision(recipe.negatives.set)[0]
        entry = _entry(language, name)
        licence, url = (entry.licence, entry.url) if entry else ("", "")
        hub = entry.hub if entry else "" if Path(name).exists() else name
        found.append(DataSource(f"negatives of {name}", licence, url, hub))
    writers = recipe.synthesis.writers if recipe.synthesis else []
    models = dict.fromkeys(writer.llm.model for writer in writers if hasattr(writer, "llm"))
    return [*found, *(DataSource(f"text written by {model}") for model in models)]


def made_of(recipe: Recipe, language: Language, base: Path) -> list[DataLicence]:
    """All that a recipe's models are made of: training text, and the pretrained models that they start from."""
    text = [DataLicence(source.name, source.licence) for source in data_sources(recipe, language)]
    trained = [member for member in recipe.members if member.merge is None]
    begun = dict.fromkeys(recipe.backbone_of(member).pretrained for member in trained)
    return [*text, *(DataLicence(name, _stated_licence(name, base)) for name in begun if name)]


def licence_notes(loaded: LoadedRecipe) -> list[str]:
    """What licences forbid or ask of the models of a recipe, a sentence for each.

    Licences that nobody has stated are left to the model card: most data is its user's own.
    """
    recipe = loaded.recipe
    parts = made_of(recipe, get_language(recipe.language), loaded.base) if recipe.members else []
    stated = [part for part in parts if part.licence]
    return licence_warnings(stated, recipe.licence or "")


def _entry(language: Language, name: str) -> CatalogueEntry | None:
    return next((entry for entry in language.catalogue if name and name in (entry.hub, entry.name)), None)


def _stated_licence(model: str, base: Path) -> str:
    """The licence on a model folder's card; of a hub name nothing is known without the network."""
    from huggingface_hub import ModelCard

    card = resolve_path(model, base) / "README.md"
    if is_hub_name(model, base) or not card.is_file():
        return ""
    try:
        return str(ModelCard.load(card, ignore_metadata_errors=True).data.to_dict().get("license") or "")
    except (OSError, ValueError, yaml.YAMLError):
        return ""
