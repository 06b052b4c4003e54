"""The compiled base between runs: a file in the cache folder, good while no file it was compiled from has changed."""

from __future__ import annotations

import gc
import hashlib
import pickle
from pathlib import Path


def stamp(root: Path, form: int) -> str:
    """A fingerprint of every file below the folder by name, size and time, of the code that compiles them, and of their compiled ``form``."""
    digest = hashlib.sha256(str(form).encode())
    for folder in (root, Path(__file__).parent):
        for path in sorted(p for p in folder.rglob("*") if p.suffix in (".toml", ".csv", ".json", ".py")):
            info = path.stat()
            digest.update(f"{path}|{info.st_size}|{info.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def _place(cache: Path, root: Path) -> Path:
    return cache / f"knowledge-{hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:12]}.pickle"


def load(cache: Path, root: Path, stamp: str) -> object | None:
    """What was kept for the folder under this fingerprint; None where there is none, or it cannot be read."""
    gc.disable()  # loading makes a million objects and not one cycle: looking for some doubles the time
    try:
        with _place(cache, root).open("rb") as file:
            if pickle.load(file) == stamp:  # noqa: S301 - our own file in our own data folder
                kept: object = pickle.load(file)  # noqa: S301 - the same file
                return kept
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, IndexError):
        return None
    finally:
        gc.enable()
    return None


def keep(cache: Path, root: Path, stamp: str, data: object) -> None:
    """Write beside and rename, so that another process never reads half a file. A read-only folder is no fault."""
    place = _place(cache, root)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        half = place.with_suffix(f".{hashlib.sha256(stamp.encode()).hexdigest()[:8]}.half")
        with half.open("wb") as file:
            pickle.dump(stamp, file)
            pickle.dump(data, file, protocol=pickle.HIGHEST_PROTOCOL)
        half.replace(place)
    except OSError:
        return
