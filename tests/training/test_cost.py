"""The cost of a training adds up over kills and processes."""

from __future__ import annotations

import sys
from types import SimpleNamespace

import pytest
import torch

from langret.training import cost
from langret.training.cost import Cost, Energy, Meter, summed


def step(*lengths: int) -> dict[str, torch.Tensor]:
    mask = torch.zeros(len(lengths), max(lengths), dtype=torch.long)
    for row, length in enumerate(lengths):
        mask[row, :length] = 1
    return {"query_input_ids": mask, "query_attention_mask": mask, "passages000000_attention_mask": mask}


def test_a_run_that_goes_on_adds_to_what_was_spent(tmp_path):
    for run in (1, 2):
        meter = Meter()
        meter.folder = tmp_path
        meter.on_train_begin()
        meter.loaded([step(3, 1)], 0.0)
        meter.loaded([step(2, 2)], 0.0)
        meter.on_log()  # and then a kill
        total = meter.total()
        assert (total["steps"], total["queries"], total["texts"]) == (2 * run, 4 * run, 8 * run)
        assert (total["tokens"], total["padded_tokens"]) == (16 * run, 20 * run)
        assert total["peak_memory"] > 2**20 and total["device"]


def test_processes_side_by_side_share_the_time_and_add_the_rest():
    one = Cost(10.0, 1.0, 5, 50, 100, 1000, 1500, 7, 0, 3.0, "thing")
    other = Cost(10.0, 0.0, 5, 40, 100, 900, 1500, 9, 0, None, "thing")
    assert summed([one, other]) == {
        "seconds": 10.0,
        "steps": 5,
        "queries": 90,
        "texts": 200,
        "tokens": 1900,
        "padded_tokens": 3000,
        "peak_memory": 9,
        "joules": 3.0,
        "device": "thing",
        "steps_per_second": 0.5,
        "queries_per_second": 9.0,
        "tokens_per_second": 190.0,
        "loading": 0.05,
        "devices": 2,
    }


def test_energy_of_processors_survives_the_counter_beginning_again(tmp_path, monkeypatch):
    package = tmp_path / "intel-rapl:0"
    package.mkdir()
    (package / "energy_uj").write_text("9000000")
    (package / "max_energy_range_uj").write_text("10000000")
    monkeypatch.setattr(cost, "POWERCAP", tmp_path)
    energy = Energy()
    (package / "energy_uj").write_text("2000000")
    assert energy.used() == pytest.approx(3.0)
    assert energy.used() == 0
    monkeypatch.setenv("LOCAL_RANK", "1")  # the first process on the machine reads it
    assert Energy().used() is None


def test_energy_of_a_gpu_that_counts_it(tmp_path, monkeypatch):
    readings = iter([1000, 2000, 4500])  # millijoules: one to see whether it counts
    library = SimpleNamespace(
        NVMLError=RuntimeError,
        nvmlInit=lambda: None,
        nvmlDeviceGetHandleByUUID=lambda uuid: uuid,
        nvmlDeviceGetTotalEnergyConsumption=lambda handle: next(readings) if handle == "GPU-abc" else None,
    )
    monkeypatch.setitem(sys.modules, "pynvml", library)
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "get_device_properties", lambda device: SimpleNamespace(uuid="abc"))
    monkeypatch.setattr(cost, "POWERCAP", tmp_path)
    assert Energy().used() == pytest.approx(2.5)
