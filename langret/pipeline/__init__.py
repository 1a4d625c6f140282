"""Stages, their fingerprints, the store of results and the runner.

The pipeline knows stages; stages, being ordinary functions of a room, do not know the pipeline.
"""

from langret.pipeline.runner import run_stages
from langret.pipeline.stage import Context, PlanRow, Stage, in_order
from langret.pipeline.store import Finished, Store, StoreWarning

__all__ = ["Context", "Finished", "PlanRow", "Stage", "Store", "StoreWarning", "in_order", "run_stages"]
