"""Here are some words. Which paragraphs, how often, where, when?

Builds on `archive`; knows nothing of HTML or of the terminal. Engines are reached only
through the seam in `index.engine`.
"""
