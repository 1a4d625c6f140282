"""Data made rather than found: the generated world of every language, and training pairs from documents alone."""

from langret.synthesis.consistency import annotate_inconsistent, consistent
from langret.synthesis.long import build_long
from langret.synthesis.world_build import build_world, world_truth
from langret.synthesis.world_check import world_validate
from langret.synthesis.write import estimate_writer, write_pairs

__all__ = [
    "annotate_inconsistent",
    "build_long",
    "build_world",
    "consistent",
    "estimate_writer",
    "world_truth",
    "world_validate",
    "write_pairs",
]
