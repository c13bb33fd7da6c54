"""Tests of locate.identifiers."""
