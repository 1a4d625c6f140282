"""A virtual environment for each reader of our models, made once and kept.

``<reader>.txt`` pins what a reader is made of. torch, with the parts for GPUs that belong to it, is several GB and the
same for all of them: it is lent from the environment that runs the tests, by links that a ``.pth`` file leads to.
Everything else a reader has for itself, and langret is in none of them.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import venv
from importlib.metadata import Distribution, distributions
from pathlib import Path

from filelock import FileLock

HERE = Path(__file__).parent
LENT = ("torch", "triton", "nvidia-", "cuda-")


def folder() -> Path:
    """Where the environments are kept: ``LANGRET_READERS``, else ``.readers`` in the project."""
    return Path(os.environ.get("LANGRET_READERS", HERE.parents[1] / ".readers")).resolve()


def python_of(reader: str) -> Path:
    """The interpreter of a reader's environment, which is made where there is none with these pins."""
    pins = HERE / f"{reader}.txt"
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    made = hashlib.sha256(f"{version}\n{_torch().version}\n{pins.read_text(encoding='utf-8')}".encode())
    place = folder() / f"{reader}-{made.hexdigest()[:10]}"
    python, finished = place / "bin" / "python", place / "finished"
    folder().mkdir(parents=True, exist_ok=True)
    with FileLock(folder() / f"{reader}.lock"):
        if not finished.is_file():
            venv.create(place, with_pip=True, clear=True)
            if reader != "onnx":
                site = place / "lib" / f"python{version}" / "site-packages"
                (site / "lent.pth").write_text(f"{_lent(version)}\n", encoding="utf-8")
            command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
            subprocess.run([*command, "-r", str(pins)], check=True)
            finished.touch()
    return python


def _torch() -> Distribution:
    return next(d for d in distributions() if d.name == "torch")


def _lent(version: str) -> Path:
    """A folder of links to torch and its parts for GPUs, as far as they are installed here."""
    place = folder() / f"torch-{_torch().version}-{version}"
    place.mkdir(exist_ok=True)
    for found in distributions():
        if not found.name.lower().replace("_", "-").startswith(LENT):
            continue
        tops = {path.parts[0] for path in found.files or [] if path.parts[0] not in ("..", "__pycache__")}
        for top in tops:
            link = place / top
            if not link.is_symlink():
                link.symlink_to(found.locate_file(top))
    return place
