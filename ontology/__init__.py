"""What linkatlas knows of its domain, as Turtle files: classes, properties, cues, topics, shapes and rules.

There is no code here. `linkatlas.vocabulary` reads the files.
"""
