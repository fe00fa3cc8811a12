"""Files that come in: recipes from other forums, what is attached to a log, and the demo forum's pilots."""

from kompetanseforum.pilots.imports.demo import DemoPilot, demo_pilots
from kompetanseforum.pilots.imports.recipes import BadRecipe, Recipe, read_recipe

__all__ = ["BadRecipe", "DemoPilot", "Recipe", "demo_pilots", "read_recipe"]
