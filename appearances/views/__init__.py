"""Pages of cases and of appearances."""
