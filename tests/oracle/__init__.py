"""Independent decoders as judges."""
