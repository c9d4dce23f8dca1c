"""What may be a variable of a process: flat values that JSON holds without loss."""

from app.engine.facts import Variable

#: Integers beyond 64 bits are not safe in JSON.
_LARGEST = 2**63


def is_flat(value: object) -> bool:
    """Whether a value is a scalar or a list of scalars."""
    if isinstance(value, list):
        return all(_is_scalar(item) for item in value)
    return _is_scalar(value)


def copied(value: Variable) -> Variable:
    """The value, with a list of its own: nobody outside can change it later."""
    return list(value) if isinstance(value, list) else value


def _is_scalar(value: object) -> bool:
    match value:
        case None | bool():
            return True
        case int():
            return -_LARGEST <= value < _LARGEST
        case float():
            return value - value == 0  # neither infinite nor not-a-number
        case str():
            return _is_text(value)
    return False


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
