"""What would be sent to the hub, found out without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from langret.errors import LangretError, ModelError
from langret.pipeline.push import NEEDED, pack
from langret.report.card import CardFacts, write_card
from tests.report.folders import make_run


@pytest.fixture
def run(tmp_path: Path) -> Path:
    root = make_run(tmp_path / "own")
    for head in ("dense", "colbert"):
        write_card(root / head, CardFacts(f"own-{head}", head, "ja", "Japanese", presegment=True))  # type: ignore[arg-type]
        for name in NEEDED[1:]:
            (root / head / name).write_text("{}", encoding="utf-8")
        (root / head / "model.safetensors").write_bytes(b"1234")
    return root


def test_a_run_is_a_parcel_for_each_member(run: Path) -> None:
    assert [(p.repository, p.folder.name) for p in pack(run, "me/own")] == [
        ("me/own-dense", "dense"),
        ("me/own-colbert", "colbert"),
    ]
    (one,) = pack(run / "colbert", "me/own")
    assert one.repository == "me/own" and one.files["model.safetensors"] == 4 and not one.kept_back


@pytest.mark.parametrize("name", NEEDED)
def test_what_a_folder_lacks_is_named(run: Path, name: str) -> None:
    (run / "dense" / name).unlink()
    with pytest.raises(LangretError, match=f"dense: The folder of the model lacks {name}"):
        pack(run / "dense", "me/own")


def test_pickled_weights_are_no_weights(run: Path) -> None:
    (run / "dense" / "model.safetensors").rename(run / "dense" / "pytorch_model.bin")
    with pytest.raises(LangretError, match="lacks any weights in safetensors"):
        pack(run / "dense", "me/own")


@pytest.mark.parametrize(
    ("name", "said"),
    [("own", "OWNER/own"), ("a/b/c", "OWNER/NAME"), ("me/ö", "OWNER/NAME"), ("", "OWNER/NAME")],
)
def test_names_of_repositories(run: Path, name: str, said: str) -> None:
    with pytest.raises(LangretError, match=said):
        pack(run, name)


@pytest.mark.parametrize(
    ("front", "said"),
    [
        ("license: apache2", r'licence "apache2" is none.*apache-2\.0'),
        ("model-index:\n- name: x\n  results:\n  - task: {}", "not what the hub takes"),
        ("tags: [a, b", "not what the hub takes"),
    ],
)
def test_a_card_that_somebody_broke_is_refused(run: Path, front: str, said: str) -> None:
    (run / "dense" / "README.md").write_text(f"---\n{front}\n---\n# Own\n", encoding="utf-8")
    with pytest.raises(ModelError, match=said):
        pack(run / "dense", "me/own")


def test_only_finished_runs_and_their_members(run: Path, tmp_path: Path) -> None:
    with pytest.raises(LangretError, match="no such run folder"):
        pack(tmp_path / "nothing", "me/own")
    (run / "denes").mkdir()
    with pytest.raises(LangretError, match=r'no member "denes".*"dense"'):
        pack(run / "denes", "me/own")
    (run / "stages" / "score-test-abc" / "stage.json").unlink()
    with pytest.raises(LangretError, match="not finished; missing: Scores on test"):
        pack(run, "me/own")
