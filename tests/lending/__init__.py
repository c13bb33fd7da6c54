"""Tests of the lending decision."""
