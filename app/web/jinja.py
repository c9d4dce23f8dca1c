"""What every template may use: GOV.UK's components, our words and filters, addresses of assets."""

import re
from collections.abc import MutableMapping
from typing import Any

from flask import Flask
from flask.templating import Environment
from flask_babel import get_locale
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from jinja2.ext import Extension

from app.web import assets, filters
from app.web.navigation import navigation
from app.web.words import former_level, status_mood, status_word, word_for

#: Blanks at the beginning of a line of a template.
_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)


class Unindented(Extension):
    """Templates are indented for people who write them; the pages do not carry it along.

    Pages leave uncompressed (see `compressed.py`), and the indentation of a long form was a seventh
    of it. Lines stay lines, so that errors still name the right one.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """One blank is left of it: between attributes it is what keeps them apart."""
        del name, filename
        return _INDENT.sub(" ", source)


class PageEnvironment(Environment):
    """Gives every template the same globals, which nobody changes once pages are shown."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """A plain mapping, where Jinja chains two.

        Every `{% from … import %}` of every page compares these names; over a chain that was a
        seventh of a page's time.
        """
        return {**self.globals, **d} if d else self.globals


def init_app(app: Flask) -> None:
    """Prepare `app`'s Jinja environment; call it after Flask-Babel, which brings `_()`."""
    ours = app.jinja_loader
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([ours, components] if ours else [components])
    app.jinja_env.add_extension(Unindented)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        former_level=former_level,
        get_locale=get_locale,
        navigation=navigation,
        status_mood=status_mood,
        status_word=status_word,
        word_for=word_for,
    )
    filters.init_app(app)
    assets.init_app(app)
