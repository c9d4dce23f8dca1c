"""The catalogue: procedures, their immutable versions, cases and offers."""
