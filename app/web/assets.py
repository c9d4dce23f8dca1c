"""Where the built styles and scripts are: names in, addresses with a content hash out."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for

#: Folder of the build below Flask's static folder.
BUILD = "dist"


class AssetsMissing(RuntimeError):
    """The frontend is not built, or knows nothing of that name: run `make install`."""


@lru_cache(maxsize=8)
def _path(static_folder: str | None) -> Path:
    return Path(static_folder or "") / BUILD / "manifest.json"


@lru_cache(maxsize=8)
def _manifest(path: Path, _changed_at: int) -> dict[str, dict[str, Any]]:
    """What Vite built; a new build has another `_changed_at` and is read afresh."""
    read: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    return read


def _build() -> dict[str, dict[str, Any]]:
    path = _path(current_app.static_folder)
    try:
        return _manifest(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        raise AssetsMissing(f"{path} is missing: run `make install`") from None


def _chunk(name: str) -> dict[str, Any]:
    """The built piece called `name`: an entry (`app`) or a source file (`….woff2`)."""
    build = _build()
    for source, chunk in build.items():
        if chunk.get("name") == name or source.endswith(f"/{name}"):
            return chunk
    known = ", ".join(sorted(chunk.get("name", source) for source, chunk in build.items()))
    raise AssetsMissing(f"nothing built is called {name!r} (known: {known}): run `make install`")


def _address(file: str) -> str:
    return url_for("static", filename=f"{BUILD}/{file}")


def asset_url(entry: str) -> str:
    """Address of the script of `entry`, or of a built file named as its source.

    Raises `AssetsMissing`.
    """
    return _address(_chunk(entry)["file"])


def asset_css(entry: str) -> list[str]:
    """Addresses of the style sheets of `entry`, in order, those it shares included.

    Raises `AssetsMissing`.
    """
    chunk = _chunk(entry)
    shared = [css for key in chunk.get("imports", []) for css in _build()[key].get("css", [])]
    return [_address(css) for css in dict.fromkeys([*shared, *chunk.get("css", [])])]


def init_app(app: Flask) -> None:
    """Let the templates say `asset_url('app')` and `asset_css('app')`."""
    app.jinja_env.globals.update(asset_url=asset_url, asset_css=asset_css)
