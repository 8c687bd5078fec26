"""Demonstration data: the real kinds of units of 岑溪, made-up people and letters, one real joint notice."""
