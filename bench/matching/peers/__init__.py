"""Other matchers on the same pairs, each in a module of its own; none is needed to measure ours."""
