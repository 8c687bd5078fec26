"""Pages of sign-in, the own account, the unit and its users."""
