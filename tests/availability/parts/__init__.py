"""Tests of locate.availability.parts."""
