"""The door of the pages: blueprints by audience, templates, frontend."""

from flask import Flask

from app.web import compressed, errors, files, jinja, language, security, session
from app.web.account import blueprint as account
from app.web.account.eid import ensure_eid
from app.web.account.entering import ensure_all_set
from app.web.admin import blueprint as admin
from app.web.audit import blueprint as audit
from app.web.desk import blueprint as desk
from app.web.portal import blueprint as portal

ROOMS = (portal, account, desk, audit, admin)
for room in ROOMS:
    errors.handle_errors(room)


def init_app(app: Flask) -> None:
    """Bind extensions, then words and templates, then the rooms."""
    app.jinja_environment = jinja.PageEnvironment
    errors.init_app(app)
    security.init_app(app)
    language.init_app(app)
    session.init_app(app)
    app.before_request(ensure_all_set)
    app.before_request(ensure_eid)
    jinja.init_app(app)
    files.init_app(app)
    compressed.init_app(app)
    for room in ROOMS:
        app.register_blueprint(room)
