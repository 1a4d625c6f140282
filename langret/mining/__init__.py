"""Mining: BM25, exact dense search, and choosing negatives. Usable alone, with no recipe in sight."""

from langret.mining.bm25 import BM25Index
from langret.mining.candidates import (
    candidates_from_arrays,
    given_candidates,
    join_candidates,
    random_candidates,
)
from langret.mining.exact import exact_search
from langret.mining.select import miner_sources, select_negatives, selection_summary

__all__ = [
    "BM25Index",
    "candidates_from_arrays",
    "exact_search",
    "given_candidates",
    "join_candidates",
    "miner_sources",
    "random_candidates",
    "select_negatives",
    "selection_summary",
]
