"""How members are trained."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from langret.recipe.schema.base import Name, Part


class Distill(Part):
    """Learning from a teacher (knowledge distillation): its scores of a query's positive and negatives, or its vectors."""

    teacher: Annotated[str, Field(min_length=1)]
    """Who knows better: another member of the family by its name, or the folder or hub name of a cross-encoder or of a dense or ColBERT retriever. It scores each query's positives and chosen hard negatives once, before training."""
    loss: Literal["kl", "margin_mse", "vectors"] = "kl"
    """`kl`: Kullback-Leibler divergence of the two softmaxes over a query's passages; `margin_mse`: squared difference of the margins between positive and negative, for a teacher that scores on the student's scale; `vectors`: the student's vectors themselves approach the teacher's (1 - cosine), through a projection that is thrown away. `vectors` needs a dense teacher and a dense head."""
    normalize: Literal["both", "teacher", "student", "none"] = "both"
    """Whose scores of a query `kl` stretches to run from 0 to 1 before the softmax; a student's score that is not stretched is divided by `training.temperature`. Both is the published best for ColBERT (JaColBERTv2.5, METHODS.md 4.3)."""
    temperature: Annotated[float, Field(gt=0)] = 1.0
    """Temperature of both softmaxes of `kl`. After normalising 1 makes them nearly flat: with 32 passages the best one cannot get more than .081."""
    passages: Annotated[int, Field(ge=2)] = 8
    """Passages of a query in a step, its positive among them; the others are its hard negatives."""
    contrastive: Annotated[float, Field(ge=0)] = 0.0
    """Weight of the contrastive loss beside the teacher's: 0.2 is E5's."""

    @model_validator(mode="after")
    def _consistent(self) -> Distill:
        if self.loss != "kl" and (self.normalize != "both" or self.temperature != 1.0):
            raise ValueError(f"normalize and temperature are settings of loss: kl (found: {self.loss})")
        return self


class Lora(Part):
    """Low-rank adapters in the place of all weights (arXiv 2106.09685), merged into the model when training ends."""

    rank: Annotated[int, Field(ge=1)] = 16
    """Rank of the adapters."""
    alpha: Annotated[float, Field(gt=0)] = 32
    """Their scale is `alpha` / `rank`."""
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.0
    """Dropout before an adapter."""
    modules: list[str] = []
    """Ends of the names of layers that get one. Default: every linear layer of the encoder."""


