"""Each origin at each target: four that ask, four that answer, and what passes between them."""
