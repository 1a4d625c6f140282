"""Print what `langret check` or `langret run` set aside, row by row."""

import sys
from pathlib import Path

from langret.data.records import Collection

run = Path(sys.argv[1])
for folder in sorted(run.glob("stages/read-*")):
    for row in Collection.load(folder).rejected.to_pylist():
        print(row["where"], row["reason"], row["found"], sep=" | ")
for folder in sorted(run.glob("stages/data-*")):
    data = Collection.load(folder / "train")
    for name, table in (("passage", data.passages), ("query", data.queries)):
        for row in table.to_pylist():
            if not row["kept"]:
                print(f"{name} {row['id']} | {row['reason']} | {row['text'][:30]}")
