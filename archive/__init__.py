"""Here is a file. What report is it, and what are its paragraphs?

The lowest floor of the house: it knows files, reports, places and the store, and
nothing of searching, of HTML output or of the terminal.
"""
