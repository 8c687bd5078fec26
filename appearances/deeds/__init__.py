"""What the steps of a case and of an appearance write, inside the engine's transaction."""
