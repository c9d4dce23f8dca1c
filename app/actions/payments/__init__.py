"""Verbs about money: ask for it, let it be paid, take it in, spare it, give it back."""
