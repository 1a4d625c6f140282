"""Data made rather than found: the encyclopaedia of an invented country, which every plugin can fill."""

from langret.synthesis.world_build import build_world, world_truth
from langret.synthesis.world_check import world_validate

__all__ = ["build_world", "world_truth", "world_validate"]
