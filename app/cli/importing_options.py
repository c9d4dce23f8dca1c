"""What is typed at `procedures import`: pairs of names, and the language of the report."""

from typing import Any

import click


class Pair(click.ParamType[tuple[str, str]]):
    """`OLD=NEW`; the old name may hold equal signs, the new one never does."""

    name = "old=new"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[str, str]:
        """Split at the last equal sign."""
        if isinstance(value, tuple):
            return value[0], value[1]
        old, sign, new = str(value).rpartition("=")
        if not (sign and old.strip() and new.strip()):
            self.fail(f"write it as OLD=NEW: {value}", param, ctx)
        return old.strip(), new.strip()


def _language(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Take the language of `vi_VN.UTF-8`; whoever has neither reads English."""
    return "vi" if value.lower().startswith("vi") else "en"


LANGUAGE = click.option(
    "--language",
    metavar="vi|en",
    callback=_language,
    envvar="LANG",
    default="en",
    help="Language of the report; otherwise that of the terminal.",
)
