"""The other programs that the benchmarks run beside us."""