class Training(Part):
    """Training of a member: contrastive with in-batch and hard negatives, known positives masked by id; or from a teacher's scores."""

    epochs: Annotated[float, Field(gt=0)] = 1.0
    """Passes over the training queries."""
    batch_size: Annotated[int, Field(ge=1)] = 32
    """Queries a step."""
    negatives: Annotated[int, Field(ge=0)] = 1
    """Hard negatives of each query in a step, drawn anew each epoch from those chosen."""
    group: Annotated[int, Field(ge=1)] = 1
    """Related queries that a batch takes together: those that share a positive, or whose positive is another's hard negative. They are hard negatives for each other at no cost; 1 shuffles freely."""
    in_batch: bool = True
    """Whether the passages of other queries in the batch are negatives too."""
    mask_above: Annotated[float, Field(ge=0)] | None = None
    """An in-batch negative is left out of the loss when it scores above the query's positive by more than this: it is likely an answer that nobody marked. A query's own hard negatives stay. In units of a cosine: a ColBERT score counts divided by its query tokens. Qwen3-Embedding takes 0.1."""
    contrast: list[Literal["queries", "passages"]] = []
    """What else the positive has to beat, as in Qwen3-Embedding: how near the query is to the other `queries`, and the positive to the other `passages`."""
    distill: Distill | None = None
    """Learn from a teacher's scores."""
    matryoshka: list[Annotated[int, Field(ge=8)]] = []
    """The loss is also taken over the first so many components of each vector, so that vectors can be cut to these sizes (Matryoshka, arXiv 2205.13147)."""
    micro_batch: Annotated[int, Field(ge=1)] | None = None
    """Texts encoded at a time. Batches of any size then fit into memory, with the same gradients, for a second forward pass (GradCache, arXiv 2101.06983). Default: the whole batch at once."""
    sources: list[Name | Annotated[int, Field(ge=0)]] | None = None
    """Names of the sources of `data.train` (numbers, from 0, of those without one), and of the writers of `synthesis`, whose queries are trained on. Default: all."""
    one_source: bool = False
    """Whether every batch holds queries of one source alone, so that in-batch negatives are of the same kind (Linq, METHODS.md 1). A writer of `synthesis` is a source. A source smaller than a batch is a batch."""
    source_power: Annotated[float, Field(ge=0)] = 1.0
    """With `one_source`, a source of n queries is drawn in proportion to n to this power: 1 takes all alike, 0.5 favours small ones."""
    batch_tokens: Annotated[int, Field(ge=16)] | None = None
    """Most passage tokens a step, as if every passage were as long as the longest; a batch whose passages are longer has fewer queries than `batch_size`, at least one."""
    by_length: bool = False
    """Whether queries whose positives are about equally long share a batch, which pads less."""
    hardness: Literal["any", "rising", "falling"] = "any"
    """Which of the chosen negatives are drawn: `any`; `rising` begins with the easiest and ends with the hardest; `falling` the other way round. The hardest has the best rank, or, with `negatives.scorer`, the best score."""
    query_tokens: Annotated[int, Field(ge=8)] = 32
    """Longest query in tokens, markers included."""
    passage_tokens: Annotated[int, Field(ge=16)] = 180
    """Longest passage in tokens, markers included."""
    lr: Annotated[float, Field(gt=0)] | None = None
    """Peak learning rate. Default: 5e-4 from scratch, 2e-5 from pretrained weights (3e-6 is JaColBERT's for ColBERT)."""
    warmup: Annotated[float, Field(ge=0, lt=1)] = 0.1
    """Share of the steps over which the learning rate rises."""
    schedule: Literal["linear", "cosine", "constant"] = "linear"
    """How the learning rate goes on after warming up."""
    optimizer: Literal["adamw", "schedule_free"] = "adamw"
    """`schedule_free` is schedule-free AdamW (arXiv 2405.15682), which needs no end to fall towards: its learning rate stays after warming up, `schedule` has no say, and averaged weights are what is evaluated and kept. It needs the extra `langret[schedulefree]`."""
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    """AdamW weight decay."""
    clip: Annotated[float, Field(gt=0)] | None = 1.0
    """Largest norm of the gradients; null leaves them as they are."""
    layer_decay: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Each layer learns at this fraction of the rate of the layer above it, the embeddings at the lowest; the head learns at `lr`, the topmost layer at `lr` times this."""
    freeze: Annotated[int, Field(ge=0)] = 0
    """So many of the lowest layers keep their weights, and the embeddings with them; 0 trains all."""
    lora: Lora | None = None
    """Train low-rank adapters instead of all weights."""
    gradient_checkpointing: bool = False
    """Compute activations again in the backward pass instead of keeping them: less memory, about a third more time."""
    shard: bool = False
    """On several devices, deal weights, gradients and optimiser state out to them (FSDP), for a model that one device cannot hold; the same is learned. On one device it changes nothing."""
    temperature: Annotated[float, Field(gt=0)] | None = None
    """Temperature of the softmax. Default: 0.05 for `dense` (cosine), 1.0 for `colbert` (a sum over query tokens), 0.25 for `colbert` from scratch."""
    precision: Literal["auto", "fp32", "bf16"] = "auto"
    """`auto` takes bf16 where the hardware computes in it."""
    evaluations: Annotated[int, Field(ge=0)] = 4
    """How often the held-out queries are scored during training."""
    checkpoints: Annotated[int, Field(ge=0)] = 10
    """How often the state is saved during training; a killed run goes on from the last one."""
    average: Annotated[int, Field(ge=1)] = 1
    """The result is the mean of so many sets of weights: the last, and checkpoints before it (JaColBERTv2.4 takes 3)."""
    average_by: Literal["last", "best"] = "last"
    """Which checkpoints are averaged: the last ones, or those with the best held-out nDCG@10, which every checkpoint is then scored by. With `average: 1` the best one is the result."""
    then: list[dict[str, object]] = []
    """Further phases, in order. Each goes on from the weights of the one before, with its keys laid over these settings: contrastive first, say, then `distill` at a lower rate."""
    report_to: list[Literal["tensorboard", "wandb"]] = []
    """Trackers of the transformers trainer."""

    @model_validator(mode="after")
    def _consistent(self) -> Training:
        if self.average > 1 and self.average > self.checkpoints:
            raise ValueError(
                f"average ({self.average}) takes the last weights and checkpoints; checkpoints ({self.checkpoints}) must not be below it"
            )
        if self.average_by == "best" and not (self.evaluations and self.checkpoints):
            raise ValueError(
                "average_by: best compares held-out scores of checkpoints; evaluations and checkpoints must be above 0"
            )
        if self.lora and (self.average > 1 or self.average_by == "best"):
            raise ValueError(
                "average takes the mean of whole weights, lora trains adapters alone; use one of them"
            )
        if self.lora and self.freeze:
            raise ValueError("lora leaves all layers as they are, and freeze has no say; use one of them")
        if self.shard and self.optimizer == "schedule_free":
            raise ValueError("shard deals out the state of AdamW; it goes with optimizer: adamw")
        if self.shard and self.distill and self.distill.loss == "vectors":
            raise ValueError(
                "shard deals out the model's weights, and distill: vectors trains a projection beside them; use one of them"
            )
        if self.source_power != 1.0 and not self.one_source:
            raise ValueError("source_power goes with one_source: true")
        if not self.in_batch and (self.contrast or self.mask_above is not None):
            raise ValueError(
                "contrast and mask_above are about texts of other queries; they go with in_batch: true"
            )
        if len(set(self.matryoshka)) != len(self.matryoshka):
            raise ValueError(f"matryoshka names a size twice (found: {self.matryoshka})")
        if self.sources == []:
            raise ValueError("sources is empty: leave it out to train on all of them")
        if self.by_length and self.group > 1:
            raise ValueError("by_length and group both decide which queries share a batch: give one of them")
        if self.hardness != "any" and self.step_passages == 1:
            raise ValueError(
                f"hardness: {self.hardness} chooses among a query's hard negatives; negatives is 0"
            )
        for number in range(len(self.then)):
            self.phase(number + 1)
        return self

    @property
    def step_passages(self) -> int:
        """Passages that a query brings to a step, its positive among them."""
        return self.distill.passages if self.distill else 1 + self.negatives

    @property
    def phases(self) -> list[Training]:
        """Settings of every phase, the first one included."""
        return [self.phase(number) for number in range(len(self.then) + 1)]

    def phase(self, number: int) -> Training:
        """Settings of a phase, counted from 0: these, with the keys of the phases up to it laid over them."""
        keys = self.model_dump(exclude={"then"})
        for later in self.then[:number]:
            if "then" in later:
                raise ValueError("a phase has no phases of its own: put them behind each other in then")
            keys = {**keys, **later}
        return Training.model_validate(keys)
