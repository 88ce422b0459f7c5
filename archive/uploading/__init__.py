"""Uploaded files: durable before they are acknowledged, then read one by one, in order."""
