// A target needs a source, and these have headers only.
