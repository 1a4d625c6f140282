"""What each process of the tests of training together does; pytest imports nothing of it into other tests."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path
from types import SimpleNamespace

import torch

from langret.pipeline.devices import _Crew

SETTINGS = {"epochs": 1.6, "batch_size": 15, "negatives": 0, "precision": "fp32"}
# A toy passage says its word twice, and the last bit decides which of two equal tokens MaxSim finds. In one process,
# too, chunks of 5 passages in the place of 32 change losses by 6e-5 in 8 steps at a rate of 1e-3.
LR = {"dense": 1e-3, "colbert": 5e-5}
LENGTHS = {"query_tokens": 16, "passage_tokens": 32}


def world(number: int, count: int, port: int) -> None:
    """Make this one of so many processes."""
    torch.set_num_threads(1)
    os.environ.update(RANK=str(number), LOCAL_RANK=str(number), WORLD_SIZE=str(count))
    os.environ.update(MASTER_ADDR="127.0.0.1", MASTER_PORT=str(port), OMP_NUM_THREADS="1")
    _Crew().join()


def load(folder: Path) -> SimpleNamespace:
    """What the fixture has put down."""
    from langret.data.records import Collection
    from langret.language import registry
    from langret.modeling import open_backbone
    from langret.tokenizer import TokenStore
    from tests.training.conftest import Toy

    registry._entry_points()["toy"] = SimpleNamespace(name="toy", value="toy", load=lambda: Toy)
    return SimpleNamespace(
        data=Collection.load(folder / "data"),
        backbone=open_backbone(folder / "backbone"),
        language=registry.get_language("toy"),
        queries=TokenStore.open(folder / "q"),
        passages=TokenStore.open(folder / "p"),
    )


def trained(small: SimpleNamespace, head: str, scratch: Path, report=None, **settings):
    """Train; returns the weights, the loss of every step as this process computed it, and the log."""
    from langret.training import objectives, trainer
    from tests.training.conftest import train_on

    losses = []
    forward, arguments = objectives.Objective.forward, trainer.Schedule.arguments

    def noted(self, *args):
        loss = forward(self, *args)
        losses.append(loss.item())
        return loss

    objectives.Objective.forward = noted
    # Adam makes a whole step of a gradient that is nothing but rounding; so large an epsilon does not
    trainer.Schedule.arguments = lambda *args: arguments(*args) | {"adam_epsilon": 1e-3}
    try:
        given = {"evaluations": 4, "checkpoints": 10, **SETTINGS, **LENGTHS, "lr": LR[head], **settings}
        model, log = train_on(small, scratch, head, report=report, **given)
    finally:
        objectives.Objective.forward, trainer.Schedule.arguments = forward, arguments
    return model.state_dict(), losses, log


def masked(small: SimpleNamespace, folder: Path, scratch: Path):
    """Masked-language-model training; returns the weights and the log."""
    from transformers import AutoModelForMaskedLM

    from langret.recipe.schema import MaskedLanguageModel
    from langret.training import pretrain_mlm

    settings = MaskedLanguageModel(objective="mlm", steps=6, batch_size=5, tokens=32, lr=1e-3)
    _, log = pretrain_mlm(small.backbone, small.passages, settings, folder, scratch, seed=1)
    return AutoModelForMaskedLM.from_pretrained(folder).state_dict(), log


def gathering() -> dict[str, object]:
    """Texts of odd numbers and lengths through ``share`` and ``gather``, with the gradients that come back."""
    from langret.training.together import gather, rank, share

    found: dict[str, object] = {}
    for total in (1, 2, 5, 6):
        texts = [torch.full((1 + i, 3), float(i + 1), requires_grad=True) for i in range(total)]
        own = list(share(texts))
        chunks = [
            torch.nn.utils.rnn.pad_sequence(own[i : i + 2], batch_first=True) for i in (0, 2) if own[i:]
        ]
        masks = [chunk[:, :, 0] > 0 for chunk in chunks]
        together, mask = gather(chunks, total), gather(masks, total)
        weight = torch.arange(total, dtype=torch.float32)[:, None, None]
        (together * weight).sum().backward()
        found[str(total)] = {
            "texts": together.tolist(),
            "mask": mask.tolist(),
            "gradients": {i: None if t.grad is None else t.grad[0, 0].item() for i, t in enumerate(texts)},
            "rank": rank(),
        }
    return found


def first_run(number: int, folder: str, port: int) -> None:
    """Everything that ends well, and then a training in which the second process is killed at step 6."""
    world(number, 2, port)
    root = Path(folder)
    small = load(root)
    (root / f"gathered-{number}.json").write_text(json.dumps(gathering()))
    for head in ("dense", "colbert"):
        torch.save(trained(small, head, root / f"{head}-2"), root / f"{head}-{number}.pt")
    dealt_out(small, root, number)
    torch.save(masked(small, root / f"mlm-{number}", root / "mlm"), root / f"mlm-{number}.pt")

    def report(step, steps, figures):
        if number == 1 and step == 6:
            os.kill(os.getpid(), signal.SIGKILL)

    trained(small, "colbert", root / "killed", report, checkpoints=4)


def dealt_out(small: SimpleNamespace, root: Path, number: int) -> None:
    """Training with the weights dealt out; then again from its second checkpoint."""
    for head in ("dense", "colbert"):
        folder = root / f"sharded-{head}"
        found = trained(small, head, folder, shard=True, checkpoints=4, average=2)
        torch.save(found, root / f"sharded-{head}-{number}.pt")
    torch.distributed.barrier()
    if number == 0:
        shutil.rmtree(folder / "checkpoint-8")
    torch.distributed.barrier()
    found = trained(small, "colbert", folder, shard=True, checkpoints=4, average=2)
    torch.save(found, root / f"resumed-{number}.pt")


def second_run(number: int, folder: str, port: int) -> None:
    """Go on with what was killed."""
    world(number, 2, port)
    root = Path(folder)
    torch.save(trained(load(root), "colbert", root / "killed", checkpoints=4), root / f"again-{number}.pt")
