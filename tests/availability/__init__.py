"""Tests of locate.availability."""
