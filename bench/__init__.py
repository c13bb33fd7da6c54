"""Benchmarks: ratios in one run, interleaved; never timed tests."""
