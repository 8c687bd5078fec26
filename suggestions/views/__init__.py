"""Pages of suggestions: list, matter, editors."""
