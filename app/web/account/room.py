"""The room of accounts: coming in, opening one, looking after it."""

from flask import Blueprint

blueprint = Blueprint("account", __name__)

#: Nobody's password is longer; Argon2 is not to be fed megabytes.
LONGEST = 1000
