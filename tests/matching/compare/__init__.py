"""Tests of locate.matching."""
