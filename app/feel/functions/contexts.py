"""Built-ins on contexts."""

from app.feel.functions.registry import builtin
from app.feel.run import Run
from app.feel.values import Value

Context = dict[str, Value]


@builtin("get value", "m: context", "key: string")
def _get_value(_run: Run, m: Context, key: str) -> Value:
    return m.get(key)


@builtin("get entries", "m: context")
def _get_entries(run: Run, m: Context) -> Value:
    run.charge(len(m))
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context", "entries: list")
def _context(_run: Run, entries: list[Value]) -> Value:
    made: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or not {"key", "value"} <= entry.keys():
            return None
        key = entry["key"]
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@builtin("context put", "context: context", "key: string", "value: any")
def _put(run: Run, context: Context, key: str, value: Value) -> Value:
    run.charge(len(context))
    return {**context, key: value}


@builtin("context put", "context: context", "keys: list", "value: any")
def _put_deep(run: Run, context: Context, keys: list[Value], value: Value) -> Value:
    run.charge(len(context))
    if not keys or not isinstance(key := keys[0], str):
        return None
    if len(keys) == 1:
        return {**context, key: value}
    inner = context.get(key)
    inner = _put_deep(run, inner, keys[1:], value) if isinstance(inner, dict) else None
    return None if inner is None else {**context, key: inner}


@builtin("context merge", "contexts: list")
def _merge(run: Run, contexts: list[Value]) -> Value:
    merged: Context = {}
    for context in contexts:
        if not isinstance(context, dict):
            return None
        run.charge(len(context))
        merged |= context
    return merged
