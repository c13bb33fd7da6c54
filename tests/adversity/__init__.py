"""Targets that misbehave, and what the client makes of them."""
