"""What every template may use: GOV.UK's components, our words and filters, addresses of assets."""

from flask import Flask
from flask_babel import get_locale
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from app.web import assets, filters
from app.web.navigation import navigation
from app.web.words import status_mood, status_word, word_for


def init_app(app: Flask) -> None:
    """Prepare `app`'s Jinja environment; call it after Flask-Babel, which brings `_()`."""
    ours = app.jinja_loader
    components = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_loader = ChoiceLoader([ours, components] if ours else [components])
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        get_locale=get_locale,
        navigation=navigation,
        status_mood=status_mood,
        status_word=status_word,
        word_for=word_for,
    )
    filters.init_app(app)
    assets.init_app(app)
