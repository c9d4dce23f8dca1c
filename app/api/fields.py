"""Fields of request bodies whose complaints are translated."""

from marshmallow import RAISE, Schema, fields

from app.foundation.text import lazy_gettext

#: What is said of a field that is not there.
MISSING = {
    "required": lazy_gettext("This field is missing."),
    "null": lazy_gettext("This field must not be null."),
}


class Text(fields.String):
    """Text."""

    default_error_messages = MISSING | {"invalid": lazy_gettext("This must be a text.")}


class Object(fields.Dict):
    """A JSON object."""

    default_error_messages = MISSING | {"invalid": lazy_gettext("This must be an object.")}


class Number(fields.Integer):
    """A whole number."""

    default_error_messages = {"invalid": lazy_gettext("This must be a whole number.")}  # noqa: RUF012 - marshmallow's own convention


class Flag(fields.Boolean):
    """True or false."""

    default_error_messages = {"invalid": lazy_gettext("This must be true or false.")}  # noqa: RUF012 - marshmallow's own convention


class Body(Schema):
    """A request body: an object without keys that nobody has asked for."""

    class Meta:
        unknown = RAISE

    error_messages = {  # noqa: RUF012 - marshmallow's own convention
        "unknown": lazy_gettext("This field is not known."),
        "type": lazy_gettext("The body must be an object."),
    }
