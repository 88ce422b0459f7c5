"""The contenders, one module each; a module is imported in its own process only."""
