"""The engines behind the seam, a module each."""
