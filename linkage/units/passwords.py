"""Passwords made by the portal: handed over once, changed at the first sign-in."""

import secrets

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # no i, l, o, 0, 1: they are misread on paper
GROUPS = (5, 4, 5)


def generated() -> str:
    """A random password of 16 characters in three groups, about 69 bits; the validators in the settings accept it."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(size)) for size in GROUPS)
