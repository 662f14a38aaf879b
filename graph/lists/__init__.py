"""The lists that come with the package, read when a build names no source."""
