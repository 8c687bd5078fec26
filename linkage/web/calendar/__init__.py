"""The pages of the working calendar and of the rules of time."""
