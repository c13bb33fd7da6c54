"""One small file for each kind of evidence; each compares and names what it found, none weighs it."""
