"""The verb that gives models away."""

from __future__ import annotations

from pathlib import Path

from langret.cli.console import err, out, print_notes


def push(
    place: Path, repository: str, private: bool, revision: str, dry_run: bool, accept_licences: bool
) -> None:
    """Send members to the hub, or list what would be sent."""
    from langret.pipeline.push import pack
    from langret.pipeline.push import push as send
    from langret.report.words import human

    console = out()
    parcels = pack(place, repository, accept_licences=accept_licences)
    print_notes(parcels[0].warnings)
    for parcel in parcels:
        total = human(sum(parcel.files.values()))
        console.print(
            f"{parcel.folder} → {parcel.repository}: {len(parcel.files)} files, {total}", soft_wrap=True
        )
        if dry_run:
            for name, size in parcel.files.items():
                console.print(f"  {human(size):>10}  {name}", soft_wrap=True)
        for name, reason in parcel.kept_back.items():
            err().print(f"not sent: {name} ({reason})", style="yellow", soft_wrap=True)
        if dry_run:
            continue
        done = send(parcel, private=private, revision=revision)
        for name in done.strange:
            err().print(f"in the repository, but not in the folder: {name}", style="yellow", soft_wrap=True)
        console.print(
            f"  {len(done.sent)} sent, {len(done.unchanged)} there already: {done.url} at {done.commit[:12]}",
            soft_wrap=True,
        )
    if dry_run:
        console.print("Nothing was sent.")
