"""Tests of the Z39.50 origin and target."""
