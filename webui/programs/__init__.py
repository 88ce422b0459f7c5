"""The archive for programs: JSON under /api/v1, described by OpenAPI."""
