"""Samples of what a real target sent."""
