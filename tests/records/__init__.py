"""Tests of locate.records."""
