"""The recipe as typed data: its schema, loading, overrides, and the recipes that come with langret."""

from langret.recipe.load import LoadedRecipe, load_recipe, resolved_yaml
from langret.recipe.schema import Recipe
from langret.recipe.shipped import ShippedRecipe, shipped_recipes

__all__ = ["LoadedRecipe", "Recipe", "ShippedRecipe", "load_recipe", "resolved_yaml", "shipped_recipes"]
