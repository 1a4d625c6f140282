"""What is served: runs, unfinished runs, models, and what is none of these; documents that are read once."""

from __future__ import annotations

import shutil

import pytest

from langret.errors import DataError, LangretError, LanguageError, StageError
from langret.serve import documents as room
from langret.serve import open_site, open_target
from langret.serve.documents import open_documents
from tests.report.folders import make_run
from tests.serve.conftest import untold


def test_a_run_is_served_with_all_its_members(run) -> None:
    target = open_target(run)
    assert [(m.name, m.head) for m in target.models] == [("dense", "dense"), ("colbert", "colbert")]
    assert (target.name, target.language.code, target.notes) == ("own", "und", [])
    assert target.own_text().name == "test"
    assert (target.index, target.judgements) == (run / "search", run / "judgements")


def test_a_member_that_is_not_finished_is_named(tmp_path) -> None:
    run = make_run(tmp_path / "own", language="und", missing=["train-colbert", "score-test"])
    assert open_target(run).notes == [
        'colbert is not shown: the stage "Training colbert (colbert)" is missing.'
    ]


def test_a_run_without_a_finished_member_says_which_stages_it_waits_for(tmp_path) -> None:
    run = make_run(tmp_path / "own", language="und", missing=["train-colbert", "train-dense"])
    with pytest.raises(
        StageError, match=r'missing: "Training dense \(dense\)", "Training colbert .*langret run RECIPE'
    ):
        open_target(run)


def test_no_such_run(run) -> None:
    with pytest.raises(LangretError, match=r"There is no such run folder\. Did you mean"):
        open_target(run.parent / "onw")
    with pytest.raises(LangretError, match="This is no run folder"):
        open_target(run.parent)


def test_a_language_that_is_not_the_runs(run) -> None:
    with pytest.raises(LanguageError, match='in "und", but --language is "ja"'):
        open_target(run, "ja")


def test_a_model_folder_keeps_nothing_inside(tmp_path, members) -> None:
    shutil.copytree(members / "dense", tmp_path / "model")
    before = sorted(p.name for p in (tmp_path / "model").iterdir())
    (tmp_path / "text.jsonl").write_text('{"_id": "a", "text": "文書 本文"}\n')
    target = open_target(tmp_path / "model")
    site = open_site(target, tmp_path / "text.jsonl", None, "ana", untold)
    assert list(site.systems) == ["bm25", "model"] and site.search("文書", "model")["hits"][0]["id"] == "a"
    site.judge("文書", "a", 2)
    assert sorted(p.name for p in (tmp_path / "model").iterdir()) == before
    assert (tmp_path / "model.search" / "judgements" / "text.jsonl" / "qrels" / "test.tsv").is_file()
    with pytest.raises(DataError, match=r"has no documents of its own. Say what to search in: --documents"):
        target.own_text()
    with pytest.raises(LanguageError, match='made for "und", but --language is "en"'):
        open_target(tmp_path / "model", "en")
    (tmp_path / "model" / "langret.json").unlink()
    with pytest.raises(LanguageError, match="Give --language CODE"):
        open_target(tmp_path / "model")
    assert open_target(tmp_path / "model", "und").language.code == "und"


def test_documents_are_read_once_and_again_when_they_change(run, tmp_path, monkeypatch) -> None:
    folder = tmp_path / "hand book"
    folder.mkdir()
    (folder / "a.md").write_text("# Boats\n\nA boat  floats.\n")
    target = open_target(run)
    found = open_documents(target, folder, untold)
    assert found.name == "hand-book" and [found.passage(i).text for i in range(len(found))] == [
        "A boat floats."
    ]
    reads = []
    real = room._read
    monkeypatch.setattr(room, "_read", lambda *a: reads.append(a) or real(*a))
    assert open_documents(target, folder, untold).folder == found.folder and not reads
    (folder / "b.md").write_text("# Hills\n\nA hill stands.\n")
    later = open_documents(target, folder, untold)
    assert len(later) == 2 and len(reads) == 1 and not found.folder.exists()


def test_a_killed_reading_leaves_nothing_that_looks_read(run, tmp_path, monkeypatch) -> None:
    (tmp_path / "a.jsonl").write_text('{"_id": "a", "text": "boat"}\n')

    def killed(*args, folder, **rest):
        (folder / "passages.arrow").parent.mkdir(parents=True)
        (folder / "passages.arrow").write_bytes(b"half")
        raise KeyboardInterrupt

    import langret.data

    monkeypatch.setattr(langret.data, "clean", killed)
    with pytest.raises(KeyboardInterrupt):
        open_documents(open_target(run), tmp_path / "a.jsonl", untold)
    monkeypatch.undo()
    assert len(open_documents(open_target(run), tmp_path / "a.jsonl", untold)) == 1


def test_documents_without_text(run, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="No file in the folder is of a known format"):
        open_documents(open_target(run), tmp_path / "empty", untold)
    (tmp_path / "blank.jsonl").write_text('{"_id": "a", "text": "  "}\n')
    with pytest.raises(DataError, match="no passage to search in"):
        open_documents(open_target(run), tmp_path / "blank.jsonl", untold)
    with pytest.raises(DataError, match="There are no such documents"):
        open_documents(open_target(run), tmp_path / "none", untold)


def test_what_is_not_searched_is_said(run, tmp_path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"_id": "a", "text": "boat"}\n{"_id": "b", "text": " "}\n{"_id": "c"\n'
    )
    site = open_site(open_target(run), tmp_path / "a.jsonl", None, "ana", untold)
    assert site.notes == [
        "1 rows could not be read (broken_json 1).",
        "1 passages are not searched (empty 1).",
    ]
    assert site.state()["documents"] == {"name": "a.jsonl", "count": 1}


def test_an_index_that_cannot_be_kept(run) -> None:
    (run / "search").write_text("a file where a folder should be")
    with pytest.raises(StageError, match="The index cannot be kept: File exists"):
        open_site(open_target(run), None, None, "ana", untold)
