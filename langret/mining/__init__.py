"""Mining: candidates from BM25, from models and from their fusion, and choosing negatives. Usable alone, with no recipe
in sight."""

from langret.mining.approximate import hnsw_search
from langret.mining.bm25 import BM25Index
from langret.mining.candidates import (
    candidates_from_arrays,
    given_candidates,
    join_candidates,
    random_candidates,
    rescore,
)
from langret.mining.embed import embed_texts
from langret.mining.exact import exact_search
from langret.mining.fusion import fuse_candidates
from langret.mining.select import miner_sources, select_negatives, selection_summary

__all__ = [
    "BM25Index",
    "candidates_from_arrays",
    "embed_texts",
    "exact_search",
    "fuse_candidates",
    "given_candidates",
    "hnsw_search",
    "join_candidates",
    "miner_sources",
    "random_candidates",
    "rescore",
    "select_negatives",
    "selection_summary",
]
